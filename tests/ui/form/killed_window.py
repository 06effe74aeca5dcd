"""A child that types into the real window for ever, to be killed in the midst of it.

Usage: python killed_window.py REGISTRY PASSPHRASE. At first no pause in typing keeps a draft: it is kept when a field
is left, or never. After each field left it waits for the draft and prints the field's path. Then it types on into the
last one, where pauses keep drafts as usual, without end, and prints a line after each few letters.
"""

import os
import sys
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtWidgets import QApplication

from desktop.demo.demo_station import DemoStation
from desktop.ui.form.entry_form import EntryForm
from tests.conftest import World

PERSON = (("person.dob", "14031996"), ("person.gender", "F"), ("person.personal_id", "011196000123"))
FIELDS = (
    ("absent_since", "3/2026"),
    ("return_expected", "01122026"),
    ("absence_reason_declared", "LAM_AN"),
    ("declared_absence", "k"),
)


def main(registry: Path, passphrase: str) -> None:
    _application = QApplication([])
    desk = DemoStation(registry, registry.parent / "pictures", World().environment)
    desk.unlock(passphrase)
    form = desk.begin("absence")
    desk.hand.type("Vu Thi My")
    desk.hand.rest(0.6)
    desk.hand.press("Enter")
    set_pauses(form, 1000)
    for path, keys in (*PERSON, *FIELDS):
        form.fields.go(path)
        leave(desk, form, path, keys)
    form.fields.go("destination_place")
    set_pauses(form, 1 / 1000)
    while True:
        desk.hand.type("Con Minh ")
        desk.hand.rest(0.05)
        print("typed", flush=True)  # noqa: T201  its output


def leave(desk: DemoStation, form: EntryForm, path: str, keys: str) -> None:
    """Type an answer that leaves its field, and tell when the draft with it is on the disk."""
    kept: list[str] = []
    form.keeper.kept.connect(lambda: kept.append(path))
    desk.hand.type(keys)
    before = len(kept)
    desk.hand.press("Enter")
    desk.hand.wait_for(lambda: len(kept) > before, f"draft after {path}")
    print(path, flush=True)  # noqa: T201  its output


def set_pauses(form: EntryForm, times: float) -> None:
    """Change the pauses after which a draft is kept though no field was left."""
    for timer in (form.keeper._idle, form.keeper._latest):
        timer.setInterval(round(timer.interval() * times))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
