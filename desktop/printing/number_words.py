"""Counts in words, as a closing line writes them so that nobody adds a figure: 1.205 is một nghìn hai trăm linh năm."""

from typing import Final

LARGEST: Final = 999_999_999

_DIGITS: Final = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_GROUPS: Final = ((1_000_000, "triệu"), (1_000, "nghìn"))


def in_words(count: int) -> str:
    """Return a count from 0 to LARGEST in words, without a capital."""
    if not 0 <= count <= LARGEST:
        message = f"{count} has no words here"
        raise ValueError(message)
    words: list[str] = []
    rest = count
    for size, name in _GROUPS:
        group, rest = divmod(rest, size)
        if group:
            words += [*_hundreds(group, is_first=not words), name]
    if rest or not words:
        words += _hundreds(rest, is_first=not words)
    return " ".join(words)


def _hundreds(number: int, *, is_first: bool) -> list[str]:
    """Read up to three digits; after a greater group the hundreds are said even when they are none."""
    hundreds, rest = divmod(number, 100)
    if is_first and not hundreds:
        return _tens(rest, is_first=True)
    return [_DIGITS[hundreds], "trăm", *(_tens(rest, is_first=False) if rest else [])]


def _tens(number: int, *, is_first: bool) -> list[str]:
    tens, ones = divmod(number, 10)
    if tens == 0:
        return [_DIGITS[ones]] if is_first else ["linh", _DIGITS[ones]]
    words = ["mười"] if tens == 1 else [_DIGITS[tens], "mươi"]
    if ones == 0:
        return words
    if ones == 1 and tens > 1:
        return [*words, "mốt"]
    return [*words, "lăm" if ones == 5 else _DIGITS[ones]]
