"""A file: chosen, copied into the registry at once, and told by its name, kind and size."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.domain.changes import Json
from desktop.domain.definitions import FieldDefinition
from desktop.domain.problems import Problem
from desktop.domain.values import format_value, is_sealed
from desktop.errors import DesktopError
from desktop.sentences import sentence
from desktop.ui.editors.editor import Editor
from desktop.ui.form_context import FormContext
from desktop.ui.operations import Request
from desktop.ui.tokens import Space
from desktop.ui.widgets import Button, IconButton, Role, Text, row
from desktop.workspace import attachments

_KINDS: Final = {"application/pdf": "PDF", "image/jpeg": "JPEG", "image/png": "PNG", "application/gpx+xml": "GPX"}


class AttachmentEditor(Editor):
    """A button that chooses, and what was chosen."""

    def __init__(self, field: FieldDefinition, context: FormContext) -> None:
        super().__init__(field, context)
        self._value: Json = None
        self._adding: Request | None = None
        self.choose = Button(self.tr("Choose a file"), "paperclip")
        self.choose.clicked.connect(self._ask_file)
        self.watch(self.choose)
        self._name = Text("", Role.BODY)
        self._facts = Text("", Role.MUTED)
        self._remove = IconButton("x", self.tr("Take the file off"), "Del")
        self._remove.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._remove.clicked.connect(self._take_off)
        layout = row((self.choose, self._name, self._facts, self._remove), space=Space.TIGHT)
        layout.addStretch(1)
        self.setLayout(layout)
        self.setFocusProxy(self.choose)
        self._show()

    @property
    def said(self) -> str:
        """What is told beside the button."""
        return self._facts.text()

    def value(self) -> Json | Problem:
        return self._value

    def set_value(self, value: Json) -> None:
        self._value = value
        self._show()

    def stops(self) -> list[QWidget]:
        return [self.choose]

    def takes_key(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Space:
            self._ask_file()
            return True
        if event.key() == Qt.Key.Key_Delete and not event.modifiers():
            self._take_off()
            return True
        return False

    def add_file(self, path: Path) -> None:
        """Copy a file into the registry; the value follows."""
        self._facts.setText(self.tr("Reading the file"))
        self._adding = self.context.operations.act(None, (), attachments.add_file, path, self.field.id)
        self._adding.result.connect(self._added)
        self._adding.failed.connect(self._refuse)

    def _ask_file(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self, self.label, "", self.tr("Pictures and papers (*.jpg *.jpeg *.png *.pdf);;All files (*)")
        )
        if chosen:
            self.add_file(Path(chosen))

    def _added(self, value: Json) -> None:
        self.set_value(value)
        self.changed.emit()

    def _refuse(self, error: DesktopError) -> None:
        self._show()
        self._facts.setText(sentence(error.code, error.context, self.context.language))

    def _take_off(self) -> None:
        if self._value is not None and not is_sealed(self._value):
            self.set_value(None)
            self.changed.emit()

    def _show(self) -> None:
        parts = self._value if isinstance(self._value, dict) else {}
        size, kind = parts.get("size"), parts.get("media_type")
        facts = [_KINDS.get(str(kind), str(kind or "")), _size(size) if isinstance(size, int) else ""]
        self._name.setText(format_value(self._value, self.field, self.context.values))
        self._facts.setText(" · ".join(fact for fact in facts if fact))
        self._remove.setVisible(self._value is not None and not is_sealed(self._value))
        self.choose.setEnabled(not is_sealed(self._value))
        self.choose.setText(self.tr("Choose another file") if self._value is not None else self.tr("Choose a file"))
        self.choose.setAccessibleName(f"{self.label}: {self._name.text()}")


def _size(count: int) -> str:
    return QLocale().formattedDataSize(count, 1, QLocale.DataSizeFormat.DataSizeTraditionalFormat)
