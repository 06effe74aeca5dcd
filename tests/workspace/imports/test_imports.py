"""Files brought into a real registry: previewed, one act, undone as one act."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.domain.log.operation import Json
from desktop.errors import Cancelled, DesktopError
from desktop.storage import change_log, projection
from desktop.workspace.base.outside_files import in_memory
from desktop.workspace.base.session import VIETNAM, Session
from desktop.workspace.deadlines import deadlines
from desktop.workspace.exports import table_export
from desktop.workspace.imports import (
    guest_imports,
    import_log,
    imports,
    table_columns,
    table_imports,
)
from desktop.workspace.imports.imports import ImportOutcome, ImportSource
from desktop.workspace.records import records, saving
from desktop.workspace.station import maintenance
from tests.intake.guest_samples import guest, xml
from tests.workspace.exchange.test_exchange import carry, introduce

HEADS = ["Họ và tên", "Ngày sinh", "Giới tính", "Số CCCD", "Vắng mặt từ", "Nơi đến", "Diện", "Ghi chú riêng"]
ROWS: list[list[Any]] = [
    ["Lò Thị Đớn", dt.date(1999, 3, 14), "Nữ", 11199001234, "03/2025", "Côn Minh", "lay chong, vo nuoc ngoai", "x"],
    ["Vàng Thị Súa", "2004", "F", "011304005678", "2024", "Không rõ", "LCNN", ""],
    ["Giàng Thị Mỷ", "31/02/2001", "Nữ", "", "2024", "", "LCNN", ""],
]
COLUMNS = {
    0: "person.full_name",
    1: "person.dob",
    2: "person.gender",
    3: "person.personal_id",
    4: "absent_since",
    5: "destination_place",
    6: "case_kind",
}
HOME: dict[str, Json] = {"province": "11", "commune": "03160"}
COMMON: dict[str, Json] = {
    "absence_reason_declared": "KET_HON",
    "absence_reason_assessed": "KET_HON",
    "declared_absence": False,
    "risk_level": "1",
    "source_of_information": "RA_SOAT",
    "person.perm_addr": HOME,
}


@pytest.fixture
def guests(commune: Session, tmp_path: Path) -> Callable[..., ImportSource]:
    def read(*found: tuple[str, ...], **more: Any) -> ImportSource:  # noqa: ANN401  what read_file takes
        path = tmp_path / "khach.xml"
        path.write_bytes(xml(*found))
        return guest_imports.read_file(commune, path, **more)

    return read


def table(folder: Path, rows: list[list[Any]], heads: list[str] | None = None, name: str = "so.xlsx") -> Path:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["SỔ THEO DÕI VẮNG MẶT"])
    for row in (heads or HEADS, *rows):
        book.active.append(row)
    path = folder / name
    book.save(path)
    return path


def absences(session: Session, path: Path, **more: Any) -> ImportSource:  # noqa: ANN401  what source takes
    read = table_imports.read_file(path)
    return table_imports.source(
        session, read, "absence", COLUMNS, head=2, common={**COMMON, **more.pop("common", {})}, **more
    )


def codes(notes: tuple[imports.ImportNote, ...]) -> list[tuple[int, str]]:
    return [(note.row, note.problem.code) for note in notes]


def refusal(act: Callable[[], object]) -> DesktopError:
    with pytest.raises(DesktopError) as caught:
        act()
    return caught.value


def guest_rows(session: Session) -> tuple[records.ListedRow, ...]:
    return records.list_records(session, "guest_stay").rows


def test_a_preview_is_what_happens_and_leaves_nothing(commune: Session, guests: Callable[..., ImportSource]) -> None:
    source = guests(guest(), guest(ho_ten=""), guest(so_ho_chieu="B1234567"))
    before, operations = projection.digest(commune.database), change_log.count(commune.database)
    time = commune.last_time
    seen = imports.preview(commune, source)
    assert commune.last_time == time
    assert (projection.digest(commune.database), change_log.count(commune.database)) == (before, operations)
    done = imports.perform(commune, source)
    assert [(one.row, one.record_no) for one in seen.taken] == [(one.row, one.record_no) for one in done.taken]
    assert codes(seen.refused) == codes(done.refused) == [(2, "guest_name_missing")]
    assert (done.id, done.read, len(done.taken)) == ("NT-2026-0001", 3, 2)
    assert [row.title for row in guest_rows(commune)] == ["KHAMVONGSA BOUNMY"] * 2


def test_only_the_chosen_rows_are_taken(commune: Session, guests: Callable[..., ImportSource]) -> None:
    source = guests(guest(), guest(so_ho_chieu="B1234567"), guest(so_ho_chieu="C1234567"))
    done = imports.perform(commune, source, {2})
    assert ([one.row for one in done.taken], codes(done.skipped)) == (
        [2],
        [(1, "import_not_chosen"), (3, "import_not_chosen")],
    )


def test_the_same_file_is_refused_until_it_is_wanted_again(
    commune: Session, guests: Callable[..., ImportSource]
) -> None:
    source = guests(guest())
    imports.perform(commune, source)
    error = refusal(lambda: imports.perform(commune, source))
    assert (error.code, error.context["id"]) == ("import_file_known", "NT-2026-0001")
    assert refusal(lambda: imports.perform(commune, source, again=True)).code == "import_nothing"
    assert codes(imports.preview(commune, source).skipped) == [(1, "guest_known")]


def test_a_stay_of_another_file_is_known_by_number_day_and_lodging(
    commune: Session, guests: Callable[..., ImportSource]
) -> None:
    imports.perform(commune, guests(guest(), lodging_name="Nhà nghỉ Hoa Ban"))
    other = guests(guest(so_phong="9"), guest(ngay_den="19/11/2026"), lodging_name="Nhà nghỉ Hoa Ban")
    assert codes(imports.perform(commune, other).skipped) == [(1, "guest_known")]
    elsewhere = imports.perform(commune, guests(guest(so_phong="8"), lodging_name="Nhà trọ Suối Voi"))
    assert len(elsewhere.taken) == 1


def test_a_file_of_which_nothing_can_be_taken_is_no_success(
    commune: Session, guests: Callable[..., ImportSource]
) -> None:
    source = guests(guest(ho_ten=""), guest(ngay_den=""))
    error = refusal(lambda: imports.perform(commune, source))
    assert (error.code, error.context) == ("import_nothing", {"read": 2, "refused": 2})
    assert import_log.past_imports(commune) == ()


def test_an_undone_import_is_in_no_list_and_its_numbers_are_not_given_again(
    commune: Session, guests: Callable[..., ImportSource]
) -> None:
    before = projection.digest(commune.database)
    done = imports.perform(commune, guests(guest(), guest(so_ho_chieu="B1234567")))
    undone = import_log.undo(commune, done.id)
    assert (set(undone.withdrawn), undone.kept) == ({one.record for one in done.taken}, {})
    assert projection.digest(commune.database) == before
    assert records.counts(commune).get("guest_stay", 0) == 0
    assert maintenance.check(commune).is_sound
    assert maintenance.check(commune, rebuild=True).is_sound
    (past,) = import_log.past_imports(commune)
    assert past.undone_at is not None
    again = imports.perform(commune, guests(guest()))
    assert [one.record_no for one in again.taken] == ["KLT-2026-0003"]
    assert again.id == "NT-2026-0002"
    assert refusal(lambda: import_log.undo(commune, done.id)).code == "import_undone"
    assert refusal(lambda: import_log.undo(commune, "NT-2026-0009")).code == "import_unknown"


def test_what_was_changed_since_stays_when_the_import_is_undone(
    commune: Session, guests: Callable[..., ImportSource]
) -> None:
    done = imports.perform(commune, guests(guest(), guest(so_ho_chieu="B1234567")))
    changed, other = (one.record for one in done.taken)
    view = records.read(commune, changed)
    assert saving.save(commune, "guest_stay", {**view.values, "room_no": "9"}, record=changed, base=view.heads).record
    undone = import_log.undo(commune, done.id)
    assert (undone.withdrawn, undone.kept) == ((other,), {changed: "import_changed_since"})
    assert [row.record for row in guest_rows(commune)] == [changed]


def test_what_is_said_of_a_withdrawn_record_brings_it_back(
    commune: Session, guests: Callable[..., ImportSource]
) -> None:
    done = imports.perform(commune, guests(guest()))
    record = done.taken[0].record
    import_log.undo(commune, done.id)
    view = records.read(commune, record)
    again: dict[str, Json] = {**view.values, "full_name": "SOUVANNA KEO"}
    saved = saving.save(commune, "guest_stay", again, record=record, base=view.heads, is_draft=True)
    assert saved.problems == ()
    assert [row.record for row in guest_rows(commune)] == [record]


def test_an_old_register_comes_in_with_its_people(commune: Session, tmp_path: Path) -> None:
    done = imports.perform(commune, absences(commune, table(tmp_path, ROWS)))
    assert [one.row for one in done.taken] == [3, 4]
    assert codes(done.refused) == [(5, "date_impossible")]
    assert done.refused[0].problem.context["column"] == "B"
    assert (0, "import_column_left_out") in codes(done.warnings)
    assert (3, "import_zeros_put_back") in codes(done.warnings)
    values = records.read(commune, done.taken[0].record).values
    person = records.read(commune, str(values["person"])).values
    assert (values["absent_since"], values["case_kind"]) == ("2025-03", ["LCNN"])
    assert (person["full_name"], person["dob"], person["personal_id"]) == ("Lò Thị Đớn", "1999-03-14", "011199001234")


def test_a_person_with_the_same_number_and_name_is_that_person(commune: Session, tmp_path: Path) -> None:
    known = saving.save_given(
        commune, "person", {
            "full_name": "LÒ THỊ ĐỚN", "dob": "1999", "gender": "F", "perm_addr": HOME,
            "personal_id": "011199001234",
        },
        reason_for_all="x",
    )  # fmt: skip
    done = imports.perform(commune, absences(commune, table(tmp_path, ROWS[:2])))
    people = [records.read(commune, one.record).values["person"] for one in done.taken]
    assert people[0] == known.record
    assert records.counts(commune)["person"] == 2
    undone = import_log.undo(commune, done.id)
    assert len(undone.withdrawn) == 3
    assert records.counts(commune)["person"] == 1


def test_a_person_who_is_used_elsewhere_stays_when_the_import_is_undone(commune: Session, tmp_path: Path) -> None:
    done = imports.perform(commune, absences(commune, table(tmp_path, ROWS[:1])))
    person = str(records.read(commune, done.taken[0].record).values["person"])
    work: dict[str, Json] = {"person": person, "legal_form": "3", "country": "LAO", "source_of_information": "RA_SOAT"}
    assert saving.save_given(commune, "overseas_work", work, reason_for_all="x").record
    undone = import_log.undo(commune, done.id)
    assert (undone.withdrawn, undone.kept) == ((done.taken[0].record,), {person: "import_linked_since"})


def test_rows_that_lack_answers_are_refused_or_become_drafts(commune: Session, tmp_path: Path) -> None:
    path = table(tmp_path, [["Lò Thị Đớn", "1999", "Nữ", "", "", "", "LCNN", ""]])
    refused = imports.preview(commune, absences(commune, path))
    assert set(codes(refused.refused)) == {(3, "value_missing")}
    done = imports.perform(commune, absences(commune, path, allows_drafts=True))
    assert done.taken[0].is_draft
    assert records.read(commune, done.taken[0].record).is_draft


def test_the_same_row_twice_is_told_with_the_first(commune: Session, tmp_path: Path) -> None:
    seen = imports.preview(commune, absences(commune, table(tmp_path, [ROWS[1], ROWS[1]])))
    assert codes(seen.skipped) == [(4, "import_row_twice")]
    assert seen.skipped[0].problem.context == {"first": 3}


def test_a_likely_duplicate_is_told_and_entered(commune: Session, tmp_path: Path) -> None:
    saving.save_given(
        commune,
        "person",
        {"full_name": "Vàng Thị Súa", "dob": "2003", "gender": "F", "perm_addr": HOME},
        reason_for_all="x",
    )
    done = imports.perform(commune, absences(commune, table(tmp_path, ROWS[1:2])))
    (note,) = [one for one in done.warnings if one.problem.code == "import_person_like"]
    assert (note.row, note.problem.context) == (3, {"record_no": "NG-2026-0001"})


def test_heads_say_where_columns_go(commune: Session, tmp_path: Path) -> None:
    known = table_columns.targets(commune, "absence")
    sheet = table_imports.read_file(table(tmp_path, ROWS)).sheet("")
    assert table_columns.head_row(sheet, known) == 2
    found = table_columns.suggest(sheet.rows[1], known)
    assert found[4] == "absent_since"
    assert found[5] == "destination_place"
    paths = {target.path for target in known}
    assert {"person.full_name", "person.perm_addr.commune", "absent_since"} <= paths
    assert not {"months_absent", "children_abroad", "person.father"} & paths


@pytest.mark.parametrize(
    ("columns", "code"),
    [
        ({}, "import_no_columns"),
        ({0: "nobody"}, "import_column_unknown"),
        ({0: "months_absent"}, "import_column_unknown"),
        ({0: "absent_since", 1: "absent_since"}, "import_column_twice"),
    ],
)
def test_columns_that_go_nowhere_or_twice_are_refused(
    commune: Session, tmp_path: Path, columns: dict[int, str], code: str
) -> None:
    read = table_imports.read_file(table(tmp_path, ROWS))
    assert refusal(lambda: table_imports.source(commune, read, "absence", columns)).code == code


def test_places_of_a_table_become_units(commune: Session, tmp_path: Path) -> None:
    heads = ["Tên", "Tỉnh", "Xã", "Bản", "Nơi sinh"]
    rows: list[list[Any]] = [
        ["Lò Văn A", "Điện Biên", "Mường Nhé", "Bản Nà Tấu", "xã Chà Cang, huyện Nậm Pồ, tỉnh Điện Biên"],
        ["Lò Văn B", 11, "03160", "", "đâu đó"],
        ["Lò Văn C", "Điện Biên", "Xã Không Có", "", ""],
    ]
    read = table_imports.read_file(table(tmp_path, rows, heads))
    paths = ("full_name", "perm_addr.province", "perm_addr.commune", "perm_addr.hamlet", "place_of_birth")
    columns = dict(enumerate(paths))
    source = table_imports.source(commune, read, "person", columns, head=2, common={"gender": "M", "dob": "1990"})
    done = imports.preview(commune, source)
    first, second = (one.values for one in done.taken)
    assert first["perm_addr"] == {"province": "11", "commune": "03160", "hamlet": "Bản Nà Tấu"}
    assert second["perm_addr"] == {"province": "11", "commune": "03160"}
    assert second["place_of_birth"] == {"old_text": "đâu đó"}
    birth = first["place_of_birth"]
    assert isinstance(birth, dict)
    assert birth["province"] == "11"
    assert birth["old_text"] == rows[0][4]
    assert codes(done.refused) == [(5, "address_unit_unknown")]


def test_a_declaration_in_the_future_is_refused(commune: Session, guests: Callable[..., ImportSource]) -> None:
    later = commune.now() + dt.timedelta(minutes=1)
    assert refusal(lambda: guests(guest(), declared_at=later)).code == "guest_declared_in_future"
    done = imports.perform(commune, guests(guest(), declared_at=dt.datetime(2026, 11, 19, 7, tzinfo=VIETNAM)))
    assert records.read(commune, done.taken[0].record).values["declared_at"] == "2026-11-19T07:00+07:00"


def outcome_of(session: Session, source: ImportSource, rows: set[int]) -> ImportOutcome | None:
    try:
        return imports.perform(session, source, rows, again=True)
    except DesktopError:
        return None


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sets(st.integers(1, 6)), min_size=1, max_size=3), st.randoms(use_true_random=False))
def test_any_imports_undone_in_any_order_leave_the_registry_as_it_was(
    commune: Session, guests: Callable[..., ImportSource], chosen: list[set[int]], chance: Random
) -> None:
    before = projection.digest(commune.database)
    source = guests(*(guest(so_ho_chieu=f"A100000{number}") for number in range(6)))
    made = [found.id for rows in chosen if (found := outcome_of(commune, source, rows)) is not None]
    chance.shuffle(made)
    for import_id in made:
        assert import_log.undo(commune, import_id).kept == {}
    assert projection.digest(commune.database) == before
    assert deadlines.due_list(commune).deadlines == ()


def test_a_person_who_lacks_answers_becomes_a_draft_with_the_record(commune: Session, tmp_path: Path) -> None:
    path = table(tmp_path, ROWS[1:2])
    without: dict[str, Json] = {"person.perm_addr": None}
    refused = imports.preview(commune, absences(commune, path, common=without))
    assert [note.problem.field for note in refused.refused] == ["person.perm_addr"]
    done = imports.perform(commune, absences(commune, path, common=without, allows_drafts=True))
    record = records.read(commune, done.taken[0].record)
    assert record.is_draft
    assert records.read(commune, str(record.values["person"])).is_draft


def test_a_table_that_we_exported_reads_back(commune: Session, tmp_path: Path) -> None:
    campaign: dict[str, Json] = {
        "name": "=Cao điểm 'A'",
        "from_date": "2026-07-01",
        "to_date": "2026-09-30",
        "theme": "-Vì trẻ em",
        "basis": "+01/KH",
    }
    assert saving.save_given(commune, "campaign", campaign, reason_for_all="x").record
    kinds: tuple[table_export.FileKind, ...] = ("csv", "xlsx")
    for kind in kinds:
        path = tmp_path / f"sổ.{kind}"
        export_request = table_export.TableExportRequest(
            register="campaign", columns=("all",), as_codes=True, file_kind=kind
        )
        path.write_bytes(table_export.export_table(commune, in_memory, export_request).content)
        read = table_imports.read_file(path)
        known = table_columns.targets(commune, "campaign")
        head = table_columns.head_row(read.sheets[0], known)
        columns = table_columns.suggest(read.sheets[0].rows[head - 1], known)
        seen = imports.preview(commune, table_imports.source(commune, read, "campaign", columns, head=head))
        (row,) = seen.taken
        assert {name: row.values[name] for name in campaign} == campaign


@pytest.mark.parametrize("is_undone_last", [False, True])
def test_what_the_province_changed_meanwhile_brings_an_undone_record_back(
    commune: Session, province: Session, guests: Callable[..., ImportSource], tmp_path: Path, is_undone_last: bool
) -> None:
    introduce(commune, province)
    done = imports.perform(commune, guests(guest(), guest(so_ho_chieu="B1234567")))
    changed, other = (one.record for one in done.taken)
    carry(commune, province, tmp_path)
    view = records.read(province, changed)
    again: dict[str, Json] = {**view.values, "room_no": "202"}
    assert saving.save(province, "guest_stay", again, record=changed, base=view.heads).record == changed
    if is_undone_last:  # time goes on at the commune by what it writes
        more = (guest(so_ho_chieu=f"C100000{number}") for number in range(9))
        import_log.undo(commune, imports.perform(commune, guests(*more)).id)
    assert set(import_log.undo(commune, done.id).withdrawn) == {changed, other}
    carry(commune, province, tmp_path)
    carry(province, commune, tmp_path)
    for session in (commune, province):
        assert [row.record for row in guest_rows(session)] == [changed]
        assert "room_no" in records.read(session, changed).conflicts
        assert maintenance.check(session).is_sound


def test_an_import_that_is_stopped_leaves_nothing(commune: Session, guests: Callable[..., ImportSource]) -> None:
    source = guests(*(guest(so_ho_chieu=f"A10000{number:02}") for number in range(50)))
    before, time, operations = (
        projection.digest(commune.database),
        commune.last_time,
        change_log.count(commune.database),
    )
    told: list[tuple[str, int, int]] = []

    def stopped() -> bool:
        return len(told) == 2

    for act in (imports.preview, imports.perform):
        told.clear()
        with pytest.raises(Cancelled):
            act(commune, source, progress=lambda *step: told.append(step), cancelled=stopped)
        assert told == [("import_rows", 0, 50), ("import_rows", 20, 50)]
        assert projection.digest(commune.database) == before
        assert (commune.last_time, change_log.count(commune.database)) == (time, operations)
    assert len(imports.perform(commune, source).taken) == 50
