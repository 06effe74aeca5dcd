"""Of the records that link to an exported case only those leave that stand: no draft, and nothing cancelled."""

import csv
import io
from typing import Any

import openpyxl
import pytest

from desktop.domain.log.operation import Json
from desktop.workspace.base.outside_files import in_memory
from desktop.workspace.base.session import Session
from desktop.workspace.exports import case_exports, export_log
from desktop.workspace.exports.case_exports import CaseExportRequest
from desktop.workspace.records import records, saving
from tests.workspace.exports.test_case_exports import (
    add_case,
    cases,
    chief,
    export,
)

KEPT, DRAFT, CANCELLED = ({"spl_Type": "Health"}, {"spl_Type": "Financial"}, {"spl_Type": "Education"})
KINDS = {"Health": "b", "Financial": "e", "Education": "h", "Legal": "d"}


def add_plan(session: Session, case: str, kind: str, *, is_draft: bool = False, **more: Json) -> str:
    values: dict[str, Json] = {
        "case": case,
        "eligibility_group": "1",
        "support_kind": KINDS[kind],
        "requested_on": "2026-09-12",
        "source_of_information": "TU_TRINH_BAO",
        **more,
    }
    saved = saving.save_given(session, "victim_support", values, reason_for_all="Số liệu giả định", is_draft=is_draft)
    assert saved.record is not None, saved.problems
    return saved.record


def cancel(session: Session, record: str) -> None:
    view = records.read(session, record)
    values = {**view.values, "status": "HUY", "delete_reason": "Nhập nhầm"}
    saved = saving.save(session, view.register, values, record=record, reason_for_all="Số liệu giả định")
    assert saved.record == record, saved.problems


@pytest.fixture
def victims(commune: Session) -> list[str]:
    """Return five cases that are alike, each with one support that was given."""
    made = [add_case(commune, number) for number in range(5)]
    for victim in made:
        add_plan(commune, victim, "Health")
    return made


def plans(exported: case_exports.ExportedCases) -> list[Any]:
    return [case["plans"] for case in cases(exported)]


def test_a_draft_and_a_cancelled_record_linked_to_a_case_stay(commune: Session, victims: list[str]) -> None:
    add_plan(commune, victims[0], "Financial", is_draft=True)
    cancel(commune, add_plan(commune, victims[1], "Education"))
    assert plans(export(commune, chief(commune))) == [[KEPT]] * 5


@pytest.mark.parametrize("file_kind", ["csv", "xlsx"])
def test_tables_have_no_line_of_them_either(
    file_kind: case_exports.CaseFileKind, commune: Session, victims: list[str]
) -> None:
    add_plan(commune, victims[0], "Financial", is_draft=True)
    cancel(commune, add_plan(commune, victims[0], "Education"))
    exported = export(commune, chief(commune), file_kind=file_kind)
    if file_kind == "csv":
        lines = list(csv.reader(io.StringIO(exported.files["-plans"].decode("utf-8-sig"), newline="")))
        assert [line[1] for line in lines[1:]] == ["Health"] * 5
    else:
        sheet = openpyxl.load_workbook(io.BytesIO(exported.files[""]))["plans"]
        assert [row[1] for row in sheet.iter_rows(min_row=2, values_only=True)] == ["Health"] * 5


def test_a_draft_that_is_completed_leaves_and_one_that_is_cancelled_leaves_no_more(
    commune: Session, victims: list[str]
) -> None:
    officer = chief(commune)
    draft = add_plan(commune, victims[0], "Financial", is_draft=True)
    assert plans(export(commune, officer)) == [[KEPT]] * 5
    view = records.read(commune, draft)
    saved = saving.save(
        commune,
        "victim_support",
        {**view.values, "status": "THEO_DOI"},
        record=draft,
        reason_for_all="Số liệu giả định",
    )
    assert saved.record == draft, saved.problems
    assert max(plans(export(commune, officer)), key=len) == [DRAFT, KEPT]
    cancel(commune, draft)
    assert plans(export(commune, officer)) == [[KEPT]] * 5


def test_what_links_to_a_case_leaves_with_that_case_alone(commune: Session, victims: list[str]) -> None:
    stays = add_case(commune, 6, consent_purposes=["HO_TRO"])
    add_plan(commune, stays, "Education")
    add_plan(commune, victims[2], "Legal")
    found = plans(export(commune, chief(commune)))
    assert sorted(found, key=len) == [[KEPT]] * 4 + [[KEPT, {"spl_Type": "Legal"}]]


def test_a_case_that_is_a_draft_stays_with_all_that_links_to_it(commune: Session, victims: list[str]) -> None:
    draft = add_case(commune, 6)
    view = records.read(commune, draft)
    again = saving.save(
        commune, view.register, view.values, record=draft, is_draft=True, reason_for_all="Số liệu giả định"
    )
    assert again.record == draft, again.problems
    add_plan(commune, draft, "Education")
    officer = chief(commune)
    exported = case_exports.export_cases(
        commune, in_memory, CaseExportRequest(approved_by=officer, approval="Tờ trình 13")
    )
    assert plans(exported) == [[KEPT]] * len(victims)
    assert export_log.entries(commune)[0].left_out == {"not_kept_here": 1}
