"""The one worker thread that owns the open registry, and the only way to it.

- Every use case runs here, one after another, in the order asked; nothing else does, and none of it touches Qt.
- A request answers once: `result`, `failed` (an error we can name) or `cancelled`; `finished` follows in every case.
- A write names what it touches; when it is done, `changed(what, initiator)` reaches every view, and each decides.
- Anything that is not a DesktopError is our bug: it goes to `crashed`, and the thread goes on.
- While it lives, garbage is collected on the main thread alone (gc_on_main_thread.py).
- A request cancelled before its turn never runs. A running one is asked to stop and may finish first: a read then
  answers `cancelled` all the same, a write reports what happened, `result`, and its request is `was_too_late`.
- A request that is forgotten gives no result: a read is dropped, a write is done and says no more than that it failed.
  Locking forgets all that was asked before, so that nothing of the registry is shown after it.
- What a key asks for is answered before the next key acts (key_order.py), unless it is a long act.
"""

import itertools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Concatenate, Final, ParamSpec, TypeAlias

from PySide6.QtCore import QObject, Qt, QThread, Signal, Slot

from desktop.errors import Cancelled, DesktopError
from desktop.ui.base.gc_on_main_thread import MainThreadCollector
from desktop.ui.base.key_order import KeyOrder
from desktop.workspace.base.session import (
    Definitions,
    KeyCopies,
    Officer,
    Session,
    Station,
)
from desktop.workspace.base.session_clock import ClockWarning

_P = ParamSpec("_P")
Changes: TypeAlias = "Iterable[str] | Callable[[Any], Iterable[str]]"
NOTHING: Final[frozenset[str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a long act is: `step` is a short code, `total` 0 when it is not known."""

    step: str
    done: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """What the views may know of the open registry without asking; it holds no key and no connection."""

    station: Station
    officer: Officer
    definitions: Definitions
    clock: ClockWarning | None = None
    key_copies: KeyCopies = KeyCopies.SOUND


class Request(QObject):
    """One act asked of the worker. Connect to it before the event loop runs again; no answer comes earlier."""

    result = Signal(object)
    failed = Signal(object)
    cancelled = Signal()
    finished = Signal()
    progressed = Signal(object)
    _reported = Signal(object)

    def __init__(self, parent: QObject, *, is_read: bool = False) -> None:
        super().__init__(parent)
        self._reported.connect(self._pass_on, Qt.ConnectionType.QueuedConnection)
        self._is_read = is_read
        self.is_cancelled = False
        self.is_forgotten = False
        self.is_finished = False
        self.was_too_late = False
        """Whether this is a write that was done before it could be stopped."""

    def cancel(self) -> None:
        """Stop it, if it is not answered yet."""
        if not self.is_finished:
            self.is_cancelled = True

    def forget(self) -> None:
        """Nobody waits for the answer any more: a read need not be done, a write is."""
        self.is_forgotten = True
        if self._is_read:
            self.cancel()

    def answer(self, result: object, error: DesktopError | None) -> None:
        """Called once, by whoever runs it."""
        self.is_finished = True
        if isinstance(error, Cancelled) or (self._is_read and self.is_cancelled):
            if not self.is_forgotten:
                self.cancelled.emit()
        elif error is not None:
            self.failed.emit(error)
        elif not self.is_forgotten:
            self.was_too_late = self.is_cancelled
            self.result.emit(result)

    def report(self, step: str, done: int, total: int) -> None:
        """Called by the act, on its own thread."""
        self._reported.emit(Progress(step, done, total))

    @Slot(object)
    def _pass_on(self, progress: Progress) -> None:
        if not (self.is_finished or self.is_forgotten):
            self.progressed.emit(progress)


class RegistryWorker(QObject):
    """Asks the workspace on behalf of the views.

    `changed` carries a frozenset of register ids and of the words of `page.Subject`, and the QObject that began it.
    """

    changed = Signal(object, object)
    crashed = Signal(object)
    busy_changed = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._numbers: Iterator[int] = itertools.count(1)
        self._pending: dict[int, _Pending] = {}
        self._opened: Opened | None = None
        self.keys = KeyOrder(self)
        self._collector = MainThreadCollector(self)
        self._thread = QThread(self)
        self._worker = _Worker()
        self._worker.moveToThread(self._thread)
        self._worker.answered.connect(self._answer)
        self._asked.connect(self._worker.run)
        self._thread.start()

    _asked = Signal(object)

    @property
    def opened(self) -> Opened | None:
        """What is open now; None while locked."""
        return self._opened

    @property
    def is_busy(self) -> bool:
        return bool(self._pending)

    def open(self, function: Callable[_P, Session], *args: _P.args, **named: _P.kwargs) -> Request:
        """Create or open a registry, which every later request is given; the result is an `Opened`."""
        return self._queue(_Opening(function, args, named))

    def close(self) -> Request:
        """Lock the registry, after the writes that were asked before; nothing asked before is answered."""
        self._forget_all()
        return self._queue(_Closing())

    def ask(self, function: Callable[Concatenate[Session, _P], object], *args: _P.args, **named: _P.kwargs) -> Request:
        """Run a reading use case."""
        return self._queue(_Act(function, args, named), is_read=True)

    def ask_long(self, function: Callable[..., object], *args: object) -> Request:
        """As `ask`, for a use case that takes `progress(step, done, total)` and `cancelled()`."""
        return self._queue(_Act(function, args, {}, reports=True), is_read=True)

    def act(
        self,
        initiator: QObject | None,
        changes: Changes,
        function: Callable[Concatenate[Session, _P], object],
        *args: _P.args,
        **named: _P.kwargs,
    ) -> Request:
        """Run a writing use case; `changes` names what it touches, or says so from its result."""
        return self._queue(_Act(function, args, named), initiator=initiator, changes=changes)

    def act_long(
        self, initiator: QObject | None, changes: Changes, function: Callable[..., object], *args: object
    ) -> Request:
        """As `ask_long`, for a use case that writes."""
        return self._queue(_Act(function, args, {}, reports=True), initiator=initiator, changes=changes)

    def stop(self) -> None:
        """Do the writes that were asked, close the registry and end the thread. The last call of the program."""
        self._forget_all()
        self._asked.emit(_Job(0, _Closing(ends_thread=True), Request(self)))
        self._thread.wait()
        self._collector.stop()
        self.keys.stop()

    def _queue(
        self,
        act: "_Act | _Opening | _Closing",
        *,
        initiator: QObject | None = None,
        changes: Changes = NOTHING,
        is_read: bool = False,
    ) -> Request:
        number, request = next(self._numbers), Request(self, is_read=is_read)
        self._pending[number] = _Pending(request, initiator, changes)
        if self.keys.is_acting and not (isinstance(act, _Act) and act.reports):
            self.keys.wait_for(request)
        if len(self._pending) == 1:
            self.busy_changed.emit(True)  # noqa: FBT003  a Qt signal has no names
        self._asked.emit(_Job(number, act, request))
        return request

    def _forget_all(self) -> None:
        self._opened = None
        for pending in self._pending.values():
            pending.request.forget()

    @Slot(object)
    def _answer(self, answer: "_Answer") -> None:
        pending = self._pending.pop(answer.number, None)
        if pending is None:
            return
        request, error = pending.request, answer.error
        if isinstance(answer.result, Opened) and not request.is_forgotten:
            self._opened = answer.result
        if error is None or isinstance(error, DesktopError):
            with self.keys.answering(request):
                request.answer(answer.result, error)
        else:
            request.is_finished = True
            self.crashed.emit(error)
        if error is None:
            named = pending.changes(answer.result) if callable(pending.changes) else pending.changes
            if what := frozenset(named):
                self.changed.emit(what, pending.initiator)
        request.finished.emit()
        self.keys.answered(request, failed=error is not None and not request.is_cancelled)
        request.deleteLater()
        if not self._pending:
            self.busy_changed.emit(False)  # noqa: FBT003  a Qt signal has no names


@dataclass(frozen=True, slots=True)
class _Act:
    function: Callable[..., object]
    args: tuple[object, ...]
    named: dict[str, object]
    reports: bool = False


@dataclass(frozen=True, slots=True)
class _Opening:
    function: Callable[..., Session]
    args: tuple[object, ...]
    named: dict[str, object]


@dataclass(frozen=True, slots=True)
class _Closing:
    ends_thread: bool = False


@dataclass(frozen=True, slots=True)
class _Job:
    number: int
    act: _Act | _Opening | _Closing
    request: Request


@dataclass(frozen=True, slots=True)
class _Answer:
    number: int
    result: object = None
    error: Exception | None = None


@dataclass(frozen=True, slots=True)
class _Pending:
    request: Request
    initiator: QObject | None
    changes: Changes = field(repr=False)


class _Worker(QObject):
    answered = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._session: Session | None = None

    @Slot(object)
    def run(self, job: _Job) -> None:
        try:
            result = self._outcome(job)
        except Exception as error:  # noqa: BLE001  the one place: known errors and bugs are told apart on the main thread
            self.answered.emit(_Answer(job.number, error=error))
        else:
            self.answered.emit(_Answer(job.number, result))

    def _outcome(self, job: _Job) -> object:
        match job.act:
            case _Closing(ends_thread):
                self._close()
                if ends_thread:
                    QThread.currentThread().quit()
                return None
            case _Opening(function, args, named):
                self._close()
                self._session = function(*args, **named)
                return _opened(self._session)
            case _Act(function, args, named, reports):
                if job.request.is_cancelled:
                    raise Cancelled
                if self._session is None:
                    raise DesktopError("registry_locked")
                if reports:
                    request = job.request
                    named = {**named, "progress": request.report, "cancelled": lambda: request.is_cancelled}
                return function(self._session, *args, **named)

    def _close(self) -> None:
        if self._session is not None:
            session, self._session = self._session, None
            session.close()


def _opened(session: Session) -> Opened:
    return Opened(
        station=session.station,
        officer=session.officer,
        definitions=session.definitions,
        clock=session.clock.warning(),
        key_copies=session.key_copies,
    )
