"""Smaller promises of receiving (FORMAT.md section 7): what closes, freezes, is asked for again and is confirmed."""

from desktop.storage import change_log
from desktop.sync import receipts
from desktop.sync.manifest import SeenAnswer
from desktop.sync.parts import PartSize
from desktop.sync.ranges import closing_fields, closing_record
from desktop.sync.verdicts import Verdict
from tests.simulator import SimulatedStation, World


def confirmed(world: World, post: SimulatedStation) -> tuple[SeenAnswer, ...]:
    found = receipts.last_answer(post.db, world.province.card.station)
    assert found is not None
    return found.confirmed


def test_the_same_answer_again_changes_nothing(world: World) -> None:
    world.post.add("person", {"full_name": "Tèo"})
    world.province.receive(world.post.send(world.province))
    answer = world.province.answer(world.post)
    assert world.post.receive(answer).verdict is Verdict.ACCEPTED
    before = receipts.last_answer(world.post.db, world.province.card.station)
    again = world.post.receive(answer)
    assert (again.verdict, again.code) == (Verdict.DUPLICATE, "bundle_answer_old")
    assert receipts.last_answer(world.post.db, world.province.card.station) == before


def test_an_answer_that_goes_on_from_an_unknown_one_is_taken_but_not_confirmed(world: World) -> None:
    backup = world.post.backup()
    for name in ("Tèo", "Mẩy"):
        world.post.add("person", {"full_name": name})
        world.province.receive(world.post.send(world.province))
        world.post.receive(world.province.answer(world.post))
    assert len(confirmed(world, world.post)) == 2
    world.province.receive(world.post.send(world.province))
    world.post.restore(backup)
    assert world.post.receive(world.province.answer(world.post)).verdict is Verdict.ACCEPTED
    assert confirmed(world, world.post) == ()


def test_a_restored_post_that_takes_an_old_answer_still_gets_back_its_own(world: World) -> None:
    """The answer left out what the post then held; the post holds it no more, though it did see the answer."""
    backup = world.post.backup()
    lost = world.post.add("person", {"full_name": "Tèo"})
    world.province.receive(world.post.send(world.province))
    answer = world.province.answer(world.post)
    world.post.restore(backup)
    world.post.receive(answer)
    assert len(confirmed(world, world.post)) == 1
    world.province.receive(world.post.send(world.province))
    world.post.receive(world.province.answer(world.post))
    assert world.post.state(lost).values == {"full_name": "Tèo"}


def test_nobody_closes_the_epoch_of_another_station(world: World) -> None:
    world.post.add("person", {"full_name": "Tèo"})
    world.province.receive(world.post.send(world.province))
    epoch = world.post.epoch
    world.border.close_epoch(closing_fields(epoch, 1), closing_record(epoch))
    assert world.province.receive(world.border.send(world.province)).verdict is Verdict.ACCEPTED
    found = change_log.epoch_of(world.province.db, epoch)
    assert found is not None
    assert found.closed_at is None
    world.post.add("person", {"full_name": "Mẩy"})
    assert world.province.receive(world.post.send(world.province)).verdict is Verdict.ACCEPTED


def test_a_log_that_says_otherwise_than_an_excerpt_of_it_is_frozen(world: World) -> None:
    """The border station has from the province what the post wrote; the post's own bundle then says another thing."""
    backup = world.post.backup()
    record = world.post.add("person", {"full_name": "Tèo"})
    world.border.add("absence", {"person": record})
    world.heal()
    epoch = world.post.epoch
    world.post.put_back(backup)
    world.post.add("person", {"full_name": "somebody else"})
    result = world.border.receive(world.post.send(world.border))
    assert (result.verdict, result.code) == (Verdict.FORK, "bundle_fork")
    found = change_log.epoch_of(world.border.db, epoch)
    assert found is not None
    assert found.is_frozen
    assert world.border.state(record).values == {"full_name": "Tèo"}


def test_an_attachment_is_asked_for_until_it_comes_whatever_comes_in_between(world: World) -> None:
    photo = world.post.attach(b"a picture")
    world.post.add("person", {"full_name": "Tèo", "photo": photo})
    without = PartSize(attachments=0)
    assert world.province.receive(world.post.send(world.province, part_size=without)).missing == 1
    world.post.add("person", {"full_name": "Mẩy"})
    assert world.province.receive(world.post.send(world.province, part_size=without)).missing == 1
    world.post.receive(world.province.answer(world.post))
    assert world.province.receive(world.post.send(world.province)).missing == 0
