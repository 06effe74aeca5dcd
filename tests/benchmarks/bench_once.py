"""A save of 40 fields with a new person and a draft: as one act, beside the three transactions it was before."""

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from desktop.domain.log.operation import Json
from desktop.workspace.base.definitions import read_definitions
from desktop.workspace.base.session import Session
from desktop.workspace.records import drafts, new_records, saving
from desktop.workspace.station.registry import create_registry
from tests.benchmarks.bench_save import Row
from tests.conftest import COMMUNE, PASSPHRASE, World
from tests.forms.shipped_records import ABSENCE, PERSON

SAVES = 60
LINKS = {"father", "mother", "spouse", "legal_rep", "person", "family_informant", "approved_by", "campaign", "photo"}


def run() -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        environment = World().environment
        with create_registry(Path(folder) / "r", COMMUNE, PASSPHRASE, environment, read_definitions()) as session:
            person = {name: value for name, value in PERSON.items() if name not in LINKS}
            absence = {**new_records.new_values(session, "absence"), **ABSENCE}
            absence = {name: value for name, value in absence.items() if name not in LINKS}
            taken: dict[Callable[..., None], list[float]] = {_once: [], _in_three: []}
            for _ in range(SAVES):
                for act, times in taken.items():  # in turns, so that both see the same machine
                    drafts.keep(session, "absence", None, {**absence, "person": person}, {})
                    begun = time.perf_counter()
                    act(session, person, absence)
                    times.append(time.perf_counter() - begun)
    name = f"save {len(absence) + len(person)} values with a new person, once or in three"
    return [Row(name, statistics.median(taken[_once]), statistics.median(taken[_in_three]), "at most 1")]


def _once(session: Session, person: dict[str, Json], absence: dict[str, Json]) -> None:
    saved = saving.save(session, "absence", {**absence, "person": person}, ends_draft=True, reason_for_all="x y")
    assert saved.record is not None, saved.problems


def _in_three(session: Session, person: dict[str, Json], absence: dict[str, Json]) -> None:
    known = saving.save(session, "person", person, reason_for_all="x y")
    saved = saving.save(session, "absence", {**absence, "person": known.record}, reason_for_all="x y")
    assert saved.record is not None, saved.problems
    drafts.discard(session, "absence", None)
