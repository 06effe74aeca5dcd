"""Counting keys as data-entry practice does: every key event, against the signs that the answers themselves have.

- Every key pressed counts one; a key with Ctrl counts two. Nothing is pasted and nothing is set behind the window.
- The own signs of an answer are what anybody has to type of it: the letters of a text, eight digits of a whole day and
  those of a part (`3/2026`), the digits of a number, one for yes or no, the letters of a commune's name. A coded answer
  has the width of a numeric code of its list, as on a form made for keying: 1 up to nine answers, 2 up to 99, else 3.
- A field answered is a blank of the paper: commune and hamlet are two. An answer that stands there already and is gone
  over by a key is one too, without signs of its own; what is gone over empty is none.
- A Vietnamese letter counts one on both sides: what an input method needs for its marks is its own affair.
"""

from dataclasses import dataclass, field

from PySide6.QtCore import Qt

from desktop.demo.keyboard_driver import KeyboardDriver
from desktop.domain.definitions.model import CodeList
from desktop.ui.base.key_order import KeyOrder
from tests.ui.keyboard import strike, strike_text

CONTROL = Qt.KeyboardModifier.ControlModifier
PLAIN = Qt.KeyboardModifier.NoModifier
NAMED = {
    "Enter": (Qt.Key.Key_Return, PLAIN, "\r"),
    "Tab": (Qt.Key.Key_Tab, PLAIN, "\t"),
    "PgDn": (Qt.Key.Key_PageDown, PLAIN, ""),
    "F8": (Qt.Key.Key_F8, PLAIN, ""),
    "Ctrl+S": (Qt.Key.Key_S, CONTROL, ""),
    "Ctrl+N": (Qt.Key.Key_N, CONTROL, ""),
}


@dataclass
class Keys:
    """A hand whose keys are counted."""

    hand: KeyboardDriver
    order: KeyOrder
    pressed: int = 0
    own: int = 0
    answered: int = 0
    told: list[str] = field(default_factory=list)

    @property
    def extra_per_field(self) -> float:
        return (self.pressed - self.own) / self.answered

    def answer(self, signs: str, own: int | None = None) -> None:
        """Type an answer whose own signs are these, or as many as said."""
        self.answered += 1
        self.own += len(signs) if own is None else own
        self.type(signs)

    def accept(self) -> None:
        """Leave the answer that stands there."""
        self.answered += 1
        self.press("Enter")

    def type(self, signs: str) -> None:
        for sign in signs:
            self.pressed += 1
            strike_text(sign)
        self._settle()

    def press(self, name: str) -> None:
        key, modifier, text = NAMED[name]
        self.told.append(name)
        if modifier is CONTROL:
            self.pressed += 1
        self.pressed += 1
        strike(key, modifier, text)
        self._settle()

    def _settle(self) -> None:
        self.hand.wait_for(lambda: not self.order.is_waiting, "answers to keys")


def width(codes: CodeList) -> int:
    """Return how wide a numeric code of a list would be."""
    return len(str(len(codes.codes)))
