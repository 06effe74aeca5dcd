"""Templates filled with the values of one record: words and places in, runs of text out.

- A value is asked for as text, as the screen shows it; a date comes so or as it is stored, and is printed the same.
- A missing value leaves the blank of its place; a blank at the very end is left to the line, which draws the dots.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from desktop.domain.definitions.model import TypeName
from desktop.domain.documents.model import Filter, Template, ValueSlot
from desktop.printing.date_words import DateWords
from desktop.printing.text import Run, printable

Answer = Callable[[str], str | None]

_DATES: Final = (TypeName.DATE, TypeName.PARTIAL_DATE, TypeName.DATE_TIME)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """A filled template; `open_end` is the place whose dots shall run on to the margin."""

    runs: tuple[Run, ...]
    has_blanks: bool
    open_end: ValueSlot | None = None

    @property
    def closed_runs(self) -> tuple[Run, ...]:
        """The runs with the blank of an open end in its usual length, where no line can stretch it."""
        return (*self.runs, Run(text=self.open_end.blank)) if self.open_end else self.runs

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


def fill(template: Template, answer: Answer, *, italic: bool = False, rows: str = "") -> Filled:
    """Return the template with its places answered; `rows` names the field whose row is asked.

    Raises:
        PrintingError: text_too_long_to_print.
    """
    runs: list[Run] = []
    has_blanks = False
    last = len(template.parts) - 1
    for position, part in enumerate(template.parts):
        text = part if isinstance(part, str) else _shown(part, answer, rows)
        if isinstance(part, ValueSlot) and not text:
            has_blanks = True
            if part.stretches and position == last:
                return Filled(runs=tuple(runs), has_blanks=True, open_end=part)
            text = part.blank
        runs.append(Run(text=text, italic=italic))
    return Filled(runs=tuple(runs), has_blanks=has_blanks)


def _shown(place: ValueSlot, answer: Answer, rows: str) -> str:
    path = f"{rows}.{place.path}" if rows else place.path
    text = printable(answer(place.path) or "", limit=place.limit, path=path).strip()
    if place.type in _DATES and not set(place.filters) & set(_DATE_PARTS):
        date = DateWords.read(text)
        text = date.short() if date else text
    for name in place.filters:
        if name is Filter.UPPER:
            text = text.upper()
        elif name in _DATE_PARTS:
            text = _date_part(name, text)
    return text


def _date_part(name: Filter, text: str) -> str:
    """Return what a date filter makes of a text; of one that is no date, `date_long` keeps all and a part nothing."""
    date = DateWords.read(text)
    if date is None:
        return text if name is Filter.DATE_LONG else ""
    return _DATE_PARTS[name](date)


_DATE_PARTS: Final[Mapping[Filter, Callable[[DateWords], str]]] = {
    Filter.DATE_LONG: DateWords.long,
    Filter.DAY: lambda date: date.day,
    Filter.MONTH: lambda date: date.month,
    Filter.YEAR: lambda date: date.year,
    Filter.HOUR: lambda date: date.hour,
    Filter.MINUTE: lambda date: date.minute,
}
