"""No test waits by the clock: it would pass on a fast machine and fail on a loaded one."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
MAY = {"ui/patience.py", "ui/jitter.py", "cpu.py"}
"""Where waiting, slowing and measuring are written once."""

WAITS = {"waitSignal", "waitSignals", "waitUntil", "waitActive", "waitExposed", "waitCallback"}
BY_THE_CLOCK = {"sleep", "qWait", "perf_counter", "monotonic", "thread_time", "singleShot"}


def bets(tree: ast.AST) -> Iterator[str]:
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        match call.func:
            case ast.Attribute(attr=name) if name in BY_THE_CLOCK:
                yield f"line {call.lineno}: {name}"
            case ast.Attribute(value=ast.Name("qtbot") | ast.Attribute(attr="qtbot"), attr="wait"):
                yield f"line {call.lineno}: qtbot.wait"
            case ast.Attribute(attr=name) if name in WAITS and any(one.arg == "timeout" for one in call.keywords):
                yield f"line {call.lineno}: {name} with a time of its own"


@pytest.mark.parametrize(
    "path",
    [
        path
        for path in sorted(TESTS.rglob("*.py"))
        if path.relative_to(TESTS).as_posix() not in MAY and path.relative_to(TESTS).parts[0] != "benchmarks"
    ],
    ids=lambda path: path.relative_to(TESTS).as_posix(),
)
def test_no_test_waits_by_the_deadline(path: Path) -> None:
    assert list(bets(ast.parse(path.read_text(encoding="utf-8")))) == []


@pytest.mark.parametrize(
    "code",
    ["time.sleep(1)", "hands.qtbot.wait(80)", "qtbot.wait(1)", "qtbot.waitUntil(f, timeout=5)", "time.perf_counter()"],
)
def test_a_bet_is_seen(code: str) -> None:
    assert list(bets(ast.parse(code)))
