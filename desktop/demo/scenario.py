"""What the demo plays: two posts and a province, three registers, a card and a passport scanned, a conflict settled.

- Everything goes through the real windows, their worker threads and encrypted registries; people and cases are made up.
- With a display the windows are shown, at a pace one can follow; without one the same windows are driven offscreen.
"""

import os
import secrets
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from PySide6.QtCore import QMessageLogContext, Qt, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.crypto.argon2_params import Argon2Params
from desktop.demo import (
    folder,
    opening,
    outside_files,
    year_scenario,
)
from desktop.demo.demo_station import DemoStation
from desktop.errors import DesktopError
from desktop.ui.base.preferences import Appearance
from desktop.ui.form.entry_form import EntryForm
from desktop.ui.records.conflict_dialog import ConflictDialog
from desktop.ui.shell.display import why_no_screen
from desktop.ui.viewers.print_preview import PrintPreview
from desktop.workspace.base.environment import Environment
from desktop.workspace.exchange import exchange, stations
from desktop.workspace.records import conflicts, history, records
from desktop.workspace.station import maintenance

PASSPHRASE: Final = "đèo gió mường thanh 27"  # noqa: S105  of registries made up here
CARD: Final = "011199012345|123456789|Nguyễn Thị Đào|14021999|Nữ|Bản Nậm Kè, Nậm Kè, Mường Nhé, Điện Biên|05062021"
VICTIM_CARD: Final = "011305004567||Vàng Thị Mỷ|02092005|Nữ|Bản Nà Sự, Chà Nưa, Nậm Pồ, Điện Biên|11072022"
PASSPORT: Final = "P<LAOKHAMVONGSA<<BOUNMY<<<<<<<<<<<<<<<<<<<<<\nPA12345673LAO9004126M3103119<<<<<<<<<<<<<<08\n"
ABSENCE: Final = {
    "case_kind": "VM_LN",
    "absent_since": "03/2026",
    "absence_reason_declared": "LAM_AN",
    "absence_reason_assessed": "KHONG_RO",
    "declared_absence": "k",
    "destination_country": "CHN",
    "risk_level": "1",
    "source_of_information": "GIA_DINH",
}


VICTIM: Final = {
    "return_channel": "TU_VE",
    "return_date": "18/11/2026",
    "return_point": "Lối mở A Pa Chải",
    "reception_unit": "Đồn Biên phòng A Pa Chải",
    "received_at": "18/11/2026 16:40",
    "urgent_needs": "a",
    "wishes": "Về ở với mẹ, tiếp tục đi học nghề.",
    "wants_shelter": "k",
    "safety_risk": "KHONG",
    "consent_to_interview": "c",
    "consent_informed_purpose": "c",
    "consent_informed_use": "c",
    "consent_informed_research": "k",
    "consent_informed_access": "c",
    "consent_informed_storage": "c",
    "consent_informed_withdrawal": "c",
    "consent_given_by": "BAN_THAN",
    "consent_date": "18/11/2026",
    "victim_status": "TRINH_BAO",
    "source_of_information": "TU_TRINH_BAO",
}
RESIDENCE_CHECK: Final = {
    "check_kind": "DINH_KY",
    "checked_at": "20/11/2026 20:15",
    "place": "sin thau",
    "team": "Lò Thị Bun",
    "witness": "Pờ Dần Sinh",
    "host": "Lỳ Xì Lúy",
    "lodging_type": "NHA_NGHI",
    "lodging_border_area": "c",
    "remote_area": "c",
    "passport_kind": "PT",
    "issue_date": "11/03/2021",
    "arrived_at": "20/11/2026 09:00",
    "declare_channel": "NA17",
    "declared_at": "20/11/2026 10:30",
    "stay_from": "20/11/2026",
    "stay_to": "23/11/2026",
    "room_no": "102",
    "vulnerability_flag": "k",
    "status_result": "HL",
    "source_of_information": "KIEM_TRA",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoPlace:
    """Where the demo leaves its things."""

    out: Path

    @property
    def pictures(self) -> Path:
        return self.out / "screens"

    @property
    def stick(self) -> Path:
        return self.out / "stick"

    @property
    def papers(self) -> Path:
        return self.out / "papers"


def play(out: Path, say: Callable[..., None]) -> None:
    """Play the story and print what was done, where it lies and how it is opened.

    `say` is given the code of a sentence and its places: what of an earlier demo makes way, or that no screen is there.

    Raises:
        DesktopError: demo_folder_not_ours, demo_folder_not_written; demo_stuck, with what was waited for.
    """
    begun = time.monotonic()
    _make_way(out, say)
    if why := why_no_screen():
        say("demo_without_screen", why=why)
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        qInstallMessageHandler(_without_the_offscreen_plugin)
    QApplication.instance() or QApplication([])
    place = DemoPlace(out=out)
    pace = 0.12 if QGuiApplication.platformName() != "offscreen" else 0.0
    environment = Environment(now=lambda: datetime.now(UTC), random=secrets.token_bytes, cost=Argon2Params.FLOOR)
    desks = {name: DemoStation(out / name, place.pictures, environment, pace=pace) for name in folder.STATIONS}
    try:
        stated = _report(place, desks["commune"], desks["border"], desks["province"])
        lines = [*stated, "", f"{time.monotonic() - begun:.0f} s; registries, bundles, papers and screens lie in {out}"]
        lines += _how_to_open(out / "commune")
        (out / "summary.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    finally:
        for desk in desks.values():
            desk.close()
        folder.mark(out)
    print("\n".join(lines))  # noqa: T201  what the demo is for


def _make_way(out: Path, say: Callable[..., None]) -> None:
    """Clear the folder of an earlier demo, and mark it before anything is put there."""
    try:
        cleared = folder.clear(out)
        for name, aside in cleared.kept.items():
            say("demo_keeps", name=name, aside=aside, folder=str(out))
        if cleared.removed:
            say("demo_replaces", names=", ".join(cleared.removed), folder=str(out))
        place = DemoPlace(out=out)
        for made in (out, place.pictures, place.stick, place.papers):
            made.mkdir(parents=True, exist_ok=True)
        folder.mark(out)
    except OSError as error:
        raise DesktopError("demo_folder_not_written", folder=str(out), reason=error.strerror or "") from None


def _how_to_open(registry: Path) -> list[str]:
    window, listing = opening.commands(registry, "absence")
    return [
        f"They open with the passphrase: {PASSPHRASE}",
        f"  {window}",
        f"  {listing}",
    ]


def _without_the_offscreen_plugin(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:  # noqa: ARG001
    """Say what Qt says, but not what a screen that nobody sees cannot do."""
    if not message.startswith("This plugin does not support"):
        print(message, file=sys.stderr)  # noqa: T201  Qt's own words


def _report(place: DemoPlace, commune: DemoStation, border: DemoStation, province: DemoStation) -> list[str]:
    said = []
    commune.set_up("commune", "dien bien", "muong nhe", "Công an xã Mường Nhé", "Hà Văn Sơn", PASSPHRASE)
    border.set_up("border", "dien bien", "sin thau", "Đồn Biên phòng A Pa Chải", "Lò Thị Bun", PASSPHRASE)
    province.set_up("province", "dien bien", "", "Công an tỉnh Điện Biên", "Quàng Văn Phấn", PASSPHRASE)
    said.append("1. Two posts and a province office were set up, each with keys of its own.")
    for one, other in ((commune, province), (border, province), (commune, border)):
        _introduce(place, one, other)
        _introduce(place, other, one)
    said.append("2. Station cards were exchanged and trusted after their fingerprints were compared.")
    absence = _enter_absence(commune)
    said.append("3. A citizen's card was scanned, an absence entered by keyboard, found by `nguyen thi dao`, changed.")
    _enter_victim(border)
    _enter_residence_check(border)
    said.append(
        "4. A returned victim was entered under a case code, a foreigner's residence check from a passport's MRZ."
    )
    papers = _print(place, commune, "absence", absence)
    said.append(f"5. The official form was previewed and saved: {papers.name}, {papers.stat().st_size // 1024} kB.")
    _carry(place, commune, border, "bundle-to-neighbour")
    _edit(commune, absence, "destination_place", "Côn Minh, Vân Nam")
    _edit(border, absence, "destination_place", "Quảng Châu, Quảng Đông")
    _carry(place, commune, province, "bundle-to-province")
    received = _carry(place, border, province, "second-bundle-to-province")
    said.append(f"6. Bundles travelled by stick: {received}")
    said.append(_settle(commune, border, province, place, absence))
    _look_around(commune)
    said.append("8. The desk was locked and opened again; the same pages in the dark.")
    said.extend(year_scenario.play(place.papers, commune, border, province, lambda *who: _carry(place, *who)))
    said.extend(outside_files.play(place.out, commune))
    said.extend(_compare(commune, border, province, absence))
    return said


def _introduce(place: DemoPlace, known: DemoStation, to: DemoStation) -> None:
    """Hand a card over and compare its fingerprint, as two people with one stick and one telephone do."""
    page = known.exchange()
    own = known.ask(stations.own_card)
    card = place.stick / f"{own.station}.card"
    page.save_card(card)
    known.idle()
    other = to.exchange()
    other.add_card(card)
    to.idle()
    other.trust(own.station, own.fingerprint)
    to.idle()


def _enter_absence(desk: DemoStation) -> str:
    hand = desk.hand
    desk.register("absence")
    hand.picture("register-empty")
    form = desk.begin("absence")
    hand.picture("absence-new")
    hand.type(CARD)
    hand.press("Enter")
    hand.wait_for(lambda: _filled_person(form), "scanned card")
    desk.idle()
    hand.picture("absence-card-scanned")
    hand.fill(form, ABSENCE)
    hand.picture("absence-filled")
    record = desk.save(form)
    desk.search("absence", "nguyen thi dao")
    hand.picture("absence-found")
    _edit(desk, record, "destination_place", "Hà Khẩu")
    desk.register("absence").list.mark(record)
    desk.idle()
    return record


def _enter_victim(desk: DemoStation) -> str:
    """A victim who came back by herself; the name is never on the screen but in her own form."""
    hand = desk.hand
    form = desk.begin("returned_victim")
    hand.type(VICTIM_CARD)
    hand.press("Enter")
    hand.wait_for(lambda: _filled_person(form), "scanned card")
    desk.idle()
    hand.fill(form, VICTIM)
    hand.picture("victim-filled")
    record = desk.save(form)
    desk.register("returned_victim").list.mark(record)
    desk.idle()
    hand.picture("victims-by-case-code")
    return record


def _enter_residence_check(desk: DemoStation) -> str:
    hand = desk.hand
    form = desk.begin("residence_check")
    hand.type(PASSPORT)
    hand.wait_for(lambda: _filled_person(form), "scanned passport")
    desk.idle()
    hand.picture("residence-check-passport-scanned")
    hand.fill(form, RESIDENCE_CHECK)
    hand.picture("residence-check-filled")
    record = desk.save(form)
    desk.register("residence_check").list.mark(record)
    desk.idle()
    hand.picture("residence-check-saved")
    return record


def _edit(desk: DemoStation, record: str, field: str, text: str) -> None:
    """Open a record, type over one field, save."""
    form = desk.open("absence", record)
    form.fields.body.blocks[field].focus()
    desk.shortcut(Qt.Key.Key_A)
    desk.hand.type(text)
    desk.hand.press("Enter")
    desk.save(form)


def _print(place: DemoPlace, desk: DemoStation, register: str, record: str) -> Path:
    page = desk.register(register)
    page.print_wanted.emit(register, record)
    preview = desk.dialog(PrintPreview)
    if isinstance(preview, PrintPreview):
        desk.hand.wait_for(lambda: preview.page_count > 0, "print preview")
        desk.hand.rest(0.5)
        desk.hand.picture("print-preview", preview)
        preview.save_as(place.papers / "ct03.pdf")
    preview.close()
    desk.idle()
    return place.papers / "ct03.pdf"


def _carry(place: DemoPlace, sender: DemoStation, receiver: DemoStation, name: str) -> str:
    """Send by stick and receive at the other station; return what the receiver was shown."""
    to = receiver.ask(stations.own_card)
    before = set(place.stick.glob("*.sotram"))
    page = sender.exchange()
    page.drive.choose(place.stick)
    page.send(to.station)
    sender.idle()
    sender.hand.picture(f"{name}-sent")
    (bundle,) = set(place.stick.glob("*.sotram")) - before
    there = receiver.exchange()
    there.receive(bundle)
    receiver.idle()
    receiver.hand.picture(f"{name}-received")
    return receiver.ask(exchange.exchange_log_entries)[0].verdict


def _settle(commune: DemoStation, border: DemoStation, province: DemoStation, place: DemoPlace, record: str) -> str:
    """Choose between the two values at the province; the choice goes back to both posts."""
    page = province.exchange()
    page.conflict_wanted.emit(record)
    dialog = province.dialog(ConflictDialog)
    province.hand.picture("conflict", dialog)
    QTest.keyClick(dialog, Qt.Key.Key_1)
    province.hand.rest()
    province.hand.picture("conflict-chosen", dialog)
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    province.hand.wait_for(lambda: not province.ask(conflicts.list_conflicts), "settled conflict")
    province.idle()
    _carry(place, province, commune, "answer-to-commune")
    _carry(place, province, border, "answer-to-border")
    return "7. Two officers had changed one field apart: both values were shown, one was chosen, the choice came back."


def _look_around(desk: DemoStation) -> None:
    """Lock, unlock, and see the pages once more, in the dark."""
    desk.lock_and_unlock(PASSPHRASE)
    desk.hand.picture("today")
    desk.program.theme.appearance = Appearance.DARK
    desk.register("absence").list.mark_first()
    desk.idle()
    desk.hand.picture("register-dark")
    desk.program.theme.appearance = Appearance.LIGHT


def _compare(commune: DemoStation, border: DemoStation, province: DemoStation, record: str) -> list[str]:
    views = [desk.ask(records.read, record) for desk in (commune, border, province)]
    equal = all(view.values == views[0].values for view in views)
    entries = province.ask(history.history, record)
    report = province.ask(maintenance.check)
    sameness = "equal" if equal else "NOT equal"
    officers = len({entry.officer for entry in entries})
    soundness = "sound" if report.is_sound else "NOT sound"
    return [
        f"13. The record is {sameness} at both posts and the province; {len(entries)} changes by {officers} officers.",
        f"14. The province's registry: {report.operations} operations, {report.records} records, {soundness}.",
    ]


def _filled_person(form: EntryForm) -> bool:
    value = form.fields.body.values().get("person")
    return isinstance(value, dict) and bool(value.get("full_name"))
