"""`make bench`: every bench_*.py beside this file, in one table with the machine it ran on.

A name on the command line runs only the modules that hold it: `python -m tests.benchmarks save`.
"""

import importlib
import os
import platform
import sys
from pathlib import Path

from sqlcipher3 import dbapi2 as driver

from desktop import __version__


def main() -> None:
    sys.stdout.reconfigure(encoding="utf-8", line_buffering=True)  # type: ignore[union-attr]  # a console is text
    wanted = sys.argv[1:]
    print(machine())
    print(f"{'what':<58} {'ours':>12} {'theirs':>12} {'ratio':>7}  goal")
    for path in sorted(Path(__file__).parent.glob("bench_*.py")):
        if wanted and not any(word in path.stem for word in wanted):
            continue
        module = importlib.import_module(f"tests.benchmarks.{path.stem}")
        for row in module.run():
            print(line(row))


def machine() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30 if hasattr(os, "sysconf") else 0
    return (
        f"Sotram {__version__} on {platform.platform()}, Python {platform.python_version()}, "
        f"SQLite {driver.sqlite_version}, {os.cpu_count()} cores, {memory:.0f} GiB\n"
    )


def line(row: object) -> str:
    """Return one row; `unit` is `s` unless the row says otherwise, a missing peer is a dash."""
    name, ours, theirs = getattr(row, "name"), getattr(row, "ours"), getattr(row, "theirs")  # noqa: B009  any module's row
    unit, goal = getattr(row, "unit", "s"), getattr(row, "goal", "")
    ratio = f"{ours / theirs:7.2f}" if theirs else f"{'–':>7}"
    beside = shown(theirs, unit) if theirs or unit == "%" else "–"
    return f"{name:<58} {shown(ours, unit):>12} {beside:>12} {ratio}  {goal}"


def shown(figure: float, unit: str) -> str:
    if unit == "s" and figure < 1:
        return f"{figure * 1000:.2f} ms"
    return f"{figure:.2f} {unit}"


if __name__ == "__main__":
    main()
