"""The dialogs of the window and what they ask of the workspace: conflicts, print preview, settings."""

from dataclasses import replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QWidget

from desktop.domain.base.problems import Problem
from desktop.domain.definitions.model import TypeName
from desktop.domain.values.field_types import parse_value
from desktop.sentences import sentence
from desktop.ui.base.latest import Latest
from desktop.ui.base.page import Subject
from desktop.ui.base.preferences import Appearance, Preferences
from desktop.ui.base.registry_worker import RegistryWorker
from desktop.ui.base.theme import Theme
from desktop.ui.records.conflict_dialog import ConflictDialog
from desktop.ui.shell.settings_dialog import SettingsDialog
from desktop.ui.viewers.print_preview import PrintPreview
from desktop.workspace.base.environment import Environment
from desktop.workspace.base.session import Session
from desktop.workspace.exchange import stations
from desktop.workspace.papers import printing
from desktop.workspace.papers.printing import Printed
from desktop.workspace.records import (
    conflicts,
    records,
    revealing,
    titles,
)
from desktop.workspace.records.conflicts import ConflictValue, ConflictView
from desktop.workspace.station import officers

_NOT_TYPED = frozenset({TypeName.ADDRESS, TypeName.ROWS, TypeName.ATTACHMENT, TypeName.PERSON, TypeName.LINK})


class Dialogs(QObject):
    """Opens one of each at most and speaks with the workspace for it."""

    language_wanted = Signal(str)

    def __init__(
        self,
        operations: RegistryWorker,
        theme: Theme,
        preferences: Preferences,
        environment: Environment,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._operations = operations
        self._theme = theme
        self._preferences = preferences
        self._environment = environment
        self._window = window
        self._open: list[QDialog] = []
        self._record = ""
        self._opening = Latest()
        self._printing = Latest()
        self.conflicts: ConflictDialog | None = None
        self.preview: PrintPreview | None = None
        self.settings: SettingsDialog | None = None

    def close_all(self) -> None:
        """The registry is being locked."""
        self._opening.drop()
        self._printing.drop()
        for dialog in (self.conflicts, self.preview, self.settings):
            if dialog is not None:
                dialog.close()
        self._forget()

    def show_conflicts(self, record: str = "") -> None:
        """Go through the conflicts of one record, or of all."""
        self._record = record
        request = self._operations.ask(named_conflicts, self._preferences.language)
        self._opening.wait_for(request).result.connect(self._open_conflicts)

    def show_print(self, register: str, record: str) -> None:
        self._record = record
        request = self._operations.ask(printing.documents_for, register, self._preferences.language)
        self._opening.wait_for(request).result.connect(self._open_print)

    def show_settings(self) -> None:
        if self.settings is not None:
            self.settings.raise_()
            return
        dialog = SettingsDialog(
            self._preferences.language,
            self._theme.appearance,
            self._theme.scale,
            self._propose,
            self._window,
            advances=self._preferences.advances,
        )
        dialog.advances_wanted.connect(self._advance)
        dialog.appearance_wanted.connect(self._dress)
        dialog.scale_wanted.connect(self._scale)
        dialog.language_wanted.connect(self.language_wanted)
        dialog.officer_wanted.connect(self._add_officer)
        dialog.passphrase_wanted.connect(self._change_passphrase)
        dialog.finished.connect(self._forget)
        self.settings = dialog
        self._ask_officers()
        dialog.open()

    def _open_conflicts(self, found: tuple[ConflictView, ...]) -> None:
        wanted = [conflict for conflict in found if self._record in {"", conflict.record}]
        if not wanted:
            return
        dialog = ConflictDialog(wanted, self._preferences.language, self._window, self._can_type)
        dialog.chosen.connect(self._resolve)
        dialog.typed.connect(self._resolve_typed)
        dialog.reveal_wanted.connect(self._reveal)
        dialog.finished.connect(self._forget)
        self.conflicts = dialog
        dialog.open()

    def _resolve(self, conflict: ConflictView, value: ConflictValue) -> None:
        request = self._operations.act(
            self, self._touched(conflict), conflicts.resolve, conflict.record, conflict.field, value.value
        )
        request.result.connect(self._settle)
        if self.conflicts is not None:
            request.failed.connect(self.conflicts.show_error)

    def _resolve_typed(self, conflict: ConflictView, text: str) -> None:
        request = self._operations.act(
            self, self._touched(conflict), resolve_typed, conflict, text, self._preferences.language
        )
        request.result.connect(self._settle)
        if self.conflicts is not None:
            request.failed.connect(self.conflicts.show_error)

    def _settle(self, problems: tuple[Problem, ...]) -> None:
        if self.conflicts is None:
            return
        if problems:
            self.conflicts.refuse(self._words(problems[0]))
        else:
            self.conflicts.settled()

    def _reveal(self, record: str, reason: str) -> None:
        request = self._operations.act(self, (), revealing.reveal, record, reason)
        if self.conflicts is not None:
            request.result.connect(self.conflicts.reveal)
            request.failed.connect(self.conflicts.show_error)

    def _open_print(self, documents: tuple[tuple[str, str], ...]) -> None:
        dialog = PrintPreview(documents, self._preferences.language, self._window)
        dialog.document_wanted.connect(self._print)
        dialog.finished.connect(self._forget)
        self.preview = dialog
        dialog.open()
        dialog.start()

    def _print(self, document: str) -> None:
        request = self._operations.act(self, (), printing.print_document, document, self._record)
        self._printing.wait_for(request).result.connect(self._show_printed)
        if self.preview is not None:
            request.failed.connect(self.preview.show_error)

    def _show_printed(self, printed: Printed) -> None:
        if self.preview is not None:
            self.preview.show_printed(printed)

    def _ask_officers(self) -> None:
        if self.settings is not None:
            self._operations.ask(officers.officers).result.connect(self.settings.show_officers)

    def _add_officer(self, name: str, rank: str, position: str, passphrase: str) -> None:
        request = self._operations.act(
            self, {Subject.OFFICERS, "officer"}, officers.add_officer, name, rank, position, passphrase
        )
        request.result.connect(self._show_added)
        if self.settings is not None:
            request.failed.connect(self.settings.show_error)

    def _show_added(self) -> None:
        if self.settings is not None:
            self.settings.show_added()
            self._ask_officers()

    def _change_passphrase(self, old: str, new: str) -> None:
        request = self._operations.act(self, (), officers.change_passphrase, old, new)
        request.result.connect(self._show_changed)
        if self.settings is not None:
            request.failed.connect(self.settings.show_error)

    def _show_changed(self) -> None:
        if self.settings is not None:
            self.settings.show_changed()

    def _forget(self) -> None:
        sender = self.sender()
        if self.conflicts is sender or not isinstance(sender, QDialog):
            self.conflicts = None
        if self.preview is sender or not isinstance(sender, QDialog):
            self._printing.drop()
            self.preview = None
        if self.settings is sender or not isinstance(sender, QDialog):
            self.settings = None

    def _can_type(self, conflict: ConflictView) -> bool:
        opened = self._operations.opened
        definition = opened.definitions.library.registers.get(conflict.register) if opened else None
        found = definition.stored_field(conflict.field) if definition else None
        return found is not None and found.type not in _NOT_TYPED

    def _touched(self, conflict: ConflictView) -> frozenset[str]:
        return frozenset({conflict.register, Subject.CONFLICTS})

    def _words(self, problem: Problem) -> str:
        language = self._preferences.language
        if problem.message is not None:
            return problem.message.text(language)
        return sentence(problem.code, problem.context, language)

    def _propose(self) -> str:
        return officers.generate_passphrase(self._environment)

    def _dress(self, appearance: Appearance) -> None:
        self._theme.appearance = appearance

    def _advance(self, advances: bool) -> None:  # noqa: FBT001  a Qt slot
        self._preferences.advances = advances

    def _scale(self, scale: int) -> None:
        self._theme.scale = scale


def named_conflicts(session: Session, language: str) -> tuple[ConflictView, ...]:
    """Return the conflicts with the stations called by their letter-heads; runs on the worker thread."""
    return tuple(
        replace(
            conflict,
            values=tuple(
                replace(value, station=stations.station_name(session, value.station)) for value in conflict.values
            ),
        )
        for conflict in conflicts.list_conflicts(session, language=language)
    )


def resolve_typed(session: Session, conflict: ConflictView, text: str, language: str) -> tuple[Problem, ...]:
    """Read what was typed as a value of the field and settle the conflict with it; runs on the worker thread."""
    definition = records.definition_of(session, conflict.register)
    found = definition.stored_field(conflict.field)
    if found is None:
        return conflicts.resolve(session, conflict.record, conflict.field, text)
    value = parse_value(text, found, titles.value_context(session, language).values)
    if isinstance(value, Problem):
        return (value,)
    return conflicts.resolve(session, conflict.record, conflict.field, value)
