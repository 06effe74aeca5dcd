"""Records of a register that no definition here knows: kept, found, shown as stored, and a look at one is logged."""

from collections.abc import Callable

import pytest

from desktop.errors import DesktopError
from desktop.storage import audit_log
from desktop.workspace.base.definitions import definitions_of, own_forms
from desktop.workspace.base.session import Session
from desktop.workspace.imports.form_import import FormImportRequest, import_form
from desktop.workspace.records import records, revealing, saving
from desktop.workspace.station.registry import open_registry
from tests.conftest import PASSPHRASE, World
from tests.intake.xlsform.sheets import form

GIVEN = {
    "name": "Lò Thị Mẩy",
    "crop": "Ngô",
    "occurred_at": "2026-11-20T08:00+07:00",
    "source_of_information": "RA_SOAT",
}


@pytest.fixture
def kept(commune: Session, world: World, open_station: Callable[[str], Session]) -> tuple[Session, str]:
    """Return a station that has lost the form of a record, and the record."""
    commune.close()
    content = form([("text", "name", "Name"), ("text", "crop", "Crop")])
    import_form(content, "visit", own_forms(commune.folder), FormImportRequest(), commune.today())
    with open_registry(commune.folder, PASSPHRASE, world.environment, definitions_of(commune.folder)) as session:
        record = saving.save_given(session, "visit", dict(GIVEN)).record
        assert record is not None
    return open_station("commune"), record


def test_it_is_found_by_its_id_and_its_number_and_shown_as_it_is_stored(kept: tuple[Session, str]) -> None:
    session, record = kept
    number = records.read(session, record).record_no

    assert {records.find(session, "visit", text) for text in (record, number.lower())} == {record}
    view = records.read(session, record)
    assert {name: view.values[name] for name in GIVEN} == GIVEN
    assert records.computed(session, view) == {}
    page = records.list_records(session, "visit")
    assert [(row.record, row.cells, row.title) for row in page.rows] == [(record, (number,), number)]
    assert (page.columns, page.total) == (("record_no",), 1)


@pytest.mark.parametrize(
    ("register", "text", "code"), [("visit", "VI-2026-9", "record_unknown"), ("gone", "x", "register_unknown")]
)
def test_what_is_not_there_is_said(kept: tuple[Session, str], register: str, text: str, code: str) -> None:
    with pytest.raises(DesktopError) as caught:
        records.find(kept[0], register, text)

    assert caught.value.code == code


def test_a_look_at_it_is_logged_as_a_look_at_every_field(kept: tuple[Session, str]) -> None:
    session, record = kept

    revealing.reveal(session, record, "đối chiếu")

    entry = audit_log.entries(session.database, 1)[0]
    assert (entry.action, entry.register, entry.record, entry.reason_given) == ("reveal", "visit", record, True)
    assert {"name", "crop"} <= set(entry.fields)
