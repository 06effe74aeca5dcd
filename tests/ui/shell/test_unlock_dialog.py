import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from desktop.errors import RegistryError, WrongPassphrase
from desktop.sentences import all_sentences
from desktop.ui.base.theme import Theme
from desktop.ui.shell.unlock_dialog import UnlockDialog


@pytest.fixture
def unlock(qtbot: QtBot, theme: Theme) -> UnlockDialog:
    made = UnlockDialog("en", "Công an xã Mường Nhé", lambda: "buoi sang nui cao 42")
    qtbot.addWidget(made)
    made.show()
    return made


def test_enter_gives_what_was_typed(unlock: UnlockDialog, qtbot: QtBot) -> None:
    QTest.keyClicks(unlock.passphrase_form.field, "bon tu 42")
    with qtbot.waitSignal(unlock.passphrase_given) as waiting:
        QTest.keyClick(unlock.passphrase_form.field, Qt.Key.Key_Return)
    assert waiting.args == ["bon tu 42"]
    assert not unlock.passphrase_form.isEnabled()


def test_nothing_typed_gives_nothing(unlock: UnlockDialog, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(unlock.passphrase_given):
        QTest.keyClick(unlock.passphrase_form.field, Qt.Key.Key_Return)
    assert not unlock.passphrase_form.unlock.isEnabled()


def test_a_wrong_passphrase_is_said_below_the_field_and_nothing_moves(unlock: UnlockDialog) -> None:
    before = unlock.passphrase_form.field.mapTo(unlock, unlock.passphrase_form.field.rect().topLeft())
    unlock.passphrase_form.field.setText("sai")
    unlock.passphrase_form.unlock.click()
    unlock.show_error(WrongPassphrase())
    after = unlock.passphrase_form.field.mapTo(unlock, unlock.passphrase_form.field.rect().topLeft())
    assert unlock.message == all_sentences()["wrong_passphrase"]["en"]
    assert before == after
    assert unlock.passphrase_form.isEnabled()
    assert unlock.passphrase_form.field.selectedText() or unlock.passphrase_form.field.hasSelectedText()


def test_the_recovery_code_is_offered_only_after_a_failure(unlock: UnlockDialog) -> None:
    assert not unlock.passphrase_form.other_way.isVisibleTo(unlock)
    unlock.show_error(WrongPassphrase())
    assert unlock.passphrase_form.other_way.isVisibleTo(unlock)


def test_recovering_asks_for_a_new_passphrase_with_the_code(unlock: UnlockDialog, qtbot: QtBot) -> None:
    unlock.show_error(WrongPassphrase())
    unlock.passphrase_form.other_way.click()
    form = unlock.recovery_form
    form.code.setText("7K2M-9QXA")
    assert not form.recover.isEnabled()
    form.new.use_proposal.click()
    form.new.repeat.setText("buoi sang nui cao 42")
    with qtbot.waitSignal(unlock.recovery_given) as waiting:
        form.recover.click()
    assert waiting.args == ["7K2M-9QXA", "buoi sang nui cao 42"]
    unlock.show_error(RegistryError("recovery_code_mistyped"))
    assert unlock.message == all_sentences()["recovery_code_mistyped"]["en"]
    assert form.isEnabled()


def test_the_letters_are_hidden_until_asked_for(unlock: UnlockDialog) -> None:
    field = unlock.passphrase_form.field
    assert field.echoMode() is QLineEdit.EchoMode.Password
    before = field.eye.accessibleName()
    field.eye.click()
    assert field.echoMode() is QLineEdit.EchoMode.Normal
    assert field.eye.accessibleName() not in {"", before}


def test_clearing_forgets_what_was_typed(unlock: UnlockDialog) -> None:
    unlock.passphrase_form.field.setText("bon tu 42")
    unlock.clear()
    assert unlock.passphrase_form.field.text() == ""
