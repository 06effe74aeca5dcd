"""Setting up a post: kind, place, names, passphrase; then the recovery code. Five steps, none of them a pop-up.

- Nothing is written before the passphrase is chosen; `setup_given` carries everything at once.
- The recovery code comes back from the workspace; the set-up is over when its last characters were typed.
"""

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from desktop.errors import DesktopError
from desktop.sentences import Language
from desktop.ui.base.message_bar import MessageBar
from desktop.ui.base.tokens import Space
from desktop.ui.base.widgets import (
    Button,
    Icon,
    LinkButton,
    Paragraph,
    PrimaryButton,
    Text,
    TextRole,
    column,
    row,
    scaled,
)
from desktop.ui.form.unit_picker import UnitChoice
from desktop.ui.shell.first_run_pages import (
    KindPage,
    NamesPage,
    PassphrasePage,
    PlacePage,
    RecoveryPage,
    SetupPage,
    post_name,
)
from desktop.workspace.station.registry import StationSetup

_CONTENT_WIDTH = 720


class FirstRun(QWidget):
    """Asks what a new registry needs.

    `setup_given` carries a StationSetup and the passphrase; answer with `show_recovery_code` or `show_error`.
    """

    setup_given = Signal(object, str)
    finished = Signal()
    language_wanted = Signal(str)

    def __init__(
        self,
        language: Language,
        provinces: Iterable[UnitChoice],
        communes: Callable[[str], Iterable[UnitChoice]],
        propose: Callable[[], str],
    ) -> None:
        super().__init__()
        self._step = 0
        self.kind_page = KindPage()
        self.place_page = PlacePage(provinces, communes)
        self.names_page = NamesPage()
        self.passphrase_page = PassphrasePage(propose)
        self.recovery_page = RecoveryPage(language)
        self._pages: tuple[SetupPage, ...] = (
            self.kind_page,
            self.place_page,
            self.names_page,
            self.passphrase_page,
            self.recovery_page,
        )
        self._steps = StepList(
            (
                self.tr("Kind of post"),
                self.tr("Place"),
                self.tr("Names"),
                self.tr("Passphrase"),
                self.tr("Recovery code"),
            )
        )
        self._title = Text("", TextRole.TITLE)
        self._hint = Paragraph("", TextRole.MUTED)
        self.notice = MessageBar(language)
        self._stack = QStackedWidget()
        for page in self._pages:
            page.answered_changed.connect(self._enable)
            self._stack.addWidget(page)
        self.back = Button(self.tr("Back"))
        self.back.clicked.connect(self._go_back)
        self.next = PrimaryButton("")
        self.next.clicked.connect(self._go_on)
        self.language = LinkButton("English" if language == "vi" else "Tiếng Việt", "languages")
        self.language.clicked.connect(self._switch_language)
        self._other_language: Language = "en" if language == "vi" else "vi"
        self._lay_out()
        self._show()

    def show_recovery_code(self, code: str) -> None:
        """The registry exists now; only the code is left."""
        self.recovery_page.show_code(code, self.names_page.name.text().strip())
        self.passphrase_page.fields.clear()
        self._step = len(self._pages) - 1
        self._show()

    def show_error(self, error: DesktopError) -> None:
        self.notice.show_error(error)
        self._enable()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._pages[self._step].enter()

    def _lay_out(self) -> None:
        side = QFrame()
        side.setProperty("role", "raised")
        side.setFixedWidth(scaled(260))
        mark = column(
            (Text("SOTRAM", TextRole.OVERLINE), Text(self.tr("Set up a post"), TextRole.SECTION)), space=Space.HAIR
        )
        left = column((mark,), space=Space.WIDE, margin=Space.WIDE)
        left.addWidget(self._steps)
        left.addStretch(1)
        left.addWidget(self.language, 0, Qt.AlignmentFlag.AlignLeft)
        side.setLayout(left)
        foot = row((self.back,), space=Space.TIGHT)
        foot.addStretch(1)
        foot.addWidget(self.next)
        content = column((column((self._title, self._hint), space=Space.HAIR),), space=Space.USUAL)
        content.addWidget(self._stack, 1)
        content.addWidget(self.notice)
        content.addLayout(foot)
        inside = QWidget()
        inside.setLayout(content)
        inside.setMaximumWidth(scaled(_CONTENT_WIDTH))
        right = row((), margin=Space.BROAD)
        right.addStretch(1)
        right.addWidget(inside, 8)
        right.addStretch(1)
        layout = row((side,), space=0)
        layout.addLayout(right, 1)
        self.setLayout(layout)

    def _show(self) -> None:
        page = self._pages[self._step]
        self._stack.setCurrentWidget(page)
        self._steps.show_step(self._step)
        self._title.setText(page.title)
        self._hint.set_plain(page.hint)
        self.notice.clear()
        is_last = page is self.recovery_page
        self.back.setVisible(self._step > 0 and not is_last)
        self.language.setVisible(not is_last)
        if page is self.passphrase_page:
            self.next.setText(self.tr("Create the registry"))
        else:
            self.next.setText(self.tr("Start working") if is_last else self.tr("Continue"))
        page.enter()
        self._enable()

    def _enable(self) -> None:
        self.next.setEnabled(self._pages[self._step].is_answered)

    def _go_back(self) -> None:
        self._step -= 1
        self._show()

    def _go_on(self) -> None:
        page = self._pages[self._step]
        if page is self.recovery_page:
            self.finished.emit()
        elif page is self.passphrase_page:
            self.next.setEnabled(False)
            self.next.setText(self.tr("Creating the registry"))
            self.setup_given.emit(self._setup(), self.passphrase_page.fields.passphrase)
        else:
            self._step += 1
            self._prepare(self._pages[self._step])
            self._show()

    def _prepare(self, page: SetupPage) -> None:
        kind = self.kind_page.kind
        province, commune = self.place_page.province.unit, self.place_page.commune.unit
        if page is self.place_page:
            self.place_page.ask_for(kind)
        elif page is self.names_page:
            self.names_page.propose(post_name(kind, province.name if province else "", commune.name if commune else ""))
        elif page is self.passphrase_page:
            self.passphrase_page.fields.set_known((self.names_page.name.text(), self.names_page.officer_name.text()))

    def _setup(self) -> StationSetup:
        kind, names = self.kind_page.kind, self.names_page
        province, commune = self.place_page.province.unit, self.place_page.commune.unit
        return StationSetup(
            kind=kind,
            province=province.code if province else "",
            commune=commune.code if commune and kind != "province" else None,
            name=names.name.text().strip(),
            officer_name=names.officer_name.text().strip(),
            officer_rank=names.officer_rank.currentText().strip(),
            officer_position=names.officer_position.text().strip(),
        )

    def _switch_language(self) -> None:
        self.language_wanted.emit(self._other_language)


class StepList(QWidget):
    """The steps of the set-up: done ones ticked, the present one in bold."""

    def __init__(self, names: Iterable[str]) -> None:
        super().__init__()
        self._icons: list[Icon] = []
        self._names: list[Text] = []
        layout = column((), space=Space.SNUG)
        for name in names:
            self._icons.append(Icon("circle"))
            self._names.append(Text(name, TextRole.MUTED))
            layout.addLayout(row((self._icons[-1], self._names[-1]), space=Space.SNUG))
        self.setLayout(layout)

    def show_step(self, step: int) -> None:
        for number, (icon, name) in enumerate(zip(self._icons, self._names, strict=True)):
            if number < step:
                icon.show_icon("circle-check", TextRole.DONE)
                name.set_role(TextRole.BODY)
            elif number == step:
                icon.show_icon("circle-dot", TextRole.ACCENT)
                name.set_role(TextRole.STRONG)
            else:
                icon.show_icon("circle", TextRole.MUTED)
                name.set_role(TextRole.MUTED)
