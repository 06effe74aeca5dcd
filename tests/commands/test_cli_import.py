"""`sotram import` as an administrator types it."""

import json
from pathlib import Path

import pytest
from click.testing import Result

from tests.commands.test_cli import Terminal
from tests.conftest import World
from tests.intake.guest_samples import guest, xml
from tests.workspace.records.test_attachments import PATROL, TRACK


@pytest.fixture
def post(tmp_path: Path, world: World) -> Terminal:
    terminal = Terminal(tmp_path, world)
    terminal.init("post", "border")
    (tmp_path / "track.gpx").write_bytes(TRACK)
    return terminal


def gpx(terminal: Terminal, *words: str) -> Result:
    return terminal.type("import", "gpx", "--registry", terminal.folder / "post", *words)


def test_a_track_is_told_without_a_record_and_nothing_is_stored(post: Terminal) -> None:
    found = json.loads(gpx(post, str(post.folder / "track.gpx"), "--json").stdout)
    assert (found["record"], found["distance_km"], found["points"]) == (None, "11.13", 2)
    assert (found["started_at"], found["ended_at"]) == ("2026-11-18T08:00:00+07:00", "2026-11-18T12:00:00+07:00")
    assert found["line"] == [[[22.1, 102.5], [22.2, 102.5]]]


def test_a_track_goes_into_the_patrol_of_a_number(post: Terminal) -> None:
    added = post.answer("records", "add", "patrol", "--json", "-", at="post", given=PATROL)
    result = gpx(post, str(post.folder / "track.gpx"), "--record", added["record_no"])
    assert result.exit_code == 0, result.stderr
    values = post.answer("records", "show", "patrol", added["id"], at="post")["values"]
    assert (values["distance_km"], values["route_gpx"]["name"]) == ("11.13", "track.gpx")


def test_a_doubt_and_a_bad_file_are_status_1_with_their_codes(post: Terminal) -> None:
    added = post.answer("records", "add", "patrol", "--json", "-", at="post", given=PATROL)
    other = post.folder / "other.gpx"
    other.write_bytes(TRACK.replace(b"2026-11-18", b"2026-11-16"))
    doubtful = gpx(post, str(other), "--record", added["id"])
    assert (doubtful.exit_code, doubtful.stdout) == (1, "")
    assert "[track_outside_patrol]" in doubtful.stderr
    assert gpx(post, str(other), "--record", added["id"], "--reason", "Giờ máy sai").exit_code == 0
    other.write_bytes(b"no track")
    refused = gpx(post, str(other), "--record", added["id"])
    assert refused.exit_code == 1
    assert "[gpx_unreadable]" in refused.stderr


def guests(terminal: Terminal, *words: object) -> Result:
    return terminal.type("import", "guests", "--registry", terminal.folder / "post", *words)


@pytest.fixture
def guest_file(post: Terminal) -> Path:
    path = post.folder / "khach.xml"
    path.write_bytes(xml(guest(), guest(ho_ten="[TEST]"), guest(ngay_den=""), guest(so_ho_chieu="B12 34567")))
    return path


def test_a_dry_run_says_what_would_be_done_and_does_nothing(post: Terminal, guest_file: Path) -> None:
    result = guests(post, guest_file, "--dry-run", "--json")
    told = json.loads(result.stdout)
    assert (result.exit_code, told["read"], told["imported"], told["importable"]) == (0, 4, 0, 2)
    assert [(note["row"], note["code"]) for note in told["skipped"]] == [(2, "guest_sample_row")]
    (refused,) = told["refused"]
    assert (refused["row"], refused["code"]) == (3, "guest_arrival_missing")
    assert "NGÀY ĐẾN" in refused["message"]
    assert len(post.answer("records", "list", "guest_stay", "--json", at="post")) == 0


def test_an_import_is_listed_and_undone_by_its_id(post: Terminal, guest_file: Path) -> None:
    told = json.loads(guests(post, guest_file, "--json").stdout)
    assert (told["id"], told["imported"], len(told["records"])) == ("NT-2026-0001", 2, 2)
    (past,) = json.loads(post.type("import", "list", "--registry", post.folder / "post").stdout)
    assert (past["id"], past["file"], past["records"], past["undone_at"]) == ("NT-2026-0001", "khach.xml", 2, None)
    again = guests(post, guest_file)
    assert (again.exit_code, "[import_file_known]" in again.stderr) == (1, True)
    undone = post.type("import", "undo", "--registry", post.folder / "post", "nt-2026-0001", "--json")
    assert json.loads(undone.stdout) == {"id": "NT-2026-0001", "withdrawn": 2, "kept": []}
    assert len(post.answer("records", "list", "guest_stay", "--json", at="post")) == 0


def test_rows_are_chosen_and_what_cannot_be_read_is_told(post: Terminal, guest_file: Path) -> None:
    told = json.loads(guests(post, guest_file, "--rows", "4-9").stdout)
    assert [one["row"] for one in told["records"]] == [4]
    assert "[import_rows_unreadable]" in guests(post, guest_file, "--rows", "x").stderr
    assert "[file_unreadable]" in guests(post, post.folder / "none.xml").stderr
    empty = post.folder / "empty.xml"
    empty.write_bytes(b"<KHAI_BAO_TAM_TRU/>")
    refused = guests(post, empty, "--dry-run")
    assert (refused.exit_code, "[guest_file_empty]" in refused.stderr) == (1, True)


def test_a_table_goes_where_its_heads_say_and_where_it_is_told(post: Terminal) -> None:
    path = post.folder / "sổ cũ.csv"
    path.write_text(
        "Tên đợt;Từ ngày;Hết;Chủ đề\nCao điểm 2024;01/07/2024;30/09/2024;Vì trẻ em\nCao điểm 2025;1/7/2025;x;\n",
        encoding="utf-8-sig",
    )
    words = ("import", "table", "--registry", post.folder / "post", path, "--register", "campaign")
    told = json.loads(post.type(*words, "--map", "Hết=to_date", "--dry-run").stdout)
    assert (told["read"], told["importable"], told["refused"][0]["row"]) == (2, 1, 3)
    told = json.loads(post.type(*words, "--map", "C=to_date", "--map", "Chủ đề=").stdout)
    (row,) = told["records"]
    values = post.answer("records", "show", "campaign", row["record"], at="post")["values"]
    assert (values["name"], values["to_date"], values.get("theme")) == ("Cao điểm 2024", "2024-09-30", None)
    assert "[import_head_unknown]" in post.type(*words, "--map", "Không có=name").stderr
    assert "[import_column_unknown]" in post.type(*words, "--map", "A=nothing").stderr
    columns = json.loads(post.type("import", "columns", "--registry", post.folder / "post", "campaign").stdout)
    assert columns[0] == {"path": "name", "label": "Tên đợt", "type": "text"}


def test_declared_guests_are_held_against_a_check(post: Terminal, guest_file: Path) -> None:
    given = {"name": "Nhà nghỉ Hoa Ban", "kind": "LT", "room_count": 9, "ant_cert_no": "21/GCN"}
    given["source_of_information"] = "KIEM_TRA"
    lodging = post.answer("records", "add", "establishment", "--json", "-", at="post", given=given)
    guests(post, guest_file, "--lodging", lodging["record_no"], "--declared-at", "2026-11-19T23:00")
    words = ("guests", "reconcile", "--registry", post.folder / "post", "--night", "2026-11-18", "--lodging")
    told = json.loads(post.type(*words, lodging["record_no"]).stdout)
    assert (told["declared"], told["found"], len(told["declared_not_found"])) == (2, 0, 2)
    assert "[record_unknown]" in post.type(*words, "CS-2026-9999").stderr


def test_what_is_said_of_all_rows_is_read_as_if_it_were_typed(post: Terminal) -> None:
    path = post.folder / "sổ.csv"
    path.write_text("Họ và tên;Nam sinh;Giới tính\nLò Thị Đớn;1999;Nữ\n", encoding="utf-8")
    words = ("import", "table", "--registry", post.folder / "post", path, "--register", "person")
    home = '{"province": "11", "commune": "03160"}'
    told = json.loads(post.type(*words, "--set", f"perm_addr={home}", "--set", "ethnicity=thai").stdout)
    values = post.answer("records", "show", "person", told["records"][0]["record"], at="post")["values"]
    assert (values["ethnicity"], values["perm_addr"]["commune"], values["gender"]) == ("THAI", "03160", "F")
    for setting, code in (
        ("gender=?", "import_value_unreadable"),
        ("x=1", "import_column_unknown"),
        ("x", "import_pair_unreadable"),
    ):
        assert f"[{code}]" in post.type(*words, "--set", setting).stderr


def test_a_file_of_which_nothing_can_be_taken_is_no_success_of_a_dry_run_either(post: Terminal) -> None:
    path = post.folder / "x.xml"
    path.write_bytes(xml(guest(ho_ten="[TEST]"), guest(ngay_den="")))
    result = guests(post, path, "--dry-run")
    told = json.loads(result.stdout)
    assert (result.exit_code, told["read"], told["importable"]) == (1, 2, 0)
    assert "[import_nothing]" in result.stderr
