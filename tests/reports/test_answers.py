"""The quick answers of reports are those of the conditions themselves."""

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.base.dates import VIETNAM
from desktop.domain.conditions.condition import evaluate, parse_condition
from desktop.domain.deadlines.deadline import DeadlineSight
from desktop.domain.definitions.model import FormDefinition
from desktop.domain.log.operation import Json
from desktop.domain.reports.periods import days_between
from desktop.reports.answers import Answers
from desktop.reports.records import CountedRecord, RegisterRecords
from desktop.workspace.base.definitions import read_definitions

CONDITIONS = [
    "a >= period_start",
    "a > period_start",
    "a < period_start",
    "a <= period_end",
    "period_end > a",
    "period_start <= a",
    "a >= period_start and a <= period_end",
    "a < period_start and (b is empty or b >= period_start)",
    "not (a > period_end) or b == 'KT'",
    "not (a < period_start or b >= period_end)",
    "a == period_end",
    "age_at(a, period_end) < 18",
    "b in ['KT'] and not (a <= period_end)",
    "minutes_between(a, b) <= 1440",
]
FIRST, MINUTE = dt.datetime(2025, 12, 30, tzinfo=VIETNAM), dt.timedelta(minutes=1)
DAYS = st.one_of(
    st.none(),
    st.just(""),
    st.dates(dt.date(2025, 12, 28), dt.date(2026, 3, 5)).map(dt.date.isoformat),
    st.sampled_from(["2025", "2026~", "2026-01", "2026-02~", "2026-03", "2026-02-30", "không rõ", "9999"]),
    st.integers(0, 90_000).map(lambda count: (FIRST + count * MINUTE).isoformat(timespec="minutes")),
    st.sampled_from(["2026-01-31T17:00+00:00", "2025-12-31T23:59Z", "2026-01-01T00:00"]),
)
HOLIDAYS = read_definitions().holidays
FORM: FormDefinition = read_definitions().library.registers["campaign"]


class Plain(RegisterRecords):
    """A register in which every name is a stored field that nothing hides."""

    plain = frozenset({"a", "b"})


@settings(deadline=None, max_examples=250)
@given(
    text=st.sampled_from(CONDITIONS),
    a=DAYS,
    b=st.one_of(DAYS, st.just("KT")),
    first=st.dates(dt.date(2025, 12, 30), dt.date(2026, 3, 1)),
    length=st.integers(0, 40),
)
def test_they_are_the_same(text: str, a: str | None, b: str | None, first: dt.date, length: int) -> None:
    period = days_between(first, first + dt.timedelta(days=length))
    now = dt.datetime.combine(period.last, dt.time(23, 59), VIETNAM)
    sight = DeadlineSight(now=now, holidays=HOLIDAYS)
    stored: dict[str, Json] = {"a": a, "b": b}
    record = CountedRecord("id", "CAX-03160-AAAA", 0, stored, Plain(FORM, {}, sight, "commune"))
    condition = parse_condition(text)
    around = {**stored, "period_start": first.isoformat(), "period_end": period.last.isoformat()}

    answers = Answers(sight)
    twice = [bool(answers.holding(condition, [record], period)) for _ in range(2)]

    assert twice == [evaluate(condition, around, today=now.date(), now=now) is True] * 2
