import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.printing.date_words import DateWords


@pytest.mark.parametrize(
    ("text", "long", "short"),
    [
        ("2026-02-05", "ngày 05 tháng 02 năm 2026", "05/02/2026"),
        ("05/02/2026", "ngày 05 tháng 02 năm 2026", "05/02/2026"),
        ("2025-03-14", "ngày 14 tháng 3 năm 2025", "14/03/2025"),
        ("2025-12-01", "ngày 01 tháng 12 năm 2025", "01/12/2025"),
        ("2025-10-30", "ngày 30 tháng 10 năm 2025", "30/10/2025"),
        ("2025-03", "tháng 3 năm 2025", "03/2025"),
        ("01/2025", "tháng 01 năm 2025", "01/2025"),
        ("2025", "năm 2025", "2025"),
        ("1999~", "khoảng năm 1999", "khoảng 1999"),
        ("~1999", "khoảng năm 1999", "khoảng 1999"),
        ("khoảng 03/1999", "khoảng tháng 3 năm 1999", "khoảng 03/1999"),
        ("2025-03-14T08:05+07:00", "ngày 14 tháng 3 năm 2025", "14/03/2025 08:05"),
        ("14/03/2025 08:05", "ngày 14 tháng 3 năm 2025", "14/03/2025 08:05"),
        ("08:05 14/03/2025", "ngày 14 tháng 3 năm 2025", "14/03/2025 08:05"),
    ],
)
def test_a_date_is_written_as_the_annex_wants_it(text: str, long: str, short: str) -> None:
    date = DateWords.read(text)

    assert date is not None
    assert (date.long(), date.short()) == (long, short)


@pytest.mark.parametrize(
    "text", ["", "hôm qua", "niêm phong", "14/03", "2025-3-14x", "12345", "1/2/3", "00/2025", "32/01/2025", "2025-13"]
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert DateWords.read(text) is None


@given(st.dates(min_value=dt.date(1900, 1, 1)))
def test_stored_and_shown_dates_read_the_same(day: dt.date) -> None:
    assert DateWords.read(day.isoformat()) == DateWords.read(day.strftime("%d/%m/%Y"))
