from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from desktop.ui.base.preferences import Appearance, Preferences
from desktop.ui.base.theme import FAMILY, Theme, style_sheet
from desktop.ui.base.tokens import (
    DARK,
    HIGH_CONTRAST,
    LIGHT,
    SCALES,
)
from desktop.ui.base.widgets import PrimaryButton


def test_the_bundled_font_is_the_one_shown(theme: Theme, qapp: QApplication) -> None:
    assert FAMILY in QFontDatabase.families()
    assert QFontInfo(qapp.font()).family() == FAMILY
    assert qapp.font().pixelSize() == 13


@pytest.mark.parametrize(
    ("appearance", "colours"),
    [(Appearance.LIGHT, LIGHT), (Appearance.DARK, DARK), (Appearance.HIGH_CONTRAST, HIGH_CONTRAST)],
)
def test_an_appearance_is_switched_live(
    theme: Theme, qapp: QApplication, qtbot: QtBot, appearance: Appearance, colours: object
) -> None:
    theme.appearance = Appearance.DARK if appearance is not Appearance.DARK else Appearance.LIGHT
    with qtbot.waitSignal(theme.changed):
        theme.appearance = appearance
    assert theme.colours == colours
    assert qapp.palette().color(QPalette.ColorRole.Window).name().upper() == theme.colours.window


class NightSystem:
    """A system that was switched to dark; the screenless platform has none to switch."""

    def colorScheme(self) -> Qt.ColorScheme:  # noqa: N802  Qt's name
        return Qt.ColorScheme.Dark


def test_the_system_is_followed_until_the_officer_chooses(
    theme: Theme, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    theme.appearance = Appearance.SYSTEM
    monkeypatch.setattr(theme, "_hints", NightSystem())
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert qapp.palette().color(QPalette.ColorRole.Window).name().upper() == DARK.window
    theme.appearance = Appearance.LIGHT
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert qapp.palette().color(QPalette.ColorRole.Window).name().upper() == LIGHT.window


def test_growing_and_shrinking_stop_at_the_ends(theme: Theme) -> None:
    seen = []
    for _ in range(len(SCALES) + 1):
        theme.grow()
        seen.append(theme.scale)
    assert (seen[0], seen[-1]) == (110, 175)
    for _ in range(len(SCALES) + 1):
        theme.shrink()
    assert theme.scale == 90


def test_a_field_and_a_button_grow_with_the_scale(theme: Theme, qtbot: QtBot) -> None:
    for widget in (QLineEdit(), PrimaryButton("Save")):
        qtbot.addWidget(widget)
        widget.show()
        theme.scale = 100
        usual = widget.sizeHint().height()
        theme.scale = 150
        assert (usual, widget.sizeHint().height()) == (32, 48)
        theme.scale = 100


def test_what_was_chosen_is_kept(theme: Theme, preferences: Preferences, tmp_path: Path) -> None:
    theme.appearance = Appearance.HIGH_CONTRAST
    theme.scale = 150
    preferences.write()
    again = Preferences(tmp_path / "desk.ini")
    assert (again.appearance, again.scale, again.language) == (Appearance.HIGH_CONTRAST, 150, "en")


def test_a_preference_written_by_hand_that_makes_no_sense_is_as_if_absent(tmp_path: Path) -> None:
    (tmp_path / "desk.ini").write_text("[General]\nappearance=purple\nscale=900\nlanguage=xx\n", encoding="utf-8")
    found = Preferences(tmp_path / "desk.ini")
    assert (found.appearance, found.scale, found.language) == (Appearance.SYSTEM, 100, "vi")


@pytest.mark.parametrize("scale", SCALES)
def test_every_place_of_the_style_sheet_is_filled(theme: Theme, tmp_path: Path, scale: int) -> None:
    made = style_sheet(DARK, scale, tmp_path)
    assert "$" not in made
    assert {path.suffix for path in tmp_path.glob("*.svg")} == {".svg"}
    assert all(DARK.on_accent in path.read_text(encoding="utf-8") for path in tmp_path.glob("check-*.svg"))
