"""The part of the demo about files from outside: a lodging's declaration brought in, compared, and taken back."""

from datetime import date, timedelta
from html import escape
from pathlib import Path
from typing import Final

from desktop.demo.demo_station import DemoStation
from desktop.domain.base.dates import moment
from desktop.errors import DesktopError
from desktop.ui.imports.import_page import ImportPage
from desktop.workspace.base.session import VIETNAM, Session
from desktop.workspace.imports import guest_imports
from desktop.workspace.records import records

_BRINGING, _GUESTS = 0, 2
_GUEST: Final = (
    "<THONG_TIN_KHACH><ho_ten>{name}</ho_ten><ngay_sinh>{born}</ngay_sinh><gioi_tinh>F</gioi_tinh>"
    "<ma_quoc_tich>LAO</ma_quoc_tich><so_ho_chieu>{number}</so_ho_chieu><so_phong>{room}</so_phong>"
    "<ngay_den>{arrived}</ngay_den><ngay_di_du_kien>{leaves}</ngay_di_du_kien></THONG_TIN_KHACH>"
)


def play(folder: Path, commune: DemoStation) -> list[str]:
    """Bring in a declaration of a lodging that was checked, compare it with the check, take it back.

    Raises:
        DesktopError: demo_stuck, with what was waited for.
    """
    found = commune.ask(_checked_lodging)
    if found is None:
        raise DesktopError("demo_stuck", what="a lodging that was checked")
    lodging, night, name, number = found
    file = folder / "khai_bao_luu_tru.xml"
    file.write_text(_declaration(night, name, number), encoding="utf-8")
    commune.show("imports")
    page = commune.window.findChild(ImportPage)
    if not isinstance(page, ImportPage):
        raise DesktopError("demo_stuck", what="import page")
    panel = page.bringing
    panel.head.lodging.setCurrentIndex(panel.head.lodging.findData(lodging))
    panel.open_file(file)
    commune.idle()
    commune.hand.picture("imports-rows")
    rows = panel.facts.text()
    panel.take.click()
    commune.hand.wait_for(page.notice.isVisible, "import")
    commune.idle()
    page.tabs.setCurrentIndex(_GUESTS)
    page.guests.lodging.setCurrentIndex(page.guests.lodging.findData(lodging))
    page.guests.night.show_day(night)
    page.guests.compare.click()
    commune.hand.wait_for(page.guests.facts.text, "comparison")
    commune.idle()
    commune.hand.picture("imports-check")
    compared = page.guests.facts.text()
    page.notice.act.click()
    commune.hand.wait_for(page.notice.act.isHidden, "undone import")
    commune.idle()
    page.tabs.setCurrentIndex(_BRINGING)
    return [f"12. A lodging's declaration was brought in ({rows}), compared ({compared}), and taken back."]


def _checked_lodging(session: Session) -> tuple[str, date, str, str] | None:
    """Return a lodging, a night on which a guest was checked there, and that guest's name and passport."""
    by_name = {name: record for record, name in guest_imports.lodgings(session)}
    for row in records.list_records(session, "residence_check").rows:
        values = records.read(session, row.record).values
        lodging = by_name.get(str(values.get("lodging_name")))
        at = moment(str(values.get("checked_at") or ""))
        if lodging is not None and at is not None:
            person = records.read(session, str(values["person"])).values
            return lodging, at.astimezone(VIETNAM).date(), str(person["full_name"]), str(values["passport_no"])
    return None


def _declaration(night: date, name: str, number: str) -> str:
    """Return a file as lodgings write it: the guest who was checked, two who were not, and typos."""
    day = f"{night:%d/%m/%Y}"
    leaves = f"{night + timedelta(days=2):%d/%m/%Y}"
    guests = (
        {"name": escape(name), "born": "1976", "number": number, "room": "101", "arrived": day},
        {"name": "CHANTHAVONG SOM", "born": "02/04/1992", "number": "PA7654321", "room": "102", "arrived": day},
        {"name": "TOM & JERRY", "born": "1988", "number": "PA7654322", "room": "102", "arrived": day},
        {"name": "[TEST] SAMPLE", "born": "01/01/1990", "number": "PA0000000", "room": "1", "arrived": day},
        {"name": "SISOUK NOY", "born": "03/05/1990", "number": "PA7654323", "room": "103", "arrived": "11/18/2026"},
    )
    inside = "\n".join(_GUEST.format(leaves=leaves, **guest) for guest in guests)
    return f"<KHAI_BAO_TAM_TRU>\n{inside}\n</KHAI_BAO_TAM_TRU>\n"
