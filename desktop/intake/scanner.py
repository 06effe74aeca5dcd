"""What a scanner typed, recognised: the QR code of an identity card, or the machine-readable zone of a document.

- A scanner is a keyboard: the text comes with the keyboard's layout, its case, its input method and its line ends.
- The text is bounded before it is looked at, and forgotten after.
- Nothing is written anywhere: the caller shows what was read, and what the officer typed before wins.
"""

import datetime as dt
import re
import unicodedata
from typing import Final

from desktop.domain.places.places import Places
from desktop.intake.id_card_qr import read_id_card, with_bars
from desktop.intake.mrz import has_length_of_zone, read_mrz, zone_of
from desktop.intake.scan_letters import undo_code_page
from desktop.intake.scan_results import Reading, ScanKind, ScanResult

__all__ = ["LONGEST_SCAN", "ScanKind", "ScanResult", "scan"]

LONGEST_SCAN: Final = 3000

_SYMBOLOGY: Final = re.compile(r"^\][A-Za-z][0-9]")  # AIM identifier that some scanners type first, as ]Q1


def scan(text: str, *, today: dt.date, places: Places | None) -> ScanResult:
    """Read what was scanned; `places` finds the commune of today, `today` shows which birthdays are to come."""
    if len(text) > LONGEST_SCAN:
        reading = Reading("unknown")
        reading.fail("scan_too_long", longest=LONGEST_SCAN)
        return reading.result()
    lines = _lines(unicodedata.normalize("NFC", undo_code_page(text)))
    zone = zone_of(lines)
    if zone is not None and has_length_of_zone(zone):
        return read_mrz(zone, today=today)
    barred = with_bars(" ".join(lines))
    if barred is not None:
        return read_id_card(barred, today=today, places=places)
    if zone is not None:
        return read_mrz(zone, today=today)
    reading = Reading("unknown")
    is_mangled_zone = "<<" in text and not text.isascii()
    reading.fail("scan_vietnamese_typing" if is_mangled_zone else "scan_unknown")
    return reading.result()


def _lines(text: str) -> list[str]:
    """Return the lines without control and invisible characters: CR, LF, GS and the like only end a line."""
    text = _SYMBOLOGY.sub("", text.lstrip("\ufeff"))
    marked = "".join(
        "\n" if unicodedata.category(sign) in {"Cc", "Zl", "Zp"} and sign != "\t" else sign for sign in text
    )
    visible = "".join(sign for sign in marked if unicodedata.category(sign) not in {"Cf", "Cs", "Co"})
    return [line.strip() for line in visible.split("\n") if line.strip()]
