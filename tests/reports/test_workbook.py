import dataclasses
import io
import zipfile

import pytest

from desktop.domain.base.problems import Label
from desktop.domain.reports.periods import PeriodKind, period_of
from desktop.domain.reports.results import ReportResult
from desktop.reports.workbook import WorkbookMetadata, workbook
from desktop.workspace.base.definitions import read_definitions
from desktop.workspace.base.session import Session
from desktop.workspace.reports import reports
from tests.reports.sheets import Sheet, sheets

AROUND = WorkbookMetadata(agency="Công an xã Mường Nhé", officer="Thiếu úy Hà & Sơn", notes=(("Cách tính", "=1+1"),))
YEAR = period_of(PeriodKind.YEAR, 2026)
FORMULA = '=HYPERLINK("http://x","y")'


def column(place: int) -> str:
    return chr(ord("A") + place)


def cells(sheet: Sheet, row: int, width: int) -> list[float | str | None]:
    names = [f"{column(place)}{row}" for place in range(width)]
    return [sheet.numbers.get(name, sheet.texts.get(name)) for name in names]


def with_label(result: ReportResult, text: str) -> ReportResult:
    """Return the report with a hamlet, a heading and a title that somebody typed."""
    label = Label(vi=text, en=text)
    table = result.tables[0]
    rows = (dataclasses.replace(table.rows[0], label=label), *table.rows[1:])
    columns = (dataclasses.replace(table.columns[0], label=label), *table.columns[1:])
    definition = dataclasses.replace(table.definition, label=label)
    return dataclasses.replace(
        result, tables=(dataclasses.replace(table, rows=rows, columns=columns, definition=definition),)
    )


@pytest.mark.parametrize("name", sorted(read_definitions().reports()))
def test_every_figure_is_a_real_number_in_its_cell(name: str, year: Session) -> None:
    result = reports.make(year, name, YEAR)
    found = sheets(workbook(result, AROUND, "vi"))
    assert len(found) == len(result.tables) + 1
    for table, sheet in zip(result.tables, found, strict=False):
        for number, row in enumerate(table.rows, start=6):
            assert sheet.texts[f"A{number}"].strip() == row.label.vi
            place = 1
            for position, figure in enumerate(row.figures):
                amounts = [figure.amount.number]
                if any(one.figures and one.figures[position].of is not None for one in table.rows):
                    share = figure.share
                    amounts += [figure.of.number if figure.of else None, share / 100 if share is not None else None]
                for amount in amounts:
                    shown = sheet.numbers.get(f"{column(place)}{number}")
                    assert shown == (None if amount is None else pytest.approx(float(amount)))
                    place += 1


def test_heads_stay_in_sight_and_pages_say_who_made_them(year: Session) -> None:
    *tables, about = sheets(workbook(reports.make(year, "k1", YEAR), AROUND, "vi"))
    assert [sheet.frozen for sheet in tables] == ["B6", "B6"]
    assert "Thiếu úy Hà && Sơn 09:00 21/11/2026" in tables[0].footer
    assert about.texts["B2"] == "=1+1"


@pytest.mark.parametrize("text", [FORMULA, "+1", "-1", "@SUM(A1)", "\t=1", "A[1]:*?/\\'", "x" * 80, "<b>&amp;"])
def test_what_a_person_typed_is_text_and_never_a_formula(text: str, year: Session) -> None:
    content = workbook(with_label(reports.make(year, "table_3", YEAR), text), AROUND, "vi")
    sheet = sheets(content)[0]
    assert sheet.formulas == 0
    assert sheet.texts["A6"] == text
    assert len(sheet.name) <= 31
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        assert b"hyperlink" not in file.read("xl/worksheets/sheet1.xml")
        assert (b"quotePrefix" in file.read("xl/styles.xml")) is True


def test_two_tables_of_one_name_have_sheets_of_their_own(year: Session) -> None:
    result = reports.make(year, "table_3", YEAR)
    twice = dataclasses.replace(result, tables=(result.tables[0], result.tables[0]))
    names = [sheet.name for sheet in sheets(workbook(twice, AROUND, "vi"))]
    assert len({name.casefold() for name in names}) == 3


def test_hidden_figures_are_signs_and_no_numbers(year: Session) -> None:
    result = reports.make(year, "table_3", YEAR, is_for_outside=True)
    sheet = sheets(workbook(result, AROUND, "vi"))[0]
    assert "<3" in sheet.texts.values()
    assert not {1.0, 2.0} & set(sheet.numbers.values())


def test_the_same_report_gives_the_same_bytes(year: Session) -> None:
    result = reports.make(year, "table_2", YEAR)
    assert workbook(result, AROUND, "vi") == workbook(result, AROUND, "vi")
