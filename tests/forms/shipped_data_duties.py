"""Records of the registers that are there for their deadlines: data requests, breaches, suspensions, reports."""

from tests.forms.shipped_basics import ENVELOPE, HOTEL, Record

DATA_REQUEST: Record = {
    **ENVELOPE,
    "requester": "Lò Thị Đớn",
    "requester_phone": "+84912345678",
    "identity_seen": True,
    "request_kind": ["XEM", "SUA"],
    "received_at": "2026-11-19T09:00+07:00",
    "request_content": "Xem dữ liệu trong sổ vắng mặt, sửa ngày sinh.",
    "answered_at": "2026-11-20T15:00+07:00",
    "answer": "MOT_PHAN",
    "answer_reason": "Đã sửa ngày sinh theo giấy khai sinh.",
}
DATA_BREACH: Record = {
    **ENVELOPE,
    "breach_kind": "MAT_USB",
    "breach_summary": "Mất thiết bị lưu trữ trên đường từ bản về xã",
    "found_at": "2026-11-19T17:00+07:00",
    "people_affected": 12,
    "breach_notified_at": "2026-11-20T08:00+07:00",
    "breach_notified_to": "Công an tỉnh Điện Biên",
    "breach_measures": "Thu hồi thẻ đơn vị.",
}
BORDER_SUSPENSION: Record = {
    **ENVELOPE,
    "suspended_area": "Lối mở A Pa Chải",
    "suspension_reason": "Sạt lở.",
    "suspended_by": "DON",
    "suspension_no": "03/QĐ-ĐBP",
    "suspended_at": "2026-11-20T06:00+07:00",
    "resumed_at": "2026-11-20T17:00+07:00",
}
PERIODIC_REPORT: Record = {
    **ENVELOPE,
    "report_kind": "DK13",
    "establishment": HOTEL,
    "period_from": "2026-07-01",
    "period_to": "2026-09-30",
    "handed_in_on": "2026-09-28",
    "handed_to": "Công an xã Mường Nhé",
    "document_no": "03/BC",
}
GUEST_STAY: Record = {
    "full_name": "KHAMVONGSA BOUNMY",
    "dob": "1990-03-14",
    "gender": "M",
    "nationality": "LAO",
    "doc_type": "HC",
    "doc_no": "PA1234567",
    "establishment": HOTEL,
    "room_no": "101",
    "arrived_on": "2026-11-18",
    "arrived_at": "2026-11-18T21:30+07:00",
    "leaves_on": "2026-11-20",
    "left_on": "2026-11-20",
    "permitted_until": "2026-12-31",
    "declared_at": "2026-11-19T07:00+07:00",
    "declared_by": "XML",
    "note": "Khách đi cùng đoàn.",
}
DATA_DUTIES: dict[str, Record] = {
    "data_request": DATA_REQUEST,
    "data_breach": DATA_BREACH,
    "border_suspension": BORDER_SUSPENSION,
    "periodic_report": PERIODIC_REPORT,
    "guest_stay": GUEST_STAY,
}
