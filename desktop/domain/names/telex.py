"""Telex and VNI keystrokes left in a name because Vietnamese typing was off: `Nguyeenx Thij` for Nguyễn Thị.

- A word is a leftover only if undoing the keystrokes gives a Vietnamese syllable and the word itself is none.
- Foreign names look like leftovers too: Hans as Hán, Kees as Kế, Max as Mã, Lee as Lê. So a word is *plain* evidence
  when hardly any foreign name is built like it, and *doubtful* otherwise. A doubtful word counts only beside a plain
  one or beside a word that carries Vietnamese marks; a word without a tone typed, only beside a plain one.
- For names of people: `T5` and `A1` of an address mean themselves.
"""

import re
import unicodedata
from collections.abc import Iterable
from enum import IntEnum
from typing import Final

from desktop.domain.names.syllables import (
    TONES,
    Syllable,
    join_syllable,
    parse_syllable,
)

_Marks = tuple[tuple[str, str], ...]
_TELEX_TONES: Final = dict(zip("frxsj", TONES[1:], strict=True))
_TELEX_MARKS: Final[_Marks] = tuple(
    (typed, typed_as)
    for typed_as, spellings in (
        ("ươ", "uwow uwo uow wow"), ("â", "aa"), ("ê", "ee"), ("ô", "oo"), ("ă", "aw"), ("ơ", "ow"), ("ư", "uw w"),
    )
    for typed in spellings.split()
)  # fmt: skip
_VNI_TONES: Final = dict(zip("23415", TONES[1:], strict=True))
_VNI_MARKS: Final[dict[str, _Marks]] = {
    "6": (("a", "â"), ("e", "ê"), ("o", "ô")),
    "7": (("uo", "ươ"), ("u", "ư"), ("o", "ơ")),
    "8": (("a", "ă"),),
}
_WORD: Final = re.compile(r"(?:[^\W_]|[\u0300-\u036f])+")
_VOWEL: Final = re.compile("[aeiouywăâêôơư]")
_GLIDE_THEN_MARK: Final = re.compile("[iyuo][âăêôơ]")
_NEVER_FOREIGN: Final = re.compile("^dd|^ng|^nh|uwo|uow|uw.*[frxsj]|[ăâđêôơư].*[frxsj]|[fj]|[^aeiouy]x")
_FOREIGN_NAMES: Final = """
bos cox dar dax dix dox gans goos gus haj hans hens hux kees kir koos leif lens lex lis loos los lux luis mar mans max
mees mir mix moor nair nix noor nor nox nur pax pix raj rans rens rex roos ros rox saif sar sax sens six sor taj tes
tex thor toos tor tux vaj vos vox
"""
_FOREIGN: Final = frozenset(_FOREIGN_NAMES.split())


class _Evidence(IntEnum):
    NONE = 0
    TONELESS = 1
    DOUBTFUL = 2
    PLAIN = 3


def has_telex_leftover(text: str) -> bool:
    """Return whether a name holds words that were typed with Vietnamese typing off."""
    text = unicodedata.normalize("NFC", text)
    return undo_telex(text) != text


def undo_telex(text: str) -> str:
    """Return the name as it would read with Vietnamese typing on; words that are no leftover stay as they are."""
    text = unicodedata.normalize("NFC", text)
    words = _WORD.findall(text)
    weighed = {word: _weigh(word) for word in words}
    if any(evidence is _Evidence.PLAIN for evidence, _ in weighed.values()):
        enough = _Evidence.TONELESS
    elif any(not word.isascii() and parse_syllable(word) for word in words):
        enough = _Evidence.DOUBTFUL
    else:
        return text

    def undone(found: re.Match[str]) -> str:
        evidence, meant = weighed[found[0]]
        return meant if evidence >= enough else found[0]

    return _WORD.sub(undone, text)


def telex_reading(word: str) -> str | None:
    """Return what one word means if it is a leftover, in small letters, however little speaks for it; else None.

    For comparing names, where the other name is the evidence: `Lee` may be Lê, `Max` may be Mã.
    """
    small = unicodedata.normalize("NFC", word).lower()
    if parse_syllable(small) is not None:
        return None
    syllable = _read(small)
    return None if syllable is None else str(syllable)


def _weigh(word: str) -> tuple[_Evidence, str]:
    """Return how surely the word is a leftover, and what was meant."""
    small = word.lower()
    if small in _FOREIGN or parse_syllable(small) is not None:
        return _Evidence.NONE, word
    syllable = _read(small)
    if syllable is None:
        return _Evidence.NONE, word
    meant = str(syllable)
    if word.isupper():
        meant = meant.upper()
    elif word[0].isupper():
        meant = meant[0].upper() + meant[1:]
    if len(small) > 2 and (_is_vni(small) or _NEVER_FOREIGN.search(small) or _GLIDE_THEN_MARK.search(syllable.rime)):
        return _Evidence.PLAIN, meant
    return _Evidence.DOUBTFUL if syllable.tone else _Evidence.TONELESS, meant


def _is_vni(small: str) -> bool:
    return any(sign in "123456789" for sign in small)


def _read(small: str) -> Syllable | None:
    return _undo_vni(small) if _is_vni(small) else _undo_telex(small)


def _undo_telex(small: str) -> Syllable | None:
    vowel = _VOWEL.search(small)
    if vowel is None:
        return None
    onset, rest = small[: vowel.start()], small[vowel.start() :]
    keys = [sign for sign in rest if sign in _TELEX_TONES]
    if len(keys) > 1 or (keys and _VOWEL.search(rest, rest.index(keys[0]))):
        return None
    tone = _TELEX_TONES[keys[0]] if keys else ""
    letters = ("đ" + onset[2:] if onset.startswith("dd") else onset) + "".join(
        sign for sign in rest if sign not in _TELEX_TONES
    )
    return _join_marked(letters, _TELEX_MARKS, tone) or join_syllable(letters, tone)


def _undo_vni(small: str) -> Syllable | None:
    letters = "".join(sign for sign in small if sign not in "123456789")
    digits = "".join(sign for sign in small if sign in "123456789")
    tones = [digit for digit in digits if digit in _VNI_TONES]
    marks = {digit for digit in digits if digit in _VNI_MARKS}
    if not small[0].isalpha() or len(tones) > 1 or len(marks) > 1:
        return None
    if "9" in digits:
        if not letters.startswith("d"):
            return None
        letters = "đ" + letters[1:]
    tone = _VNI_TONES[tones[0]] if tones else ""
    return _join_marked(letters, _VNI_MARKS[marks.pop()], tone) if marks else join_syllable(letters, tone)


def _join_marked(letters: str, marks: Iterable[tuple[str, str]], tone: str) -> Syllable | None:
    """Return the first syllable that one of the marks makes of the letters."""
    made = (join_syllable(letters.replace(typed, marked, 1), tone) for typed, marked in marks if typed in letters)
    return next((syllable for syllable in made if syllable is not None), None)
