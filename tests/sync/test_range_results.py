"""A verdict on a range says of which range, what is held here, and why, in FORMAT.md's words."""

from dataclasses import replace

import pytest

from desktop.domain.log.operation import OperationId, genesis
from desktop.sync.ranges import KnownEpoch, closing_record, judge
from desktop.sync.verdicts import RangeResult, Verdict
from tests.sync.test_ranges import EPOCH, STATION, ours, theirs

PARENT = (OperationId("0" * 16, 7), b"\x07" * 32)


@pytest.mark.parametrize(
    ("known", "after", "to", "verdict", "code"),
    [
        (ours(3), 1, 5, Verdict.ACCEPTED, ""),
        (ours(3), 1, 3, Verdict.DUPLICATE, ""),
        (ours(3), 4, 6, Verdict.GAP, "bundle_gap"),
        (ours(3, other_from=2), 1, 5, Verdict.FORK, "bundle_fork"),
        (ours(3, is_frozen=True), 3, 5, Verdict.FORK, "bundle_epoch_frozen"),
        (ours(3, closed_at=4), 3, 5, Verdict.FORK, "bundle_epoch_closed"),
    ],
)
def test_the_result_names_the_range_what_is_held_and_the_reason(
    known: KnownEpoch, after: int, to: int, verdict: Verdict, code: str
) -> None:
    assert judge(*theirs(after, to), known, STATION) == RangeResult(
        epoch=EPOCH, after=after, to=to, verdict=verdict, known=3, code=code
    )


def test_of_an_unknown_epoch_nothing_is_held_and_its_second_operation_is_beyond() -> None:
    result = judge(*theirs(1, 2), None, STATION)
    assert (result.verdict, result.code, result.known) == (Verdict.GAP, "bundle_gap", 0)


def test_a_new_epoch_begins_where_its_parent_says() -> None:
    item = replace(theirs(0, 0)[0], parent=PARENT, after_head=genesis(STATION, EPOCH, PARENT))
    assert judge(item, [], None, STATION).verdict is Verdict.DUPLICATE
    for wrong in (None, (PARENT[0], bytes(32)), (OperationId("0" * 16, 6), PARENT[1])):
        assert judge(replace(item, parent=wrong), [], None, STATION).code == "bundle_fork"


def test_the_record_of_a_closed_epoch_is_its_digits_as_an_id() -> None:
    assert closing_record("0123456789abcdef") == "01234567-89ab-cdef-0000-000000000000"
