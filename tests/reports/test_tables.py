"""What a report file can say, over a few records."""

import datetime as dt

import pytest

from desktop.domain.log.operation import Json
from desktop.domain.reports.loader import read_reports
from desktop.domain.reports.periods import PeriodKind, days_between, period_of
from desktop.domain.reports.results import Amount, ReportResult, figure_text
from desktop.reports.records import Sources
from desktop.reports.tables import work_out
from desktop.workspace.base.session import Session
from desktop.workspace.records import saving
from tests.workspace.reports.test_reports import TIP

MONTH = period_of(PeriodKind.MONTH, 2026, 11)
HEAD = """
id = "mine"
number = "K99"
label = { vi = "Của tôi", en = "Mine" }
definition = { vi = "Cách tính", en = "How" }
[[set]]
id = "tips"
register = "tip"
where = "received_at >= period_start and received_at <= period_end"
[[set]]
id = "sessions"
register = "outreach"
"""
LABEL = 'label = { vi = "Tổng", en = "All" }'
TABLE = f'[[table]]\nid = "t"\n{LABEL}\n'


def made(session: Session, body: str, *, first: dt.date = MONTH.first, last: dt.date = MONTH.last) -> ReportResult:
    definitions = session.definitions
    report = read_reports({"reports/mine.toml": (HEAD + body).encode()}, definitions.library, definitions.deadlines)[
        "mine"
    ]
    return work_out(
        report,
        days_between(first, last),
        Sources(
            database=session.database,
            library=definitions.library,
            deadlines=definitions.deadlines,
            holidays=definitions.holidays,
            own_kind=session.station.kind,
        ),
        places=session.places,
        manual=lambda place, _period: Amount(number=None, source=place, is_manual=True),
        made_at=session.now(),
        station=session.station.id,
    )


def row(name: str, *lines: str) -> str:
    return "\n".join(("[[table.row]]", f'id = "{name}"', LABEL, *lines, ""))


def column(name: str, *lines: str) -> str:
    return "\n".join(("[[table.column]]", f'id = "{name}"', LABEL, *lines, ""))


def texts(result: ReportResult, place: int = 0) -> dict[str, str]:
    """Return the label and the figure of each row, in one column."""
    return {line.label.vi: figure_text(line.figures[place]) for line in result.tables[0].rows if line.figures}


def add(session: Session, register: str, values: dict[str, Json], *, is_draft: bool = False) -> str:
    saved = saving.save_given(session, register, values, reason_for_all="Số liệu giả định", is_draft=is_draft)
    assert saved.record is not None, saved.problems
    return saved.record


def session(hamlet: str | None, **more: Json) -> dict[str, Json]:
    address: dict[str, Json] = {"province": "11", "commune": "03160"}
    return {
        "held_at": "2026-11-10T19:00+07:00",
        "occurred_at": "2026-11-10T19:00+07:00",
        "place": {**address, "hamlet": hamlet} if hamlet else address,
        "attend_total": 10,
        "source_of_information": "RA_SOAT",
        **more,
    }


def test_a_breakdown_by_yes_and_no_has_both_and_what_is_not_recorded(commune: Session) -> None:
    for answer in (True, True, None):
        add(commune, "outreach", session("Bản Nà", hotline_intro=answer))
    body = TABLE + row("intro", 'set = "sessions"', 'each = "hotline_intro"', "total = true")
    assert texts(made(commune, body)) == {"Tổng": "3", "Có": "2", "Không": "0", "Chưa ghi": "1"}


def test_a_breakdown_by_unit_names_the_commune_that_wrote_the_record(commune: Session) -> None:
    add(commune, "outreach", session("Bản Nà"))
    found = texts(made(commune, TABLE + row("unit", 'set = "sessions"', 'each = "unit"')))
    assert found == {f"Xã Mường Nhé ({commune.station.id})": "1"}


def test_one_hamlet_typed_in_several_ways_is_one_line(commune: Session) -> None:
    for hamlet in ("Bản Hoà Nậm", "bản hòa  nậm", "Bản Nà", "Bản Na", None):
        add(commune, "outreach", session(hamlet))
    found = texts(made(commune, TABLE + row("place", 'set = "sessions"', 'each = "place.hamlet"')))
    two_ways = found.pop("Bản Hoà Nậm, Xã Mường Nhé", None) or found.pop("bản hòa nậm, Xã Mường Nhé")
    assert two_ways == "2"
    assert found == {
        "Bản Na, Xã Mường Nhé": "1",
        "Bản Nà, Xã Mường Nhé": "1",
        "Chưa ghi thôn, bản, Xã Mường Nhé": "1",
    }
    whole = texts(made(commune, TABLE + row("place", 'set = "sessions"', 'each = "place.commune"')))
    assert whole == {"Xã Mường Nhé": "5"}


def test_only_answers_that_occur_when_it_is_said(commune: Session) -> None:
    add(commune, "outreach", session("Bản Nà", form="LOA"))
    every = texts(made(commune, TABLE + row("form", 'set = "sessions"', 'each = "form"')))
    present = texts(made(commune, TABLE + row("form", 'set = "sessions"', 'each = "form"', "present_only = true")))
    assert len(every) == 9
    assert present == {"Loa truyền thanh": "1"}


def test_rows_and_columns_narrow_each_other_and_both_numbers_of_a_share(commune: Session) -> None:
    for form, organiser in (("LOA", "BP"), ("LOA", "CAX"), ("MANG", "BP")):
        add(commune, "outreach", session("Bản Nà", form=form, organiser=organiser, attend_female=4))
    body = (
        f'{TABLE}set = "sessions"\n'
        + row("form", 'each = "form"', "present_only = true")
        + column("women", 'sum = "attend_female"')
        + column("border", "where = \"organiser == 'BP'\"", 'of = { set = "sessions" }')
        + column("organiser", 'each = "organiser"', "present_only = true", "total = true")
    )
    result = made(commune, body)
    assert [one.id for one in result.tables[0].columns] == [
        *("women", "border", "organiser", "organiser.CAX", "organiser.BP"),
    ]
    shown = {line.label.vi: [figure_text(figure) for figure in line.figures] for line in result.tables[0].rows}
    assert shown == {
        "Loa truyền thanh": ["8", "1/2 (50,0 %)", "2", "1", "1"],
        "Mạng xã hội": ["4", "1/1 (100,0 %)", "1", "0", "1"],
    }


def test_a_hidden_value_reads_as_empty(commune: Session) -> None:
    add(commune, "tip", {**TIP, "branch_grounds": ["DU_LUAN"]})  # branch b has no grounds
    add(commune, "tip", {**TIP, "seriousness_branch": "A", "branch_grounds": ["DU_LUAN"]})
    body = TABLE + row("grounds", 'set = "tips"', 'where = "branch_grounds is not empty"')
    assert texts(made(commune, body)) == {"Tổng": "1"}


def test_the_kind_of_this_station_decides(commune: Session) -> None:
    add(commune, "tip", TIP)
    body = TABLE + row("own", 'set = "tips"', "where = \"own_kind == 'commune'\"")
    assert texts(made(commune, body)) == {"Tổng": "1"}
    assert texts(made(commune, body.replace("'commune'", "'border'"))) == {"Tổng": "0"}


def test_an_entered_figure_is_asked_for_by_its_place(commune: Session) -> None:
    body = f'{TABLE}set = "sessions"\n' + row("all") + column("planned", "manual = true") + column("done")
    figures = made(commune, body).tables[0].rows[0].figures
    assert figures[0].amount.source == "t.all.planned.number"
    assert figure_text(figures[1]) == "0"


def test_a_draft_is_told_and_not_counted_and_a_cancelled_record_is_neither(commune: Session) -> None:
    add(commune, "tip", TIP)
    add(commune, "tip", TIP, is_draft=True)
    add(commune, "tip", {**TIP, "status": "HUY", "delete_reason": "Nhập trùng"})
    result = made(commune, TABLE + row("all", 'set = "tips"'))
    assert texts(result) == {"Tổng": "1"}
    assert result.drafts == 1


@pytest.mark.parametrize(("first", "counted"), [(dt.date(2026, 11, 9), 1), (dt.date(2026, 11, 11), 0)])
def test_what_is_outside_of_the_period_is_not_read_from_the_disk(
    first: dt.date, counted: int, commune: Session
) -> None:
    add(commune, "tip", TIP)
    found = texts(made(commune, TABLE + row("all", 'set = "tips"'), first=first, last=dt.date(2026, 11, 12)))
    assert found == {"Tổng": f"{counted}"}


def test_different_values_are_told_apart_by_more_than_capitals_and_spaces(commune: Session) -> None:
    for venue in ("Nhà văn hóa", "nhà  văn hóa ", "Trường học"):
        add(commune, "outreach", session("Bản Nà", venue=venue))
    assert texts(made(commune, TABLE + row("venues", 'set = "sessions"', 'distinct = "venue"'))) == {"Tổng": "2"}
