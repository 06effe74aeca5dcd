"""The language of the interface: Vietnamese from resources/translations, English as written in the code.

English has a file, too, for its plurals alone. Qt's own few words (Cancel, Copy, Paste) come from qt_vi.
"""

from PySide6.QtCore import QLocale, QObject, QTranslator
from PySide6.QtWidgets import QApplication

from desktop.paths import resources_dir
from desktop.sentences import Language
from desktop.ui.base.preferences import locale_of


class Languages(QObject):
    """Installs one language at a time; whoever shows words builds them again afterwards."""

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._application = application
        self._installed: list[QTranslator] = []

    def silence(self) -> None:
        """Speak as the code is written."""
        for translator in self._installed:
            self._application.removeTranslator(translator)
        self._installed = []

    def speak(self, language: Language) -> None:
        self.silence()
        for name in (f"sotram_{language}", f"qt_{language}"):
            path = resources_dir() / "translations" / f"{name}.qm"
            translator = QTranslator(self)
            if path.exists() and translator.load(str(path)):
                self._application.installTranslator(translator)
                self._installed.append(translator)
        QLocale.setDefault(locale_of(language))
