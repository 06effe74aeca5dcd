"""The rows of a register's list, a page at a time.

- `data()` answers from memory; a row that has not come yet is empty, and whoever shows it asks for its page.
- Order and filter come from the query: Vietnamese collation is the database's, not ours.
"""

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from desktop.domain.definitions.model import FormDefinition
from desktop.sentences import Language
from desktop.ui.base.registry_worker import RegistryWorker, Request
from desktop.workspace.records import records, titles
from desktop.workspace.records.records import ListedRow, ListPage

_Index = QModelIndex | QPersistentModelIndex
_NO_PARENT: Final = QModelIndex()
PAGE: Final = 100
ROW: Final = Qt.ItemDataRole.UserRole + 1


class RegisterModel(QAbstractTableModel):
    """As many rows as the register has; those that came are kept until the list is asked for anew."""

    def __init__(self, definition: FormDefinition, language: Language) -> None:
        super().__init__()
        self.definition = definition
        self._labels = [titles.field_label(definition, column, language) for column in definition.list]
        self._total = 0
        self._pages: dict[int, tuple[ListedRow, ...]] = {}

    def begin(self, page: ListPage) -> None:
        """Begin anew with the first page."""
        self.beginResetModel()
        self._total = page.total
        self._pages = {0: page.rows}
        self.endResetModel()

    def put(self, number: int, rows: Sequence[ListedRow]) -> None:
        """Take in a page that was missing."""
        self._pages[number] = tuple(rows)
        last = min(self._total, (number + 1) * PAGE) - 1
        if last >= number * PAGE:
            self.dataChanged.emit(self.index(number * PAGE, 0), self.index(last, self.columnCount() - 1))

    def missing(self, first: int, last: int) -> list[int]:
        """Return the pages that hold these rows and have not come."""
        wanted = range(max(0, first) // PAGE, min(last, self._total - 1) // PAGE + 1)
        return [number for number in wanted if number not in self._pages]

    def row(self, number: int) -> ListedRow | None:
        rows = self._pages.get(number // PAGE, ())
        return rows[number % PAGE] if 0 <= number % PAGE < len(rows) and number >= 0 else None

    def number_of(self, record: str) -> int:
        """Return the row of a record among those that came, -1 when it is not there."""
        return next(
            (
                page * PAGE + place
                for page, rows in self._pages.items()
                for place, row in enumerate(rows)
                if row.record == record
            ),
            -1,
        )

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else self._total

    def columnCount(self, parent: _Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._labels)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401  Qt's signature
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._labels[section] if 0 <= section < len(self._labels) else None
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401  Qt's signature
        if not index.isValid():
            return None
        row = self.row(index.row())
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                return row.cells[index.column()] if row is not None else ""
            case _ if role == ROW:
                return row
        return None


class RegisterFeed(RegisterModel):
    """A model that asks the workspace for its pages. An answer to an older question is dropped."""

    counted = Signal(int)
    """How many records fit what is searched for; the first page is here."""

    failed = Signal(object)

    def __init__(self, operations: RegistryWorker, definition: FormDefinition, language: Language) -> None:
        super().__init__(definition, language)
        self._operations = operations
        self._language = language
        self._text = ""
        self._order: str | None = None
        self._descending = False
        self._asked: dict[int, Request] = {}

    @property
    def text(self) -> str:
        return self._text

    def search(self, text: str) -> None:
        self._text = text
        self.refresh()

    def order(self, column: str | None, *, descending: bool) -> None:
        self._order, self._descending = column, descending
        self.refresh()

    def refresh(self) -> None:
        """Ask for the first page again."""
        for request in self._asked.values():
            request.cancel()
        self._asked = {}
        self._ask(0)

    def wait(self) -> None:
        """Let the next key wait for the rows that were asked for."""
        for request in self._asked.values():
            self._operations.keys.wait_for(request)

    def want(self, first: int, last: int) -> None:
        """Ask for the pages of the rows that are seen."""
        for number in self.missing(first, last):
            if number not in self._asked:
                self._ask(number)

    def _ask(self, number: int) -> None:
        request = self._operations.ask(
            records.list_records,
            self.definition.id,
            text=self._text,
            order_by=self._order,
            descending=self._descending,
            limit=PAGE,
            offset=number * PAGE,
            language=self._language,
        )
        self._asked[number] = request
        request.result.connect(self._answer)
        request.failed.connect(self.failed)

    def _answer(self, page: ListPage) -> None:
        number = next((number for number, request in self._asked.items() if request is self.sender()), None)
        if number is None:
            return
        del self._asked[number]
        if number == 0:
            self.begin(page)
            self.counted.emit(page.total)
        else:
            self.put(number, page.rows)
