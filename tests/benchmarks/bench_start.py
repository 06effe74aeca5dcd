"""The program as a whole process: how soon its window is there, and what it holds in memory.

- Start: from the shell to the first picture of the passphrase page, beside a bare Qt window of the same size.
- Memory: the register of persons with 200,000 records shown in the window, beside the same window with none.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import textwrap
import time
from pathlib import Path
from typing import NamedTuple

from desktop.crypto.argon2_params import Argon2Params
from desktop.domain.log.operation import (
    ChangeKind,
    FieldChange,
    HybridTime,
    Operation,
    OperationId,
)
from desktop.storage import change_log, projection
from desktop.workspace.base.definitions import read_definitions
from desktop.workspace.base.environment import Environment, real_environment
from desktop.workspace.station.registry import StationSetup, create_registry, open_registry

ROUNDS = 5
PEOPLE = int(os.environ.get("SOTRAM_PEOPLE", "200000"))
AT_ONCE = 20_000
PASSPHRASE = "đèo gió mường thanh 27"
SETUP = StationSetup(
    kind="commune", province="11", commune="03160", name="Công an xã Mường Nhé", officer_name="Hà Văn Sơn"
)
OURS = """
    import sys
    from pathlib import Path
    from PySide6.QtWidgets import QApplication
    from desktop import app
    from desktop.workspace.base.definitions import read_definitions
    from desktop.workspace.base.environment import real_environment
    application = QApplication([])
    folder = Path(sys.argv[1])
    program = app.build(application, folder, folder / "window.ini", real_environment(), read_definitions())
    program.window.show()
    program.window.grab()
    program.window.close()
"""
BARE = """
    from PySide6.QtWidgets import QApplication, QMainWindow
    application = QApplication([])
    window = QMainWindow()
    window.resize(1280, 720)
    window.show()
    window.grab()
"""
SHOW = """
    import json, resource, sys
    from pathlib import Path
    from PySide6.QtWidgets import QApplication
    from desktop.crypto.argon2_params import Argon2Params
    from desktop.demo.demo_station import DemoStation
    from desktop.workspace.base.environment import Environment, real_environment
    application = QApplication([])
    folder = Path(sys.argv[1])
    desk = DemoStation(folder, folder.parent / "pictures", real_environment())
    desk.unlock(sys.argv[2])
    desk.search("person", "thi 00")
    print(json.dumps({"mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))
    desk.close()
"""


class Row(NamedTuple):
    """A figure of ours beside theirs."""

    name: str
    ours: float
    theirs: float
    unit: str = "s"
    goal: str = ""


def run() -> list[Row]:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as temporary:
        folder = Path(temporary)
        environment = Environment(
            now=real_environment().now, random=real_environment().random, cost=Argon2Params.for_tests()
        )
        for name in ("none", "many"):
            create_registry(folder / name, SETUP, PASSPHRASE, environment, read_definitions()).close()
        start = Row("start: window with the passphrase page", _started(OURS, folder / "none"), _started(BARE, folder))
        _fill(folder / "many", environment)
        many, none = (_memory(folder / name) for name in ("many", "none"))
        return [start, Row(f"memory: {PEOPLE:,} persons shown and searched", many, none, "MiB", "at most 500 MiB")]


def _started(program: str, folder: Path) -> float:
    times = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        _run(program, str(folder))
        times.append(time.perf_counter() - begun)
    return statistics.median(times)


def _memory(folder: Path) -> float:
    return float(json.loads(_run(SHOW, str(folder), PASSPHRASE).splitlines()[-1])["mib"])


def _run(program: str, *words: str) -> str:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_LOGGING_RULES": "*=false"}
    command = [sys.executable, "-c", textwrap.dedent(program), *words]
    return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout


def _fill(folder: Path, environment: Environment) -> None:
    with open_registry(folder, PASSPHRASE, environment, read_definitions()) as session:
        counter, _ = change_log.last(session.database, session.epoch)
        for begin in range(0, PEOPLE, AT_ONCE):
            people = [
                Operation(
                    id=OperationId(session.epoch, counter + number + 1),
                    kind=ChangeKind.PUT,
                    record=environment.new_record_id(),
                    register="person",
                    definition_version=1,
                    officer=session.officer.id,
                    time=HybridTime(1_700_000_000_000 + number, 0),
                    wall=1_700_000_000_000,
                    fields={
                        "full_name": FieldChange(f"Lò Thị Số {number:06}"),
                        "dob": FieldChange(f"{1950 + number % 70}"),
                        "gender": FieldChange("F"),
                        "record_no": FieldChange(f"NG-2026-{number:06}"),
                    },
                )
                for number in range(begin, min(begin + AT_ONCE, PEOPLE))
            ]
            with session.database.atomic():
                change_log.append(session.database, people)
                projection.apply(session.database, session.library, [person.record for person in people])
