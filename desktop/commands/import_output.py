"""What the commands of `sotram import` say, and how they read rows and columns that were typed."""

import re
import sys
from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final

from desktop.commands.console import Console
from desktop.errors import DesktopError
from desktop.workspace.base.session import Session
from desktop.workspace.imports import imports
from desktop.workspace.imports.imports import ImportNote, ImportOutcome, ImportSource


def carry_out(
    speaker: Console,
    session: Session,
    source: ImportSource,
    rows: Collection[int] | None,
    *,
    dry_run: bool,
    again: bool,
) -> None:
    """Preview or perform, and report; status 1 when nothing could be taken."""
    failure: DesktopError | None = None
    try:
        if dry_run:
            outcome = imports.preview(session, source, rows)
            failure = imports.nothing(outcome)
        else:
            outcome = imports.perform(session, source, rows, again=again)
    except DesktopError as error:
        if error.code not in {"import_nothing", "import_file_known"}:
            raise
        failure = error
        outcome = imports.preview(session, source, rows)
    speaker.result(_as_json(speaker, outcome, is_done=not dry_run and failure is None))
    if failure is not None:
        speaker.say_error(failure)
        sys.exit(1)


def _as_json(speaker: Console, outcome: ImportOutcome, *, is_done: bool) -> dict[str, object]:
    taken = [
        {"row": one.row, "record": one.record if is_done else None, "record_no": one.record_no, "draft": one.is_draft}
        for one in outcome.taken
    ]
    return {
        "id": outcome.id or None,
        "register": outcome.register,
        "kind": outcome.kind,
        "read": outcome.read,
        "imported": len(taken) if is_done else 0,
        "importable": len(taken),
        "records": taken,
        "skipped": _notes(speaker, outcome.skipped),
        "refused": _notes(speaker, outcome.refused),
        "warnings": _notes(speaker, outcome.warnings),
    }


def _notes(speaker: Console, notes: Iterable[ImportNote]) -> list[dict[str, str | int | None]]:
    return [
        {
            "row": note.row,
            "code": note.problem.code,
            "field": note.problem.field,
            "message": speaker.problem_text(note.problem),
        }
        for note in notes
    ]


_RANGE: Final = re.compile(r"([0-9]{1,7})(?:-([0-9]{1,7}))?")
_LETTERS: Final = re.compile(r"[A-Za-z]{1,2}")


def row_numbers(text: str | None) -> frozenset[int] | None:
    """Return the rows chosen, None for all. Raises DesktopError import_rows_unreadable."""
    if text is None:
        return None
    found: set[int] = set()
    for part in text.replace(" ", "").split(","):
        match = _RANGE.fullmatch(part)
        if match is None or int(match[2] or match[1]) - int(match[1]) > 1_000_000:
            raise DesktopError("import_rows_unreadable")
        found.update(range(int(match[1]), int(match[2] or match[1]) + 1))
    return frozenset(found)


def mapped_columns(heads: tuple[Any, ...], pairs: Iterable[str]) -> Mapping[int, str]:
    """Return the columns named by --map; an empty field leaves the column out."""
    found: dict[int, str] = {}
    for pair in pairs:
        head, path = _pair(pair)
        places = [place for place, text in enumerate(heads) if str(text or "").strip() == head]
        if not places and _LETTERS.fullmatch(head):
            number = 0
            for letter in head.upper():
                number = number * 26 + ord(letter) - ord("A") + 1
            places = [number - 1]
        if not places:
            raise DesktopError("import_head_unknown", head=head)
        found[places[0]] = path
    return found


def _pair(text: str) -> tuple[str, str]:
    name, sign, value = text.rpartition("=")
    if not sign or not name.strip():
        raise DesktopError("import_pair_unreadable", option=text)
    return name.strip(), value.strip()
