"""Why two names may be one, and whether those worth comparing are found among many."""

import random
import unicodedata
from collections import defaultdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.names.name_likeness import FARTHEST
from desktop.domain.names.names import (
    NameLikeness,
    Reason,
    compare_names,
    fold,
    name_keys,
    near_name_keys,
)
from desktop.domain.names.search_keys import LONGEST_NEAR
from desktop.domain.names.syllables import (
    ONSETS,
    RIMES,
    TONES,
    join_syllable,
)
from desktop.domain.names.words import LONGEST_NAME
from tests.domain.names.made_people import (
    DAMAGES,
    Damage,
    MadePerson,
    people,
    two_at_once,
)

CROWD = people(3000, seed=7)
LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxyàảãáạằầẩấậèéẹềễếệìíịòóọồốộờớợùủúụừứựỳýỵ '-.fjwz1256"
some_names = st.one_of(
    st.sampled_from(CROWD).map(lambda person: person.name),
    st.text(alphabet=LETTERS + LETTERS.upper(), max_size=40),
    st.text(max_size=40),
)


def reasons(one: str, other: str) -> list[str]:
    return [reason.value for reason in compare_names(one, other).reasons]


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("Nguyễn Thị Hương", "NGUYỄN  THỊ\u00a0HƯƠNG ", "same"),
        ("Nguyễn Thị Hoà", "Nguyễn Thị Hòa", "tone_place"),
        ("Lý Thị Mỹ", "Lí Thị Mĩ", "i_or_y"),
        ("Đỗ Thị Quý", "Đỗ Thị Quí", "i_or_y"),
        ("Nguyễn Thị Đào", "nguyen thi dao", "no_diacritics"),
        ("Ly Thi My", "Lí Thị Mĩ", "i_or_y no_diacritics"),
        ("Nguyeenx Thij Huowng", "Nguyễn Thị Hương", "telex"),
        ("Nguye64n Thi5 Hu7o7ng", "Nguyễn Thị Hương", "telex"),
        ("Lee Anh Tus", "Lê Anh Tú", "telex"),
        ("Nguyễn Hương", "Nguyễn Thị Hương", "filler_dropped"),
        ("Sùng Páo", "Sùng A Páo", "filler_dropped"),
        ("Trần Nam", "Trần Đình Nam", "filler_dropped"),
        ("H'Bia Niê", "Bia Niê", "filler_dropped"),
        ("Hương Nguyễn Thị", "Nguyễn Thị Hương", "order"),
        ("Thị Hương Nguyễn", "Nguyễn Thị Hương", "order"),
        ("Hương Thị Nguyễn", "Nguyễn Thị Hương", "order"),
        ("Ngọc Anh Nguyễn Thị", "Nguyễn Thị Ngọc Anh", "order"),
        ("Niê H’Bia", "H'Bia Niê", "order"),
        ("Ng. Thị Hương", "Nguyễn Thị Hương", "abbreviation"),
        ("Ng Thị Hương", "Nguyễn Thị Hương", "abbreviation"),
        ("Nguyễn Th.Hương", "Nguyễn Thị Hương", "abbreviation"),
        ("Tr. V. Nam", "Trần Văn Nam", "abbreviation"),
        ("Tr. V. Nam", "Trương Văn Nam", "abbreviation"),
        ("Hg. Văn Nam", "Hoàng Văn Nam", "abbreviation"),
        ("Ph. Thị Lan", "Phùng Thị Lan", "abbreviation"),
        ("Giàng A Páo", "Dàng A Páo", "spelling"),
        ("Sùng Thị Mỷ", "Xùng Thị Mỷ", "spelling"),
        ("Chá A Dơ", "Trá A Dơ", "spelling"),
        ("Cà Văn Ón", "Kà Văn Ón", "spelling"),
        ("Triệu Mùi Ghến", "Chiệu Mùi Ghến", "spelling"),
        ("Chẻo Láo Tả", "Chảo Láo Tả", "spelling"),
        ("Hoàng Thị Nụ", "Vàng Thị Nụ", "spelling"),
        ("Vũ Thị Mai", "Võ Thị Mai", "spelling"),
        ("Hoàng Văn Phúc", "Huỳnh Văn Phước", "spelling"),
        ("Lò Thị Đớn", "Lô Thị Đớn", "marks"),
        ("Vừ A Sính", "Vù A Sính", "marks"),
        ("Quàng Văn Ón", "Quảng Văn Ón", "marks"),
        ("Tẩn Láo Lở", "Tẳn Láo Lở", "marks"),
        ("Lường Thị Ướt", "Lương Thị Ướt", "marks"),
        ("Nguyễn Ngọc Anh", "Nguyễn Anh", "middle_dropped"),
        ("Nguyễn Thị Hươg", "Nguyễn Thị Hương", "one_letter"),
        ("guyễn Thị Hương", "Nguyễn Thị Hương", "one_letter"),
        ("Nugyễn Thị Hương", "Nguyễn Thị Hương", "one_letter"),
        ("Nguyễn Thị Hươbg", "Nguyễn Thị Hương", "one_letter"),
        ("Huong Nguyen", "Nguyễn Thị Hương", "no_diacritics filler_dropped order"),
        ("Nguyen Thi Huog", "Nguyễn Thị Hương", "no_diacritics one_letter"),
        ("王小明", "王小明", "same"),
        ("ບົວ", unicodedata.normalize("NFD", "ບົວ"), "same"),
    ],
)
def test_two_names_may_be_one_and_the_reasons_say_why(one: str, other: str, why: str) -> None:
    assert " ".join(reasons(one, other)) == why


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Nguyễn Văn An", "Nguyễn Thị An"),
        ("Nguyễn Văn An", "Trần Văn An"),
        ("Nguyễn Văn Nam", "Nguyễn Văn Lam"),
        ("Nguyễn Văn Hùng", "Nguyễn Văn Hường"),
        ("Lê Minh Anh", "Lê Anh Minh"),
        ("Lê Thị Minh Anh", "Lê Thị Anh Minh"),
        ("Trần Thị Giang", "Trần Thị Đang"),
        ("Nguyễn Thị Vân", "Nguyễn Thị"),
        ("Nguyễn Thị H.", "Nguyễn Thị Hương"),
        ("N. T. H.", "Nguyễn Thị Hương"),
        ("Hương", "Nguyễn Thị Hương"),
        ("Nguyễn Văn Hoàng", "Nguyễn Văn Huê"),
        ("Nguyn Thị Hươg", "Nguyễn Thị Hương"),
        ("Nguyễn Vân Anh", "Nguyễn Văn Bình"),
        ("Đỗ Quang Hải", "Đỗ Hải Đăng"),
        ("Trần Văn Huy", "Trần Văn Hui"),
        ("Lê Thị Thúy", "Lê Thị Thúi"),
        ("王小明", "王小红"),
        ("", ""),
        (" . - ' ", "Nguyễn Thị Hương"),
    ],
)
def test_two_names_are_two(one: str, other: str) -> None:
    assert reasons(one, other) == []


def test_two_common_names_a_letter_apart_are_never_called_the_same() -> None:
    likeness = compare_names("Nguyễn Văn An", "Nguyễn Văn Anh")
    assert likeness.reasons == (Reason.ONE_LETTER,)
    assert likeness.distance > compare_names("Nguyễn Văn Anh", "Nguyễn Văn Ah").distance


def test_the_order_of_candidates_follows_certainty() -> None:
    asked = "Nguyễn Thị Hương"
    others = ["nguyễn thị hương", "Nguyen Thi Huong", "Hương Nguyễn Thị", "Nguyễn Thị Hường", "Nguyen Thi Huog"]
    distances = [compare_names(asked, other).distance for other in others]
    assert distances == sorted(set(distances))


@given(some_names, some_names)
@settings(deadline=None)
def test_it_says_the_same_whichever_name_comes_first(one: str, other: str) -> None:
    assert compare_names(one, other) == compare_names(other, one)


@given(some_names, some_names)
@settings(deadline=None)
def test_unicode_forms_and_case_change_nothing(one: str, other: str) -> None:
    expected = compare_names(one, other)
    for form in ("NFC", "NFD"):
        assert compare_names(unicodedata.normalize(form, one), other) == expected
        assert name_keys(unicodedata.normalize(form, one)) == name_keys(one)
        assert near_name_keys(unicodedata.normalize(form, one)) == near_name_keys(one)


@given(some_names)
@settings(deadline=None)
def test_a_name_is_itself_and_is_found_by_itself(name: str) -> None:
    expected = NameLikeness(reasons=(Reason.SAME,)) if name_keys(name) else NameLikeness()
    assert compare_names(name, name) == expected
    assert name_keys(name) <= near_name_keys(name)


@given(some_names, some_names)
@settings(deadline=None)
def test_a_likeness_is_bounded_and_its_reasons_are_in_order(one: str, other: str) -> None:
    likeness = compare_names(one, other)
    assert 0 <= likeness.distance <= FARTHEST
    assert list(likeness.reasons) == [reason for reason in Reason if reason in likeness.reasons]
    assert (Reason.SAME in likeness.reasons) == (likeness.is_possible and likeness.distance == 0)


def test_whatever_is_alike_is_looked_for() -> None:
    """Names that were damaged once and, some of them, twice."""
    chance = random.Random(5)
    names = [person.name for person in CROWD[:150]]
    damaged = {name: [damage(name, chance) for damage in (*DAMAGES.values(), two_at_once)] for name in names}
    alike = [
        (name, other)
        for name in names
        for others in damaged.values()
        for other in others
        if other is not None and compare_names(name, other).is_possible
    ]
    assert len(alike) > 6 * len(names)
    assert [pair for pair in alike if not name_keys(pair[0]) & near_name_keys(pair[1])] == []


@pytest.mark.parametrize("damaged", ["Nugyễn Hương", "Nguyễn Hươgn", "Nguyễn Ưhơng", "Nguyễ Hương", "Nguyễn Hxương"])
def test_a_letter_that_was_mistyped_is_looked_for(damaged: str) -> None:
    assert name_keys("Nguyễn Hương") & near_name_keys(damaged)
    assert name_keys(damaged) & near_name_keys("Nguyễn Hương")


def test_a_text_without_end_is_read_up_to_a_limit() -> None:
    flood = "Nguyễn Thị " * 20_000
    assert compare_names(flood, flood[:LONGEST_NAME]).reasons == (Reason.SAME,)
    assert len(near_name_keys(flood)) < 5_000
    assert len(near_name_keys("n" * 100_000)) < 5_000
    assert len(near_name_keys("N. " * 1000)) < 20_000


@pytest.mark.parametrize("onset", ONSETS)
def test_a_letter_missing_from_a_syllable_leaves_it_near(onset: str) -> None:
    """All but what becomes a word with gi: ghim, gai."""
    for rime in RIMES:
        syllable = join_syllable(onset + rime, TONES[4])
        whole = "" if syllable is None else fold(str(syllable))
        assert len(whole) <= LONGEST_NEAR
        for place in range(len(whole) if len(whole) > 1 else 0):
            damaged = whole[:place] + whole[place + 1 :]
            if onset not in {"g", "gh"} or "gi" not in {whole[:2], damaged[:2]}:
                assert name_keys(f"{whole} xxx") & near_name_keys(f"{damaged} xxx"), (whole, damaged)
                assert name_keys(f"{damaged} xxx") & near_name_keys(f"{whole} xxx"), (whole, damaged)


class Index:
    """Names under their keys, as the registry keeps them."""

    def __init__(self, persons: list[MadePerson]) -> None:
        self._persons = persons
        self._kept: dict[str, list[int]] = defaultdict(list)
        for place, person in enumerate(persons):
            for key in name_keys(person.name):
                self._kept[key].append(place)

    def candidates(self, name: str, year: int) -> list[int]:
        near = {place for key in near_name_keys(name) for place in self._kept.get(key, ())}
        found = [
            (likeness.distance, abs(self._persons[place].year - year), place)
            for place in near
            if abs(self._persons[place].year - year) <= 2
            and (likeness := compare_names(name, self._persons[place].name)).is_possible
        ]
        return [place for _, _, place in sorted(found)]


@pytest.fixture(scope="module")
def index() -> Index:
    return Index(CROWD)


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES.keys())
def test_of_a_hundred_damaged_names_98_are_found_among_few(index: Index, damage: Damage) -> None:
    chance = random.Random(3)
    damaged = [(place, damage(person.name, chance)) for place, person in enumerate(CROWD)]
    asked = [(place, name) for place, name in damaged if name is not None][:500]
    found = [index.candidates(name, CROWD[place].year + chance.randint(-2, 2)) for place, name in asked]
    hits = sum(place in candidates[:20] for (place, _), candidates in zip(asked, found, strict=True))
    assert len(asked) > 100
    assert hits >= 0.98 * len(asked)
    assert max(map(len, found)) <= 20


def test_few_people_are_like_others_by_chance(index: Index) -> None:
    """Of people who are there once only, few have anybody beside them: a list that is long is not read."""
    found = [index.candidates(person.name, person.year) for person in CROWD]
    assert all(place in candidates for place, candidates in enumerate(found))
    assert sum(map(len, found)) / len(found) < 1.5
