"""What the window asks of a page, and what a page asks of the window.

- A page is built by a factory, shown in the stack beside the sidebar, and destroyed when the registry is locked.
- The window owns the keys: it calls `perform(act)` on the page shown when `can(act)` says so. A page sets no shortcut
  of its own for an act, or Qt finds two and takes neither.
- `stale(what)` comes after every write anywhere, with register ids and words of `Subject`; the page decides.
- `leave()` keeps what is unsaved as a draft. It is also called before locking, when its answer is not asked.
"""

from enum import StrEnum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget


class Subject(StrEnum):
    """What a write can touch besides registers."""

    CONFLICTS = "conflicts"
    DRAFTS = "drafts"
    EXCHANGE = "exchange"
    OFFICERS = "officers"
    STATIONS = "stations"


class Act(StrEnum):
    """What a key asks of the page shown (keys.py says which key)."""

    NEW = "new"
    SAVE = "save"
    FIND = "find"
    PRINT = "print"
    PERSON = "person"
    FIELD_HELP = "field_help"
    CODES = "codes"
    SECTION = "section"
    REPEAT = "repeat"
    NEXT_PROBLEM = "next_problem"
    NOTE = "note"
    NOTES = "notes"
    GO_TO = "go_to"
    DOUBLE_ENTRY = "double_entry"
    RESUME = "resume"


class Page(QWidget):
    """One entry of the sidebar. Subclasses set `title` and override what they need."""

    record_wanted = Signal(str, str)
    """Register and record to open, wherever that is shown."""

    form_wanted = Signal(str, str, str)
    """Register, record (empty for the draft of a new one) and field (empty for the first): open its form."""

    double_entry_wanted = Signal(str)
    """A record that a second officer keys again."""

    page_wanted = Signal(str)
    """A page by its name: `today`, `exchange` or a register's id."""

    conflict_wanted = Signal(str)
    """A record whose conflicts are to be settled."""

    print_wanted = Signal(str, str)
    """Register and record to print."""

    status_said = Signal(str)
    """A fact for the status line: saved, sent, found."""

    opens_scanned = False
    """Whether a scan may leave the page for the person it found: nothing is being done there."""

    title = ""
    holds_victim_data = False
    """The page is covered while another program has the focus (LEGAL.md 7.1)."""

    def activate(self) -> None:
        """The page is now the one shown: fetch what is missing, put the focus where work begins."""

    def stale(self, what: frozenset[str]) -> None:
        """Something was written; fetch again if it is shown here."""

    def leave(self) -> bool:
        """Keep what is unsaved; False keeps the officer here."""
        return True

    def open_record(self, record: str) -> None:
        """Show one record of this page's register."""

    def open_form(self, record: str, field: str = "") -> None:
        """Open the form of a record of this page's register, or of a new one."""

    def take_scan(self, text: str) -> bool:  # noqa: ARG002  overridden
        """Do with a scan what this page is for; False leaves it to the window, which looks for its person."""
        return False

    def begin_scanned(self, text: str) -> None:
        """Begin a record of this page's register with a scan."""

    def can(self, act: Act) -> bool:  # noqa: ARG002  overridden
        return False

    def perform(self, act: Act) -> None:
        """Do what a key asks; called only when `can(act)`."""
