"""The world of the tests: a clock that is moved by hand, random bytes from a seed, stations that are cheap to have.

Everything else is real: the encrypted database, the keys, the definitions, the files.
"""

import datetime as dt
import hashlib
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from desktop.crypto.argon2_params import Argon2Params
from desktop.workspace.base.definitions import read_definitions
from desktop.workspace.base.environment import Environment
from desktop.workspace.base.session import Definitions, Session
from desktop.workspace.station.registry import StationSetup, create_registry, open_registry

settings.register_profile("a shared machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("a shared machine")

PASSPHRASE = "đèo gió mường thanh 27"

COMMUNE = StationSetup(
    kind="commune",
    province="11",
    commune="03160",
    name="Công an xã Mường Nhé",
    officer_name="Hà Văn Sơn",
    officer_rank="Thiếu úy",
    officer_position="Cán bộ",
)
BORDER = StationSetup(
    kind="border",
    province="11",
    commune="03163",
    name="Đồn Biên phòng Leng Su Sìn",
    officer_name="Nguyễn Thị Đào",
    officer_rank="Trung úy",
)
PROVINCE = StationSetup(
    kind="province",
    province="11",
    commune=None,
    name="Công an tỉnh Điện Biên",
    officer_name="Lò Văn Phấn",
    officer_rank="Thiếu tá",
)
SETUPS = {"commune": COMMUNE, "border": BORDER, "province": PROVINCE}


@dataclass
class World:
    """A clock and a source of bytes; `environment` is what a station is given of it."""

    time: dt.datetime = dt.datetime(2026, 11, 21, 2, 0, tzinfo=dt.UTC)
    seed: str = "world"
    _drawn: int = field(default=0, repr=False)

    @property
    def environment(self) -> Environment:
        return Environment(now=lambda: self.time, random=self.random, cost=Argon2Params.for_tests())

    def pass_time(self, **named: float) -> None:
        self.time += dt.timedelta(**named)

    def random(self, count: int) -> bytes:
        self._drawn += 1
        return hashlib.shake_256(f"{self.seed} {self._drawn}".encode()).digest(count)


@pytest.fixture(scope="session")
def definitions() -> Definitions:
    return read_definitions()


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture(scope="session")
def station_folders(tmp_path_factory: pytest.TempPathFactory, definitions: Definitions) -> dict[str, Path]:
    """Closed registries of a commune, a border station and a province, made once; tests copy them."""
    folders = {}
    for kind, setup in SETUPS.items():
        folder = tmp_path_factory.mktemp("station") / kind
        create_registry(folder, setup, PASSPHRASE, World(seed=kind).environment, definitions).close()
        folders[kind] = folder
    return folders


@pytest.fixture
def open_station(
    tmp_path: Path, station_folders: dict[str, Path], world: World, definitions: Definitions
) -> Iterator[Callable[[str], Session]]:
    """Open a copy of one of the stations by its kind; it is closed after the test."""
    opened: list[Session] = []

    def open_it(kind: str) -> Session:
        folder = tmp_path / kind
        if not folder.exists():
            shutil.copytree(station_folders[kind], folder)
        session = open_registry(folder, PASSPHRASE, world.environment, definitions)
        opened.append(session)
        return session

    yield open_it
    for session in opened:
        if session.master_key:
            session.close()


@pytest.fixture
def commune(open_station: Callable[[str], Session]) -> Session:
    return open_station("commune")


@pytest.fixture
def border(open_station: Callable[[str], Session]) -> Session:
    return open_station("border")


@pytest.fixture
def province(open_station: Callable[[str], Session]) -> Session:
    return open_station("province")
