"""What happens between stations, told one event at a time; each attack ends in what stayed unchanged."""

import datetime as dt
import itertools
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.domain.definitions.model import Library
from desktop.domain.log.operation import OperationId
from desktop.errors import BundleError, BundleHeld, Cancelled
from desktop.storage import attachments, change_log, exchange_log, settings
from desktop.sync import receipts, sending
from desktop.sync.excerpt_selection import Budget
from desktop.sync.limits import BUNDLE_LIMITS
from desktop.sync.parts import PartSize
from desktop.sync.ranges import closing_fields, closing_record
from desktop.sync.receiving import receive
from desktop.sync.trust import TrustedStation
from desktop.sync.verdicts import Verdict
from tests.simulator import SimulatedStation, World
from tests.storage.world import LIBRARY

ACCEPTED, DUPLICATE, GAP, FORK = Verdict.ACCEPTED, Verdict.DUPLICATE, Verdict.GAP, Verdict.FORK


def exchange(world: World, post: SimulatedStation) -> None:
    """Bring a post's bundle to the province and the answer back."""
    assert world.province.receive(post.send(world.province)).verdict in {ACCEPTED, DUPLICATE}
    assert post.receive(world.province.answer(post)).verdict is ACCEPTED


def shared_person(world: World) -> str:
    """Return a person that both posts hold: the border station links to it, so the province passes it on."""
    record = world.post.add("person", {"full_name": "Lò Thị Mẩy", "status": "A"})
    world.border.add("absence", {"person": record})
    world.heal()
    return record


def test_a_repeated_bundle_changes_nothing(world: World) -> None:
    world.post.add("person", {"full_name": "A"})
    bundle = world.post.send(world.province)
    assert world.province.receive(bundle).verdict is ACCEPTED
    before = world.province.dump()
    assert world.province.receive(bundle).verdict is DUPLICATE
    assert before == world.province.dump()


def test_a_lost_stick_needs_no_search(world: World) -> None:
    world.post.add("person", {"full_name": "A"})
    lost = world.post.send(world.province)
    world.post.add("person", {"full_name": "B"})
    assert len(world.province.receive(world.post.send(world.province)).new) == 2
    assert world.province.receive(lost).verdict is DUPLICATE
    world.assert_agreed()


def test_what_was_answered_is_not_sent_again(world: World) -> None:
    world.post.add("person", {"full_name": "A"})
    assert sending.unsent(world.post.db, world.post.card.station, world.province.card.station) == 1
    exchange(world, world.post)
    assert sending.unsent(world.post.db, world.post.card.station, world.province.card.station) == 0
    result = world.province.receive(world.post.send(world.province))
    assert (result.verdict, result.ranges[0].after, result.ranges[0].to) == (DUPLICATE, 1, 1)


def test_everything_can_be_sent_again(world: World) -> None:
    world.post.add("person", {"full_name": "A"})
    exchange(world, world.post)
    result = world.province.receive(world.post.send(world.province, from_start=True))
    assert (result.verdict, result.ranges[0].after, result.ranges[0].to) == (DUPLICATE, 0, 1)


def test_any_order_and_repetition_of_bundles_gives_the_same_registry(new_world: Callable[[], World]) -> None:
    dumps = set()
    for order in itertools.islice(itertools.permutations(range(6)), 0, 720, 60):
        world = new_world()
        bundles: list[bytes] = []
        for number in range(3):
            for post in world.posts:
                post.add("person", {"full_name": f"{post.card.station} {number}"})
                bundles.append(post.send(world.province))
        for number in (*order, *order):
            world.province.receive(bundles[number])
        operations, digest = world.province.dump()
        dumps.add((tuple(sorted(operations.items())), digest))
        world.close()
    assert len(dumps) == 1


def test_a_bundle_in_parts_is_received_in_the_order_of_the_parts(world: World) -> None:
    for number in range(5):
        world.post.add("person", {"full_name": f"{number}"})
    parts = world.post.send_all(world.province, part_size=PartSize(lines=2))
    assert len(parts) == 3
    result = world.province.receive(parts[1])
    assert (result.verdict, result.code, result.context["known"]) == (GAP, "bundle_gap", 0)
    assert world.province.operations() == {}
    assert [world.province.receive(part).verdict for part in parts] == [ACCEPTED] * 3
    world.assert_agreed()


def test_a_part_that_turns_out_too_large_is_halved(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(40):
        world.post.add("person", {"full_name": world.random(400).hex(), "height": number})
    small = replace(BUNDLE_LIMITS, file=12_000)
    monkeypatch.setattr("desktop.sync.bundle.BUNDLE_LIMITS", small)
    parts = world.post.send_all(world.province)
    assert len(parts) > 1
    assert max(map(len, parts)) <= 12_000
    assert {world.province.receive(part).verdict for part in parts} == {ACCEPTED}
    world.assert_agreed()


def test_an_empty_bundle_is_a_sign_of_life(world: World) -> None:
    result = world.province.receive(world.post.send(world.province))
    assert (result.verdict, result.new) == (DUPLICATE, ())
    assert exchange_log.received_bundles(world.province.db, world.post.card.station)


def test_a_station_told_twice_answers_the_same(world: World) -> None:
    """The power goes between taking in a bundle and writing the answer: the bundle is received again."""
    world.post.add("person", {"full_name": "A"})
    bundle = world.post.send(world.province)
    world.province.receive(bundle)
    assert world.province.receive(bundle).verdict is DUPLICATE
    world.post.receive(world.province.answer(world.post))
    assert sending.unsent(world.post.db, world.post.card.station, world.province.card.station) == 0


def test_a_restored_post_gets_back_all_that_ever_left_it(world: World) -> None:
    world.post.add("person", {"full_name": "before"})
    backup = world.post.backup()
    lost = world.post.add("person", {"full_name": "after"})
    world.province.receive(world.post.send(world.province))
    late = world.post.send(world.province)
    world.post.restore(backup)
    world.post.add("person", {"full_name": "anew"})
    world.heal()
    assert world.province.receive(late).verdict is DUPLICATE
    assert world.post.state(lost).values == {"full_name": "after"}
    world.assert_agreed()


def test_a_late_stick_from_before_a_restore_is_still_taken(world: World) -> None:
    backup = world.post.backup()
    lost = world.post.add("person", {"full_name": "after"})
    late = world.post.send(world.province)
    world.post.restore(backup)
    world.post.add("person", {"full_name": "anew"})
    world.heal()
    assert world.province.receive(late).verdict is ACCEPTED
    world.heal()
    assert world.post.state(lost).values == {"full_name": "after"}
    world.assert_agreed()


def test_a_registry_put_back_by_copying_forks_and_nothing_of_the_epoch_is_taken(world: World) -> None:
    backup = world.post.backup()
    first = world.post.add("person", {"full_name": "first"})
    world.province.receive(world.post.send(world.province))
    world.post.put_back(backup)
    world.post.add("person", {"full_name": "second"})
    before = world.province.dump()
    bundle = world.post.send(world.province)
    result = world.province.receive(bundle)
    assert (result.verdict, result.code) == (FORK, "bundle_fork")
    assert before == world.province.dump()
    assert bundle in [path.read_bytes() for path in world.province.archive.iterdir()]
    assert world.province.state(first).values == {"full_name": "first"}


def test_a_frozen_epoch_stays_frozen_and_the_post_is_told(world: World) -> None:
    backup = world.post.backup()
    world.post.add("person", {"full_name": "first"})
    world.province.receive(world.post.send(world.province))
    world.post.put_back(backup)
    world.post.add("person", {"full_name": "second"})
    world.province.receive(world.post.send(world.province))
    world.post.add("person", {"full_name": "third"})
    result = world.province.receive(world.post.send(world.province))
    assert (result.verdict, result.code) == (FORK, "bundle_epoch_frozen")
    told = world.post.receive(world.province.answer(world.post))
    assert (told.verdict, told.code) == (FORK, "bundle_registry_rolled_back")


def test_after_a_fork_the_procedure_begins_a_new_epoch_that_is_taken(world: World) -> None:
    backup = world.post.backup()
    world.post.add("person", {"full_name": "first"})
    world.province.receive(world.post.send(world.province))
    world.post.put_back(backup)
    second = world.post.add("person", {"full_name": "second"})
    world.province.receive(world.post.send(world.province))
    world.post.restore(world.post.backup())
    third = world.post.add("person", {"full_name": "third"})
    result = world.province.receive(world.post.send(world.province))
    assert result.verdict is FORK
    assert [found.verdict for found in result.ranges if found.epoch == world.post.epoch] == [ACCEPTED]
    assert world.province.state(third).values == {"full_name": "third"}
    assert change_log.lines_of(world.province.db, second) == ()


def test_a_copied_laptop_freezes_the_epoch_and_the_true_one_is_told(world: World) -> None:
    old = world.post.backup()
    world.post.add("person", {"full_name": "true"})
    world.province.receive(world.post.send(world.province))
    true = world.post.backup()
    world.post.put_back(old)
    world.post.add("person", {"full_name": "copy"})
    assert world.province.receive(world.post.send(world.province)).verdict is FORK
    world.post.put_back(true)
    result = world.post.receive(world.province.answer(world.post))
    assert (result.verdict, result.warnings) == (ACCEPTED, ("answer_frozen",))


@pytest.mark.parametrize("is_late_from_a_restored_life", [False, True])
def test_what_a_lost_life_had_seen_is_told_again_though_its_stick_comes_late(
    world: World, is_late_from_a_restored_life: bool
) -> None:
    record = shared_person(world)
    backup = world.post.backup()
    world.border.edit(record, {"full_name": "Lò Thị Mây"})
    world.province.receive(world.border.send(world.province))
    if is_late_from_a_restored_life:
        world.post.restore(backup)
    exchange(world, world.post)
    late = world.post.send(world.province)
    world.post.restore(backup)
    world.province.receive(world.post.send(world.province))
    world.province.receive(late)
    world.post.receive(world.province.answer(world.post))
    assert world.post.state(record).values["full_name"] == "Lò Thị Mây"


def test_an_answer_that_goes_on_from_one_lost_in_a_restore_is_not_confirmed(world: World) -> None:
    """Found by the simulator: the answer was written before the province heard of the restore."""
    backup = world.post.backup()
    lost = world.post.add("person", {"full_name": "A"})
    world.heal()
    exchange(world, world.post)
    world.post.restore(backup)
    assert world.post.receive(world.province.answer(world.post)).new == ()
    world.heal()
    assert world.post.state(lost).values == {"full_name": "A"}
    world.assert_agreed()


def test_an_answer_tells_a_rolled_back_registry_that_it_is_old(world: World) -> None:
    backup = world.post.backup()
    world.post.add("person", {"full_name": "A"})
    world.province.receive(world.post.send(world.province))
    world.post.put_back(backup)
    before = world.post.dump()
    result = world.post.receive(world.province.answer(world.post))
    assert (result.verdict, result.code, result.context["counter"]) == (FORK, "bundle_registry_rolled_back", 1)
    assert before == world.post.dump()
    assert receipts.last_answer(world.post.db, world.province.card.station) is None


def test_an_excerpt_that_says_something_else_than_before_is_refused_whole(world: World) -> None:
    """A post and the province were put back together, so only the neighbour remembers what the post first wrote."""
    backups = [(station, station.backup()) for station in (world.post, world.province)]
    record = shared_person(world)
    for station, backup in backups:
        station.put_back(backup)
    world.post.add("person", {"full_name": "somebody else"}, record=record)
    world.province.receive(world.post.send(world.province))
    world.province.receive(world.border.send(world.province, from_start=True))
    before = world.border.dump()
    result = world.border.receive(world.province.answer(world.border))
    assert (result.verdict, result.code) == (FORK, "bundle_excerpt_differs")
    assert before == world.border.dump()


def test_no_excerpt_ever_enters_the_current_epoch_of_its_author(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The province does not even state its heads here; the post's next operation would collide with the excerpt."""
    backup = world.post.backup()
    world.post.add("person", {"full_name": "A"})
    world.province.receive(world.post.send(world.province))
    world.post.put_back(backup)
    world.province.receive(world.post.send(world.province))
    monkeypatch.setattr(sending, "_held_heads", lambda *_: ())
    before = world.post.dump()
    result = world.post.receive(world.province.answer(world.post))
    assert (result.verdict, result.code) == (FORK, "bundle_registry_rolled_back")
    assert before == world.post.dump()


def test_a_province_restored_by_the_procedure_gets_everything_again(world: World) -> None:
    backup = world.province.backup()
    record = world.post.add("person", {"full_name": "A"})
    exchange(world, world.post)
    world.province.restore(backup)
    world.heal()
    assert world.province.state(record).values == {"full_name": "A"}
    world.assert_agreed()


def test_a_province_put_back_by_copying_stays_incomplete(world: World) -> None:
    """What R7 is for: the same life that states less is not believed, and somebody must ask for everything again."""
    world.post.add("person", {"full_name": "A"})
    exchange(world, world.post)
    backup = world.province.backup()
    record = world.post.add("person", {"full_name": "B"})
    exchange(world, world.post)
    world.province.put_back(backup)
    world.post.add("person", {"full_name": "C"})
    result = world.province.receive(world.post.send(world.province))
    assert (result.verdict, result.context["known"]) == (GAP, 1)
    assert change_log.lines_of(world.province.db, record) == ()
    for _ in range(2):
        told = world.post.receive(world.province.answer(world.post))
    assert told.warnings == ("answer_lowered",)
    assert world.province.receive(world.post.send(world.province)).verdict is GAP
    world.province.receive(world.post.send(world.province, from_start=True))
    world.assert_agreed()


def test_an_answer_of_an_earlier_life_changes_nothing(world: World) -> None:
    backup = world.province.backup()
    world.post.add("person", {"full_name": "A"})
    world.province.receive(world.post.send(world.province))
    late = world.province.answer(world.post)
    world.province.restore(backup)
    world.post.receive(world.province.answer(world.post))
    result = world.post.receive(late)
    assert (result.verdict, result.code) == (DUPLICATE, "bundle_answer_old")
    assert sending.unsent(world.post.db, world.post.card.station, world.province.card.station) == 1


def test_an_older_answer_changes_nothing(world: World) -> None:
    older = world.province.answer(world.post)
    world.post.add("person", {"full_name": "A"})
    exchange(world, world.post)
    before = world.post.dump()
    result = world.post.receive(older)
    assert (result.verdict, result.code) == (DUPLICATE, "bundle_answer_old")
    assert before == world.post.dump()
    assert sending.unsent(world.post.db, world.post.card.station, world.province.card.station) == 0


def test_an_answer_for_another_post_is_refused(world: World) -> None:
    with pytest.raises(BundleError) as caught:
        world.border.receive(world.province.answer(world.post))
    assert caught.value.code == "bundle_other_recipient"


def test_an_answer_is_confirmed_by_the_next_bundle(world: World) -> None:
    post, province = world.post, world.province
    exchange(world, post)
    assert not receipts.is_confirmed(province.db, post.card.station)
    province.receive(post.send(province))
    assert receipts.is_confirmed(province.db, post.card.station)


def test_the_age_of_the_last_answer_can_be_told(world: World) -> None:
    assert receipts.last_answer(world.post.db, world.province.card.station) is None
    exchange(world, world.post)
    found = receipts.last_answer(world.post.db, world.province.card.station)
    assert found is not None
    assert 0 < world.post.here().wall - found.received_at < 10_000


def test_a_refused_bundle_leaves_no_trace(world: World) -> None:
    """The second range claims another station's epoch, after the first one was taken in within the transaction."""
    backup = world.post.backup()
    world.post.add("person", {"full_name": "A"})
    world.post.restore(backup)
    world.post.add("person", {"full_name": "B"})
    with world.province.db.atomic():
        change_log.begin_epoch(world.province.db, world.post.epoch, world.border.card.station)
    before = world.province.dump()
    with pytest.raises(BundleError) as caught:
        world.province.receive(world.post.send(world.province))
    assert caught.value.code == "bundle_epoch_taken"
    assert before == world.province.dump()
    assert exchange_log.received_bundles(world.province.db) == ()
    assert settings.get(world.province.db, f"exchange.peer.{world.post.card.station}") is None


def test_cancelling_in_time_changes_nothing(world: World) -> None:
    world.post.add("person", {"full_name": "A"})
    before = world.province.dump()
    with pytest.raises(Cancelled):
        receive(
            world.province.here(),
            world.post.send(world.province),
            world.trust_of(world.province),
            cancelled=lambda: True,
        )
    assert before == world.province.dump()


def test_a_revoked_post_is_taken_up_to_its_cut_off_and_held_beyond(world: World) -> None:
    world.post.add("person", {"full_name": "A"})
    good = world.post.send(world.province)
    world.post.add("person", {"full_name": "B"})
    beyond = world.post.send(world.province)
    cut_off = OperationId(world.post.epoch, 1)
    trust = {world.post.card.station: TrustedStation(card=world.post.card, status="revoked", cut_off=cut_off)}
    assert receive(world.province.here(), good, trust).verdict is ACCEPTED
    before = world.province.dump()
    with pytest.raises(BundleHeld) as caught:
        receive(world.province.here(), beyond, trust)
    assert caught.value.code == "bundle_station_revoked"
    assert before == world.province.dump()


def test_an_unknown_station_is_held_and_accepted_once_it_is_trusted(world: World) -> None:
    world.post.add("person", {"full_name": "A"})
    bundle = world.post.send(world.province)
    with pytest.raises(BundleHeld) as caught:
        receive(world.province.here(), bundle, {})
    assert caught.value.code == "bundle_station_unknown"
    assert world.province.operations() == {}
    assert world.province.receive(bundle).verdict is ACCEPTED


def test_two_posts_edit_different_fields_without_a_conflict(world: World) -> None:
    record = shared_person(world)
    world.post.edit(record, {"full_name": "Lò Thị Mây"})
    world.border.edit(record, {"status": "B"})
    world.heal()
    world.assert_agreed()
    assert world.post.state(record).values == {"full_name": "Lò Thị Mây", "status": "B"}
    assert world.post.state(record).conflicts == ()


def test_two_posts_edit_one_field_and_both_values_are_kept(world: World) -> None:
    record = shared_person(world)
    world.post.edit(record, {"full_name": "Lò Thị Mây"})
    world.border.edit(record, {"full_name": "Lò Thị Mai"})
    world.province.receive(world.post.send(world.province))
    assert world.province.receive(world.border.send(world.province)).conflicts == (record,)
    world.heal()
    world.assert_agreed()
    for station in world.stations:
        heads = station.state(record).fields["full_name"].heads
        assert {head.value for head in heads} == {"Lò Thị Mây", "Lò Thị Mai"}


def test_two_posts_that_write_the_same_have_no_conflict(world: World) -> None:
    record = shared_person(world)
    for post in world.posts:
        post.edit(record, {"full_name": "Lò Thị Mây"})
    world.heal()
    world.assert_agreed()
    assert world.province.state(record).conflicts == ()


def test_a_resolution_travels_back_and_settles_the_conflict_everywhere(world: World) -> None:
    record = shared_person(world)
    for post, name in zip(world.posts, ("x", "y"), strict=True):
        post.edit(record, {"full_name": name})
    world.heal()
    world.border.edit(record, {"full_name": "x"})
    world.heal()
    world.assert_agreed()
    assert [station.state(record).conflicts for station in world.stations] == [()] * 3


@pytest.mark.parametrize("other", ["x", "z"])
def test_two_resolutions_and_an_edit_beside_them_come_to_rest(world: World, other: str) -> None:
    record = shared_person(world)
    for post, name in zip(world.posts, ("x", "y"), strict=True):
        post.edit(record, {"full_name": name})
    world.heal()
    world.post.edit(record, {"full_name": "x"})
    world.border.edit(record, {"full_name": other})
    world.heal()
    world.assert_agreed()
    assert bool(world.province.state(record).conflicts) == (other != "x")


def test_what_an_officer_was_typing_during_the_import_stays_beside_what_came(world: World) -> None:
    record = shared_person(world)
    on_screen = world.post.state(record)
    world.border.edit(record, {"full_name": "came"})
    world.heal()
    world.post.edit(record, {"full_name": "typed"}, seen=on_screen)
    assert {head.value for head in world.post.state(record).fields["full_name"].heads} == {"came", "typed"}


def test_the_more_protective_value_is_shown_on_both_sides_of_a_conflict(world: World) -> None:
    record = world.post.add("absence", {"risk_level": "1", "place": "p"})
    world.heal()
    world.border.receive(world.post.send(world.border, from_start=True))
    world.post.edit(record, {"risk_level": "3"})
    world.border.edit(record, {"risk_level": "0"})
    world.heal()
    world.assert_agreed()
    assert [station.state(record).values["risk_level"] for station in world.stations] == ["3"] * 3
    assert world.post.state(record).conflicts == ("risk_level",)


def test_a_post_is_told_of_others_only_what_its_own_records_lead_to(world: World) -> None:
    secret = world.border.add("person", {"full_name": "nobody's business"})
    linked = world.border.add("person", {"full_name": "linked"})
    record = shared_person(world)
    world.border.edit(record, {"phone": "+84912345678"})
    both = world.border.add("absence", {"person": linked, "place": "p"})
    world.heal()
    known = {entry.record for entry in change_log.arrived_after(world.post.db, 0)}
    assert record in known
    assert not known & {secret, linked, both}
    world.post.receive(world.border.send(world.post))
    world.post.edit(both, {"place": "q"})
    world.heal()
    assert world.post.state(linked).values == {"full_name": "linked"}


def test_a_post_is_not_told_what_it_wrote_itself(world: World) -> None:
    record = shared_person(world)
    world.post.edit(record, {"full_name": "Lò Thị Mây"})
    exchange(world, world.post)
    world.post.edit(record, {"status": "B"})
    world.province.receive(world.post.send(world.province))
    assert sending.write_answer(world.province.here(), world.post.card).bundle.operations == 0


def test_a_post_is_told_who_wrote_on_a_person_its_record_names(world: World) -> None:
    world.border.officer = world.border.add("person", {"full_name": "Nguyễn Thị Đào"})
    person = world.border.add("person", {"full_name": "Lò Thị Mẩy"})
    world.post.add("absence", {"person": person})
    world.heal()
    assert world.post.state(world.border.officer).values == {"full_name": "Nguyễn Thị Đào"}


def test_what_a_post_confirmed_is_not_told_again(world: World) -> None:
    record = shared_person(world)
    world.border.edit(record, {"full_name": "x"})
    world.heal()
    exchange(world, world.post)
    quiet = world.province.answer(world.post)
    world.border.edit(record, {"full_name": "y"})
    world.province.receive(world.border.send(world.province))
    assert len(world.post.receive(world.province.answer(world.post)).changed) == 1
    assert world.post.receive(quiet).verdict is DUPLICATE


def test_what_a_lost_answer_carried_is_told_again(world: World) -> None:
    record = shared_person(world)
    world.border.edit(record, {"full_name": "x"})
    world.province.receive(world.border.send(world.province))
    world.province.answer(world.post)
    world.post.receive(world.province.answer(world.post))
    assert world.post.state(record).values["full_name"] == "x"


def test_an_answer_that_would_be_too_long_goes_on_once_it_is_confirmed(world: World) -> None:
    records = [world.post.add("person", {"full_name": f"{number}"}) for number in range(5)]
    for record in records:
        world.border.add("absence", {"person": record})
    for post in (world.post, world.border):
        world.province.receive(post.send(world.province))
    rounds = 0
    while sum(bool(change_log.lines_of(world.border.db, record)) for record in records) < len(records):
        world.border.receive(world.province.answer(world.border, Budget(lines=2)))
        world.province.receive(world.border.send(world.province))
        rounds += 1
    assert 1 < rounds < 6
    world.assert_agreed()


def test_an_answer_that_turns_out_too_large_carries_less(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    record = world.post.add("person", {"full_name": "A"})
    world.border.add("absence", {"person": record})
    for number in range(20):
        world.post.edit(record, {"phone": world.random(60_000).hex(), "height": number})
    for post in (world.post, world.border):
        world.province.receive(post.send(world.province))
    monkeypatch.setattr("desktop.sync.bundle.BUNDLE_LIMITS", replace(BUNDLE_LIMITS, file=1_000_000))
    answer = world.province.answer(world.border)
    assert len(answer) < 1_000_000
    assert world.border.receive(answer).verdict is ACCEPTED


def test_a_person_that_a_record_names_stays_up_to_date(world: World) -> None:
    record = shared_person(world)
    exchange(world, world.border)
    world.post.edit(record, {"full_name": "Lò Thị Mây"})
    world.heal()
    assert world.border.state(record).values["full_name"] == "Lò Thị Mây"


def test_a_person_linked_late_is_told_whole(world: World) -> None:
    person = world.border.add("person", {"full_name": "of old"})
    world.border.edit(person, {"status": "A"})
    world.heal()
    exchange(world, world.post)
    world.post.add("absence", {"person": person})
    world.heal()
    assert world.post.state(person) == world.province.state(person)


def test_neighbouring_posts_exchange_their_own_logs(world: World) -> None:
    record = world.post.add("person", {"full_name": "A"})
    assert world.border.receive(world.post.send(world.border)).new == (record,)
    world.border.edit(record, {"full_name": "B"})
    assert world.post.receive(world.border.send(world.post)).changed == (record,)
    assert world.post.state(record) == world.border.state(record)
    world.heal()
    world.assert_agreed()


def test_what_a_post_told_only_its_neighbour_and_lost_stays_with_the_neighbour(world: World) -> None:
    """The limit that FORMAT.md states: nobody else's signature vouches for a post's operations but the province's."""
    backup = world.border.backup()
    record = world.border.add("person", {"full_name": "A"})
    world.post.receive(world.border.send(world.post))
    world.border.restore(backup)
    world.heal()
    world.assert_agreed()
    assert world.post.state(record).values == {"full_name": "A"}
    assert change_log.lines_of(world.border.db, record) == change_log.lines_of(world.province.db, record) == ()


def test_an_excerpt_and_the_whole_log_of_a_neighbour_fit_together(world: World) -> None:
    record = shared_person(world)
    result = world.border.receive(world.post.send(world.border, from_start=True))
    assert result.verdict is ACCEPTED
    world.post.edit(record, {"full_name": "x"})
    world.heal()
    assert world.border.receive(world.post.send(world.border)).verdict is ACCEPTED
    world.assert_agreed()


def test_registers_and_fields_unknown_here_are_kept_and_passed_on_untouched(world: World) -> None:
    world.province.library = Library(registers={"person": LIBRARY.registers["person"]})
    world.post.definition_version = 2
    world.post.add("absence", {"place": "Mường Nhé"})
    person = world.post.add("person", {"full_name": "A", "eye_colour": "brown"})
    result = world.province.receive(world.post.send(world.province))
    assert (result.verdict, result.unknown) == (ACCEPTED, ("absence", "person.eye_colour"))
    world.border.add("absence", {"person": person})
    world.heal()
    assert change_log.lines_of(world.border.db, person)[0].line == change_log.lines_of(world.post.db, person)[0].line
    assert world.province.receive(world.post.send(world.province)).unknown == ()


def test_a_sealed_value_travels_byte_for_byte(world: World) -> None:
    sealed = {"$sealed": {"age": "YWdlLWVuY3J5cHRpb24ub3JnL3YxCg==", "index": None, "role": "protection"}}
    record = world.post.add("person", {"full_name": "A", "phone": sealed})  # type: ignore[dict-item]  # plain JSON
    world.border.add("absence", {"person": record})
    world.heal()
    world.assert_agreed()
    assert world.border.state(record).values["phone"] == sealed


def test_attachments_travel_with_the_operations_that_name_them(world: World) -> None:
    photo = world.post.attach(b"a picture")
    assert isinstance(photo, dict)
    record = world.post.add("person", {"full_name": "A", "photo": photo})
    assert world.province.receive(world.post.send(world.province)).missing == 0
    assert attachments.read(world.province.db, str(photo["digest"])) == b"a picture"
    world.border.add("absence", {"person": record})
    world.heal()
    assert attachments.read(world.border.db, str(photo["digest"])) == b"a picture"


def test_an_attachment_that_did_not_come_is_asked_for(world: World) -> None:
    photo = world.post.attach(b"a picture")
    assert isinstance(photo, dict)
    digest = str(photo["digest"])
    world.post.add("person", {"full_name": "A", "photo": photo})
    bundle = world.post.send(world.province, part_size=PartSize(attachments=0))
    assert world.province.receive(bundle).missing == 1
    world.post.receive(world.province.answer(world.post))
    assert world.province.receive(world.post.send(world.province)).missing == 0
    assert attachments.read(world.province.db, digest) == b"a picture"


def test_many_attachments_are_spread_over_bundles(world: World) -> None:
    photos = [world.post.attach(b"picture %d" % number) for number in range(5)]
    for photo in photos:
        world.post.add("person", {"full_name": "A", "photo": photo})
    parts = world.post.send_all(world.province, part_size=PartSize(attachments=2))
    assert len(parts) == 3
    assert [world.province.receive(part).missing for part in parts] == [0, 0, 0]


def test_a_wrong_clock_orders_nothing_and_drags_nobody_along(world: World) -> None:
    record = shared_person(world)
    world.post.clock_error = dt.timedelta(days=-365 * 25)
    world.border.clock_error = dt.timedelta(days=365 * 14)
    world.border.edit(record, {"full_name": "from 2040"})
    result = world.province.receive(world.border.send(world.province))
    assert result.warnings == ("clock_ahead",)
    world.heal()
    world.post.edit(record, {"full_name": "from 2001"})
    world.heal()
    world.assert_agreed()
    assert world.province.state(record).values["full_name"] == "from 2001"
    assert world.province.state(record).conflicts == ()
    assert world.post.edit(record, {"status": "C"}).time.milliseconds < world.border.here().wall


def test_a_post_whose_battery_died_believes_the_time_of_the_province(world: World) -> None:
    record = shared_person(world)
    edit = world.border.edit(record, {"full_name": "Lò Thị Mây"})
    world.province.receive(world.border.send(world.province))
    world.post.clock_error = dt.timedelta(days=-365 * 25)
    older = world.province.answer(world.post)
    result = world.post.receive(world.province.answer(world.post))
    assert result.warnings == ()
    assert result.time >= edit.time
    assert settings.get(world.post.db, "hub_time") == result.hub_time > edit.wall
    assert world.post.receive(older).hub_time == result.hub_time
    assert world.post.edit(record, {"status": "C"}).time > edit.time


def test_a_closed_epoch_is_closed_at_the_province(world: World) -> None:
    backup = world.post.backup()
    world.post.add("person", {"full_name": "A"})
    old = world.post.epoch
    late = world.post.send(world.province)
    world.post.restore(backup)
    world.post.close_epoch(closing_fields(old, 1), closing_record(old))
    world.province.receive(world.post.send(world.province))
    assert world.province.receive(late).verdict is ACCEPTED
    world.post.put_back(backup)
    for name in ("B", "C"):
        world.post.add("person", {"full_name": name})
    result = world.province.receive(world.post.send(world.province))
    assert (result.verdict, result.code) == (FORK, "bundle_epoch_closed")
    assert result.ranges[0].known == 1


def test_an_accepted_file_is_kept_as_it_came(world: World) -> None:
    world.post.add("person", {"full_name": "A"})
    bundle = world.post.send(world.province)
    world.province.receive(bundle)
    world.province.receive(bundle)
    assert [path.read_bytes() for path in world.province.archive.iterdir()] == [bundle]


def test_an_archive_that_cannot_be_written_keeps_the_bundle_out(world: World, tmp_path: Path) -> None:
    world.post.add("person", {"full_name": "A"})
    (tmp_path / "archive").write_text("a file in the way", encoding="utf-8")
    before = world.province.dump()
    with pytest.raises(Exception, match="archive_not_written"):
        receive(
            world.province.here(),
            world.post.send(world.province),
            world.trust_of(world.province),
            archive=tmp_path / "archive",
        )
    assert before == world.province.dump()


def test_bundles_are_numbered_and_chained_over_all_recipients(world: World) -> None:
    here = world.province.here()
    first = sending.write_answer(here, world.post.card)
    sending.note_sent(here, [first])
    second = sending.write_answer(here, world.border.card)
    assert (first.bundle.header.sequence, second.bundle.header.sequence) == (1, 2)
    assert second.bundle.header.previous == first.bundle.digest
