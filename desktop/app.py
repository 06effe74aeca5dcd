"""The window program: builds the objects, wires them, and runs Qt's loop.

- The registry's folder is `--registry DIR`, else SOTRAM_REGISTRY, else the user's own data folder.
- An exception that nobody names reaches the crash dialog, which shows no personal data; it is never swallowed.
"""

import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QApplication, QMessageBox

from desktop import __version__
from desktop.errors import DefinitionError
from desktop.sentences import sentence
from desktop.ui.base.language import Languages
from desktop.ui.base.page import Page
from desktop.ui.base.preferences import Preferences
from desktop.ui.base.registry_worker import Opened, RegistryWorker
from desktop.ui.base.theme import Theme
from desktop.ui.records.register_page import RegisterPage
from desktop.ui.shell.crash_dialog import crash_report
from desktop.ui.shell.display import why_no_screen
from desktop.ui.shell.main_window import MainWindow
from desktop.ui.shell.startup import Startup
from desktop.workspace.base.definitions import definitions_of
from desktop.workspace.base.environment import Environment, real_environment
from desktop.workspace.base.session import Definitions


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """The objects of a running window; whoever builds it keeps it."""

    operations: RegistryWorker
    theme: Theme
    languages: Languages
    preferences: Preferences
    window: MainWindow


def main() -> None:
    """Open the window; ends with the status of Qt's loop."""
    if why := why_no_screen():
        for language in ("vi", "en"):
            print(sentence("screen_missing", {"why": why}, language), file=sys.stderr)  # noqa: T201  no window to say it
        sys.exit(1)
    application = QApplication(sys.argv)
    folder = _folder(sys.argv[1:])
    settings = folder / "window.ini"
    try:
        definitions = definitions_of(folder)
    except DefinitionError as error:  # somebody edited a form and mistyped
        QMessageBox.critical(None, "Sotram", sentence(error.code, error.context, "vi"))
        sys.exit(1)
    program = build(application, folder, settings, real_environment(), definitions)
    sys.excepthook = _shown_by(program.window)
    program.window.show()
    sys.exit(application.exec())


def build(
    application: QApplication, folder: Path, settings: Path, environment: Environment, definitions: Definitions
) -> Program:
    """Build the window over a registry's folder, which may be empty: then it begins with the set-up."""
    application.setApplicationName("Sotram")
    application.setApplicationVersion(__version__)
    preferences = Preferences(settings)
    theme = Theme(application, preferences)
    languages = Languages(application)
    operations = RegistryWorker()

    def register_page(opened: Opened, register: str) -> Page:
        return RegisterPage(operations, theme, opened, register, preferences.language, lambda: preferences.advances)

    door = Startup(folder=folder, environment=environment, definitions=definitions)
    window = MainWindow(operations, theme, languages, preferences, door, register_page)
    return Program(operations=operations, theme=theme, languages=languages, preferences=preferences, window=window)


def _folder(words: Sequence[str]) -> Path:
    if "--registry" in words and words.index("--registry") + 1 < len(words):
        return Path(words[words.index("--registry") + 1])
    given = os.environ.get("SOTRAM_REGISTRY")
    if given:
        return Path(given)
    base = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericDataLocation)
    return Path(base) / "Sotram"


def _shown_by(window: MainWindow) -> Callable[[type[BaseException], BaseException, TracebackType | None], None]:
    def show(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if isinstance(error, Exception):
            print(crash_report(error, __version__), file=sys.stderr)  # noqa: T201  places in the code, no values
            window.show_crash(error)
        else:
            sys.__excepthook__(kind, error, trace)

    return show


if __name__ == "__main__":
    main()
