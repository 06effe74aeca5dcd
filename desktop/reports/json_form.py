"""A report as JSON: each figure with the records behind it, numerator and denominator apart.

- A number is an integer, or a text with a point when it has a fraction; `null` is not known or hidden.
"""

from decimal import Decimal

from desktop.domain.log.operation import Json
from desktop.domain.reports.periods import Period
from desktop.domain.reports.results import (
    Amount,
    Figure,
    ReportResult,
    ResultRow,
    TableResult,
    derived,
    figure_text,
    rounded,
)


def report_json(result: ReportResult, language: str) -> dict[str, Json]:
    definition = result.definition
    return {
        "report": definition.id,
        "number": definition.number,
        "label": definition.label.text(language),
        "definition": definition.definition.text(language),
        "target": definition.target.text(language) if definition.target else None,
        "legal_basis": definition.legal_basis,
        "verified": definition.is_verified,
        "station": result.station,
        "made_at": result.made_at.isoformat(timespec="seconds"),
        "period": _period(result.period),
        "year_to_date": _period(result.year_to_date),
        "last_year": _period(result.last_year),
        "drafts": result.drafts,
        "for_outside": result.is_for_outside,
        "tables": [_table(table, language) for table in result.tables],
    }


def _period(period: Period) -> Json:
    return {"kind": period.kind.value, "first": period.first.isoformat(), "last": period.last.isoformat()}


def _table(table: TableResult, language: str) -> Json:
    return {
        "id": table.definition.id,
        "label": table.definition.label.text(language),
        "columns": [{"id": one.id, "label": one.label.text(language)} for one in table.columns],
        "rows": [{"id": row.id, "label": row.label.text(language), "cells": _cells(table, row)} for row in table.rows],
    }


def _cells(table: TableResult, row: ResultRow) -> Json:
    cells: list[Json] = [
        {"column": column.id, **_figure(figure)} for column, figure in zip(table.columns, row.figures, strict=False)
    ]
    if table.is_over_periods and row.figures:
        for column in table.columns[len(row.figures) :]:
            value = derived(column.id, row)
            cells.append({"column": column.id, "number": _number(None if value is None else rounded(value))})
    return cells


def _figure(figure: Figure) -> dict[str, Json]:
    share = figure.share
    found: dict[str, Json] = {**_amount(figure.amount), "text": figure_text(figure)}
    if figure.of is not None:
        found["of"] = _amount(figure.of)
        found["percent"] = _number(None if share is None else rounded(share))
    if figure.hidden is not None:
        found["hidden"] = figure.hidden.value
    return found


def _amount(amount: Amount) -> dict[str, Json]:
    found: dict[str, Json] = {"number": _number(amount.number), "records": list(amount.records)}
    return {**found, "source": amount.source} if amount.is_manual else found


def _number(number: Decimal | None) -> Json:
    if number is None:
        return None
    return int(number) if number == number.to_integral_value() else format(number.normalize(), "f")
