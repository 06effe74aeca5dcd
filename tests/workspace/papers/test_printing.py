"""Papers of a real registry: forms of records, blank forms, books; and what the audit log says of each."""

import datetime as dt
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from pypdf import PdfReader

from desktop.cli import sotram
from desktop.domain.log.operation import Json
from desktop.errors import DesktopError, PrintingError
from desktop.storage import audit_log
from desktop.workspace.base.session import Session
from desktop.workspace.papers import letterheads, printing, register_books
from desktop.workspace.records import saving
from tests.conftest import PASSPHRASE, World

MUONG_NHE: dict[str, Json] = {"province": "11", "commune": "03160", "hamlet": "Bản Nậm Kè"}
TODAY = dt.date(2026, 11, 21)
SECRET = "Lò Thị Đớn"
SUPPORT_REST: dict[str, Json] = {
    "eligibility_group": "4",
    "source_of_information": "GIA_DINH",
    "occurred_at": "2026-11-20T09:00+07:00",
}


def add(session: Session, register: str, **values: Json) -> str:
    """Add a draft; a record whose status is told is whole, and a person always."""
    is_draft = register != "person" and "status" not in values
    saved = saving.save_given(session, register, values, reason_for_all="Đã xem", is_draft=is_draft)
    assert saved.record is not None, saved.problems
    return saved.record


def person(session: Session, name: str, **more: Json) -> str:
    fields = {"full_name": name, "dob": "1999", "gender": "F", "perm_addr": MUONG_NHE, **more}
    return add(session, "person", **fields)


def victim(session: Session, name: str = SECRET, **more: Json) -> str:
    return add(session, "returned_victim", person=person(session, name), urgent_needs=["a"], **more)


def text_of(printed: printing.Printed) -> str:
    pages = PdfReader(io.BytesIO(printed.pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def last_entry(session: Session) -> audit_log.AuditEntry:
    return audit_log.entries(session.database, 1)[0]


def printed_here(session: Session) -> list[str]:
    return [entry.action for entry in audit_log.entries(session.database) if entry.action.startswith("print")]


def test_every_document_of_every_register_prints_a_draft_and_its_blank_form(commune: Session) -> None:
    for name, document in commune.definitions.documents.items():
        blank = printing.print_blank(commune, name)
        assert document.label.vi == blank.title
        assert blank.pdf.startswith(b"%PDF")
        if document.register:
            record = add(commune, document.register)
            assert printing.print_document(commune, name, record).pdf.startswith(b"%PDF")


def test_a_blank_form_carries_the_letterhead_is_logged_and_holds_no_officer(commune: Session) -> None:
    printed = printing.print_blank(commune, "victim_declaration")
    text = text_of(printed)

    assert "CÔNG AN XÃ MƯỜNG NHÉ" in text
    assert "Khi đã ghi, đây là thông tin phải bảo vệ." in text
    assert commune.officer.name not in text
    assert (printed.has_victim_identity, printed.file_name) == (False, "victim_declaration_1.pdf")
    entry = last_entry(commune)
    assert (entry.action, entry.register, entry.document) == ("print_blank", "returned_victim", "victim_declaration 1")


def test_a_form_of_no_register_is_printed_blank_only(commune: Session) -> None:
    assert "Thư ký (người ghi biên bản)" in text_of(printing.print_blank(commune, "minutes"))
    with pytest.raises(DesktopError) as refused:
        printing.print_document(commune, "minutes", "VM-2026-0001")
    assert refused.value.code == "document_is_blank_only"


def test_a_plan_lists_the_support_that_links_to_the_case_and_leaves_a_cancelled_one_out(commune: Session) -> None:
    case, other = victim(commune), victim(commune, "Vàng Thị Mảy")
    add(commune, "victim_support", case=case, support_kind="h", provider="GIAO_DUC", start="2026-10-05")
    add(commune, "victim_support", case=other, support_kind="b", start="2026-10-06")
    cancelled = {"case": case, "support_kind": "c", "start": "2026-10-07"}
    add(commune, "victim_support", status="HUY", delete_reason="Trùng", **cancelled, **SUPPORT_REST)

    text = text_of(printing.print_document(commune, "victim_support_plan", case))

    assert "Học văn hóa" in text
    assert "05/10/2026" in text
    assert "06/10/2026" not in text
    assert "07/10/2026" not in text
    assert SECRET not in text


def test_the_people_in_rows_are_named_by_their_records(commune: Session) -> None:
    tip = add(commune, "tip", content="Tin", victims=[{"person": person(commune, SECRET)}], suspects=[{"name": "Mỷ"}])

    text = text_of(printing.print_document(commune, "tip_phone_sheet", tip))

    assert SECRET in text
    assert "Mỷ" in text


def test_the_slip_names_no_informant_and_the_minutes_do(commune: Session) -> None:
    tip = add(commune, "tip", content="Tin báo", informant=person(commune, SECRET))

    assert SECRET.upper() in text_of(printing.print_document(commune, "tip_reception_minutes", tip))
    slip = text_of(printing.print_document(commune, "tip_transfer_slip", tip)).lower()
    assert "tin báo" in slip
    assert SECRET.lower() not in slip


def test_printing_a_case_logs_which_covered_fields_left_and_counts_the_copy(commune: Session) -> None:
    case = victim(commune)
    printing.print_document(commune, "victim_consent", case)
    again = printing.print_document(commune, "victim_consent", case)

    entry = last_entry(commune)
    assert (entry.action, entry.record, entry.document) == ("print", case, "victim_consent 2")
    assert "person" in entry.fields
    assert again.copy_number == 2
    assert "bản số 02" in text_of(again)


def test_a_book_calls_victims_by_their_code_and_names_nobody(commune: Session) -> None:
    victim(commune)
    printed = register_books.print_book(commune, "returned_victim", TODAY, TODAY)
    text = text_of(printed)

    assert "NN-03160-" in text
    assert SECRET not in text
    assert (printed.records, printed.has_victim_identity) == (1, False)
    entry = last_entry(commune)
    assert (entry.action, entry.register, entry.record) == ("print_book", "returned_victim", "")
    assert entry.document == "2026-11-21 2026-11-21 1"


@pytest.mark.parametrize("register", ["tip", "victim_support", "overseas_work", "patrol"])
def test_no_book_shows_what_is_covered_in_the_list(commune: Session, register: str) -> None:
    definition = commune.library.registers[register]
    secret = {field.id: SECRET for field in definition.fields() if field.privacy == "P4" and field.type == "long_text"}
    add(commune, register, **secret)

    assert SECRET not in text_of(register_books.print_book(commune, register, TODAY, TODAY))


def test_a_book_holds_what_was_entered_in_its_days_by_local_time(commune: Session, world: World) -> None:
    world.time = dt.datetime(2026, 11, 21, 16, 59, 59, tzinfo=dt.UTC)  # the last second of the 21st in Viet Nam
    add(commune, "absence")
    world.time = dt.datetime(2026, 11, 21, 17, 0, tzinfo=dt.UTC)
    add(commune, "absence")
    add(commune, "absence")

    def count(first: int, last: int) -> int:
        return register_books.print_book(commune, "absence", dt.date(2026, 11, first), dt.date(2026, 11, last)).records

    assert [count(21, 21), count(22, 22), count(21, 22), count(20, 20), count(23, 30)] == [1, 2, 3, 0, 0]
    text = text_of(register_books.print_book(commune, "absence", dt.date(1, 1, 1), dt.date(9999, 12, 31)))
    assert "Tổng số hồ sơ: 3 (bằng chữ: ba)" in text
    assert "từ VM-2026-0001 đến VM-2026-0003" in text


def test_drafts_and_cancelled_records_stand_in_the_book_and_are_told(commune: Session) -> None:
    add(commune, "absence")
    text = text_of(register_books.print_book(commune, "absence", TODAY, TODAY))

    assert "VM-2026-0001 (nháp)" in text
    assert "Trong đó: 1 nháp, 0 đã hủy" in text


def test_a_period_that_ends_before_it_begins_is_refused_and_leaves_no_trace(commune: Session) -> None:
    with pytest.raises(DesktopError) as refused:
        register_books.print_book(commune, "absence", TODAY, dt.date(2026, 1, 1))
    assert refused.value.code == "period_ends_before_it_begins"
    assert printed_here(commune) == []


@pytest.mark.parametrize("register", ["absence", "person", "returned_victim", "establishment"])
def test_every_book_of_a_register_without_records_is_a_book(commune: Session, register: str) -> None:
    assert register_books.print_book(commune, register, TODAY, TODAY).records == 0


def test_a_station_writes_its_own_lines_over_the_letterhead_and_takes_them_back(border: Session) -> None:
    pattern = printing.letterhead(border)
    letterheads.write(
        border,
        {
            "agency_above": "Bộ Chỉ huy BĐBP tỉnh",
            "signer_title": "KT. Đồn trưởng\nPhó Đồn trưởng",
            "signer_name": "Thiếu tá Vừ A Tính",
        },
    )

    own = printing.letterhead(border)
    assert own.agency_above == "BỘ CHỈ HUY BĐBP TỈNH"
    assert own.signer_title == ("KT. ĐỒN TRƯỞNG", "PHÓ ĐỒN TRƯỞNG")
    assert (own.agency, own.place) == (pattern.agency, pattern.place)
    assert "BỘ CHỈ HUY BĐBP TỈNH" in text_of(printing.print_blank(border, "patrol_minutes"))
    letterheads.write(border, dict.fromkeys(("agency_above", "signer_title", "signer_name"), ""))
    assert printing.letterhead(border) == pattern
    entry = last_entry(border)
    assert (entry.action, entry.fields) == ("letterhead", ("agency_above", "signer_name", "signer_title"))


def test_a_line_too_long_for_a_head_is_refused_and_nothing_changes(commune: Session) -> None:
    before = printing.letterhead(commune)
    with pytest.raises(PrintingError) as refused:
        letterheads.write(commune, {"place": "Mường", "agency": "x" * 201})
    assert refused.value.code == "text_too_long_to_print"
    assert printing.letterhead(commune) == before


def test_the_command_line_prints_blanks_books_and_letterheads(commune: Session, tmp_path: Path, world: World) -> None:
    add(commune, "absence")
    commune.close()
    passphrase = tmp_path / "passphrase"
    passphrase.write_text(PASSPHRASE, encoding="utf-8")

    def type_(*words: object) -> tuple[int, str, str]:
        options = ["--registry", str(commune.folder), "--passphrase-file", str(passphrase)]
        result = CliRunner().invoke(sotram, [*map(str, words), *options], obj=world.environment)
        return result.exit_code, result.stdout, result.stderr

    blank = tmp_path / "blank.pdf"
    status, answer, _ = type_("print", "--blank", "ct03", "--out", blank)
    assert (status, json.loads(answer)) == (0, {"file": str(blank), "document": "ct03", "blank": True})
    out = tmp_path / "book.pdf"
    status, answer, _ = type_("book", "absence", "--from", "2026-01-01", "--to", "31/12/2026", "--out", out)
    assert (status, json.loads(answer)["records"], json.loads(answer)["copy"]) == (0, 1, 1)
    assert blank.read_bytes().startswith(b"%PDF")
    assert out.read_bytes().startswith(b"%PDF")
    out = tmp_path / "refused.pdf"
    status, answer, _ = type_("letterhead", "set", "--signer-title", "KT. Trưởng", "--signer-title", "Phó Trưởng")
    assert (status, json.loads(answer)["signer_title"]) == (0, ["KT. TRƯỞNG", "PHÓ TRƯỞNG"])
    status, answer, _ = type_("letterhead", "show")
    assert json.loads(answer)["written_over"] == ["signer_title"]
    for words in (
        ("print", "ct03", "--out", out),
        ("print", "--blank", "ct03", "x", "--out", out),
        ("letterhead", "set"),
    ):
        assert type_(*words)[0] == 2
    status, _, said = type_("book", "absence", "--from", "2026-12-31", "--to", "2026-01-01", "--out", out)
    assert (status, "[period_ends_before_it_begins]" in said) == (1, True)
