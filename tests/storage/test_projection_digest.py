"""The digest, by which other tests and the self-test compare projections, sees every table of them."""

import pytest

from desktop.storage import projection
from desktop.storage.database import Database
from tests.storage.world import Author, record_id, save


@pytest.mark.parametrize(
    "damage",
    [
        "DELETE FROM links WHERE field = 'informant'",
        "UPDATE links SET target = source",
        "UPDATE record_index SET title = 'x'",
        "UPDATE record_index SET conflicts = 1",
        "UPDATE register_absence SET place = 'x'",
        "DELETE FROM register_absence",
    ],
)
def test_whatever_differs_gives_another_digest(db: Database, author: Author, damage: str) -> None:
    person, case = record_id(1), record_id(2)
    save(
        db,
        author.write(person, "person", {"full_name": "Lò Thị Mẩy"}),
        author.write(case, "absence", {"person": person, "informant": person, "place": "chợ"}),
    )
    before = projection.digest(db)
    db.execute(damage)
    assert projection.digest(db) != before
