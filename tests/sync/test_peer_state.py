"""What a station's newest bundle says of itself stays, whatever older stick is found later (FORMAT.md section 7)."""

import itertools

import pytest

from desktop.storage import change_log
from desktop.sync import receipts, state
from desktop.sync.manifest import SeenAnswer
from desktop.sync.verdicts import Verdict
from tests.simulator import SimulatedStation, World


def peer_of(world: World, post: SimulatedStation) -> state.PeerState:
    """Return what the province remembers of a post."""
    found = state.peer(world.province.db, post.card.station)
    assert found is not None
    return found


def told(world: World) -> list[bytes]:
    """Return three bundles of the post, each taken in; each later one has seen the answer to the one before."""
    sticks = []
    for name in ("Tèo", "Mẩy", "Đớn"):
        world.post.add("person", {"full_name": name})
        sticks.append(world.post.send(world.province))
        assert world.province.receive(sticks[-1]).verdict is Verdict.ACCEPTED
        world.post.receive(world.province.answer(world.post))
    return sticks


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_an_older_stick_found_later_takes_nothing_back(world: World, order: tuple[int, ...]) -> None:
    sticks = told(world)
    before = peer_of(world, world.post)
    assert (before.sequence, before.held) == (3, {world.post.epoch: 3})
    for place in order:
        assert world.province.receive(sticks[place]).verdict is Verdict.DUPLICATE
        assert peer_of(world, world.post) == before


def test_the_newest_stick_tells_which_answer_was_seen(world: World) -> None:
    told(world)
    newest = world.post.send(world.province)
    last = state.answer_from(world.post.db, world.province.card.station)
    assert last is not None
    world.province.receive(newest)
    assert peer_of(world, world.post).seen == SeenAnswer(epoch=last.epoch, sequence=last.sequence)
    assert receipts.is_confirmed(world.province.db, world.post.card.station)


def test_after_an_older_stick_nothing_is_told_twice(world: World) -> None:
    """The older stick saw no answer: believed, it would make the province tell all of the neighbour's changes again."""
    record = world.post.add("person", {"full_name": "Lò Thị Mẩy"})
    older = world.post.send(world.province)
    world.province.receive(older)
    world.border.add("absence", {"person": record})
    world.heal()
    world.border.edit(record, {"phone": "+84912345678"})
    world.heal()
    world.province.receive(world.post.send(world.province))
    world.province.receive(older)
    before = change_log.last_arrival(world.post.db)
    answer = world.post.receive(world.province.answer(world.post))
    assert (answer.verdict, answer.new, answer.changed) == (Verdict.ACCEPTED, (), ())
    assert change_log.last_arrival(world.post.db) == before
    base = peer_of(world, world.post).seen
    assert base is not None


def test_what_an_older_stick_missed_is_not_asked_for_again(world: World) -> None:
    """Attachments that a post lacks are named in each bundle; the last list counts."""
    older = world.post.send(world.province)
    digest = "d" * 64
    state.note_digests(world.post.db, "missing", world.province.card.station, [digest])
    newer = world.post.send(world.province)
    for stick in (newer, older):
        world.province.receive(stick)
    assert state.digests(world.province.db, "wanted", world.post.card.station) == (digest,)


def test_a_stick_of_the_life_before_a_restore_takes_nothing_back(world: World) -> None:
    world.post.add("person", {"full_name": "Tèo"})
    backup = world.post.backup()
    late = world.post.send(world.province)
    world.post.restore(backup)
    world.post.add("person", {"full_name": "Mẩy"})
    world.province.receive(world.post.send(world.province))
    before = peer_of(world, world.post)
    assert before.epoch == world.post.epoch
    assert set(before.held.values()) == {1}
    world.province.receive(late)
    assert peer_of(world, world.post) == before


def test_of_two_lives_of_which_neither_grew_from_the_other_the_last_to_come_has_seen_nothing(world: World) -> None:
    told(world)
    backup = world.post.backup()
    world.post.restore(backup)
    first = world.post.epoch
    world.post.receive(world.province.answer(world.post))
    late = world.post.send(world.province)
    world.post.restore(backup)
    world.province.receive(world.post.send(world.province))
    assert peer_of(world, world.post).epoch == world.post.epoch
    world.province.receive(late)
    found = peer_of(world, world.post)
    assert (found.epoch, found.seen) == (first, None)
