from decimal import Decimal

import pytest

from desktop.domain.base.problems import Label
from desktop.domain.reports.results import (
    Amount,
    Figure,
    ResultRow,
    Suppression,
    derived_text,
    figure_text,
    number_text,
)


def amount(number: int | str | None) -> Amount:
    return Amount(number=None if number is None else Decimal(number))


def share(part: int | None, whole: int | None) -> Figure:
    return Figure(amount=amount(part), of=amount(whole))


def row(now: Figure, before: Figure) -> ResultRow:
    return ResultRow(id="r", label=Label(vi="", en=""), figures=(now, now, before))


@pytest.mark.parametrize(
    ("number", "text"),
    [("0", "0"), ("7", "7"), ("1234567", "1.234.567"), ("1234.5", "1.234,5"), ("12.50", "12,5"), ("100", "100")],
)
def test_numbers_are_written_as_in_vietnam(number: str, text: str) -> None:
    assert number_text(Decimal(number)) == text


@pytest.mark.parametrize(
    ("figure", "text"),
    [
        (Figure(amount=amount(5)), "5"),
        (Figure(amount=amount(None)), "–"),
        (share(8, 10), "8/10 (80,0 %)"),
        (share(1, 3), "1/3 (33,3 %)"),
        (share(1, 8), "1/8 (12,5 %)"),
        (share(1, 16), "1/16 (6,3 %)"),
        (share(0, 5), "0/5 (0,0 %)"),
        (share(0, 0), "0/0 (–)"),
        (share(3, None), "3/– (–)"),
        (share(None, 3), "–/3 (–)"),
        (share(None, None), "–"),
        (Figure(amount=amount(None), hidden=Suppression.SMALL), "<3"),
        (Figure(amount=amount(None), of=amount(None), hidden=Suppression.WITHHELD), "×"),
    ],
)
def test_a_share_shows_both_numbers_and_nothing_out_of_nothing_is_a_dash(figure: Figure, text: str) -> None:
    assert figure_text(figure) == text


@pytest.mark.parametrize(
    ("now", "before", "difference", "change"),
    [
        (Figure(amount=amount(12)), Figure(amount=amount(10)), "+2", "+20,0 %"),
        (Figure(amount=amount(7)), Figure(amount=amount(10)), "−3", "−30,0 %"),
        (Figure(amount=amount(7)), Figure(amount=amount(7)), "0", "0,0 %"),
        (Figure(amount=amount(7)), Figure(amount=amount(0)), "+7", "–"),
        (Figure(amount=amount("10.5")), Figure(amount=amount(8)), "+2,5", "+31,3 %"),
        (share(9, 10), share(3, 4), "+15,0 điểm", "–"),
        (share(9, 10), share(0, 0), "–", "–"),
        (Figure(amount=amount(None), hidden=Suppression.SMALL), Figure(amount=amount(5)), "–", "–"),
    ],
)
def test_the_change_from_last_year(now: Figure, before: Figure, difference: str, change: str) -> None:
    assert derived_text("difference", row(now, before)) == difference
    assert derived_text("change", row(now, before)) == change
