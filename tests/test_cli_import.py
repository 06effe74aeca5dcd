"""`sotram import` as an administrator types it."""

import json
from pathlib import Path

import pytest
from click.testing import Result

from tests.conftest import World
from tests.test_cli import Terminal
from tests.workspace.test_attachments import PATROL, TRACK


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
