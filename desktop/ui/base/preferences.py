"""What the window remembers between two days: theme, scale, language, window. Never anything of a record.

- An ini file, because it can be read, copied and deleted without the program.
- A value that is not one of the known ones is as if it were not there.
"""

from enum import StrEnum
from pathlib import Path
from typing import Final

from PySide6.QtCore import QByteArray, QLocale, QSettings

from desktop.sentences import Language
from desktop.ui.base.tokens import SCALES


class Appearance(StrEnum):
    """Which colours: what the system says, or one of the three sets."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    HIGH_CONTRAST = "high_contrast"


class Preferences:
    """The ini file at `path`, read and written at once."""

    def __init__(self, path: Path) -> None:
        self._settings: Final = QSettings(str(path), QSettings.Format.IniFormat)

    @property
    def appearance(self) -> Appearance:
        stored = self._text("appearance")
        return Appearance(stored) if stored in set(Appearance) else Appearance.SYSTEM

    @appearance.setter
    def appearance(self, appearance: Appearance) -> None:
        self._settings.setValue("appearance", appearance.value)

    @property
    def scale(self) -> int:
        """Percent of the usual size, one of `tokens.SCALES`."""
        stored = self._text("scale")
        return int(stored) if stored.isascii() and stored.isdigit() and int(stored) in SCALES else 100

    @scale.setter
    def scale(self, scale: int) -> None:
        self._settings.setValue("scale", str(scale))

    @property
    def language(self) -> Language:
        return "en" if self._text("language") == "en" else "vi"

    @language.setter
    def language(self, language: Language) -> None:
        self._settings.setValue("language", language)

    @property
    def is_sidebar_collapsed(self) -> bool:
        return self._text("sidebar_collapsed") == "yes"

    @is_sidebar_collapsed.setter
    def is_sidebar_collapsed(self, collapsed: bool) -> None:
        self._settings.setValue("sidebar_collapsed", "yes" if collapsed else "no")

    @property
    def advances(self) -> bool:
        """Whether the cursor goes on by itself from a field that is full."""
        return self._text("advances") == "yes"

    @advances.setter
    def advances(self, advances: bool) -> None:
        self._settings.setValue("advances", "yes" if advances else "no")

    @property
    def last_drive(self) -> Path | None:
        """The folder the last bundle went to or came from."""
        stored = self._text("last_drive")
        return Path(stored) if stored else None

    @last_drive.setter
    def last_drive(self, folder: Path) -> None:
        self._settings.setValue("last_drive", str(folder))

    def layout(self, name: str) -> QByteArray:
        """Return the stored state of a window, splitter or list header; empty when there is none."""
        stored = self._settings.value(f"layout/{name}")
        return stored if isinstance(stored, QByteArray) else QByteArray()

    def keep_layout(self, name: str, state: QByteArray) -> None:
        self._settings.setValue(f"layout/{name}", state)

    def write(self) -> None:
        """Put what was set on the disk now."""
        self._settings.sync()

    def _text(self, key: str) -> str:
        stored = self._settings.value(key, "")
        return stored if isinstance(stored, str) else ""


def locale_of(language: Language) -> QLocale:
    """Return the locale that dates and numbers are shown in."""
    if language == "vi":
        return QLocale(QLocale.Language.Vietnamese, QLocale.Country.Vietnam)
    return QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom)
