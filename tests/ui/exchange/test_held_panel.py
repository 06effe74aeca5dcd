"""Held bundles in the window: an empty state, the list, a retry after trust, and a deletion that needs a reason."""

import re
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.ui.base.registry_worker import RegistryWorker
from desktop.ui.exchange.exchange_page import ExchangePage
from desktop.workspace.base.session import Session
from desktop.workspace.exchange import exchange, held_bundles, stations
from desktop.workspace.records import records
from tests.ui.conftest import AtDesk, answer
from tests.ui.exchange.test_exchange_page import arrive, page, stick
from tests.workspace.exchange.test_held_bundles import sent

__all__ = ["page", "sent", "stick"]
_HELD = 4
_DESKTOP = Path(__file__).parents[3] / "desktop"


def test_nothing_held_is_said_so(page: ExchangePage, at_desk: AtDesk, commune: Session, qtbot: QtBot) -> None:
    at_desk(commune)
    arrive(page, qtbot)
    page.tabs.setCurrentIndex(_HELD)
    assert page.held_panel.empty.isVisible()
    assert not page.held_panel.retry.isVisible()
    assert page.tabs.tabText(_HELD) == "Held bundles"


def test_a_held_bundle_is_listed_and_a_retry_before_trust_keeps_it(
    page: ExchangePage, at_desk: AtDesk, sent: tuple[Path, str], province: Session, qtbot: QtBot
) -> None:
    at_desk(province)
    arrive(page, qtbot)
    page.tabs.setCurrentIndex(_HELD)
    assert page.tabs.tabText(_HELD) == "Held bundles (1)"
    assert page.held_panel.list.count() == 1
    assert sent[0].name in page.held_panel.why_held.plain
    assert "not trusted yet" in page.held_panel.why_held.plain
    page.held_panel.retry.click()
    qtbot.waitUntil(lambda: page.held_panel.notice.code == "held_bundles_retried")
    assert "0 taken in, 1 still held" in page.held_panel.notice.text
    assert page.held_panel.list.count() == 1
    qtbot.waitUntil(page.held_panel.retry.isEnabled)


def test_trusting_the_station_receives_what_was_held_of_it(
    page: ExchangePage,
    at_desk: AtDesk,
    sent: tuple[Path, str],
    commune: Session,
    province: Session,
    qtbot: QtBot,
    operations: RegistryWorker,
) -> None:
    card = stations.own_card(commune)
    stations.import_card(province, card.text)
    at_desk(province)
    arrive(page, qtbot)
    page.trust(card.station, card.fingerprint)
    qtbot.waitUntil(lambda: page.held_panel.notice.code == "held_bundles_retried")
    qtbot.waitUntil(lambda: page.held_panel.list.count() == 0)
    read = answer(qtbot, operations.ask(records.read, sent[1]))
    assert isinstance(read, records.RecordView)
    assert answer(qtbot, operations.ask(held_bundles.held_bundles)) == ()


def test_a_bundle_is_deleted_only_with_a_reason(
    page: ExchangePage,
    at_desk: AtDesk,
    sent: tuple[Path, str],
    province: Session,
    qtbot: QtBot,
    operations: RegistryWorker,
) -> None:
    assert sent
    at_desk(province)
    arrive(page, qtbot)
    panel = page.held_panel
    assert not panel.release.isEnabled()
    panel.reason.setText("   ")
    assert not panel.release.isEnabled()
    panel.reason.setText("gửi nhầm")
    panel.release.click()
    qtbot.waitUntil(lambda: panel.notice.code == "held_bundle_released")
    qtbot.waitUntil(lambda: panel.list.count() == 0)
    assert answer(qtbot, operations.ask(held_bundles.held_bundles)) == ()
    assert panel.reason.text() == ""


def test_a_reason_typed_for_one_bundle_is_not_used_for_another(
    page: ExchangePage, at_desk: AtDesk, sent: tuple[Path, str], commune: Session, province: Session, qtbot: QtBot
) -> None:
    exchange.receive(province, exchange.send(commune, province.station.id, sent[0].parent).path)
    at_desk(province)
    arrive(page, qtbot)
    panel = page.held_panel
    assert panel.list.count() == 2
    panel.reason.setText("gửi nhầm")
    panel.list.setCurrentRow(1)
    assert panel.reason.text() == ""
    assert not panel.release.isEnabled()


def held_codes() -> list[str]:
    """Every code that a bundle is held with."""
    sources = [path.read_text(encoding="utf-8") for path in (_DESKTOP / "sync").rglob("*.py")]
    pattern = re.compile(r'(?:BundleHeld\(|Verdict\.FORK, (?:code=)?|Refused\()"([a-z_]+)"')
    return sorted({code for text in sources for code in pattern.findall(text)})


@pytest.mark.parametrize("code", held_codes())
def test_every_reason_to_hold_has_words(page: ExchangePage, code: str) -> None:
    assert code not in page.held_panel.why(code)
