"""The verdict on a range follows from heads alone, whatever overlaps with what."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.log.operation import (
    ChangeKind,
    FieldChange,
    HybridTime,
    Operation,
    OperationId,
    genesis,
    next_head,
)
from desktop.sync.manifest import Range
from desktop.sync.ranges import KnownEpoch, closed_by, closing_fields, closing_record, judge
from desktop.sync.verdicts import Verdict, worst
from tests.vectors.forge import EPOCHS, POST

EPOCH, STATION = EPOCHS["post"], POST.card.station
counters = st.integers(0, 12)


def heads_of(lines: list[bytes]) -> list[bytes]:
    heads = [genesis(STATION, EPOCH)]
    for line in lines:
        heads.append(next_head(heads[-1], line))
    return heads


def ours(last: int, *, other_from: int = 99, **more: object) -> KnownEpoch:
    """Return what is held: operations 1 to `last`, of which those from `other_from` are not the sender's."""
    heads = heads_of([b"%d%s" % (n, b"x" if n >= other_from else b"") for n in range(1, last + 1)])
    return KnownEpoch(last=last, head_at=lambda n: heads[n] if n <= last else None, **more)  # type: ignore[arg-type]  # a test's shorthand


def theirs(after: int, to: int) -> tuple[Range, list[bytes]]:
    heads = heads_of([b"%d" % n for n in range(1, to + 1)])
    item = Range(epoch=EPOCH, after=after, after_head=heads[after], to=to, to_head=heads[to], parent=None)
    return item, heads[after + 1 :]


@settings(deadline=None, max_examples=300)
@given(last=counters, after=counters, more=counters, other_from=st.integers(1, 30))
def test_a_range_is_accepted_exactly_when_it_follows_on_from_the_same_log(
    last: int, after: int, more: int, other_from: int
) -> None:
    item, heads = theirs(after, after + more)
    verdict = judge(item, heads, ours(last, other_from=other_from), STATION).verdict
    is_other = other_from <= min(last, item.to) or (after and other_from <= min(last, after))
    if after > last:
        assert verdict is Verdict.GAP
    elif is_other:
        assert verdict is Verdict.FORK
    else:
        assert verdict is (Verdict.ACCEPTED if item.to > last else Verdict.DUPLICATE)


def test_a_new_epoch_begins_at_its_own_genesis() -> None:
    item, heads = theirs(0, 3)
    assert judge(item, heads, None, STATION).verdict is Verdict.ACCEPTED
    assert judge(item, heads, None, "DBP-03325-9QXA").verdict is Verdict.FORK


def test_a_new_epoch_from_its_middle_is_a_gap() -> None:
    assert judge(*theirs(2, 3), None, STATION).verdict is Verdict.GAP


def test_a_gap_of_a_thousand_million_costs_nothing() -> None:
    item, _ = theirs(0, 0)
    far = Range(epoch=EPOCH, after=10**9, after_head=bytes(32), to=10**9, to_head=bytes(32), parent=None)
    assert judge(far, [], ours(3), STATION).verdict is Verdict.GAP
    assert judge(item, [], ours(3), STATION).verdict is Verdict.DUPLICATE


def test_nothing_more_is_taken_of_a_frozen_epoch() -> None:
    result = judge(*theirs(0, 5), ours(3, is_frozen=True), STATION)
    assert (result.verdict, result.code) == (Verdict.FORK, "bundle_epoch_frozen")


@pytest.mark.parametrize(("to", "verdict"), [(4, Verdict.ACCEPTED), (5, Verdict.FORK)])
def test_a_closed_epoch_takes_late_sticks_up_to_its_end(to: int, verdict: Verdict) -> None:
    assert judge(*theirs(0, to), ours(3, closed_at=4), STATION).verdict is verdict


def closing(**changes: object) -> Operation:
    content: dict[str, object] = {
        "id": OperationId("0" * 16, 1),
        "kind": ChangeKind.CLOSE_EPOCH,
        "record": closing_record(EPOCH),
        "register": "epoch",
        "definition_version": 1,
        "officer": closing_record(EPOCH),
        "time": HybridTime(0, 0),
        "wall": 0,
        "fields": closing_fields(EPOCH, 7),
    }
    return Operation(**(content | changes))  # type: ignore[arg-type]  # a test's shorthand


def test_a_closing_operation_names_the_last_counter() -> None:
    assert closed_by(closing()) == OperationId(EPOCH, 7)


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": ChangeKind.PUT},
        {"record": closing_record("1" * 16)},
        {"id": OperationId(EPOCH, 1)},
        {"fields": {}},
        {"fields": {"closed": FieldChange("7")}},
        {"fields": {"closed": FieldChange(7)}},
    ],
)
def test_anything_else_closes_nothing(changes: dict[str, object]) -> None:
    assert closed_by(closing(**changes)) is None


def test_the_gravest_range_names_the_bundle() -> None:
    assert worst([]) is Verdict.DUPLICATE
    assert worst([Verdict.DUPLICATE, Verdict.ACCEPTED]) is Verdict.ACCEPTED
    assert worst([Verdict.ACCEPTED, Verdict.GAP, Verdict.DUPLICATE]) is Verdict.GAP
    assert worst([Verdict.FORK, Verdict.GAP]) is Verdict.FORK
