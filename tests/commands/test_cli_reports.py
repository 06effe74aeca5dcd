"""`sotram report`, as an administrator types it."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from tests.commands.test_cli import Terminal
from tests.conftest import World
from tests.workspace.reports.test_reports import TIP


@pytest.fixture
def post(tmp_path: Path, world: World) -> Terminal:
    terminal = Terminal(tmp_path, world)
    terminal.init("post")
    return terminal


def report(post: Terminal, *words: object) -> Result:
    return post.type("report", *words, "--registry", post.folder / "post")


def answer(post: Terminal, *words: object) -> Any:  # noqa: ANN401  JSON
    result = report(post, *words, "--json")
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def add_tip(post: Terminal) -> str:
    path = post.folder / "tip.json"
    path.write_text(json.dumps(TIP), encoding="utf-8")
    return str(post.answer("records", "add", "tip", "--json", path, "--reason", "Số liệu giả định", at="post")["id"])


def test_a_figure_comes_with_the_records_behind_it(post: Terminal) -> None:
    tip = add_tip(post)
    found = answer(post, "k1", "--from", "2026-10-15", "--to", "2026-11-14")
    row = found["tables"][0]["rows"][0]
    first = row["cells"][0]
    assert first == {
        "column": "this_period",
        "number": 1,
        "records": [tip],
        "text": "1/1 (100,0 %)",
        "of": {"number": 1, "records": [tip]},
        "percent": 100,
    }
    assert [cell["column"] for cell in row["cells"]][2:] == ["last_year", "difference", "change"]
    assert found["period"] == {"kind": "days", "first": "2026-10-15", "last": "2026-11-14"}


def test_the_registry_may_stand_before_the_name(post: Terminal) -> None:
    assert post.type("report", "k1", "--period", "month", "--to", "2026-11-01", at="post").exit_code == 0


def test_a_table_is_printed_with_tabs_and_doubts_go_to_stderr(post: Terminal) -> None:
    result = report(post, "k2", "--period", "quarter", "--to", "14/11/2026")
    assert result.stdout.splitlines()[0].startswith("K2. ")
    assert "\t0/0 (–)\t" in result.stdout
    assert "[report_empty]" in result.stderr
    assert "[report_unverified]" in result.stderr


def test_files_are_written_and_frozen_ones_come_back_as_they_were(post: Terminal) -> None:
    add_tip(post)
    pdf, xlsx, again = (post.folder / name for name in ("a.pdf", "a.xlsx", "b.pdf"))
    found = answer(post, "table_1", "--period", "month", "--to", "2026-11-14", "--pdf", pdf, "--xlsx", xlsx, "--freeze")
    assert found["frozen"] == 1
    add_tip(post)
    shown = answer(post, "frozen", "show", "1", "--pdf", again)
    assert again.read_bytes() == pdf.read_bytes()
    assert pdf.read_bytes().startswith(b"%PDF-")
    assert xlsx.read_bytes().startswith(b"PK")
    assert shown["report"] == "table_1"
    assert answer(post, "frozen", "list") == [shown]


def test_for_outside_no_record_is_named(post: Terminal) -> None:
    tip = add_tip(post)
    result = report(post, "k1", "--from", "2026-10-15", "--to", "2026-11-14", "--small-cells", "--json")
    assert json.loads(result.stdout)["tables"][0]["rows"][0]["cells"][0]["hidden"] == "small"
    assert tip not in result.stdout


def test_a_figure_of_the_province_is_entered(post: Terminal) -> None:
    days = ("--from", "2026-01-01", "--to", "2026-12-31")
    assert [one["entered"] for one in answer(post, "list") if one["report"] == "k5"] == [
        ["rate.k5.number", "rate.k5.of"]
    ]
    for place, number in (("rate.k5.number", 19), ("rate.k5.of", 20)):
        assert report(post, "enter", "k5", place, number, *days, "--source", "BC 01 ngày 02/01/2027").exit_code == 0
    first = answer(post, "k5", *days)["tables"][0]["rows"][0]["cells"][0]
    assert (first["text"], first["source"]) == ("19/20 (95,0 %)", "BC 01 ngày 02/01/2027")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("k14",), "report_unknown"),
        (("k1", "--from", "2026-11-14", "--to", "2026-11-13"), "period_ends_before_it_begins"),
        (("k1", "--from", "2026-11-14"), "report_days_missing"),
        (("k1", "--to", "2026-11-14"), "report_days_missing"),
        (("k1", "--from", "2026-11-14", "--period", "month"), "report_days_and_period"),
        (("frozen", "show", "3"), "frozen_report_unknown"),
        (("enter", "k4", "rate.k4", "1", "--period", "year", "--source", "BC"), "report_place_unknown"),
    ],
)
def test_a_refusal_is_a_sentence_with_its_code(words: tuple[str, ...], code: str, post: Terminal) -> None:
    result = report(post, *words)
    assert result.exit_code == 1
    assert f"[{code}]" in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize(
    "words", [("k1", "--from", "31/02/2026"), ("k1", "--period", "week"), ("frozen", "show"), ("frozen", "list", "1")]
)
def test_a_word_that_means_nothing_is_wrong_usage(words: tuple[str, ...], post: Terminal) -> None:
    assert report(post, *words).exit_code == 2


def test_without_days_it_is_the_usual_period(post: Terminal) -> None:
    assert answer(post, "table_9")["period"] == {"kind": "campaign", "first": "2026-07-01", "last": "2026-09-30"}
