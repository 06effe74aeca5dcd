"""Every code that the program can say has its sentence, in both languages, with the same places."""

import re
import string
from pathlib import Path

import pytest

from desktop.intake.xlsform.notes import NoteCode
from desktop.intake.xpath.unsupported import Why
from desktop.sentences import all_sentences, sentence

HOUSE = Path(__file__).parents[1]
_RAISED = re.compile(
    r"\b(?:DesktopError|RegistryError|BundleError|BundleHeld|CardError|IntakeError|PrintingError|WeakKey|"
    r"StorageError|Problem)\(\s*(?:code=)?\"([a-z_0-9]+)\""
)


def codes_in_the_code() -> list[str]:
    return sorted(
        {
            code
            for path in (HOUSE / "desktop").rglob("*.py")
            for code in _RAISED.findall(path.read_text(encoding="utf-8"))
        }
    )


@pytest.mark.parametrize("code", codes_in_the_code())
def test_a_code_has_a_sentence(code: str) -> None:
    assert code in all_sentences()


@pytest.mark.parametrize("code", sorted(all_sentences()))
def test_both_languages_name_the_same_places(code: str) -> None:
    texts = all_sentences()[code]
    places = [
        {name for _, name, _, _ in string.Formatter().parse(texts[language]) if name} for language in ("vi", "en")
    ]
    assert places[0] == places[1]


@pytest.mark.parametrize("code", sorted(all_sentences()))
def test_a_sentence_is_calm(code: str) -> None:
    texts = all_sentences()[code]
    assert not re.search(r"!|vui lòng|please", texts["vi"] + texts["en"], re.IGNORECASE)


def test_a_place_without_a_value_shows_its_name() -> None:
    assert "{needed_mb}" in sentence("disk_space_low", {"free_mb": 3}, "en")


@pytest.mark.parametrize("code", [*NoteCode, *Why])
def test_all_that_an_import_tells_of_a_form_has_a_sentence(code: str) -> None:
    assert code in all_sentences()
