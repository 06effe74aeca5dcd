"""Bundles kept for later: which, from whom and why; try them again, or delete one with a reason."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QStackedWidget, QWidget

from desktop.errors import DesktopError
from desktop.sentences import Language, sentence
from desktop.ui.base import icons
from desktop.ui.base.message_bar import EmptyState, MessageBar
from desktop.ui.base.tokens import Space
from desktop.ui.base.widgets import (
    Button,
    Card,
    Paragraph,
    PrimaryButton,
    SectionTitle,
    TextRole,
    Tone,
    column,
    labelled,
    row,
)
from desktop.workspace.exchange.held_bundles import HeldBundleView, RetryResult

_REASON_LENGTH = 500


class HeldPanel(QWidget):
    """The list, the reason of the bundle marked, and what can be done with it. `release_wanted`: digest and reason."""

    retry_wanted = Signal()
    release_wanted = Signal(str, str)

    def __init__(self, language: Language) -> None:
        super().__init__()
        self._language = language
        self._bundles: tuple[HeldBundleView, ...] = ()
        self.notice = MessageBar(language)
        self.retry = PrimaryButton(self.tr("Try all again"), "refresh-cw")
        self.retry.clicked.connect(self.retry_wanted)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Held bundles"))
        self.list.currentItemChanged.connect(self._show_marked)
        self.why_held = Paragraph("", TextRole.MUTED)
        self.reason = QLineEdit()
        self.reason.setMaxLength(_REASON_LENGTH)
        self.reason.textChanged.connect(self._enable)
        self.release = Button(self.tr("Delete this bundle"), "trash-2")
        self.release.clicked.connect(self._want_release)
        self.empty = EmptyState(
            "circle-check",
            self.tr("No bundle is held"),
            self.tr("A bundle that cannot be taken in yet is kept here until its station is trusted."),
        )
        self._stack = QStackedWidget()
        self._lay_out()
        self.show_held(())

    def show_held(self, bundles: Sequence[HeldBundleView]) -> None:
        """Show these; the one marked stays marked, and a reason begun for it stays typed."""
        marked, nameless = self._marked(), self.tr("Sender not readable")
        self._bundles = tuple(bundles)
        self.list.blockSignals(True)  # noqa: FBT003  a Qt setter
        self.list.clear()
        for bundle in self._bundles:
            words = f"{bundle.station_name or nameless}   {bundle.held_at:%d/%m/%Y %H:%M}"
            item = QListWidgetItem(icons.icon("circle-pause", beside_words=True), words)
            item.setToolTip(bundle.file_name)
            self.list.addItem(item)
        digests = [bundle.digest for bundle in self._bundles]
        self.list.setCurrentRow(digests.index(marked.digest) if marked and marked.digest in digests else 0)
        self.list.blockSignals(False)  # noqa: FBT003  a Qt setter
        if marked is not None and marked.digest not in digests:
            self.reason.clear()
        self._show_words()
        self._stack.setCurrentIndex(1 if self._bundles else 0)
        self.retry.setVisible(bool(self._bundles))

    def show_retried(self, results: Sequence[RetryResult]) -> None:
        accepted = sum(result.is_accepted for result in results)
        counts = {"tried": len(results), "accepted": accepted, "left": len(results) - accepted}
        code = "held_bundles_retried"
        tone = Tone.DONE if accepted == len(results) else Tone.WARNING
        self.notice.say(sentence(code, counts, self._language), tone, code)

    def show_released(self, bundle: HeldBundleView) -> None:
        self.reason.clear()
        code = "held_bundle_released"
        self.notice.say(sentence(code, {"file": bundle.file_name}, self._language), Tone.DONE, code)

    def show_error(self, error: DesktopError) -> None:
        self.notice.show_error(error)

    def why(self, reason: str) -> str:
        """Return why a bundle is held and what ends it; the code for what has no words of its own."""
        newer = self.tr("It was written by a newer version of the program. Install that version, then try again.")
        fork = self.tr("It contradicts what its station sent before. Keep it, and telephone the province.")
        return {
            "bundle_station_unknown": self.tr(
                "Its station is not trusted yet. Once it is, the bundle is received by itself."
            ),
            "bundle_key_unknown": self.tr(
                "It is signed with another key than its card shows. Telephone the station before anything else."
            ),
            "bundle_station_revoked": self.tr(
                "Its station is no longer trusted. A superior decides what becomes of it."
            ),
            "bundle_schema_newer": newer,
            "bundle_kind_newer": newer,
            "bundle_trust_newer": newer,
            "bundle_version_newer": newer,
            "bundle_gap": self.tr("A bundle before it is missing. Receive that one first, then try again."),
            "bundle_registry_rolled_back": self.tr(
                "The province has changes of this station that are not here. Keep it, and telephone the province."
            ),
            "bundle_fork": fork,
            "bundle_epoch_frozen": fork,
            "bundle_epoch_closed": fork,
            "bundle_excerpt_differs": fork,
        }.get(
            reason,
            self.tr("It could not be taken in. Try again, or quote {code} to the province.").replace("{code}", reason),
        )

    def _lay_out(self) -> None:
        title = SectionTitle(
            self.tr("Held bundles"), self.tr("Kept as they came; nothing in them is in the registers yet."), self.retry
        )
        delete = Card(margin=Space.USUAL, space=Space.SNUG)
        line = row((), space=Space.TIGHT)
        line.addLayout(labelled(self.tr("Why it is deleted"), self.reason), 1)
        line.addWidget(self.release, 0, Qt.AlignmentFlag.AlignBottom)
        delete.body.addWidget(self.why_held)
        delete.body.addLayout(line)
        held = QWidget()
        layout = column((self.list, delete), space=Space.SNUG)
        layout.setStretch(0, 1)
        held.setLayout(layout)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(held)
        outside = column((title, self.notice, self._stack), space=Space.SNUG)
        outside.setStretch(2, 1)
        self.setLayout(outside)

    def _marked(self) -> HeldBundleView | None:
        number = self.list.currentRow()
        return self._bundles[number] if 0 <= number < len(self._bundles) else None

    def _show_marked(self) -> None:
        """A reason belongs to the bundle it was typed for."""
        self.reason.clear()
        self._show_words()

    def _show_words(self) -> None:
        bundle = self._marked()
        if bundle is not None:
            self.why_held.set_plain(f"{bundle.file_name}. {self.why(bundle.reason)}")
        self._enable()

    def _enable(self) -> None:
        self.release.setEnabled(self._marked() is not None and bool(self.reason.text().strip()))

    def _want_release(self) -> None:
        bundle = self._marked()
        if bundle is not None:
            self.notice.clear()
            self.release_wanted.emit(bundle.digest, self.reason.text().strip())
