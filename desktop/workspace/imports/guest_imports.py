"""Guest declarations into the register of declared guests."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Final

from desktop.domain.base.dates import moment_text
from desktop.domain.base.problems import Problem, Severity
from desktop.domain.log.operation import Json
from desktop.errors import DesktopError
from desktop.intake import workbooks
from desktop.intake.guest_files import GuestContext, read_guests
from desktop.storage import queries
from desktop.workspace.base.session import Session
from desktop.workspace.imports.imports import ImportSource, digest_of
from desktop.workspace.records import records

REGISTER: Final = "guest_stay"
LODGINGS: Final = "establishment"
_LODGINGS_AT_MOST: Final = 5_000


def read_file(
    session: Session, path: Path, *, lodging: str = "", lodging_name: str = "", declared_at: datetime | None = None
) -> ImportSource:
    """Read a guest declaration; `lodging` is the id or number of a business here, `lodging_name` the name of another.

    `declared_at` is when the lodging declared these guests, which no file says.

    Raises:
        DesktopError: record_unknown, record_ambiguous; IntakeError: file_unreadable and those of `read_guests`.
    """
    content = workbooks.read_file(path)
    context = GuestContext(
        nationalities=frozenset(code.value for code in session.library.code_lists["nationality"].codes),
        today=session.today(),
    )
    common: dict[str, Json] = {}
    if lodging:
        common["establishment"] = records.find(session, LODGINGS, lodging)
    elif lodging_name.strip():
        common["lodging_name"] = " ".join(lodging_name.split())
    if declared_at is not None:
        if declared_at > session.now():
            raise DesktopError("guest_declared_in_future")
        common["declared_at"] = moment_text(declared_at)
    return ImportSource(
        register=REGISTER,
        name=path.name,
        digest=digest_of(content),
        file=read_guests(content, context),
        common=common,
        reason="Nhập từ tệp khai báo lưu trú",
        known=_known,
    )


def lodgings(session: Session) -> tuple[tuple[str, str], ...]:
    """Return the lodgings in the register of businesses, by id and name, in the order of their names."""
    definition = session.library.registers[LODGINGS]
    rows = queries.list_records(
        session.database, definition, order_by="title", limit=_LODGINGS_AT_MOST, filters={"kind": "LT"}
    )
    return tuple((row.record, row.title) for row in rows)


def _known(session: Session, values: Mapping[str, Json]) -> Problem | None:
    """Return a note when this guest's arrival at this lodging is in the register."""
    number = values.get("doc_no")
    if isinstance(number, str):
        found = queries.same_value(session.database, REGISTER, "doc_no", number)
    else:
        same = {name: str(values.get(name)) for name in ("full_name", "arrived_on")}
        definition = session.library.registers[REGISTER]
        listed = queries.list_records(session.database, definition, filters=same, limit=10)
        found = tuple(row.record for row in listed)
    for record in found:
        stored = queries.read_row(session.database, session.library.registers[REGISTER], record) or {}
        if all(stored.get(name) == values.get(name) for name in ("arrived_on", "establishment", "lodging_name")):
            return Problem(code="guest_known", severity=Severity.WARNING)
    return None
