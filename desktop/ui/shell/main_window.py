"""The window: set-up, passphrase, or the main view with its pages.

- The registry is open exactly while the main view exists: locking keeps the drafts, closes both.
- After at most five minutes without a key or the mouse it locks by itself; a page with victims' data is covered as
  soon as another program has the focus (LEGAL.md 7.1).
- A language or a theme can change at any time; a language builds the parts of the window anew.
"""

import time
from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QCloseEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QMenuBar, QWidget

from desktop import __version__
from desktop.errors import DesktopError
from desktop.sentences import Language
from desktop.ui.base.dropped_keys_notice import KeysNotice
from desktop.ui.base.keys import KeySheet
from desktop.ui.base.language import Languages
from desktop.ui.base.page import Act
from desktop.ui.base.preferences import Appearance, Preferences
from desktop.ui.base.privacy_cover import PrivacyCover, blurred
from desktop.ui.base.registry_worker import Opened, RegistryWorker
from desktop.ui.base.theme import Theme
from desktop.ui.exports.exports import Exports
from desktop.ui.form.unit_choices import communes_of, provinces
from desktop.ui.printing.blank_forms import BlankForms
from desktop.ui.records.double_entry import DoubleEntry
from desktop.ui.shell.clock_question import ClockQuestion
from desktop.ui.shell.crash_dialog import CrashDialog, crash_report
from desktop.ui.shell.dialogs import Dialogs
from desktop.ui.shell.first_run import FirstRun
from desktop.ui.shell.idle_lock import IdleLock
from desktop.ui.shell.main_view import MainView
from desktop.ui.shell.menus import Menus
from desktop.ui.shell.scans import Scans
from desktop.ui.shell.sidebar import alt_numbers
from desktop.ui.shell.sidebar_pages import (
    MorePages,
    RegisterPages,
    SidebarPages,
    no_more_pages,
)
from desktop.ui.shell.startup import Startup, open_again, recover
from desktop.ui.shell.unlock_dialog import UnlockDialog
from desktop.workspace.base.session_clock import ClockWarning
from desktop.workspace.station import officers, registry
from desktop.workspace.station.registry import StationSetup


class MainWindow(QMainWindow):
    """`register_page` builds the page of a register; `more_pages` adds entries at the end of the sidebar."""

    def __init__(
        self,
        operations: RegistryWorker,
        theme: Theme,
        languages: Languages,
        preferences: Preferences,
        startup: Startup,
        register_page: RegisterPages,
        more_pages: MorePages = no_more_pages,
    ) -> None:
        super().__init__()
        self._operations = operations
        self._theme = theme
        self._languages = languages
        self._preferences = preferences
        self._startup = startup
        self._sidebar_pages = SidebarPages(operations, theme, preferences, register_page, more_pages)
        self.main_view: MainView | None = None
        self.first_run: FirstRun | None = None
        self.unlock: UnlockDialog | None = None
        self.clock_question: ClockQuestion | None = None
        self._post = ""
        self._cover = PrivacyCover(theme, self)
        self._dialogs = Dialogs(operations, theme, preferences, startup.environment, self)
        self._dialogs.language_wanted.connect(self.speak)
        self._double_entry = DoubleEntry(operations, theme, preferences, self)
        self._blank_forms = BlankForms(operations, preferences, self)
        self._exports = Exports(operations, preferences, self)
        application = QApplication.instance()
        assert isinstance(application, QApplication)  # noqa: S101  a window needs one
        self._idle = IdleLock(application, time.time)
        self._idle.idle.connect(self._lock_idle)
        self.scans = Scans(application, operations, lambda: self.main_view, lambda: self.language, self)
        application.applicationStateChanged.connect(self._cover_or_uncover)
        operations.crashed.connect(self.show_crash)
        self._keys_notice = KeysNotice(operations.keys, self)
        self.setWindowTitle("Sotram")
        self.setMinimumSize(1000, 600)
        self.resize(1280, 720)
        self.restoreGeometry(preferences.layout("window"))
        languages.speak(preferences.language)
        self._show_startup()

    @property
    def language(self) -> Language:
        return self._preferences.language

    def lock(self) -> None:
        """Keep the drafts, close the registry, let go of every page."""
        if self.main_view is None and self.clock_question is None:
            return
        self._idle.disarm()
        if self.main_view is not None:
            self.main_view.leave_all()
        self._dialogs.close_all()
        self._blank_forms.close_all()
        self._exports.close_all()
        self._double_entry.close_all()
        behind = blurred(self)
        self.main_view = self.clock_question = None
        self._operations.close()
        self._show_unlock(behind)

    def _lock_idle(self) -> None:
        """Lock; keys that still wait were typed for what nobody looks at any more."""
        self._operations.keys.give_up()
        self.lock()

    def speak(self, language: str) -> None:
        """Change the language and build what is shown anew."""
        self._preferences.language = "en" if language == "en" else "vi"
        self._languages.speak(self._preferences.language)
        opened = self._operations.opened
        if self.main_view is not None and opened is not None:
            name = self.main_view.page_name
            self.main_view.leave_all()
            self._dialogs.close_all()
            self._blank_forms.close_all()
            self._exports.close_all()
            self._double_entry.close_all()
            self._show_main_view(opened, name)
        else:
            self._show_startup()

    def show_crash(self, error: Exception) -> None:
        CrashDialog(crash_report(error, __version__), self).open()

    def show_keys(self) -> None:
        """F1: help on the field that has the focus, else all keys."""
        if self.main_view is not None and self.main_view.can(Act.FIELD_HELP):
            self.main_view.perform(Act.FIELD_HELP)
        else:
            KeySheet(self).show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._cover.setGeometry(self.rect())

    def closeEvent(self, event: QCloseEvent) -> None:
        self._idle.disarm()
        if self.main_view is not None:
            self.main_view.leave_all()
        self._preferences.keep_layout("window", QByteArray(self.saveGeometry()))
        self._preferences.write()
        self._operations.stop()
        self.scans.stop()
        super().closeEvent(event)

    def _show_startup(self) -> None:
        if registry.has_registry(self._startup.folder):
            self._show_unlock(QPixmap())
        else:
            self._show_first_run()

    def _show_first_run(self) -> None:
        places = self._startup.definitions.places()
        self.first_run = FirstRun(self.language, provinces(places), communes_of(places), self._propose)
        self.first_run.setup_given.connect(self._create)
        self.first_run.finished.connect(self._finish_first_run)
        self.first_run.language_wanted.connect(self.speak)
        self._set_central(self.first_run)

    def _show_unlock(self, behind: QPixmap) -> None:
        self.clock_question = None
        self.unlock = UnlockDialog(self.language, self._post, self._propose)
        self.unlock.set_background(behind)
        self.unlock.passphrase_given.connect(self._open)
        self.unlock.recovery_given.connect(self._recover)
        self.unlock.language_wanted.connect(self.speak)
        self._set_central(self.unlock)
        self.unlock.setFocus()

    def _show_main_view(self, opened: Opened, page: str) -> None:
        self._post = opened.station.name
        self.first_run = self.unlock = self.clock_question = None
        entries = self._sidebar_pages.entries(opened)
        main_view = MainView(self._operations, self._theme, entries, self.language)
        main_view.say_who(opened.station.name, opened.officer.full_title)
        main_view.sidebar.set_collapsed(self._preferences.is_sidebar_collapsed)
        main_view.sidebar.collapsed_changed.connect(self._keep_sidebar)
        main_view.lock_wanted.connect(self.lock)
        main_view.settings_wanted.connect(self._dialogs.show_settings)
        main_view.conflict_wanted.connect(self._dialogs.show_conflicts)
        main_view.print_wanted.connect(self._dialogs.show_print)
        main_view.double_entry_wanted.connect(self._double_entry.show_record)
        self.main_view = main_view
        numbers = alt_numbers([entry.sidebar for entry in entries])
        self._set_central(
            main_view,
            {numbers[entry.sidebar.name]: entry.sidebar.label for entry in entries if entry.sidebar.name in numbers},
        )
        main_view.show_page(page)
        self._idle.arm()

    def _set_central(self, widget: QWidget, pages: Mapping[int, str] | None = None) -> None:
        bar = QMenuBar(self)
        self.setMenuBar(bar)  # the old one goes with its menus and their keys
        menus = Menus(bar)
        menus.show_pages(pages or {})
        menus.set_open(bool(pages))
        menus.show_appearance(self._preferences.appearance)
        menus.act_wanted.connect(self._perform)
        menus.numbered_page_wanted.connect(self._show_numbered)
        menus.lock_wanted.connect(self.lock)
        menus.settings_wanted.connect(self._dialogs.show_settings)
        menus.quit_wanted.connect(self.close)
        menus.blanks_wanted.connect(self._blank_forms.show_blanks)
        menus.book_wanted.connect(self._show_book)
        menus.export_wanted.connect(self._show_export)
        menus.help_wanted.connect(self.show_keys)
        menus.fold_wanted.connect(self._fold_sidebar)
        menus.larger_wanted.connect(self._theme.grow)
        menus.smaller_wanted.connect(self._theme.shrink)
        menus.usual_size_wanted.connect(self._usual_size)
        menus.appearance_wanted.connect(self._dress)
        self._cover.uncover()
        self.setCentralWidget(widget)

    def _create(self, setup: StationSetup, passphrase: str) -> None:
        startup = self._startup
        request = self._operations.open(
            registry.create_registry, startup.folder, setup, passphrase, startup.environment, startup.definitions
        )
        request.result.connect(self._ask_recovery_code)
        request.failed.connect(self._refuse)

    def _ask_recovery_code(self) -> None:
        request = self._operations.act(self, (), officers.add_recovery_code)
        request.result.connect(self._show_recovery_code)
        request.failed.connect(self._refuse)

    def _show_recovery_code(self, code: str) -> None:
        if self.first_run is not None:
            self.first_run.show_recovery_code(code)

    def _finish_first_run(self) -> None:
        if self._operations.opened is not None:
            self._opened(self._operations.opened)

    def _open(self, passphrase: str) -> None:
        request = self._operations.open(open_again, self._startup, passphrase)
        request.result.connect(self._opened)
        request.failed.connect(self._refuse)

    def _recover(self, code: str, passphrase: str) -> None:
        request = self._operations.open(recover, self._startup, code, passphrase)
        request.result.connect(self._opened)
        request.failed.connect(self._refuse)

    def _opened(self, opened: Opened) -> None:
        if opened.clock is not None and opened.clock.is_asked:
            self._ask_day(opened.clock)
        else:
            self._show_main_view(opened, "today")

    def _ask_day(self, warning: ClockWarning) -> None:
        self.first_run = self.unlock = None
        self.clock_question = ClockQuestion(warning, self.language)
        self.clock_question.day_given.connect(self._give_day)
        self.clock_question.lock_wanted.connect(self.lock)
        self._set_central(self.clock_question)
        self.clock_question.setFocus()
        self._idle.arm()

    def _give_day(self, day: date) -> None:
        request = self._operations.act(self, (), registry.give_day, day)
        request.result.connect(self._go_on)
        request.failed.connect(self._refuse)

    def _go_on(self) -> None:
        opened = self._operations.opened
        if self.clock_question is not None and opened is not None:
            self._show_main_view(opened, "today")

    def _refuse(self, error: DesktopError) -> None:
        if self.unlock is not None:
            self.unlock.show_error(error)
        elif self.clock_question is not None:
            self.clock_question.show_error(error)
        elif self.first_run is not None:
            self.first_run.show_error(error)

    def _propose(self) -> str:
        return officers.generate_passphrase(self._startup.environment)

    def _perform(self, act: Act) -> None:
        if self.main_view is not None:
            self.main_view.perform(act)

    def _show_numbered(self, number: int) -> None:
        if self.main_view is not None:
            self.main_view.show_numbered(number)

    def _show_book(self) -> None:
        if self.main_view is not None:
            self._blank_forms.show_book(self.main_view.page_name)

    def _show_export(self) -> None:
        if self.main_view is not None:
            self._exports.show_export(self.main_view.page_name)

    def _fold_sidebar(self) -> None:
        if self.main_view is not None:
            self.main_view.sidebar.toggle()

    def _keep_sidebar(self, collapsed: bool) -> None:  # noqa: FBT001  a Qt slot
        self._preferences.is_sidebar_collapsed = collapsed

    def _usual_size(self) -> None:
        self._theme.scale = 100

    def _dress(self, appearance: Appearance) -> None:
        self._theme.appearance = appearance

    def _cover_or_uncover(self, state: Qt.ApplicationState) -> None:
        page = self.main_view.page if self.main_view is not None else None
        if state is Qt.ApplicationState.ApplicationActive:
            self._cover.uncover()
        elif page is not None and page.holds_victim_data and not self._cover.isVisible():
            self._cover.cover(self, self.tr("Covered while you work in another window"))
