"""What the records of all shipped registers share: a day, people by id, a place, a scan, the envelope."""

import datetime as dt

from desktop.domain.log.operation import Json

TODAY = dt.date(2026, 11, 21)
NOW = dt.datetime(2026, 11, 21, 10, 0, tzinfo=dt.timezone(dt.timedelta(hours=7)))

WOMAN, CHILD, MOTHER, GUEST, OFFICER, CASE = (f"0192f000-0000-7000-8000-00000000000{n}" for n in range(6))
ABSENT, TIP, HOTEL, BOX, CAMPAIGN = (f"0192f000-0000-7000-8000-00000000001{n}" for n in range(5))
MUONG_NHE: dict[str, Json] = {"province": "11", "commune": "03325", "hamlet": "Bản Nậm Kè"}
SCAN: dict[str, Json] = {"digest": "ab" * 32, "name": "phieu.pdf", "media_type": "application/pdf", "size": 81_234}

Record = dict[str, Json]

ENVELOPE: Record = {
    "occurred_at": "2026-11-20T09:00+07:00",
    "source_of_information": "RA_SOAT",
    "legal_ground": "Kế hoạch 12/KH-UBND ngày 15/01/2026",
    "campaign": CAMPAIGN,
    "confidentiality": "HAN_CHE",
    "status": "THEO_DOI",
    "approved_by": OFFICER,
    "attachments": [{"file": SCAN, "description": "Bản chụp phiếu", "identifies_victim": False}],
    "retention_until": "2031-11-20",
    "note": "Gia đình hợp tác.",
}
