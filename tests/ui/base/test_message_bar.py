from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.errors import DesktopError
from desktop.sentences import sentence
from desktop.ui.base.message_bar import MessageBar
from desktop.ui.base.theme import Theme
from desktop.ui.base.widgets import (
    Button,
    IconButton,
    Paragraph,
    Tone,
    column,
)


def test_an_error_shows_its_sentence_and_its_code(qtbot: QtBot, theme: Theme) -> None:
    notice = MessageBar("vi")
    qtbot.addWidget(notice)
    notice.show_error(DesktopError("file_not_read", file="a.card", reason="x"))
    assert notice.text == sentence("file_not_read", {"file": "a.card", "reason": "x"}, "vi")
    assert (notice.code, notice.tone, notice.isVisible()) == ("file_not_read", Tone.DANGER, True)


def test_a_message_never_takes_the_focus(qtbot: QtBot, theme: Theme) -> None:
    window, field, notice = QWidget(), QLineEdit(), MessageBar("en")
    window.setLayout(column((field, notice)))
    qtbot.addWidget(window)
    window.show()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    notice.say("Something happened.", Tone.WARNING)
    assert field.hasFocus()


def test_what_an_officer_typed_is_never_read_as_markup(qtbot: QtBot, theme: Theme) -> None:
    text = '<img src="/etc/passwd"> & <b>Hoa</b>'
    paragraph = Paragraph(text)
    qtbot.addWidget(paragraph)
    assert paragraph.plain == text
    assert "<img" not in paragraph.text()
    paragraph.set_plain("<b>c<i>", [(1, 2)])
    assert "&lt;<u>b</u>&gt;c&lt;i&gt;" in paragraph.text()


def test_an_icon_alone_has_a_name_and_a_tooltip(qtbot: QtBot, theme: Theme) -> None:
    button = IconButton("lock", "Lock", "Ctrl+L")
    qtbot.addWidget(button)
    assert button.accessibleName() == "Lock"
    assert button.toolTip() == "Lock  (Ctrl+L)"


def test_a_buttons_key_stands_in_its_tooltip(qtbot: QtBot, theme: Theme) -> None:
    button = Button("Save", "save", "Ctrl+S")
    qtbot.addWidget(button)
    assert "Ctrl+S" in button.toolTip()
