"""Documents as frozen objects, the parsed side of forms/documents/*.toml.

- A document is a list of blocks; nothing in it runs. Its texts are templates: words and places.
- A place names a field of the register (`absent_since`) or of a linked record (`person.full_name`), a fact of the
  letterhead (`letterhead.agency`) or of the printing (`printed.officer`). The loader has followed each one.
- A place without a value is printed as dots of a fitting length, so that the blank form is the same file.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from desktop.domain.base.problems import Label
from desktop.domain.definitions.model import Privacy, TypeName


class Filter(StrEnum):
    """How a value is turned before it is printed."""

    UPPER = "upper"
    DATE_LONG = "date_long"  # ngày 05 tháng 02 năm 2026
    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    HOUR = "hour"
    MINUTE = "minute"
    OR_DOTS = "or_dots"  # or_dots:12 says how many
    OR_NOTHING = "or_nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueSlot:
    """Where a value is printed.

    `blank` is printed when there is no value. A `stretches` blank at the end of a line runs on to the margin.
    `limit` is the most characters that are printed.
    """

    path: str
    type: TypeName
    filters: tuple[Filter, ...] = ()
    blank: str
    stretches: bool
    limit: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """Words and places, in order."""

    parts: tuple[str | ValueSlot, ...]

    def places(self) -> Iterator[ValueSlot]:
        return (part for part in self.parts if isinstance(part, ValueSlot))


@dataclass(frozen=True, slots=True, kw_only=True)
class NationalHeader:
    """Agency lines left, quốc hiệu and tiêu ngữ right; `note_marks` are the raised (1) (2) after the agency lines.

    `left` is in place of the agency on a form that others fill in.
    """

    note_marks: tuple[int, ...] = ()
    left: tuple[Template, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberAndDate:
    """`Số: 05/BB-CAX` left, `Mường Nhé, ngày 05 tháng 02 năm 2026` right; `number` is a field that holds all of it.

    Without a symbol there is no number.
    """

    symbol: str
    date: Template | None = None
    number: Template | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """The name of the document, what it is about, and the frame for a photo to be glued on."""

    text: str
    summary: Template | None = None
    photo: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A bold line over what follows; flush left, or centred."""

    text: str
    centred: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldLine:
    """A label and its value. Lines whose widths (percent) sum to 100 or less share one line of the page.

    `boxes` cells take one character each; `blank_lines` are the dotted lines of a missing value.
    """

    number: int | None
    label: str
    value: Template
    note_mark: int | None = None
    width: int = 100
    boxes: int = 0
    blank_lines: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldLines:
    """Lines of label and value."""

    items: tuple[FieldLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TextBlock:
    """A paragraph of the body; italic for the grounds a document rests on. `blank_lines` as in a field."""

    text: Template
    italic: bool = False
    blank_lines: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class TickChoice:
    """One box to tick."""

    value: str
    label: str
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None

    def is_valid_on(self, day: dt.date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True, kw_only=True)
class Checklist:
    """All answers of a coded field, the chosen ones ticked; those `without` is about are never printed."""

    number: int | None
    label: str
    path: str
    choices: tuple[TickChoice, ...]
    columns: int = 2
    without: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class TableColumn:
    """One column; the places of `value` are fields of the row. Widths are shares of the page."""

    label: str
    value: Template
    width: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EveryAnswer:
    """A column whose every answer has its row: the ones nobody answered are there to be filled in by hand.

    Rows whose answer is among the labels `without` are never printed.
    """

    column: str
    choices: tuple[TickChoice, ...]
    without: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class RowsTable:
    """A table; at least `blank_rows` rows are drawn, the missing ones empty.

    `path` is a rows field; `victim_support.case` are the records of that register whose `case` links to this record,
    and an empty path is this record itself as the one row.
    """

    number: int | None
    label: str
    path: str
    columns: tuple[TableColumn, ...]
    counted: bool = True
    blank_rows: int = 2
    each: EveryAnswer | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """Who signs: the date line above, the title lines, the hint, and the name below the room to sign in."""

    title: tuple[Template, ...]
    hint: tuple[str, ...] = ()
    name: Template | None = None
    date: Template | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Signatures:
    """One to three signers side by side; `recipients` are under `Nơi nhận`, left of one signer or below several."""

    signers: tuple[Signer, ...]
    recipients: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NotesBlock:
    """Small print at the end, under the word `Chú thích`."""

    items: tuple[str, ...]


Block = (
    NationalHeader
    | NumberAndDate
    | Title
    | Heading
    | FieldLines
    | TextBlock
    | Checklist
    | RowsTable
    | Signatures
    | NotesBlock
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentDefinition:
    """A printed form. `privacy` is at least that of its most private place: P4 prints who held which copy.

    Without a register it is printed blank only. `version` grows when the form changes: the QR of a paper names it.
    """

    id: str
    label: Label
    register: str
    privacy: Privacy
    verified: bool
    blocks: tuple[Block, ...]
    version: int = 1
    landscape: bool = False
    form_note: str = ""
    legal_basis: str = ""
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None

    def is_valid_on(self, day: dt.date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)
