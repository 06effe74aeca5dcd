"""One station of the demo: its program, its window and the keyboard that drives it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from desktop import app
from desktop.demo.keyboard_driver import KeyboardDriver
from desktop.errors import DesktopError
from desktop.ui.base.preferences import Appearance
from desktop.ui.base.registry_worker import Request
from desktop.ui.exchange.exchange_page import ExchangePage
from desktop.ui.form.entry_form import EntryForm
from desktop.ui.records.register_page import RegisterPage
from desktop.ui.shell.first_run import FirstRun
from desktop.workspace.base.definitions import definitions_of
from desktop.workspace.base.environment import Environment

SIZE: Final = (1366, 768)
_AnswerT = TypeVar("_AnswerT")
_PageT = TypeVar("_PageT", bound=QWidget)


class DemoStation:
    """A station's window; every method is something a person does at it."""

    def __init__(self, folder: Path, pictures: Path, environment: Environment, *, pace: float = 0.0) -> None:
        application = QApplication.instance()
        if not isinstance(application, QApplication):
            message = "the demo needs an application"
            raise TypeError(message)
        settings = folder.parent / f"{folder.name}.ini"
        self.program = app.build(application, folder, settings, environment, definitions_of(folder))
        self.program.theme.appearance = Appearance.LIGHT
        self.window = self.program.window
        self.window.resize(*SIZE)
        self.window.show()
        self.hand = KeyboardDriver(self.window, self.program.operations.keys, pictures, pace)
        self.come()

    def come(self) -> None:
        """Sit down at this station: its window has the keyboard now."""
        if QApplication.platformName() != "offscreen":
            self.window.raise_()
        self.window.activateWindow()
        self.hand.wait_for(self.window.isActiveWindow, "active window")

    def close(self) -> None:
        """Go away; the next window of this process begins in its own language."""
        self.window.close()
        self.hand.rest(0.1)
        self.program.languages.silence()

    def set_up(self, kind: str, province: str, commune: str, name: str, officer: str, passphrase: str) -> None:
        """Go through the wizard; `commune` is what is typed to find it, empty for a province office."""
        self.come()
        wizard = self.window.first_run
        if wizard is None:
            raise DesktopError("demo_stuck", what="first run")
        while wizard.kind_page.kind != kind:
            self.hand.press("Down")
        self._go_on(wizard)
        wizard.place_page.province.search.setFocus()
        self.hand.type(province)
        if commune:
            wizard.place_page.commune.search.setFocus()
            self.hand.type(commune)
        self.hand.picture(f"{kind}-set-up-place")
        self._go_on(wizard)
        wizard.names_page.name.selectAll()
        wizard.names_page.name.setFocus()
        self.hand.type(name)
        wizard.names_page.officer_name.setFocus()
        self.hand.type(officer)
        self._go_on(wizard)
        wizard.passphrase_page.fields.field.setFocus()
        self.hand.type(passphrase)
        wizard.passphrase_page.fields.repeat.setFocus()
        self.hand.type(passphrase)
        self.hand.picture(f"{kind}-set-up-passphrase")
        wizard.next.click()
        self.hand.wait_for(lambda: wizard.recovery_page.shown.text().strip(), "recovery code")
        wizard.recovery_page.last_group.setFocus()
        self.hand.type("".join(wizard.recovery_page.shown.text().split()).replace("-", "")[-4:])
        self._go_on(wizard)
        self.hand.wait_for(lambda: self.window.main_view is not None, "main view")
        self.idle()

    def idle(self) -> None:
        """Wait until the worker has answered everything."""
        self.hand.rest(0.1)
        self.hand.wait_for(lambda: not self.program.operations.is_busy, "answers")
        self.hand.rest(0.1)

    def ask(self, function: Callable[..., _AnswerT], *args: object) -> _AnswerT:
        """Ask the station's own worker thread and wait for its answer.

        Raises:
            DesktopError: what the use case raised.
        """
        answer: _AnswerT = self._answer(self.program.operations.ask(function, *args))
        return answer

    def act(self, function: Callable[..., _AnswerT], *args: object) -> _AnswerT:
        """As `ask`, for a use case that writes; every page hears of it. Raises DesktopError."""
        everything = (
            self.program.operations.opened.definitions.library.registers if self.program.operations.opened else ()
        )
        answer: _AnswerT = self._answer(self.program.operations.act(None, frozenset(everything), function, *args))
        self.idle()
        return answer

    def lock_and_unlock(self, passphrase: str) -> None:
        self.come()
        self.window.lock()
        self.idle()
        self.hand.picture("locked")
        self.unlock(passphrase)

    def unlock(self, passphrase: str) -> None:
        """Type the passphrase where the cursor is."""
        self.come()
        if self.window.unlock is not None:
            self.window.unlock.setFocus()
            self.hand.rest(0.1)
            self.hand.type(passphrase)
            self.hand.press("Enter")
        self.hand.wait_for(lambda: self.window.main_view is not None, "unlocked desk")
        self.idle()

    def show(self, name: str) -> None:
        """Show a page by its name."""
        self._page(name, QWidget)

    def register(self, name: str) -> RegisterPage:
        return self._page(name, RegisterPage)

    def exchange(self) -> ExchangePage:
        return self._page("exchange", ExchangePage)

    def begin(self, register: str) -> EntryForm:
        """Open the form of a new record by its key."""
        page = self.register(register)
        self.shortcut(Qt.Key.Key_N)
        self.hand.wait_for(lambda: page.form.is_open and page.form.isVisible(), f"form of {register}")
        self.idle()
        return page.form

    def open(self, register: str, record: str) -> EntryForm:
        page = self.register(register)
        page.open_form(record)
        self.hand.wait_for(lambda: page.form.record == record and page.form.isVisible(), f"record in {register}")
        self.idle()
        return page.form

    def save(self, form: EntryForm) -> str:
        """Save by its key and return the record's id."""
        saved: list[str] = []
        form.saved.connect(lambda record, _number: saved.append(record))
        self.shortcut(Qt.Key.Key_S)
        self.hand.wait_for(lambda: saved or form.problems, "saved record")
        if not saved:
            codes = ", ".join(f"{problem.field}: {problem.code}" for problem in form.problems)
            raise DesktopError("demo_stuck", what=codes)
        self.idle()
        return saved[0]

    def search(self, register: str, text: str) -> None:
        """Find by typing into the search field."""
        page = self.register(register)
        self.shortcut(Qt.Key.Key_F)
        self.hand.type(text)
        self.hand.rest(0.4)
        self.idle()
        page.list.mark_first()
        self.idle()

    def dialog(self, kind: type[QDialog]) -> QDialog:
        """Wait for a dialog of a kind and return it."""
        found: list[QDialog] = []

        def look() -> bool:
            found.extend(one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible())
            return bool(found)

        self.hand.wait_for(look, kind.__name__)
        self.idle()
        return found[0]

    def shortcut(self, key: Qt.Key) -> None:
        """Press Ctrl and a key."""
        target: QWidget = QApplication.focusWidget() or self.window
        QTest.keyClick(target, key, Qt.KeyboardModifier.ControlModifier)
        self.hand.rest(0.1)

    def _answer(self, request: Request) -> Any:  # noqa: ANN401  whatever the use case gives
        answers: list[Any] = []
        errors: list[DesktopError] = []
        request.result.connect(answers.append)
        request.failed.connect(errors.append)
        self.hand.wait_for(lambda: answers or errors, "answer")
        if errors:
            raise errors[0]
        return answers[0]

    def _go_on(self, wizard: FirstRun) -> None:
        self.hand.rest()
        self.hand.wait_for(wizard.next.isEnabled, "answers in the set-up")
        wizard.next.click()
        self.hand.rest()

    def _page(self, name: str, kind: type[_PageT]) -> _PageT:
        self.come()
        desk = self.window.main_view
        if desk is None:
            raise DesktopError("demo_stuck", what="main view")
        desk.show_page(name)
        self.idle()
        page = desk.page
        if not isinstance(page, kind):
            raise DesktopError("demo_stuck", what=f"page {name}")
        return page
