from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop.domain.base.dates import moment_text
from desktop.ui.base.theme import Theme
from desktop.ui.shell.crash_dialog import CrashDialog, crash_report


def broken(name: str) -> Exception:
    try:
        try:
            moment_text(name)  # type: ignore[arg-type]  # a bug is what is wanted
        except Exception as error:
            raise KeyError(name) from error
    except KeyError as error:
        return error
    raise AssertionError


def test_a_report_names_places_and_never_a_value() -> None:
    report = crash_report(broken("Lò Thị Đớn"), "0.1.0")
    assert "Lò Thị Đớn" not in report
    assert "builtins.KeyError" in report
    assert "desktop/domain/base/dates.py:" in report
    assert "moment_text" in report


def test_a_report_names_no_folder_of_the_machine() -> None:
    report = crash_report(broken("x"), "0.1.0")
    assert not any(line.strip().startswith(("/", "C:")) for line in report.splitlines())


def test_the_report_can_be_copied(qtbot: QtBot, theme: Theme) -> None:
    dialog = CrashDialog("Sotram 0.1.0\nbuiltins.KeyError")
    qtbot.addWidget(dialog)
    copy = next(button for button in dialog.findChildren(QPushButton) if "Copy" in button.text())
    copy.click()
    assert QGuiApplication.clipboard().text() == "Sotram 0.1.0\nbuiltins.KeyError"
