"""What is hidden in a table for outside keeps neither number nor records, and keeps its shape."""

import dataclasses
from decimal import Decimal

from desktop.domain.reports.model import ReportLine, TableDefinition
from desktop.domain.reports.results import (
    Amount,
    Figure,
    ReportResult,
    ResultColumn,
    ResultRow,
    Suppression,
    TableResult,
)
from desktop.reports.small_cells import for_outside
from tests.reports.test_small_cells import NOTHING, count, result

__all__ = ["result"]  # the fixture
EMPTY = Amount(number=None)


def outside(result: ReportResult, figure: Figure) -> Figure:
    definition = TableDefinition(
        id="t",
        label=NOTHING,
        note=None,
        set=None,
        rows=(),
        columns=(ReportLine(id="c", label=NOTHING),),
        is_personal=True,
    )
    rows = (ResultRow(id="r", label=NOTHING, figures=(figure,)),)
    table = TableResult(definition=definition, columns=(ResultColumn(id="c", label=NOTHING),), rows=rows)
    return for_outside(dataclasses.replace(result, tables=(table,))).tables[0].rows[0].figures[0]


def test_a_hidden_count_is_empty(result: ReportResult) -> None:
    assert outside(result, count(2)) == Figure(amount=EMPTY, hidden=Suppression.SMALL)


def test_a_hidden_share_is_empty_on_both_sides(result: ReportResult) -> None:
    assert outside(result, count(2, 20)) == Figure(amount=EMPTY, of=EMPTY, hidden=Suppression.SMALL)


def test_a_shown_figure_keeps_its_numbers_alone(result: ReportResult) -> None:
    assert outside(result, count(8, 20)) == Figure(amount=Amount(number=Decimal(8)), of=Amount(number=Decimal(20)))
    assert outside(result, count(8)) == Figure(amount=Amount(number=Decimal(8)))


def test_a_small_part_of_a_share_is_hidden_though_more_records_stand_behind_it(result: ReportResult) -> None:
    part = Amount(number=Decimal(2), records=tuple("abcde"))
    assert outside(result, Figure(amount=part, of=count(20).amount)).hidden is Suppression.SMALL
