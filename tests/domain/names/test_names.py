import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.names import names

VIETNAMESE = "aăâbcdđeêghiklmnoôơpqrstuưvxyàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ '-ÐðĐ"
names_like = st.text(alphabet=VIETNAMESE + VIETNAMESE.upper(), max_size=30)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("do", "Đỗ"),
        ("duc", "ĐỨC"),
        ("dao", "Ðào"),
        ("nguyen thi", "  Nguyễn\u00a0\u00a0Thị "),
        ("Lò Thị", unicodedata.normalize("NFD", "lò thị")),
        ("lo thi", "Lò\u200b Thị\u202e"),
        ("H'Bia", "h’bia"),
        ("Y-Bhăm", "y–bham"),
        ("hoà", "hòa"),
        ("1a", "①Ａ"),
        ("ກາ", "ກາ\u0ec8"),
        ("ក", "កា"),
    ],
)
def test_two_spellings_fold_to_one_key(typed: str, stored: str) -> None:
    assert names.fold(typed) == names.fold(stored)


@pytest.mark.parametrize(("one", "other"), [("Lan", "Lân đ"), ("Đỗ", "Tô"), ("ກາ", "ຂາ"), ("An", "")])
def test_different_names_keep_different_keys(one: str, other: str) -> None:
    assert names.fold(one) != names.fold(other)


@given(st.text())
@settings(deadline=None)
def test_folding_twice_changes_nothing_and_leaves_no_mark(text: str) -> None:
    folded = names.fold(text)

    assert folded == names.fold(folded)
    assert folded == " ".join(folded.split())
    assert not {"Mn", "Mc", "Me", "Cf"} & {unicodedata.category(sign) for sign in folded}
    assert folded == folded.casefold()


@given(st.one_of(st.text(), names_like))
@settings(deadline=None)
def test_nfc_and_nfd_are_one_name(text: str) -> None:
    composed, decomposed = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))

    for of_name in (
        names.fold,
        names.sort_key,
        names.name_sort_key,
        names.given_name,
        names.initials,
        names.passport_form,
        names.normalise_tone_placement,
        names.undo_telex,
        names.has_telex_leftover,
    ):
        assert of_name(composed) == of_name(decomposed)


def test_words_sort_by_letters_and_only_then_by_tone() -> None:
    shuffled = "ê ạ v ãn an 2 ya ấ đa á ơ e ả b o ă da g à ô dạ ư p ân ã ăn ກ u a 11a"
    expected = "11a 2 a à ả ã á ạ an ãn ă ăn ấ ân b da dạ đa e ê g o ô ơ p u ư v ya ກ"

    assert expected.split() == sorted(shuffled.split(), key=names.sort_key)


def test_a_shorter_word_comes_first_and_a_tone_never_outweighs_a_later_letter() -> None:
    expected = ["Bá", "Ba 2", "Ba Bể", "Bá Chẽ", "Ba Đồn", "Ban A"]
    shuffled = expected[::-1]
    shuffled.sort(key=names.sort_key)

    assert expected == shuffled


def test_people_sort_by_given_name_then_surname_then_the_rest() -> None:
    expected = [
        "Giàng Thị Á",
        "Lò Thị An",
        "Lò Văn An",
        "Vàng A An",
        "Đỗ Văn Bình",
        "Sùng A Dìa",
        "Hoàng Văn Đạt",
        "Lò Văn Hà",
        "An Thị Hạ",
        "Lan",
        "An Lan",
    ]
    shuffled = expected[::-1]
    shuffled.sort(key=names.name_sort_key)

    assert expected == shuffled


def test_a_tone_counts_wherever_it_is_written() -> None:
    assert names.sort_key("hoà") == names.sort_key("HÒA")
    assert names.sort_key("hoà") != names.sort_key("hoa")


@given(names_like)
@settings(deadline=None)
def test_a_sort_key_is_printable_and_blind_to_case(name: str) -> None:
    assert names.sort_key(name).isprintable()
    assert names.sort_key(name) == names.sort_key(name.swapcase())


@given(names_like, names_like)
@settings(deadline=None)
def test_equal_sort_keys_mean_equal_folds(one: str, other: str) -> None:
    if names.sort_key(one) == names.sort_key(other):
        assert names.fold(one) == names.fold(other)


@pytest.mark.parametrize(
    ("name", "given_name", "initials", "passport"),
    [
        ("Lò Thị Đôn", "Đôn", "L.T.Đ.", "LO THI DON"),
        ("  nguyễn   văn  a ", "a", "N.V.A.", "NGUYEN VAN A"),
        ("H’Bia-Niê", "H’Bia-Niê", "H.", "HBIA NIE"),
        ("Søren Łukasz", "Łukasz", "S.Ł.", "SOEREN LUKASZ"),
        ("(Ýđ) ກາ", "ກາ", "Ý.ກ.", "YD"),
        ("", "", "", ""),
    ],
)
def test_a_name_is_shortened(name: str, given_name: str, initials: str, passport: str) -> None:
    assert given_name == names.given_name(name)
    assert initials == names.initials(name)
    assert passport == names.passport_form(name)
