"""The definitions we ship: the laws that hold for every file, whatever register or list it is."""

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from desktop.domain.definitions.loader import load_library
from desktop.domain.definitions.model import (
    Check,
    CodeList,
    FieldDefinition,
    FormDefinition,
    Library,
    MergeClass,
    Privacy,
    TypeName,
)
from desktop.domain.names.syllables import parse_syllable
from desktop.paths import forms_dir
from desktop.sentences import all_sentences

FILES = [
    forms_dir() / "envelope.toml",
    *sorted(forms_dir().glob("registers/*.toml")),
    *sorted(forms_dir().glob("code_lists/*.toml")),
]
REGISTERS = [path.stem for path in FILES if path.parent.name == "registers"]
CODE_LISTS = [path.stem for path in FILES if path.parent.name == "code_lists"]

# Words of Vietnamese labels that are no Vietnamese syllables: names of groups, networks, papers, and symbols of law.
FOREIGN_WORDS = frozenset(
    "bru brâu hrê mnông glai xtiêng karaoke laissez passer facebook tiktok wechat zalo vneid".split()  # noqa: SIM905  one line
)
SYMBOLS = re.compile(r"[A-ZĐ]{1,4}|[b-hkđ]")  # the small letters are points of an article
ONLY_VIETNAMESE = re.compile("[ăđơưảẻỉỏủỷạẹịọụỵẽĩũỹấầẩẫậắằẳẵặếềểễệốồổỗộớờởỡợứừửữự]", re.IGNORECASE)


@cache
def _library() -> Library:
    return load_library(forms_dir())


def _content(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _labels(part: object, at: str = "") -> Iterator[tuple[str, dict[str, str]]]:
    """Yield every text in two languages of a file, with the key it stands at."""
    if isinstance(part, dict):
        if part.keys() & {"vi", "en"}:
            yield at, part
        for key, value in part.items():
            yield from _labels(value, f"{at}.{key}")
    elif isinstance(part, list):
        for number, value in enumerate(part):
            yield from _labels(value, f"{at}[{number}]")


def _with_columns(definition: FormDefinition) -> Iterator[FieldDefinition]:
    for field in definition.fields():
        yield field
        yield from field.fields


@pytest.fixture(params=REGISTERS)
def register(request: pytest.FixtureRequest) -> FormDefinition:
    return _library().registers[request.param]


@pytest.fixture(params=CODE_LISTS)
def code_list(request: pytest.FixtureRequest) -> CodeList:
    return _library().code_lists[request.param]


@pytest.fixture(params=FILES, ids=lambda path: path.stem)
def file(request: pytest.FixtureRequest) -> Path:
    assert isinstance(request.param, Path)
    return request.param


def test_every_shipped_file_is_read_without_a_problem() -> None:
    library = _library()

    assert sorted(library.registers) == REGISTERS
    assert sorted(library.code_lists) == CODE_LISTS
    assert {"person", "absence", "returned_victim", "residence_check", "officer"} <= set(REGISTERS)
    assert {"victim_support", "tip", "patrol", "establishment", "establishment_check"} <= set(REGISTERS)
    assert {"overseas_work", "outreach", "tip_box", "campaign"} <= set(REGISTERS)


def test_every_text_stands_in_both_languages(file: Path) -> None:
    labels = list(_labels(_content(file)))

    assert labels
    assert [at for at, label in labels if set(label) != {"vi", "en"} or not all(map(str.strip, label.values()))] == []


def test_every_file_is_in_precomposed_letters(file: Path) -> None:
    text = file.read_text(encoding="utf-8")

    assert text == unicodedata.normalize("NFC", text)


def test_vietnamese_texts_hold_vietnamese_words_only(file: Path) -> None:
    """A word that is no syllable is a leftover of English or a slip of the keyboard; names of countries are exempt."""
    if file.stem == "nationality":
        return
    words = [
        (at, word)
        for at, label in _labels(_content(file))
        for word in re.findall(r"[^\W\d_]+", label["vi"])
        if parse_syllable(word) is None and word.lower() not in FOREIGN_WORDS and not SYMBOLS.fullmatch(word)
    ]

    assert words == []


def test_english_texts_hold_no_vietnamese_letters(file: Path) -> None:
    if file.stem == "visa_symbol":  # ĐT and LĐ are what stands on the visa
        return

    assert [at for at, label in _labels(_content(file)) if ONLY_VIETNAMESE.search(label["en"])] == []


def test_sentences_to_officers_are_whole_and_calm(file: Path) -> None:
    """Hints and messages end with a full stop; nobody is shouted at and nobody is begged."""
    labels = list(_labels(_content(file)))
    sentences = [text for at, label in labels if at.endswith((".hint", ".message")) for text in label.values()]

    assert [text for text in sentences if not text.endswith(".")] == []
    assert [at for at, label in labels for text in label.values() if "!" in text or "vui lòng" in text.lower()] == []


def test_what_identifies_a_victim_or_informant_is_in_no_list_title_or_search(register: FormDefinition) -> None:
    named = {
        *register.list,
        *register.search,
        *(part.split(".")[0] for part in re.findall(r"{([\w.]+)}", register.title)),
    }
    secret = {field.id for field in register.fields() if field.privacy is Privacy.P4}

    assert named & secret == set()


def test_columns_are_as_private_as_their_rows(register: FormDefinition) -> None:
    lower = [
        f"{rows.id}.{column.id}"
        for rows in register.fields()
        for column in rows.fields
        if column.privacy < rows.privacy
    ]

    assert lower == []


def test_a_register_with_a_victim_calls_its_records_by_the_case_code(register: FormDefinition) -> None:
    if register.has_victim_data:
        assert register.title == "{case_code}"
        assert register.field("case_code") is not None


def test_no_victim_register_asks_for_an_address(register: FormDefinition) -> None:
    if register.has_victim_data:
        assert [field.id for field in _with_columns(register) if field.type is TypeName.ADDRESS] == []


def test_nothing_about_consent_is_answered_beforehand_or_widened_by_merging(register: FormDefinition) -> None:
    consent = [field for field in register.fields() if field.id.startswith("consent_")]

    assert [field.id for field in consent if field.default is not None or field.sticky] == []
    assert [field.id for field in consent if field.merge is MergeClass.SET] == []
    answers = [field for field in consent if field.type is TypeName.YES_NO]
    assert [field.id for field in answers if field.protective != ("False", "True")] == []


def test_every_check_has_a_sentence(register: FormDefinition) -> None:
    checks: list[Check] = [*register.checks, *(check for field in _with_columns(register) for check in field.checks)]

    assert [check.code for check in checks if check.message is None and check.code not in all_sentences()] == []


def test_checks_of_one_code_have_one_severity(register: FormDefinition) -> None:
    checks = [*register.checks, *(check for field in _with_columns(register) for check in field.checks)]
    severities: dict[str, set[str]] = {}
    for check in checks:
        severities.setdefault(check.code, set()).add(check.severity)

    assert {code: found for code, found in severities.items() if len(found) > 1} == {}


def test_the_safety_class_ranks_every_answer(register: FormDefinition) -> None:
    for field in register.fields():
        if field.merge is MergeClass.SAFETY and field.codes is not None:
            assert set(field.protective) == {code.value for code in _library().code_lists[field.codes].codes}, field.id


def test_sections_are_short_enough_to_be_read_at_a_glance(register: FormDefinition) -> None:
    assert [section.id for section in register.sections if len(section.fields) > 7] == []


def test_records_that_are_followed_up_carry_the_envelope(register: FormDefinition) -> None:
    envelope = {section["id"] for section in _content(FILES[0])["section"]}
    own = {section.id for section in register.sections}

    assert envelope & own == (
        set() if register.id in {"person", "officer", "campaign", "link", "guest_stay"} else envelope
    )


def test_every_code_list_is_used(code_list: CodeList) -> None:
    used = {field.codes for register in _library().registers.values() for field in _with_columns(register)}

    assert code_list.id in used


def test_ethnic_groups_carry_both_official_numbers() -> None:
    codes = _library().code_lists["ethnicity"].codes
    numbers = [re.findall(r"QĐ (121|1019)[^:]*: (\d\d)", code.legal_basis) for code in codes]
    wanted = {f"{number:02}" for number in range(1, 55)}

    assert {number for found in numbers for scheme, number in found if scheme == "1019"} == wanted
    assert {number for found in numbers for scheme, number in found if scheme == "121"} == wanted | {"55", "99"}
    assert len([found for found in numbers if len(found) == 2]) == 54
    muong = next(code for code in codes if code.value == "MUONG")
    assert "(1979): 06" in muong.legal_basis
    assert "(2008): 04" in muong.legal_basis


def test_nationalities_are_those_of_iso_3166_and_of_passports() -> None:
    values = {code.value for code in _library().code_lists["nationality"].codes}
    of_passports = {"XXA", "XXB", "XXC", "XXX", "UNO", "UNA", "XOM", "RKS", "GBD", "GBN", "GBO", "GBP", "GBS"}

    assert of_passports <= values
    assert len(values - of_passports) == 249
    assert all(re.fullmatch("[A-Z]{3}", value) for value in values)


def test_every_exploitation_of_htcds_has_a_code() -> None:
    htcds = (
        "ForcedLabour SexualExploitation ChildLabour ForcedMarriage Servitude ForcedMilitaryByNonStateActors "
        "OrganRemoval ForcedBegging ForcedAdoption Surrogacy Other"
    )
    bases = {code.legal_basis for code in _library().code_lists["exploitation_type"].codes}

    assert bases == {f"HTCDS: {name}" for name in htcds.split()}
