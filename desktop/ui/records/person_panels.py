"""The parts of a person's page: identity and household, what concerns the person, who the person is linked to."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.ui.base.theme import Theme
from desktop.ui.base.tokens import Space
from desktop.ui.base.widgets import (
    Paragraph,
    Text,
    TextRole,
    column,
)
from desktop.ui.records.summary import Summary
from desktop.ui.tables.record_table import RecordRow, RecordTable
from desktop.workspace.people.households import Ground, HouseholdMember
from desktop.workspace.people.people import REGISTER, PersonPage, TimelineEntry
from desktop.workspace.records.links import LinkedRecord
from desktop.workspace.views.preview_view import PreviewLine, PreviewSection

_MOST_SEEN = 8


class IdentityPanel(QWidget):
    """Labels and values, old numbers and other names among them; below, who lives in the same household."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("role", "page")
        self.summary = Summary()
        self.household = RecordTable(theme, self.tr("Household"))
        self._heading = Text(self.tr("Household"), TextRole.STRONG)
        self._hint = Paragraph(self.tr("As the register of people says: same head, or same house."), TextRole.SMALL)
        layout = column((self.summary, self._heading, self._hint, self.household), space=Space.TIGHT)
        layout.setContentsMargins(0, 0, Space.TIGHT, 0)
        layout.addStretch(1)
        self.setLayout(layout)

    def show_page(self, page: PersonPage) -> None:
        lines = [_line(one.label, one.text) for one in page.identity]
        if page.old_numbers:
            lines.append(_line(self.tr("Old numbers"), "\n".join(page.old_numbers)))
        if page.other_names:
            lines.append(_line(self.tr("Other names"), "\n".join(page.other_names)))
        self.summary.show_sections([PreviewSection(label=self.tr("Identity"), lines=tuple(lines))])
        self._show_household(page.household)

    def _show_household(self, members: Sequence[HouseholdMember]) -> None:
        headings = (self.tr("Name"), self.tr("Relation"), self.tr("Ground"))
        rows = [
            RecordRow(
                register=REGISTER,
                record=one.record,
                cells=(
                    one.title,
                    one.relation,
                    self.tr("same head") if one.ground is Ground.HEAD else self.tr("same house"),
                ),
            )
            for one in members
        ]
        self.household.show_rows(headings, rows, 0)
        self.household.setFixedHeight(self.household.height_of_rows(_MOST_SEEN))
        for part in (self._heading, self._hint, self.household):
            part.setVisible(bool(rows))


class TimelineCard(QWidget):
    """The records that concern the person, newest first."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.table = RecordTable(theme, self.tr("What concerns this person"))
        self._nothing = Paragraph(self.tr("No record of another register names this person."), TextRole.MUTED)
        self.setLayout(_titled(self.tr("What concerns this person"), self.table, self._nothing))

    def show_entries(self, entries: Sequence[TimelineEntry]) -> None:
        headings = (self.tr("Day"), self.tr("Record"), self.tr("Number"), self.tr("As"), self.tr("State"))
        rows = [
            RecordRow(
                register=one.register,
                record=one.record,
                cells=(
                    f"{one.at:%d/%m/%Y}",
                    one.register_label,
                    one.title if one.is_protected else one.record_no,
                    ", ".join(one.roles),
                    one.status,
                ),
                icon="shield" if one.is_protected else "",
                hint=self.tr("Shown for one minute: it concerns a victim or an informant.") if one.is_protected else "",
            )
            for one in entries
        ]
        self.table.show_rows(headings, rows, 3)
        self.table.setVisible(bool(rows))
        self._nothing.setVisible(not rows)


class LinksCard(QWidget):
    """The people and other records that this person is linked to; `key` of a line is the link an officer made."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.table = RecordTable(theme, self.tr("People linked to this one"))
        self._nothing = Paragraph(
            self.tr("Nobody yet. Ins adds a link: family, company on the way, the same lodging."), TextRole.MUTED
        )
        self.setLayout(_titled(self.tr("People linked to this one"), self.table, self._nothing))

    def show_links(self, links: Sequence[LinkedRecord]) -> None:
        headings = (self.tr("Kind"), self.tr("Person"), self.tr("Note"), self.tr("Made by"))
        rows = [
            RecordRow(
                register=one.register,
                record=one.record,
                cells=(one.label, one.title, one.note, self._maker(one)),
                hint=" · ".join(part for part in (one.record_no, one.note) if part),
                icon="shield" if one.is_protected else "",
                key=one.link or "",
            )
            for one in links
        ]
        self.table.show_rows(headings, rows, 2)
        self.table.setVisible(bool(rows))
        self._nothing.setVisible(not rows)

    def _maker(self, one: LinkedRecord) -> str:
        if one.made_at is None:
            return self.tr("a form")
        return f"{one.made_by} · {one.made_at:%d/%m/%Y}"


def _line(label: str, text: str) -> PreviewLine:
    return PreviewLine(label=label, text=text, is_secret=False, has_conflict=False)


def _titled(title: str, table: RecordTable, nothing: Paragraph) -> QVBoxLayout:
    layout = column((Text(title, TextRole.SECTION), nothing, table), space=Space.TIGHT)
    layout.setStretch(2, 1)
    layout.addStretch(0)
    return layout
