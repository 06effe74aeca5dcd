"""A commune with two made-up years of records, entered once; and the same records as plain dictionaries."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.storage import queries
from desktop.workspace.base.session import Definitions, Session
from desktop.workspace.records import records
from desktop.workspace.station.registry import open_registry
from tests.conftest import PASSPHRASE, World
from tests.reports.expected import Raw, Record
from tests.reports.year import fill


@pytest.fixture(scope="session")
def year(
    tmp_path_factory: pytest.TempPathFactory, station_folders: dict[str, Path], definitions: Definitions
) -> Iterator[Session]:
    """A registry that tests only read."""
    folder = tmp_path_factory.mktemp("year") / "commune"
    shutil.copytree(station_folders["commune"], folder)
    session = open_registry(folder, PASSPHRASE, World().environment, definitions)
    fill(session)
    yield session
    session.close()


@pytest.fixture(scope="session")
def raw(year: Session) -> Raw:
    every: dict[str, Record] = {}
    registers = {}
    for record in queries.all_records(year.database):
        view = records.read(year, record)
        every[record] = {**view.values, "id": record}
        registers[record] = view.register
    counted: dict[str, list[Record]] = {name: [] for name in year.library.registers}
    for record, values in every.items():
        if values.get("status") not in {"HUY", "NHAP"}:
            counted[registers[record]].append(values)
    return Raw(of=counted, all=every, holidays=year.definitions.holidays)
