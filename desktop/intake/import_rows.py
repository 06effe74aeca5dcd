"""What a file that is brought in says, row by row: what can be taken, what is left out, what is refused, and why.

- A row is named by its number in the file: the line of a sheet, or the position of the guest in an XML file.
- Notes carry codes, columns and numbers, never the content of a cell.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from desktop.domain.log.operation import Json

WHOLE_FILE: Final = 0
"""The row of a note that is about the file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowNote:
    """Why a row was skipped, refused or is doubtful; its sentence is that of the code."""

    row: int
    code: str
    context: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadRow:
    """A row that can be taken: stored values by field id."""

    row: int
    values: Mapping[str, Json]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadFile:
    """A whole file: `kind` is its dialect. A refused row may have several notes; it is counted once."""

    kind: str
    rows: tuple[ReadRow, ...]
    skipped: tuple[RowNote, ...] = ()
    refused: tuple[RowNote, ...] = ()
    warnings: tuple[RowNote, ...] = ()

    @property
    def read(self) -> int:
        """How many rows were read: those taken, skipped and refused."""
        return len(self.rows) + len({note.row for note in (*self.skipped, *self.refused)})
