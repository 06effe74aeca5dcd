"""Every register in the sidebar takes a record by keys alone: Enter from field to field, Ctrl+S, found in its list."""

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from desktop.demo import people, sample_year
from desktop.demo.demo_station import DemoStation
from desktop.domain.definitions.model import LINKS, FieldDefinition, TypeName
from desktop.domain.log.operation import Json
from desktop.domain.values.field_types import format_value
from desktop.workspace.base.definitions import read_definitions
from desktop.workspace.base.session import Session
from desktop.workspace.records import records, saving, titles
from tests.conftest import PASSPHRASE, World
from tests.forms.shipped_basics import ENVELOPE
from tests.forms.shipped_data_duties import DATA_DUTIES, GUEST_STAY

EXACT = {
    TypeName.TEXT,
    TypeName.LONG_TEXT,
    TypeName.DATE,
    TypeName.PARTIAL_DATE,
    TypeName.DATE_TIME,
    TypeName.INTEGER,
    TypeName.DECIMAL,
    TypeName.YES_NO,
    TypeName.CODE,
    TypeName.PASSPORT,
}
SAVING = 2  # Ctrl and S
# Keys a field beyond the answers when one goes through the whole form by Enter, over all that is not answered, too, and
# no field goes on by itself; a form of which few fields are answered costs more. test_keystrokes.py counts an officer
# who leaps.
MOST_EXTRA = {
    "person": 3.3,
    "absence": 4.2,
    "returned_victim": 3.6,
    "residence_check": 2.0,
    "victim_support": 3.9,
    "tip": 2.9,
    "patrol": 5.4,
    "establishment": 3.0,
    "establishment_check": 2.4,
    "overseas_work": 4.6,
    "outreach": 2.8,
    "tip_box": 3.0,
    "campaign": 1.5,
    "periodic_report": 1.5,
    "data_request": 1.2,
    "data_breach": 1.3,
    "border_suspension": 1.3,
    "guest_stay": 1.2,
}
RAIL = sorted(
    (found for found in read_definitions().library.registers.values() if found.rail is not None),
    key=lambda found: found.rail or 0,
)


@pytest.fixture
def desk(commune: Session, tmp_path: Path, world: World, qapp: QApplication) -> Iterator[DemoStation]:
    prepared = sample_year._Year(commune, 5)
    prepared.add("person", people.person(prepared.chance))
    prepared.add("establishment", prepared.establishment(0, "LT"))
    prepared.add("returned_victim", people.victim(prepared.chance, prepared.end))
    commune.close()
    opened = DemoStation(commune.folder, tmp_path / "pictures", world.environment)
    opened.unlock(PASSPHRASE)
    yield opened
    opened.close()
    opened.program.window.deleteLater()  # or every later window dresses this one, too
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def given(register: str, session: Session) -> dict[str, Json]:
    """Return the values of one made-up record of a register."""
    made = sample_year._Year(session, 9)
    case = records.list_records(session, "returned_victim").rows[0].record
    place = records.list_records(session, "establishment").rows[0].record
    day = made.end.isoformat()
    makers: dict[str, Callable[[], dict[str, Json]]] = {
        "person": lambda: people.person(made.chance, gender="F"),
        "absence": lambda: people.absence(random.Random(2), made.end),
        "returned_victim": lambda: people.victim(made.chance, made.end),
        "residence_check": lambda: made.residence_check(1),
        "victim_support": lambda: made.support(case, "a"),
        "tip": lambda: made.tip(2),
        "patrol": lambda: made.patrol(1),
        "establishment": lambda: made.establishment(1, "KR"),
        "establishment_check": lambda: made.check(place),
        "overseas_work": lambda: made.overseas(1),
        "outreach": lambda: made.outreach(1),
        "tip_box": lambda: made.tip_box(1),
        "campaign": lambda: sample_year._campaign(made.end),
        "periodic_report": lambda: made.monthly_report(1),
        "guest_stay": lambda: {**GUEST_STAY, "establishment": place},
    }
    if register in makers:
        return makers[register]()
    own = {name: value for name, value in DATA_DUTIES[register].items() if name not in ENVELOPE}
    return {**own, "occurred_at": f"{day}T08:00+07:00", "source_of_information": "RA_SOAT"}


def typed(session: Session, field: FieldDefinition, value: Json) -> str:  # noqa: PLR0911  one line a kind
    """Return the keys that enter a value; a person and a record are entered by their number."""
    context = titles.value_context(session, "vi").values
    match field.type:
        case TypeName.YES_NO:
            return "c" if value else "k"
        case TypeName.CODE:
            return str(value)
        case TypeName.CODES:
            return str(value[0]) if isinstance(value, list) else ""
        case TypeName.ADDRESS:
            return "sin thau"
        case TypeName.ROWS:
            first = field.fields[0]
            row = value[0] if isinstance(value, list) else {}
            return format_value(row.get(first.id), first, context) if isinstance(row, dict) else ""
        case _ if field.type in LINKS:
            return records.read(session, str(value)).record_no
        case _:
            return format_value(value, field, context)


@pytest.mark.parametrize("register", [found.id for found in RAIL])
def test_a_record_is_entered_by_keys_alone(
    desk: DemoStation, register: str, record_property: Callable[[str, object], None]
) -> None:
    definition = read_definitions().library.registers[register]

    wanted: dict[str, Json] = {}

    def keys(session: Session) -> dict[str, str]:
        values = given(register, session)
        person = values.get("person")
        if isinstance(person, dict):
            known = saving.save_given(session, "person", person)
            values["person"] = known.record
        wanted.update(values)
        return {
            field.id: typed(session, field, values[field.id])
            for field in definition.fields()
            if values.get(field.id) is not None
            and (field.default in {None, "now"})
            and (field.type is not TypeName.ROWS or field.required)
        }

    answers = desk.act(keys)
    form = desk.begin(register)
    begun = desk.hand.keys
    desk.hand.fill(form, answers)
    typed_signs = sum(len(text) for text in answers.values())
    passed = desk.hand.keys - begun - typed_signs

    record = desk.save(form)
    extra = (passed + SAVING) / len(answers)
    record_property(
        "keystrokes", f"{register}: {len(answers)} fields, {typed_signs} signs, {passed + SAVING} other keys"
    )
    assert extra <= MOST_EXTRA[register], f"{extra:.2f} keys a field beyond the answers"

    stored = desk.ask(records.read, record).values
    assert set(answers) <= set(stored)
    for field in definition.fields():
        if field.id in answers and field.type in EXACT:
            assert stored[field.id] == wanted[field.id], field.id
    desk.register(register)
    assert record in {row.record for row in desk.ask(records.list_records, register).rows}
