"""Cases for HTCDS: validated against the published table by other means than ours, and nobody can be told."""

import csv
import datetime as dt
import io
import json
import re
from collections import Counter
from dataclasses import replace
from typing import Any

import openpyxl
import pytest

from desktop.domain.log.operation import Json
from desktop.errors import DesktopError
from desktop.paths import resources_dir
from desktop.storage import audit_log
from desktop.workspace.base.outside_files import in_memory
from desktop.workspace.base.session import Session
from desktop.workspace.exports import case_exports, export_log
from desktop.workspace.exports.case_exports import CaseExportRequest, ExportedCases
from desktop.workspace.records import records, saving
from desktop.workspace.station import officers
from tests.conftest import PASSPHRASE, World

PAPER = "Tờ trình 12/TTr-CAX ngày 20/11/2026"
CONSENTS = (
    *("consent_to_interview", "consent_informed_purpose", "consent_informed_use", "consent_informed_research"),
    *("consent_informed_access", "consent_informed_storage", "consent_informed_withdrawal"),
)
CASE: dict[str, Json] = {
    **dict.fromkeys(CONSENTS, True),
    "consent_purposes": ["HO_TRO", "THONG_KE"],
    "consent_given_by": "BAN_THAN",
    "consent_date": "2026-09-10",
    "return_channel": "GIAI_CUU",
    "return_date": "2026-09-10",
    "return_point": "Lối mở A Pa Chải",
    "reception_unit": "Đồn Biên phòng A Pa Chải",
    "received_at": "2026-09-10T16:40+07:00",
    "urgent_needs": ["a"],
    "wishes": "Về với mẹ ở bản Nậm Kè.",
    "wants_shelter": False,
    "safety_risk": "KHONG",
    "victim_status": "NAN_NHAN",
    "evidence_basis": ["a"],
    "source_of_information": "TU_TRINH_BAO",
    "trafficked_at_date": "2025",
    "purpose": ["TINH_DUC", "LOI_ICH"],
    "exploitation_type": ["TINH_DUC", "PHAM_TOI"],
    "means": ["LUA_GAT", "DE_DOA"],
    "industry": "I",
    "transit": [
        {"stage": "TUYEN_MO", "country": "VNM", "place": "chợ Mường Nhé", "date": "2025-03-14"},
        {"stage": "BOC_LOT", "country": "CHN", "place": "Côn Minh"},
    ],
    "traffickers": [{"name": "A Páo", "relation": "QUEN_BIET"}],
}


def add_case(session: Session, number: int = 0, *, person: dict[str, Json] | None = None, **more: Json) -> str:
    about: dict[str, Json] = {
        "full_name": f"Lò Thị Đớn {'ABCDEĐGHIKLMNOPQRSTUVXY'[number % 23]}",
        "dob": "1999-02-14",
        "gender": "F",
        "nationality": "VNM",
        "personal_id": f"0111990{number:05}",
        "phone": f"+8491234{number:04}",
        "perm_addr": {"province": "11", "commune": "03160", "hamlet": "Bản Huổi Ban", "detail": f"nhà {number}"},
        **(person or {}),
    }
    values = {**CASE, "person": about, **more}
    saved = saving.save_given(session, "returned_victim", values, reason_for_all="Số liệu giả định")
    assert saved.record is not None, saved.problems
    return saved.record


def chief(session: Session) -> str:
    return officers.add_officer(session, "Lò Văn Phấn", "Đại úy", "Trưởng Công an xã", PASSPHRASE + " hai")


def export(session: Session, officer: str, **more: Any) -> ExportedCases:  # noqa: ANN401  parts of a wish
    return case_exports.export_cases(session, in_memory, CaseExportRequest(approved_by=officer, approval=PAPER, **more))


def cases(exported: ExportedCases) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(exported.files[""])["cases"]
    return found


def table() -> dict[str, dict[str, str]]:
    """Return the published table by field, read with the standard library alone."""
    text = (resources_dir() / "htcds" / "field_standards_2.0.csv").read_text(encoding="utf-8-sig")
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter="\t")
    return {row["Field Name including Prefix"]: row for row in rows if row["Field Name including Prefix"]}


def fits(row: dict[str, str], value: Any) -> bool:  # noqa: ANN401  JSON
    words = {line.strip() for line in row["Value Names (if picklist)"].splitlines() if line.strip()}
    if any("ISO 3166" in word for word in words):
        words = {"VNM", "CHN", "LAO"}
    match row["Field Type"]:
        case "Picklist":
            return value in words
        case "Multiselect Picklist":
            return isinstance(value, list) and bool(value) and set(value) <= words and len(set(value)) == len(value)
        case "Checkbox":
            return value is True or value is False
        case "Text":
            return isinstance(value, str) and bool(value)
        case _:
            return False


def test_every_field_that_leaves_is_of_the_published_table(commune: Session) -> None:
    standard = table()
    for number in range(5):
        victim = add_case(commune, number)
        assert saving.save_given(
            commune,
            "victim_support",
            {
                "case": victim,
                "eligibility_group": "1",
                "support_kind": "b",
                "requested_on": "2026-09-12",
                "source_of_information": "TU_TRINH_BAO",
            },
            reason_for_all="Số liệu giả định",
            is_draft=False,
        ).record
    found = cases(export(commune, chief(commune)))
    assert len(found) == 5
    for case in found:
        assert set(case) == {"case", "beside", "fields", "events", "plans"}
        for name, value in case["fields"].items():
            assert fits(standard[name], value), name
        for row in (*case["events"], *case["plans"]):
            for name, value in row.items():
                assert fits(standard[name], value), name
        assert case["fields"] == {
            "con_Consent": True,
            "prs_Gender": "Feminine",
            "prs_Citizenship": ["VNM"],
            "prs_MailingState": "Tỉnh Điện Biên",
            "vic_TraffickingStatus": "ActualVictimOfTrafficking",
            "vic_RelationshipToTrafficker": "Acquainted",
            "vic_MethodsOfControl": ["FalsePromises", "PhysicalThreats"],
            "vic_TypeOfExploitation": ["Other", "SexualExploitation"],
            "vic_ForcedLabourIndustry": "I_AccommodationAndFoodServiceActivities",
            "cas_Status": "Active",
        }
        assert case["beside"] == {"year": "2026", "age_band": "24-26"}
        assert case["events"] == [
            {"hte_Country": "CHN", "hte_Type": "Exploitation"},
            {"hte_Country": "VNM", "hte_Type": "Recruitment"},
        ]
        assert case["plans"] == [{"spl_Type": "Health"}]


@pytest.mark.parametrize("file_kind", ["json", "csv", "xlsx"])
def test_nothing_that_tells_a_person_is_in_any_file(file_kind: case_exports.CaseFileKind, commune: Session) -> None:
    ids = [add_case(commune, number) for number in range(6)]
    exported = export(commune, chief(commune), file_kind=file_kind)
    text = ""
    for content in exported.files.values():
        if file_kind == "xlsx":
            for sheet in openpyxl.load_workbook(io.BytesIO(content)).worksheets:
                text += "\n".join(str(cell.value) for row in sheet.iter_rows() for cell in row)
        else:
            text += content.decode("utf-8-sig")
    for record in ids:
        values = records.read(commune, record).values
        person = records.read(commune, str(values["person"])).values
        hidden = [record, str(values["person"]), *(str(person[name]) for name in ("full_name", "personal_id", "phone"))]
        hidden += [str(values[name]) for name in ("case_code", "wishes", "return_point", "reception_unit")]
        hidden += [records.read(commune, record).record_no]
        assert [secret for secret in hidden if secret in text] == []
    for secret in ("Huổi Ban", "03160", "Mường Nhé", "Côn Minh", "A Páo", "Hà Văn Sơn", "1999", "2026-09", "091234"):
        assert secret not in text
    assert "Feminine" in text


def test_what_is_given_up_does_not_stand_elsewhere(commune: Session) -> None:
    for number in range(5):
        kinds = ["TINH_DUC", "LAO_DONG", "BO_PHAN", "KET_HON", "MANG_THAI_HO"]
        add_case(commune, number, purpose=[kinds[number]], exploitation_type=None)
    exported = export(commune, chief(commune))
    assert exported.plan.generalised == 5
    for case in cases(exported):
        assert not {"vic_TypeOfExploitation", "vic_ForcedLabourIndustry", "prs_MailingState"} & set(case["fields"])
        assert case["events"] == []
        assert case["beside"] == {"age_band": "18+"}


def test_two_exports_of_the_same_cases_cannot_be_joined(commune: Session) -> None:
    for number in range(5):
        add_case(commune, number)
    officer = chief(commune)
    first, second = (cases(export(commune, officer)) for _ in range(2))
    assert {case["case"] for case in first}.isdisjoint({case["case"] for case in second})
    assert all(re.fullmatch(r"([0-9A-Z]{4}-){3}[0-9A-Z]{4}", case["case"]) for case in first)
    assert [case["case"] for case in first] == sorted(case["case"] for case in first)


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"consent_purposes": ["HO_TRO"]}, "no_consent"),
        ({"consent_to_interview": False}, "no_consent"),
        ({"consent_informed_research": False}, "not_informed"),
        ({"consent_withdrawn_at": "2026-10-01T08:00+07:00"}, "withdrawn"),
        ({"consent_expiry": "2026-11-20"}, "withdrawn"),
        ({"person": {"dob": "2010", "personal_id": None}}, "child_alone"),
        ({"status": "HUY", "delete_reason": "Nhập nhầm"}, "not_kept_here"),
        ({"confidentiality": "BM_CHUYEN"}, "state_secret"),
        ({"victim_status": "TU_CHOI_HO_TRO"}, "not_identified"),
    ],
)
def test_a_case_that_may_not_leave_stays_and_is_counted(more: dict[str, Any], reason: str, commune: Session) -> None:
    for number in range(5):
        add_case(commune, number)
    add_case(commune, 6, **more)
    exported = export(commune, chief(commune))
    assert len(cases(exported)) == 5
    assert {name: count for name, count in exported.plan.stays.items() if count} == {reason: 1}
    assert export_log.entries(commune)[0].left_out == {reason: 1}


def test_a_guardian_may_consent_for_a_child(commune: Session) -> None:
    for number in range(5):
        add_case(commune, number, consent_given_by="GIAM_HO", person={"dob": "2010-05-01", "personal_id": None})
    assert {case["beside"]["age_band"] for case in cases(export(commune, chief(commune)))} == {"9-17"}


def test_each_case_is_hidden_among_k(commune: Session) -> None:
    for number in range(9):
        add_case(commune, number, trafficked_at_date="2025" if number % 2 else "2022")
    for number in range(9, 12):
        add_case(commune, number, person={"gender": "M"}, purpose=["LAO_DONG"], exploitation_type=["LAO_DONG"])
    add_case(commune, 13, person={"nationality": "LAO"})
    officer = chief(commune)
    exported = export(commune, officer)

    def look(case: dict[str, Any]) -> str:
        fields = case["fields"]
        names = ("prs_Gender", "prs_Citizenship", "prs_MailingState", "vic_TypeOfExploitation")
        return json.dumps([case["beside"], case["events"], *(fields.get(name) for name in names)])

    found = cases(exported)
    assert min(Counter(map(look, found)).values()) >= 5
    assert exported.plan.generalised > 0
    assert exported.plan.stays["too_rare"] == 13 - len(found) == 3
    assert {case["fields"]["prs_Gender"] for case in found} == {"Feminine"}
    assert len(cases(export(commune, officer, k=10))) == 10
    with pytest.raises(DesktopError) as refused:
        export(commune, officer, k=11)
    assert refused.value.code == "case_export_empty"
    with pytest.raises(DesktopError) as refused:
        export(commune, officer, k=4)
    assert refused.value.code == "case_export_k_too_small"


@pytest.mark.parametrize(
    ("officer", "paper", "code"),
    [
        ("", PAPER, "export_approval_missing"),
        ("CB-2026-0002", " ", "export_approval_missing"),
        ("CB-2026-0009", PAPER, "export_approver_unknown"),
        ("CB-2026-0001", PAPER, "export_approver_is_self"),
    ],
)
def test_without_the_approval_of_another_officer_nothing_leaves(
    officer: str, paper: str, code: str, commune: Session
) -> None:
    for number in range(5):
        add_case(commune, number)
    chief(commune)
    with pytest.raises(DesktopError) as refused:
        case_exports.export_cases(commune, in_memory, CaseExportRequest(approved_by=officer, approval=paper))
    assert refused.value.code == code
    logged = audit_log.entries(commune.database, 1)[0]
    assert (logged.action, logged.document) == ("export_refused", code)
    assert export_log.entries(commune) == ()


def test_the_approval_stands_in_the_book_and_its_digest_in_the_log(commune: Session) -> None:
    for number in range(5):
        add_case(commune, number)
    officer = chief(commune)
    exported = export(commune, officer, file_kind="csv")
    (entry,) = export_log.entries(commune)
    assert entry.approval == export_log.Approval(officer=officer, paper=PAPER)
    assert set(entry.files) == {"csv", "csv-events", "csv-plans"}
    assert list(entry.files.values()) == list(exported.digests.values())
    logged = audit_log.entries(commune.database, 1)[0]
    assert (logged.action, logged.register) == ("export", "returned_victim")
    assert logged.digest.split() == list(exported.digests.values())
    assert export_log.altered(commune) == ()


def test_a_dry_run_needs_no_approval_and_makes_no_file(commune: Session, world: World) -> None:
    for number in range(5):
        add_case(commune, number)
    add_case(commune, 7, received_at="2025-09-10T16:40+07:00", return_date="2025-09-10", trafficked_at_date="2024")
    found = case_exports.plan(commune, CaseExportRequest(first=dt.date(2026, 1, 1), last=world.time.date()))
    assert (found.looked_at, found.leaves) == (5, 5)
    assert export_log.entries(commune) == ()
    assert audit_log.entries(commune.database, 1)[0].action == "export_planned"
    with pytest.raises(DesktopError) as refused:
        case_exports.plan(commune, CaseExportRequest(first=dt.date(2026, 2, 1), last=dt.date(2026, 1, 1)))
    assert refused.value.code == "period_ends_before_it_begins"


def test_one_value_outside_the_standard_stops_everything(commune: Session) -> None:
    for number in range(5):
        add_case(commune, number)
    officer = chief(commune)
    shipped = case_exports.definition_of(commune)
    consent = next(field for field in shipped.fields if field.to.name == "con_Consent")
    wrong = replace(shipped, fields=(*shipped.fields[1:], replace(consent, constant="yes")))
    commune.definitions = replace(commune.definitions, exports=lambda: {"htcds": wrong})
    with pytest.raises(DesktopError) as refused:
        export(commune, officer)
    assert refused.value.code == "case_export_outside_standard"
    assert refused.value.context["fields"] == "con_Consent"
    assert export_log.entries(commune) == ()
    logged = audit_log.entries(commune.database, 1)[0]
    assert (logged.action, logged.document) == ("export_refused", "case_export_outside_standard")


def test_every_field_of_the_published_table_is_mapped_or_withheld_with_a_reason(commune: Session) -> None:
    definition = case_exports.definition_of(commune)
    mapped = {field.to.name for field in definition.fields}
    mapped |= {field.to.name for group in definition.groups for field in group.fields}
    withheld = [name for one in definition.withheld for name in one.fields]
    assert mapped | set(withheld) == set(table())
    assert not mapped & set(withheld)
    assert len(table()) == 83
