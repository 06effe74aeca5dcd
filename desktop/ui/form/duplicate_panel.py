"""People who may be the one being entered: shown beside the form, below the sections.

- It never takes the focus or a key, and nothing beside it moves when it fills: it has the room that the index leaves
  and shows as many people as are whole in it, three at most.
- Each says in a few words why; how alike two people are is not counted.
- Whether it is the same person, an officer decides; a click shows or takes the record, typing on says no.
"""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.domain.log.operation import Json
from desktop.sentences import Language, sentence
from desktop.ui.base.latest import Latest
from desktop.ui.base.registry_worker import RegistryWorker
from desktop.ui.base.tokens import Space
from desktop.ui.base.widgets import (
    Card,
    LinkButton,
    Paragraph,
    Text,
    TextRole,
    clear,
    column,
)
from desktop.workspace.people import duplicates
from desktop.workspace.people.duplicates import PossiblePerson

_PAUSE_MS: Final = 250
_MOST_SHOWN: Final = 3
_LOOKED_AT: Final = ("full_name", "other_name", "dob", "personal_id", "passport_no", "old_personal_ids")


class DuplicatePanel(QWidget):
    """Asks a moment after the last key, and shows the first few."""

    taken = Signal(str)

    def __init__(self, operations: RegistryWorker, language: Language) -> None:
        super().__init__()
        self._operations = operations
        self._language = language
        self._values: dict[str, Json] = {}
        self._own = ""
        self._asking = Latest()
        self._act = self.tr("It is this person")
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        self._title = Text(self.tr("Perhaps the same person"), TextRole.LABEL)
        self._cards = column((), space=Space.HAIR)
        self._more = Text("", TextRole.SMALL)
        layout = column((self._title, self._cards, self._more), space=Space.HAIR)
        layout.addStretch(1)
        self.setLayout(layout)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        self._people: list[_PersonCard] = []
        self._shown: tuple[PossiblePerson, ...] = ()
        self._show(())

    @property
    def shown(self) -> tuple[PossiblePerson, ...]:
        return self._shown

    def name_act(self, words: str) -> None:
        """Say what a click does: take the person into the form, or open the record."""
        self._act = words

    def look(self, values: Mapping[str, Json], own: str = "") -> None:
        """Look for people like these values, but not for the record itself."""
        wanted = {name: values[name] for name in _LOOKED_AT if values.get(name)}
        if wanted == self._values and own == self._own:
            return
        self._values, self._own = wanted, own
        self._asking.drop()
        if wanted:
            self._pause.start()
        else:
            self.clear()

    def clear(self) -> None:
        self._pause.stop()
        self._values = {}
        self._asking.drop()
        self._show(())

    def _ask(self) -> None:
        request = self._operations.ask(
            duplicates.possible_duplicates, self._values, own=self._own, language=self._language
        )
        self._asking.wait_for(request).result.connect(self._show)

    def _show(self, found: tuple[PossiblePerson, ...]) -> None:
        self._shown = found
        clear(self._cards)
        self._people = [_PersonCard(one, self._act, self._language) for one in found[:_MOST_SHOWN]]
        for card in self._people:
            card.taken.connect(self.taken)
            self._cards.addWidget(card)
        self._title.setVisible(bool(found))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Show the cards that are whole in the room there is, the first one always, and count the others."""
        line = self._title.sizeHint().height() + Space.HAIR
        room = self.height() - 2 * line
        fitting = 0
        for card in self._people:
            room -= card.heightForWidth(self.width()) + Space.HAIR
            fitting += room >= 0
        for place, card in enumerate(self._people):
            card.setVisible(place < max(fitting, 1))
        more = len(self._shown) - max(fitting, 1)
        self._more.setText(self.tr("and %n more", "", more) if more > 0 else "")
        self._more.setVisible(more > 0)


class _PersonCard(Card):
    taken = Signal(str)

    def __init__(self, found: PossiblePerson, act: str, language: Language) -> None:
        super().__init__(margin=Space.TIGHT, space=2)
        self._record = found.record
        take = LinkButton(act)
        take.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        take.clicked.connect(self._take)
        why = "; ".join(sentence(f"alike_{code}", {}, language) for code in found.reasons)
        self.body.addWidget(Paragraph(found.row.title, TextRole.STRONG))
        self.body.addWidget(Paragraph(" · ".join(filter(None, (found.born, found.row.record_no))), TextRole.SMALL))
        self.body.addWidget(Paragraph(why[:1].upper() + why[1:], TextRole.SMALL))
        self.body.addWidget(take)

    def _take(self) -> None:
        self.taken.emit(self._record)
