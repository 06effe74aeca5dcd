from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.domain.log.operation import Json
from desktop.ui.base.elided_label import ElidedLabel
from desktop.ui.base.language import Languages
from desktop.ui.base.preferences import Preferences
from desktop.ui.base.registry_worker import RegistryWorker
from desktop.ui.base.theme import Theme
from desktop.ui.base.widgets import Button
from desktop.ui.today.subject_card import SubjectLine
from desktop.ui.today.today_page import TodayPage
from desktop.workspace.base.session import Session
from desktop.workspace.exchange import exchange
from desktop.workspace.records import drafts, saving
from desktop.workspace.views.today_view import read_today
from tests.ui.conftest import AtDesk
from tests.workspace.exchange.test_exchange import absence, change, introduce
from tests.workspace.records.test_saving import given_absence


@pytest.fixture
def page(
    qtbot: QtBot, operations: RegistryWorker, theme: Theme, preferences: Preferences, languages: Languages
) -> TodayPage:
    made = TodayPage(operations, preferences)
    operations.changed.connect(made.stale)
    qtbot.addWidget(made)
    return made


def arrive(page: TodayPage, qtbot: QtBot) -> None:
    page.show()
    page.activate()
    qtbot.waitUntil(lambda: bool(page.header.facts.text()))


def words(page: TodayPage) -> set[str]:
    """Everything said on the page, whole where there is no room for it."""
    shown = [label for label in page.findChildren(QLabel) if label.isVisible()]
    return {label.whole if isinstance(label, ElidedLabel) else label.text() for label in shown}


def reviewed(session: Session, day: str, **changes: Json) -> str:
    return given_absence(session, next_review_date=day, **changes)


def test_nothing_waiting_is_said_so(page: TodayPage, at_desk: AtDesk, commune: Session, qtbot: QtBot) -> None:
    at_desk(commune)
    arrive(page, qtbot)
    assert page.empty.isVisible()
    assert page.header.facts.text() == "Saturday, 21/11/2026"


def test_reviews_due_soon_and_overdue_are_found_and_others_are_not(commune: Session) -> None:
    overdue = reviewed(commune, "2026-11-09")
    today = reviewed(commune, "2026-11-21")
    soon = reviewed(commune, "2026-12-05")
    reviewed(commune, "2026-12-06")
    facts = read_today(commune)
    assert [(one.record, one.days_left) for one in facts.due] == [(overdue, -12), (today, 0), (soon, 14)]
    assert facts.waiting == 2


def test_a_time_limit_that_ran_out_is_shown_with_its_duty_and_opens_its_record(
    page: TodayPage, at_desk: AtDesk, commune: Session, qtbot: QtBot
) -> None:
    saved = saving.save_given(
        commune, "tip", {"received_at": "2026-10-02T08:00+07:00", "victim_u18": True}, is_draft=True
    )
    assert saved.record is not None, saved.problems
    facts = read_today(commune, "en")
    assert facts.limit_count == facts.waiting == len(facts.limits) > 0
    at_desk(commune)
    arrive(page, qtbot)
    assert facts.limits[0].deadline.label in words(page)
    assert facts.limits[0].deadline.remaining in words(page)
    line = next(one for one in page.findChildren(SubjectLine) if one.target == ("tip", saved.record))
    assert facts.limits[0].deadline.legal_basis in line.toolTip()
    with qtbot.waitSignal(page.record_wanted) as waiting:
        line.click()
    assert waiting.args == ["tip", saved.record]


def test_a_duty_done_this_week_is_told_and_one_done_before_is_not(
    page: TodayPage, at_desk: AtDesk, commune: Session, qtbot: QtBot
) -> None:
    for received, transferred in (("2026-11-16", "2026-11-16"), ("2026-11-10", "2026-11-14")):
        given: dict[str, Json] = {
            "received_at": f"{received}T08:00+07:00",
            "transferred_at": f"{transferred}T15:00+07:00",
            "victim_u18": True,
        }
        assert saving.save_given(commune, "tip", given, is_draft=True).record is not None
    facts = read_today(commune, "en")
    assert {one.record_no for one in facts.met} == {"TB-2026-0001"}
    assert facts.waiting == facts.limit_count
    at_desk(commune)
    arrive(page, qtbot)
    assert facts.met[0].deadline.remaining in words(page)


def test_a_closed_case_is_no_longer_due(commune: Session) -> None:
    record = reviewed(commune, "2026-11-09")
    change(commune, record, status="HUY", delete_reason="nhập trùng")
    assert read_today(commune).due == ()


def test_a_form_left_without_saving_waits(page: TodayPage, at_desk: AtDesk, commune: Session, qtbot: QtBot) -> None:
    drafts.keep(commune, "absence", None, {"risk_level": "1"}, {})
    at_desk(commune)
    arrive(page, qtbot)
    line = next(one for one in page.findChildren(SubjectLine) if one.target == ("absence", ""))
    with qtbot.waitSignal(page.form_wanted) as waiting:
        line.click()
    assert waiting.args == ["absence", "", ""]
    assert "11 missing" in words(page)


def test_a_conflict_leads_to_its_settling(
    page: TodayPage, at_desk: AtDesk, commune: Session, province: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    introduce(commune, province)
    record = absence(commune)
    exchange.receive(province, exchange.send(commune, province.station.id, tmp_path).path)
    change(commune, record, recruiter_info="Lan")
    change(province, record, recruiter_info="Hoa")
    exchange.receive(province, exchange.send(commune, province.station.id, tmp_path).path)
    at_desk(province)
    arrive(page, qtbot)
    settle = next(button for button in page.findChildren(Button) if button.text() == "Settle them")
    with qtbot.waitSignal(page.conflict_wanted) as all_of_them:
        settle.click()
    line = next(one for one in page.findChildren(SubjectLine) if one.target == ("absence", record))
    with qtbot.waitSignal(page.conflict_wanted) as one_of_them:
        line.click()
    assert (all_of_them.args, one_of_them.args) == ([""], [record])


def test_what_is_not_sent_is_counted_and_leads_to_sending(
    page: TodayPage, at_desk: AtDesk, commune: Session, province: Session, qtbot: QtBot
) -> None:
    introduce(commune, province)
    absence(commune)
    unsent = read_today(commune).unsent
    at_desk(commune)
    arrive(page, qtbot)
    assert f"{unsent} changes not sent, no bundle yet" in words(page)
    go = next(button for button in page.findChildren(Button) if button.text() == "Go to send and receive")
    with qtbot.waitSignal(page.page_wanted) as waiting:
        go.click()
    assert waiting.args == ["exchange"]


def test_a_write_elsewhere_shows_up(
    page: TodayPage, at_desk: AtDesk, commune: Session, operations: RegistryWorker, qtbot: QtBot
) -> None:
    at_desk(commune)
    arrive(page, qtbot)
    operations.act(None, {"drafts"}, drafts.keep, "absence", None, {}, {})
    qtbot.waitUntil(lambda: bool(page.findChildren(SubjectLine)))


def test_a_key_file_repaired_at_unlock_is_said_once_and_can_be_closed(
    at_desk: AtDesk,
    commune: Session,
    operations: RegistryWorker,
    theme: Theme,
    preferences: Preferences,
    languages: Languages,
    qtbot: QtBot,
) -> None:
    (commune.folder / "keyslots.A.json").write_bytes(b"torn")
    at_desk(commune)
    page = TodayPage(operations, preferences)
    qtbot.addWidget(page)
    arrive(page, qtbot)
    assert (page.key_files.isVisible(), page.key_files.code) == (True, "keyslots_repaired")
    page.key_files.clear()
    page.activate()
    assert not page.key_files.isVisible()
