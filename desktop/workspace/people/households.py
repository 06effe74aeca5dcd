"""Who lives with a person, as far as the register of people says: a hint for an officer, never a fact.

- A household has one head: whoever names the same number as the head's, and the head.
- Else the same permanent address, to the house: a hamlet alone is a village, not a household.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from desktop.domain.log.operation import Json
from desktop.domain.names.names import fold
from desktop.storage import queries
from desktop.workspace.base.session import Session
from desktop.workspace.records import records, titles

REGISTER: Final = "person"
MOST_SHOWN: Final = 50


class Ground(StrEnum):
    """Why somebody is thought to live there."""

    HEAD = "head"
    ADDRESS = "address"


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdMember:
    """Another person of the household; `relation` is to its head, as entered."""

    record: str
    record_no: str
    title: str
    relation: str
    ground: Ground


def household(session: Session, person: str, *, language: str = "vi") -> tuple[HouseholdMember, ...]:
    """Return the others of a person's household, those with the same head first. Raises DesktopError record_unknown."""
    values = records.read(session, person).values
    context = titles.value_context(session, language)
    relation = records.definition_of(session, REGISTER).field("relation_to_head")
    grounds: dict[str, Ground] = {}
    for record in _of_head(session, values):
        grounds.setdefault(record, Ground.HEAD)
    for record in _of_address(session, values):
        grounds.setdefault(record, Ground.ADDRESS)
    grounds.pop(person, None)
    members = []
    for record, ground in list(grounds.items())[:MOST_SHOWN]:
        view = records.read(session, record)
        members.append(
            HouseholdMember(
                record=record,
                record_no=view.record_no,
                title=titles.record_title(session, record, context.titles),
                relation=titles.shown(relation, view.values.get("relation_to_head"), context),
                ground=ground,
            )
        )
    return tuple(members)


def _of_head(session: Session, values: Mapping[str, Json]) -> Iterator[str]:
    head = values.get("household_head_id")
    own = values.get("personal_id")
    if isinstance(head, str):
        yield from queries.same_value(session.database, REGISTER, "personal_id", head)
        yield from queries.same_value(session.database, REGISTER, "household_head_id", head)
    if isinstance(own, str):
        yield from queries.same_value(session.database, REGISTER, "household_head_id", own)


def _of_address(session: Session, values: Mapping[str, Json]) -> Iterator[str]:
    house = _house(values.get("perm_addr"))
    if house is None:
        return
    for record, address in queries.of_commune(session.database, REGISTER, "perm_addr", house[0]):
        if _house(address) == house:
            yield record


def _house(address: Json) -> tuple[str, str, str] | None:
    """Return commune, hamlet and house; None for an address that does not lead to one house."""
    if not isinstance(address, dict):
        return None
    commune, hamlet, detail = (fold(str(address.get(part) or "")) for part in ("commune", "hamlet", "detail"))
    return (commune, hamlet, detail) if commune and detail else None
