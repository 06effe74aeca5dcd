"""Tables that leave: who may have which column, what the log and the book say, and that nothing in them runs."""

import csv
import datetime as dt
import hashlib
import io
import json
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.demo import people
from desktop.domain.definitions.model import Privacy, TypeName
from desktop.domain.exports.formula_escape import TRIGGERS, begins_as_formula, unguarded
from desktop.domain.log.operation import Json
from desktop.domain.values.field_types import normalise
from desktop.errors import DesktopError
from desktop.reports.table_files import Cell, Sheet, csv_file, xlsx_file
from desktop.storage import audit_log, queries
from desktop.storage import settings as stored_settings
from desktop.workspace.base.outside_files import in_memory
from desktop.workspace.base.session import Session
from desktop.workspace.exports import export_log, table_export
from desktop.workspace.exports.table_export import Exported, TableExportRequest
from desktop.workspace.records import records, saving, titles
from desktop.workspace.station import officers
from tests.conftest import PASSPHRASE, World
from tests.workspace.reports.test_reports import add_tip

NOW = dt.datetime(2026, 11, 21, 9, 0, tzinfo=dt.timezone(dt.timedelta(hours=7)))
OUTREACH: dict[str, Json] = {
    "held_at": "2026-11-10T19:00+07:00",
    "occurred_at": "2026-11-10T19:00+07:00",
    "place": {"province": "11", "commune": "03160", "hamlet": "Bản Nậm Kè"},
    "attend_total": 3,
    "source_of_information": "RA_SOAT",
}
REVEAL: dict[str, Any] = {"reveal": "Bàn giao hồ sơ", "approval": "Tờ trình 12 ngày 20/11/2026"}


def chief(session: Session) -> str:
    return officers.add_officer(session, "Lò Văn Phấn", "Đại úy", "Trưởng Công an xã", PASSPHRASE + " hai")


def add_outreach(session: Session, **more: Json) -> str:
    saved = saving.save_given(session, "outreach", {**OUTREACH, **more}, reason_for_all="Số liệu giả định")
    assert saved.record is not None, saved.problems
    return saved.record


def add_tip_box(session: Session, tip: str) -> None:
    values: dict[str, Json] = {
        "code": "HT-01",
        "place": {"province": "11", "commune": "03160"},
        "spot": "Cổng chợ phiên",
        "installed_on": "2026-01-10",
        "box_status": "DANG_DUNG",
        "openings": [{"opened_on": "2026-06-30", "letters": 5, "valid": 2, "opened_by": "Nguyễn Thị Hà", "tip": tip}],
        "occurred_at": "2026-01-10T08:00+07:00",
        "source_of_information": "RA_SOAT",
    }
    saved = saving.save_given(session, "tip_box", values, reason_for_all="Số liệu giả định")
    assert saved.record is not None, saved.problems


def csv_rows(content: bytes) -> list[dict[str, str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def book_of(content: bytes) -> Any:  # noqa: ANN401  openpyxl has no types
    return openpyxl.load_workbook(io.BytesIO(content))


def xlsx_rows(content: bytes) -> list[dict[str, Any]]:
    heads, *rows = book_of(content).worksheets[0].iter_rows(values_only=True)
    return [dict(zip(heads, row, strict=True)) for row in rows]


def about(content: bytes) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, text in book_of(content).worksheets[-1].iter_rows(values_only=True):
        found.setdefault(name, []).append(text)
    return found


def secrets_of(session: Session, register: str) -> Iterator[str]:
    """Yield what is P4 in the records of a register, and the names and numbers of the people it is about."""
    definition = session.library.registers[register]
    for row in queries.list_records(session.database, definition, limit=1000):
        for field in definition.fields():
            value = row.values.get(field.id)
            if field.privacy is Privacy.P4 and field.type is TypeName.PERSON and isinstance(value, str):
                person = records.read(session, value).values
                yield value
                yield from (str(person[name]) for name in ("full_name", "personal_id", "phone") if person.get(name))
            elif field.privacy is Privacy.P4 and field.type in {TypeName.TEXT, TypeName.LONG_TEXT} and value:
                yield str(value)


def fill_victims(session: Session, count: int = 3) -> None:
    people.fill(session, 3, absences=0, victims=count)
    for number, person in enumerate(queries.list_records(session.database, session.library.registers["person"])):
        values = {
            **records.read(session, person.record).values,
            "personal_id": f"0111990{number:05}",
            "phone": f"+8491234{number:04}",
        }
        saved = saving.save_given(
            session,
            "person",
            values,
            record=person.record,
            base=records.read(session, person.record).heads,
            reason_for_all="đã đối chiếu",
        )
        assert saved.record is not None, saved.problems


def text_of(exported: Exported) -> str:
    """Return every letter of a file, whatever its kind."""
    if exported.file_name.endswith(".csv"):
        return exported.content.decode("utf-8-sig")
    book = book_of(exported.content)
    return "\n".join(str(cell.value) for sheet in book.worksheets for row in sheet.iter_rows() for cell in row)


def acts(session: Session) -> list[str]:
    return [entry.action for entry in audit_log.entries(session.database, 100)]


@pytest.mark.parametrize("file_kind", ["xlsx", "csv"])
@pytest.mark.parametrize("as_codes", [False, True])
@pytest.mark.parametrize("purpose", ["", "Báo cáo quý IV"])
def test_who_a_victim_is_never_leaves_unrevealed(
    file_kind: table_export.FileKind, as_codes: bool, purpose: str, commune: Session
) -> None:
    fill_victims(commune)
    hidden = set(secrets_of(commune, "returned_victim"))
    assert len(hidden) >= 9
    for register in ("returned_victim", "victim_support"):
        for columns in ((), ("all",)):
            export_request = TableExportRequest(
                register=register, file_kind=file_kind, as_codes=as_codes, purpose=purpose, columns=columns
            )
            text = text_of(table_export.export_table(commune, in_memory, export_request))
            assert [secret for secret in hidden if secret in text] == []
    assert "reveal" not in acts(commune)


def test_what_is_left_out_is_told_in_the_file_and_the_book(commune: Session) -> None:
    fill_victims(commune)
    exported = table_export.export_table(commune, in_memory, TableExportRequest(register="returned_victim"))
    told = {one.column: one.why for one in exported.left_out}
    assert told["person"] == "export_left_p4"
    assert told["return_date"] == "export_left_p3"
    found = about(exported.content)
    assert len(found["Không xuất"]) == len(told)
    assert found["Người xuất"] == ["Thiếu úy Hà Văn Sơn"]
    assert found["Số hồ sơ"] == ["3"]
    (entry,) = export_log.entries(commune)
    assert (entry.records, set(entry.left_out)) == (3, set(told))


def test_sensitive_columns_leave_for_a_purpose_that_the_book_keeps_and_the_log_does_not(commune: Session) -> None:
    fill_victims(commune)
    export_request = TableExportRequest(
        register="returned_victim", columns=("case_code", "return_date"), purpose="Báo cáo quý IV"
    )
    exported = table_export.export_table(commune, in_memory, export_request)
    assert [set(row) for row in xlsx_rows(exported.content)] == [{"Mã hồ sơ nạn nhân", "Ngày trở về"}] * 3
    (entry,) = export_log.entries(commune)
    assert entry.purpose == "Báo cáo quý IV"
    assert entry.files == {"xlsx": hashlib.sha256(exported.content).hexdigest()}
    logged = audit_log.entries(commune.database, 1)[0]
    assert (logged.action, logged.register, logged.fields) == (
        "export",
        "returned_victim",
        ("case_code", "return_date"),
    )
    assert logged.reason_given
    assert logged.digest == exported.digest
    (line,) = commune.database.query_rows("SELECT line FROM audit ORDER BY number DESC LIMIT 1")
    assert "quý" not in str(line[0])


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"columns": ("return_date",)}, "export_purpose_missing"),
        ({"columns": ("return_date",), "purpose": " "}, "export_purpose_missing"),
        ({"columns": ("person",)}, "export_reveal_missing"),
        ({"columns": ("person",), "purpose": "Báo cáo"}, "export_reveal_missing"),
        ({"columns": ("person",), "reveal": "Bàn giao"}, "export_approval_missing"),
        ({"columns": ("person",), "reveal": "Bàn giao", "approved_by": "CB-2026-0002"}, "export_approval_missing"),
        ({"columns": ("person",), **REVEAL, "approved_by": "CB-2026-0099"}, "export_approver_unknown"),
        ({"columns": ("person",), **REVEAL, "approved_by": "CB-2026-0001"}, "export_approver_is_self"),
    ],
)
def test_a_refused_right_is_logged_and_nothing_leaves(more: dict[str, Any], code: str, commune: Session) -> None:
    chief(commune)
    with pytest.raises(DesktopError) as refused:
        table_export.export_table(commune, in_memory, TableExportRequest(register="returned_victim", **more))
    assert refused.value.code == code
    logged = audit_log.entries(commune.database, 1)[0]
    assert (logged.action, logged.register, logged.document) == ("export_refused", "returned_victim", code)
    assert export_log.entries(commune) == ()


def test_an_officer_who_left_approves_nothing(commune: Session) -> None:
    officer = chief(commune)
    view = records.read(commune, officer)
    values = {**view.values, "left_on": "2026-11-01"}
    assert saving.save_given(commune, "officer", values, record=officer, base=view.heads).record
    with pytest.raises(DesktopError) as refused:
        table_export.export_table(
            commune,
            in_memory,
            TableExportRequest(register="returned_victim", columns=("person",), approved_by=officer, **REVEAL),
        )
    assert refused.value.code == "export_approver_left"


def test_identities_leave_with_a_reason_and_a_second_officer_and_each_look_is_logged(commune: Session) -> None:
    fill_victims(commune)
    officer = chief(commune)
    export_request = TableExportRequest(
        register="returned_victim", columns=("case_code", "person", "wishes"), approved_by=officer, **REVEAL
    )
    exported = table_export.export_table(commune, in_memory, export_request)
    text = text_of(exported)
    assert all(row["Nguyện vọng"] == "Về với gia đình, học nghề may." for row in xlsx_rows(exported.content))
    assert titles.MASK not in text
    people_seen = {str(row["Người"]) for row in xlsx_rows(exported.content)}
    assert people_seen <= set(secrets_of(commune, "returned_victim"))
    assert len(people_seen) > 1
    looks = [entry for entry in audit_log.entries(commune.database, 100) if entry.action == "reveal"]
    assert len({entry.record for entry in looks}) == len(looks) == 3
    assert {entry.fields for entry in looks} == {("person", "wishes")}
    (entry,) = export_log.entries(commune)
    assert entry.approval == export_log.Approval(officer=officer, paper="Tờ trình 12 ngày 20/11/2026")
    assert about(exported.content)["Người duyệt, văn bản"] == ["Đại úy Lò Văn Phấn – Tờ trình 12 ngày 20/11/2026"]


@pytest.mark.parametrize("as_codes", [False, True])
def test_a_secret_column_of_open_rows_stays_and_leaves_only_revealed(as_codes: bool, commune: Session) -> None:
    tip = add_tip(commune)
    add_tip_box(commune, tip)
    officer = chief(commune)
    number = records.read(commune, tip).record_no
    export_request = TableExportRequest(register="tip_box", columns=("openings",), as_codes=as_codes)
    exported = table_export.export_table(commune, in_memory, export_request)
    assert [(one.column, one.why) for one in exported.left_out] == [("openings", "export_left_masked")]
    assert "Nguyễn Thị Hà" in text_of(exported)
    assert [secret for secret in (tip, number) if secret in text_of(exported)] == []
    revealed = table_export.export_table(commune, in_memory, replace(export_request, approved_by=officer, **REVEAL))
    assert titles.MASK not in text_of(revealed)
    assert (tip in text_of(revealed)) is as_codes
    assert revealed.left_out == ()
    looks = [entry for entry in audit_log.entries(commune.database, 20) if entry.action == "reveal"]
    assert [(entry.register, entry.fields) for entry in looks] == [("tip_box", ("openings",))]


def test_the_register_of_links_is_closed(commune: Session) -> None:
    with pytest.raises(DesktopError) as refused:
        table_export.export_table(commune, in_memory, TableExportRequest(register="link"))
    assert refused.value.code == "export_register_closed"


def test_a_changed_entry_of_the_book_shows(commune: Session) -> None:
    add_outreach(commune)
    for _ in range(3):
        table_export.export_table(commune, in_memory, TableExportRequest(register="outreach"))
    assert export_log.altered(commune) == ()
    stored = stored_settings.get(commune.database, "export.000002")
    assert isinstance(stored, dict)
    with commune.database.atomic():
        stored_settings.put(commune.database, "export.000002", {**stored, "records": 0})
        stored_settings.put(commune.database, "export.000003", None)
    assert export_log.altered(commune) == (2, 3)


def test_for_people_days_and_numbers_are_themselves_and_codes_are_words(commune: Session) -> None:
    add_outreach(commune)
    people.fill(commune, 3, absences=1, victims=0)
    (row,) = xlsx_rows(table_export.export_table(commune, in_memory, TableExportRequest(register="outreach")).content)
    assert row["Số vào sổ"].endswith("-2026-0001")
    assert "Công an xã Mường Nhé" in row.values()
    assert row["Trạng thái hồ sơ"] == "Đang theo dõi"
    assert row["Thời điểm sự việc"] == dt.datetime(2026, 11, 10, 19, 0)  # noqa: DTZ001  a cell has no zone
    assert 3 in row.values()
    (person,) = queries.list_records(commune.database, commune.library.registers["person"])
    (absence,) = xlsx_rows(
        table_export.export_table(
            commune, in_memory, TableExportRequest(register="absence", columns=("person",))
        ).content
    )
    assert list(absence.values()) == [person.title]
    sheet = book_of(
        table_export.export_table(commune, in_memory, TableExportRequest(register="outreach")).content
    ).worksheets[0]
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref is not None


def test_leading_zeros_stay_and_numbers_typed_as_text_stay_text(commune: Session) -> None:
    fill_victims(commune, 1)
    exported = table_export.export_table(
        commune, in_memory, TableExportRequest(register="person", columns=("personal_id",))
    )
    assert [cell.data_type for cell in book_of(exported.content).worksheets[0]["A"]] == ["s", "s"]
    assert list(xlsx_rows(exported.content)[0].values()) == ["011199000000"]


@pytest.mark.parametrize("register", ["absence", "returned_victim", "person", "outreach", "tip", "patrol"])
@pytest.mark.parametrize("file_kind", ["xlsx", "csv"])
def test_what_machines_get_reads_back_unchanged(
    register: str, file_kind: table_export.FileKind, commune: Session
) -> None:
    people.fill(commune, 5, absences=4, victims=2)
    add_outreach(commune, venue="=HYPERLINK(1);@x", attend_total=12_345)
    officer = chief(commune)
    export_request = TableExportRequest(
        register=register,
        file_kind=file_kind,
        columns=("all",),
        as_codes=True,
        purpose="Chuyển máy",
        approved_by=officer,
        **REVEAL,
    )
    content = table_export.export_table(commune, in_memory, export_request).content
    rows = csv_rows(content) if file_kind == "csv" else xlsx_rows(content)
    definition = commune.library.registers[register]
    stored = {row.record: row for row in queries.list_records(commune.database, definition, limit=1000)}
    assert {row["id"] for row in rows} == set(stored)
    context = titles.value_context(commune, "vi").values
    for row in rows:
        for field in definition.fields():
            if field.type is TypeName.ATTACHMENT or field.computed is not None:
                continue
            cell = row[field.id]
            text = unguarded(cell) if file_kind == "csv" else cell
            given = json.loads(text) if text and field.type in {TypeName.ROWS, TypeName.ADDRESS} else text or None
            assert normalise(given, field, context) == stored[row["id"]].values.get(field.id), field.id


def test_days_and_status_narrow_what_leaves(commune: Session) -> None:
    add_outreach(commune)
    add_outreach(commune, held_at="2026-11-11T00:00+07:00", occurred_at="2026-11-11T00:00+07:00", status="KET_THUC")
    day = dt.date(2026, 11, 10)

    def count(**more: Any) -> int:  # noqa: ANN401  parts of a wish
        return table_export.export_table(commune, in_memory, TableExportRequest(register="outreach", **more)).records

    assert [count(first=day, last=day), count(first=day), count(last=day), count(statuses=("KET_THUC",))] == [
        1,
        2,
        1,
        1,
    ]
    today = commune.today()
    assert table_export.plan(commune, TableExportRequest(register="officer", first=today, last=today)).records == 1
    for wrong, code in (
        ({"statuses": ("XONG",)}, "export_status_unknown"),
        ({"first": day, "last": dt.date(2026, 11, 9)}, "period_ends_before_it_begins"),
        ({"columns": ("nam",)}, "export_column_unknown"),
    ):
        with pytest.raises(DesktopError) as refused:
            table_export.plan(commune, TableExportRequest(register="outreach", **wrong))
        assert refused.value.code == code


@pytest.mark.skipif(shutil.which("unzip") is None, reason="unzip is not there (Windows)")
def test_stock_tools_open_the_workbook(commune: Session, tmp_path: Path) -> None:
    add_outreach(commune, venue="=cmd|'/C calc'!A0")
    path = tmp_path / "table.xlsx"
    path.write_bytes(table_export.export_table(commune, in_memory, TableExportRequest(register="outreach")).content)
    assert subprocess.run(["unzip", "-tq", path], check=False, capture_output=True).returncode == 0
    inside = subprocess.run(["unzip", "-p", path, "xl/worksheets/sheet1.xml"], check=True, capture_output=True).stdout
    assert b"<f>" not in inside
    assert b"hyperlink" not in inside


def test_the_same_export_gives_the_same_bytes(commune: Session, world: World) -> None:
    add_outreach(commune)
    sheet = Sheet(name="Sổ", heads=("a",), rows=(("x",),))
    made = [xlsx_file([sheet], sheet, title="Sổ", made_at=commune.now()) for _ in range(2)]
    assert made[0] == made[1]
    first = table_export.export_table(commune, in_memory, TableExportRequest(register="outreach", file_kind="csv"))
    world.pass_time(minutes=1)
    assert (
        table_export.export_table(commune, in_memory, TableExportRequest(register="outreach", file_kind="csv")).content
        == first.content
    )


CELLS = st.one_of(
    st.text(max_size=40),
    st.text(st.sampled_from([*TRIGGERS, *" ;,\"'1a\u00a0\u200b"]), max_size=8),
    st.integers(-(10**17), 10**17),
    st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**12), max_value=10**12),
    st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1)),
    st.none(),
)
TABLES = st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=4)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=60)
@given(TABLES, st.text(min_size=1, max_size=8))
def test_no_cell_of_a_workbook_is_a_formula(rows: list[tuple[Cell, Cell]], head: str) -> None:
    sheet = Sheet(name="x", heads=(head, "b"), rows=rows)
    content = xlsx_file([sheet], Sheet(name="y", heads=(), rows=rows), title="x", made_at=NOW)
    for page in book_of(content).worksheets:
        for line in page.iter_rows():
            for cell in line:
                assert cell.data_type != "f" or not str(cell.value).startswith("=")
                assert cell.hyperlink is None
                if isinstance(cell.value, str) and begins_as_formula(cell.value):
                    assert cell.quotePrefix


@given(TABLES)
def test_no_field_of_a_csv_begins_as_a_formula_and_texts_come_back(rows: list[tuple[Cell, Cell]]) -> None:
    content = csv_file(Sheet(name="x", heads=("a", "b"), rows=rows)).decode("utf-8-sig")
    read = list(csv.reader(io.StringIO(content, newline="")))
    assert read[0] == ["a", "b"]
    assert content.endswith("\r\n")
    for line, given_line in zip(read[1:], rows, strict=True):
        for text, cell in zip(line, given_line, strict=True):
            if isinstance(cell, str):
                assert not begins_as_formula(text) or text.startswith("'")
                assert unguarded(text) == cell


def test_what_a_workbook_cannot_hold_is_refused_not_cut() -> None:
    long = Sheet(name="x", heads=("a",), rows=(("😀" * 16_384,),))
    with pytest.raises(DesktopError) as refused:
        xlsx_file([long], Sheet(name="y", heads=(), rows=()), title="x", made_at=NOW)
    assert refused.value.code == "export_text_too_long"
