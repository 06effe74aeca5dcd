"""Whatever is written, lost, delayed, repeated and restored: once bundles travel again, all agree and nothing is lost.

`SOTRAM_EXAMPLES=2000 python -m pytest tests/sync/test_simulator.py` runs it longer, as before a release.
"""

import os
import shutil
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    multiple,
    rule,
    run_state_machine_as_test,
)

from desktop.domain.log.operation import Json
from desktop.storage import change_log
from desktop.sync.verdicts import Verdict
from tests.simulator import Backup, SimulatedStation, World

EXAMPLES = int(os.environ.get("SOTRAM_EXAMPLES", "25"))
FIELDS: dict[str, st.SearchStrategy[Any]] = {
    "full_name": st.sampled_from(["A", "B", None]),
    "aliases": st.lists(st.sampled_from("xyz"), max_size=2),
}

which = st.integers(0, 1)


class Exchange(RuleBasedStateMachine):
    """Two posts and a province; `sticks` are (addressee, bundle), `backups` (station, file)."""

    records = Bundle("records")
    sticks = Bundle("sticks")
    backups = Bundle("backups")

    def __init__(self, new_world: Callable[[], World]) -> None:
        super().__init__()
        self.world = new_world()
        self.is_province_restored = False

    @initialize(target=records, is_told=st.booleans())
    def first_records(self, is_told: bool) -> object:
        """A person of the post, whom a record of the border station names."""
        person = self.world.post.add("person", {"full_name": "A"})
        absence = self.world.border.add("absence", {"person": person})
        if is_told:
            self.world.heal()
        return multiple(person, absence)

    @initialize(target=backups)
    def first_backups(self) -> object:
        return multiple(*((post, post.backup()) for post in self.world.posts))

    @rule(target=records, station=which, linked=st.booleans(), person=records)
    def add(self, station: int, linked: bool, person: str) -> str:
        post = self.world.posts[station]
        values: dict[str, Json] = {"person": person, "place": "p"} if linked else {"notes": "n"}
        return post.add("absence", values)

    @rule(station=st.sampled_from([0, 0, 1, 1, 2]), record=records, data=st.data())
    def edit(self, station: int, record: str, data: st.DataObject) -> None:
        writer = self.world.stations[station]
        if not self._knows(writer, record) or (station == 2 and self.is_province_restored):
            return
        is_person = writer.state(record).register == "person"
        name = data.draw(st.sampled_from(sorted(FIELDS))) if is_person else "notes"
        value = data.draw(FIELDS[name]) if is_person else data.draw(st.sampled_from(["n", "m"]))
        writer.edit(record, {name: value})

    @rule(target=sticks, station=which)
    def send(self, station: int) -> object:
        post, province = self.world.posts[station], self.world.province
        return multiple(*((province, bundle) for bundle in post.send_all(province)))

    @rule(target=sticks, station=which)
    def send_to_neighbour(self, station: int) -> tuple[SimulatedStation, bytes]:
        neighbour = self.world.posts[1 - station]
        return neighbour, self.world.posts[station].send(neighbour)

    @rule(target=sticks, station=which)
    def answer(self, station: int) -> tuple[SimulatedStation, bytes]:
        post = self.world.posts[station]
        return post, self.world.province.answer(post)

    @rule(stick=sticks)
    def deliver(self, stick: tuple[SimulatedStation, bytes]) -> None:
        addressee, bundle = stick
        assert addressee.receive(bundle).verdict is not Verdict.FORK

    @rule(station=which)
    def exchange_at_once(self, station: int) -> None:
        post, province = self.world.posts[station], self.world.province
        for bundle in post.send_all(province):
            assert province.receive(bundle).verdict in {Verdict.ACCEPTED, Verdict.DUPLICATE}
        assert post.receive(province.answer(post)).verdict is Verdict.ACCEPTED

    @rule(target=backups, station=st.integers(0, 2))
    def back_up(self, station: int) -> tuple[SimulatedStation, Backup]:
        found = self.world.stations[station]
        return found, found.backup()

    @rule(backup=backups)
    def restore(self, backup: tuple[SimulatedStation, Backup]) -> None:
        station, file = backup
        if station is not self.world.province:
            station.restore(file)
        elif not self._has_written(station):
            station.restore(file)
            station.receive_archive()
            self.is_province_restored = True

    def teardown(self) -> None:
        try:
            self.world.heal()
            self.world.assert_agreed()
        finally:
            self.world.close()
            shutil.rmtree(self.world.folder)

    def _knows(self, station: SimulatedStation, record: str) -> bool:
        return bool(change_log.lines_of(station.db, record))

    def _has_written(self, station: SimulatedStation) -> bool:
        """What a province itself wrote after its backup is in no bundle it received; FORMAT.md says so."""
        return bool(self.world.operations_of(station, at=station))


def test_once_bundles_travel_again_everybody_agrees(new_world: Callable[[], World]) -> None:
    run_state_machine_as_test(
        lambda: Exchange(new_world),  # type: ignore[arg-type]  # any maker of machines will do
        settings=settings(
            deadline=None,
            max_examples=EXAMPLES,
            stateful_step_count=25,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        ),
    )


@pytest.mark.parametrize("seed", range(2))
def test_two_worlds_of_one_seed_are_the_same(new_world: Callable[[], World], seed: int) -> None:
    worlds = [new_world(), new_world()]
    for world in worlds:
        world.post.add("person", {"full_name": f"A{seed}"})
        world.heal()
    assert worlds[0].province.dump() == worlds[1].province.dump()
    for world in worlds:
        world.close()


def test_an_answer_written_before_a_restore_and_taken_in_after_it_hides_nothing(new_world: Callable[[], World]) -> None:
    """It left out what the post held then; the post confirms it, but holds less."""
    world = new_world()
    empty = world.border.backup()
    person = world.post.add("person", {"full_name": "A"})
    world.border.add("absence", {"person": person})
    for post in world.posts:
        (bundle,) = post.send_all(world.province)
        world.province.receive(bundle)
        post.receive(world.province.answer(post))
    on_its_way = world.province.answer(world.border)
    world.border.restore(empty)
    assert world.border.receive(on_its_way).verdict is Verdict.ACCEPTED
    world.heal()
    world.assert_agreed()
