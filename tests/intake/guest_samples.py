"""Guest declarations as hotel programs write them; all people are made up."""

import datetime as dt
import io
from collections.abc import Sequence

import openpyxl

from desktop.domain.definitions.loader import load_library
from desktop.intake.guest_files import GuestContext
from desktop.intake.workbooks import Cell
from desktop.paths import forms_dir

TODAY = dt.date(2026, 11, 21)
NATIONALITIES = frozenset(code.value for code in load_library(forms_dir()).code_lists["nationality"].codes)
CONTEXT = GuestContext(nationalities=NATIONALITIES, today=TODAY)

ORDER = (
    *("so_thu_tu", "ho_ten", "ngay_sinh", "ngay_sinh_dung_den", "gioi_tinh", "ma_quoc_tich", "so_ho_chieu"),
    *("so_phong", "ngay_den", "ngay_di_du_kien", "ngay_tra_phong"),
)
PLAIN = ("1", "KHAMVONGSA BOUNMY", "14/03/1990", "D", "M", "LAO", "PA1234567", "101", "18/11/2026", "20/11/2026", "")

FOREIGN_HEADS = (
    *("STT", "HỌ TÊN", "NGÀY SINH", "NGÀY SINH ĐÚNG ĐẾN", "GIỚI TÍNH", "MÃ QUỐC TỊCH", "SỐ HỘ CHIẾU", "SỐ PHÒNG"),
    *("NGÀY ĐẾN", "NGÀY ĐI DỰ KIẾN", "NGÀY TRẢ PHÒNG"),
)
VIETNAMESE_HEADS = (
    *("STT", "HỌ TÊN (*)", "NGÀY SINH (*)", "GIỚI TÍNH (*)", "QUỐC TỊCH (*)", "LOẠI GIẤY TỜ (*)", "TÊN GIẤY TỜ"),
    *("SỐ GIẤY TỜ (*)", "SỐ ĐIỆN THOẠI", "NƠI CƯ TRÚ HIỆN NAY", "TỈNH/ THÀNH PHỐ", "PHƯỜNG/ XÃ/ ĐẶC KHU"),
    *("ĐỊA CHỈ CHI TIẾT", "NGÀY ĐẾN (*)", "NGÀY ĐI DỰ KIẾN (*)", "SỐ PHÒNG/ KHOA", "LÝ DO CƯ TRÚ (*)"),
    *("NHẬP LÝ DO", "GHI CHÚ"),
)
HINTS = ("", "<Họ và tên>", "<dd/MM/yyyy>", *("",) * 10, "<dd/MM/yyyy>", "<dd/MM/yyyy>", *("",) * 4)


def xml(*guests: Sequence[str], declared: bool = True) -> bytes:
    inside = "".join(
        "<THONG_TIN_KHACH>\n"
        + "".join(f"<{name}>{value}</{name}>\n" for name, value in zip(ORDER, guest, strict=True))
        + "</THONG_TIN_KHACH>\n"
        for guest in guests
    )
    head = '<?xml version="1.0" encoding="UTF-8"?>\n' if declared else ""
    return f"{head}<KHAI_BAO_TAM_TRU>\n{inside}</KHAI_BAO_TAM_TRU>\n".encode()


def guest(**changes: str) -> tuple[str, ...]:
    return tuple(changes.get(name, value) for name, value in zip(ORDER, PLAIN, strict=True))


def vietnamese(**changes: Cell) -> list[Cell]:
    row: dict[str, Cell] = {
        "STT": 1,
        "HỌ TÊN (*)": "Lò Văn Tươi",
        "NGÀY SINH (*)": "02/09/1988",
        "GIỚI TÍNH (*)": "M - Nam",
        "QUỐC TỊCH (*)": "VNM - Viet Nam",
        "LOẠI GIẤY TỜ (*)": "1 - Thẻ CCCD",
        "SỐ GIẤY TỜ (*)": "011088001234",
        "SỐ ĐIỆN THOẠI": "0912345678",
        "ĐỊA CHỈ CHI TIẾT": "Số 4, bản Nà Tấu",
        "NGÀY ĐẾN (*)": "18/11/2026",
        "NGÀY ĐI DỰ KIẾN (*)": "19/11/2026",
        "SỐ PHÒNG/ KHOA": "12",
        "LÝ DO CƯ TRÚ (*)": "1 - Du lịch",
        **changes,
    }
    return [row.get(head) for head in VIETNAMESE_HEADS]


def workbook(sheet: str, rows: Sequence[Sequence[Cell]], others: Sequence[str] = ()) -> bytes:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.title = sheet
    for row in rows:
        book.active.append(list(row))
    for name in others:
        book.create_sheet(name).append(["mã", "tên"])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def foreign_sheet(*guests: Sequence[Cell]) -> bytes:
    sample = [
        "1",
        "[TEST] SAMPLE",
        "01/01/1990",
        "D - Ngày",
        "M - Nam",
        "RUS - Russia",
        "[TEST]123456",
        "1",
        *("",) * 3,
    ]
    return workbook("KBTT", [["DANH SÁCH HỒ SƠ KBTT"], FOREIGN_HEADS, sample, *guests], others=["Lookup"])


def vietnamese_sheet(fourth: Sequence[Cell], *guests: Sequence[Cell]) -> bytes:
    rows = [["DANH SÁCH KHÁCH VIỆT NAM LƯU TRÚ"], VIETNAMESE_HEADS, HINTS, fourth, *guests]
    return workbook("DS_KHACH_VIET_NAM_LUU_TRU", rows, others=["TINH_THANH", "PHUONG_XA", "DANH_MUC"])


EXAMPLE_ROW: list[Cell] = [1, "[EXAMPLE] Nguyễn Văn A", "01/01/1990", "M - Nam", "VNM - Viet Nam", "1 - Thẻ CCCD"]
