from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from desktop.ui.base.registry_worker import RegistryWorker
from desktop.ui.records.register_model import PAGE, RegisterFeed
from desktop.workspace.base.session import Session
from tests.ui.conftest import AtDesk
from tests.ui.hands import add_person

SYLLABLES = ("Anh", "Ánh", "Bảo", "Chứ", "Dế", "Đào", "Đớn", "Ghế", "Hặc", "Mỷ", "Ổn", "Phương", "Sua", "Yến")


@pytest.fixture
def feed(qtbot: QtBot, at_desk: AtDesk, operations: RegistryWorker, commune: Session) -> RegisterFeed:
    """The people of a commune that has more of them than one page holds."""
    for number in range(PAGE + 5):
        add_person(commune, f"Lò Thị {SYLLABLES[number % len(SYLLABLES)]}")
    opened = at_desk(commune)
    return RegisterFeed(operations, opened.definitions.library.registers["person"], "vi")


def ask(feed: RegisterFeed, qtbot: QtBot, act: Callable[[], None] | None = None) -> None:
    with qtbot.waitSignal(feed.counted):
        (act or feed.refresh)()


def names(feed: RegisterFeed, count: int) -> list[str]:
    return [feed.index(number, 0).data() for number in range(count)]


def test_the_model_keeps_qts_rules(feed: RegisterFeed, qtbot: QtBot, qtmodeltester: ModelTester) -> None:
    ask(feed, qtbot)
    qtmodeltester.check(feed)  # type: ignore[no-untyped-call]  # pytest-qt says no types here


def test_the_first_page_comes_and_the_rest_when_it_is_seen(feed: RegisterFeed, qtbot: QtBot) -> None:
    ask(feed, qtbot)
    assert feed.rowCount() == PAGE + 5
    assert feed.index(PAGE, 0).data() == ""
    with qtbot.waitSignal(feed.dataChanged):
        feed.want(PAGE - 3, PAGE + 3)
    assert feed.index(PAGE, 0).data().startswith("Lò Thị")


def test_a_page_is_asked_for_once(feed: RegisterFeed, qtbot: QtBot, operations: RegistryWorker) -> None:
    ask(feed, qtbot)
    feed.want(PAGE, PAGE + 1)
    feed.want(PAGE, PAGE + 4)
    assert len(operations._pending) == 1
    with qtbot.waitSignal(feed.dataChanged):
        pass
    assert feed.missing(0, PAGE + 4) == []


def test_data_never_asks(feed: RegisterFeed, qtbot: QtBot, operations: RegistryWorker) -> None:
    ask(feed, qtbot)
    for column in range(feed.columnCount()):
        feed.index(PAGE + 1, column).data()
    assert not operations.is_busy


def test_people_stand_in_vietnamese_order_of_their_given_names(feed: RegisterFeed, qtbot: QtBot) -> None:
    ask(feed, qtbot)
    shown = list(dict.fromkeys(name.split()[-1] for name in names(feed, PAGE)))
    assert shown[:6] == ["Anh", "Ánh", "Bảo", "Chứ", "Dế", "Đào"]


def test_the_other_order_is_the_querys_too(feed: RegisterFeed, qtbot: QtBot) -> None:
    ask(feed, qtbot, lambda: feed.order("full_name", descending=True))
    assert feed.index(0, 0).data() == "Lò Thị Yến"


def test_an_answer_to_an_older_search_is_dropped(feed: RegisterFeed, qtbot: QtBot) -> None:
    ask(feed, qtbot)
    feed.search("on")
    ask(feed, qtbot, lambda: feed.search("yen"))
    assert {name.split()[-1] for name in names(feed, feed.rowCount())} == {"Yến"}


def test_a_record_is_found_among_what_came(feed: RegisterFeed, qtbot: QtBot) -> None:
    ask(feed, qtbot)
    row = feed.row(7)
    assert row is not None
    assert feed.number_of(row.record) == 7
    assert feed.number_of("0192f000-0000-7000-8000-000000000000") == -1


def test_headers_are_the_labels_of_the_fields(feed: RegisterFeed, qtbot: QtBot) -> None:
    assert feed.headerData(1, Qt.Orientation.Horizontal) == "Ngày sinh"
