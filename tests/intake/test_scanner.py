import datetime as dt
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.log.operation import canonical
from desktop.domain.places.places import Places
from desktop.intake.scanner import LONGEST_SCAN, ScanResult, scan
from desktop.intake.units import load_places
from desktop.paths import resources_dir
from desktop.sentences import all_sentences, sentence

TODAY = dt.date(2026, 11, 21)
QR = "011185000123|040123456|Lò Thị Đôn|14031985|Nữ|Bản Nậm Kè, Nậm Kè, Mường Nhé, Điện Biên|01012021"
PASSPORT = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10"
CARD = "I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\nERIKSSON<<ANNA<MARIA<<<<<<<<<<"
INTAKE = Path(__file__).resolve().parents[2] / "desktop" / "intake"


@pytest.fixture(scope="module")
def places() -> Places:
    return load_places(resources_dir())


def spoilt(text: str) -> st.SearchStrategy[str]:
    """Texts like this one with pieces cut out, doubled or replaced."""
    place = st.integers(0, len(text))
    return st.builds(
        lambda start, end, piece: text[: min(start, end)] + piece + text[max(start, end) :],
        place,
        place,
        st.one_of(st.text(max_size=4), st.text(alphabet="|<0O1\r\x1dădD }", max_size=6)),
    )


def require_sound(result: ScanResult, text: str) -> None:
    assert canonical(dict(result.person)) is not None
    assert {"passport_no", "issuer", "expiry", "doc_type"} >= set(result.document)
    for problem in result.problems:
        assert problem.code in all_sentences()
        assert sentence(problem.code, problem.context).isprintable()
        assert "{" not in sentence(problem.code, problem.context)
        for value in problem.context.values():
            assert isinstance(value, int) or value in {"dob", "expiry", "passport_no", "personal_id"}
    if any(problem.severity == "error" and problem.field is None for problem in result.problems):
        assert result.person == {} or result.kind.startswith("mrz")
    lost = {problem.field for problem in result.problems if problem.severity == "error"}
    assert not lost & {*result.person, *result.document}
    assert text not in result.person.values() or "|" not in text


@given(st.one_of(st.text(), st.text(alphabet="PID<VNM0123456789|\r\n ÐĐ", max_size=100)))
@settings(deadline=None)
def test_whatever_is_scanned_is_answered(places: Places, text: str) -> None:
    require_sound(scan(text, today=TODAY, places=places), text)


@given(st.sampled_from([QR, PASSPORT, CARD]).flatmap(spoilt))
@settings(deadline=None, max_examples=300)
def test_a_spoilt_scan_is_answered(places: Places, text: str) -> None:
    require_sound(scan(text, today=TODAY, places=places), text)


@pytest.mark.parametrize(("text", "kind"), [(QR, "id_card"), (PASSPORT, "mrz_td3"), (CARD, "mrz_td1")])
def test_the_kind_is_told_from_the_text(text: str, kind: str) -> None:
    assert scan(text, today=TODAY, places=None).kind == kind


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\r\n",
        "Xin chào",
        "011185000123",
        "https://example.org/a?b=c",
        "please put the card onto the glass plate\nand wait until the green lamp is on again",
        "\x00\x1b[A\x1b[B",
        "\ud800",
    ],
)
def test_other_texts_are_unknown(text: str) -> None:
    result = scan(text, today=TODAY, places=None)

    assert (result.kind, result.person, result.is_unreadable) == ("unknown", {}, True)
    assert [problem.code for problem in result.problems] == ["scan_unknown"]


def test_a_text_longer_than_any_card_is_not_looked_at() -> None:
    longest = QR + "|" * (LONGEST_SCAN - len(QR))

    assert scan(longest, today=TODAY, places=None).problems == ()
    result = scan(longest + "|", today=TODAY, places=None)
    assert (result.kind, [problem.code for problem in result.problems]) == ("unknown", ["scan_too_long"])


def test_every_sentence_of_intake_is_of_use() -> None:
    folders = (INTAKE, INTAKE.parent / "workspace", INTAKE.parent / "commands")
    source = "".join(path.read_text(encoding="utf-8") for folder in folders for path in folder.rglob("*.py"))
    codes = tomllib.loads((resources_dir() / "messages" / "intake.toml").read_text(encoding="utf-8"))

    assert [code for code in codes if f'"{code}"' not in source] == []
