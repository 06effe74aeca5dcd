"""What a file says of itself: whose it is, who made it, when, why, and what was left out."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from desktop.sentences import Language, sentence
from desktop.workspace.base.session import Session
from desktop.workspace.exports.export_columns import LeftOut
from desktop.workspace.exports.export_log import ExportEntry
from desktop.workspace.records import records


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportMetadata:
    """An export as its own file describes it."""

    entry: ExportEntry
    left_out: tuple[LeftOut, ...]
    conflicts: int


def metadata_lines(
    session: Session, language: Language, about: ExportMetadata, *, first: dt.date | None, last: dt.date | None
) -> tuple[tuple[str, str], ...]:
    """Return each fact with its heading."""
    return tuple(_lines(session, language, about, first, last))


def _lines(
    session: Session, language: Language, about: ExportMetadata, first: dt.date | None, last: dt.date | None
) -> Iterator[tuple[str, str]]:
    entry = about.entry

    def line(code: str, text: str) -> tuple[str, str]:
        return sentence(f"export_about_{code}", {}, language), text

    yield line("station", f"{session.station.name} ({session.station.id})")
    yield line("officer", session.officer.full_title)
    yield line("made_at", f"{session.now():%H:%M %d/%m/%Y}")
    yield line("number", str(entry.number))
    yield line("register", records.definition_of(session, entry.register).label.text(language))
    if first or last:
        ends = [f"{day:%d/%m/%Y}" if day else "…" for day in (first, last)]
        yield line("days", " – ".join(ends))
    yield line("records", str(entry.records))
    if about.conflicts:
        yield line("conflicts", sentence("export_about_conflicts_text", {"count": about.conflicts}, language))
    if entry.purpose:
        yield line("purpose", entry.purpose)
    if entry.reveal:
        yield line("reveal", entry.reveal)
    if entry.approval is not None:
        approver = records.officer_name(session, entry.approval.officer)
        yield line("approval", f"{approver} – {entry.approval.paper}")
    for one in about.left_out:
        yield line("left_out", f"{one.label}: {sentence(one.why, {}, language)}")
    yield line("care", sentence("export_about_care_text", {}, language))
