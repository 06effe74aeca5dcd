"""Settings come back as they were given, and are gone when taken away."""

import pytest

from desktop.domain.log.operation import Json
from desktop.storage import keyring_table, settings
from desktop.storage.database import Database


@pytest.mark.parametrize("value", [0, False, "", "Lò", [1, "a", None], {"a": {"b": []}}])
def test_a_setting_comes_back_as_it_was(db: Database, value: Json) -> None:
    settings.put(db, "unit", "before")
    settings.put(db, "unit", value)
    read = settings.get(db, "unit", "default")
    assert read == value
    assert type(read) is type(value)
    assert settings.all_settings(db) == {"unit": value}


def test_a_setting_that_was_taken_away_is_its_default(db: Database) -> None:
    settings.put(db, "unit", 1)
    settings.put(db, "unit", None)
    assert settings.get(db, "unit", 7) == 7
    assert settings.all_settings(db) == {}


def test_wrapped_keys_are_bytes_by_name(db: Database) -> None:
    assert keyring_table.get(db, "station") is None
    keyring_table.put(db, "station", b"\0old")
    keyring_table.put(db, "station", b"\0new")
    assert keyring_table.get(db, "station") == b"\0new"
    assert keyring_table.names(db) == ("station",)
