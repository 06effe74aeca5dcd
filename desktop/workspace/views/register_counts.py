"""How many records a register holds, and how many should have been looked at: the line of facts under its title."""

import datetime as dt
from dataclasses import dataclass

from desktop.workspace.base.session import Session
from desktop.workspace.records import records


@dataclass(frozen=True, slots=True)
class RegisterCounts:
    """The line of facts under the title."""

    total: int
    overdue: int
    today: dt.date


def read_counts(session: Session, register: str) -> RegisterCounts:
    """Count on the worker thread."""
    total = records.counts(session).get(register, 0)
    return RegisterCounts(total, records.overdue(session, register), session.today())
