"""The window: set-up, passphrase, or the desk with its pages.

- The registry is open exactly while the desk exists: locking keeps the drafts, closes the registry, destroys the desk.
- After at most five minutes without a key or the mouse it locks by itself; a page with victims' data is covered as
  soon as another program has the focus (legal_and_forms.md 7.1).
- A language or a theme can change at any time; a language builds the parts of the window anew.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from desktop.ui.desk import PageEntry
from desktop.ui.operations import Opened
from desktop.ui.pages import Page
from desktop.workspace.session import Definitions
from desktop.workspace.surroundings import Surroundings


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """Which registry is opened, and with what."""

    folder: Path
    surroundings: Surroundings
    definitions: Definitions


RegisterPages = Callable[[Opened, str], Page]
MorePages = Callable[[Opened], tuple[PageEntry, ...]]
