"""A made-up year of one commune and one border station: seeded, plainly fictitious, few cases, as in reality.

- A commune sees a handful of absences, one or two victims, some tips; a border station patrols every week.
- Everything is entered through the same use case as an officer's, so nothing is here that a form would refuse.
"""

import datetime as dt
import random
from typing import Final, TypeAlias

from desktop.demo import people
from desktop.domain.log.operation import Json
from desktop.errors import DesktopError
from desktop.workspace.base.session import Session
from desktop.workspace.records import saving

Values: TypeAlias = dict[str, Json]
WHY: Final = "Số liệu giả định để trình diễn"
_LODGINGS: Final = ("Nhà nghỉ Hoa Ban", "Nhà nghỉ Mường Thanh Nhỏ", "Nhà trọ Suối Voi", "Homestay Bản Nà")
_VENUES: Final = ("Nhà văn hóa bản Nậm Kè", "Trường PTDTBT xã", "Chợ phiên Mường Nhé", "Nhà sinh hoạt bản Huổi Ban")
_FOREIGN: Final = ("KHAMVONGSA BOUNMY", "SOUVANNA KEO", "LI WEI", "WANG FANG", "SMITH ANNA", "MULLER HANS")


def fill_commune(session: Session, seed: int = 11) -> dict[str, int]:
    """Enter a commune's year and return how many records each register got.

    Raises:
        DesktopError: demo_stuck, with the codes of what was refused.
    """
    year = _Year(session, seed)
    year.add("campaign", _campaign(year.end))
    for _ in range(14):
        year.add("absence", people.absence(year.chance, year.end))
    for _ in range(2):
        case = year.add("returned_victim", people.victim(year.chance, year.end))
        for kind in ("a", "g"):
            year.add("victim_support", year.support(case, kind))
    for number in range(6):
        year.add("tip", year.tip(number))
    for number, kind in enumerate(("LT", "LT", "KR", "CD", "LT", "XB")):
        place = year.add("establishment", year.establishment(number, kind))
        year.add("establishment_check", year.check(place))
    for number in range(8):
        year.add("residence_check", year.residence_check(number))
    for register, count, make in (
        ("outreach", 9, year.outreach),
        ("overseas_work", 6, year.overseas),
        ("tip_box", 2, year.tip_box),
        ("periodic_report", 4, year.monthly_report),
    ):
        for number in range(count):
            year.add(register, make(number))
    return year.counts


def fill_border(session: Session, seed: int = 12) -> dict[str, int]:
    """Enter a border station's year. Raises DesktopError demo_stuck."""
    year = _Year(session, seed)
    for number in range(40):
        year.add("patrol", year.patrol(number))
    year.add("returned_victim", people.victim(year.chance, year.end))
    for number in range(5):
        year.add("residence_check", year.residence_check(number))
    for number in range(4):
        year.add("outreach", year.outreach(number))
    return year.counts


def _campaign(end: dt.date) -> Values:
    return {
        "name": f"Cao điểm phòng, chống mua bán người {end.year}",
        "from_date": f"{end.year}-07-01",
        "to_date": f"{end.year}-09-30",
        "theme": "Vì nạn nhân bị mua bán",
    }


class _Year:
    """The last 360 days of one station."""

    def __init__(self, session: Session, seed: int) -> None:
        self.session = session
        self.chance = random.Random(seed)  # noqa: S311  no secret: the same year every time
        self.end = session.today()
        self.counts: dict[str, int] = {}

    def add(self, register: str, values: Values) -> str:
        saved = saving.save_given(self.session, register, values, reason_for_all=WHY)
        if saved.record is None:
            codes = ", ".join(f"{register}.{problem.field}: {problem.code}" for problem in saved.problems)
            raise DesktopError("demo_stuck", what=codes)
        self.counts[register] = self.counts.get(register, 0) + 1
        return saved.record

    def support(self, case: str, kind: str) -> Values:
        day = self._day(60)
        return {
            "case": case,
            "eligibility_group": "4",
            "support_kind": kind,
            "requested_on": day.isoformat(),
            "result": "DANG_HO_TRO",
            "occurred_at": _at(day, 9),
            "source_of_information": "TU_TRINH_BAO",
        }

    def tip(self, number: int) -> Values:
        day = self._day()
        branch = "A" if number == 0 else "B"
        later = day + dt.timedelta(days=self.chance.randint(1, 6))
        done = number % 3 != 0 and later + dt.timedelta(days=15) < self.end
        closing: Values = (
            {
                "resolution": self.chance.choice(("KKT", "KT", "CHUYEN")),
                "resolved_on": (later + dt.timedelta(days=14)).isoformat(),
                "resolution_doc": f"{10 + number}/QĐ",
            }
            if done
            else {}
        )
        return {
            **closing,
            "tip_kind": "TO_GIAC" if number % 2 else "TIN_BAO",
            "channel": self.chance.choice(("TRUC_TIEP", "DIEN_THOAI", "HOM_THU")),
            "received_at": _at(day, 8),
            "classified_at": _at(day, 15),
            "anonymous": True,
            "anonymous_reason": "Người báo sợ bị trả thù, không nói tên.",
            "content": "Có người lạ đến bản rủ phụ nữ đi làm ở nước ngoài, hứa việc nhẹ lương cao.",
            "seriousness_branch": branch,
            "branch_grounds": ["DU_LUAN"] if branch == "A" else None,
            "remote_commune": True,
            "victim_u18": number == 1,
            "reported_to_cqdt_at": _at(day, 9),
            "report_channel": "DIEN_THOAI",
            "transferred_at": _at(later, 10),
            "transferred_to": "Cơ quan CSĐT Công an tỉnh Điện Biên",
            "doc_no": f"{number + 1}/PC-CAX",
            "occurred_at": _at(day, 7),
            "source_of_information": "QUAN_CHUNG",
        }

    def establishment(self, number: int, kind: str) -> Values:
        name = _LODGINGS[number % len(_LODGINGS)] if kind == "LT" else f"Cơ sở {kind} số {number + 1}"
        return {
            "name": name,
            "kind": kind,
            "ant_cert_no": f"{21 + number}/GCN-CAX",
            "issued_on": f"{self.end.year - 1}-04-10",
            "issuer": "Công an xã Mường Nhé",
            "room_count": self.chance.randint(6, 24) if kind == "LT" else None,
            "lodging_type": "NHA_NGHI" if kind == "LT" else None,
            "address": {"province": "11", "commune": "03160", "hamlet": "Bản Mường Nhé"},
            "occurred_at": _at(self._day(), 9),
            "source_of_information": "KIEM_TRA",
        }

    def check(self, establishment: str) -> Values:
        day = self._day()
        return {
            "establishment": establishment,
            "check_kind": "DINH_KY",
            "started_at": _at(day, 14),
            "ended_at": _at(day, 16),
            "notice_sent_on": (day - dt.timedelta(days=12)).isoformat(),
            "guests_checked": self.chance.randint(2, 12),
            "guests_no_id": 0,
            "foreign_guests": self.chance.randint(0, 2),
            "foreign_undeclared": 0,
            "staff_u18": 0,
            "findings": "Chấp hành đúng quy định, sổ ghi đầy đủ.",
            "occurred_at": _at(day, 14),
            "source_of_information": "KIEM_TRA",
        }

    def residence_check(self, number: int) -> Values:
        day = self._day()
        arrived = day - dt.timedelta(days=1)
        late = number % 5 == 4
        person: Values = {
            "full_name": _FOREIGN[number % len(_FOREIGN)],
            "dob": f"{1975 + number}",
            "gender": "F" if number % 2 else "M",
            "nationality": self.chance.choice(("LAO", "CHN")),
            "passport_no": f"PA{1_000_000 + number + self.chance.randint(0, 900) * 100}",
        }
        return {
            "person": person,
            "check_kind": "DINH_KY",
            "checked_at": _at(day, 20),
            "place": {"province": "11", "commune": "03160", "hamlet": "Bản Mường Nhé"},
            "team": [{"name": "Hà Văn Sơn"}, {"name": "Lò Văn Tươi"}],
            "witness": "Quàng Văn Ín",
            "host": "Lù Thị Thoa",
            "lodging_type": "NHA_NGHI",
            "lodging_name": _LODGINGS[number % len(_LODGINGS)],
            "lodging_border_area": False,
            "remote_area": True,
            "doc_type": "P",
            "passport_no": person["passport_no"],
            "passport_kind": "PT",
            "issuer": person["nationality"],
            "issue_date": f"{self.end.year - 3}-03-11",
            "expiry": f"{self.end.year + 6}-03-11",
            "arrived_at": _at(arrived, 9),
            "declare_channel": "CHUA" if late else "NA17",
            "declared_at": None if late else _at(arrived, 15),
            "stay_from": arrived.isoformat(),
            "stay_to": (day + dt.timedelta(days=2)).isoformat(),
            "room_no": f"{101 + number}",
            "vulnerability_flag": False,
            "status_result": "CKB" if late else "HL",
            "violations": ["KHONG_KHAI_BAO"] if late else None,
            "action_taken": ["NHAC_NHO"] if late else None,
            "occurred_at": _at(day, 20),
            "source_of_information": "KIEM_TRA",
        }

    def outreach(self, number: int) -> Values:
        total = self.chance.randint(40, 160)
        day = self._day()
        return {
            "held_at": _at(day, 19),
            "duration_min": 90,
            "venue": _VENUES[number % len(_VENUES)],
            "attend_total": total,
            "attend_female": total * 6 // 10,
            "attend_u18": total // 5,
            "attend_ethnic_minority": total * 9 // 10,
            "leaflets": total // 2,
            "hotline_intro": True,
            "occurred_at": _at(day, 19),
            "source_of_information": "RA_SOAT",
        }

    def overseas(self, number: int) -> Values:
        day = self._day()
        return {
            "person": people.person(self.chance, youngest=2005),
            "legal_form": ("2a", "3", "0")[number % 3],
            "company": "Công ty Xuất khẩu lao động Giả Định" if number % 3 == 0 else None,
            "country": self.chance.choice(("TWN", "KOR", "MYS", "LAO")),
            "work_status": "MAT_LL" if number == 5 else "DANG_LAM",
            "left_on": f"{self._day():%Y-%m}",
            "occurred_at": _at(day, 9),
            "source_of_information": "RA_SOAT",
        }

    def tip_box(self, number: int) -> Values:
        return {
            "code": f"HT-{number + 1:02}",
            "place": {"province": "11", "commune": "03160", "hamlet": people.HAMLETS[number]},
            "installed_on": self._day().isoformat(),
            "occurred_at": _at(self._day(), 9),
            "source_of_information": "RA_SOAT",
        }

    def monthly_report(self, number: int) -> Values:
        last = self.end.replace(day=14)
        for _ in range(number + (self.end.day < last.day)):
            last = (last.replace(day=1) - dt.timedelta(days=1)).replace(day=14)
        first = (last.replace(day=1) - dt.timedelta(days=1)).replace(day=15)
        return {
            "report_kind": "THANG",
            "period_from": first.isoformat(),
            "period_to": last.isoformat(),
            "handed_in_on": (last + dt.timedelta(days=2)).isoformat() if number else None,
            "handed_to": "Ban Chỉ đạo 138 tỉnh",
            "occurred_at": _at(last, 9),
            "source_of_information": "RA_SOAT",
        }

    def patrol(self, number: int) -> Values:
        day = self.end - dt.timedelta(days=9 * number + self.chance.randint(1, 4))
        found = number in {7, 23}
        events: Json = [
            {"time": _at(day, 11), "kind": "VUOT_BIEN", "persons_cnt": 3, "women": 2, "children_u16": 0, "u18": 0}
        ]
        return {
            "patrol_kind": self.chance.choice(("TX", "TX", "TX", "PH", "SP")),
            "start_at": _at(day, 6),
            "end_at": _at(day, 15),
            "distance_km": f"{self.chance.randint(60, 180) / 10}",
            "markers_checked": [
                {"marker": str(marker), "state": "NGUYEN"} for marker in self.chance.sample(range(1, 18), 3)
            ],
            "events": events if found else None,
            "screened_for_trafficking": True if found else None,
            "occurred_at": _at(day, 6),
            "source_of_information": "TUAN_TRA",
        }

    def _day(self, within: int = 350) -> dt.date:
        return self.end - dt.timedelta(days=self.chance.randint(8, within))


def _at(day: dt.date, hour: int) -> str:
    return f"{day.isoformat()}T{hour:02}:00+07:00"
