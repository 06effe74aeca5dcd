import pytest

from desktop.domain.documents.letterheads import STATION_KINDS, load_letterheads, read_letterheads
from desktop.errors import DefinitionError
from desktop.paths import forms_dir

SHIPPED = load_letterheads(forms_dir())


def letterhead(kind: str, commune: str = "Xã Mường Nhé", signer: int = 0) -> tuple[str, ...]:
    found = SHIPPED[kind].fill(
        province="Tỉnh Điện Biên", commune=commune, station="Đồn Biên phòng Leng Su Sìn", signer=signer
    )
    return (found.agency_above, found.agency, found.place, found.abbreviation, *found.signer_title)


def test_every_kind_of_station_has_one() -> None:
    assert set(SHIPPED) == set(STATION_KINDS)


@pytest.mark.parametrize(
    ("kind", "lines"),
    [
        ("commune", ("CÔNG AN TỈNH ĐIỆN BIÊN", "CÔNG AN XÃ MƯỜNG NHÉ", "Mường Nhé", "CAX", "TRƯỞNG CÔNG AN XÃ")),
        ("border", ("BAN CHỈ HUY BỘ ĐỘI BIÊN PHÒNG", "ĐỒN BIÊN PHÒNG LENG SU SÌN", "Mường Nhé", "ĐBP", "ĐỒN TRƯỞNG")),
        ("province", ("BỘ CÔNG AN", "CÔNG AN TỈNH ĐIỆN BIÊN", "Điện Biên", "CAT", "GIÁM ĐỐC")),
    ],
)
def test_the_lines_of_each_kind(kind: str, lines: tuple[str, ...]) -> None:
    assert letterhead(kind) == lines


@pytest.mark.parametrize(
    ("commune", "place", "abbreviation", "signer"),
    [
        ("Phường Mường Thanh", "Mường Thanh", "CAP", "TRƯỞNG CÔNG AN PHƯỜNG"),
        ("Đặc khu Côn Đảo", "Côn Đảo", "CAĐK", "TRƯỞNG CÔNG AN ĐẶC KHU"),
        ("Phường 12", "Phường 12", "CAP", "TRƯỞNG CÔNG AN PHƯỜNG"),
    ],
)
def test_the_kind_of_unit_decides_place_sign_and_signer(
    commune: str, place: str, abbreviation: str, signer: str
) -> None:
    assert letterhead("commune", commune)[2:] == (place, abbreviation, signer)


def test_a_deputy_signs_under_the_chief() -> None:
    assert letterhead("commune", signer=1)[4:] == ("KT. TRƯỞNG CÔNG AN XÃ", "PHÓ TRƯỞNG CÔNG AN XÃ")


def test_a_name_with_braces_is_only_a_name() -> None:
    found = SHIPPED["border"].fill(province="x", commune="y", station="{province.__class__}")
    assert found.agency == "{PROVINCE.__CLASS__}"


def test_the_border_letterhead_does_not_pass_for_verified() -> None:
    assert [kind for kind in STATION_KINDS if not SHIPPED[kind].verified] == ["border"]


def test_every_fault_is_told_at_once() -> None:
    text = """
[[letterhead]]
kind = "comune"
agency_above = "Công an {provins}"
agency = "x"
place = "x"
abbreviation = "x"
abbreviations = { "huyện" = "CAH" }
signers = []
seal = "x"
"""
    with pytest.raises(DefinitionError) as refusal:
        read_letterheads(text.encode())

    told = "\n".join(refusal.value.problems)
    for part in ("'comune' is not accepted", "{provins}", "'huyện' is no kind of unit", "signers", "seal", '"border"'):
        assert part in told
