"""Reports on paper: what stands where, however long the tables are."""

import datetime as dt
import io
from decimal import Decimal

import pytest
from pypdf import PdfReader

from desktop.domain.base.problems import Label
from desktop.domain.reports.model import (
    Chart,
    PeriodColumn,
    ReportDefinition,
    ReportLine,
    TableDefinition,
)
from desktop.domain.reports.periods import PeriodKind, period_of
from desktop.domain.reports.results import (
    Amount,
    Figure,
    ReportResult,
    ResultColumn,
    ResultRow,
    Suppression,
    TableResult,
)
from desktop.errors import PrintingError
from desktop.printing.report_paper import ReportPaper, render_report
from tests.printing.paper import LETTERHEAD, MM, OFFICER, PRINTED_AT, bare, page_count, pieces, text_of

AROUND = ReportPaper(
    letterhead=LETTERHEAD,
    officer=OFFICER,
    officer_name="Hà Văn Nam",
    printed_at=PRINTED_AT,
    log_code="ABCDEFGHIJKLMNOPQRST",
    days="Từ ngày 15/01/2026 đến hết ngày 14/02/2026",
    notes=(("Cách tính", "Đếm mọi hồ sơ."), ("Căn cứ", "QĐ 193/QĐ-TTg"), ("Ký hiệu", "– là không có số")),
    chart_cut="Biểu đồ chỉ vẽ 15 dòng lớn nhất.",
)
PERIOD = period_of(PeriodKind.MONTH, 2026, 2)


def label(text: str) -> Label:
    return Label(vi=text, en=text)


def figure(number: int | None, of: int | None = None) -> Figure:
    whole = None if of is None else Amount(number=Decimal(of))
    return Figure(amount=Amount(number=None if number is None else Decimal(number)), of=whole)


def report(
    rows: list[ResultRow], columns: list[str] | None = None, *, is_landscape: bool = False, chart: Chart | None = None
) -> ReportResult:
    """Return a report of one table, over periods when no columns are named."""
    named = columns or [one.value for one in PeriodColumn]
    table = TableDefinition(
        id="t",
        label=label("Bảng số liệu"),
        note=label("Một người được đếm một lần."),
        set=None,
        rows=(),
        columns=tuple(ReportLine(id=one, label=label(one)) for one in columns or ()),
        chart=chart,
    )
    definition = ReportDefinition(
        id="r",
        number="Biểu 1",
        label=label("Tên của báo cáo"),
        definition=label("Đếm mọi hồ sơ."),
        sets={},
        tables=(table,),
        is_landscape=is_landscape,
    )
    shown = tuple(ResultColumn(id=one, label=label(one)) for one in named)
    return ReportResult(
        definition=definition,
        period=PERIOD,
        year_to_date=PERIOD,
        last_year=PERIOD,
        made_at=PRINTED_AT,
        station="CAX-03160-AAAA",
        tables=(TableResult(definition=table, columns=shown, rows=tuple(rows)),),
        drafts=0,
    )


def row(name: str, *figures: Figure, is_total: bool = False) -> ResultRow:
    return ResultRow(id=name, label=label(name), figures=figures, is_total=is_total)


def test_a_row_over_periods_shows_its_change() -> None:
    text = text_of(render_report(report([row("Tin", figure(1200), figure(1500), figure(1000))]), AROUND))
    for shown in ("1.200", "1.500", "1.000", "+200", "+20,0 %"):
        assert shown in text


def test_a_share_is_never_a_bare_percentage() -> None:
    text = bare(text_of(render_report(report([row("K1", figure(8, 10), figure(0, 0), figure(3, 4))]), AROUND)))
    assert "8/1080,0%" in text
    assert "0/0–" in text
    assert "+5,0điểm" in text


def test_a_hidden_figure_is_its_sign() -> None:
    hidden = Figure(amount=Amount(number=None), hidden=Suppression.SMALL)
    assert "<3" in text_of(render_report(report([row("Nữ", hidden, hidden, hidden)]), AROUND))


@pytest.mark.parametrize(("is_landscape", "width"), [(False, 210), (True, 297)])
def test_a_wide_report_lies_across_the_paper_and_nothing_leaves_the_margins(is_landscape: bool, width: int) -> None:
    columns = [f"Cột có tên dài số {number}" for number in range(11)]
    rows = [row("Một nhãn khá dài của một dòng " * 3, *[figure(123_456_789)] * 11)]
    pdf = render_report(report(rows, columns, is_landscape=is_landscape), AROUND)
    assert float(PdfReader(io.BytesIO(pdf)).pages[0].mediabox.width) == pytest.approx(width * MM, abs=1)
    for piece in pieces(pdf):
        assert 29 < piece.x < width - 14


def test_a_long_table_repeats_its_head_and_never_ends_a_page_with_a_heading() -> None:
    parts = [
        line
        for part in range(12)
        for line in (
            row(f"Phần {part:02}"),
            *(row(f"Dòng {part:02}.{number}", *[figure(number)] * 3) for number in range(7)),
        )
    ]
    pdf = render_report(report(parts), AROUND)
    found = pieces(pdf)
    assert page_count(pdf) > 2
    for page in range(1, page_count(pdf)):
        labels = [piece.text for piece in found if piece.page == page and piece.text.startswith(("Phần", "Dòng"))]
        assert labels[-1].startswith("Dòng")
    heads = [piece.page for piece in found if piece.text.startswith("Nội dung")]
    assert heads == sorted(set(heads))
    assert len(heads) >= page_count(pdf) - 1


@pytest.mark.parametrize("rows", range(18, 40, 3))
def test_signatures_never_stand_alone(rows: int) -> None:
    lines = [row(f"Dòng {number}", *[figure(number)] * 3) for number in range(rows)]
    found = pieces(render_report(report(lines), AROUND))
    (signed,) = [piece.page for piece in found if piece.text.startswith("NGƯỜI LẬP BIỂU")]
    assert [piece for piece in found if piece.page == signed and piece.text.startswith("Ký hiệu")]


def test_a_chart_names_its_bars_and_their_numbers() -> None:
    chart = Chart(rows=(), columns=("this_period", "last_year"))
    rows = [
        row("Tổng số", figure(99), figure(99), figure(99), is_total=True),
        row("Điện thoại", figure(41), figure(0), figure(37)),
    ]
    text = text_of(render_report(report(rows, chart=chart), AROUND))
    assert text.count("Điện thoại") == 2
    assert text.count("Tổng số") == 1
    assert text.count("41") == 2
    assert text.count("37") == 2


def test_a_chart_of_very_many_rows_says_what_it_leaves_out() -> None:
    chart = Chart(rows=(), columns=("a",))
    few, many = ([row(f"Nước {n}", figure(n + 1)) for n in range(count)] for count in (15, 16))
    assert "dòng lớn nhất" not in text_of(render_report(report(few, ["a"], chart=chart), AROUND))
    text = text_of(render_report(report(many, ["a"], chart=chart), AROUND))
    assert "dòng lớn nhất" in text
    assert text.count("Nước 0") == 1
    assert text.count("Nước 15") == 2


def test_a_chart_of_nothing_is_not_drawn() -> None:
    chart = Chart(rows=(), columns=("a",))
    text = text_of(render_report(report([row("Không có gì", figure(0))], ["a"], chart=chart), AROUND))
    assert text.count("Không có gì") == 1


@pytest.mark.parametrize("text", ["<b>đậm", "<img src='file:///x'/>", "& < >", "\u202eđảo", "\x00\x1b[31m", "dài" * 85])
def test_a_label_that_somebody_typed_is_printed_as_it_is(text: str) -> None:
    pdf = render_report(report([row(text, *[figure(1)] * 3)]), AROUND)
    kept = bare("".join(sign for sign in text if sign.isprintable() and sign != "\u202e"))
    assert kept[:60] in bare(text_of(pdf))


def test_a_label_that_no_page_holds_is_refused() -> None:
    with pytest.raises(PrintingError) as refused:
        render_report(report([row("dài " * 100, *[figure(1)] * 3)]), AROUND)
    assert refused.value.code == "text_too_long_to_print"


def test_the_same_report_gives_the_same_bytes() -> None:
    chart = Chart(rows=(), columns=("this_period", "last_year"))
    found = report([row("Tin", figure(12), figure(15), figure(10))], chart=chart)
    assert render_report(found, AROUND) == render_report(found, AROUND)


def test_the_day_on_the_paper_is_the_day_it_was_made() -> None:
    assert dt.date(2026, 2, 5) == PRINTED_AT.date()
    found = text_of(render_report(report([row("Tin", *[figure(1)] * 3)]), AROUND))
    assert "Mường Nhé, ngày 05 tháng 02 năm 2026" in found
