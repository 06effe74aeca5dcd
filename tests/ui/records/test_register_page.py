from collections.abc import Callable
from typing import TypeAlias

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.storage import audit_log
from desktop.storage.audit_log import AuditEntry
from desktop.ui.base.language import Languages
from desktop.ui.base.page import Act
from desktop.ui.base.registry_worker import RegistryWorker
from desktop.ui.base.theme import Theme
from desktop.ui.records.register_page import RegisterPage
from desktop.workspace.base.session import Session
from tests.ui.conftest import AtDesk
from tests.ui.hands import Hands, add_absence, add_person, add_victim, told

OpenPage: TypeAlias = Callable[..., RegisterPage]

ENTER, ESCAPE, DOWN = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Down


@pytest.fixture
def hands(qtbot: QtBot, operations: RegistryWorker) -> Hands:
    return Hands(qtbot, operations)


@pytest.fixture
def open_page(
    qtbot: QtBot, at_desk: AtDesk, operations: RegistryWorker, theme: Theme, languages: Languages, hands: Hands
) -> OpenPage:
    """Show the page of a register of a station that was prepared in the test."""

    def open_it(session: Session, register: str = "absence") -> RegisterPage:
        operations.crashed.connect(_raise)
        page = RegisterPage(operations, theme, at_desk(session), register, "vi")
        qtbot.addWidget(page)
        page.resize(1146, 740)
        with qtbot.waitActive(page):
            page.show()
            page.activateWindow()
        page.activate()
        hands.rest()
        hands.rest()
        return page

    return open_it


def _raise(error: Exception) -> None:
    raise error


@pytest.fixture
def two(commune: Session) -> tuple[str, str]:
    """Two absences; the second one, overdue, is listed first."""
    first = add_absence(commune, add_person(commune, "Lò Thị Đớn"), recruiter_info="A Sếnh, Huổi Lụ")
    second = add_absence(commune, add_person(commune, "Vừ Thị Mỷ"), next_review_date="2026-11-09")
    return first, second


def test_the_list_says_how_many_there_are_and_how_many_are_overdue(
    open_page: OpenPage, commune: Session, two: tuple[str, str]
) -> None:
    page = open_page(commune)
    assert page.header.facts.text() == "2 records – 1 overdue"
    assert page.feed.rowCount() == 2


def test_the_first_record_is_marked_and_read_beside_the_list(
    open_page: OpenPage, commune: Session, two: tuple[str, str]
) -> None:
    page = open_page(commune)
    assert page.list.record == two[1]
    assert page.preview.title.plain == "Vừ Thị Mỷ"
    assert "Vắng mặt từ: 03/2026" in page.preview.summary.text


def test_moving_in_the_list_reads_the_next_record_and_keeps_the_focus(
    open_page: OpenPage, commune: Session, two: tuple[str, str], hands: Hands
) -> None:
    page = open_page(commune)
    hands.press(DOWN)
    hands.rest()
    hands.rest()
    assert page.preview.title.plain == "Lò Thị Đớn"
    assert hands.focused() is page.list


def test_letters_typed_in_the_list_search_at_once(
    open_page: OpenPage, commune: Session, two: tuple[str, str], hands: Hands
) -> None:
    page = open_page(commune)
    hands.type("don")
    hands.wait(lambda: page.feed.rowCount() == 1)
    assert page.list.model().index(0, 1).data() == "Lò Thị Đớn"
    hands.press(ESCAPE)
    hands.wait(lambda: page.feed.rowCount() == 2)
    assert hands.focused() is page.list


def test_a_search_without_result_says_so(
    open_page: OpenPage, commune: Session, two: tuple[str, str], hands: Hands
) -> None:
    page = open_page(commune)
    page.perform(Act.FIND)
    hands.type("zzz")
    hands.wait(lambda: page.feed.rowCount() == 0)
    assert page.nothing.isVisible()
    assert "zzz" in page.nothing.plain


def test_an_empty_register_says_what_it_is_for_and_how_to_begin(
    open_page: OpenPage, commune: Session, hands: Hands, qtbot: QtBot
) -> None:
    page = open_page(commune, "residence_check")
    assert page.empty.isVisible()
    assert not page.header.action.isVisible()
    with qtbot.waitSignal(page.form.ready):
        page.empty.start.click()
    assert page.form.isVisible()


def test_enter_opens_the_form_over_both_and_escape_leads_back(
    open_page: OpenPage, commune: Session, two: tuple[str, str], hands: Hands, qtbot: QtBot
) -> None:
    page = open_page(commune)
    with qtbot.waitSignal(page.form.ready):
        hands.press(ENTER)
    assert page.form.record == two[1]
    assert not page.list.isVisible()
    hands.press(ESCAPE)
    assert page.list.isVisible()
    assert page.list.record == two[1]
    assert hands.focused() is page.list


def test_escape_in_an_open_list_of_codes_closes_that_alone(
    open_page: OpenPage, commune: Session, two: tuple[str, str], hands: Hands, qtbot: QtBot
) -> None:
    page = open_page(commune)
    with qtbot.waitSignal(page.form.ready):
        page.perform(Act.NEW)
    page.form.fields.body.blocks["risk_level"].focus()
    page.perform(Act.CODES)
    hands.press(ESCAPE)
    assert page.form.is_open
    hands.press(ESCAPE)
    assert not page.form.is_open


def test_what_identifies_someone_is_not_even_read_until_a_reason_is_given(
    open_page: OpenPage, commune: Session, two: tuple[str, str], hands: Hands, qtbot: QtBot, operations: RegistryWorker
) -> None:
    page = open_page(commune)
    hands.press(DOWN)
    hands.rest()
    hands.rest()
    assert "Người rủ rê, môi giới: •••••" in page.preview.summary.text
    assert "Sếnh" not in repr(page.preview.facts)
    page.preview.reveal_bar.reason.setText("Xác minh đường dây")
    page.preview.reveal_bar.show_button.click()
    hands.wait(lambda: "A Sếnh, Huổi Lụ" in page.preview.summary.text)
    page.preview.reveal_bar.cover()
    hands.wait(lambda: "Sếnh" not in page.preview.summary.text)
    entries = told(qtbot, operations.ask(_audit))
    assert [(entry.record, entry.fields) for entry in entries] == [(two[0], ("recruiter_info",))]


def _audit(session: Session) -> list[AuditEntry]:
    return [entry for entry in audit_log.entries(session.database) if entry.action == "reveal"]


def test_another_record_is_covered_again(
    open_page: OpenPage, commune: Session, two: tuple[str, str], hands: Hands
) -> None:
    page = open_page(commune)
    hands.press(DOWN)
    hands.rest()
    hands.rest()
    page.preview.reveal_bar.reason.setText("Xác minh đường dây")
    page.preview.reveal_bar.show_button.click()
    hands.wait(lambda: "Sếnh" in page.preview.summary.text)
    hands.press(Qt.Key.Key_Up, DOWN)
    hands.rest()
    hands.rest()
    assert "Sếnh" not in page.preview.summary.text
    assert not page.preview.reveal_bar.is_shown


def test_victims_are_listed_and_titled_by_their_case_code(open_page: OpenPage, commune: Session) -> None:
    add_victim(commune)
    page = open_page(commune, "returned_victim")
    assert page.holds_victim_data
    cells = [page.feed.index(0, column).data() for column in range(page.feed.columnCount())]
    assert cells[0].startswith("NN-03160-")
    assert not any("Lò Thị Đớn" in cell for cell in cells)
    assert page.preview.title.plain == cells[0]
    assert "Lò Thị Đớn" not in page.preview.summary.text


def test_the_history_is_read_when_its_tab_is_shown(
    open_page: OpenPage, commune: Session, two: tuple[str, str], hands: Hands
) -> None:
    page = open_page(commune)
    assert page.preview.history.model.rowCount() == 0
    page.preview.tabs.setCurrentWidget(page.preview.history)
    hands.wait(lambda: page.preview.history.model.rowCount() > 5)


def test_links_lead_to_the_other_record(
    open_page: OpenPage, commune: Session, two: tuple[str, str], qtbot: QtBot
) -> None:
    page = open_page(commune)
    page.preview.tabs.setCurrentWidget(page.preview.links)
    item = page.preview.links.list.item(0)
    with qtbot.waitSignal(page.record_wanted) as wanted:
        page.preview.links.list.itemActivated.emit(item)
    assert wanted.args[0] == "person"


def test_a_record_wanted_from_elsewhere_is_marked(
    open_page: OpenPage, commune: Session, two: tuple[str, str], hands: Hands
) -> None:
    page = open_page(commune)
    page.open_record(two[0])
    hands.rest()
    hands.rest()
    assert page.list.record == two[0]
    assert page.preview.title.plain == "Lò Thị Đớn"


def test_a_write_elsewhere_is_seen_and_the_mark_stays(
    open_page: OpenPage, commune: Session, two: tuple[str, str], hands: Hands, operations: RegistryWorker
) -> None:
    page = open_page(commune)
    hands.press(DOWN)
    marked = page.list.record
    operations.changed.connect(_tell(page))
    operations.act(None, ("absence",), lambda session: add_absence(session, add_person(session, "Hờ Thị Dế")))
    hands.wait(lambda: page.feed.rowCount() == 3)
    assert page.list.record == marked


def _tell(page: RegisterPage) -> Callable[[frozenset[str], object], None]:
    return lambda what, _initiator: page.stale(what)


def test_leaving_the_page_keeps_what_was_typed(
    open_page: OpenPage, commune: Session, two: tuple[str, str], hands: Hands, qtbot: QtBot, operations: RegistryWorker
) -> None:
    page = open_page(commune)
    with qtbot.waitSignal(page.form.ready):
        page.perform(Act.NEW)
    page.form.fields.body.blocks["destination_place"].focus()
    hands.type("Lao Cai")
    assert page.leave()
    hands.rest()
    assert page.form.keeper.is_dirty is False


@pytest.mark.parametrize("act", [Act.NEW, Act.FIND, Act.PRINT])
def test_the_list_has_its_keys(open_page: OpenPage, commune: Session, two: tuple[str, str], act: Act) -> None:
    assert open_page(commune).can(act)


def test_an_existing_record_is_not_followed_by_a_new_one_by_ctrl_n(
    open_page: OpenPage, commune: Session, two: tuple[str, str], hands: Hands, qtbot: QtBot
) -> None:
    page = open_page(commune)
    with qtbot.waitSignal(page.form.ready):
        hands.press(ENTER)
    assert not page.can(Act.NEW)
    assert not page.can(Act.FIND)
    assert page.can(Act.SAVE)
