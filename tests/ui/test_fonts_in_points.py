"""A system (Windows) may give item views, menus and buttons a font of its own, in points; nothing is measured by it."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QFont, QFontInfo
from PySide6.QtWidgets import QAbstractItemView, QApplication, QListView, QMenu, QPushButton, QTableView, QWidget
from pytestqt.qtbot import QtBot

from desktop.app import Program, build
from desktop.paths import resources_dir
from desktop.ui.base.preferences import Appearance, Preferences
from desktop.ui.base.theme import FAMILY
from desktop.ui.base.tokens import Size
from desktop.ui.base.widgets import scaled
from desktop.ui.form.unit_choices import communes_of, provinces
from desktop.ui.form.unit_picker import UnitPicker
from desktop.ui.shell.first_run import FirstRun
from desktop.workspace.base.session import Definitions, Session
from tests.conftest import PASSPHRASE, World
from tests.workspace.exchange.test_exchange import absence, introduce

CLASSES = (
    *("QAbstractItemView", "QListView", "QTableView", "QHeaderView", "QMenu", "QMenuBar", "QToolTip"),
    *("QMessageBox", "QPushButton", "QToolButton", "QCheckBox", "QRadioButton", "QComboBox", "QLineEdit"),
)


@pytest.fixture
def in_points(qapp: QApplication) -> Iterator[None]:
    """Give the classes a font in points, as a system does at its start and again when its theme changes."""
    before = qapp.font()
    give_points(qapp)
    yield
    qapp.setFont(before)


def give_points(application: QApplication) -> None:
    for name in CLASSES:
        application.setFont(QFont("Segoe UI", 9), name)  # type: ignore[arg-type]  # the stubs say bytes, the program wants text


def views_of(widget: QWidget) -> list[QAbstractItemView]:
    return [view for view in widget.findChildren(QAbstractItemView) if view.isVisible() and _rows(view)]


def assert_rows_are_seen(widget: QWidget) -> int:
    views = views_of(widget)
    for view in views:
        model = view.model()
        height = view.visualRect(model.index(0, 0)).height()
        assert height >= Size.FONT, f"{type(view).__name__}: a row is {height} high"
        assert QFontInfo(view.font()).pixelSize() >= Size.FONT - 2
        assert QFontInfo(view.font()).family() == FAMILY
    for button in widget.findChildren(QPushButton):
        if button.isVisible():
            assert button.font().family() == FAMILY
    return len(views)


def _rows(view: QAbstractItemView) -> int:
    return view.model().rowCount() if view.model() is not None and isinstance(view, QListView | QTableView) else 0


@pytest.fixture
def program(
    qapp: QApplication,
    in_points: None,
    commune: Session,
    province: Session,
    world: World,
    definitions: Definitions,
    tmp_path: Path,
) -> Iterator[Program]:
    introduce(commune, province)
    absence(commune)
    commune.close()
    settings = tmp_path / "window.ini"
    preferences = Preferences(settings)
    preferences.language = "en"
    preferences.appearance = Appearance.LIGHT
    preferences.write()
    made = build(qapp, commune.folder, settings, world.environment, definitions)
    give_points(qapp)  # the theme of the system changed
    made.window.resize(1366, 768)
    made.window.show()
    yield made
    made.window.close()
    made.window.deleteLater()
    qapp.setStyleSheet("")
    made.theme.deleteLater()
    made.languages.silence()


@pytest.mark.usefixtures("in_points")
def test_the_rows_of_every_page_are_seen(program: Program, qtbot: QtBot) -> None:
    window = program.window
    assert window.unlock is not None
    window.unlock.passphrase_form.field.setText(PASSPHRASE)
    window.unlock.passphrase_form.unlock.click()
    qtbot.waitUntil(lambda: window.main_view is not None)
    assert window.main_view is not None
    seen = 0
    for name in window.main_view.sidebar.names:
        window.main_view.show_page(name)
        qtbot.waitUntil(lambda: not program.operations.is_busy)
        seen += assert_rows_are_seen(window)
    assert seen >= 2, "nothing was there to be seen"
    for menu in window.menuBar().findChildren(QMenu):
        menu.ensurePolished()
        assert menu.font().family() == FAMILY


def test_the_places_of_the_set_up_are_seen(program: Program, definitions: Definitions, qtbot: QtBot) -> None:
    places = definitions.places()
    first = FirstRun("en", provinces(places), communes_of(places), lambda: "buoi sang nui cao 42")
    qtbot.addWidget(first)
    first.resize(1366, 768)
    first.show()
    pickers = first.findChildren(UnitPicker)
    assert pickers
    for picker in pickers:
        height = picker.list.sizeHintForRow(0)
        assert height == scaled(Size.ROW) or picker.list.model().rowCount() == 0
    assert pickers[0].list.sizeHintForRow(0) == Size.ROW


def test_a_length_is_scaled_by_a_font_in_points_too(qapp: QApplication) -> None:
    before = qapp.font()
    try:
        qapp.setFont(QFont(FAMILY, 10))
        assert qapp.font().pixelSize() == -1
        assert 20 <= scaled(Size.ROW) <= 60
    finally:
        qapp.setFont(before)


def test_nothing_is_measured_by_a_size_that_may_be_missing() -> None:
    folder = resources_dir().parent / "desktop" / "ui"
    found = {
        path.name: match
        for path in sorted(folder.rglob("*.py"))
        for match in re.findall(r"\w*[fF]ont\(\)\.p(?:ixel|oint)Size\w*\(\)", path.read_text(encoding="utf-8"))
    }
    assert found == {}
