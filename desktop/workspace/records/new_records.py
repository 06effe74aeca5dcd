"""What a new record starts with: the defaults of its form, its number, a victim's case code."""

from collections.abc import Mapping

from desktop.domain.definitions.model import FieldDefinition, FormDefinition
from desktop.domain.log.operation import Json
from desktop.domain.values import field_types as field_values
from desktop.workspace.base.session import Session
from desktop.workspace.records.records import definition_of
from desktop.workspace.station.registry import record_number


def new_values(session: Session, register: str) -> dict[str, Json]:
    """Return what a new record's form starts with: the defaults of its definition."""
    definition = definition_of(session, register)
    return {
        field.id: value
        for field in definition.fields()
        if field.computed is None and (value := _default(session, field)) is not None
    }


def own_values(
    session: Session, definition: FormDefinition, wanted: Mapping[str, Json], *, ahead: int = 0
) -> tuple[str, dict[str, Json]]:
    """Return a new record's number, and the case code where the register has one."""
    number = record_number(session, definition, ahead=ahead)
    if definition.field("case_code") is None or wanted.get("case_code"):
        return number, {}
    unit = session.station.id.partition("-")[2]
    return number, {"case_code": f"{definition.number}-{unit}-{number.removeprefix(definition.number + '-')}"}


def _default(session: Session, field: FieldDefinition) -> Json:
    return field_values.default_value(
        field,
        today=session.today(),
        now=session.now(),
        officer=session.officer.id,
        unit={"province": session.station.province, "commune": session.station.commune or ""},
        unit_name=session.station.name,
    )
