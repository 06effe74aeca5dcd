from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.domain.log.operation import Json
from desktop.storage import audit_log
from desktop.storage.audit_log import AuditEntry
from desktop.ui.base.language import Languages
from desktop.ui.base.page import Act
from desktop.ui.base.registry_worker import RegistryWorker
from desktop.ui.base.theme import Theme
from desktop.ui.records.person_view import PersonView
from desktop.ui.records.register_page import RegisterPage
from desktop.workspace.base.session import Session
from desktop.workspace.records import links, records
from desktop.workspace.records.records import ListedRow
from tests.ui.conftest import AtDesk
from tests.ui.hands import Hands, add_absence, add_person, add_victim, told

OpenPerson = Callable[[Session, str], PersonView]
ENTER, ESCAPE = Qt.Key.Key_Return, Qt.Key.Key_Escape


@pytest.fixture
def hands(qtbot: QtBot, operations: RegistryWorker) -> Hands:
    return Hands(qtbot, operations)


@pytest.fixture
def page_of(
    qtbot: QtBot, at_desk: AtDesk, operations: RegistryWorker, theme: Theme, languages: Languages, hands: Hands
) -> Callable[[Session], RegisterPage]:
    kept: list[RegisterPage] = []

    def open_it(session: Session) -> RegisterPage:
        operations.crashed.connect(_raise)
        page = RegisterPage(operations, theme, at_desk(session), "person", "vi")
        qtbot.addWidget(page)
        page.resize(1146, 740)
        with qtbot.waitActive(page):
            page.show()
            page.activateWindow()
        page.activate()
        hands.rest()
        kept.append(page)
        return page

    return open_it


@pytest.fixture
def open_person(page_of: Callable[[Session], RegisterPage], hands: Hands) -> OpenPerson:
    """Show the page of a person of a station that was prepared in the test."""

    def open_it(session: Session, person: str) -> PersonView:
        page = page_of(session)
        page.open_record(person)
        hands.rest()
        page.perform(Act.PERSON)
        hands.rest()
        assert page.person is not None
        return page.person

    return open_it


def _raise(error: Exception) -> None:
    raise error


def linked(view: PersonView) -> list[tuple[str, str]]:
    return [(row.cells[0], row.cells[1]) for row in view.links.table.records.rows]


def concerns(view: PersonView) -> list[str]:
    return [row.cells[2] for row in view.timeline.table.records.rows]


def test_a_person_is_told_across_the_registers(open_person: OpenPerson, commune: Session) -> None:
    person = add_person(commune, other_name="Mẩy", old_personal_ids=[{"number": "040123456"}], perm_addr=_house("12"))
    sister = add_person(commune, "Lò Thị Mai", perm_addr=_house("12"))
    add_absence(commune, person)
    view = open_person(commune, person)
    assert view.title.text() == "Lò Thị Đớn"
    assert concerns(view) == ["VM-2026-0001"]
    assert "040123456" in view.identity.summary.text
    assert "Mẩy" in view.identity.summary.text
    assert [row.record for row in view.identity.household.records.rows] == [sister]


def test_a_link_is_made_by_keys_alone(open_person: OpenPerson, commune: Session, hands: Hands) -> None:
    person, brother = add_person(commune), add_person(commune, "Lò Văn Phấn")
    view = open_person(commune, person)
    hands.press(Qt.Key.Key_Insert)
    assert view.form is not None
    hands.press(ENTER, ENTER)  # the kind and the register stay as proposed
    hands.type("phan")
    hands.rest()
    hands.wait(lambda: view.form is not None and view.form.record.list.isVisible())
    hands.press(ENTER)
    hands.rest()
    hands.enter("em trai")
    hands.rest()
    hands.rest()
    assert view.form is None
    assert linked(view) == [("Gia đình", "Lò Văn Phấn")]
    assert view.links.table.records.rows[0].record == brother


def test_a_link_to_nobody_is_refused_in_the_form(open_person: OpenPerson, commune: Session, hands: Hands) -> None:
    view = open_person(commune, add_person(commune))
    hands.press(Qt.Key.Key_Insert)
    assert view.form is not None
    view.form.add_button.click()
    assert view.form.problem
    hands.press(ESCAPE)
    assert view.form is None
    assert view.person


def test_a_link_is_taken_away_with_a_reason_and_put_back(
    open_person: OpenPerson, commune: Session, hands: Hands
) -> None:
    person, brother = add_person(commune), add_person(commune, "Lò Văn Phấn")
    links.add_link(commune, person, brother, "GIA_DINH")
    view = open_person(commune, person)
    view.links.table.setFocus()
    hands.press(Qt.Key.Key_Delete)
    hands.enter("x")
    hands.rest()
    assert len(linked(view)) == 1  # too short a reason does nothing
    hands.enter(" nhập nhầm")
    hands.rest()
    hands.rest()
    assert linked(view) == []
    view.notice.act.click()
    hands.rest()
    hands.rest()
    assert linked(view) == [("Gia đình", "Lò Văn Phấn")]


def test_a_link_that_a_form_makes_is_not_taken_away_here(
    open_person: OpenPerson, commune: Session, hands: Hands
) -> None:
    father = add_person(commune, "Lò Văn Phấn")
    view = open_person(commune, add_person(commune, father=father))
    assert [name for _, name in linked(view)] == ["Lò Văn Phấn"]
    view.links.table.setFocus()
    hands.press(Qt.Key.Key_Delete)
    assert view.reason_bar.isHidden()
    assert view.notice.text


def test_a_victims_case_is_there_only_for_a_minute_and_the_look_is_logged(
    open_person: OpenPerson, commune: Session, hands: Hands, operations: RegistryWorker, qtbot: QtBot
) -> None:
    add_victim(commune)
    person = next(row.record for row in people_of(commune))
    view = open_person(commune, person)
    assert concerns(view) == []
    view.reveal_bar.reason.setFocus()
    hands.enter("xác minh danh tính")
    hands.rest()
    assert [number.startswith("NN-") for number in concerns(view)] == [True]
    entries = told(qtbot, operations.ask(_log))
    assert [(one.action, one.record) for one in entries][-1] == ("reveal", person)
    view.reveal_bar.cover()
    hands.rest()
    assert concerns(view) == []


def test_enter_in_the_timeline_opens_the_record(
    open_person: OpenPerson, commune: Session, hands: Hands, qtbot: QtBot
) -> None:
    person = add_person(commune)
    absence = add_absence(commune, person)
    view = open_person(commune, person)
    assert hands.focused() is view.timeline.table
    with qtbot.waitSignal(view.record_wanted) as wanted:
        hands.press(ENTER)
    assert wanted.args == ["absence", absence]


def test_escape_leads_back_to_the_list(
    page_of: Callable[[Session], RegisterPage], commune: Session, hands: Hands
) -> None:
    person = add_person(commune)
    page = page_of(commune)
    page.open_record(person)
    hands.rest()
    assert page.can(Act.PERSON)
    page.perform(Act.PERSON)
    hands.rest()
    assert not page.can(Act.PERSON)
    hands.press(ESCAPE)
    assert hands.focused() is page.list


def _house(detail: str) -> dict[str, Json]:
    return {"province": "11", "commune": "03162", "hamlet": "bản Nậm Kè", "detail": detail}


def people_of(session: Session) -> tuple[ListedRow, ...]:
    return records.list_records(session, "person").rows


def _log(session: Session) -> list[AuditEntry]:
    return list(audit_log.entries(session.database))
