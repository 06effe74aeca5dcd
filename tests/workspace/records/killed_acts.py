"""A rig: an act is killed before each of its steps, and what it left is looked at and gone on with.

Usage: python killed_acts.py FOLDER ACT [LARGEST]. FOLDER holds a closed registry of a commune, ACT is a name of ACTS.
Prints one line of JSON: how many steps the act has, at how many it was killed (all, or LARGEST spread over them), how
many kills left the registry as it was before, how many as after, and what was wrong.

- A step is a statement of SQLite, or an act on a file: opening, copying a part, flushing, renaming, removing. The child
  kills itself (SIGKILL) before the step; the last kill comes after the act, before anybody hears of it.
- Going on is what an officer does at the next start: the act again, if it can still be done. It must end in the very
  state of an act that was not disturbed.
"""

import json
import os
import shutil
import signal
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sqlcipher3 import dbapi2 as driver

from desktop.domain.log.operation import Json
from desktop.errors import DesktopError
from desktop.storage import change_log, projection, settings
from desktop.workspace.base.definitions import read_definitions
from desktop.workspace.base.session import Session
from desktop.workspace.imports import imports, table_imports
from desktop.workspace.imports.import_log import past_imports, undo
from desktop.workspace.records import drafts, records, saving
from desktop.workspace.records.new_records import new_values
from desktop.workspace.station import maintenance
from desktop.workspace.station.registry import has_registry, open_registry
from tests.conftest import PASSPHRASE, World
from tests.workspace.imports.test_imports import (
    COLUMNS,
    COMMON,
    ROWS,
    table,
)
from tests.workspace.records.test_saving import ABSENCE_GIVEN, PERSON_GIVEN

DEFINITIONS: Final = read_definitions()
REGISTRY: Final = "registry"
COPY: Final = "copy"
PARENT: Final[dict[str, Json]] = {**PERSON_GIVEN, "nationality": "VNM"}
CHILD: Final[dict[str, Json]] = {**PARENT, "full_name": "Lò Thị Mỷ", "dob": "2015-06-01", "legal_rep": PARENT}
PART: Final = 64 * 1024


@dataclass(frozen=True)
class Act:
    """How a registry is prepared, and what is done to it: by `run` to an open one, by `make` to the folder itself."""

    prepare: Callable[[Path], None]
    run: Callable[[Session, Path], object] = lambda _session, _folder: None
    make: Callable[[Path], Session] | None = None


def open_it(folder: Path, seed: str) -> Session:
    return open_registry(folder / REGISTRY, PASSPHRASE, World(seed=seed).environment, DEFINITIONS)


def keep_new(folder: Path) -> None:
    """Leave the draft of a new absence with two new persons, one inside the other."""
    with open_it(folder, "prepared") as session:
        typed = {**new_values(session, "absence"), "person": CHILD, **ABSENCE_GIVEN}
        drafts.keep(session, "absence", None, typed, {})


def keep_change(folder: Path) -> None:
    """Leave the draft of a change that puts another, new person into an absence."""
    with open_it(folder, "prepared") as session:
        saved = saving.save_given(session, "absence", {"person": PERSON_GIVEN, **ABSENCE_GIVEN})
        drafts.keep(session, "absence", saved.record, {"person": CHILD, "destination_country": "LAO"}, {})


def go_on(session: Session, _folder: Path) -> None:
    """Save what the draft holds, as the window does; without a draft there is nothing to go on with."""
    for draft in drafts.all_drafts(session):
        view = records.read(session, draft.record) if draft.record else None
        saved = saving.save(
            session,
            draft.register,
            {**(view.values if view else {}), **draft.values},
            record=draft.record,
            base=view.heads if view else None,
            ends_draft=True,
        )
        assert saved.record is not None, saved.problems


def put_table(folder: Path) -> None:
    table(folder, ROWS)


def bring_in(session: Session, folder: Path) -> None:
    read = table_imports.read_file(folder / "so.xlsx")
    source = table_imports.source(session, read, "absence", COLUMNS, common=COMMON)
    try:
        imports.perform(session, source)
    except DesktopError as error:
        if error.code != "import_file_known":
            raise


def put_import(folder: Path) -> None:
    put_table(folder)
    with open_it(folder, "prepared") as session:
        bring_in(session, folder)


def take_back(session: Session, _folder: Path) -> None:
    for found in past_imports(session):
        if found.undone_at is None:
            undo(session, found.id)


def put_copy(folder: Path) -> None:
    keep_new(folder)
    with open_it(folder, "saved") as session:
        go_on(session, folder)
        (folder / "backups").mkdir()
        maintenance.back_up(session, folder / "backups").rename(folder / COPY)
    shutil.rmtree(folder / REGISTRY)


def restore(folder: Path) -> Session:
    if has_registry(folder / REGISTRY):
        return open_it(folder, "act")
    environment = World(seed="act").environment
    return maintenance.restore(folder / COPY, folder / REGISTRY, PASSPHRASE, environment, DEFINITIONS)


ACTS: Final = {
    "save": Act(keep_new, go_on),
    "change": Act(keep_change, go_on),
    "import": Act(put_table, bring_in),
    "undo": Act(put_import, take_back),
    "restore": Act(put_copy, make=restore),
}


class Steps:
    """Counts what a process does to the disk, and kills it before the step of a given number."""

    def __init__(self, last: int) -> None:
        self.count = 0
        self._last = last

    def step(self, *_what: object) -> None:
        self.count += 1
        if self.count == self._last:
            os.kill(os.getpid(), signal.SIGKILL)

    def watch_files(self, folder: Path) -> None:
        """Count acts on files of a folder, and the statements of every connection that is opened from now on."""
        start, connect, flush, send = str(folder), driver.connect, os.fsync, os.sendfile

        def hear(event: str, arguments: tuple[Any, ...]) -> None:
            if event in {"open", "os.rename", "os.remove", "os.mkdir"} and str(arguments[0]).startswith(start):
                self.step()

        def traced(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401  the driver has no types
            connection = connect(*arguments, **named)
            connection.set_trace_callback(self.step)
            return connection

        def fsync(descriptor: int) -> None:
            self.step()
            flush(descriptor)

        def sendfile(target: int, source: int, offset: int, count: int) -> int:
            self.step()
            return send(target, source, offset, min(count, PART))

        sys.addaudithook(hear)
        driver.connect, os.fsync, os.sendfile = traced, fsync, sendfile  # type: ignore[assignment]


def run(act: Act, folder: Path, last: int) -> int:
    """Do the act, to the end or to the step `last`; return how many steps there were."""
    steps = Steps(last)
    if act.make is not None:
        steps.watch_files(folder)
        act.make(folder).close()
    else:
        with open_it(folder, "act") as session:
            session.database._connection.set_trace_callback(steps.step)
            act.run(session, folder)
            steps.step()
            session.database._connection.set_trace_callback(None)
    return steps.count


def state(folder: Path) -> dict[str, object] | None:
    """Return all that a registry says, None when there is none, and what a check finds in it."""
    if not has_registry(folder / REGISTRY):
        return None
    with open_it(folder, "looking") as session:
        report = maintenance.check(session)
        database = session.database
        return {
            "findings": report.findings,
            "projection": projection.digest(database),
            "heads": [(one.epoch, *change_log.last(database, one.epoch)) for one in change_log.epochs(database)],
            "settings": dict(settings.all_settings(database)),
            "counts": records.counts(session),
        }


def in_child(act: Act, folder: Path, last: int) -> tuple[int, int]:
    """Do the act in a process of its own; return how that ended, and how many steps it counted if it came so far."""
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(ours)
            os.write(theirs, str(run(act, folder, last)).encode())
        except BaseException:  # noqa: BLE001  whatever it is, the child must not go on as a second rig
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    os.close(theirs)
    with open(ours, "rb") as answer:  # noqa: PTH123  a descriptor
        steps = int(answer.read() or 0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), steps


def spread(steps: int, largest: int) -> list[int]:
    """Return all steps, or as many as are wanted over their whole range."""
    wanted = min(steps, largest)
    return sorted({1 + number * (steps - 1) // max(1, wanted - 1) for number in range(wanted)})


def main(station: Path, name: str, largest: int) -> dict[str, object]:
    act, prepared, place = ACTS[name], station.parent / "prepared", station.parent / "killed"
    shutil.copytree(station, prepared / REGISTRY)
    act.prepare(prepared)
    shutil.copytree(prepared, place)
    before = state(place)
    _, steps = in_child(act, place, 0)
    after = state(place)
    wrong = [f"undisturbed: {found['findings']}" for found in (before, after) if found and found["findings"]]
    if after is None or after == before:
        wrong.append("undisturbed: nothing was done")
    left = {"before": 0, "after": 0}
    chosen = spread(steps, largest)
    for last in chosen:
        shutil.rmtree(place)
        shutil.copytree(prepared, place)
        ended, _ = in_child(act, place, last)
        if ended != -signal.SIGKILL:
            wrong.append(f"{last}: not killed, but {ended}")
        found = state(place)
        if found in (before, after):
            left["before" if found == before else "after"] += 1
        else:
            wrong.append(f"{last}: neither before nor after")
        if in_child(act, place, 0)[0] != 0 or state(place) != after:
            wrong.append(f"{last}: going on ends elsewhere")
    return {"steps": steps, "kills": len(chosen), **left, "wrong": wrong}


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))))  # noqa: T201  its output
