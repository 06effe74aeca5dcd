"""Texts that a spreadsheet would read as a formula, made harmless in CSV and given back when they are read again.

- OWASP's rule: a cell that begins with = + - @, TAB, CR or LF gets an apostrophe before it. Their full-width and small
  forms count too: a spreadsheet or an input method may narrow them. Blanks, invisible ones, quotes and apostrophes
  before such a character hide it from people, not from a spreadsheet.
- Excel splits at `;` where Windows lists with it, whatever the quotes: what follows a `;`, TAB, CR or LF begins a cell
  as well. A comma does not: fields are quoted.
- One apostrophe is put at each such place and `unguarded` takes exactly that one away: no text is lost or changed.
- Numbers that the program writes are no texts: -5 stays -5.
"""

import re
from typing import Final

TRIGGERS: Final = "=+-@\t\r\n＝＋－＠﹦﹢﹣﹫−⁺₊⁼₌"
APOSTROPHE: Final = "'"
_SPLITS: Final = ";\t\r\n"
_HIDING: Final = "'\"" + "".join(
    chr(code)
    for code in (
        *range(0x09),
        *(0x0B, 0x0C),
        *range(0x0E, 0x21),
        *range(0x7F, 0xA1),
        *(0xAD, 0x061C, 0x1680, 0x180E),
        *range(0x2000, 0x2010),
        *range(0x2028, 0x2030),
        *range(0x205F, 0x2070),
        *(0x3000, 0xFEFF),
    )
)
_BEGINS: Final = rf"(?=[{re.escape(_HIDING)}]*[{re.escape(TRIGGERS)}])"
_AT_START: Final = rf"(?:\A|(?<=[{re.escape(_SPLITS)}]))"
_BARE: Final = re.compile(_AT_START + _BEGINS)
_GUARDED: Final = re.compile(_AT_START + APOSTROPHE + _BEGINS)
_FORMULA: Final = re.compile(_BEGINS)


def begins_as_formula(text: str) -> bool:
    """Return whether a cell of this text could be taken for a formula."""
    return _FORMULA.match(text) is not None


def guarded(text: str) -> str:
    """Return the text as a CSV field may hold it."""
    return _BARE.sub(APOSTROPHE, text)


def unguarded(text: str) -> str:
    """Return the text that `guarded` was given."""
    return _GUARDED.sub("", text)
