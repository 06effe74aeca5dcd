"""A register that was imported from a form is worked in the window as any other: seen, filled in by keys, found."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from desktop.demo.demo_station import DemoStation
from desktop.intake import workbooks
from desktop.workspace.base.definitions import own_forms
from desktop.workspace.base.session import Session
from desktop.workspace.imports.form_import import FormImportRequest, import_form
from desktop.workspace.papers import printing
from desktop.workspace.records import records
from tests.conftest import PASSPHRASE, World

HTCDS = Path(__file__).parents[2] / "data" / "htcds" / "htcds_xlsform.xlsx"
TYPED = {
    "con_consent": "TRUE",
    "prs_first_name": "Thị Mẩy",
    "prs_second_name": "Lò",
    "prs_birthdate": "08/03/2004",
    "prs_citizenship": "VN",
    "vic_typeofexploitation": "ForcedMarriage",
    "cas_status": "Active",
    "occurred_at": "20/11/2026 08:00",
    "source_of_information": "RA_SOAT",
}


@pytest.fixture
def desk(commune: Session, tmp_path: Path, world: World, qapp: QApplication) -> Iterator[DemoStation]:
    commune.close()
    today = world.environment.now().date()
    import_form(workbooks.read_file(HTCDS), HTCDS.stem, own_forms(commune.folder), FormImportRequest(id="htcds"), today)
    opened = DemoStation(commune.folder, tmp_path / "pictures", world.environment)
    opened.unlock(PASSPHRASE)
    yield opened
    opened.close()


def test_a_record_of_an_imported_register_is_entered_by_keys_alone(desk: DemoStation) -> None:
    form = desk.begin("htcds")
    desk.hand.fill(form, TYPED)

    record = desk.save(form)

    stored = desk.ask(records.read, record).values
    assert (stored["prs_first_name"], stored["prs_birthdate"]) == ("Thị Mẩy", "2004-03-08")
    assert (stored["con_consent"], stored["vic_typeofexploitation"]) == ("TRUE", ["ForcedMarriage"])
    desk.register("htcds")
    (row,) = desk.ask(records.list_records, "htcds").rows
    assert (row.record, "Mẩy" in " ".join(row.cells)) == (record, False)
    printed = desk.ask(printing.print_document, "htcds_sheet", record)
    assert printed.pdf.startswith(b"%PDF")
    assert printed.has_victim_identity
