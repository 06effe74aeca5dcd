import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.ui.base.language import Languages
from desktop.ui.base.theme import Theme
from desktop.ui.shell.sidebar import Sidebar, SidebarEntry, alt_numbers

ENTRIES = (
    SidebarEntry(name="today", label="Today", icon="calendar-check", group="-"),
    SidebarEntry(name="absence", label="Absences", icon="user-round-search", group="Registers"),
    SidebarEntry(name="exchange", label="Send and receive", icon="arrow-left-right"),
)


@pytest.fixture
def sidebar(qtbot: QtBot, theme: Theme, languages: Languages) -> Sidebar:
    made = Sidebar(theme, ENTRIES)
    qtbot.addWidget(made)
    made.show()
    return made


def test_a_click_says_which_page_is_wanted(sidebar: Sidebar, qtbot: QtBot) -> None:
    with qtbot.waitSignal(sidebar.page_wanted) as waiting:
        QTest.mouseClick(sidebar.item("absence"), Qt.MouseButton.LeftButton)
    assert waiting.args == ["absence"]


def test_a_count_is_said_to_a_screen_reader_in_words(sidebar: Sidebar) -> None:
    sidebar.set_count("today", 3, waits=True)
    sidebar.set_count("absence", 1)
    assert sidebar.item("today").accessibleName() == "Today, 3 waiting"
    assert sidebar.item("absence").accessibleName() == "Absences, 1 record"


def test_folded_every_entry_says_its_name_in_a_tooltip(sidebar: Sidebar) -> None:
    usual = sidebar.width()
    sidebar.toggle()
    assert sidebar.width() < usual / 3
    assert [sidebar.item(name).toolTip() for name in sidebar.names] == [
        "Today  (Alt+1)",
        "Absences  (Alt+2)",
        "Send and receive  (Alt+3)",
    ]


def test_where_there_are_many_the_fixed_ones_keep_the_last_digits() -> None:
    registers = [SidebarEntry(name=f"r{number}", label="R", icon="stamp", group="Registers") for number in range(11)]
    numbers = alt_numbers([ENTRIES[0], *registers, ENTRIES[2]])
    assert (numbers["today"], numbers["r0"], numbers["r6"], numbers["exchange"]) == (1, 2, 8, 9)
    assert "r7" not in numbers


def test_the_page_shown_is_marked(sidebar: Sidebar) -> None:
    sidebar.select("exchange")
    sidebar.select("absence")
    assert [name for name in sidebar.names if sidebar.item(name).isChecked()] == ["absence"]


def test_it_grows_with_the_scale_and_is_painted_in_every_theme(sidebar: Sidebar, theme: Theme) -> None:
    usual = sidebar.width()
    sidebar.set_count("today", 12, waits=True)
    theme.scale = 150
    assert sidebar.width() == usual * 3 // 2
    assert not sidebar.grab().isNull()
