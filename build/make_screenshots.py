"""The pictures of the program, from seeded data, through the real window: `make screenshots`.

Light and dark at 1366 x 768, and at 1920 x 1080 with 150 %; into resources/screenshots or the folder given.
"""

import datetime as dt
import hashlib
import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PIL import Image
from PySide6.QtWidgets import QApplication

from desktop.crypto.argon2_params import Argon2Params
from desktop.demo import people
from desktop.demo.demo_station import DemoStation
from desktop.ui.base.preferences import Appearance
from desktop.workspace.base.definitions import read_definitions
from desktop.workspace.base.environment import Environment
from desktop.workspace.station.registry import StationSetup, create_registry

PASSPHRASE = "đèo gió mường thanh 27"  # noqa: S105  of a registry that is gone a minute later
NOW = dt.datetime(2026, 11, 21, 2, 30, tzinfo=dt.UTC)
SETUP = StationSetup(
    kind="commune",
    province="11",
    commune="03160",
    name="Công an xã Mường Nhé",
    officer_name="Hà Văn Sơn",
    officer_rank="Thiếu úy",
)


class Seeded:
    """Bytes that are the same at every run."""

    def __init__(self) -> None:
        self._drawn = 0

    def __call__(self, count: int) -> bytes:
        self._drawn += 1
        return hashlib.shake_256(f"pictures {self._drawn}".encode()).digest(count)


def main() -> None:
    target = Path(sys.argv[1]) if sys.argv[1:] else Path(__file__).parents[1] / "resources" / "screenshots"
    application = QApplication([])
    world = Environment(now=lambda: NOW, random=Seeded(), cost=Argon2Params.for_tests())
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        registry = Path(folder) / "post"
        with create_registry(registry, SETUP, PASSPHRASE, world, read_definitions()) as session:
            people.fill(session, 7, absences=16, victims=3)
        fresh = DemoStation(Path(folder) / "new", target, world)
        fresh.hand.picture("first-run-light")
        taken = fresh.hand.taken
        fresh.close()
        desk = DemoStation(registry, target, world)
        desk.hand.picture("unlock-light")
        desk.come()
        desk.unlock(PASSPHRASE)
        for theme in (Appearance.LIGHT, Appearance.DARK):
            desk.program.theme.appearance = theme
            take(desk, theme.value)
        desk.program.theme.appearance = Appearance.LIGHT
        desk.program.theme.scale = 150
        desk.window.resize(1920, 1080)
        take(desk, "light-150")
        taken += desk.hand.taken
        desk.close()
    application.processEvents()
    for path in taken:  # never others that lie in the folder
        with Image.open(path) as picture:
            small = picture.convert("RGB").quantize(128, dither=Image.Dither.NONE)
        small.save(path, optimize=True)


def take(desk: DemoStation, suffix: str) -> None:
    desk.show("today")
    desk.hand.picture(f"today-{suffix}")
    desk.register("absence").list.mark_first()
    desk.idle()
    desk.hand.picture(f"register-absence-{suffix}")
    desk.register("returned_victim").list.mark_first()
    desk.idle()
    desk.hand.picture(f"register-victims-{suffix}")
    desk.register("residence_check")
    desk.hand.picture(f"register-empty-{suffix}")
    form = desk.begin("absence")
    desk.hand.press("Enter")
    desk.hand.press("Enter")
    desk.idle()
    desk.hand.picture(f"form-absence-{suffix}")
    form.leave()
    desk.idle()
    desk.show("reports")
    desk.idle()
    desk.hand.picture(f"reports-{suffix}")
    desk.exchange()
    desk.hand.picture(f"exchange-{suffix}")
    desk.show("imports")
    desk.idle()
    desk.hand.picture(f"imports-{suffix}")


if __name__ == "__main__":
    main()
