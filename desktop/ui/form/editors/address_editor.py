"""An address: province and commune found by a few letters of a new or an old name, then hamlet, detail, old address.

- An old address pasted whole is looked up: its commune of today is offered, its own words are kept as the old address.
- A key of the list that comes before the answer waits for it.
- Enter goes on from the hamlet; Tab stops at house and street, too.
- The old address has its line only when there is one, or when it is asked for with F4.
"""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent, QPalette
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from desktop.domain.base.problems import Problem
from desktop.domain.definitions.model import FieldDefinition
from desktop.domain.log.operation import Json
from desktop.domain.values.field_types import is_sealed, normalise
from desktop.ui.base import icons
from desktop.ui.base.latest import Latest
from desktop.ui.base.tokens import Space
from desktop.ui.base.widgets import restyle
from desktop.ui.form.editors.choice_list import (
    LIST_KEYS,
    TAKES,
    Choice,
    ChoiceList,
)
from desktop.ui.form.editors.editor import Editor
from desktop.ui.form.editors.steps import FieldStep
from desktop.ui.form.form_context import FormContext
from desktop.workspace.views.entry_view import FoundPlaces, find_places

_PAUSE_MS: Final = 60
_LINES: Final = ("hamlet", "detail", "old_text")


class AddressEditor(Editor):
    """Four lines in one row: unit, hamlet, detail, and below them the old address."""

    def __init__(self, field: FieldDefinition, context: FormContext) -> None:
        super().__init__(field, context)
        self._unit: tuple[str, str] = ("", "")
        self._shown_unit = ""
        self._sealed: Json = None
        self._searching = Latest()
        self.unit = self._line(self.tr("Commune, province: a few letters, old names too"), self._typed_unit)
        self.unit.addAction(
            icons.icon("search", QPalette.ColorRole.PlaceholderText), QLineEdit.ActionPosition.TrailingPosition
        )
        self.hamlet = self._line(self.tr("Hamlet, village"), self._say_changed)
        self.detail = self._line(self.tr("House, street"), self._say_changed)
        self.old_text = self._line(self.tr("Old address, as on the papers"), self._say_changed)
        self.old_text.hide()
        self.list = ChoiceList(self.unit)
        self.list.taken.connect(self._take)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._search)
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(Space.TIGHT)
        grid.addWidget(self.unit, 0, 0)
        grid.addWidget(self.hamlet, 0, 1)
        grid.addWidget(self.detail, 0, 2)
        grid.addWidget(self.old_text, 1, 0, 1, 3)
        for place, stretch in enumerate((4, 3, 3)):
            grid.setColumnStretch(place, stretch)
        self.setLayout(grid)
        self.setFocusProxy(self.unit)
        self.left.connect(self._close_list)

    @property
    def is_wide(self) -> bool:
        return True

    def value(self) -> Json | Problem:
        if self._sealed is not None:
            return self._sealed
        if self.unit.text().strip() and self.unit.text() != self._shown_unit:
            return Problem(code="address_unit_not_chosen", field=self.field.id)
        return self.stored()

    def stored(self) -> Json:
        if self._sealed is not None:
            return self._sealed
        province, commune = self._unit if self.unit.text() == self._shown_unit else ("", "")
        parts = {"province": province, "commune": commune}
        parts |= {name: line.text() for name, line in self._texts().items()}
        found = normalise({name: text for name, text in parts.items() if text.strip()}, self.field, self.context.values)
        return None if isinstance(found, Problem) else found

    def set_value(self, value: Json) -> None:
        self._sealed = value if is_sealed(value) else None
        parts = value if isinstance(value, dict) and self._sealed is None else {}
        self._set_unit(_text(parts.get("province")), _text(parts.get("commune")))
        for name, line in self._texts().items():
            line.setText(_text(parts.get(name)))
            line.setCursorPosition(0)
        for line in self._all_lines():
            line.setReadOnly(self._sealed is not None)
        self.old_text.setVisible(bool(self.old_text.text()))

    def text(self) -> str:
        return self.unit.text()

    def set_text(self, text: str) -> None:
        self.unit.setText(text)

    def stops(self) -> list[QWidget]:
        return [line for line in self._all_lines() if line is not self.old_text or not line.isHidden()]

    def passes_over(self, stop: QWidget) -> bool:
        """Enter goes from a hamlet to the next field: where there is a hamlet there is hardly ever a street."""
        return stop is self.detail and bool(self.hamlet.text().strip()) and not self.detail.text()

    def set_state(self, state: str) -> None:
        restyle(self.unit, state=state)

    def show_codes(self) -> None:
        """Give the old address its line."""
        self.old_text.show()
        self.old_text.setFocus()

    def leaves_by_arrows(self) -> bool:
        return not self.list.isVisible()

    def takes_key(self, event: QKeyEvent) -> bool:
        if self.is_searching and self.unit.hasFocus() and event.key() in LIST_KEYS:
            self._hurry(event)
            return True
        if self.list.takes_key(event):
            return True
        if event.key() in TAKES and self.list.isVisible():
            marked = self.list.marked()
            if marked is not None:
                self._take(marked)
                return True
        return False

    @property
    def is_searching(self) -> bool:
        return self._pause.isActive() or self._searching.is_waiting

    def wants_override(self, event: QKeyEvent) -> bool:
        return event.key() == Qt.Key.Key_Escape and (self.list.isVisible() or self.is_searching)

    def hideEvent(self, event: QHideEvent) -> None:
        self.list.hide()
        super().hideEvent(event)

    def _line(self, words: str, edited: Callable[[str], None] | Callable[[], None]) -> QLineEdit:
        line = QLineEdit()
        line.setPlaceholderText(words)
        line.setToolTip(words)
        line.setAccessibleName(f"{self.label}: {words}")
        line.textEdited.connect(edited)
        self.watch(line)
        return line

    def _say_changed(self) -> None:
        self.changed.emit()

    def _all_lines(self) -> tuple[QLineEdit, ...]:
        return (self.unit, self.hamlet, self.detail, self.old_text)

    def _texts(self) -> dict[str, QLineEdit]:
        return dict(zip(_LINES, (self.hamlet, self.detail, self.old_text), strict=True))

    def _set_unit(self, province: str, commune: str) -> None:
        self._unit = (province, commune)
        self._shown_unit = self.context.places.full_name(province, commune) if province or commune else ""
        self.unit.setText(self._shown_unit)
        self.unit.setCursorPosition(0)

    def _typed_unit(self, text: str) -> None:
        self.changed.emit()
        self._searching.drop()
        if text.strip():
            self._pause.start()
        else:
            self._set_unit("", "")
            self._close_list()

    def _search(self) -> None:
        request = self._searching.wait_for(self.context.operations.ask(find_places, self.unit.text()))
        request.result.connect(self._offer)

    def _hurry(self, event: QKeyEvent) -> None:
        """Ask at once what was going to be asked, and handle the key when it is answered."""
        if self._pause.isActive():
            self._pause.stop()
            self._search()
        keys = self.context.operations.keys
        if self._searching.request is not None:
            keys.wait_for(self._searching.request)
        keys.put_back(event)

    def _offer(self, found: FoundPlaces) -> None:
        if not self.unit.hasFocus():
            return
        whole_name = self.context.places.full_name
        typed = self.unit.text()
        choices = [
            Choice(
                (place.commune.province, place.commune.code, "", ""),
                whole_name(place.commune.province, place.commune.code),
                detail=self.tr("formerly {name}").replace("{name}", place.old.full_name) if place.old else "",
            )
            for place in found.communes
        ]
        choices += [
            Choice(
                (one.commune.province, one.commune.code, one.rest, typed),
                whole_name(one.commune.province, one.commune.code),
                detail=one.rest,
            )
            for one in found.converted
        ]
        self.list.offer(choices)

    def _take(self, choice: Choice) -> None:
        province, commune, rest, old = choice.key if isinstance(choice.key, tuple) else ("", "", "", "")
        self._set_unit(province, commune)
        if rest and not self.hamlet.text():
            self.hamlet.setText(rest)
        if old and not self.old_text.text():
            self.old_text.setText(old)
            self.old_text.show()
        self._close_list()
        self.changed.emit()
        self.say_stepped(FieldStep.ON)

    def _close_list(self) -> None:
        self._pause.stop()
        self._searching.drop()
        self.list.hide()


def _text(value: Json) -> str:
    return value if isinstance(value, str) else ""
