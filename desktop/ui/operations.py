"""The one worker thread that owns the open registry, and the only way to it.

- Every use case runs here, one after another, in the order asked; nothing else does, and none of it touches Qt.
- A request answers once: `result`, `failed` (an error we can name) or `cancelled`; `finished` follows in every case.
- A write names what it touches; when it is done, `changed(what, initiator)` tells every view, and each decides.
- Anything that is not a DesktopError is our bug: it goes to `crashed`, and the thread goes on.
- While it lives, garbage is collected on the main thread alone (garbage.py).
- A request cancelled before its turn never runs. A running one is asked to stop and may still finish.
"""

import itertools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Concatenate, Final, ParamSpec, TypeAlias

from PySide6.QtCore import QObject, Qt, QThread, Signal, Slot

from desktop.errors import Cancelled, DesktopError
from desktop.ui.garbage import MainThreadCollector
from desktop.workspace.session import Definitions, Officer, Station, Workspace
from desktop.workspace.session_clock import ClockWarning

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


class Request(QObject):
    """One act asked of the worker. Connect to it before the event loop runs again; no answer comes earlier."""

    result = Signal(object)
    failed = Signal(object)
    cancelled = Signal()
    finished = Signal()
    progressed = Signal(object)
    _reported = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._reported.connect(self._pass_on, Qt.ConnectionType.QueuedConnection)
        self.is_cancelled = False
        self.is_finished = False

    def cancel(self) -> None:
        self.is_cancelled = True

    def report(self, step: str, done: int, total: int) -> None:
        """Called by the act, on its own thread."""
        self._reported.emit(Progress(step, done, total))

    @Slot(object)
    def _pass_on(self, progress: Progress) -> None:
        if not self.is_finished:
            self.progressed.emit(progress)


class Operations(QObject):
    """Asks the workspace on behalf of the views.

    `changed` carries a frozenset of register ids and of the words of `pages.Subject`, and the QObject that began it.
    """

    changed = Signal(object, object)
    crashed = Signal(object)
    busy_changed = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._numbers: Iterator[int] = itertools.count(1)
        self._pending: dict[int, _Pending] = {}
        self._opened: Opened | None = None
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

    def open(self, function: Callable[_P, Workspace], *args: _P.args, **named: _P.kwargs) -> Request:
        """Create or open a registry, which every later request is given; the result is an `Opened`."""
        return self._queue(_Opening(function, args, named))

    def close(self) -> Request:
        """Lock the registry, after what was asked before. Requests not yet begun are dropped, except writes."""
        self._drop_reads()
        self._opened = None
        return self._queue(_Closing())

    def ask(
        self, function: Callable[Concatenate[Workspace, _P], object], *args: _P.args, **named: _P.kwargs
    ) -> Request:
        """Run a reading use case."""
        return self._queue(_Act(function, args, named), may_be_dropped=True)

    def act(
        self,
        initiator: QObject | None,
        changes: Changes,
        function: Callable[Concatenate[Workspace, _P], object],
        *args: _P.args,
        **named: _P.kwargs,
    ) -> Request:
        """Run a writing use case; `changes` names what it touches, or says so from its result."""
        return self._queue(_Act(function, args, named), initiator=initiator, changes=changes)

    def act_long(
        self, initiator: QObject | None, changes: Changes, function: Callable[..., object], *args: object
    ) -> Request:
        """As `act`, for a use case that takes `progress(step, done, total)` and `cancelled()`."""
        return self._queue(_Act(function, args, {}, reports=True), initiator=initiator, changes=changes)

    def stop(self) -> None:
        """Finish what is running, close the registry and end the thread. The last call of the program."""
        self._drop_reads()
        self._opened = None
        self._asked.emit(_Job(0, _Closing(ends_thread=True), Request(self)))
        self._thread.wait()
        self._collector.stop()

    def _queue(
        self,
        act: "_Act | _Opening | _Closing",
        *,
        initiator: QObject | None = None,
        changes: Changes = NOTHING,
        may_be_dropped: bool = False,
    ) -> Request:
        number, request = next(self._numbers), Request(self)
        self._pending[number] = _Pending(request, initiator, changes, may_be_dropped)
        if len(self._pending) == 1:
            self.busy_changed.emit(True)  # noqa: FBT003  a Qt signal has no names
        self._asked.emit(_Job(number, act, request))
        return request

    def _drop_reads(self) -> None:
        for pending in self._pending.values():
            if pending.may_be_dropped:
                pending.request.cancel()

    @Slot(object)
    def _answer(self, answer: "_Answer") -> None:
        pending = self._pending.pop(answer.number, None)
        if pending is None:
            return
        request, error = pending.request, answer.error
        request.is_finished = True
        if isinstance(answer.result, Opened):
            self._opened = answer.result
        if isinstance(error, Cancelled) or (pending.may_be_dropped and request.is_cancelled):
            request.cancelled.emit()
        elif error is None:
            request.result.emit(answer.result)
            named = pending.changes(answer.result) if callable(pending.changes) else pending.changes
            if what := frozenset(named):
                self.changed.emit(what, pending.initiator)
        elif isinstance(error, DesktopError):
            request.failed.emit(error)
        else:
            self.crashed.emit(error)
        request.finished.emit()
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
    function: Callable[..., Workspace]
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
    may_be_dropped: bool


class _Worker(QObject):
    answered = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._workspace: Workspace | None = None

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
                self._workspace = function(*args, **named)
                return _opened(self._workspace)
            case _Act(function, args, named, reports):
                if job.request.is_cancelled:
                    raise Cancelled
                if self._workspace is None:
                    raise DesktopError("registry_locked")
                if reports:
                    request = job.request
                    named = {**named, "progress": request.report, "cancelled": lambda: request.is_cancelled}
                return function(self._workspace, *args, **named)

    def _close(self) -> None:
        if self._workspace is not None:
            workspace, self._workspace = self._workspace, None
            workspace.close()


def _opened(workspace: Workspace) -> Opened:
    return Opened(
        station=workspace.station,
        officer=workspace.officer,
        definitions=workspace.definitions,
        clock=workspace.clock.warning(),
    )
