"""The worker held still, so that both orders of two events are forced: an answer before an act, or after it."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from desktop.ui.base.registry_worker import RegistryWorker, Request
from desktop.workspace.base.session import Session
from tests.ui.patience import PATIENCE_S


@contextmanager
def held(operations: RegistryWorker) -> Iterator[None]:
    """Let nothing that is asked inside begin before the end."""
    begun, gate = threading.Event(), threading.Event()

    def hold(_session: Session) -> None:
        begun.set()
        gate.wait(PATIENCE_S)

    operations.ask(hold)
    assert begun.wait(PATIENCE_S)
    try:
        yield
    finally:
        gate.set()


def let_finish(operations: RegistryWorker) -> None:
    """Wait until all that was asked is done, while nobody is told: this thread handles no event meanwhile."""
    done = threading.Event()
    operations.ask(lambda _session: done.set())
    assert done.wait(PATIENCE_S)


@contextmanager
def held_within(monkeypatch: pytest.MonkeyPatch, ask: Callable[[], object]) -> Iterator[None]:
    """Ask for a long act and hold it where it first tells how far it is."""
    begun, gate = threading.Event(), threading.Event()
    report = Request.report

    def report_and_wait(request: Request, step: str, done: int, total: int) -> None:
        report(request, step, done, total)
        begun.set()
        assert gate.wait(PATIENCE_S)

    monkeypatch.setattr(Request, "report", report_and_wait)
    ask()
    assert begun.wait(PATIENCE_S)
    try:
        yield
    finally:
        gate.set()
