"""Several rows of the same columns, each a card with an editor a column.

- An empty field is one stop that Enter passes over. A row is begun by typing a letter there; Ins or Ctrl+Enter adds
  one below, Ctrl+Delete takes away that of the cursor, and what was taken away can be brought back.
- Enter and Tab go from cell to cell, Up and Down stay in the column.
- A row that was left wholly empty disappears.
- What a row holds beside the columns known here is carried along.
"""

import re
from collections.abc import Iterator
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from desktop.domain.base.problems import Problem
from desktop.domain.definitions.model import FieldDefinition
from desktop.domain.log.operation import Json
from desktop.domain.values.field_types import is_empty, is_sealed
from desktop.ui.base.handed_key import HandedKey
from desktop.ui.base.tokens import Space
from desktop.ui.base.widgets import (
    Button,
    LinkButton,
    column,
    row,
)
from desktop.ui.form.editors.editor import Editor
from desktop.ui.form.editors.row_card import BlockMaker, RowCard, adds_row
from desktop.ui.form.form_context import FormContext

_IN_ROW: Final = re.compile(r"\[(?P<row>[0-9]{1,3})\]\.(?P<column>[a-z0-9_]+)(?P<rest>.*)")


class RowsEditor(Editor):
    """A list of cards and a button that adds one."""

    def __init__(self, field: FieldDefinition, context: FormContext, make_block: BlockMaker) -> None:
        super().__init__(field, context)
        self._make_block = make_block
        self._sealed: Json = None
        self._rows: list[RowCard] = []
        self._taken_away: tuple[int, dict[str, Json]] | None = None
        self.add = Button(self.tr("Add a row"), "plus", "Ctrl+Return")
        self.add.clicked.connect(self._add_at_end)
        self.undo = LinkButton(self.tr("Bring the row back"), "undo-2")
        self.undo.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.undo.clicked.connect(self._bring_back)
        self.undo.hide()
        self.watch(self.add)
        foot = row((self.add, self.undo), space=Space.SNUG)
        foot.addStretch(1)
        self._cards = column((), space=Space.TIGHT)
        self.setLayout(column((self._cards, foot), space=Space.TIGHT))

    @property
    def is_wide(self) -> bool:
        return True

    @property
    def rows(self) -> tuple[RowCard, ...]:
        return tuple(self._rows)

    @property
    def kept_rows(self) -> tuple[RowCard, ...]:
        """The rows that are part of the value, in its order."""
        return tuple(self._kept_rows())

    def value(self) -> Json | Problem:
        if self._sealed is not None:
            return self._sealed
        found: list[Json] = [one.content() for one in self._kept_rows()]
        return found or None

    def unread(self) -> dict[str, Problem]:
        return {
            f"[{number}]{path}": problem
            for number, one in enumerate(self._kept_rows())
            for path, problem in one.unread().items()
        }

    def set_value(self, value: Json) -> None:
        self._sealed = value if is_sealed(value) else None
        while self._rows:
            self._drop(self._rows[-1])
        self._taken_away = None
        self.undo.hide()
        self.add.setEnabled(self._sealed is None)
        for content in value if isinstance(value, list) else ():
            if isinstance(content, dict):
                self._insert(len(self._rows), content)

    def stops(self) -> list[QWidget]:
        return [*(stop for one in self._rows for stop in one.stops()), self.add]

    def set_state(self, state: str) -> None:
        """Rows say themselves what is wrong in them."""

    def inner_problems(self, problems: dict[str, tuple[Problem, ...]]) -> None:
        for number, one in enumerate(self._kept_rows()):
            start = f"[{number}]"
            own = {path.removeprefix(start): found for path, found in problems.items() if path.startswith(start)}
            one.show_problems(own, shows_all=self.shows_all)

    def typed(self) -> dict[str, str]:
        return {
            f"[{number}]{path}": text
            for number, one in enumerate(self._kept_rows())
            for path, text in one.typed().items()
        }

    def set_typed(self, path: str, text: str) -> None:
        match = _IN_ROW.fullmatch(path)
        if match is None or int(match["row"]) >= len(self._rows):
            return
        block = self._rows[int(match["row"])].blocks.get(match["column"])
        if block is not None:
            block.editor.set_typed(match["rest"], text)

    def stop_at(self, path: str) -> QWidget | None:
        match = _IN_ROW.fullmatch(path)
        kept = list(self._kept_rows())
        if match is None or int(match["row"]) >= len(kept):
            return None
        block = kept[int(match["row"])].blocks.get(match["column"])
        if block is None:
            return None
        inner = block.editor.stop_at(match["rest"]) if match["rest"] else None
        return inner or next(iter(block.stops()), None)

    def reasons(self) -> dict[str, str]:
        return {code: text for one in self._rows for code, text in one.reasons().items()}

    def takes_key(self, event: QKeyEvent) -> bool:
        if not self.add.hasFocus() or self._sealed is not None:
            return False
        if adds_row(event):
            self._add_at_end()
            return True
        modifiers = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        if not modifiers and event.text().strip() and event.text().isprintable():
            self._add_at_end()
            QApplication.sendEvent(self._rows[-1].stops()[0], HandedKey(event))
            return True
        return False

    def settle(self) -> None:
        for card in [one for one in self._rows if one.is_idle]:
            self._drop(card)

    def _kept_rows(self) -> Iterator[RowCard]:
        return (one for one in self._rows if not is_empty(one.content()) or one.unread())

    def _add_at_end(self) -> None:
        self._add(len(self._rows))

    def _add(self, place: int) -> None:
        card = self._insert(place, {})
        card.stops()[0].setFocus(Qt.FocusReason.TabFocusReason)
        self.changed.emit()

    def _insert(self, place: int, content: dict[str, Json]) -> RowCard:
        card = RowCard(self.field, self.context, self._make_block, content)
        card.changed.connect(self.changed)
        card.stepped.connect(self.stepped)
        card.left.connect(self.leave_soon)
        card.delete_wanted.connect(self._take_away)
        card.add_wanted.connect(self._add_after)
        card.row_wanted.connect(self._go_to_row)
        self._rows.insert(place, card)
        self._cards.insertWidget(place, card)
        self._number()
        return card

    def _add_after(self, card: RowCard) -> None:
        self._add(self._rows.index(card) + 1)

    def _go_to_row(self, card: RowCard, column_id: str, step: int) -> None:
        place = self._rows.index(card) + step
        if 0 <= place < len(self._rows):
            stops = self._rows[place].blocks[column_id].stops()
            if stops:
                stops[0].setFocus(Qt.FocusReason.TabFocusReason)
                card.has_moved = True

    def _take_away(self, card: RowCard) -> None:
        place = self._rows.index(card)
        self._taken_away = (place, card.content())
        neighbour = self._rows[place + 1 : place + 2] or self._rows[:place][-1:]
        target = neighbour[0].stops()[0] if neighbour else self.add
        target.setFocus(Qt.FocusReason.TabFocusReason)
        self._drop(card)
        self.undo.setVisible(not is_empty(self._taken_away[1]))
        self.changed.emit()

    def _bring_back(self) -> None:
        if self._taken_away is not None:
            place, content = self._taken_away
            self._insert(place, content)
            self._taken_away = None
            self.undo.hide()
            self.changed.emit()

    def _drop(self, card: RowCard) -> None:
        self._rows.remove(card)
        card.hide()
        card.deleteLater()
        self._number()

    def _number(self) -> None:
        for number, one in enumerate(self._rows, 1):
            one.say_number(number)
            one.say_first(number == 1)
