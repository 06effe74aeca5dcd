import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.errors import DesktopError
from desktop.ui.base.theme import Theme
from desktop.ui.records.conflict_cards import GivenCard, TypedCard, differing_parts
from desktop.ui.records.conflict_dialog import ConflictDialog
from desktop.workspace.records.conflicts import ConflictValue, ConflictView

AT = dt.datetime(2026, 11, 21, 10, 3, tzinfo=dt.UTC)
ONE = ConflictValue(operation="a:1", value="0912", text="0912", officer="Hà Văn Sơn", station="CAX-03160-7K2M", at=AT)
OTHER = replace(ONE, operation="b:1", value="0913", text="0913", officer="Nguyễn Thị Đào", station="DBP-03163-9QXA")
PHONE = ConflictView(
    record="0190",
    record_no="VM-2026-0042",
    register="absence",
    title="Lò Thị Đớn",
    field="phone",
    label="Telephone",
    values=(ONE, OTHER),
    is_secret=False,
)
SHELTER = replace(PHONE, field="shelter_code", label="Shelter", is_secret=True)


@pytest.fixture
def dialog(qtbot: QtBot, theme: Theme) -> Iterator[ConflictDialog]:
    made = ConflictDialog([PHONE, SHELTER], "en")
    made.show()
    yield made
    if shiboken6.isValid(made):
        made.close()


def shown(dialog: ConflictDialog) -> list[str]:
    return [card._shown.plain for card in dialog.cards if isinstance(card, GivenCard)]


def test_nothing_is_chosen_beforehand(dialog: ConflictDialog, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(dialog.chosen):
        QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert not dialog.keep.isEnabled()
    assert shown(dialog) == ["0912", "0913"]


@pytest.mark.parametrize(("key", "value"), [(Qt.Key.Key_1, ONE), (Qt.Key.Key_2, OTHER)])
def test_a_number_and_enter_choose(dialog: ConflictDialog, qtbot: QtBot, key: Qt.Key, value: ConflictValue) -> None:
    QTest.keyClick(dialog, key)
    with qtbot.waitSignal(dialog.chosen) as waiting:
        QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert waiting.args == [PHONE, value]


def test_a_third_value_is_typed(dialog: ConflictDialog, qtbot: QtBot) -> None:
    QTest.keyClick(dialog, Qt.Key.Key_3)
    field = dialog.cards[2]
    assert isinstance(field, TypedCard)
    QTest.keyClicks(field.field, "0123")
    assert field.field.text() == "0123"
    with qtbot.waitSignal(dialog.typed) as waiting:
        QTest.keyClick(field.field, Qt.Key.Key_Return)
    assert waiting.args == [PHONE, "0123"]


def test_the_last_choice_counts(dialog: ConflictDialog, qtbot: QtBot) -> None:
    dialog.choose(1)
    QTest.mouseClick(dialog.cards[1], Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(dialog.chosen) as waiting:
        dialog.keep.click()
    assert waiting.args == [PHONE, OTHER]


def test_a_settled_conflict_gives_way_to_the_next_and_the_last_closes(dialog: ConflictDialog, qtbot: QtBot) -> None:
    dialog.settled()
    assert dialog.conflict == SHELTER
    with qtbot.waitSignal(dialog.finished):
        dialog.settled()


def test_enter_twice_gives_the_choice_once(dialog: ConflictDialog, qtbot: QtBot) -> None:
    given: list[object] = []
    dialog.chosen.connect(lambda _conflict, value: given.append(value))
    dialog.choose(1)
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert given == [ONE]


def test_a_problem_stands_in_the_dialog_and_lets_one_try_again(dialog: ConflictDialog) -> None:
    dialog.choose(3)
    dialog.keep.click()
    dialog.refuse("Not a telephone number.")
    assert dialog.notice.text == "Not a telephone number."
    assert dialog.keep.isEnabled()
    dialog.show_error(DesktopError("conflict_unknown", field="phone"))
    assert dialog.notice.code == "conflict_unknown"


def test_what_identifies_a_victim_is_covered_until_a_reason_is_given(dialog: ConflictDialog, qtbot: QtBot) -> None:
    dialog.settled()
    assert shown(dialog) == ["•••••", "•••••"]
    assert all("0912" not in card.accessibleName() for card in dialog.cards)
    dialog.reveal_bar.reason.setText("xác minh")
    with qtbot.waitSignal(dialog.reveal_wanted) as waiting:
        dialog.reveal_bar.show_button.click()
    assert waiting.args == ["0190", "xác minh"]
    assert shown(dialog) == ["•••••", "•••••"]
    dialog.reveal()
    assert shown(dialog) == ["0912", "0913"]
    dialog.reveal_bar.cover_button.click()
    assert shown(dialog) == ["•••••", "•••••"]


def test_a_look_without_a_reason_is_not_asked_for(dialog: ConflictDialog, qtbot: QtBot) -> None:
    dialog.settled()
    with qtbot.assertNotEmitted(dialog.reveal_wanted):
        QTest.keyClick(dialog.reveal_bar.reason, Qt.Key.Key_Return)
    assert not dialog.reveal_bar.show_button.isEnabled()


def test_what_cannot_be_typed_in_a_line_is_only_chosen(qtbot: QtBot, theme: Theme) -> None:
    dialog = ConflictDialog([PHONE], "en", None, lambda _conflict: False)
    qtbot.addWidget(dialog)
    assert len(dialog.cards) == 2


@pytest.mark.parametrize(
    ("text", "other", "parts"),
    [
        ("011199000123", "011199000132", ((10, 11), (11, 12))),
        ("Bản Nậm Kè", "Bản Nậm Kè 2", ()),
        ("Bản Nậm Kè 2", "Bản Nậm Kè", ((10, 12),)),
        ("Có", "Không biết", ()),
    ],
)
def test_only_what_differs_is_underlined(text: str, other: str, parts: tuple[tuple[int, int], ...]) -> None:
    assert differing_parts(text, [text, other]) == parts
