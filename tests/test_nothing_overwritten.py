"""Commands that write refuse a file that is there already, a registry's own most of all."""

import shutil
from pathlib import Path

import pytest

from desktop.crypto import slot_file
from desktop.errors import DesktopError
from desktop.workspace.base import outside_files
from tests.commands.test_cli import Terminal
from tests.conftest import World


@pytest.fixture
def terminal(tmp_path: Path, world: World) -> Terminal:
    terminal = Terminal(tmp_path, world)
    terminal.init("post")
    return terminal


def test_no_command_writes_over_a_file(terminal: Terminal, tmp_path: Path) -> None:
    there = tmp_path / "post" / "registry.db"
    before = there.read_bytes()
    tries = [
        ("print", "--blank", "ct03", "--out", there),
        ("book", "absence", "--from", "2026-01-01", "--to", "2026-12-31", "--out", there),
        ("card", "export", "--out", there),
        ("card", "identity", "--out", there),
        ("export", "table", "absence", "--out", there),
        ("export", "htcds", "--out", there),
        ("report", "table_1", "--pdf", there),
        ("report", "table_1", "--xlsx", there),
        ("report", "frozen", "show", "1", "--pdf", there),
    ]

    for words in tries:
        done = terminal.type(*words, "--registry", tmp_path / "post")
        assert (done.exit_code, "[file_exists]" in done.stderr) == (1, True), words

    assert there.read_bytes() == before


def test_a_file_whose_name_is_made_by_us_is_not_written_over_either(tmp_path: Path) -> None:
    (tmp_path / "cases_more.csv").write_text("mine", encoding="utf-8")
    entered: list[str] = []

    with pytest.raises(DesktopError, match="file_exists"):
        outside_files.at(tmp_path / "cases.csv")({"": b"a", "_more": b"b"}, lambda: entered.append("booked"))

    assert entered == []
    assert [path.name for path in tmp_path.iterdir()] == ["cases_more.csv"]
    assert (tmp_path / "cases_more.csv").read_text(encoding="utf-8") == "mine"


def test_a_restore_goes_over_nobodys_key_slots(terminal: Terminal, tmp_path: Path) -> None:
    copy = Path(terminal.answer("backup", "--out", tmp_path, at="post")["folder"])
    terminal.init("other")
    (tmp_path / "other" / "registry.db").rename(tmp_path / "kept.db")
    slots = {name: (tmp_path / "other" / name).read_bytes() for name in slot_file.COPY_NAMES}

    refused = terminal.type("restore", copy, "--registry", tmp_path / "other")

    assert "[restore_over_files]" in refused.stderr
    assert {name: (tmp_path / "other" / name).read_bytes() for name in slot_file.COPY_NAMES} == slots
    assert not (tmp_path / "other" / "registry.db").exists()


@pytest.mark.parametrize("length", [0, 100, None])
def test_a_restore_that_was_cut_short_goes_on(terminal: Terminal, tmp_path: Path, length: int | None) -> None:
    copy = Path(terminal.answer("backup", "--out", tmp_path, at="post")["folder"])
    (tmp_path / "new").mkdir()
    name = slot_file.COPY_NAMES[0]
    (tmp_path / "new" / name).write_bytes((copy / name).read_bytes()[:length])

    done = terminal.type("restore", copy, "--registry", tmp_path / "new")

    assert done.exit_code == 0, done.stderr


def test_a_set_up_leaves_the_key_slots_of_a_registry_that_was_moved_away(terminal: Terminal, tmp_path: Path) -> None:
    (tmp_path / "post" / "registry.db").rename(tmp_path / "kept.db")

    refused = terminal.type(
        *("init", "--registry", tmp_path / "post", "--kind", "province", "--province", "11"),
        *("--name", "Công an tỉnh", "--officer", "Hà Văn Sơn"),
    )

    assert "[registry_exists]" in refused.stderr
    assert not (tmp_path / "post" / "registry.db").exists()
    shutil.move(tmp_path / "kept.db", tmp_path / "post" / "registry.db")
    assert terminal.answer("check", at="post")["ok"]
