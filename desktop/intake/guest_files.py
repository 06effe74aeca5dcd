"""The Ministry's guest declarations, in the dialects lodgings write: XML, two official sheets, a province's table.

- What a column holds is said by its head, wherever it is; the names of sheets and the numbers of rows only say
  which dialect it is.
- Sample rows and hints of the templates are skipped and reported. The portal always skips row 4 of the sheet of
  Vietnamese guests; we read a guest who is there, and report it.
- A file in which no guest was read is refused, never a success with nothing in it.
- Of a guest only what identifies and places the stay is read; address, telephone and reason stay in the file.
"""

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from desktop.domain.log.operation import Json
from desktop.domain.names.names import fold
from desktop.errors import IntakeError
from desktop.intake import guest_values, guest_xml
from desktop.intake.guest_values import Day, Doubts, Refusal, plain
from desktop.intake.import_rows import ReadFile, ReadRow, RowNote
from desktop.intake.workbooks import Cell, SheetRows, read_sheets

XML, FOREIGN_SHEET, VIETNAMESE_SHEET, PROVINCIAL = "XML", "KBTT", "VN", "TINH"
GUESTS_AT_MOST: Final = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class GuestContext:
    """What reading needs to know: the codes of nationalities, and what day it is."""

    nationalities: frozenset[str]
    today: dt.date


def read_guests(content: bytes, context: GuestContext) -> ReadFile:
    """Read a file of guests, whatever its dialect; values are those of the register `guest_stay`.

    Raises:
        IntakeError: guest_file_unknown, guest_file_empty, guest_file_too_many, those of `guest_xml.read` and of
            `workbooks.read_sheets`.
    """
    if guest_xml.is_xml(content):
        found = guest_xml.read(content)
        reading = _RowCollector(XML, context, list(found.repaired))
        reading.take(found.guests)
    else:
        table = _table_of(read_sheets(content))
        reading = _RowCollector(table.kind, context)
        reading.take(table.guests())
    return reading.done()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Table:
    """A sheet whose heads were found: what each column holds, and where the guests begin."""

    kind: str
    columns: Mapping[str, int]
    head: int
    rows: tuple[tuple[Cell, ...], ...]

    def guests(self) -> Iterator[tuple[int, Mapping[str, Cell]]]:
        for number, row in enumerate(self.rows[self.head :], start=self.head + 1):
            cells = {name: row[place] if place < len(row) else None for name, place in self.columns.items()}
            if any(plain(cell) for name, cell in cells.items() if name != "number"):
                yield number, cells


class _RowCollector:
    """Gathers the rows of one file."""

    def __init__(self, kind: str, context: GuestContext, warnings: list[RowNote] | None = None) -> None:
        self._kind = kind
        self._context = context
        self._rows: list[ReadRow] = []
        self._skipped: list[RowNote] = []
        self._refused: list[RowNote] = []
        self._warnings = warnings or []
        self._seen: dict[tuple[str, ...], int] = {}

    def take(self, guests: Iterator[tuple[int, Mapping[str, Cell]]] | Sequence[tuple[int, Mapping[str, Cell]]]) -> None:
        for count, (row, cells) in enumerate(guests, start=1):
            if count > GUESTS_AT_MOST:
                raise IntakeError("guest_file_too_many", limit=GUESTS_AT_MOST)
            self._take(row, cells)

    def done(self) -> ReadFile:
        """Raises IntakeError guest_file_empty."""
        found = ReadFile(
            kind=self._kind,
            rows=tuple(self._rows),
            skipped=tuple(self._skipped),
            refused=tuple(self._refused),
            warnings=tuple(self._warnings),
        )
        if found.read == 0:
            raise IntakeError("guest_file_empty")
        return found

    def _take(self, row: int, cells: Mapping[str, Cell]) -> None:
        if any(map(guest_values.is_sample, cells.values())):
            self._skipped.append(RowNote(row=row, code="guest_sample_row"))
            return
        if any(guest_values.is_hint(cells.get(name)) for name in ("dob", "arrived")):
            self._skipped.append(RowNote(row=row, code="guest_hint_row"))
            return
        doubts = Doubts()
        try:
            values = self._values(cells, doubts)
        except Refusal as refusal:
            self._refused.append(RowNote(row=row, code=refusal.code, context={"column": refusal.column}))
            return
        first = self._seen.setdefault(_identity(values), row)
        if first != row:
            self._skipped.append(RowNote(row=row, code="guest_twice", context={"first": first}))
            return
        if self._kind == VIETNAMESE_SHEET and row == _SKIPPED_BY_PORTAL:
            doubts.add("guest_row_4", "")
        self._rows.append(ReadRow(row=row, values=values))
        self._warnings += [
            RowNote(row=row, code=code, context={"column": column} if column else {}) for code, column in doubts.found
        ]

    def _values(self, cells: Mapping[str, Cell], doubts: Doubts) -> dict[str, Json]:
        today = self._context.today
        name = plain(cells.get("full_name"))
        if not name:
            raise Refusal("guest_name_missing", _column("full_name"))
        is_foreign_file = self._kind in {XML, FOREIGN_SHEET}
        kind = "HC" if is_foreign_file else guest_values.document_kind(cells.get("doc_type"))
        country = guest_values.nationality(
            cells.get("nationality") or (None if is_foreign_file else guest_values.VIETNAMESE),
            self._context.nationalities,
            _column("nationality"),
            doubts,
        )
        if is_foreign_file and country == guest_values.VIETNAMESE:
            doubts.add("guest_vietnamese_among_foreigners", _column("nationality"))
        arrived = guest_values.day(cells.get("arrived"), _column("arrived"), doubts)
        if arrived is None:
            raise Refusal("guest_arrival_missing", _column("arrived"))
        if arrived.date > today:
            doubts.add("guest_arrives_in_future", _column("arrived"))
        values: dict[str, Json] = {
            "full_name": name,
            "dob": guest_values.birth(cells.get("dob"), cells.get("dob_precision"), _column("dob"), doubts, today),
            "gender": guest_values.gender(cells.get("gender"), _column("gender"), doubts),
            "nationality": country,
            "doc_type": kind,
            "doc_no": guest_values.document_number(cells.get("doc_no"), kind, _column("doc_no"), doubts),
            "room_no": plain(cells.get("room_no"))[:40] or None,
            "arrived_on": arrived.date.isoformat(),
            "arrived_at": arrived.moment,
            "leaves_on": self._later(cells, "leaves", arrived, doubts),
            "left_on": self._later(cells, "left", arrived, doubts),
            "permitted_until": self._later(cells, "permitted", None, doubts),
            "declared_by": self._kind,
        }
        return {field: value for field, value in values.items() if value is not None}

    @staticmethod
    def _later(cells: Mapping[str, Cell], name: str, arrived: Day | None, doubts: Doubts) -> str | None:
        found = guest_values.day(cells.get(name), _column(name), doubts)
        if found is None:
            return None
        if arrived is not None and found.date < arrived.date:
            raise Refusal("guest_leaves_before_arrival", _column(name))
        return found.date.isoformat()


_SKIPPED_BY_PORTAL: Final = 4
_HEAD_WITHIN: Final = 15
_HEADS_NEEDED: Final = 4
_HEADS: Final[Mapping[str, tuple[str, ...]]] = {
    "number": ("stt", "so thu tu"),
    "full_name": ("ho ten", "ho va ten", "ho ten khach", "ho va ten khach", "ten khach", "full name"),
    "dob": ("ngay sinh", "ngay thang nam sinh", "nam sinh"),
    "dob_precision": ("ngay sinh dung den",),
    "gender": ("gioi tinh",),
    "nationality": ("ma quoc tich", "quoc tich"),
    "doc_type": ("loai giay to",),
    "doc_no": ("so ho chieu", "so giay to", "so cccd", "so dinh danh", "cccd", "cmnd cccd", "so cmnd cccd"),
    "room_no": ("so phong", "so phong khoa", "phong"),
    "arrived": ("ngay den", "ngay luu tru", "ngay nhan phong"),
    "leaves": ("ngay di du kien", "thoi gian du kien tam tru tai cslt", "ngay di"),
    "left": ("ngay tra phong",),
    "permitted": ("thoi han duoc phep tam tru tai viet nam", "thoi han tam tru"),
}
_NAMED: Final = {head: name for name, heads in _HEADS.items() for head in heads}
_NOT_A_WORD: Final = re.compile(r"[^a-z0-9]+")
_COLUMNS: Final = {
    "full_name": "HỌ TÊN",
    "dob": "NGÀY SINH",
    "gender": "GIỚI TÍNH",
    "nationality": "QUỐC TỊCH",
    "doc_no": "SỐ GIẤY TỜ",
    "arrived": "NGÀY ĐẾN",
    "leaves": "NGÀY ĐI DỰ KIẾN",
    "left": "NGÀY TRẢ PHÒNG",
    "permitted": "THỜI HẠN TẠM TRÚ",
}


def _column(name: str) -> str:
    """Return what a message calls a column: the head of the official templates."""
    return _COLUMNS[name]


def _table_of(sheets: Sequence[SheetRows]) -> _Table:
    """Return the first sheet with the heads of a guest list. Raises IntakeError guest_file_unknown."""
    for sheet in sheets:
        for number, row in enumerate(sheet.rows[:_HEAD_WITHIN], start=1):
            columns = _columns_of(row)
            if len(columns) >= _HEADS_NEEDED and {"full_name", "arrived"} <= columns.keys():
                return _Table(kind=_kind(sheet.name, columns, number), columns=columns, head=number, rows=sheet.rows)
    raise IntakeError("guest_file_unknown")


def _columns_of(row: Sequence[Cell]) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, cell in enumerate(row):
        name = _NAMED.get(_NOT_A_WORD.sub(" ", fold(plain(cell))).strip())
        if name is not None:
            found.setdefault(name, place)
    return found


def _kind(sheet: str, columns: Mapping[str, int], head: int) -> str:
    name = fold(sheet).upper()
    if name == "KBTT":
        return FOREIGN_SHEET
    if name.startswith("DS_KHACH_VIET_NAM"):
        return VIETNAMESE_SHEET
    if head >= 5:
        return PROVINCIAL
    return VIETNAMESE_SHEET if "doc_type" in columns else FOREIGN_SHEET


def _identity(values: Mapping[str, Json]) -> tuple[str, ...]:
    """Return what makes two rows one guest's one arrival."""
    number = str(values.get("doc_no") or "")
    who = number or f"{fold(str(values['full_name']))} {values.get('dob') or ''}"
    return (who, str(values["arrived_on"]))
