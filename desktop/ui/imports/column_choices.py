"""Where the columns of a table go: for each its letter, head and a sample, and the field chosen."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QScrollArea, QWidget

from desktop.ui.base.tokens import Space
from desktop.ui.base.widgets import Text, TextRole, scaled
from desktop.workspace.views.import_view import TableImportPlan

_FIELD_WIDTH = 420
_HEAD_WIDTH = 200


class ColumnChoices(QScrollArea):
    """Rows of choices; `changed` when one was made."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.boxes: list[QComboBox] = []

    @property
    def columns(self) -> Mapping[int, str]:
        """The paths chosen, by place of the column."""
        return {place: str(box.currentData()) for place, box in enumerate(self.boxes) if box.currentData()}

    def show_plan(self, plan: TableImportPlan) -> None:
        """Offer every field for every column; what was proposed is chosen."""
        inside = QWidget()
        inside.setProperty("role", "page")
        grid = QGridLayout()
        grid.setContentsMargins(0, Space.TIGHT, Space.USUAL, Space.TIGHT)
        grid.setHorizontalSpacing(Space.USUAL)
        grid.setVerticalSpacing(Space.TIGHT)
        for place, words in enumerate((self.tr("Column"), self.tr("First row"), self.tr("Goes into"))):
            grid.addWidget(Text(words, TextRole.OVERLINE), 0, place)
        self.boxes = []
        for place, head in enumerate(plan.heads):
            box = QComboBox()
            box.setAccessibleName(self.tr("Where column {column} goes").replace("{column}", head or str(place + 1)))
            box.addItem(self.tr("Left out"), "")
            for target in plan.targets:
                box.addItem(target.label, target.path)
            box.setCurrentIndex(max(0, box.findData(plan.columns.get(place, ""))))
            box.setFixedWidth(scaled(_FIELD_WIDTH))
            box.currentIndexChanged.connect(self.changed)
            name = Text(head or self.tr("no head"), TextRole.STRONG if head else TextRole.MUTED)
            name.setMaximumWidth(scaled(_HEAD_WIDTH))
            name.setToolTip(head)
            sample = Text(plan.samples[place], TextRole.MUTED)
            sample.setMaximumWidth(scaled(_HEAD_WIDTH))
            for at, widget in enumerate((name, sample, box)):
                grid.addWidget(widget, place + 1, at)
            self.boxes.append(box)
        grid.setColumnStretch(3, 1)
        grid.setRowStretch(len(plan.heads) + 1, 1)
        inside.setLayout(grid)
        self.setWidget(inside)
