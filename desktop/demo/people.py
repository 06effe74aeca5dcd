"""Made-up people and cases for the demo and the screenshots: seeded, plainly fictitious, few, as in a commune."""

import random
from datetime import date, timedelta
from typing import Final

from desktop.domain.log.operation import Json
from desktop.errors import DesktopError
from desktop.workspace.base.session import Session
from desktop.workspace.records import saving

SURNAMES: Final = ("Lò", "Quàng", "Cà", "Lường", "Tòng", "Vàng", "Giàng", "Sùng", "Mùa", "Thào", "Hờ", "Pờ", "Lù", "Vừ")
GIVEN_F: Final = ("Đới", "Mỷ", "Sua", "Hặc", "Dợ", "Chứ", "Phương", "Dế", "Ổn", "Ghế", "Đào", "Lan", "Én", "Xuân")
GIVEN_M: Final = ("Páo", "Tủa", "Phấn", "Hặc", "Dia", "Sính", "Pó", "Chía", "Sơn", "Ước")
HAMLETS: Final = ("Bản Nậm Kè", "Bản Mường Nhé", "Bản Nà Pán", "Bản Huổi Ban", "Bản Phiêng Kham")
KINDS: Final = (["VM_LN"], ["LCNN"], ["MAT_LL"], ["TRAI_PHEP"], ["TRE_BO_NHA"])
CONSENTS: Final = (
    "consent_to_interview",
    "consent_informed_purpose",
    "consent_informed_use",
    "consent_informed_access",
    "consent_informed_storage",
    "consent_informed_withdrawal",
)
COUNTRIES: Final = ("CHN", "LAO", "MMR", "KHM", None)


def person(chance: random.Random, *, gender: str | None = None, youngest: int = 2014) -> dict[str, Json]:
    """Return the values of a person who does not exist."""
    sex = gender or chance.choice("FFFM")
    middle = "Thị" if sex == "F" else chance.choice(("Văn", "A"))
    name = f"{chance.choice(SURNAMES)} {middle} {chance.choice(GIVEN_F if sex == 'F' else GIVEN_M)}"
    year = chance.randint(1975, youngest)
    born = chance.choice((f"{year}", f"{year}-{chance.randint(1, 12):02}", f"{year}-{chance.randint(1, 12):02}-15"))
    address: Json = {"province": "11", "commune": "03160", "hamlet": chance.choice(HAMLETS)}
    return {"full_name": name, "dob": born, "gender": sex, "nationality": "VNM", "perm_addr": address}


def absence(chance: random.Random, today: date) -> dict[str, Json]:
    """Return an absence of such a person, of the last two years."""
    since = today - timedelta(days=chance.randint(40, 700))
    return {
        "person": person(chance),
        "case_kind": list(chance.choice(KINDS)),
        "absent_since": f"{since:%Y-%m}",
        "absence_reason_declared": chance.choice(("LAM_AN", "KET_HON", "HOC", "KHONG_RO")),
        "absence_reason_assessed": chance.choice(("LAM_AN", "KHONG_RO", "BI_LUA")),
        "declared_absence": chance.random() < 0.5,
        "destination_country": chance.choice(COUNTRIES),
        "risk_level": chance.choice(("0", "1", "1", "2")),
        "source_of_information": chance.choice(("GIA_DINH", "RA_SOAT", "QUAN_CHUNG")),
        "next_review_date": (today + timedelta(days=chance.randint(-20, 80))).isoformat(),
    }


def victim(chance: random.Random, today: date) -> dict[str, Json]:
    """Return the case of somebody who came back; what is recorded is little, as it should be."""
    came = today - timedelta(days=chance.randint(3, 200))
    consent: dict[str, Json] = dict.fromkeys(CONSENTS, True)
    return {
        **consent,
        "consent_informed_research": False,
        "consent_purposes": ["HO_TRO"],
        "person": person(chance, gender="F", youngest=2006),
        "return_channel": chance.choice(("TU_VE", "GIAI_CUU")),
        "return_date": came.isoformat(),
        "return_point": "Lối mở A Pa Chải",
        "reception_unit": "Đồn Biên phòng A Pa Chải",
        "received_at": f"{came.isoformat()}T16:40+07:00",
        "urgent_needs": ["a", "g"],
        "wishes": "Về với gia đình, học nghề may.",
        "wants_shelter": False,
        "safety_risk": chance.choice(("KHONG", "CHUA_RO")),
        "consent_given_by": "BAN_THAN",
        "consent_date": came.isoformat(),
        "victim_status": chance.choice(("TRINH_BAO", "DANG_XAC_DINH")),
        "source_of_information": "TU_TRINH_BAO",
    }


def fill(session: Session, seed: int, *, absences: int, victims: int) -> None:
    """Enter made-up records through the same use case as an officer's.

    Raises:
        DesktopError: demo_stuck, with the codes of what was refused.
    """
    chance = random.Random(seed)  # noqa: S311  no secret: the same people every time
    given = [("absence", absence(chance, session.today())) for _ in range(absences)]
    given += [("returned_victim", victim(chance, session.today())) for _ in range(victims)]
    for register, values in given:
        saved = saving.save_given(session, register, values, reason_for_all="Số liệu giả định để trình diễn")
        if saved.record is None:
            codes = ", ".join(f"{problem.field}: {problem.code}" for problem in saved.problems)
            raise DesktopError("demo_stuck", what=codes)
