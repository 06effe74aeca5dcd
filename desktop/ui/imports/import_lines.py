"""The lines of a preview, in words: rows of a file, things of a form, how many of each."""

from typing import Final

from PySide6.QtCore import QObject

from desktop.ui.base.widgets import Tone
from desktop.ui.tables.lines_table import TableLine
from desktop.workspace.imports.imports import ImportOutcome
from desktop.workspace.views.import_view import (
    FormNote,
    FormPreview,
    PreviewRow,
    RowState,
)

_ROWS_SHOWN: Final = 4


class ImportLines(QObject):
    """Speaks the language of the window."""

    def row(self, found: PreviewRow) -> TableLine:
        words, tone, icon = {
            RowState.TAKEN: (self.tr("can be taken"), Tone.DONE, "circle-check"),
            RowState.DOUBTFUL: (self.tr("look at it"), Tone.WARNING, "triangle-alert"),
            RowState.DRAFT: (self.tr("as a draft"), Tone.WARNING, "file-pen"),
            RowState.SKIPPED: (self.tr("left out"), Tone.NEUTRAL, "circle-minus"),
            RowState.REFUSED: (self.tr("refused"), Tone.DANGER, "circle-x"),
        }[found.state]
        is_taken = found.state not in {RowState.SKIPPED, RowState.REFUSED}
        cells = (str(found.row), words, found.content, found.notes)
        return TableLine(key=str(found.row), cells=cells, tone=tone, icon=icon, is_marked=True if is_taken else None)

    def note(self, note: FormNote) -> TableLine:
        rows = ", ".join(map(str, note.rows[:_ROWS_SHOWN])) + (" …" if len(note.rows) > _ROWS_SHOWN else "")
        place = f"{note.sheet} · {note.column}" if note.column else note.sheet
        cells = (rows, self.tr("look at it"), place, note.words)
        return TableLine(key="", cells=cells, tone=Tone.WARNING, icon="triangle-alert")

    def facts(self, outcome: ImportOutcome) -> str:
        words = self.tr("{read} rows read: {taken} can be taken, {skipped} left out, {refused} refused")
        counts = {
            "read": outcome.read,
            "taken": len(outcome.taken),
            "skipped": len({note.row for note in outcome.skipped}),
            "refused": len({note.row for note in outcome.refused}),
        }
        for name, count in counts.items():
            words = words.replace(f"{{{name}}}", str(count))
        return words

    def form_facts(self, found: FormPreview) -> str:
        if not found.is_changed:
            return self.tr("This register is here already, unchanged.")
        words = self.tr("{fields} questions become fields; {notes} things to look at")
        return words.replace("{fields}", str(found.fields)).replace("{notes}", str(len(found.notes)))
