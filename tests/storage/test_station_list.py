"""The trust store's rows: pending until somebody decides, revoked for ever."""

from collections.abc import Callable

import pytest

from desktop.domain.log.operation import OperationId
from desktop.errors import RegistryError
from desktop.storage import station_list
from desktop.storage.database import Database
from desktop.storage.station_list import StationStatus
from tests.storage.world import OFFICER, OTHER, STATION


@pytest.fixture
def pending(db: Database) -> Database:
    station_list.add(db, OTHER, "card text", "ABCD")
    return db


def code_of(act: Callable[[], object]) -> str:
    with pytest.raises(RegistryError) as raised:
        act()
    return raised.value.code


def test_a_card_comes_in_as_pending_and_twice_is_once(pending: Database) -> None:
    assert station_list.add(pending, OTHER, "card text", "ABCD") == station_list.get(pending, OTHER)
    [known] = station_list.stations(pending)
    assert (known.status, known.trusted_by, known.last) == (StationStatus.PENDING, None, None)


def test_another_card_of_a_known_station_is_refused(pending: Database) -> None:
    assert code_of(lambda: station_list.add(pending, OTHER, "other card", "WXYZ")) == "station_known"
    known = station_list.get(pending, OTHER)
    assert known is not None
    assert known.card == "card text"


def test_trust_names_who_and_when(pending: Database) -> None:
    station_list.trust(pending, OTHER, officer=OFFICER, time_ms=7)
    known = station_list.get(pending, OTHER)
    assert known is not None
    assert (known.status, known.trusted_by, known.trusted_at) == (StationStatus.TRUSTED, OFFICER, 7)


def test_a_revoked_station_keeps_its_last_operation_and_is_never_trusted_again(pending: Database) -> None:
    last = OperationId("c" * 16, 9)
    station_list.trust(pending, OTHER, officer=OFFICER, time_ms=7)
    station_list.revoke(pending, OTHER, last)
    known = station_list.get(pending, OTHER)
    assert known is not None
    assert (known.status, known.last, known.trusted_by) == (StationStatus.REVOKED, last, OFFICER)
    assert code_of(lambda: station_list.trust(pending, OTHER, officer=OFFICER, time_ms=8)) == "station_revoked"


def test_an_unknown_station_is_neither_trusted_nor_revoked(pending: Database) -> None:
    assert code_of(lambda: station_list.trust(pending, STATION, officer=OFFICER, time_ms=7)) == "station_unknown"
    assert code_of(lambda: station_list.revoke(pending, STATION, None)) == "station_unknown"
