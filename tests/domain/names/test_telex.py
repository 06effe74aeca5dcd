import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.names.syllables import (
    ONSETS,
    RIMES,
    TONES,
    join_syllable,
    parse_syllable,
)
from desktop.domain.names.telex import _FOREIGN, has_telex_leftover, undo_telex

TELEX = str.maketrans(
    {"ă": "aw", "â": "aa", "ê": "ee", "ô": "oo", "ơ": "ow", "ư": "uw", "đ": "dd"}
    | dict(zip(TONES[1:], "frxsj", strict=True))
)
VNI = str.maketrans(
    {"ă": "a8", "â": "a6", "ê": "e6", "ô": "o6", "ơ": "o7", "ư": "u7", "đ": "d9"}
    | dict(zip(TONES[1:], "23415", strict=True))
)
THREE_O = {"ooc", "oong"}  # Telex types these with three o; so `khoong` may be meant as it stands


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Nguyeenx", "Nguyễn"),
        ("ddeens", "đến"),
        ("Thij", "Thị"),
        ("Vangf", "Vàng"),
        ("TRUOWNGF", "TRƯỜNG"),
        ("Phuwowng", "Phương"),
        ("Tuaans", "Tuấn"),
        ("Lieen", "Liên"),
        ("Dduwcs", "Đức"),
        ("Thuowr", "Thuở"),
        ("Nhw", "Như"),
        ("Nguyeexn Thij Hans Lee", "Nguyễn Thị Hans Lê"),
        ("Nguye64n Thi5", "Nguyễn Thị"),
        ("D9e6n1 Tru7o7ng2", "Đến Trường"),
        ("Lò Thị Sams", "Lò Thị Sám"),
        ("Đens", "Đén"),
    ],
)
def test_keystrokes_are_undone(typed: str, meant: str) -> None:
    assert has_telex_leftover(typed)
    assert meant == undo_telex(typed)


@pytest.mark.parametrize(
    "name",
    [
        "Lò Thị Mỷ", "Vàng A Sùng", "Y Bhăm Niê", "Aa", "H'Mông", "Ka Sô", "Mùa A Lềnh", "Lý Xá Xuy", "Nguyễn Xoong",
        "ANNA LEE", "KEES VAN DIJK", "HANS MAX", "Nguyễn Max", "Trần Luis Kees", "QUEEN LATIFAH", "OOI KOOI LOOI",
        "SOFIA MIRA LISA", "JOSEF OLAF", "OMAR NUR", "Đỗ Noor", "THOMAS JONES", "ALEX FELIX", "SOR MAR ROS", "VAJ LIS",
        "ANDREW LAW CHOW", "RAJ SINGH", "ΓΙΩΡΓΟΣ", "王小明", "ສົມສັກ", "José", "Todd Budd", "Boun Xay", "Kaysone", "A1",
        "Lê Lee", "Đỗ Mira", "",
    ],
)  # fmt: skip
def test_real_names_are_left_alone(name: str) -> None:
    assert not has_telex_leftover(name)
    assert unicodedata.normalize("NFC", name) == undo_telex(name)


@pytest.mark.parametrize("keyboard", [TELEX, VNI], ids=["telex", "vni"])
def test_every_syllable_typed_without_vietnamese_typing_is_recovered(keyboard: dict[int, str]) -> None:
    wrong = []
    for onset in ONSETS:
        for rime in sorted(RIMES - THREE_O):
            for tone in TONES:
                syllable = join_syllable(onset + rime, tone)
                if syllable is None or syllable.onset != onset:
                    continue
                typed = (onset + rime).translate(keyboard) + tone.translate(keyboard)
                sentence = undo_telex(f"Dduwcs {typed}").removeprefix("Đức ")
                if sentence != str(syllable) and typed not in _FOREIGN and parse_syllable(typed) is None:
                    wrong.append((typed, sentence, str(syllable)))

    assert wrong == []


def test_no_syllable_is_taken_for_a_leftover() -> None:
    plain = {
        str(syllable)
        for onset in ONSETS
        for rime in RIMES
        for tone in TONES
        if (syllable := join_syllable(onset + rime, tone))
    }

    assert [word for word in sorted(plain) if undo_telex(f"Dduwcs {word}") != f"Đức {word}"] == []


@given(st.text(alphabet="NguyeenxThijaowdsfr12569 ĐễKếÝ\u0301", max_size=24))
@settings(deadline=None)
def test_undoing_twice_changes_nothing(text: str) -> None:
    once = undo_telex(text)

    assert once == undo_telex(once)
    assert not has_telex_leftover(once)
    changed = set(once.split()) - set(unicodedata.normalize("NFC", text).split())
    assert all(any(parse_syllable(part) for part in word.split()) or not word.isalpha() for word in changed)
