"""What a scanner did to Vietnamese letters: undone where it can be, told where it cannot."""

import datetime as dt
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.places.places import Places
from desktop.intake.scan_letters import has_lost_letters, has_no_marks, is_mangled, undo_code_page
from desktop.intake.scanner import ScanResult, scan
from desktop.intake.units import load_places
from desktop.paths import resources_dir

CARD = "034303000829||Nguyễn Thị Thử|21032003|Nữ|Thôn Lai Ổn|14082021"
WORDS = (
    *("Nguyễn", "Thị", "Thử", "Lò", "Đớn", "Ổn", "Điện", "Biên", "Mường"),
    *("Nhé", "Bản", "Nậm", "Kè", "Nữ", "Nam", "Ẫm", "Ỹ", "Ỵ"),
    *("Ẵm", "Ẳng", "Ỷ", "xã", "huyện", "Trần", "Phú", "H'Mai", "Y"),
)
VISCII_UPPER = (
    "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯ"
    "ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡưàáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ"
)


def typed_as(page: str, text: str) -> str:
    """Return what a scanner types that takes each byte of UTF-8 for a letter of a code page."""
    if page == "viscii":
        return "".join(chr(byte) if byte < 0x80 else VISCII_UPPER[byte - 0x80] for byte in text.encode())
    return "".join(bytes([byte]).decode(page, errors="ignore") or chr(byte) for byte in text.encode())


def read(text: str) -> ScanResult:
    return scan(text, today=dt.date(2026, 11, 21), places=None)


def codes(result: ScanResult) -> set[tuple[str, str | None]]:
    return {(problem.code, problem.field) for problem in result.problems}


texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).map(" ".join)


@pytest.mark.parametrize("page", ["cp1252", "cp1258", "viscii"])
@given(text=texts)
def test_utf_8_typed_in_another_code_page_is_undone(page: str, text: str) -> None:
    assert undo_code_page(typed_as(page, text)) == text


@given(texts)
def test_what_came_through_well_is_left_alone_and_not_doubted(composed: str) -> None:
    for text in (composed, unicodedata.normalize("NFD", composed)):
        assert undo_code_page(text) == text
        assert not is_mangled(text)
        assert not has_lost_letters(text, is_name=True)


@pytest.fixture(scope="module")
def places() -> Places:
    return load_places(resources_dir())


def test_no_commune_of_the_country_looks_spoilt(places: Places) -> None:
    names = [commune.full_name for commune in places.communes]
    assert [
        name
        for name in names
        if undo_code_page(name) != name or is_mangled(name) or has_lost_letters(name, is_name=False)
    ] == []
    assert len(names) > 3000


@pytest.mark.parametrize("page", ["cp1252", "cp1258", "viscii"])
def test_a_card_typed_in_another_code_page_is_read_as_it_was_written(page: str) -> None:
    result = read(typed_as(page, CARD))
    assert result.person == read(CARD).person
    assert result.problems == ()


def test_what_cannot_be_undone_is_refused_with_a_word_on_the_scanner() -> None:
    dropped = CARD.replace("Lai Ổn", "Điện Biên").encode().decode("cp1252", errors="ignore")
    result = read(dropped)
    assert codes(result) == {("scan_letters_lost", field) for field in ("full_name", "gender", "perm_addr")}
    assert set(result.person) == {"personal_id", "dob", "nationality", "id_issued_on"}


@pytest.mark.parametrize(
    "name", ["Lò Thị n", "L Th n", "Nguyn Vn Hng", "Lò Thị Đ", "LÒ TH N", "Nguy?n Th?", "Th\ufffd"]
)
def test_a_name_that_lost_letters_is_left_out_and_named(name: str) -> None:
    result = read(CARD.replace("Nguyễn Thị Thử", name))
    assert codes(result) == {("scan_letters_lost", "full_name")}
    assert "full_name" not in result.person
    assert "perm_addr" in result.person


@pytest.mark.parametrize(
    "name", ["H' Bia Niê", "Y Djhuăng Byă", "Rmah H'Len", "Sùng A Dơ", "K' Brơi", "Vừ Mí Xá", "Ly"]
)
def test_names_of_every_people_are_taken_as_they_are(name: str) -> None:
    result = read(CARD.replace("Nguyễn Thị Thử", name))
    assert (result.person["full_name"], result.problems) == (name, ())


@pytest.mark.parametrize(("name", "compared"), [("Hoàg Thị Tuấ", True), ("Ksor H'Len", True), ("Lò Thị Ổn", False)])
def test_a_name_with_a_word_that_is_no_syllable_is_to_be_compared_with_the_card(name: str, *, compared: bool) -> None:
    result = read(CARD.replace("Nguyễn Thị Thử", name))
    assert result.person["full_name"] == name
    assert ("full_name" in result.confirm) is compared


@pytest.mark.parametrize("residence", ["Bn Nm K, Nm K", "Thôn Lai ?n", "Thôn Lai \ufffdn", "Th n Lai, X Qu n"])
def test_an_address_that_lost_letters_is_left_out_and_named(residence: str) -> None:
    result = read(CARD.replace("Thôn Lai Ổn", residence))
    assert codes(result) == {("scan_letters_lost", "perm_addr")}
    assert "perm_addr" not in result.person


@pytest.mark.parametrize("residence", ["Tổ 5, P. Bến Nghé, Q1, TP.HCM", "Km 12, QL 6, Tp Sơn La", "12B, TT Mường Lay"])
def test_what_addresses_shorten_is_no_loss(residence: str) -> None:
    result = read(CARD.replace("Thôn Lai Ổn", residence))
    assert (result.person["perm_addr"], result.problems) == ({"old_text": residence}, ())


def test_a_card_without_a_single_mark_is_kept_and_said_to_be_compared() -> None:
    result = read("034303000829||Nguyen Thi Thu|21032003|Nu|Thon Lai On|14082021")
    assert codes(result) == {("scan_marks_lost", "full_name"), ("scan_marks_lost", "perm_addr")}
    assert result.person["full_name"] == "Nguyen Thi Thu"
    assert not has_no_marks("Lo Van An", "Nam")  # that may be written so


@pytest.mark.parametrize("spoilt", ["DD", "AA", "OW"])
def test_a_zone_that_vietnamese_typing_went_through_says_so(spoilt: str) -> None:
    made = {"DD": "Đ", "AA": "Â", "OW": "Ơ"}[spoilt]
    first = f"P<VNMNG{spoilt}N<<VAN<A".ljust(44, "<")
    result = read(f"{first.replace(spoilt, made)}\nC1234567<7VNM8503147M3001019011085000123<<52")
    assert codes(result) == {("scan_vietnamese_typing", None)}
