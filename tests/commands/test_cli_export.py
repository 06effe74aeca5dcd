"""`sotram export`, as an administrator types it."""

import csv
import io
import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from tests.commands.test_cli import PERSON, Terminal
from tests.conftest import PASSPHRASE, World
from tests.workspace.exports.test_case_exports import CASE

APPROVAL = ("--approved-by", "CB-2026-0002", "--approval", "Tờ trình 12 ngày 20/11/2026")


@pytest.fixture
def post(tmp_path: Path, world: World) -> Terminal:
    terminal = Terminal(tmp_path, world)
    terminal.init("post")
    return terminal


def export(post: Terminal, *words: object) -> Result:
    return post.type("export", *words, "--registry", post.folder / "post")


def answer(post: Terminal, *words: object) -> Any:  # noqa: ANN401  JSON
    result = export(post, *words, "--json")
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def add_chief(post: Terminal) -> None:
    typed = post.type(
        *("officer", "add", "--name", "Lò Văn Phấn", "--rank", "Đại úy"),
        at="post",
        given=f"{PASSPHRASE} hai\n{PASSPHRASE} hai\n",
    )
    assert typed.exit_code == 0, typed.stderr


def add(post: Terminal, register: str, values: dict[str, Any]) -> None:
    path = post.folder / "given.json"
    path.write_text(json.dumps(values), encoding="utf-8")
    post.answer("records", "add", register, "--json", path, "--reason", "Số liệu giả định", at="post")


def add_cases(post: Terminal, count: int) -> None:
    for number in range(count):
        about = {**PERSON, "full_name": "Lò Thị Đớn", "nationality": "VNM", "personal_id": f"0111990{number:05}"}
        add(post, "returned_victim", {**CASE, "person": about})


def test_a_table_goes_out_as_its_file_is_named_and_the_book_knows(post: Terminal) -> None:
    add(post, "person", {**PERSON, "note": "=HYPERLINK(A1)"})
    out = post.folder / "people.csv"
    found = answer(post, "table", "person", "--out", out, "--codes", "--columns", "full_name,personal_id,note")
    (row,) = csv.DictReader(io.StringIO(out.read_text(encoding="utf-8-sig"), newline=""))
    assert row["full_name"] == "Nguyễn Thị Đào"
    assert row["note"] == "'=HYPERLINK(A1)"
    assert (found["records"], found["columns"]) == (1, ["full_name", "personal_id", "note"])
    (entry,) = answer(post, "list")
    assert entry["sha256"] == {"csv": found["sha256"]}
    assert (entry["number"], entry["register"], entry["records"]) == (1, "person", 1)
    assert export(post, "list").stdout.split("\t")[0] == "1"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("table", "returned_victim", "--columns", "return_date"), "export_purpose_missing"),
        (("table", "returned_victim", "--columns", "person", "--purpose", "x"), "export_reveal_missing"),
        (("table", "returned_victim", "--columns", "person", "--reveal", "x"), "export_approval_missing"),
        (("table", "link"), "export_register_closed"),
        (("table", "người"), "register_unknown"),
        (("htcds",), "export_approval_missing"),
        (("htcds", *APPROVAL), "export_approver_unknown"),
        (("htcds", "--approved-by", "CB-2026-0001", "--approval", "TT 12"), "export_approver_is_self"),
        (("htcds", "--k", "2", "--approved-by", "CB-2026-0001", "--approval", "TT 12"), "export_approver_is_self"),
    ],
)
def test_a_refusal_leaves_no_file(words: tuple[str, ...], code: str, post: Terminal) -> None:
    out = post.folder / "out.xlsx"
    result = export(post, *words, "--out", out)
    assert result.exit_code == 1
    assert f"[{code}]" in result.stderr
    assert not out.exists()
    assert answer(post, "list") == []


@pytest.mark.parametrize("words", [("htcds",), ("htcds", "--dry-run", "--out", "x"), ("table", "person")])
def test_half_a_command_is_wrong_usage(words: tuple[str, ...], post: Terminal) -> None:
    assert export(post, *words).exit_code == 2


def test_cases_are_tried_then_written_one_file_a_table(post: Terminal) -> None:
    add_cases(post, 5)
    add_chief(post)
    tried = answer(post, "htcds", "--dry-run")
    assert (tried["leaves"], tried["files"], tried["number"]) == (5, {}, None)
    out = post.folder / "cases.csv"
    found = answer(post, "htcds", "--format", "csv", "--out", out, *APPROVAL)
    assert {Path(path).name for path in found["files"]} == {"cases.csv", "cases-events.csv", "cases-plans.csv"}
    rows = list(csv.DictReader(io.StringIO(out.read_text(encoding="utf-8-sig"), newline="")))
    assert [row["vic_TypeOfExploitation"] for row in rows] == ["Other;SexualExploitation"] * 5
    assert len({row["case"] for row in rows}) == 5
    (entry,) = answer(post, "list")
    assert (entry["approved_by"], entry["approval"]) == ("Đại úy Lò Văn Phấn", "Tờ trình 12 ngày 20/11/2026")


def test_too_few_cases_are_refused_and_why_is_said(post: Terminal) -> None:
    add_cases(post, 4)
    add_chief(post)
    out = post.folder / "cases.json"
    result = export(post, "htcds", "--out", out, *APPROVAL)
    assert result.exit_code == 1
    assert "[case_export_empty]" in result.stderr
    assert not out.exists()
    assert "4 ca: quá ít ca giống nhau" in export(post, "htcds", "--dry-run").stderr.casefold()


@pytest.mark.skipif(shutil.which("age") is None, reason="age is not there (Windows)")
def test_a_sealed_table_is_opened_by_the_station_it_is_for_alone(post: Terminal, tmp_path: Path) -> None:
    post.init("office", "province", None)
    station = post.introduce("office", to="post")
    assert post.type("card", "identity", "--out", tmp_path / "office.key", at="office").exit_code == 0
    add(post, "person", PERSON)
    plain = answer(post, "table", "person", "--out", tmp_path / "people.csv")
    sealed = answer(
        post, "table", "person", "--out", tmp_path / "people.csv.age", "--seal-for", station, "--format", "csv"
    )
    command = ["age", "-d", "-i", str(tmp_path / "office.key"), str(tmp_path / "people.csv.age")]
    opened = subprocess.run(command, capture_output=True, check=True).stdout
    assert opened == (tmp_path / "people.csv").read_bytes()
    assert sealed["sha256"] == plain["sha256"]
    refused = export(post, "table", "person", "--out", tmp_path / "x.csv", "--seal-for", "CAT-99-XXXX")
    assert (refused.exit_code, "[station_unknown]" in refused.stderr) == (1, True)
    assert len(answer(post, "list")) == 2
