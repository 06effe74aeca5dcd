"""What is a scan and what is a hand: keys in their order, at any speed that a scanner or a hand has."""

from dataclasses import dataclass, field
from itertools import pairwise, product

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from desktop.intake.scan_burst import BACKSPACE, ESCAPE, LINE_END, STALL_MS, ScanBurst

QR = "011185000123|040123456|Lò Thị Đôn|14031985|Nữ|Bản Nậm Kè, Nậm Kè, Mường Nhé, Điện Biên|01012021"
SIX_PARTS = QR.replace("|040123456|", "|")
NO_OLD_NUMBER = QR.replace("040123456", "")
OTHER_BAR = NO_OLD_NUMBER.replace("|", "}")
SIX_PARTS_OTHER_BAR = SIX_PARTS.replace("|", "~")
PASSPORT = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10"
NEW_PASSPORT = PASSPORT.replace("P<U", "PPU")
GERMAN = PASSPORT.replace("P<UTO", "P<D<<")
VISA_A = "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL8988901C4XXX4009078F96121096ZE184226B<<<<<<"
VISA_B = "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\nL8988901C4XXX4009078F9612109<<<<<<<<"
CARD = "I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\nERIKSSON<<ANNA<MARIA<<<<<<<<<<"
CARD_2 = "I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\nD231458907UTO7408122F1204159<<<<<<<6"
OURS = "IDVNM1850001238011185000123<<0\n8503142F4503145VNM<<<<<<<<<<<4\nLO<<THI<DON<<<<<<<<<<<<<<<<<<<"
SCANS = (
    *(QR, SIX_PARTS, NO_OLD_NUMBER, OTHER_BAR, SIX_PARTS_OTHER_BAR),
    *(PASSPORT, NEW_PASSPORT, GERMAN, VISA_A, VISA_B, CARD, CARD_2, OURS),
)
ENDS = ("\n", "\n\n", "")
CALM = 400  # a hand rests so long before and after a scan


@dataclass
class Field:
    """A field under the recogniser: what stands in it, and what was said."""

    burst: ScanBurst = field(default_factory=ScanBurst)
    text: str = ""
    scans: list[str] = field(default_factory=list)
    cuts: int = 0
    at: int = 0

    def key(self, sign: str, gap: int = 0) -> bool:
        """Press one key `gap` milliseconds after the last, 0 when nobody knows the time."""
        self.at += gap
        verdict = self.burst.press(sign, self.at if gap else 0)
        if verdict.take_back:
            assert len(self.text) >= verdict.take_back
            self.text = self.text[: -verdict.take_back]
        if not verdict.takes and sign == BACKSPACE:
            self.text = self.text[:-1]
        elif not verdict.takes and sign != ESCAPE:
            self.text += sign
        self._hear(verdict.scan, is_cut=verdict.is_cut)
        return verdict.takes

    def keys(self, text: str, gap: int = 0) -> None:
        for sign in text:
            self.key(sign, gap)

    def rest(self) -> None:
        verdict = self.burst.stall()
        self._hear(verdict.scan, is_cut=verdict.is_cut)

    def _hear(self, scan: str | None, *, is_cut: bool) -> None:
        self.scans += [scan] if scan is not None else []
        self.cuts += is_cut


def ended(scan: str, line_end: str, last: str) -> str:
    """Return a scan as some scanner sends it."""
    return scan.replace("\n", line_end) + last


hand_texts = st.text(st.sampled_from("0123456789 abĐPIVCNM<|.,"), max_size=30)


@pytest.mark.parametrize("scan", SCANS)
@pytest.mark.parametrize("gap", [0, 1, 3, 5, 10, 20, 40])
def test_a_scan_is_taken_whole_whatever_its_speed_and_its_line_ends(scan: str, gap: int) -> None:
    for line_end, last in product(ENDS, ENDS):
        box = Field(text="12")
        box.keys(ended(scan, line_end, last), gap)
        assert [one.replace("\n", "") for one in box.scans] == [scan.replace("\n", "")]
        assert (box.text, box.cuts) == ("12", 0)
        assert not box.burst.is_taking


@given(
    scan=st.sampled_from(SCANS),
    before=hand_texts,
    after=hand_texts,
    gaps=st.lists(st.integers(1, 40), min_size=240, max_size=240),
    line_end=st.sampled_from(ENDS),
    last=st.sampled_from(ENDS),
)
def test_what_a_hand_typed_before_and_after_a_scan_stays(
    scan: str, before: str, after: str, gaps: list[int], line_end: str, last: str
) -> None:
    box = Field()
    box.keys(before, 150)
    box.at += CALM
    for sign, gap in zip(ended(scan, line_end, last), gaps, strict=False):
        box.key(sign, gap)
    box.at += CALM
    box.keys(after, 150)
    assert [one.replace("\n", "") for one in box.scans] == [scan.replace("\n", "")]
    assert (box.text, box.cuts) == (before + after, 0)


@given(st.lists(st.tuples(st.sampled_from([*map(str, range(10)), *"|<PIVNM Đa\n", BACKSPACE]), st.integers(91, 250))))
def test_nothing_that_a_hand_types_is_ever_taken(keys: list[tuple[str, int]]) -> None:
    box = Field()
    assert not any(box.key(sign, gap) for sign, gap in keys)
    assert (box.scans, box.cuts) == ([], 0)


@given(st.sampled_from(SCANS), st.integers(95, 240))
def test_a_card_copied_by_hand_is_typing(scan: str, gap: int) -> None:
    box = Field()
    box.keys(scan, gap)
    box.rest()
    assert (box.text, box.scans, box.cuts) == (scan, [], 0)


@given(st.text(st.characters(exclude_characters="|<"), max_size=60), st.integers(0, 40))
def test_however_fast_it_comes_a_text_without_the_marks_of_a_scan_is_typing(text: str, gap: int) -> None:
    assume(all(not one == other != "" for one, other in pairwise(sign for sign in text if not sign.isalnum())))
    box = Field()
    assert not any(box.key(sign, gap) for sign in text)
    assert (box.scans, box.cuts) == ([], 0)


@pytest.mark.parametrize(
    "typed",
    [
        "So 011185000123, cap ngay 01012021.",
        "011185000123...",
        "011185000123 || 040123456",
        "a|b|c|d|e|f|g",
        "<<xem ghi chu>>",
        "P<0,05 va I<2",
        "CHUYEN TUYEN CONG AN TINH DIEN BIEN",
        "30112026 0800\n90\nNha van hoa\n",
    ],
)
def test_what_only_looks_a_little_like_a_scan_is_typing(typed: str) -> None:
    box = Field()
    box.keys(typed, 5)
    box.rest()
    assert (box.text, box.scans, box.cuts) == (typed, [], 0)


@given(st.sampled_from((QR, NO_OLD_NUMBER, PASSPORT, CARD)), st.data(), st.sampled_from([0, 3, 40]))
def test_a_scan_that_stops_is_cut_and_its_late_rest_falls_nowhere(scan: str, data: st.DataObject, gap: int) -> None:
    stop = data.draw(st.integers(15, len(scan) - 9))
    box = Field(text="12")
    box.keys(scan[:stop], gap)
    assert box.burst.is_taking
    box.rest()
    assert not box.burst.is_taking
    assert len(box.scans) + box.cuts == 1
    if gap:  # the window was busy, not the scanner
        box.keys(scan[stop:], gap)
        assert len(box.scans) + box.cuts == 1
    assert box.text == "12"


@given(st.sampled_from(SCANS), st.data())
def test_escape_lets_a_scan_go_and_the_next_key_acts(scan: str, data: st.DataObject) -> None:
    stop = data.draw(st.integers(15, 25))
    box = Field()
    box.keys(scan[:stop], 5)
    assume(box.burst.is_taking)
    box.key(ESCAPE, 300)
    box.keys("abc", 150)
    assert (box.text, box.scans, box.cuts) == ("abc", [], 0)


@pytest.mark.parametrize("start", [4, 12, 13, 20, 23])
@pytest.mark.parametrize("gap", [0, 3, 40])
def test_a_card_whose_beginning_went_elsewhere_is_cut_and_leaves_nothing(start: int, gap: int) -> None:
    box = Field()
    box.keys(QR[start:] + "\n", gap)
    assert (box.text, box.cuts) == ("", 1) or box.scans


def test_a_second_line_without_the_first_is_cut_and_leaves_nothing() -> None:
    box = Field(text="x ")
    box.keys(PASSPORT.split("\n")[1] + "\n", 3)
    assert (box.text, box.scans, box.cuts) == ("x ", [], 1)


def test_a_scanner_that_rested_in_the_number_leaves_nothing() -> None:
    box = Field()
    box.keys(QR[:6], 3)
    box.at += 300
    box.keys(QR[6:] + "\n", 3)
    assert (box.text, box.scans, box.cuts) == ("", [], 1)


def test_a_line_end_long_after_a_scan_is_that_of_a_hand() -> None:
    box = Field()
    box.keys(QR, 3)
    box.key(LINE_END, 260)
    assert box.text == "\n"


def test_more_parts_than_a_card_has_go_with_it() -> None:
    box = Field()
    box.keys(QR + "||Lò Văn Cha|Vàng Thị Mẹ\n", 3)
    box.keys("abc", 150)
    assert (box.text, box.scans) == ("abc", [QR])


def test_two_scans_in_a_row_are_two() -> None:
    box = Field()
    box.keys(QR + "\n" + PASSPORT + "\n" + QR + "\n", 3)
    assert (box.text, box.scans) == ("", [QR, PASSPORT, QR])


def test_letters_that_an_input_method_put_in_again_are_those_it_left() -> None:
    box = Field()
    box.keys("P<VNMNGUYEN<<DD" + BACKSPACE * 2 + "Đ", 3)
    box.rest()
    assert box.scans == ["P<VNMNGUYEN<<Đ"]


def test_a_key_long_after_a_scan_that_stopped_acts() -> None:
    box = Field()
    box.keys(QR[:30], 3)
    assert not box.key("a", STALL_MS + 1)
    assert (box.text, box.cuts) == ("a", 1)


def test_a_rest_that_is_said_too_late_changes_nothing() -> None:
    box = Field()
    box.keys(QR[:8], 3)
    box.rest()  # of an earlier scan
    box.keys(QR[8:] + "\n", 3)
    assert (box.text, box.scans, box.cuts) == ("", [QR], 0)


def test_a_scan_without_end_is_ended() -> None:
    box = Field()
    box.keys("011185000123|" + "x" * 3100, 1)
    assert len(box.scans) == 1
