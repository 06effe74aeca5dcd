import re
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from desktop.paths import resources_dir
from desktop.ui.base import icons
from desktop.ui.base.preferences import Appearance
from desktop.ui.base.theme import Theme
from desktop.workspace.base.session import Definitions


def colours_of(image: QImage) -> set[str]:
    points = ((x, y) for x in range(image.width()) for y in range(image.height()))
    return {image.pixelColor(*point).name() for point in points if image.pixelColor(*point).alpha() == 255}


def test_an_icon_takes_the_colour_of_the_text_when_the_theme_changes(theme: Theme) -> None:
    icon = icons.icon("square")
    theme.appearance = Appearance.LIGHT
    light = colours_of(icon.pixmap(QSize(48, 48)).toImage())
    theme.appearance = Appearance.DARK
    dark = colours_of(icon.pixmap(QSize(48, 48)).toImage())
    assert theme.colours.text.lower() in dark
    assert theme.colours.text.lower() not in light


def test_an_icon_beside_words_leaves_room_at_the_right(theme: Theme) -> None:
    image = icons.icon("square", beside_words=True).pixmap(QSize(24, 24)).toImage()
    assert all(image.pixelColor(x, y).alpha() == 0 for x in range(19, 24) for y in range(24))
    assert any(image.pixelColor(x, 12).alpha() > 100 for x in range(18))


def test_every_register_has_its_icon(definitions: Definitions) -> None:
    assert {register.icon for register in definitions.library.registers.values()} <= icons.icon_names()


@pytest.mark.parametrize("path", sorted((resources_dir() / "icons").glob("*.svg")), ids=lambda path: path.stem)
def test_an_icon_file_is_lucide_and_takes_a_colour(path: Path, qapp: QApplication) -> None:
    text = path.read_text(encoding="utf-8")
    assert "lucide-static" in text
    assert b'stroke="#112233"' in icons.svg(path.stem, "#112233")
    assert b'stroke-width="1.75"' in icons.svg(path.stem, "#112233")
    assert not re.search(r"<script|href=", text)


def test_an_unknown_icon_is_a_fault_of_ours(qapp: QApplication) -> None:
    with pytest.raises(FileNotFoundError):
        icons.icon("no-such-icon")


def test_icons_named_in_the_code_exist() -> None:
    named: set[str] = set()
    for path in (resources_dir().parent / "desktop" / "ui").rglob("*.py"):
        named |= set(re.findall(r"(?:Icon|icons\.icon|IconButton)\(\s*\"([a-z0-9-]+)\"", path.read_text("utf-8")))
    assert named <= icons.icon_names()
