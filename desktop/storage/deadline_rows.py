"""The records of a register whose deadlines may be running: few columns of few rows, found by the database.

- A record is a candidate when, for one of the chances given, its event is answered early enough and its end is not.
  Whoever asks looks at each again: a chance may let through what does not run, never keep back what does.
- Records come with what the deadlines read and nothing else; those with one of the statuses left out do not come.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from desktop.domain.definitions.model import FormDefinition
from desktop.domain.log.operation import Json
from desktop.storage.database import Database, SqlValue
from desktop.storage.register_tables import RegisterTable, column, table_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Chance:
    """An event (the first of its stored fields that is answered) between two stored forms, and a field not answered.

    Without fields the event is worked out and every record has the chance.
    """

    event: tuple[str, ...] = ()
    first: str | None = None
    last: str | None = None
    unless: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineRow:
    """A candidate: `values` holds the fields asked for that are answered."""

    record: str
    record_no: str
    station: str
    status: str
    values: dict[str, Json]


def candidates(
    db: Database,
    definition: FormDefinition,
    needed: FormDefinition,
    chances: Sequence[Chance],
    *,
    without: Collection[str] = (),
) -> Iterator[DeadlineRow]:
    """Yield the records with a chance; `needed` is the definition cut down to the fields that are wanted."""
    if not chances:
        return
    whole = table_of(db, definition)
    wanted = RegisterTable(needed)
    bound: list[SqlValue] = [definition.id, *without]
    conditions = []
    for chance in chances:
        condition, values = _condition(whole, chance)
        conditions.append(condition)
        bound += values
    rows = db.iterate_rows(
        "SELECT ix.record, ix.record_no, ix.station, ix.status, "  # noqa: S608  checked names, bound values
        f"{wanted.columns} FROM record_index AS ix JOIN {whole.name} AS row ON row._number = ix.number"
        f" WHERE ix.register = ? AND ix.status NOT IN ({', '.join('?' * len(without))})"
        f" AND ({' OR '.join(conditions)})",
        tuple(bound),
    )
    for record, record_no, station, status, *cells in rows:
        yield DeadlineRow(
            record=record, record_no=record_no, station=station, status=status, values=wanted.values_of(tuple(cells))
        )


def _condition(table: RegisterTable, chance: Chance) -> tuple[str, list[SqlValue]]:
    names = [f"row.{column(table.field(name))}" for name in chance.event]
    event = f"COALESCE({', '.join([*names, 'NULL'])})"
    condition, bound = f"{event} IS NOT NULL" if names else "TRUE", list[SqlValue]()
    for sign, limit in ((">=", chance.first), ("<=", chance.last)):
        if names and limit is not None:
            condition += f" AND {event} {sign} ?"
            bound.append(limit)
    if chance.unless is not None:
        condition += f" AND row.{column(table.field(chance.unless))} IS NULL"
    return f"({condition})", bound
