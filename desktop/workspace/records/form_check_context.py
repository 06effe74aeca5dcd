"""The registry as an examination of values sees it: definitions, the time of day, and what is linked."""

import datetime as dt
from collections.abc import Mapping

from desktop.domain.definitions.model import Library
from desktop.domain.log.operation import Json
from desktop.workspace.base.session import Session
from desktop.workspace.records.records import follower


class SessionFormCheck:
    """One examination; a linked record is read once. A `FormCheckContext` of desktop/domain/records/form_check.py."""

    def __init__(self, session: Session) -> None:
        self.library: Library = session.library
        self.now: dt.datetime = session.now()
        self.today: dt.date = self.now.date()
        self._follow = follower(session)

    def follow(self, record: str) -> Mapping[str, Json] | None:
        return self._follow(record)
