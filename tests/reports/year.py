"""Made-up records of all registers over two years: seeded, plainly fictitious, with days at the edges of periods.

They are entered through the use case that an officer's form uses; only a warning is answered for all.
"""

import datetime as dt
import random
from collections.abc import Sequence

from desktop.demo import people
from desktop.domain.log.operation import Json
from desktop.workspace.base.session import Session
from desktop.workspace.records import saving

Values = dict[str, Json]

FIRST, LAST = dt.date(2025, 1, 1), dt.date(2026, 11, 20)
EDGES = tuple(
    dt.date.fromisoformat(text)
    for text in (
        *("2025-10-14", "2025-10-15", "2025-11-14", "2025-11-15", "2025-12-14", "2025-12-15"),
        *("2026-10-14", "2026-10-15", "2026-11-14", "2026-11-15", "2026-07-01", "2026-09-30"),
    )
)
MINUTES = ("00:00", "00:30", "08:15", "13:05", "22:40", "23:59")
ETHNICITIES = ("THAI", "MONG", "KINH", "HA_NHI", None)


class Year:
    """Enters records and remembers their ids by register."""

    def __init__(self, session: Session, seed: int) -> None:
        self.session = session
        self.chance = random.Random(seed)
        self.ids: dict[str, list[str]] = {}

    def add(self, register: str, values: Values, *, is_draft: bool = False) -> str:
        given = {"source_of_information": "RA_SOAT", "status": "THEO_DOI", **values}
        given = {name: value for name, value in given.items() if value is not None}
        saved = saving.save_given(self.session, register, given, reason_for_all="Số liệu giả định", is_draft=is_draft)
        assert saved.record is not None, [(register, one.field, one.code) for one in saved.problems]
        self.ids.setdefault(register, []).append(saved.record)
        return saved.record

    # Chance

    def day(self, first: dt.date = FIRST, last: dt.date = LAST) -> dt.date:
        edges = [edge for edge in EDGES if first <= edge <= last]
        if edges and self.chance.random() < 0.35:
            return self.chance.choice(edges)
        return first + dt.timedelta(days=self.chance.randint(0, (last - first).days))

    def moment(self, first: dt.date = FIRST, last: dt.date = LAST) -> str:
        return f"{self.day(first, last)}T{self.chance.choice(MINUTES)}+07:00"

    def later(self, moment: str, *, hours: Sequence[float]) -> str | None:
        """Return a moment some hours later, if it is not in the future."""
        found = dt.datetime.fromisoformat(moment) + dt.timedelta(hours=self.chance.choice(hours))
        return found.isoformat(timespec="minutes") if found.date() <= LAST else None

    def day_after(self, moment: str, *, days: Sequence[int]) -> str | None:
        found = dt.date.fromisoformat(moment[:10]) + dt.timedelta(days=self.chance.choice(days))
        return found.isoformat() if found <= LAST else None

    def maybe(self, value: Json, share: float = 0.5) -> Json:
        return value if self.chance.random() < share else None

    def some(self, values: Sequence[str], most: int) -> Json:
        chosen: list[Json] = [*sorted(self.chance.sample(list(values), self.chance.randint(0, most)))]
        return chosen or None

    def person(self, **more: Json) -> str:
        found = people.person(self.chance, youngest=2022)
        found["ethnicity"] = self.chance.choice(ETHNICITIES)
        return self.add_person({**found, **more})

    def add_person(self, values: Values) -> str:
        given = {name: value for name, value in values.items() if value is not None}
        saved = saving.save_given(self.session, "person", given, reason_for_all="Số liệu giả định")
        assert saved.record is not None, saved.problems
        self.ids.setdefault("person", []).append(saved.record)
        return saved.record

    # Registers

    def tip(self) -> Values:
        received = self.moment()
        classified = self.maybe(self.later(received, hours=(0.5, 23, 24, 24.02, 30, 70)), 0.9)
        branch = self.chance.choice("ABB")
        transferred = self.maybe(self.later(received, hours=(3, 23.5, 24, 25, 47, 49, 24 * 6, 24 * 9)), 0.85)
        resolved = self.maybe(self.day_after(received, days=(2, 15, 20, 21, 40, 70, 130)), 0.75)
        resolution = self.chance.choice(("KT", "KKT", "XLHC", "TDC", "CHUYEN")) if resolved else "DANG"
        extended = self.maybe(self.day_after(received, days=(45, 60)), 0.15) if resolution != "CHUYEN" else None
        return {
            "tip_kind": self.chance.choice(("TO_GIAC", "TIN_BAO", "KIEN_NGHI")),
            "channel": self.chance.choice(("TRUC_TIEP", "DIEN_THOAI", "HOM_THU", "TUAN_TRA")),
            "received_at": received,
            "occurred_at": received,
            "classified_at": classified,
            "anonymous": True,
            "anonymous_reason": "Sợ bị trả thù.",
            "content": "Có người lạ rủ đi làm ở nước ngoài.",
            "seriousness_branch": branch,
            "branch_changed_at": self.maybe(self.later(received, hours=(30,)), 0.2) if branch == "A" else None,
            "remote_commune": self.chance.random() < 0.5,
            "at_police_post": self.maybe(self.chance.random() < 0.5, 0.4),
            "victim_u18": self.chance.random() < 0.2,
            "transferred_at": transferred,
            "transferred_to": "Cơ quan Cảnh sát điều tra" if transferred else None,
            "doc_no": "01/PC" if transferred else None,
            "extended_to": extended,
            "extension_doc": "02/QĐ" if extended else None,
            "vks_extension": self.maybe("03/QĐ-VKS", 0.4) if extended else None,
            "resumed_on": self.maybe(self.day_after(received, days=(35,)), 0.1),
            "resolution": resolution,
            "resolved_on": resolved,
            "status": "HUY" if self.chance.random() < 0.05 else "THEO_DOI",
            "delete_reason": "Nhập trùng.",
        }

    def victim(self) -> Values:
        received = self.moment()
        status = self.chance.choice(("TRINH_BAO", "DANG_XAC_DINH", "NAN_NHAN", "NAN_NHAN", "KHONG_PHAI"))
        checked = self.maybe(self.day_after(received, days=(0, 2, 3, 4, 19, 20, 21, 30)), 0.8)
        certified = self.maybe(self.day_after(received, days=(1, 25)), 0.7) if status == "NAN_NHAN" else None
        countries = self.some(("CHN", "LAO", "KHM", "MMR", "VNM"), 2)
        return {
            **people.victim(self.chance, LAST),
            "person": self.person(gender=self.chance.choice("FFFM")),
            "return_channel": self.chance.choice(("TU_VE", "GIAI_CUU", "TRAO_TRA")),
            "return_date": received[:10],
            "received_at": received,
            "occurred_at": received,
            "consent_date": received[:10],
            "victim_status": status,
            "evidence_basis": ["e"] if status == "NAN_NHAN" else None,
            "trafficking_scope": self.maybe(self.chance.choice(("TRONG_NUOC", "RA_NUOC_NGOAI")), 0.8),
            "purpose": self.some(("KET_HON", "TINH_DUC", "LAO_DONG"), 2),
            "transit": [{"country": one} for one in countries] if isinstance(countries, list) else None,
            "identity_check_result": "DUNG" if checked else None,
            "identity_check_date": checked,
            "identity_check_by": "Công an xã" if checked else None,
            "notified_yte_at": self.maybe(self.later(received, hours=(1, 30)), 0.8),
            "cert_kind": self.chance.choice(("CA", "TT")) if certified else None,
            "cert_no": "12/GXN" if certified else None,
            "cert_date": certified,
            "cert_issuer": "Công an tỉnh" if certified else None,
        }

    def support(self, case: str) -> Values:
        result = self.chance.choice(("DA_HO_TRO", "MOT_PHAN", "DANG_HO_TRO", "CHUA", "TU_CHOI", None))
        requested = self.day()
        decided = self.maybe(self.day_after(requested.isoformat(), days=(1, 10)), 0.6)
        return {
            "case": case,
            "eligibility_group": "1",
            "support_kind": self.chance.choice(("a", "b", "g")),
            "requested_on": requested.isoformat(),
            "decided_on": decided,
            "start": self.maybe(self.day_after(requested.isoformat(), days=(10, 12)), 0.7),
            "amount_vnd": self.maybe(self.chance.choice((500_000, 1_250_000)), 0.6),
            "result": result,
            "refused": True if result == "TU_CHOI" else None,
            "reason": "Không muốn nhận." if result == "TU_CHOI" else None,
            "occurred_at": f"{requested}T09:00+07:00",
        }

    def absence(self) -> Values:
        listed = self.moment()
        verified = self.maybe(self.day_after(listed, days=(0, 12, 60)), 0.7)
        is_closed = verified is not None and self.chance.random() < 0.5
        result = self.chance.choice(("BT", "NV", "VE", "KXM")) if verified else None
        given = people.absence(self.chance, LAST)
        return {
            **given,
            "person": self.person(),
            "case_kind": self.some(("VM_LN", "LCNN", "MAT_LL", "TRAI_PHEP"), 2) or ["TRE_BO_NHA"],
            "absent_since": "2024-11",
            "declared_absence": False,
            "occurred_at": listed,
            "verified_on": verified,
            "verification_method": ["GIA_DINH"] if verified else None,
            "verification_result": result if verified and (is_closed or self.chance.random() < 0.9) else None,
            "foreign_spouse": [{"name": "Giả Định", "nationality": "CHN", "marriage_kind": "DK"}],
            "children_abroad": None,
            "next_review_date": "2026-12-20",
            "status": "KET_THUC" if is_closed else "THEO_DOI",
        }

    def residence_check(self, guests: Sequence[str]) -> Values:
        checked = self.moment()
        arrived = dt.datetime.fromisoformat(checked) - dt.timedelta(hours=self.chance.choice((5, 40, 80)))
        came = arrived.isoformat(timespec="minutes")
        state = self.chance.choice(("HL", "HL", "CKB", "QH", "KVBG"))
        is_flagged = self.chance.random() < 0.15
        declared = None if state == "CKB" else self.later(came, hours=(2, 12, 12.5, 24, 24.5))
        return {
            "person": self.chance.choice(guests),
            "check_kind": "DINH_KY",
            "checked_at": checked,
            "occurred_at": checked,
            "place": {"province": "11", "commune": "03160", "hamlet": "Bản Mường Nhé"},
            "team": [{"name": "Hà Văn Sơn"}, {"name": "Lò Văn Tươi"}],
            "witness": "Quàng Văn Ín",
            "host": "Lù Thị Thoa",
            "lodging_type": self.chance.choice(("NHA_NGHI", "HOMESTAY", "NHA_DAN")),
            "lodging_name": self.chance.choice(("Nhà nghỉ Hoa Ban", "nhà nghỉ  hoa ban", "Homestay Nà", None)),
            "lodging_border_area": False,
            "remote_area": self.chance.random() < 0.5,
            "doc_type": "P",
            "passport_no": "PA1000001",
            "passport_kind": "PT",
            "issuer": "LAO",
            "issue_date": "2022-03-11",
            "expiry": "2031-03-11",
            "arrived_at": came,
            "declare_channel": "CHUA" if declared is None else "NA17",
            "declared_at": declared,
            "stay_from": came[:10],
            "stay_to": "2026-12-30",
            "room_no": "101",
            "vulnerability_flag": is_flagged,
            "tip_indicators": ["GIU_GIAY_TO"] if is_flagged else None,
            "status_result": state,
            "violations": None if state == "HL" else ["QUA_HAN"],
            "action_taken": None if state == "HL" else self.some(("NHAC_NHO", "BBVPHC", "PA08", "DON_BP"), 2),
        }

    def patrol(self) -> Values:
        began = self.moment()
        events: list[Json] = [
            {
                "time": began,
                "kind": self.chance.choice(("VUOT_BIEN", "NGHI_MUA_BAN", "NAN_NHAN_VE", "BUON_LAU")),
                "persons_cnt": self.maybe(self.chance.randint(1, 4), 0.9),
            }
            for _ in range(self.chance.choice((0, 0, 1, 2)))
        ]
        markers: list[Json] = [
            {"marker": f"{marker}", "state": self.chance.choice(("NGUYEN", "NGHIENG")), "note": "Đã xem"}
            for marker in self.chance.sample(range(1, 12), self.chance.randint(0, 3))
        ]
        members: list[Json] = [{"name": "Giả Định"}] * self.chance.randint(0, 5)
        return {
            "patrol_kind": self.chance.choice(("TX", "PH", "MP")),
            "start_at": began,
            "end_at": self.later(began, hours=(5, 30)) or began,
            "occurred_at": began,
            "members": members or None,
            "distance_km": self.maybe(f"{self.chance.randint(10, 300) / 10:g}", 0.8),
            "markers_checked": markers or None,
            "events": events or None,
            "screened_for_trafficking": True,
        }

    def establishment(self, number: int) -> Values:
        kind = self.chance.choice(("LT", "KR", "CD", "XB", "VT"))
        return {
            "name": f"Cơ sở giả định số {number}",
            "kind": kind,
            "room_count": self.chance.choice((5, 29, 30, 40)) if kind == "LT" else None,
            "stars": self.maybe(2, 0.5) if kind == "LT" else None,
            "foreign_element": False,
            "inter_provincial": self.maybe(self.chance.random() < 0.2, 0.5),
            "operating_status": self.chance.choice(("DANG_HD", "DANG_HD", "TAM_NGUNG", "CHAM_DUT")),
            "address": {"province": "11", "commune": "03160", "hamlet": "Bản Mường Nhé"},
            "occurred_at": self.moment(),
        }

    def check(self, establishment: str) -> Values:
        began = self.moment()
        violations = self.some(("KHONG_TBLT", "NV_U18", "PCCC"), 2)
        return {
            "establishment": establishment,
            "check_kind": "HAU_KIEM",
            "started_at": began,
            "occurred_at": began,
            "violations": violations,
            "actions": self.some(("NHAC_NHO", "BBVPHC"), 2) if violations else None,
            "staff_u18": self.chance.choice((None, 0, 1, 2)),
            "staff_u16": None,
            "suspected_victims": self.chance.choice((None, 0, 1)),
            "linked_tip": None,
        }

    def outreach(self) -> Values:
        total = self.chance.randint(10, 200)
        held = self.moment()
        return {
            "held_at": held,
            "occurred_at": held,
            "venue": "Nhà văn hóa",
            "place": {
                "province": "11",
                "commune": "03160",
                "hamlet": self.chance.choice(("Bản Nậm Kè", "bản nậm kè", "Bản Nà Pán")),
            },
            "audience": self.some(("PHU_NU", "HOC_SINH", "DTTS"), 2),
            "form": self.maybe(self.chance.choice(("TAP_TRUNG", "LOA")), 0.9),
            "attend_total": total,
            "attend_female": self.maybe(total // 2),
            "attend_u18": self.maybe(total // 3),
            "attend_ethnic_minority": self.maybe(total // 2),
            "leaflets": self.maybe(self.chance.randint(0, 90)),
            "commitments_signed": self.maybe(self.chance.randint(0, 20)),
            "budget": self.maybe(1_500_000),
        }

    def overseas(self) -> Values:
        status = self.chance.choice(("DANG_LAM", "MAT_LL", "VE_NUOC", None))
        return {
            "person": self.person(),
            "legal_form": self.chance.choice(("2a", "3", "0")),
            "country": self.chance.choice(("TWN", "KOR", "LAO")),
            "contact_ok": self.maybe(self.chance.random() < 0.5),
            "work_status": status,
            "returned_on": "2026-10" if status == "VE_NUOC" else None,
            "tip_indicators": self.some(("GIU_GIAY_TO", "GIU_LUONG"), 1),
            "occurred_at": self.moment(),
            "next_review_date": "2026-12-20",
        }

    def tip_box(self, number: int) -> Values:
        installed = self.day()
        removed = self.maybe(self.day_after(installed.isoformat(), days=(20, 200)), 0.3)
        days = [self.day(installed).isoformat() for _ in range(self.chance.randint(0, 4))]
        return {
            "code": f"HT-{number:02}",
            "place": {"province": "11", "commune": "03160", "hamlet": "Bản Nậm Kè"},
            "installed_on": installed.isoformat(),
            "occurred_at": f"{installed}T09:00+07:00",
            "box_status": "DA_THU" if removed else "DANG_DUNG",
            "removed_on": removed,
            "openings": [
                {"opened_on": day, "letters": self.chance.randint(1, 6), "valid": self.maybe(1)} for day in sorted(days)
            ]
            or None,
        }


def fill(session: Session, seed: int = 7) -> dict[str, list[str]]:
    """Enter the records and return their ids by register."""
    year = Year(session, seed)
    for _ in range(50):
        year.add("tip", year.tip())
    year.add("tip", {**year.tip(), "status": "NHAP"}, is_draft=True)
    cases = [year.add("returned_victim", year.victim()) for _ in range(16)]
    for _ in range(24):
        year.add("victim_support", year.support(year.chance.choice(cases)))
    for _ in range(24):
        year.add("absence", year.absence())
    guests = [
        year.add_person(
            {
                "full_name": f"GIA DINH {name}",
                "dob": "1990",
                "gender": "M",
                "nationality": nationality,
                "passport_no": f"PA10000{number}",
                "perm_addr": {"province": "11", "commune": "03160"} if nationality == "VNM" else None,
            }
        )
        for number, (name, nationality) in enumerate(
            (("KEO", "LAO"), ("WANG", "CHN"), ("LI", "CHN"), ("ANNA", "FRA"), ("LAN", "VNM")), start=10
        )
    ]
    for _ in range(44):
        year.add("residence_check", year.residence_check(guests))
    for _ in range(24):
        year.add("patrol", year.patrol())
    places = [year.add("establishment", year.establishment(number)) for number in range(10)]
    for _ in range(16):
        year.add("establishment_check", year.check(year.chance.choice(places)))
    for _ in range(16):
        year.add("outreach", year.outreach())
    for _ in range(14):
        year.add("overseas_work", year.overseas())
    for number in range(5):
        year.add("tip_box", year.tip_box(number))
    return year.ids
