"""An officer's hands: keys come to the window as from the platform, and wait until each has acted."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.definitions.model import TypeName
from desktop.domain.log.operation import Json
from desktop.ui.base.registry_worker import RegistryWorker, Request
from desktop.workspace.base.session import Session
from desktop.workspace.records import new_records, saving
from tests.ui.conftest import answer
from tests.ui.keyboard import commit, strike, strike_text
from tests.ui.patience import wait_calm

ADDRESS: dict[str, Json] = {"province": "11", "commune": "03162", "hamlet": "bản Nậm Kè"}


@dataclass
class Hands:
    """Keys, one after another."""

    qtbot: QtBot
    operations: RegistryWorker

    def focused(self) -> QWidget:
        found = QApplication.focusWidget()
        assert found is not None, "nothing has the focus"
        return found

    def type(self, text: str) -> None:
        for letter in text:
            strike_text(letter)
            self.wait(self._has_acted)

    def paste(self, text: str) -> None:
        """Type letters that no single key has; an input method would commit them so."""
        commit(text)
        self.wait(self._has_acted)

    def press(self, *keys: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        for key in keys:
            strike(key, modifier)
            self.wait(self._has_acted)

    def enter(self, text: str = "") -> None:
        """Type, then Enter."""
        self.paste(text) if not text.isascii() else self.type(text)
        self.press(Qt.Key.Key_Return)

    def wait(self, fact: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(fact()))

    def _has_acted(self) -> bool:
        return not self.operations.keys.is_waiting

    def rest(self) -> None:
        """Wait until the worker has answered everything and no view is about to ask anything."""
        wait_calm(self.qtbot, self.operations)


def told(qtbot: QtBot, request: Request) -> Any:  # noqa: ANN401  whatever was asked for
    return answer(qtbot, request)


def add_person(session: Session, name: str = "Lò Thị Đớn", **more: Json) -> str:
    """Write a person as the form would."""
    values: Mapping[str, Json] = {
        **new_records.new_values(session, "person"),
        "full_name": name,
        "dob": "1999",
        "gender": "F",
        "perm_addr": dict(ADDRESS),
        **more,
    }
    saved = saving.save(session, "person", values, reason_for_all="đã đối chiếu")
    assert saved.record is not None, saved.problems
    return saved.record


def add_absence(session: Session, person: str, **more: Json) -> str:
    """Write an absence record as the form would."""
    values: Mapping[str, Json] = {
        **new_records.new_values(session, "absence"),
        "person": person,
        "case_kind": ["MAT_LL"],
        "absent_since": "2026-03",
        "absence_reason_declared": first_code(session, "absence", "absence_reason_declared"),
        "absence_reason_assessed": first_code(session, "absence", "absence_reason_assessed"),
        "declared_absence": True,
        "risk_level": "1",
        "source_of_information": first_code(session, "absence", "source_of_information"),
        **more,
    }
    saved = saving.save(session, "absence", values, reason_for_all="gia đình báo lại")
    assert saved.record is not None, saved.problems
    return saved.record


def first_code(session: Session, register: str, field: str) -> str:
    definition = session.library.registers[register].field(field)
    assert definition is not None
    return session.library.code_lists[definition.codes or ""].codes[0].value


def add_victim(session: Session, name: str = "Lò Thị Đớn") -> str:
    """Write a victim's case as the form would."""
    definition = session.library.registers["returned_victim"]
    values: dict[str, Json] = {
        **new_records.new_values(session, "returned_victim"),
        "person": add_person(session, name),
        "return_date": "2026-09-10",
        "return_point": "Cửa khẩu A Pa Chải",
        "received_at": "2026-09-10T14:30+07:00",
        "reception_unit": "Đồn Biên phòng A Pa Chải",
        "wishes": "Về với mẹ.",
        "consent_date": "2026-09-11",
    }
    for field in definition.fields():
        if field.id not in values and field.required and field.type is TypeName.YES_NO:
            values[field.id] = True
        if field.id not in values and field.required and field.type is TypeName.CODE:
            values[field.id] = first_code(session, definition.id, field.id)
        if field.id not in values and field.required and field.type is TypeName.CODES:
            values[field.id] = [first_code(session, definition.id, field.id)]
    saved = saving.save(session, definition.id, values, reason_for_all="đã đối chiếu")
    assert saved.record is not None, saved.problems
    return saved.record
