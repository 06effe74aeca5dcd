"""Locking while the worker is still busy: what was to be read is dropped, what was to be written is written."""

import threading

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from desktop.ui.base.registry_worker import RegistryWorker, Request
from desktop.workspace.base.session import Definitions, Session
from desktop.workspace.records import records, saving
from desktop.workspace.station.registry import open_registry
from tests.conftest import PASSPHRASE, World
from tests.ui.conftest import AtDesk, answer
from tests.ui.patience import PATIENCE_S
from tests.workspace.records.test_saving import PERSON_GIVEN

NAMES = ("Lò Thị Mẩy", "Lò Văn Tèo", "Vàng A Páo")


def names_written(session: Session) -> set[object]:
    rows = records.list_records(session, "person").rows
    return {records.read(session, row.record).values["full_name"] for row in rows}


def save_all(operations: RegistryWorker) -> list[Request]:
    return [
        operations.act(None, {"person"}, saving.save_given, "person", {**PERSON_GIVEN, "full_name": name})
        for name in NAMES
    ]


def test_writes_that_wait_behind_another_act_are_done_before_the_registry_is_closed(
    commune: Session, at_desk: AtDesk, operations: RegistryWorker, qtbot: QtBot, world: World, definitions: Definitions
) -> None:
    at_desk(commune)
    gate, ran = threading.Event(), []
    operations.ask(lambda _session: gate.wait(PATIENCE_S))
    read = operations.ask(lambda _session: ran.append("read"))
    writes = save_all(operations)
    read_after = operations.ask(lambda _session: ran.append("read after"))
    long = operations.act_long(None, {"person"}, lambda _session, **_said: ran.append("long"))
    answered: list[object] = []
    for request in (*writes, long):
        request.result.connect(answered.append)
        request.cancelled.connect(lambda: answered.append("cancelled"))
    closing = operations.close()
    assert (ran, answered) == ([], [])  # the gate is shut: nothing of it has had its turn
    with qtbot.waitSignals([read.finished, read_after.finished, closing.result]):
        gate.set()
    assert ran == ["long"]
    assert answered == []  # what was written is told to nobody after the lock
    with open_registry(commune.folder, PASSPHRASE, world.environment, definitions) as again:
        assert names_written(again) == set(NAMES)


def test_views_hear_of_what_was_written_while_the_registry_was_being_locked(
    commune: Session, at_desk: AtDesk, operations: RegistryWorker, qtbot: QtBot
) -> None:
    at_desk(commune)
    gate, me = threading.Event(), QObject()
    operations.ask(lambda _session: gate.wait(PATIENCE_S))
    operations.act(me, {"person"}, saving.save_given, "person", PERSON_GIVEN)
    operations.close()
    with qtbot.waitSignal(operations.changed) as waiting:
        gate.set()
    assert waiting.args == [frozenset({"person"}), me]


def test_what_is_asked_after_locking_has_nothing_to_read_or_write(
    commune: Session, at_desk: AtDesk, operations: RegistryWorker, qtbot: QtBot, world: World, definitions: Definitions
) -> None:
    at_desk(commune)
    gate = threading.Event()
    operations.ask(lambda _session: gate.wait(PATIENCE_S))
    operations.close()
    late = operations.act(None, {"person"}, saving.save_given, "person", PERSON_GIVEN)
    with qtbot.waitSignal(late.failed) as waiting:
        gate.set()
    assert waiting.args is not None
    assert waiting.args[0].code == "registry_locked"
    with open_registry(commune.folder, PASSPHRASE, world.environment, definitions) as again:
        assert names_written(again) == set()


def test_writes_that_wait_when_the_program_ends_are_done(
    commune: Session, at_desk: AtDesk, operations: RegistryWorker, world: World, definitions: Definitions
) -> None:
    """The blocker gives way once the program, on its way out, has dropped the read; only then come the writes."""
    at_desk(commune)
    asked: list[Request] = []
    ran: list[str] = []
    pause = threading.Event()

    def block(_session: Session) -> None:
        while not (asked and asked[0].is_cancelled):
            pause.wait(0.01)

    operations.ask(block)
    asked.append(operations.ask(lambda _session: ran.append("read")))
    save_all(operations)
    operations.stop()
    assert ran == []
    with open_registry(commune.folder, PASSPHRASE, world.environment, definitions) as again:
        assert names_written(again) == set(NAMES)


def test_unlocking_after_locking_serves_reads_again(
    commune: Session, at_desk: AtDesk, operations: RegistryWorker, qtbot: QtBot, world: World, definitions: Definitions
) -> None:
    at_desk(commune)
    save_all(operations)
    operations.close()
    operations.open(open_registry, commune.folder, PASSPHRASE, world.environment, definitions)
    assert answer(qtbot, operations.ask(names_written)) == set(NAMES)
