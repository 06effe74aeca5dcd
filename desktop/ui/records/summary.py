"""What a record says, read from above to below: sections, labels, values. Empty fields are left out."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.ui.base.tokens import Space
from desktop.ui.base.widgets import (
    Icon,
    Paragraph,
    Text,
    TextRole,
    clear,
    column,
    row,
)
from desktop.workspace.records.titles import MASK
from desktop.workspace.views.preview_view import PreviewLine, PreviewSection


class Summary(QWidget):
    """Labels at the left, values at the right."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "page")
        self._body = column((), space=Space.SNUG)
        self._body.setContentsMargins(0, Space.TIGHT, Space.TIGHT, Space.USUAL)
        self.setLayout(self._body)
        self._sections: tuple[PreviewSection, ...] = ()

    @property
    def text(self) -> str:
        """Everything shown, for a test or a screen reader."""
        lines = (line for section in self._sections for line in section.lines)
        return "\n".join(f"{line.label}: {_shown(line)} {line.note}".rstrip() for line in lines)

    def show_sections(self, sections: Sequence[PreviewSection]) -> None:
        self._sections = tuple(sections)
        clear(self._body)
        for section in sections:
            self._body.addWidget(Text(section.label, TextRole.STRONG))
            holder = QWidget()
            grid = QGridLayout()
            grid.setContentsMargins(0, 0, 0, Space.HAIR)
            grid.setHorizontalSpacing(Space.SNUG)
            grid.setVerticalSpacing(Space.HAIR)
            grid.setColumnStretch(0, 2)
            grid.setColumnStretch(1, 3)
            for number, line in enumerate(section.lines):
                grid.addWidget(Paragraph(line.label, TextRole.MUTED), number, 0, Qt.AlignmentFlag.AlignTop)
                grid.addWidget(_Value(line), number, 1, Qt.AlignmentFlag.AlignTop)
            holder.setLayout(grid)
            self._body.addWidget(holder)
        self._body.addStretch(1)


class _Value(QWidget):
    def __init__(self, line: PreviewLine) -> None:
        super().__init__()
        words = Paragraph(_shown(line))
        words.setTextInteractionFlags(
            Qt.TextInteractionFlag.NoTextInteraction if line.is_secret else Qt.TextInteractionFlag.TextSelectableByMouse
        )
        layout = row((words,), space=Space.HAIR)
        layout.setStretch(0, 1)
        if line.has_conflict:
            mark = Icon("git-merge", 14, TextRole.WARNING)
            mark.setToolTip(self.tr("Two values stand beside each other"))
            layout.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        whole = column((), space=0)
        whole.addLayout(layout)
        if line.note:
            note = Paragraph(line.note, TextRole.MUTED)
            note.setProperty("size", "small")
            under = row((Icon("sticky-note", 14, TextRole.ACCENT),), space=Space.HAIR)
            under.addWidget(note, 1)
            whole.addLayout(under)
        self.setLayout(whole)


def _shown(line: PreviewLine) -> str:
    return line.text or (MASK if line.is_secret else "")
