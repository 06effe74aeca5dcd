import json
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.names.names import fold, normalise_tone_placement, sort_key
from desktop.domain.places.places import Places
from desktop.intake.units import load_places
from desktop.paths import resources_dir
from tests.cpu import at_most


@pytest.fixture(scope="module")
def places() -> Places:
    return load_places(resources_dir())


def codes(places: Places, address: str) -> list[str]:
    return [candidate.commune.code for candidate in places.convert_old_address(address)]


def found(places: Places, typed: str, province: str | None = None) -> list[str]:
    return [place.commune.full_name for place in places.search(typed, province)]


def test_the_units_are_those_in_force_since_july_2025(places: Places) -> None:
    kinds = [commune.kind for commune in places.communes]

    assert len(places.provinces) == 34
    assert {kind: kinds.count(kind) for kind in set(kinds)} == {"xã": 2621, "phường": 687, "đặc khu": 13}
    assert len({commune.code for commune in places.communes}) == 3321
    assert all(len(commune.code) == 5 and commune.code.isdigit() for commune in places.communes)
    assert all(places.province(commune.province) for commune in places.communes)
    assert len(places.old_communes) == 10_040


def test_every_name_is_written_one_way(places: Places) -> None:
    names = {unit.name for units in (places.provinces, places.communes, places.old_communes) for unit in units}
    names |= {old.around for old in places.old_communes}

    for name in names:
        assert unicodedata.is_normalized("NFC", name)
        assert name == normalise_tone_placement(" ".join(name.split()))
    assert {old.district.kind for old in places.old_communes} == {"quận", "huyện", "thị xã", "thành phố"}
    assert {old.kind for old in places.old_communes} == {"xã", "phường", "thị trấn", ""}


def test_every_old_commune_has_successors_in_one_province_and_every_new_one_was_something(places: Places) -> None:
    for old in places.old_communes:
        communes = [places.commune(code) for code in old.communes]
        assert communes
        assert len({commune.province for commune in communes if commune}) == 1
        assert len(set(old.communes)) == len(old.communes)
    assert all(places.former(commune.code) for commune in places.communes)


def test_the_old_provinces_went_where_the_id_card_table_says(places: Places) -> None:
    table = json.loads((resources_dir() / "id_province_codes.json").read_text(encoding="utf-8"))
    expected = {entry["old_name"]: {f"{code:02}" for code, _ in entry["new"]} for entry in table}
    actual: dict[str, set[str]] = {}
    for old in places.old_communes:
        communes = [places.commune(code) for code in old.communes]
        actual.setdefault(old.district.province.name, set()).update(commune.province for commune in communes if commune)

    differing = {name for name in actual if actual[name] != expected.get(name)}
    assert differing <= {"Huế", "Bà Rịa - Vũng Tàu", "Hồ Chí Minh", "Tiền Giang"}
    assert actual["Huế"] == {"46"}
    assert actual["Tiền Giang"] <= expected["Tiền Giang"]


def test_a_commune_is_found_by_code(places: Places) -> None:
    commune = places.commune("03162")

    assert commune is not None
    assert (commune.full_name, commune.province) == ("xã Nậm Kè", "11")
    assert places.commune("99999") is None
    assert places.province("02") is None


@pytest.mark.parametrize(
    ("province", "commune", "name"),
    [
        ("11", "03162", "Xã Nậm Kè, tỉnh Điện Biên"),
        ("11", None, "Tỉnh Điện Biên"),
        (None, "03162", "Xã Nậm Kè"),
        ("99", "99999", "99999, 99"),
        (None, None, ""),
    ],
)
def test_a_full_name_says_what_is_known(places: Places, province: str | None, commune: str | None, name: str) -> None:
    assert name == places.full_name(province, commune)


def test_communes_of_a_province_are_in_the_order_of_their_names(places: Places) -> None:
    names = [commune.name for commune in places.communes_of("11")]

    assert len(names) == 45
    assert names == sorted(names, key=sort_key)
    assert places.communes_of("02") == ()


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("nam ke", "xã Nậm Kè"),
        ("NẬM KÈ", "xã Nậm Kè"),
        ("xa nam ke", "xã Nậm Kè"),
        ("nậm kè, điện biên", "xã Nậm Kè"),
        ("ke muong nhe", "xã Nậm Kè"),
        ("phuong 4 my tho", "phường Đạo Thạnh"),
        ("bến nghé", "phường Sài Gòn"),
        ("bach long vi", "đặc khu Bạch Long Vĩ"),
        ("huyen bach long vi", "đặc khu Bạch Long Vĩ"),
        ("hoà bình phú thọ", "phường Hòa Bình"),
        ("ea hleo", ""),
        ("ea h’leo", "xã Ea H'Leo"),
        ("qwxz", ""),
        ("  ", ""),
    ],
)
def test_a_commune_is_found_by_the_beginnings_of_its_words(places: Places, typed: str, first: str) -> None:
    assert first == (found(places, typed) or [""])[0]


def test_the_old_name_by_which_a_commune_was_found_is_told(places: Places) -> None:
    (place,) = places.search("bến nghé quận 1")

    assert place.old is not None
    assert place.old.full_name == "phường Bến Nghé, quận 1, thành phố Hồ Chí Minh"


def test_the_new_name_comes_before_an_old_one_and_the_whole_name_before_its_beginning(places: Places) -> None:
    places_found = places.search("cô tô", limit=2000)

    assert places_found[0].commune.full_name == "đặc khu Cô Tô"
    assert [place.old is None for place in places_found[:2]] == [True, True]
    names = [place.commune.name for place in places.search("nậm", limit=3)]
    assert all(name.startswith("Nậm") for name in names)


def test_marks_count_when_they_are_typed(places: Places) -> None:
    assert found(places, "lộc thành", "75")[0] == "xã Lộc Thành"
    assert found(places, "lộc thạnh", "75")[0] == "xã Lộc Thạnh"
    assert {"xã Lộc Thành", "xã Lộc Thạnh"} <= set(found(places, "loc thanh", "75"))


def test_a_typed_kind_does_not_hide_the_whole_name(places: Places) -> None:
    assert {place.old.name for place in places.search("phường 1") if place.old} == {"1"}


def test_a_kind_or_a_province_alone_finds_only_names_that_begin_so(places: Places) -> None:
    assert all(name.startswith("xã Mường") for name in found(places, "xa muong"))
    for place in places.search("dien bien", limit=500):
        name = place.old.name if place.old else place.commune.name
        assert any(word.startswith(("dien", "bien")) for word in fold(name).split())


def test_a_search_may_keep_to_a_province_and_to_a_number(places: Places) -> None:
    assert {place.commune.province for place in places.search("an", "11", limit=50)} == {"11"}
    assert len(places.search("an", limit=7)) == 7


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("Bản Nậm Kè, Xã Nậm Kè, Huyện Mường Nhé, Điện Biên", ["03162"]),
        ("Nậm Kè, Mường Nhé, Điện Biên", ["03162"]),
        ("ban nam ke, nam ke, muong nhe, dien bien", ["03162"]),
        (unicodedata.normalize("NFD", "Xã Nậm Kè, H. Mường Nhé, T. Điện Biên, Việt Nam"), ["03162"]),
        ("Bản A, Xã Mường Nhé, Tỉnh Điện Biên", ["03160"]),
        ("Bản A, Mường Nhé, Điện Biên", ["03160"]),
        ("Mường Nhé, Điện Biên", ["03160"]),
        ("Bản X, Quan Sơn, Thanh Hóa", ["15016"]),
        ("Phường 04, TP. Mỹ Tho, Tiền Giang", ["28249"]),
        ("12 Lê Lợi, P.Bến Nghé, Q.1, TP.HCM", ["26740"]),
        ("Xóm 3, Nghi Phú, Vinh, Nghệ An", ["16702"]),
        ("Huyện Cồn Cỏ, Quảng Trị", ["19742"]),
        ("Xã Nậm Kè, Điện Biên", ["03162"]),
        ("Xã Thạnh Lợi, Huyện Vĩnh Thạnh, Cần Thơ", ["31231"]),
        ("Xã Tân Thạnh, Huyện Thới Lai, Cần Thơ", ["31288"]),
    ],
)
def test_an_address_of_before_leads_to_the_commune_of_today(places: Places, address: str, expected: list[str]) -> None:
    assert expected == codes(places, address)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "Điện Biên",
        "a, b, c",
        "Xã Nậm Kee, Mường Nhé, Điện Biên",
        "Nậm Kee, Mường Nhé, Điện Biên",
        "Huyện Mường Nhé, Điện Biên",
        "Xã Nậm Kè, Huyện Mường Nhé, Lai Châu",
        ",,,,",
    ],
)
def test_nothing_is_guessed_from_an_address_that_does_not_fit(places: Places, address: str) -> None:
    assert codes(places, address) == []


def test_a_divided_commune_gives_every_successor_and_what_stood_before_it(places: Places) -> None:
    candidates = places.convert_old_address("Tổ 5, ngõ 8, Phường Hoàng Liệt, Quận Hoàng Mai, Hà Nội")

    assert [candidate.commune.full_name for candidate in candidates] == [
        "phường Hoàng Liệt",
        "phường Định Công",
        "phường Hoàng Mai",
        "phường Yên Sở",
    ]
    assert {candidate.rest for candidate in candidates} == {"Tổ 5, ngõ 8"}


def test_a_town_and_a_commune_of_one_name_are_told_apart_by_kind(places: Places) -> None:
    town, commune, either = (
        {candidate.old.kind for candidate in places.convert_old_address(address) if candidate.old}
        for address in (
            "Thị trấn Thạnh An, Vĩnh Thạnh, Cần Thơ",
            "Xã Thạnh An, Vĩnh Thạnh, Cần Thơ",
            "Thạnh An, Vĩnh Thạnh, Cần Thơ",
        )
    )

    assert (town, commune, either) == ({"thị trấn"}, {"xã"}, {"thị trấn", "xã"})


def test_every_old_address_leads_to_the_successors_of_that_commune(places: Places) -> None:
    wrong = [
        old.full_name
        for old in places.old_communes[::17]
        if old.name and codes(places, f"Thôn 1, {old.full_name}") != list(old.communes)
    ]

    assert wrong == []


@given(st.text(alphabet="NậmKèxãhuyệnTP.Q1, ;Điện Biên\u0301", max_size=40))
@settings(deadline=None, max_examples=60)
def test_whatever_is_typed_is_answered(places: Places, text: str) -> None:
    places.search(text)
    places.convert_old_address(text)


def test_loading_and_searching_are_quick(places: Places) -> None:
    with at_most(1.5):  # some 0.03 s
        load_places(resources_dir())
    places.search("muong")
    with at_most(1.2):  # some 0.04 s
        for typed in ("a", "t", "đ", "muong", "nam ke muong nhe", "phuong 4"):
            places.search(typed)
