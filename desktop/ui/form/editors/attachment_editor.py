"""A file: chosen, copied into the registry at once, shown by its name, kind and size; F3 looks at it.

A recorded track also says how far and when: `filled` informs the fields beside it.
"""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.domain.base.problems import Problem
from desktop.domain.definitions.model import FieldDefinition, Privacy
from desktop.domain.log.operation import Json
from desktop.domain.values.field_types import format_value, is_sealed
from desktop.errors import DesktopError
from desktop.sentences import sentence
from desktop.ui.base.elided_label import ElidedLabel
from desktop.ui.base.latest import Latest
from desktop.ui.base.tokens import Space
from desktop.ui.base.widgets import (
    Button,
    IconButton,
    Text,
    TextRole,
    column,
    row,
)
from desktop.ui.form.editors.editor import Editor
from desktop.ui.form.form_context import FormContext
from desktop.ui.viewers.attachment_viewer import LOOKED_AT, AttachmentViewer
from desktop.ui.viewers.file_tiles import Thumbnail, kind_and_size
from desktop.workspace.imports import tracks
from desktop.workspace.records import attachments
from desktop.workspace.views.record_files import PreviewFile, thumbnail_or_none


class AttachmentEditor(Editor):
    """A button that chooses, and what was chosen."""

    filled = Signal(object)
    """Values for other fields, by their name."""

    def __init__(self, field: FieldDefinition, context: FormContext) -> None:
        super().__init__(field, context)
        self._value: Json = None
        self._adding = Latest()
        self._picturing = Latest()
        self.choose = Button(self.tr("Choose a file"), "paperclip")
        self.choose.clicked.connect(self._ask_file)
        self.watch(self.choose)
        self._picture = Thumbnail()
        self._name = ElidedLabel()
        self._facts = Text("", TextRole.MUTED)
        self._remove = IconButton("x", self.tr("Take the file off"), "Del")
        self._remove.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._remove.clicked.connect(self._take_off)
        self.look_button = IconButton("eye", self.tr("Look at the file"), "F3")
        self.look_button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.look_button.clicked.connect(self.look)
        layout = row((self.choose, self._picture), space=Space.TIGHT)
        layout.addLayout(column((self._name, self._facts), space=0), 1)
        layout.addWidget(self.look_button)
        layout.addWidget(self._remove)
        self.setLayout(layout)
        self.setFocusProxy(self.choose)
        self._show()

    @property
    def said(self) -> str:
        """What is said beside the button."""
        return self._facts.text()

    def value(self) -> Json | Problem:
        return self._value

    def set_value(self, value: Json) -> None:
        self._adding.drop()
        self._value = value
        self._show()

    def stops(self) -> list[QWidget]:
        return [self.choose]

    def takes_key(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Space:
            self._ask_file()
            return True
        if event.key() == Qt.Key.Key_F3 and not event.modifiers():
            self.look()
            return True
        if event.key() == Qt.Key.Key_Delete and not event.modifiers():
            self._take_off()
            return True
        return False

    def add_file(self, path: Path) -> None:
        """Copy a file into the registry; the value follows."""
        self._facts.setText(self.tr("Reading the file"))
        operations = self.context.operations
        if self.field.id == attachments.TRACK_FIELD:
            request = self._adding.wait_for(operations.act(None, (), tracks.add_file, path))
            request.result.connect(self._added_track)
        else:
            request = self._adding.wait_for(operations.act(None, (), attachments.add_file, path))
            request.result.connect(self._added)
        request.failed.connect(self._refuse)

    def look(self) -> None:
        """Show the file in a window over the form."""
        file = self._file()
        if file is not None:
            AttachmentViewer(self.context.operations, file, self.context.language, self).open()

    def _ask_file(self) -> None:
        kinds = self.tr("Pictures and papers (*.jpg *.jpeg *.png *.pdf);;All files (*)")
        if self.field.id == attachments.TRACK_FIELD:
            kinds = self.tr("Recorded tracks (*.gpx);;All files (*)")
        chosen, _ = QFileDialog.getOpenFileName(self, self.label, "", kinds)
        if chosen:
            self.add_file(Path(chosen))

    def _added(self, value: Json) -> None:
        self.set_value(value)
        self.changed.emit()

    def _added_track(self, found: dict[str, Json]) -> None:
        self._added(found[self.field.id])
        self.filled.emit({name: value for name, value in found.items() if name != self.field.id})

    def _refuse(self, error: DesktopError) -> None:
        self._show()
        self._facts.setText(sentence(error.code, error.context, self.context.language))

    def _take_off(self) -> None:
        if self._value is not None and not is_sealed(self._value):
            self.set_value(None)
            self.changed.emit()

    def _file(self) -> PreviewFile | None:
        parts = self._value
        if not isinstance(parts, dict) or is_sealed(parts) or "digest" not in parts:
            return None
        size = parts.get("size")
        return PreviewFile(
            label=self.label,
            name=str(parts.get("name") or ""),
            digest=str(parts["digest"]),
            media_type=str(parts.get("media_type") or ""),
            size=size if isinstance(size, int) else 0,
            thumbnail=None,
            is_secret=self.field.privacy is Privacy.P4,
        )

    def _show(self) -> None:
        file = self._file()
        self._name.say(format_value(self._value, self.field, self.context.values))
        self._facts.setText(kind_and_size(file.media_type, file.size) if file else "")
        self._picture.setVisible(file is not None)
        self._remove.setVisible(self._value is not None and not is_sealed(self._value))
        self.look_button.setVisible(file is not None and file.media_type in LOOKED_AT)
        self.choose.setEnabled(not is_sealed(self._value))
        self.choose.setText(self.tr("Choose another file") if self._value is not None else self.tr("Choose a file"))
        self.choose.setAccessibleName(f"{self.label}: {self._name.whole}")
        self._picturing.drop()
        if file is not None:
            self._picture.show_file(None, file.media_type)
            request = self._picturing.wait_for(self.context.operations.ask(thumbnail_or_none, file.digest))
            request.result.connect(self._show_picture)

    def _show_picture(self, thumbnail: bytes | None) -> None:
        file = self._file()
        if file is not None:
            self._picture.show_file(thumbnail, file.media_type)
