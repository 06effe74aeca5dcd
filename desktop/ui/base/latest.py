"""Answers come late: to a question that is not asked any more, or after the view went on. Two ways to be right then.

- `Latest`: one question at a time, and no answer to an earlier one.
- `about`: the answer carries what it was asked about, where every answer counts.
"""

from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

from desktop.ui.base.registry_worker import Request
from desktop.workspace.base.session import Session

_P = ParamSpec("_P")
_SubjectT = TypeVar("_SubjectT")
_AnswerT = TypeVar("_AnswerT")


class Latest:
    """Holds the request whose answer is waited for; it and none before it answers.

    A view asks through it, connects to what it returns, and drops it when it is about something else: another record,
    other letters, a dialog that was closed, or nothing.
    """

    def __init__(self) -> None:
        self._request: Request | None = None

    @property
    def request(self) -> Request | None:
        """What is waited for; None when it was answered or dropped."""
        return self._request if self._request is not None and not self._request.is_finished else None

    @property
    def is_waiting(self) -> bool:
        return self.request is not None

    def wait_for(self, request: Request) -> Request:
        """Return the request, to connect to; the one before is forgotten."""
        self.drop()
        self._request = request
        return request

    def drop(self) -> None:
        """Wait for nothing. A read is not done any more, a write is."""
        if self._request is not None:
            self._request.forget()
            self._request = None


def about(
    subject: _SubjectT, use_case: Callable[Concatenate[Session, _P], _AnswerT]
) -> Callable[Concatenate[Session, _P], tuple[_SubjectT, _AnswerT]]:
    """Return the use case with its answer in a pair behind the subject: the place a file goes to, a title."""

    def with_subject(session: Session, /, *args: _P.args, **named: _P.kwargs) -> tuple[_SubjectT, _AnswerT]:
        return subject, use_case(session, *args, **named)

    return with_subject
