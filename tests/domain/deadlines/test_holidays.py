import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.deadlines.holidays import HolidayTable, load_holidays, read_holidays
from desktop.errors import DefinitionError
from desktop.paths import forms_dir

SHIPPED = load_holidays(forms_dir())
SATURDAY = 5
days = st.dates(dt.date(2020, 1, 1), dt.date(2035, 12, 31))

TABLE = """
first_year = 2026
last_year = 2026
announced_to = 2026
legal_basis = "Bộ luật Lao động Điều 112"
"""


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def problems(text: str) -> str:
    with pytest.raises(DefinitionError) as refused:
        read_holidays(text.encode())
    return "\n".join(refused.value.problems)


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("2020-01-23", "2020-01-29"),
        ("2021-02-10", "2021-02-16"),
        ("2022-01-31", "2022-02-04"),
        ("2023-01-20", "2023-01-26"),
        ("2024-02-08", "2024-02-14"),
        ("2025-01-27", "2025-01-31"),
        ("2026-02-16", "2026-02-20"),
    ],
)
def test_tet_was_off_from_the_first_to_the_last_day_the_government_announced(first: str, last: str) -> None:
    begin, end = day(first), day(last)
    span = [begin + dt.timedelta(days=number) for number in range((end - begin).days + 1)]
    assert not any(SHIPPED.is_working_day(one) for one in span)
    assert SHIPPED.is_working_day(SHIPPED.add_working_days(begin, -1))
    assert SHIPPED.add_working_days(begin, -1) >= begin - dt.timedelta(days=3)
    assert SHIPPED.next_working_day(end) <= end + dt.timedelta(days=3)


@pytest.mark.parametrize(
    "text",
    [
        "2026-01-01",
        "2026-01-02",  # exchanged for Saturday 10 January
        "2026-04-27",  # 10 March of the moon is a Sunday
        "2026-04-30",
        "2026-05-01",
        "2026-08-31",  # exchanged for Saturday 22 August
        "2026-09-01",
        "2026-09-02",
        "2026-11-24",
        "2023-05-02",  # made up for 29 April, a Saturday
        "2023-05-03",
        "2025-05-02",
    ],
)
def test_a_day_off_of_the_last_years_is_off(text: str) -> None:
    assert not SHIPPED.is_working_day(day(text))
    assert SHIPPED.name_of(day(text)) is not None


@pytest.mark.parametrize("text", ["2026-01-10", "2026-08-22", "2025-04-26", "2024-05-04"])
def test_a_saturday_worked_by_order_is_a_working_day(text: str) -> None:
    assert day(text).weekday() == SATURDAY
    assert SHIPPED.is_working_day(day(text))


def test_the_day_of_culture_is_off_from_2026_on() -> None:
    assert SHIPPED.is_working_day(day("2025-11-24"))
    assert not SHIPPED.is_working_day(day("2027-11-24"))


def test_tet_of_2030_is_that_of_ha_noi_and_not_that_of_beijing() -> None:
    names = {found.isoformat(): label.vi for found, label in SHIPPED.days_off.items() if found.year == 2030}
    assert names["2030-02-01"] == "Giao thừa Tết Nguyên Đán"
    assert SHIPPED.is_working_day(day("2030-02-07"))


def test_every_year_of_the_table_has_tet_and_the_day_of_the_hung_kings() -> None:
    for year in range(SHIPPED.first_year, SHIPPED.last_year + 1):
        named = " ".join(label.vi for found, label in SHIPPED.days_off.items() if found.year == year)
        assert "Tết Nguyên Đán" in named
        assert "Hùng Vương" in named


def test_a_limit_does_not_count_the_day_it_starts_on() -> None:
    assert SHIPPED.add_working_days(day("2026-03-05"), 3) == day("2026-03-10")


def test_working_days_are_counted_back_over_a_weekend() -> None:
    assert SHIPPED.add_working_days(day("2026-03-10"), -5) == day("2026-03-03")


@settings(deadline=None, max_examples=200)
@given(first=days, count=st.integers(1, 60))
def test_counting_on_and_counting_between_agree(first: dt.date, count: int) -> None:
    last = SHIPPED.add_working_days(first, count)
    assert SHIPPED.is_working_day(last)
    assert SHIPPED.working_days_between(first, last) == count
    assert SHIPPED.working_days_between(last, first) == -count


@settings(deadline=None, max_examples=100)
@given(first=days, count=st.integers(1, 60))
def test_what_is_counted_back_ends_on_a_working_day_before(first: dt.date, count: int) -> None:
    last = SHIPPED.add_working_days(first, -count)
    assert SHIPPED.is_working_day(last)
    assert last < first


def test_outside_its_years_the_table_knows_weekends_and_yearly_days() -> None:
    assert not SHIPPED.is_working_day(day("2050-09-02"))
    assert SHIPPED.is_working_day(day("2050-09-05"))


def test_a_table_without_days_off_is_a_week_of_five_days() -> None:
    table: HolidayTable = read_holidays(TABLE.encode())
    assert table.add_working_days(day("2026-02-13"), 1) == day("2026-02-16")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "'first_year' is missing"),
        (TABLE.replace("2026\nlast", "2027\nlast"), "2027 is after last_year 2026"),
        (TABLE + "[[yearly]]\nmonth = 2\nday = 30\nlabel = { vi = 'a', en = 'b' }", "no day 30 of month 2"),
        (TABLE + "[[day_off]]\ndate = 2027-01-04\nlabel = { vi = 'a', en = 'b' }", "2027-01-04 is outside first_year"),
        (TABLE + "[[day_off]]\nlabel = { vi = 'a', en = 'b' }", "'date' is missing"),
        (TABLE + "[[day_off]]\ndate = 2026-01-05\nlable = { vi = 'a', en = 'b' }", "did you mean 'label'?"),
        (TABLE + "[[working_day]]\ndate = 2026-01-05\ninstead_of = 2026-01-02", "2026-01-05 is no Saturday or Sunday"),
        (TABLE + "[[working_day]]\ndate = 2026-01-10\ninstead_of = 2026-01-02", "2026-01-02 is none of [[day_off]]"),
        (TABLE + "[[working_day]]\ndate = 2026-01-10", "'instead_of' is missing"),
        (TABLE + 2 * "[[day_off]]\ndate = 2026-01-02\nlabel = { vi = 'a', en = 'b' }\n", "2026-01-02 stands twice"),
    ],
)
def test_a_wrong_table_is_refused_with_what_is_wrong(text: str, said: str) -> None:
    assert said in problems(text)


def test_all_problems_are_told_at_once() -> None:
    text = TABLE + "[[yearly]]\nmonth = 13\nday = 1\n[[day_off]]\ndate = 1999-01-01\n"
    assert len(problems(text).splitlines()) == 4
