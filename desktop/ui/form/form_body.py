"""The fields of a form, one section below the other in one scroll area.

- The order of the keyboard is the order of the fields shown, whatever Qt thinks of it.
- Whatever appears or goes while typing, the field with the focus stays where it is on the screen.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QVBoxLayout, QWidget

from desktop.domain.base.problems import Problem
from desktop.domain.definitions.companion_fields import note_name
from desktop.domain.definitions.model import FormDefinition
from desktop.domain.log.operation import Json
from desktop.ui.base.tokens import Space
from desktop.ui.base.widgets import column
from desktop.ui.form.editors.steps import FieldStep
from desktop.ui.form.field_block import FieldBlock, passes_over
from desktop.ui.form.form_context import FormContext
from desktop.ui.form.form_section import FormSection
from desktop.ui.form.scan_field import ScanField

TWO_COLUMNS_FROM: Final = 900


class FormBody(QScrollArea):
    """Holds the blocks; says what is typed, left and entered."""

    changed = Signal(object)
    left = Signal(object)
    part_left = Signal()
    entered = Signal(object)
    stepping = Signal()
    """The cursor is about to go on: what the last answer shows or hides has to be known now."""

    ended = Signal()
    """The keyboard went on after the last field."""

    conflict_wanted = Signal()

    def __init__(self, definition: FormDefinition, context: FormContext) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.sections = [FormSection(section, context) for section in definition.sections]
        self.blocks: dict[str, FieldBlock] = {}
        self._scan: ScanField | None = None
        for section in self.sections:
            for name, block in section.blocks.items():
                self.blocks[name] = block
                block.changed.connect(self._changed)
                block.left.connect(self.left)
                block.part_left.connect(self.part_left)
                block.stepped.connect(self.step)
                block.conflict_wanted.connect(self.conflict_wanted)
        inside = self._inside = QWidget()
        inside.setProperty("role", "page")
        self.head: QVBoxLayout = column((), space=Space.TIGHT)
        self.foot: QVBoxLayout = column((), space=Space.TIGHT)
        layout = self._layout = column((self.head, *self.sections, self.foot), space=Space.USUAL)
        layout.setContentsMargins(Space.WIDE, Space.USUAL, Space.WIDE, Space.BROAD)
        layout.addStretch(1)
        inside.setLayout(layout)
        self.setWidget(inside)
        self._showing = QTimer(self)
        self._showing.setSingleShot(True)
        self._showing.setInterval(0)
        self._showing.timeout.connect(self._show_focused)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow_focus)

    def add_scan(self, scan: ScanField) -> None:
        """Put the scanner's line above the first field."""
        self._scan = scan
        scan.stepped.connect(self.step)
        self.head.addWidget(scan)

    def values(self) -> dict[str, Json]:
        """Return what is in the form, notes included, as far as it can be read; an empty field says None."""
        answers: dict[str, Json] = {name: block.editor.stored() for name, block in self.blocks.items()}
        return answers | {note_name(name): block.note.text or None for name, block in self.blocks.items()}

    def unread(self) -> dict[str, Problem]:
        return {
            f"{name}{path}": problem
            for name, block in self.blocks.items()
            for path, problem in block.editor.unread().items()
        }

    def typed(self) -> dict[str, str]:
        return {
            f"{name}{path}": text for name, block in self.blocks.items() for path, text in block.editor.typed().items()
        }

    def fill(self, values: Mapping[str, Json], typed: Mapping[str, str]) -> None:
        for name, block in self.blocks.items():
            block.is_left = False
            block.editor.shows_all = False
            block.set_sticky(False)
            block.editor.set_value(values.get(name))
            note = values.get(note_name(name))
            block.note.set_text(note if isinstance(note, str) else "")
            for path, text in typed.items():
                if path == name or path.startswith((f"{name}.", f"{name}[")):
                    block.editor.set_typed(path.removeprefix(name), text)

    def stops(self) -> list[QWidget]:
        shown = [section for section in self.sections if not section.isHidden()]
        first = self._scan.stops() if self._scan is not None else []
        return [*first, *(stop for section in shown for stop in self._stops_of(section))]

    def step(self, step: int) -> None:
        """Move the focus to the next or the last stop; at the ends the window's own order takes over."""
        focused = QApplication.focusWidget()
        self.stepping.emit()
        if step in {FieldStep.SECTION, FieldStep.SECTION_BEFORE}:
            self._step_section(1 if step == FieldStep.SECTION else -1)
            return
        stops = self.stops()
        place = stops.index(focused) if focused in stops else -1
        target = place + (1 if step > 0 else -1)
        while step == FieldStep.ON and target < len(stops) and passes_over(stops[target]):
            target += 1
        if 0 <= target < len(stops):
            stops[target].setFocus(_FORWARD if step > 0 else _BACKWARD)
            self.show_stop(stops[target])
        elif step > 0:
            self.ended.emit()
        else:
            self.focusNextPrevChild(False)  # noqa: FBT003  Qt's signature

    def show_stop(self, stop: QWidget) -> None:
        """Scroll so that the stop, its label and the line below it are seen."""
        self.ensureWidgetVisible(stop, 0, _ROOM_AROUND)

    def show_section(self, number: int) -> None:
        """Scroll to a section and put the focus into its first field."""
        section = self.sections[number]
        stops = self._stops_of(section)
        self.verticalScrollBar().setValue(section.y() - Space.SNUG)
        if stops:
            stops[0].setFocus(Qt.FocusReason.TabFocusReason)

    def section_of(self, widget: QWidget | None) -> int:
        """Return the number of the section that holds a widget, -1 for none."""
        return next(
            (place for place, one in enumerate(self.sections) if widget is not None and one.isAncestorOf(widget)), -1
        )

    @contextmanager
    def held_still(self) -> Iterator[None]:
        """Keep the focused field where it is on the screen while fields appear and go."""
        focused = QApplication.focusWidget()
        if focused is None or not self._inside.isAncestorOf(focused):
            yield
            return
        self._settle()
        before = focused.mapTo(self._inside, QPoint(0, 0)).y() - self.verticalScrollBar().value()
        yield
        self._settle()
        now = focused.mapTo(self._inside, QPoint(0, 0)).y() - self.verticalScrollBar().value()
        self.verticalScrollBar().setValue(self.verticalScrollBar().value() + now - before)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        columns = 2 if self.viewport().width() >= TWO_COLUMNS_FROM else 1
        for section in self.sections:
            section.arrange(columns)

    def _step_section(self, step: int) -> None:
        """Go to the first field of the next section that asks for something, or of the one before."""
        here = self.section_of(QApplication.focusWidget())
        asking = [place for place, one in enumerate(self.sections) if not one.isHidden() and self._stops_of(one)]
        ahead = [place for place in asking if (place > here if step > 0 else place < here)]
        if ahead:
            self.show_section(ahead[0] if step > 0 else ahead[-1])
        elif step > 0:
            self.ended.emit()

    def _stops_of(self, section: FormSection) -> list[QWidget]:
        return [stop for block in section.blocks.values() for stop in block.stops()]

    def _settle(self) -> None:
        for _ in range(_LAYOUT_ROUNDS):
            QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        self._layout.activate()

    def _follow_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        """Say which block has the focus: the innermost, such as a column of a row."""
        if new is None or not self._inside.isAncestorOf(new):
            return
        block: QObject | None = new
        while block is not None and not isinstance(block, FieldBlock):
            block = block.parent()
        if block is not None:
            self.entered.emit(block)
        self._showing.start()

    def _show_focused(self) -> None:
        """Bring what took the focus into sight, once it has its place; what is seen already stays."""
        focused = QApplication.focusWidget()
        if focused is not None and self._inside.isAncestorOf(focused):
            self._settle()
            place = QRect(focused.mapTo(self.viewport(), QPoint(0, 0)), focused.size())
            if not self.viewport().rect().contains(place):
                self.show_stop(focused)

    def _changed(self) -> None:
        self.changed.emit(self.sender())


_ROOM_AROUND: Final = 72
_LAYOUT_ROUNDS: Final = 3
_FORWARD: Final = Qt.FocusReason.TabFocusReason
_BACKWARD: Final = Qt.FocusReason.BacktabFocusReason
