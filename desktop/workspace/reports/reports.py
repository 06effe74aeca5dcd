"""Reports of the station: made over a period, printed, written as XLSX, and kept as they were sent.

- A figure is its records first: `records_behind` opens the list of any cell.
- Figures that no register holds (the province's, what was planned) are entered with their source, or are not known.
- A sent report is frozen: its PDF, XLSX and JSON are stored by their digests and come back byte for byte.
- Making a paper or a file is written in the audit log.
"""

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

from desktop.domain.log.operation import Json
from desktop.domain.reports.bars import MOST_ROWS
from desktop.domain.reports.cells import cells, counted
from desktop.domain.reports.model import ReportDefinition
from desktop.domain.reports.periods import Period, PeriodKind, period_at
from desktop.domain.reports.results import Amount, ReportResult
from desktop.errors import DesktopError
from desktop.printing.report_paper import ReportPaper, render_report
from desktop.reports.json_form import report_json
from desktop.reports.records import Sources
from desktop.reports.small_cells import for_outside
from desktop.reports.tables import work_out
from desktop.reports.workbook import WorkbookMetadata, workbook
from desktop.sentences import Language, sentence
from desktop.storage import attachments, settings
from desktop.workspace.base.outside_files import Keep, in_memory
from desktop.workspace.base.session import Session
from desktop.workspace.papers import letterheads, printing
from desktop.workspace.records import records, revealing
from desktop.workspace.records.records import ListedRow

FileKind = Literal["pdf", "xlsx", "json"]
MEDIA_TYPES: Final[dict[FileKind, str]] = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}
LARGEST_FIGURE: Final = 1_000_000_000
_FROZEN: Final = "frozen_report."
_ENTERED: Final = "report_figure."


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportChoice:
    """A report that can be made, and the kind of period proposed for it."""

    id: str
    number: str
    label: str
    period: PeriodKind


@dataclass(frozen=True, slots=True, kw_only=True)
class FrozenReport:
    """A report as it was sent; `digests` are those of its files."""

    number: int
    report: str
    label: str
    first: dt.date
    last: dt.date
    frozen_at: dt.datetime
    officer: str
    is_for_outside: bool
    digests: dict[FileKind, str]


def choices(session: Session, *, language: Language = "vi") -> tuple[ReportChoice, ...]:
    """Return every report, indicators and tables, in the order of their numbers."""
    return tuple(
        ReportChoice(id=one.id, number=one.number, label=one.label.text(language), period=one.period)
        for one in session.definitions.reports().values()
    )


def definition_of(session: Session, name: str) -> ReportDefinition:
    """Raises DesktopError report_unknown."""
    known = session.definitions.reports()
    if name not in known:
        raise DesktopError("report_unknown", report=name, known=", ".join(known))
    return known[name]


def usual_period(session: Session, name: str, *, day: dt.date | None = None) -> Period:
    """Return the period that is proposed for a report: the one that a day (today) lies in."""
    return period_at(definition_of(session, name).period, day or session.today())


def make(session: Session, name: str, period: Period, *, is_for_outside: bool = False) -> ReportResult:
    """Work a report out over a period; for outside, small cells are hidden and no record is named.

    Raises:
        DesktopError: report_unknown.
    """
    definition = definition_of(session, name)
    result = work_out(
        definition,
        period,
        Sources(
            database=session.database,
            library=session.library,
            deadlines=session.definitions.deadlines,
            holidays=session.definitions.holidays,
            own_kind=session.station.kind,
        ),
        places=session.places,
        manual=lambda place, days: _entered(session, name, place, days),
        made_at=session.now(),
        station=session.station.id,
    )
    return for_outside(result) if is_for_outside else result


def records_behind(
    session: Session, result: ReportResult, table: str, row: str, column: str, *, is_whole: bool = False
) -> tuple[ListedRow, ...]:
    """Return the records of a cell, victims by their case code; `is_whole` those of its denominator."""
    for found in result.tables:
        places = [number for number, one in enumerate(found.columns) if one.id == column]
        for line in found.rows:
            if (found.definition.id, line.id) == (table, row) and places and places[0] < len(line.figures):
                figure = line.figures[places[0]]
                amount = figure.of if is_whole else figure.amount
                return tuple(records.listed_row(session, record) for record in (amount.records if amount else ()))
    return ()


# Files


def pdf(session: Session, result: ReportResult) -> bytes:
    """Return the report on paper, in Vietnamese, and write in the audit log that it was made.

    Raises:
        PrintingError: text_too_long_to_print.
    """
    around = ReportPaper(
        letterhead=letterheads.of_station(session),
        officer=session.officer.full_title,
        officer_name=session.officer.name,
        printed_at=result.made_at,
        log_code=printing.log_code(session),
        days=_days(result, "vi"),
        notes=tuple(_notes(result, "vi")),
        chart_cut=sentence("report_chart_cut", {"count": MOST_ROWS}, "vi"),
    )
    content = render_report(result, around)
    _log(session, "report_pdf", result)
    return content


def xlsx(session: Session, result: ReportResult, *, language: Language = "vi") -> bytes:
    """Return the report as a workbook, and write in the audit log that it was made."""
    letterhead = letterheads.of_station(session)
    agency = " – ".join(filter(None, (letterhead.agency_above, letterhead.agency)))
    around = WorkbookMetadata(agency=agency, officer=session.officer.full_title, notes=tuple(_notes(result, language)))
    content = workbook(result, around, language)
    _log(session, "report_xlsx", result)
    return content


def freeze(session: Session, result: ReportResult, keep: Keep = in_memory) -> FrozenReport:
    """Keep a report as it is sent, once `keep` has its files: they are stored and never made anew.

    Raises:
        PrintingError: text_too_long_to_print.
    """
    figures = json.dumps(report_json(result, "vi"), ensure_ascii=False, indent=2).encode()
    files: dict[FileKind, bytes] = {"pdf": pdf(session, result), "xlsx": xlsx(session, result), "json": figures}
    number = max((one.number for one in frozen_reports(session)), default=0) + 1
    keep({str(kind): content for kind, content in files.items()}, lambda: _enter_frozen(session, result, number, files))
    return frozen_report(session, number)


def _enter_frozen(session: Session, result: ReportResult, number: int, files: Mapping[FileKind, bytes]) -> None:
    with session.database.atomic():
        digests = {kind: attachments.add(session.database, files[kind], MEDIA_TYPES[kind]) for kind in files}
        kept: Json = {
            "report": result.definition.id,
            "label": f"{result.definition.number}. {result.definition.label.vi}",
            "first": result.period.first.isoformat(),
            "last": result.period.last.isoformat(),
            "frozen_at": session.now().isoformat(timespec="seconds"),
            "officer": session.officer.id,
            "for_outside": result.is_for_outside,
            "digests": {str(kind): digest for kind, digest in digests.items()},
        }
        settings.put(session.database, f"{_FROZEN}{number:06}", kept)
        _log(session, "report_frozen", result)


def frozen_reports(session: Session) -> tuple[FrozenReport, ...]:
    """Return the reports that were sent, the first one first."""
    stored = settings.all_settings(session.database)
    return tuple(
        _frozen(int(name.removeprefix(_FROZEN)), value)
        for name, value in sorted(stored.items())
        if name.startswith(_FROZEN) and isinstance(value, dict)
    )


def frozen_report(session: Session, number: int) -> FrozenReport:
    """Raises DesktopError frozen_report_unknown."""
    found = next((one for one in frozen_reports(session) if one.number == number), None)
    if found is None:
        raise DesktopError("frozen_report_unknown", number=number)
    return found


def frozen_file(session: Session, number: int, kind: FileKind) -> bytes:
    """Return a file of a sent report, byte for byte.

    Raises:
        DesktopError: frozen_report_unknown; RegistryError: attachment_damaged.
    """
    content = attachments.read(session.database, frozen_report(session, number).digests[kind])
    if content is None:
        raise DesktopError("frozen_report_unknown", number=number)
    return content


# Entered figures


def entered_places(session: Session, name: str) -> tuple[str, ...]:
    """Return the places of a report that a person fills in, such as `rate.k4.number` and `rate.k4.of`.

    Raises:
        DesktopError: report_unknown.
    """
    return tuple(place for place, _ in _manual_places(definition_of(session, name)))


def enter_figure(session: Session, name: str, place: str, period: Period, number: int, source: str) -> None:
    """Enter a figure of a period with its source; entering it again replaces it.

    Raises:
        DesktopError: report_unknown, report_place_unknown, report_number_wrong, report_source_missing.
    """
    known = entered_places(session, name)
    if place not in known:
        raise DesktopError("report_place_unknown", report=name, place=place, known=", ".join(known) or "–")
    if not 0 <= number <= LARGEST_FIGURE:
        raise DesktopError("report_number_wrong", largest=LARGEST_FIGURE)
    said = " ".join(source.split())
    if not said:
        raise DesktopError("report_source_missing")
    entry: Json = {"number": number, "source": said, "officer": session.officer.id}
    with session.database.atomic():
        settings.put(session.database, _entry_name(name, place, period), entry)
        revealing.log(session, "report_figure", document=f"{name} {place} {period.first} {period.last}")


def _entered(session: Session, name: str, place: str, period: Period) -> Amount:
    entry = settings.get(session.database, _entry_name(name, place, period))
    if not isinstance(entry, dict) or not isinstance(entry.get("number"), int):
        return Amount(number=None, is_manual=True)
    return Amount(number=Decimal(str(entry["number"])), source=str(entry.get("source") or ""), is_manual=True)


def _entry_name(name: str, place: str, period: Period) -> str:
    return f"{_ENTERED}{name}.{place}.{period.first}.{period.last}"


def _manual_places(definition: ReportDefinition) -> Iterator[tuple[str, str]]:
    """Yield each place to be filled in with the label of its row."""
    for table in definition.tables:
        for row, column in cells(table):
            cell = counted(table, row, column)
            place = ".".join(filter(None, (table.id, row.id, column.id if column else "")))
            if cell is not None and cell.is_manual:
                yield f"{place}.number", row.label.vi
            if cell is not None and cell.of is not None and cell.of.is_manual:
                yield f"{place}.of", row.label.vi


# Words


def _days(result: ReportResult, language: Language) -> str:
    return sentence("report_days", _ends(result.period, "first", "last"), language)


def _ends(period: Period, first: str, last: str) -> dict[str, str | int]:
    return {first: f"{period.first:%d/%m/%Y}", last: f"{period.last:%d/%m/%Y}"}


def _notes(result: ReportResult, language: Language) -> Iterator[tuple[str, str]]:
    """Yield what is said of the counting, each with its heading."""
    definition = result.definition

    def note(code: str, text: str) -> tuple[str, str]:
        return sentence(f"report_note_{code}", {}, language), text

    yield note("definition", definition.definition.text(language))
    if definition.target is not None:
        yield note("target", definition.target.text(language))
    if definition.legal_basis:
        yield note("basis", definition.legal_basis)
    if any(table.is_over_periods for table in result.tables):
        ends = {
            **_ends(result.year_to_date, "year_first", "year_last"),
            **_ends(result.last_year, "before_first", "before_last"),
        }
        yield note("days", sentence("report_note_days_text", ends, language))
    yield note("counted", sentence("report_note_counted_text", {"drafts": result.drafts}, language))
    signs = "report_note_outside_text" if result.is_for_outside else "report_note_signs_text"
    yield note("signs", sentence(signs, {}, language))
    for label, source in _sources(result, language):
        yield note("source", f"{label}: {source}")


def _sources(result: ReportResult, language: Language) -> Iterator[tuple[str, str]]:
    stated = set()
    for table in result.tables:
        for row in table.rows:
            for figure in row.figures:
                for amount in (figure.amount, figure.of):
                    if amount is not None and amount.source and (row.id, amount.source) not in stated:
                        stated.add((row.id, amount.source))
                        yield row.label.text(language), amount.source


def _log(session: Session, action: str, result: ReportResult) -> None:
    days = f"{result.period.first} {result.period.last}"
    revealing.log(session, action, document=f"{result.definition.id} {days}")


def _frozen(number: int, stored: dict[str, Json]) -> FrozenReport:
    digests = stored["digests"]
    known: tuple[FileKind, ...] = ("pdf", "xlsx", "json")
    return FrozenReport(
        number=number,
        report=str(stored["report"]),
        label=str(stored["label"]),
        first=dt.date.fromisoformat(str(stored["first"])),
        last=dt.date.fromisoformat(str(stored["last"])),
        frozen_at=dt.datetime.fromisoformat(str(stored["frozen_at"])),
        officer=str(stored["officer"]),
        is_for_outside=stored["for_outside"] is True,
        digests={kind: str(digests[kind]) for kind in known if isinstance(digests, dict) and kind in digests},
    )
