"""The pages of the sidebar: today, people, the registers, and below them what every officer needs."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject

from desktop.ui.base.page import Page
from desktop.ui.base.preferences import Preferences
from desktop.ui.base.registry_worker import Opened, RegistryWorker
from desktop.ui.base.theme import Theme
from desktop.ui.exchange.exchange_page import ExchangePage
from desktop.ui.imports.import_page import ImportPage
from desktop.ui.reports.reports_page import ReportsPage
from desktop.ui.shell.main_view import PageEntry
from desktop.ui.shell.sidebar import TOP, SidebarEntry
from desktop.ui.today.today_page import TodayPage

RegisterPages = Callable[[Opened, str], Page]
MorePages = Callable[[Opened], tuple[PageEntry, ...]]


def no_more_pages(_opened: Opened) -> tuple[PageEntry, ...]:
    return ()


class SidebarPages(QObject):
    """`register_page` builds the page of a register; `more_pages` adds entries at the end of the sidebar."""

    def __init__(
        self,
        operations: RegistryWorker,
        theme: Theme,
        preferences: Preferences,
        register_page: RegisterPages,
        more_pages: MorePages,
    ) -> None:
        super().__init__()
        self._operations = operations
        self._theme = theme
        self._preferences = preferences
        self._register_page = register_page
        self._more_pages = more_pages

    def entries(self, opened: Opened) -> tuple[PageEntry, ...]:
        """Return the entries in the language of now."""
        language = self._preferences.language
        first = SidebarEntry(name="today", label=self.tr("Today"), icon="calendar-check", group=TOP)
        exchange = SidebarEntry(name="exchange", label=self.tr("Send and receive"), icon="arrow-left-right")
        files = SidebarEntry(name="imports", label=self.tr("Bring in files"), icon="file-down")
        figures = SidebarEntry(name="reports", label=self.tr("Reports"), icon="chart-column")
        registers = [found for found in opened.definitions.library.registers.values() if found.rail is not None]
        shown = [
            PageEntry(
                sidebar=SidebarEntry(
                    name=found.id,
                    label=found.label.text(language),
                    icon=found.icon,
                    group=TOP if found.id == "person" else self.tr("Registers"),
                ),
                build=_Build(self._register_page, opened, found.id),
            )
            for found in sorted(registers, key=lambda found: found.rail or 0)
        ]
        return (
            PageEntry(sidebar=first, build=self._today_page),
            *shown,
            PageEntry(sidebar=exchange, build=self._exchange_page),
            PageEntry(sidebar=files, build=self._import_page),
            PageEntry(sidebar=figures, build=self._reports_page),
            *self._more_pages(opened),
        )

    def _today_page(self) -> Page:
        return TodayPage(self._operations, self._preferences)

    def _exchange_page(self) -> Page:
        return ExchangePage(self._operations, self._theme, self._preferences)

    def _import_page(self) -> Page:
        return ImportPage(self._operations, self._theme, self._preferences)

    def _reports_page(self) -> Page:
        return ReportsPage(self._operations, self._theme, self._preferences)


@dataclass(frozen=True, slots=True)
class _Build:
    register_page: RegisterPages
    opened: Opened
    register: str

    def __call__(self) -> Page:
        return self.register_page(self.opened, self.register)
