"""Vietnamese letters that a scanner spoilt: typed in another code page, lost, or without their marks.

- UTF-8 typed byte by byte as Windows-1252, Windows-1258 or VISCII is undone where every byte came through and gives
  Vietnamese; what comes out is then what was sent, for no other text has such bytes.
- What cannot be undone is reported, never repaired: a name is not guessed.
"""

import re
import unicodedata
from typing import Final

from desktop.domain.names.names import fold
from desktop.domain.names.syllables import parse_syllable

_VISCII: Final = (
    "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯ"
    "ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡưàáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ"
)
"""Bytes 80 to FF of VISCII 1.1 (RFC 1456)."""

_UPPER_HALF: Final = range(0x80, 0x100)
_NAMED: Final = ("cp1252", "cp1258")
_LEFT_OVER: Final = re.compile(r"[ÃÂÄÅÆ][^\w\s,./'-]|[áÁ][»º]|Ä\b|\u00c6[°¡]|\ufffd|\?")
_VIETNAMESE: Final = re.compile(rf"[\0-\x7f\u0300-\u036f{_VISCII}ẲẴẪỶỸỴ]*")
_WORD: Final = re.compile(r"(?<!\w)(?:[^\W\d_]|[\u0300-\u036f'’])+(?![.\w])")
_VOWEL: Final = re.compile("[aeiouy]")
_ABBREVIATED: Final = re.compile(r"[HKYR]|[A-ZĐ]+['’].*")
"""A single letter that is a whole name among the peoples of the highlands, and H'Mai."""
_OF_ADDRESSES: Final = frozenset({"h", "kdc", "km", "kp", "p", "q", "ql", "t", "tdp", "tl", "tp", "tt", "tx", "x"})
_FEWEST_WORDS: Final = 4


def undo_code_page(text: str) -> str:
    """Return what was sent if it was UTF-8 typed in one of the code pages, else the text as it is."""
    for page in _PAGES:
        try:
            undone = bytes(_byte(sign, page) for sign in text).decode("utf-8")
        except (KeyError, UnicodeDecodeError):
            continue
        if _VIETNAMESE.fullmatch(undone):
            return undone
    return text


def is_mangled(text: str) -> bool:
    """Return whether a text holds pieces of another code page, or characters put where a letter could not be typed."""
    return _LEFT_OVER.search(unicodedata.normalize("NFC", text)) is not None


def has_lost_letters(text: str, *, is_name: bool) -> bool:
    """Return whether a word has no vowel left. Capitals alone are an abbreviation in an address, and none in a name."""
    words = _WORD.findall(unicodedata.normalize("NFC", text))
    if not is_name:
        words = [word for word in words if not word.isupper() and fold(word) not in _OF_ADDRESSES]
    return any(not _VOWEL.search(fold(word)) and not _ABBREVIATED.fullmatch(word) for word in words)


def has_odd_word(name: str) -> bool:
    """Return whether a word is no syllable of Vietnamese: one of another people, or one that lost a letter."""
    return any(parse_syllable(word.lower()) is None for word in unicodedata.normalize("NFC", name).split())


def has_no_marks(*texts: str) -> bool:
    """Return whether several words came without a single Vietnamese letter: no card is written so."""
    words = " ".join(texts).split()
    return len(words) > _FEWEST_WORDS and all(word.isascii() for word in words)


def _byte(sign: str, page: dict[str, int]) -> int:
    return ord(sign) if sign < "\x80" else page[sign]


def _page(name: str) -> dict[str, int]:
    """Return the byte of each character; what a page does not name is typed as the control character of its number."""
    signs = {byte: bytes([byte]).decode(name, errors="ignore") or chr(byte) for byte in _UPPER_HALF}
    return {sign: byte for byte, sign in signs.items()}


_PAGES: Final = (*map(_page, _NAMED), dict(zip(_VISCII, _UPPER_HALF, strict=True)))
