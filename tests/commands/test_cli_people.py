"""`sotram people match` as an administrator types it."""

from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from tests.commands.test_cli import Terminal
from tests.conftest import World

HUONG = {"full_name": "Nguyễn Thị Hương", "dob": "14/03/1999", "gender": "F", "nationality": "LAO"}


@pytest.fixture
def post(tmp_path: Path, world: World) -> Terminal:
    """A commune that entered one woman twice, and somebody else."""
    terminal = Terminal(tmp_path, world)
    terminal.init("post")
    for name in ("Nguyễn Thị Hương", "Huong Nguyen Thi", "Lò Văn Phấn"):
        values = {"values": {**HUONG, "full_name": name}, "reasons": {}}
        terminal.answer("records", "add", "person", "--json", "-", "--reason", "Đã xem", at="post", given=values)
    return terminal


def match(post: Terminal, *words: str, language: str = "vi") -> Result:
    return post.type("people", "match", "--registry", post.folder / "post", *words, language=language)


def answer(post: Terminal, *words: str) -> Any:  # noqa: ANN401  JSON
    return post.answer("people", "match", "--registry", post.folder / "post", *words, "--json")


def test_a_name_gives_candidates_with_their_reasons(post: Terminal) -> None:
    first, second = answer(post, "--name", "nguyen huong", "--dob", "2000")
    assert first.keys() == {"id", "record_no", "title", "reasons"}
    assert (first["record_no"], first["reasons"]) == ("NG-2026-0001", ["no_diacritics", "filler_dropped"])
    assert (second["record_no"], second["reasons"]) == ("NG-2026-0002", ["filler_dropped", "order"])
    assert answer(post, "--name", "nguyen huong", "--dob", "1990") == []


def test_a_record_gives_the_others(post: Terminal) -> None:
    (found,) = answer(post, "--record", "NG-2026-0001")
    assert (found["record_no"], found["reasons"]) == ("NG-2026-0002", ["no_diacritics", "order"])
    assert answer(post, "--record", "NG-2026-0003") == []


def test_without_a_person_each_pair_is_given_once(post: Terminal) -> None:
    found = answer(post)
    assert found["total"] == 1
    (pair,) = found["pairs"]
    assert [person["record_no"] for person in pair["persons"]] == ["NG-2026-0001", "NG-2026-0002"]
    assert pair["reasons"] == ["no_diacritics", "order"]


def test_a_table_says_the_reasons_in_words(post: Terminal) -> None:
    (line,) = match(post, "--record", "NG-2026-0002").stdout.splitlines()
    assert line == "NG-2026-0001\tNguyễn Thị Hương\t14/03/1999\tmất dấu; đảo thứ tự họ tên"
    (pair,) = match(post, language="en").stdout.splitlines()
    assert pair.endswith("marks lost; another order of the words")


def test_nobody_alike_is_said(post: Terminal) -> None:
    result = match(post, "--name", "Trần Văn Bình")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "[people_none_alike]" in result.stderr


def test_pairs_that_are_left_out_are_said(post: Terminal) -> None:
    post.answer("records", "add", "person", "--json", "-", "--reason", "Đã xem", at="post", given=HUONG)
    result = match(post, "--limit", "1")
    assert len(result.stdout.splitlines()) == 1
    assert "[people_pairs_left_out]" in result.stderr


@pytest.mark.parametrize(
    "words",
    [("--name", "Lò", "--record", "x"), ("--name", " "), ("--record", ""), ("--dob", "1999"), ("--limit", "0")],
)
def test_one_question_is_asked_at_a_time(post: Terminal, words: tuple[str, ...]) -> None:
    assert match(post, *words).exit_code == 2


def test_a_date_that_is_none_is_refused_with_its_code(post: Terminal) -> None:
    result = match(post, "--name", "Nguyễn Thị Hương", "--dob", "31/02/1999")
    assert result.exit_code == 1
    assert "[date_" in result.stderr


def test_a_record_that_is_not_there_is_refused(post: Terminal) -> None:
    result = match(post, "--record", "NG-1999-0001")
    assert result.exit_code == 1
    assert "[record_unknown]" in result.stderr
