"""What the editors of one form share: definitions, words, places, and the way to the workspace.

- Everything in it is plain; linked records are a mapping that is filled by answers of the worker.
- The time goes on while a form is open: `now` is when it was opened and what has passed since.
"""

import datetime as dt
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from desktop.domain.base.problems import Problem
from desktop.domain.definitions.model import Library
from desktop.domain.log.operation import Json
from desktop.domain.places.places import Places
from desktop.domain.values.field_types import ValueContext
from desktop.sentences import Language, sentence
from desktop.ui.base.registry_worker import RegistryWorker
from desktop.workspace.views.entry_view import LinkedValues


@dataclass(slots=True, kw_only=True)
class FormContext:
    """Given to every editor of a form."""

    operations: RegistryWorker
    library: Library
    language: Language
    places: Places
    today: dt.date
    opened_at: dt.datetime
    titles: dict[str, str] = field(default_factory=dict)
    linked: dict[str, Mapping[str, Json]] = field(default_factory=dict)
    kept: dict[str, Mapping[str, Json]] = field(default_factory=dict)
    """The values of the record saved last in each register, for sticky fields and F7."""

    advances: bool = False
    """Whether a field that is full goes on by itself, and Enter passes over kept answers (editors/editor.py)."""

    _begun: float = field(default_factory=time.monotonic)

    @property
    def now(self) -> dt.datetime:
        return self.opened_at + dt.timedelta(seconds=time.monotonic() - self._begun)

    @property
    def values(self) -> ValueContext:
        """What parsing and showing need."""
        return ValueContext(
            library=self.library,
            today=self.today,
            language=self.language,
            unit_name=self.places.full_name,
            record_title=lambda record: self.titles.get(record, record[:8]),
        )

    def restart(self, today: dt.date, now: dt.datetime) -> None:
        """Take the time of day again, when the form is opened once more."""
        self.today, self.opened_at, self._begun = today, now, time.monotonic()

    def learn(self, linked: LinkedValues) -> None:
        """Remember a record that a value names."""
        self.titles[linked.record] = linked.title
        self.linked[linked.record] = linked.values

    def follow(self, record: str) -> Mapping[str, Json] | None:
        """Return a linked record's values, as conditions ask for them."""
        return self.linked.get(record)

    def words(self, problem: Problem) -> str:
        """Return the sentence of a problem."""
        if problem.message is not None:
            return problem.message.text(self.language)
        return sentence(problem.code, problem.context, self.language)
