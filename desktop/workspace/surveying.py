"""The registry as an examination of values sees it: definitions, the time of day, and what is linked."""

import datetime as dt
from collections.abc import Mapping

from desktop.domain.changes import Json
from desktop.domain.definitions import Library
from desktop.workspace.records import follower
from desktop.workspace.session import Workspace


class Survey:
    """One moment's look; a linked record is read once. It is a `Surveyed` of desktop/domain/examination.py."""

    def __init__(self, workspace: Workspace) -> None:
        self.library: Library = workspace.library
        self.now: dt.datetime = workspace.now()
        self.today: dt.date = self.now.date()
        self._follow = follower(workspace)

    def follow(self, record: str) -> Mapping[str, Json] | None:
        return self._follow(record)
