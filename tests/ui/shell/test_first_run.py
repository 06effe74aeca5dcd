import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.errors import RegistryError
from desktop.sentences import all_sentences
from desktop.ui.base.theme import Theme
from desktop.ui.form.unit_choices import communes_of, provinces
from desktop.ui.shell.first_run import FirstRun
from desktop.ui.shell.first_run_pages import post_name
from desktop.workspace.base.session import Definitions, StationKind
from desktop.workspace.station.registry import StationSetup

PROPOSED = "buoi sang nui cao 42"
CODE = "7K2M-9QXA-0000-ABCD-EFGH-JKMN-PQRS"


@pytest.fixture
def setup(qtbot: QtBot, theme: Theme, definitions: Definitions) -> FirstRun:
    places = definitions.places()
    made = FirstRun("en", provinces(places), communes_of(places), lambda: PROPOSED)
    qtbot.addWidget(made)
    made.show()
    return made


def fill_until_passphrase(setup: FirstRun, kind: int = 0) -> None:
    list(setup.kind_page._cards.values())[kind].button.setChecked(True)
    setup.next.click()
    setup.place_page.province.choose("11")
    if kind != 2:
        setup.place_page.commune.choose("03160")
    setup.next.click()
    setup.names_page.officer_name.setText("Hà Văn Sơn")
    setup.names_page.officer_rank.setCurrentText("Thiếu úy")
    setup.next.click()


def test_the_answers_of_all_pages_are_given_at_once(setup: FirstRun, qtbot: QtBot) -> None:
    fill_until_passphrase(setup)
    setup.passphrase_page.fields.use_proposal.click()
    setup.passphrase_page.fields.repeat.setText(PROPOSED)
    with qtbot.waitSignal(setup.setup_given) as waiting:
        setup.next.click()
    expected = StationSetup(
        kind="commune",
        province="11",
        commune="03160",
        name="Công an xã Mường Nhé",
        officer_name="Hà Văn Sơn",
        officer_rank="Thiếu úy",
    )
    assert waiting.args == [expected, PROPOSED]


def test_a_province_office_is_asked_for_no_commune(setup: FirstRun, qtbot: QtBot) -> None:
    fill_until_passphrase(setup, kind=2)
    assert not setup.place_page.commune.isVisibleTo(setup)
    setup.passphrase_page.fields.use_proposal.click()
    setup.passphrase_page.fields.repeat.setText(PROPOSED)
    with qtbot.waitSignal(setup.setup_given) as waiting:
        setup.next.click()
    assert waiting.args is not None
    assert (waiting.args[0].kind, waiting.args[0].commune, waiting.args[0].name) == (
        "province",
        None,
        "Công an tỉnh Điện Biên",
    )


def test_nobody_goes_on_before_the_page_is_answered(setup: FirstRun) -> None:
    setup.next.click()
    assert not setup.next.isEnabled()
    setup.place_page.province.choose("11")
    assert not setup.next.isEnabled()
    setup.place_page.commune.choose("03160")
    assert setup.next.isEnabled()


def test_another_province_takes_the_commune_away(setup: FirstRun) -> None:
    setup.next.click()
    setup.place_page.province.choose("11")
    setup.place_page.commune.choose("03160")
    setup.place_page.province.choose("01")
    assert setup.place_page.commune.unit is None
    assert not setup.next.isEnabled()


def test_the_name_on_the_letterhead_is_proposed_but_not_imposed(setup: FirstRun) -> None:
    fill_until_passphrase(setup)
    setup.back.click()
    setup.names_page.name.setText("Công an xã Mường Nhé (mới)")
    setup.back.click()
    setup.next.click()
    assert setup.names_page.name.text() == "Công an xã Mường Nhé (mới)"


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("commune", "Công an xã Mường Nhé"),
        ("border", "Đồn Biên phòng Mường Nhé"),
        ("province", "Công an tỉnh Điện Biên"),
    ],
)
def test_posts_are_called_as_their_letterheads_call_them(kind: StationKind, name: str) -> None:
    assert post_name(kind, "Tỉnh Điện Biên", "Xã Mường Nhé") == name


def test_a_weak_or_mistyped_passphrase_does_not_pass(setup: FirstRun) -> None:
    fill_until_passphrase(setup)
    fields = setup.passphrase_page.fields
    fields.field.setText("hà văn sơn 1990")
    fields.repeat.setText("hà văn sơn 1990")
    assert not setup.next.isEnabled()
    fields.field.setText(PROPOSED)
    assert not setup.next.isEnabled()
    fields.repeat.setText(PROPOSED)
    assert setup.next.isEnabled()


def test_the_end_comes_only_when_the_code_was_written_down(setup: FirstRun, qtbot: QtBot) -> None:
    fill_until_passphrase(setup)
    setup.show_recovery_code(CODE)
    assert setup.recovery_page.shown.text().split() == CODE.split("-")
    assert not setup.next.isEnabled()
    assert not setup.back.isVisibleTo(setup)
    setup.recovery_page.last_group.setText("pqr s")
    with qtbot.waitSignal(setup.finished):
        setup.next.click()


def test_the_printed_sheet_holds_the_code_and_the_post(setup: FirstRun) -> None:
    fill_until_passphrase(setup)
    setup.show_recovery_code(CODE)
    text = setup.recovery_page.sheet().toPlainText()
    assert set(CODE.split("-")) <= set(text.split())
    assert "Công an xã Mường Nhé" in text


def test_the_passphrase_is_forgotten_once_the_registry_exists(setup: FirstRun) -> None:
    fill_until_passphrase(setup)
    setup.passphrase_page.fields.use_proposal.click()
    setup.show_recovery_code(CODE)
    assert setup.passphrase_page.fields.passphrase == ""


def test_a_failure_stands_in_the_page_with_its_code(setup: FirstRun) -> None:
    fill_until_passphrase(setup)
    setup.show_error(RegistryError("registry_exists"))
    assert setup.notice.code == "registry_exists"
    assert setup.notice.text == all_sentences()["registry_exists"]["en"]


def test_a_click_anywhere_on_a_card_chooses_it(setup: FirstRun, qtbot: QtBot) -> None:
    card = setup.kind_page._cards["border"]
    QTest.mouseClick(card, Qt.MouseButton.LeftButton)
    assert setup.kind_page.kind == "border"
