import threading
from collections.abc import Callable
from enum import Enum, auto

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from desktop.errors import Cancelled, DesktopError
from desktop.ui.base.latest import Latest
from desktop.ui.base.registry_worker import Progress, RegistryWorker, Request
from desktop.workspace.base.session import Definitions, Session
from desktop.workspace.records import records, saving
from desktop.workspace.station.registry import open_registry
from tests.conftest import PASSPHRASE, World
from tests.ui.conftest import AtDesk, answer
from tests.ui.gate import held, let_finish
from tests.ui.patience import PATIENCE_S, wait_calm
from tests.workspace.records.test_saving import PERSON_GIVEN


def station_id(session: Session) -> str:
    return session.station.id


def refuse(_session: Session) -> None:
    raise DesktopError("record_unknown", register="person")


def stumble(_session: Session) -> None:
    raise ZeroDivisionError


def failure(qtbot: QtBot, request: Request) -> DesktopError:
    with qtbot.waitSignal(request.failed) as waiting:
        pass
    assert waiting.args is not None
    found = waiting.args[0]
    assert isinstance(found, DesktopError)
    return found


def test_opening_answers_with_the_station_and_no_key(
    commune: Session, at_desk: AtDesk, operations: RegistryWorker
) -> None:
    station = commune.station
    opened = at_desk(commune)
    assert opened.station == station
    assert operations.opened == opened
    assert not hasattr(opened, "master_key")


def test_a_use_case_runs_on_the_worker_and_answers_here(
    commune: Session, at_desk: AtDesk, operations: RegistryWorker, qtbot: QtBot
) -> None:
    at_desk(commune)
    ran_on: list[int] = []
    answered_on: list[int] = []
    request = operations.ask(lambda _session: ran_on.append(threading.get_ident()))
    request.result.connect(lambda _nothing: answered_on.append(threading.get_ident()))
    with qtbot.waitSignal(request.finished):
        pass
    assert answered_on == [threading.get_ident()]
    assert ran_on != answered_on


def test_requests_are_answered_in_the_order_asked(
    commune: Session, at_desk: AtDesk, operations: RegistryWorker, qtbot: QtBot
) -> None:
    at_desk(commune)
    answered: list[object] = []
    requests = [operations.ask(lambda _session, number: number, number) for number in range(20)]
    for request in requests:
        request.result.connect(answered.append)
    with qtbot.waitSignal(requests[-1].finished):
        pass
    assert answered == list(range(20))


def test_an_error_with_a_name_reaches_who_asked(
    commune: Session, at_desk: AtDesk, operations: RegistryWorker, qtbot: QtBot
) -> None:
    at_desk(commune)
    assert failure(qtbot, operations.ask(refuse)).code == "record_unknown"


def test_a_bug_goes_to_the_crash_report_and_the_next_request_is_served(
    commune: Session, at_desk: AtDesk, operations: RegistryWorker, qtbot: QtBot
) -> None:
    station = at_desk(commune).station
    request = operations.ask(stumble)
    with qtbot.waitSignals([operations.crashed, request.finished]):
        pass
    assert answer(qtbot, operations.ask(station_id)) == station.id


def test_a_write_says_what_changed_and_who_began_it(
    commune: Session, at_desk: AtDesk, operations: RegistryWorker, qtbot: QtBot
) -> None:
    at_desk(commune)
    me = QObject()
    with qtbot.waitSignal(operations.changed) as waiting:
        operations.act(me, {"person"}, saving.save_given, "person", PERSON_GIVEN)
    assert waiting.args == [frozenset({"person"}), me]


def test_what_changed_can_be_told_from_the_result(
    commune: Session, at_desk: AtDesk, operations: RegistryWorker, qtbot: QtBot
) -> None:
    at_desk(commune)
    with qtbot.waitSignal(operations.changed) as waiting:
        operations.act(None, lambda station: {station}, station_id)
    assert waiting.args == [frozenset({commune.station.id}), None]


def test_a_write_that_failed_changes_nothing(
    commune: Session, at_desk: AtDesk, operations: RegistryWorker, qtbot: QtBot
) -> None:
    at_desk(commune)
    with qtbot.assertNotEmitted(operations.changed):
        failure(qtbot, operations.act(None, {"person"}, refuse))


def test_a_read_cancelled_before_its_turn_never_runs(
    commune: Session, at_desk: AtDesk, operations: RegistryWorker, qtbot: QtBot
) -> None:
    at_desk(commune)
    gate, ran = threading.Event(), []
    operations.ask(lambda _session: gate.wait(PATIENCE_S))
    request = operations.ask(lambda _session: ran.append(1))
    request.cancel()
    with qtbot.waitSignal(request.cancelled), qtbot.assertNotEmitted(request.result):
        gate.set()
    assert ran == []


def test_a_long_act_reports_and_can_be_stopped(
    commune: Session, at_desk: AtDesk, operations: RegistryWorker, qtbot: QtBot
) -> None:
    at_desk(commune)
    begun = threading.Event()

    def work(_session: Session, *, progress: Callable[[str, int, int], None], cancelled: Callable[[], bool]) -> None:
        progress("verify_bundle", 1, 3)
        begun.set()
        while not cancelled():
            begun.wait(0.01)
        raise Cancelled

    request = operations.act_long(None, {"exchange"}, work)
    seen: list[Progress] = []
    request.progressed.connect(seen.append)
    with qtbot.waitSignal(request.cancelled), qtbot.assertNotEmitted(operations.changed):
        assert begun.wait(PATIENCE_S)
        request.cancel()
    assert seen == [Progress("verify_bundle", 1, 3)]


def test_locking_closes_the_registry_and_lets_another_open_it(
    commune: Session, at_desk: AtDesk, operations: RegistryWorker, qtbot: QtBot, world: World, definitions: Definitions
) -> None:
    at_desk(commune)
    answer(qtbot, operations.close())
    assert operations.opened is None
    assert failure(qtbot, operations.ask(station_id)).code == "registry_locked"
    open_registry(commune.folder, PASSPHRASE, world.environment, definitions).close()


def test_a_write_asked_before_locking_is_still_done(
    commune: Session, at_desk: AtDesk, operations: RegistryWorker, qtbot: QtBot, world: World, definitions: Definitions
) -> None:
    at_desk(commune)
    operations.act(None, {"person"}, saving.save_given, "person", PERSON_GIVEN)
    answered: list[object] = []
    for told in (operations.ask(station_id).result, operations.act(None, (), station_id).result):
        told.connect(answered.append)
    answer(qtbot, operations.close())
    assert answered == []
    with open_registry(commune.folder, PASSPHRASE, world.environment, definitions) as again:
        assert records.counts(again)["person"] == 1


def test_stopping_closes_the_registry(
    commune: Session, at_desk: AtDesk, qtbot: QtBot, operations: RegistryWorker, world: World, definitions: Definitions
) -> None:
    at_desk(commune)
    operations.stop()
    open_registry(commune.folder, PASSPHRASE, world.environment, definitions).close()


def test_what_was_asked_before_stopping_is_written_and_nothing_is_told_after_it(
    commune: Session, at_desk: AtDesk, qtbot: QtBot, operations: RegistryWorker, world: World, definitions: Definitions
) -> None:
    at_desk(commune)
    told: list[object] = []
    with held(operations):
        operations.act(None, {"person"}, saving.save_given, "person", PERSON_GIVEN).result.connect(told.append)
        operations.ask(station_id).result.connect(told.append)
    operations.stop()
    wait_calm(qtbot, operations)
    assert told == []
    with open_registry(commune.folder, PASSPHRASE, world.environment, definitions) as again:
        assert records.counts(again)["person"] == 1


def test_a_wrong_passphrase_leaves_nothing_open(
    commune: Session, operations: RegistryWorker, qtbot: QtBot, world: World, definitions: Definitions
) -> None:
    commune.close()
    request = operations.open(open_registry, commune.folder, "khác hẳn 99 rồi", world.environment, definitions)
    assert failure(qtbot, request).code == "wrong_passphrase"
    assert operations.opened is None


class Order(Enum):
    """When a request is stopped or forgotten."""

    BEFORE = auto()
    WITHIN = auto()
    AFTER = auto()


READS, WRITES = ("ask", "ask_long"), ("act", "act_long")


def stopped(
    operations: RegistryWorker, kind: str, order: Order, stop: Callable[[Request], object]
) -> tuple[Request, list[str]]:
    """Begin an act that never looks whether it is cancelled, stop it at the moment wanted, and note what is said."""
    begun, gate, said = threading.Event(), threading.Event(), []

    def work(session: Session, /, **_named: object) -> str:
        begun.set()
        gate.wait(PATIENCE_S)
        return session.station.id

    def ask() -> Request:
        match kind:
            case "ask":
                request = operations.ask(work)
            case "ask_long":
                request = operations.ask_long(work)
            case "act":
                request = operations.act(None, {"person"}, work)
            case _:
                request = operations.act_long(None, {"person"}, work)
        for name in ("result", "failed", "cancelled", "finished"):
            getattr(request, name).connect(lambda *_args, name=name: said.append(name))
        return request

    match order:
        case Order.BEFORE:
            with held(operations):
                request = ask()
                stop(request)
        case Order.WITHIN:
            request = ask()
            assert begun.wait(PATIENCE_S)
            stop(request)
        case Order.AFTER:
            request = ask()
            gate.set()
            let_finish(operations)
            stop(request)
    gate.set()
    return request, said


@pytest.mark.parametrize("order", Order)
@pytest.mark.parametrize("kind", [*READS, *WRITES])
def test_what_is_cancelled_says_the_truth_once(
    commune: Session, at_desk: AtDesk, operations: RegistryWorker, qtbot: QtBot, kind: str, order: Order
) -> None:
    at_desk(commune)
    request, said = stopped(operations, kind, order, Request.cancel)
    wait_calm(qtbot, operations)
    is_done = kind in WRITES and order is not Order.BEFORE
    assert said == ["result" if is_done else "cancelled", "finished"]
    assert request.was_too_late == is_done


@pytest.mark.parametrize("order", Order)
@pytest.mark.parametrize("kind", [*READS, *WRITES])
def test_what_is_forgotten_gives_no_result_and_a_write_is_done(
    commune: Session, at_desk: AtDesk, operations: RegistryWorker, qtbot: QtBot, kind: str, order: Order
) -> None:
    at_desk(commune)
    changed: list[object] = []
    operations.changed.connect(lambda what, _initiator: changed.append(what))
    _request, said = stopped(operations, kind, order, Request.forget)
    wait_calm(qtbot, operations)
    assert said == ["finished"]
    assert changed == ([{"person"}] if kind in WRITES else [])


@pytest.mark.parametrize("order", Order)
@pytest.mark.parametrize("kind", [*READS, *WRITES])
def test_nothing_asked_before_the_lock_is_answered_after_it(
    commune: Session, at_desk: AtDesk, operations: RegistryWorker, qtbot: QtBot, kind: str, order: Order
) -> None:
    at_desk(commune)
    _request, said = stopped(operations, kind, order, lambda _request: operations.close())
    wait_calm(qtbot, operations)
    assert said == ["finished"]
    assert operations.opened is None


def test_a_write_that_failed_says_so_even_when_it_was_forgotten(
    commune: Session, at_desk: AtDesk, operations: RegistryWorker, qtbot: QtBot
) -> None:
    at_desk(commune)
    request = operations.act(None, {"person"}, refuse)
    request.forget()
    assert failure(qtbot, request).code == "record_unknown"


def test_a_bug_in_a_read_that_was_cancelled_is_told(
    commune: Session, at_desk: AtDesk, operations: RegistryWorker, qtbot: QtBot
) -> None:
    at_desk(commune)
    request = operations.ask(stumble)
    let_finish(operations)
    with qtbot.waitSignal(operations.crashed):
        request.cancel()


def test_a_registry_that_was_closed_again_before_it_was_told_open_is_not_open(
    commune: Session, operations: RegistryWorker, qtbot: QtBot, world: World, definitions: Definitions
) -> None:
    commune.close()
    operations.open(open_registry, commune.folder, PASSPHRASE, world.environment, definitions)
    operations.close()
    wait_calm(qtbot, operations)
    assert operations.opened is None


@pytest.mark.parametrize("kind", [*READS, *WRITES])
def test_the_latest_question_alone_is_answered(
    commune: Session, at_desk: AtDesk, operations: RegistryWorker, qtbot: QtBot, kind: str
) -> None:
    at_desk(commune)
    latest = Latest()
    answered: list[object] = []

    def ask(number: int) -> Request:
        if kind in READS:
            return operations.ask(lambda _session: number)
        return operations.act(None, (), lambda _session: number)

    for number in range(3):
        latest.wait_for(ask(number)).result.connect(answered.append)
    assert latest.is_waiting
    wait_calm(qtbot, operations)
    assert answered == [2]
    assert not latest.is_waiting
    latest.wait_for(ask(3)).result.connect(answered.append)
    latest.drop()
    wait_calm(qtbot, operations)
    assert answered == [2]


@pytest.mark.parametrize("is_busy", [True, False])
def test_busy_is_said_once_for_a_run_of_requests(
    commune: Session, at_desk: AtDesk, operations: RegistryWorker, qtbot: QtBot, is_busy: bool
) -> None:
    at_desk(commune)
    said: list[bool] = []
    operations.busy_changed.connect(said.append)
    last = [operations.ask(station_id) for _ in range(3)][-1]
    with qtbot.waitSignal(last.finished):
        pass
    qtbot.waitUntil(lambda: not operations.is_busy)
    assert said.count(is_busy) == 1
