"""What is shown when the program is at fault: where in the program, never what was in it.

- A report holds the kind of the exception and the places in our code: file, line, function. No message, no value,
  because a message may quote what an officer typed.
- The work goes on; what was saved is saved.
"""

import traceback
from pathlib import PurePath

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QWidget

from desktop.ui.base.tokens import Space
from desktop.ui.base.widgets import (
    Button,
    Icon,
    Paragraph,
    PrimaryButton,
    Text,
    TextRole,
    column,
    resize_scaled,
    row,
)


class CrashDialog(QDialog):
    """Says what happened in three sentences and offers the report to copy."""

    def __init__(self, report: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("A fault in the program"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        resize_scaled(self, 640, 420)
        self.report = QPlainTextEdit(report)
        self.report.setReadOnly(True)
        self.report.setAccessibleName(self.tr("Report"))
        copy = Button(self.tr("Copy the report"), "copy")
        copy.clicked.connect(self._copy)
        close = PrimaryButton(self.tr("Go on working"), keys="Return")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        head = row((Icon("triangle-alert", 24, TextRole.WARNING),), space=Space.SNUG)
        head.addWidget(Text(self.tr("A fault in the program"), TextRole.TITLE), 1)
        foot = row((copy,))
        foot.addStretch(1)
        foot.addWidget(close)
        words = Paragraph(
            self.tr(
                "The last act was not finished; what was saved before is safe. "
                "Copy the report and send it with a sentence on what you were doing. "
                "It says where in the program the fault is, and nothing about any record."
            )
        )
        layout = column((head, words, self.report), space=Space.USUAL, margin=Space.WIDE)
        layout.setStretch(2, 1)
        layout.addLayout(foot)
        self.setLayout(layout)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.report.toPlainText())


def crash_report(error: BaseException, version: str) -> str:
    """Return the places of an exception and of those that led to it, without their messages."""
    lines = [f"Sotram {version}"]
    seen: set[int] = set()
    cause: BaseException | None = error
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        lines.append(f"{type(cause).__module__}.{type(cause).__qualname__}")
        for frame, number in traceback.walk_tb(cause.__traceback__):
            lines.append(f"  {_place(frame.f_code.co_filename)}:{number} {frame.f_code.co_name}")
        cause = cause.__cause__ or cause.__context__
    return "\n".join(lines)


def _place(file_name: str) -> str:
    """Return the path from our package or the library on; the folders before it name the machine's user."""
    parts = PurePath(file_name).parts
    starts = [number for number, part in enumerate(parts) if part in {"desktop", "site-packages"}]
    return "/".join(parts[starts[-1] :] if starts else parts[-1:])
