"""An empty registry is made once and copied for each test; whatever a test opens is closed after it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.storage import register_tables
from desktop.storage.database import Database
from tests.storage.world import KEY, LIBRARY, Author, create


@pytest.fixture(scope="session")
def empty_registry(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("empty") / "registry.db"
    create(path).close()
    return path


@pytest.fixture
def registry(tmp_path: Path, empty_registry: Path) -> Path:
    """A closed registry with the tests' registers and our own epoch."""
    path = tmp_path / "registry.db"
    shutil.copyfile(empty_registry, path)
    return path


@pytest.fixture
def db(registry: Path) -> Iterator[Database]:
    with Database.open(registry, KEY) as opened:
        register_tables.prepare(opened, LIBRARY)
        yield opened


@pytest.fixture
def author() -> Author:
    return Author()
