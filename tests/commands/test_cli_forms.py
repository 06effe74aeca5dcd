"""`sotram forms import-xlsform` as an administrator types it, proven on the form of the HTCDS (IOM)."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from tests.commands.test_cli import Terminal
from tests.conftest import World
from tests.intake.xlsform.sheets import form

HTCDS = Path(__file__).parent / "data" / "htcds" / "htcds_xlsform.xlsx"
GIVEN = {
    "prs_first_name": "Thị Mẩy",
    "prs_second_name": "Lò",
    "prs_birthdate": "2004-03-08",
    "prs_citizenship": "VN",
    "vic_methodofrecruitment": ["ThroughFriendsOrSocialEvents", "ThroughOnlineSocialNetworks"],
    "vic_forcedlabourindustry": ["D_ElectricityGasSteamAndAirCondit_745196"],
    "vic_methods_of_control": ["DebtBondage"],
    "cas_status": "Active",
    "occurred_at": "2026-11-20T08:00+07:00",
    "source_of_information": "RA_SOAT",
}


@pytest.fixture
def post(tmp_path: Path, world: World) -> Terminal:
    terminal = Terminal(tmp_path, world)
    terminal.init("post")
    return terminal


def imported(terminal: Terminal, at: str, *more: str, file: Path = HTCDS) -> dict[str, Any]:
    words = ("forms", "import-xlsform", file, "--registry", terminal.folder / at, "--json", *more)
    answer: dict[str, Any] = terminal.answer(*words)
    return answer


def own_files(terminal: Terminal, at: str) -> dict[str, bytes]:
    folder = terminal.folder / at / "forms"
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_form_of_the_htcds_becomes_a_register_and_every_row_of_it_is_carried_or_told(post: Terminal) -> None:
    answer = imported(post, "post", "--id", "htcds", "--number", "HTCDS")

    assert (answer["register"], answer["number"], answer["version"], answer["fields"]) == ("htcds", "HTCDS", 1, 31)
    rows = {one["row"] for one in answer["carried"]}
    told = {one["row"] for one in answer["not_carried"] if one["sheet"] == "survey"}
    assert rows | told >= set(range(2, 36))
    assert told - {0} == {2, 3, 35}  # start, end, __version__
    levels = {one["field"]: one["privacy"] for one in answer["carried"]}
    assert {levels[name] for name in ("prs_first_name", "prs_birthdate", "prs_mobilephone", "prs_mailingstreet")} == {
        "P4"
    }
    assert levels["vic_typeofexploitation"] == "P3"
    renamed = [one for one in answer["not_carried"] if one["code"] == "xlsform_choice_renamed"]
    assert [(one["sheet"], one["row"]) for one in renamed] == [("choices", row) for row in (297, 300, 306, 307, 314)]
    assert post.answer("forms", "check", "--registry", post.folder / "post")["ok"]


def test_a_record_of_it_is_taken_printed_and_found(post: Terminal, tmp_path: Path) -> None:
    imported(post, "post", "--id", "htcds")

    added = post.answer("records", "add", "htcds", "--json", "-", at="post", given=GIVEN)
    stored = post.answer("records", "show", "htcds", added["id"], at="post")["values"]
    (listed,) = list[Any](post.answer("records", "list", "htcds", "--json", at="post"))
    post.answer("print", "htcds_sheet", added["record_no"], "--out", tmp_path / "sheet.pdf", at="post")

    assert {name: stored[name] for name in GIVEN} == GIVEN
    assert (listed["title"], "Mẩy" in json.dumps(listed, ensure_ascii=False)) == (added["record_no"], False)
    text = " ".join(page.extract_text() for page in PdfReader(tmp_path / "sheet.pdf").pages)
    for words in ("First Name", "Thị Mẩy", "Through online social networks", "Debt bondage", "MẪU NỘI BỘ"):
        assert words in " ".join(text.split()), words
    if shutil.which("pdftotext"):
        said = subprocess.run(
            ["pdftotext", tmp_path / "sheet.pdf", "-"], capture_output=True, text=True, check=True, encoding="utf-8"
        ).stdout
        assert "Method of Recruitment" in said


def test_a_record_travels_to_an_office_without_the_form_and_shows_itself_once_it_is_there(
    post: Terminal, tmp_path: Path
) -> None:
    post.init("office", "province", None)
    office = post.introduce("office", "post")
    post.introduce("post", "office")
    imported(post, "post", "--id", "htcds")
    added = post.answer("records", "add", "htcds", "--json", "-", at="post", given=GIVEN)
    sent = post.answer("send", "--to", office, "--out", tmp_path, at="post")["file"]

    received = post.answer("receive", sent, at="office")
    plain = post.answer("records", "show", "htcds", added["record_no"], at="office")
    listed: Any = post.answer("records", "list", "htcds", "--json", at="office")
    imported(post, "office", "--id", "htcds")
    shown = post.answer("records", "show", "htcds", added["id"], at="office")
    found: Any = post.answer("records", "list", "htcds", "--json", at="office")

    assert (received["verdict"], received["unknown"]) == ("ACCEPTED", ["htcds"])
    assert "htcds" in received["message"]
    assert {name: plain["values"][name] for name in GIVEN} == GIVEN
    assert [(one["id"], one["cells"]) for one in listed] == [(added["id"], {"record_no": added["record_no"]})]
    assert shown["values"] == plain["values"]
    assert [one["cells"]["prs_citizenship"] for one in found] == ["Viet Nam"]
    assert post.answer("check", at="office")["ok"]


def test_a_look_at_a_record_of_an_unknown_register_is_logged_as_a_look_at_all_of_it(
    post: Terminal, tmp_path: Path
) -> None:
    imported(post, "post", "--id", "htcds")
    added = post.answer("records", "add", "htcds", "--json", "-", at="post", given=GIVEN)
    shutil.rmtree(tmp_path / "post" / "forms")

    shown = post.answer("records", "show", "htcds", added["id"], at="post")

    assert shown["values"]["prs_first_name"] == "Thị Mẩy"
    assert shown["computed"] == {}
    assert post.type("records", "show", "gone", added["id"], at="post").exit_code == 1


def test_the_same_form_again_changes_nothing(post: Terminal) -> None:
    imported(post, "post", "--id", "htcds")
    before = own_files(post, "post")

    again = imported(post, "post", "--id", "htcds", "--replace")

    assert (again["changed"], again["files"], again["version"]) == (False, [], 1)
    assert own_files(post, "post") == before


def test_a_trial_writes_nothing(post: Terminal) -> None:
    answer = imported(post, "post", "--dry-run")

    assert (answer["register"], answer["fields"]) == ("htcds_xlsform", 31)
    assert own_files(post, "post") == {}


def test_what_was_not_carried_is_said_in_words_the_same_of_many_rows_once(post: Terminal) -> None:
    words = ("forms", "import-xlsform", str(HTCDS), "--registry", str(post.folder / "post"))
    said = post.type(*words, language="en").stderr.splitlines()

    assert "choices, row 298, 300, 308, 313, column label: " in " ".join(said)
    assert said[-1].endswith("[form_imported]")
    assert len(said) == 15


def test_the_program_lives_with_a_register_of_its_own_and_a_copy_keeps_it(post: Terminal, tmp_path: Path) -> None:
    imported(post, "post", "--id", "htcds")
    added = post.answer("records", "add", "htcds", "--json", "-", at="post", given=GIVEN)

    copy = post.answer("backup", "--out", tmp_path, at="post")["folder"]
    restored = post.type("restore", copy, "--registry", str(tmp_path / "again"))

    assert restored.exit_code == 0, restored.stderr
    assert own_files(post, "again") == own_files(post, "post")
    found: Any = post.answer("records", "list", "htcds", "--json", at="again")
    assert [one["id"] for one in found] == [added["id"]]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--id", "person"), "form_id_taken"),
        (("--id", "Not An Id"), "form_id_wrong"),
        (("--id", "and"), "form_id_wrong"),
        (("--id", "htcds", "--number", "VM1"), "form_number_wrong"),
        (("--id", "htcds", "--number", "NN"), "form_number_wrong"),
    ],
)
def test_a_name_that_cannot_be_is_refused_and_nothing_is_written(
    post: Terminal, words: tuple[str, ...], code: str
) -> None:
    result = post.type("forms", "import-xlsform", str(HTCDS), "--registry", str(post.folder / "post"), *words)

    assert (result.exit_code, result.stdout) == (1, "")
    assert f"[{code}]" in result.stderr
    assert own_files(post, "post") == {}


def test_a_file_that_is_no_form_is_status_1_with_its_sentence(post: Terminal, tmp_path: Path) -> None:
    old = tmp_path / "old.xls"
    old.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512))

    result = post.type("forms", "import-xlsform", str(old), "--registry", str(post.folder / "post"))
    gone = post.type("forms", "import-xlsform", str(tmp_path / "gone.xlsx"), "--dry-run")

    assert (result.exit_code, result.stdout) == (1, "")
    assert "[workbook_encrypted_or_old]" in result.stderr
    assert "[file_unreadable]" in gone.stderr


def test_where_the_register_goes_has_to_be_said_once(post: Terminal, tmp_path: Path) -> None:
    both = ("--registry", str(post.folder / "post"), "--out", str(tmp_path / "out"))
    assert post.type("forms", "import-xlsform", str(HTCDS)).exit_code == 2
    assert post.type("forms", "import-xlsform", str(HTCDS), *both).exit_code == 2
    missing = post.type("forms", "import-xlsform", str(HTCDS), "--registry", str(tmp_path / "nowhere"))
    assert (missing.exit_code, "[registry_missing]" in missing.stderr) == (1, True)


def test_a_file_of_the_programs_name_among_the_own_forms_is_told_with_its_place(post: Terminal) -> None:
    folder = post.folder / "post" / "forms"
    (folder / "registers").mkdir(parents=True)
    (folder / "deadlines").mkdir()
    (folder / "registers" / "absence.toml").write_text("id = 'absence'\n", encoding="utf-8")
    (folder / "deadlines" / "mine.toml").write_text("id = 'mine'\n", encoding="utf-8")

    result = post.type("records", "list", "person", at="post")

    assert result.exit_code == 1
    assert "registers/absence.toml:1: file: the program has a file of this name" in result.stderr
    assert "deadlines/mine.toml:1: file: only registers/" in result.stderr


def test_a_form_made_by_hand_is_imported_in_english_words(post: Terminal, tmp_path: Path) -> None:
    path = tmp_path / "visit.xlsx"
    path.write_bytes(form([("text", "q1", "Village"), ("time", "q2", "When")], settings={"form_title": "Visits"}))

    answer = imported(post, "post", file=path)

    assert answer["register"] == "visit"
    (note,) = [one for one in answer["not_carried"] if one["row"]]
    assert (note["sheet"], note["row"], note["column"], note["code"]) == ("survey", 3, "type", "xlsform_type_as_text")
