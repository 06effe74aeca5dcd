"""Records such as officers write, one of each shipped register, and short ways to ask what is wrong with them."""

from functools import cache

from desktop.domain.base.problems import Severity
from desktop.domain.definitions.loader import load_library
from desktop.domain.definitions.model import Library
from desktop.domain.records.validation import validate
from desktop.paths import forms_dir
from tests.forms.shipped_basics import (
    CAMPAIGN,
    CASE,
    CHILD,
    ENVELOPE,
    GUEST,
    HOTEL,
    MOTHER,
    MUONG_NHE,
    NOW,
    OFFICER,
    SCAN,
    TIP,
    TODAY,
    WOMAN,
    Record,
)
from tests.forms.shipped_data_duties import DATA_DUTIES
from tests.forms.shipped_duties import (
    CAMPAIGN_RECORD,
    DUTIES,
    ESTABLISHMENT,
    TIP_RECORD,
)

__all__ = [
    "ABSENCE",
    "CASE",
    "CHILD",
    "FULL",
    "GUEST",
    "MOTHER",
    "NOW",
    "OFFICER",
    "PEOPLE",
    "PERSON",
    "RESIDENCE",
    "TODAY",
    "VICTIM",
    "WOMAN",
    "Record",
    "library",
    "missing_of",
    "problems_of",
    "severities_of",
]

PERSON: Record = {
    "full_name": "Lò Thị Đớn",
    "dob": "1999-03-14",
    "gender": "F",
    "personal_id": "011199004567",
    "nationality": "VNM",
    "other_name": "Đớn",
    "alias_abroad": "李丹",
    "id_issued_on": "2022-05-10",
    "passport_no": "C1234567",
    "old_personal_ids": [{"number": "040123456"}],
    "perm_addr": MUONG_NHE,
    "temp_addr": {"province": "11", "detail": "Phường Điện Biên Phủ"},
    "curr_addr": MUONG_NHE,
    "household_head": "Lò Văn Páo",
    "household_head_id": "011070001234",
    "relation_to_head": "CON",
    "phone": "+84912345678",
    "other_phones": [{"number": "+84988123456", "owner": "Mẹ"}],
    "email": "lothidon@example.com",
    "social_accounts": [{"network": "Zalo", "account": "0912345678"}],
    "father": GUEST,
    "mother": MOTHER,
    "spouse": GUEST,
    "place_of_birth": MUONG_NHE,
    "birth_reg_place": MUONG_NHE,
    "native_place": {"old_text": "Xã Mường Nhé, huyện Mường Nhé, tỉnh Điện Biên"},
    "ethnicity": "THAI",
    "religion": "KHONG",
    "marital_status": "2",
    "education": "2",
    "occupation": "NONG_DAN",
    "photo": {**SCAN, "name": "anh.jpg", "media_type": "image/jpeg"},
    "note": "Hay đi làm ăn xa.",
}
FOREIGNER: Record = {
    "full_name": "Wang Xiaoming",
    "dob": "1985-07-02",
    "gender": "M",
    "nationality": "CHN",
    "passport_no": "E12345678",
}
PEOPLE: dict[str, Record] = {
    WOMAN: PERSON,
    CHILD: {**PERSON, "dob": "2012"},
    MOTHER: {**PERSON, "dob": "1970~"},
    GUEST: FOREIGNER,
}
OFFICER_RECORD: Record = {
    "name": "Nguyễn Thị Hà",
    "rank": "Thiếu úy",
    "position": "Cán bộ",
    "unit_name": "Công an xã Mường Nhé",
}
ABSENCE: Record = {
    **ENVELOPE,
    "person": WOMAN,
    "case_kind": ["LCNN", "VM_LN"],
    "absent_since": "2025-03",
    "return_expected": "2027-02-01",
    "absence_reason_declared": "KET_HON",
    "absence_reason_assessed": "KET_HON",
    "declared_absence": True,
    "declared_on": "2025-04-01",
    "declaration_checked": True,
    "ct03_no": "15/2025",
    "ct03_date": "2025-04-02",
    "registered_elsewhere": False,
    "destination_country": "CHN",
    "destination_place": "Côn Minh, Vân Nam",
    "departure_route": "CK",
    "border_point": "Cửa khẩu A Pa Chải",
    "exit_legality": "HP",
    "accompanied_by": "Một người cùng bản.",
    "recruiter_info": "Người tên Mỷ, gọi qua Zalo.",
    "last_contact_date": "2026-10",
    "contact_channel": "DIEN_THOAI",
    "contact_safety": "HEN",
    "family_informant": MOTHER,
    "relation": "CHA_ME",
    "foreign_spouse": [
        {
            "name": "Wang Xiaoming",
            "nationality": "CHN",
            "passport": "E12345678",
            "marriage_kind": "DK",
            "marriage_reg_no": "21/2025",
            "marriage_reg_place": "Tỉnh Vân Nam",
            "marriage_reg_date": "2025-03-10",
        }
    ],
    "children_abroad": [{"name": "Wang Li", "dob": "2026-01", "gender": "F", "nationality": "CHN"}],
    "indicators": ["HON_NHAN_MOI_GIOI"],
    "risk_level": "1",
    "verification_plan_date": "2026-12-05",
    "verified_on": "2026-11-20",
    "verification_method": ["GIA_DINH", "GOI_TRUC_TIEP"],
    "verification_result": "BT",
    "next_review_date": "2027-02-19",
}
VICTIM: Record = {
    **ENVELOPE,
    "status": "KET_THUC",
    "case_code": "NN-03325-7K2M-2026-0007",
    "person": WOMAN,
    "return_channel": "TRAO_TRA",
    "return_date": "2026-09-10",
    "return_point": "Cửa khẩu A Pa Chải",
    "reception_unit": "Đồn Biên phòng A Pa Chải",
    "received_at": "2026-09-10T14:30+07:00",
    "handover_from": "Công an huyện Giang Thành",
    "handover_doc_no": "03/BB",
    "witnesses": "Lý Văn Sa",
    "urgent_needs": ["a", "b", "dd"],
    "wishes": "Về với mẹ.",
    "wants_shelter": False,
    "safety_risk": "CO",
    "contact_safety": "TRUNG_GIAN",
    "contact_instructions": "Qua chị Mỷ, buổi tối.",
    "accompanying_minors": [{"name": "Wang Li", "dob": "2022", "gender": "F", "relation": "Con", "needs": ["h"]}],
    "language": "vie",
    "interpreter": "Giàng A Sử",
    "consent_to_interview": True,
    "consent_informed_purpose": True,
    "consent_informed_use": True,
    "consent_informed_research": False,
    "consent_informed_access": True,
    "consent_informed_storage": True,
    "consent_informed_withdrawal": True,
    "consent_purposes": ["HO_TRO", "Y_TE_XA_HOI"],
    "consent_given_by": "BAN_THAN",
    "consent_language": "blt",
    "consent_interpreter": "Giàng A Sử",
    "consent_date": "2026-09-11",
    "consent_expiry": "2028-09-11",
    "consent_form": SCAN,
    "trafficking_scope": "RA_NUOC_NGOAI",
    "act": ["TUYEN_MO", "CHUYEN_GIAO"],
    "means": ["LUA_GAT"],
    "purpose": ["KET_HON"],
    "exploitation_type": ["KET_HON"],
    "industry": "T",
    "left_home_date": "2021-02",
    "trafficked_at_date": "2021-03~",
    "age_when_trafficked": 22,
    "transit": [{"stage": "TRUNG_CHUYEN", "country": "CHN", "place": "Côn Minh", "date": "2021-03", "point": "Mốc 3"}],
    "traffickers": [{"name": "Mỷ", "role": "RU_RE", "relation": "QUEN_BIET"}],
    "health_state": "Ổn định.",
    "victim_status": "NAN_NHAN",
    "evidence_basis": ["a", "e"],
    "identity_check_result": "DUNG",
    "identity_check_date": "2026-09-15",
    "identity_check_by": "Công an xã Mường Nhé",
    "cert_kind": "CA",
    "cert_no": "12/GXN",
    "cert_date": "2026-09-30",
    "cert_issuer": "Công an tỉnh Điện Biên",
    "notified_ubnd_at": "2026-09-10T15:00+07:00",
    "notified_yte_at": "2026-09-10T16:00+07:00",
    "transferred_at": "2026-09-11T08:00+07:00",
    "protection_measure": ["GIU_KIN"],
    "shelter_code": "TL-02",
    "reintegration_checks": [{"date": "2026-11-01", "finding": "ON_DINH", "by": "Nguyễn Thị Hà"}],
    "outcome": "HOA_NHAP",
    "closed_on": "2026-11-20",
}
RESIDENCE: Record = {
    **ENVELOPE,
    "status": "KET_THUC",
    "person": GUEST,
    "relation_to_local": "VO_CHONG",
    "check_kind": "DINH_KY",
    "checked_at": "2026-11-20T21:00+07:00",
    "place": MUONG_NHE,
    "team": [{"name": "Nguyễn Thị Hà", "rank": "Thiếu úy", "position": "Cán bộ", "unit": "Công an xã Mường Nhé"}],
    "witness": "Lò Văn Páo",
    "host": "Trần Văn Nam",
    "lodging_type": "NHA_NGHI",
    "establishment": HOTEL,
    "lodging_name": "Nhà nghỉ Hoa Ban",
    "lodging_address": MUONG_NHE,
    "lodging_phone": "+842153831234",
    "lodging_owner": "Trần Văn Nam",
    "lodging_border_area": True,
    "remote_area": True,
    "doc_type": "P",
    "passport_no": "E12345678",
    "passport_kind": "PT",
    "issuer": "Cục Quản lý xuất nhập cảnh",
    "issue_date": "2020-01-15",
    "expiry": "2030-01-14",
    "visa_doc_kind": "EVISA",
    "visa_symbol": "EV",
    "visa_no": "E2026001",
    "visa_valid_to": "2026-12-31",
    "entry_date": "2026-11-15",
    "entry_gate": "Cửa khẩu Hữu Nghị",
    "entry_purpose": "THAM_THAN",
    "arrived_at": "2026-11-19T18:00+07:00",
    "declare_channel": "WEB",
    "declared_at": "2026-11-20T09:00+07:00",
    "stay_from": "2026-11-19",
    "stay_to": "2026-11-25",
    "room_no": "203",
    "stay_permit_to": "2026-12-31",
    "border_permit_no": "NC10-77",
    "border_station_notified_at": "2026-11-20T09:30+07:00",
    "vulnerability_flag": False,
    "status_result": "HL",
}
LINK_RECORD: Record = {
    "from_record": WOMAN,
    "to_record": MOTHER,
    "kind": "GIA_DINH",
    "note": "Mẹ đẻ.",
    "removed": True,
    "removed_reason": "Ghi nhầm người.",
}
FULL: dict[str, Record] = {
    "person": PERSON,
    "officer": OFFICER_RECORD,
    "absence": ABSENCE,
    "returned_victim": VICTIM,
    "residence_check": RESIDENCE,
    "link": LINK_RECORD,
    **DUTIES,
    **DATA_DUTIES,
}
KNOWN: dict[str, Record] = {
    **PEOPLE,
    OFFICER: OFFICER_RECORD,
    CASE: VICTIM,
    HOTEL: ESTABLISHMENT,
    TIP: TIP_RECORD,
    CAMPAIGN: CAMPAIGN_RECORD,
}


@cache
def library() -> Library:
    return load_library(forms_dir())


def problems_of(
    register: str, values: Record, *, is_draft: bool = False, changed: dict[str, Record] | None = None
) -> dict[str, set[str]]:
    """Return the codes of the problems by field; the record itself reads as an empty name.

    `changed` are other records as they are to be for this once.
    """
    known = {**KNOWN, **(changed or {})}
    found: dict[str, set[str]] = {}
    for problem in validate(
        values,
        library().registers[register],
        library=library(),
        today=TODAY,
        now=NOW,
        follow=known.get,
        is_draft=is_draft,
    ):
        found.setdefault(problem.field or "", set()).add(problem.code)
    return found


def missing_of(register: str, values: Record) -> set[str]:
    return {field for field, codes in problems_of(register, values).items() if "value_missing" in codes}


def severities_of(register: str, values: Record) -> dict[str, Severity]:
    definition = library().registers[register]
    found = validate(values, definition, library=library(), today=TODAY, now=NOW, follow=KNOWN.get)
    return {problem.code: problem.severity for problem in found}
