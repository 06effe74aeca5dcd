"""The look of the whole program: one palette and one style sheet made from tokens, switched live.

- Follows the system (light, dark, high contrast) until the officer chooses.
- The scale is 90-175 % and moves type, fields, rows and icons; spaces stay. Both are kept in `Preferences`.
- The font is Be Vietnam Pro from resources/fonts; nothing is taken from the machine but the fixed-width font.
"""

import dataclasses
from pathlib import Path
from string import Template
from typing import Final

from PySide6.QtCore import QObject, Qt, QTemporaryDir, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from desktop.paths import resources_dir
from desktop.ui.base import icons
from desktop.ui.base.preferences import Appearance, Preferences
from desktop.ui.base.tokens import (
    DARK,
    HIGH_CONTRAST,
    LIGHT,
    SCALES,
    Colours,
    Size,
)

FAMILY: Final = "Be Vietnam Pro"


class Theme(QObject):
    """Dresses the application and says when it changed."""

    changed = Signal()

    def __init__(self, application: QApplication, preferences: Preferences) -> None:
        super().__init__(application)
        self._application = application
        self._preferences = preferences
        self._images = QTemporaryDir()
        self._hints = application.styleHints()
        self._accessibility = self._hints.accessibility()
        self._hints.colorSchemeChanged.connect(self._follow_system)
        self._accessibility.contrastPreferenceChanged.connect(self._follow_system)
        load_fonts()
        application.setStyle("Fusion")
        self._apply()

    @property
    def appearance(self) -> Appearance:
        return self._preferences.appearance

    @appearance.setter
    def appearance(self, appearance: Appearance) -> None:
        self._preferences.appearance = appearance
        self._apply()

    @property
    def scale(self) -> int:
        return self._preferences.scale

    @scale.setter
    def scale(self, scale: int) -> None:
        self._preferences.scale = scale
        self._apply()

    def grow(self) -> None:
        """Go to the next larger scale, if there is one."""
        self.scale = next((scale for scale in SCALES if scale > self.scale), SCALES[-1])

    def shrink(self) -> None:
        """Go to the next smaller scale, if there is one."""
        self.scale = next((scale for scale in reversed(SCALES) if scale < self.scale), SCALES[0])

    @property
    def colours(self) -> Colours:
        """The colours shown now."""
        if self.appearance is Appearance.SYSTEM:
            if self._accessibility.contrastPreference() is Qt.ContrastPreference.HighContrast:
                return HIGH_CONTRAST
            return DARK if self._hints.colorScheme() is Qt.ColorScheme.Dark else LIGHT
        return _SETS[self.appearance]

    def px(self, length: int) -> int:
        """Return a length given at 100 % at the scale of now."""
        return round(length * self.scale / 100)

    def _follow_system(self) -> None:
        if self.appearance is Appearance.SYSTEM:
            self._apply()

    def _apply(self) -> None:
        colours = self.colours
        self._application.setPalette(palette(colours))
        font = QFont(FAMILY)
        font.setPixelSize(self.px(Size.FONT))
        self._application.setFont(font)
        self._application.setStyleSheet(style_sheet(colours, self.scale, Path(self._images.path())))
        self.changed.emit()


def load_fonts() -> None:
    """Make the bundled fonts known to Qt; a second call changes nothing."""
    if FAMILY not in QFontDatabase.families():
        for path in sorted((resources_dir() / "fonts").glob("BeVietnamPro_*.ttf")):
            QFontDatabase.addApplicationFont(str(path))


def palette(colours: Colours) -> QPalette:
    """Return the palette of a colour set, for Fusion and for everything the style sheet does not name."""
    role, made = QPalette.ColorRole, QPalette()
    for name, colour in (
        (role.Window, colours.window),
        (role.WindowText, colours.text),
        (role.Base, colours.surface),
        (role.AlternateBase, colours.window),
        (role.Text, colours.text),
        (role.Button, colours.surface),
        (role.ButtonText, colours.text),
        (role.BrightText, colours.on_accent),
        (role.Highlight, colours.accent),
        (role.HighlightedText, colours.on_accent),
        (role.Link, colours.accent_text),
        (role.LinkVisited, colours.accent_text),
        (role.Accent, colours.accent),
        (role.ToolTipBase, colours.surface),
        (role.ToolTipText, colours.text),
        (role.PlaceholderText, colours.text_muted),
        (role.Light, colours.surface),
        (role.Midlight, colours.hover),
        (role.Mid, colours.line),
        (role.Dark, colours.edge),
        (role.Shadow, colours.edge),
    ):
        made.setColor(name, QColor(colour))
    for name in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, name, QColor(colours.text_disabled))
    return made


def style_sheet(colours: Colours, scale: int, images: Path) -> str:
    """Return resources/sotram.qss with its places filled; the tinted marks it shows are written to `images`."""

    def px(length: int) -> str:
        return str(round(length * scale / 100))

    places = {
        **dataclasses.asdict(colours),
        "focus_on_accent": colours.text,
        "mono": QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).family(),
        "family": FAMILY,
        "font": px(Size.FONT),
        "font_small": px(11),
        "font_label": px(Size.FONT_LABEL),
        "font_section": px(Size.FONT_SECTION),
        "font_title": px(Size.FONT_TITLE),
        "font_figure": px(24),
        "button_inner": str(round(Size.BUTTON * scale / 100) - 2),
        "button_inner_focus": str(round(Size.BUTTON * scale / 100) - 4),
        "field_inner": str(round(Size.FIELD * scale / 100) - 2),
        "field_inner_focus": str(round(Size.FIELD * scale / 100) - 4),
        "link_inner": str(round(24 * scale / 100) - 2),
        "row": px(Size.ROW),
        "popup_row": px(28),
        "icon": px(Size.ICON),
        "icon_small": px(16),
        "check": px(16),
        "check_radius": str(round(16 * scale / 100) // 2 + 1),
        "dot": px(8),
        "dot_edge": px(5),
        "badge_radius": px(7),
    }
    for place, name, colour in (
        ("image_chevron_down", "chevron-down", colours.text_muted),
        ("image_chevron_up", "chevron-up", colours.text_muted),
        ("image_check", "check", colours.on_accent),
        ("image_minus", "minus", colours.on_accent),
    ):
        path = images / f"{name}-{colour.removeprefix('#')}.svg"  # a name a colour: Qt keeps pictures by their name
        path.write_bytes(icons.svg(name, colour))
        places[place] = path.as_posix()
    return Template((resources_dir() / "sotram.qss").read_text(encoding="utf-8")).substitute(places)


_SETS: Final = {Appearance.LIGHT: LIGHT, Appearance.DARK: DARK, Appearance.HIGH_CONTRAST: HIGH_CONTRAST}
