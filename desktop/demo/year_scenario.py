"""The second half of the demo: a year's records at two posts, gathered at the province, on paper and in figures."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Final

from desktop.demo import sample_year
from desktop.demo.demo_station import DemoStation
from desktop.workspace.base.session import Session
from desktop.workspace.deadlines import deadlines
from desktop.workspace.papers import printing, register_books
from desktop.workspace.records import records
from desktop.workspace.reports import reports

REPORTS: Final = ("table_1", "table_2", "table_3", "table_5", "k10", "k13")


def play(
    papers: Path,
    commune: DemoStation,
    border: DemoStation,
    province: DemoStation,
    carry: Callable[[DemoStation, DemoStation, str], str],
) -> list[str]:
    """Enter, carry, print and count; return what to say of it.

    Raises:
        DesktopError: demo_stuck, with what was waited for.
    """
    entered = [commune.act(sample_year.fill_commune), border.act(sample_year.fill_border)]
    count = sum(sum(counts.values()) for counts in entered)
    for register in ("tip", "patrol", "establishment"):
        desk = border if register == "patrol" else commune
        desk.register(register).list.mark_first()
        desk.idle()
        desk.hand.picture(f"year-{register}")
    commune.show("today")
    commune.idle()
    commune.hand.picture("year-today")
    verdicts = [carry(desk, province, f"year-of-{name}") for name, desk in (("commune", commune), ("border", border))]
    due = commune.ask(deadlines.due_list)
    printed = [desk.ask(_print_all, papers) for desk in (commune, border)]
    made = province.ask(_report_all, papers)
    return [
        f"9. A made-up year was entered at both posts ({count} records) and sent: {', '.join(verdicts)}.",
        f"10. {len(due.deadlines)} deadlines of the commune are due or overdue; each names its law.",
        f"11. {sum(printed)} documents and a register book were printed, {made} reports made as PDF and XLSX.",
    ]


def _print_all(session: Session, folder: Path) -> int:
    """Print one of each document of which there is a record here, and the book of the fullest register."""
    count = 0
    for document in session.definitions.documents.values():
        if not document.register:
            blank = printing.print_blank(session, document.id)
            (folder / f"{session.station.kind}_blank_{document.id}.pdf").write_bytes(blank.pdf)
            continue
        page = records.list_records(session, document.register, limit=1)
        if page.rows and document.is_valid_on(session.today()):
            printed = printing.print_document(session, document.id, page.rows[0].record)
            (folder / f"{session.station.kind}_{document.id}.pdf").write_bytes(printed.pdf)
            count += 1
    counts = records.counts(session)
    fullest = max(counts, key=lambda register: counts[register])
    book = register_books.print_book(session, fullest, date(session.today().year, 1, 1), session.today())
    (folder / f"{session.station.kind}_book_{fullest}.pdf").write_bytes(book.pdf)
    return count


def _report_all(session: Session, folder: Path) -> int:
    for name in REPORTS:
        result = reports.make(session, name, reports.usual_period(session, name))
        (folder / f"report_{name}.pdf").write_bytes(reports.pdf(session, result))
        (folder / f"report_{name}.xlsx").write_bytes(reports.xlsx(session, result))
    return len(REPORTS)
