"""An empty registry is made once; every world begins with copies of it and is closed after its test."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.simulator import World, empty_registry


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return empty_registry(tmp_path_factory.mktemp("empty") / "registry.db")


@pytest.fixture(scope="session")
def new_world(tmp_path_factory: pytest.TempPathFactory, empty: Path) -> Callable[[], World]:
    """Make a world of its own at each call; whoever calls closes it."""
    return lambda: World(tmp_path_factory.mktemp("world"), empty)


@pytest.fixture
def world(new_world: Callable[[], World]) -> Iterator[World]:
    made = new_world()
    yield made
    made.close()
