"""Reports as the station makes, enters, prints and keeps them."""

import datetime as dt
import hashlib
import json

import pytest

from desktop.demo import people
from desktop.domain.log.operation import Json
from desktop.domain.reports.periods import PeriodKind, days_between, period_of
from desktop.domain.reports.results import ReportResult, figure_text
from desktop.errors import DesktopError
from desktop.reports.json_form import report_json
from desktop.storage import audit_log
from desktop.workspace.base.session import Session
from desktop.workspace.records import saving
from desktop.workspace.reports import reports
from tests.conftest import World
from tests.printing.paper import bare, page_count, text_of
from tests.reports.sheets import sheets

MONTH = period_of(PeriodKind.MONTH, 2026, 11)
TIP: dict[str, Json] = {
    "tip_kind": "TO_GIAC",
    "channel": "TRUC_TIEP",
    "received_at": "2026-11-10T08:00+07:00",
    "occurred_at": "2026-11-10T08:00+07:00",
    "classified_at": "2026-11-10T09:00+07:00",
    "anonymous": True,
    "anonymous_reason": "Sợ bị trả thù.",
    "content": "Có người lạ.",
    "seriousness_branch": "B",
    "remote_commune": True,
    "victim_u18": False,
    "source_of_information": "QUAN_CHUNG",
}


def add_tip(session: Session, **more: Json) -> str:
    saved = saving.save_given(session, "tip", {**TIP, **more}, reason_for_all="Số liệu giả định")
    assert saved.record is not None, saved.problems
    return saved.record


def cell(result: ReportResult, table: str, row: str, column: str = "this_period") -> str:
    for found in result.tables:
        for line in found.rows:
            if (found.definition.id, line.id) == (table, row):
                return figure_text(line.figures[[one.id for one in found.columns].index(column)])
    raise AssertionError(row)


def actions(session: Session) -> list[tuple[str, str]]:
    return [(entry.action, entry.document) for entry in audit_log.entries(session.database, 5)]


def test_a_cell_opens_its_list(commune: Session) -> None:
    here, _late = add_tip(commune), add_tip(commune, classified_at="2026-11-12T09:00+07:00")
    result = reports.make(commune, "k1", MONTH)
    assert cell(result, "rate", "k1") == "1/2 (50,0 %)"
    assert [row.record for row in reports.records_behind(commune, result, "rate", "k1", "this_period")] == [here]
    assert len(reports.records_behind(commune, result, "rate", "k1", "this_period", is_whole=True)) == 2
    assert reports.records_behind(commune, result, "rate", "k1", "difference") == ()


def test_a_victim_is_listed_by_the_case_code(commune: Session) -> None:
    people.fill(commune, 3, absences=0, victims=1)
    result = reports.make(commune, "table_2", period_of(PeriodKind.YEAR, 2026))
    rows = reports.records_behind(commune, result, "by_return", "channel", "all")
    assert [row.title[:3] for row in rows] == ["NN-"]


def test_a_report_over_no_records_says_so_and_has_no_percentage(commune: Session) -> None:
    for choice in reports.choices(commune):
        result = reports.make(commune, choice.id, MONTH)
        assert result.is_empty
        assert not any("%" in figure_text(figure) for figure in result.figures())
        assert page_count(reports.pdf(commune, result)) >= 1
        assert sheets(reports.xlsx(commune, result))


def test_an_unknown_report_is_named(commune: Session) -> None:
    with pytest.raises(DesktopError) as refused:
        reports.make(commune, "k14", MONTH)
    assert refused.value.code == "report_unknown"
    assert "k13" in str(refused.value.context["known"])


def test_the_proposed_period_is_that_of_the_report_calendar(commune: Session) -> None:
    assert reports.usual_period(commune, "k1").last == dt.date(2026, 12, 14)
    assert reports.usual_period(commune, "table_9").first == dt.date(2026, 7, 1)


def test_an_entered_figure_stands_with_its_source_and_only_in_its_period(commune: Session) -> None:
    assert reports.entered_places(commune, "k4") == ("rate.k4.number", "rate.k4.of")
    assert cell(reports.make(commune, "k4", MONTH), "rate", "k4") == "–"
    reports.enter_figure(commune, "k4", "rate.k4.number", MONTH, 9, " BC số 12 ngày\n16/11/2026 ")
    reports.enter_figure(commune, "k4", "rate.k4.of", MONTH, 10, "BC số 12 ngày 16/11/2026")
    result = reports.make(commune, "k4", MONTH)
    assert cell(result, "rate", "k4") == "9/10 (90,0 %)"
    assert cell(result, "rate", "k4", "year_to_date") == "–"
    assert bare("BC số 12 ngày 16/11/2026") in bare(text_of(reports.pdf(commune, result)))
    assert actions(commune)[1] == ("report_figure", "k4 rate.k4.of 2026-10-15 2026-11-14")


def test_half_an_entered_share_has_no_percentage(commune: Session) -> None:
    reports.enter_figure(commune, "k11", "coverage.markers.of", MONTH, 12, "Kế hoạch 03")
    assert cell(reports.make(commune, "k11", MONTH), "coverage", "markers") == "0/12 (0,0 %)"
    assert cell(reports.make(commune, "k11", MONTH), "coverage", "patrols") == "0/– (–)"


@pytest.mark.parametrize(
    ("name", "place", "number", "source", "code"),
    [
        ("k4", "rate.k4.number", 1, "  ", "report_source_missing"),
        ("k4", "rate.k4.number", -1, "BC 12", "report_number_wrong"),
        ("k4", "rate.k4.number", 10**12, "BC 12", "report_number_wrong"),
        ("k4", "rate.k4", 1, "BC 12", "report_place_unknown"),
        ("k1", "rate.k1.number", 1, "BC 12", "report_place_unknown"),
        ("k99", "rate.k1.number", 1, "BC 12", "report_unknown"),
    ],
)
def test_a_wrong_entry_is_refused_and_nothing_kept(
    name: str, place: str, number: int, source: str, code: str, commune: Session
) -> None:
    before = actions(commune)
    with pytest.raises(DesktopError) as refused:
        reports.enter_figure(commune, name, place, MONTH, number, source)
    assert refused.value.code == code
    assert actions(commune) == before


def test_a_sent_report_comes_back_byte_for_byte_whatever_changed(commune: Session, world: World) -> None:
    add_tip(commune)
    result = reports.make(commune, "k1", MONTH)
    sent = reports.freeze(commune, result)
    kept = {kind: reports.frozen_file(commune, sent.number, kind) for kind in reports.MEDIA_TYPES}
    world.pass_time(days=1)
    add_tip(commune)
    reports.freeze(commune, reports.make(commune, "k1", MONTH))
    assert {kind: hashlib.sha256(content).hexdigest() for kind, content in kept.items()} == sent.digests
    assert {kind: reports.frozen_file(commune, 1, kind) for kind in kept} == kept
    assert json.loads(kept["json"]) == report_json(result, "vi")
    assert [one.number for one in reports.frozen_reports(commune)] == [1, 2]
    assert reports.frozen_file(commune, 2, "pdf") != kept["pdf"]
    assert "report_frozen" in {action for action, _ in actions(commune)}


def test_a_sent_report_that_is_not_there_is_named(commune: Session) -> None:
    with pytest.raises(DesktopError) as refused:
        reports.frozen_report(commune, 7)
    assert refused.value.code == "frozen_report_unknown"


def test_a_paper_says_its_days_its_definition_and_both_numbers(commune: Session) -> None:
    add_tip(commune)
    text = bare(text_of(reports.pdf(commune, reports.make(commune, "k1", MONTH))))
    for words in (
        "CÔNG AN XÃ MƯỜNG NHÉ",
        "Từ ngày 15/10/2026 đến hết ngày 14/11/2026",
        "1/1",
        "100,0 %",
        "Mẫu số: mọi tin tiếp nhận trong kỳ",
        "QĐ 193/QĐ-TTg",
        "lũy kế năm từ 15/12/2025 đến 14/11/2026; cùng kỳ năm trước từ 15/10/2025 đến 14/11/2025",
        "NGƯỜI LẬP BIỂU",
        "Hà Văn Sơn",
    ):
        assert bare(words) in text


def test_a_hamlet_with_markup_is_printed_as_it_was_typed(commune: Session) -> None:
    hamlet = "<b>Bản</b> & <img src='x'/> =1+1"
    values: dict[str, Json] = {
        "held_at": "2026-11-10T19:00+07:00",
        "occurred_at": "2026-11-10T19:00+07:00",
        "place": {"province": "11", "commune": "03160", "hamlet": hamlet},
        "attend_total": 3,
        "source_of_information": "RA_SOAT",
    }
    assert saving.save_given(commune, "outreach", values, reason_for_all="Số liệu giả định").record
    result = reports.make(commune, "table_7", MONTH)
    assert bare(hamlet) in bare(text_of(reports.pdf(commune, result)))
    assert any(hamlet in text for sheet in sheets(reports.xlsx(commune, result)) for text in sheet.texts.values())


def test_a_report_of_many_hamlets_has_heads_on_every_page_and_says_what_the_chart_leaves_out(
    commune: Session,
) -> None:
    for number in range(48):
        values: dict[str, Json] = {
            "held_at": "2026-11-10T19:00+07:00",
            "occurred_at": "2026-11-10T19:00+07:00",
            "place": {"province": "11", "commune": "03160", "hamlet": f"Bản {number:02} {'dài ' * 12}"},
            "attend_total": 3,
            "source_of_information": "RA_SOAT",
        }
        assert saving.save_given(commune, "outreach", values, reason_for_all="Số liệu giả định").record
    pdf = reports.pdf(commune, reports.make(commune, "table_7", MONTH))
    text = bare(text_of(pdf))
    assert page_count(pdf) >= 3
    assert all(f"Bản{number:02}dài" in text for number in range(48))
    assert text.count(bare("Kinh phí (đồng)")) >= page_count(pdf)


def test_days_are_whole_local_days(commune: Session) -> None:
    first = add_tip(commune, received_at="2026-11-14T23:59+07:00", classified_at=None)
    add_tip(commune, received_at="2026-11-15T00:00+07:00", classified_at=None)
    day = dt.date(2026, 11, 14)
    result = reports.make(commune, "k2", days_between(day, day))
    assert [row.record for row in reports.records_behind(commune, result, "rate", "received", "this_period")] == [first]


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(DesktopError) as refused:
        days_between(dt.date(2026, 11, 2), dt.date(2026, 11, 1))
    assert refused.value.code == "period_ends_before_it_begins"
