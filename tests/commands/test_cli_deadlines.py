"""`sotram deadlines` as an administrator types it."""

import json
from pathlib import Path

import pytest

from tests.commands.test_cli import Terminal
from tests.conftest import World

REQUEST = {
    "requester": "Lò Thị Đớn",
    "identity_seen": True,
    "request_kind": ["XEM"],
    "received_at": "2026-11-16T09:00+07:00",
    "source_of_information": "QUAN_CHUNG",
}


def deadlines(terminal: Terminal, *words: str) -> tuple[str, str]:
    result = terminal.type("deadlines", "list", "--registry", terminal.folder / "post", *words)
    assert result.exit_code == 0, result.stderr
    return result.stdout, result.stderr


@pytest.fixture
def asked(tmp_path: Path, world: World) -> Terminal:
    """A commune that was asked something five days ago."""
    terminal = Terminal(tmp_path, world)
    terminal.init("post")
    terminal.answer("records", "add", "data_request", "--json", "-", at="post", given=REQUEST)
    return terminal


def test_what_is_overdue_is_listed_as_json(asked: Terminal) -> None:
    found = json.loads(deadlines(asked, "--json")[0])
    (one,) = found["deadlines"]
    assert found["counts"] == {"soon": 0, "overdue": 1}
    assert (one["deadline"], one["state"], one["verified"]) == ("data_request_answer", "overdue", False)
    assert one["due_at"] == "2026-11-18T23:59+07:00"


def test_a_table_has_a_line_a_deadline_and_says_what_was_not_verified(asked: Terminal) -> None:
    table, said = deadlines(asked)
    (line,) = table.splitlines()
    assert line.startswith("18/11/2026 23:59\tquá hạn\tquá hạn 3 ngày\tYCDL-2026-0001\tLò Thị Đớn\t")
    assert "[deadline_unverified]" in said


def test_a_state_chooses(asked: Terminal) -> None:
    table, said = deadlines(asked, "--state", "met", "--met-since", "2026-11-01")
    assert table == ""
    assert "[deadlines_none]" in said


def test_a_state_that_is_none_is_wrong_usage(asked: Terminal) -> None:
    result = asked.type("deadlines", "list", "--registry", asked.folder / "post", "--state", "late")
    assert result.exit_code == 2
