"""The records that a record names, and those that name it; Enter or a double click goes there."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from desktop.ui.base.theme import Theme
from desktop.ui.base.tokens import Size, Space
from desktop.ui.base.widgets import Paragraph, TextRole, column
from desktop.workspace.records.links import LinkedRecord


class LinksPanel(QWidget):
    """A list of both directions; it says what it is for while it is empty."""

    record_wanted = Signal(str, str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._links: tuple[LinkedRecord, ...] = ()
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Links"))
        self.list.itemActivated.connect(self._go)
        self._nothing = Paragraph(self.tr("No other record is linked to this one."), TextRole.MUTED)
        layout = column((self._nothing, self.list), space=Space.TIGHT)
        layout.setContentsMargins(0, Space.SNUG, 0, 0)
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def show_links(self, links: Sequence[LinkedRecord]) -> None:
        self._links = tuple(links)
        self.list.clear()
        for link in links:
            words = self.tr("{title} · names this record as {field}") if link.is_incoming else "{field}: {title}"
            item = QListWidgetItem(words.replace("{title}", link.title).replace("{field}", link.label))
            item.setToolTip(link.record_no)
            item.setSizeHint(item.sizeHint().expandedTo(self._row_size()))
            self.list.addItem(item)
        self.list.setVisible(bool(links))
        self._nothing.setVisible(not links)
        layout = self.layout()
        if layout is not None:
            layout.setAlignment(self._nothing, Qt.AlignmentFlag.AlignTop)

    def _row_size(self) -> QSize:
        return QSize(0, self._theme.px(Size.ROW))

    def _go(self, item: QListWidgetItem) -> None:
        link = self._links[self.list.row(item)]
        self.record_wanted.emit(link.register, link.record)
