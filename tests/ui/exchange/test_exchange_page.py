from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.ui.base.language import Languages
from desktop.ui.base.preferences import Preferences
from desktop.ui.base.registry_worker import RegistryWorker
from desktop.ui.base.theme import Theme
from desktop.ui.base.widgets import Tone
from desktop.ui.exchange.exchange_page import ExchangePage
from desktop.workspace.base.session import Session
from desktop.workspace.exchange import exchange, stations
from desktop.workspace.records import records
from tests.ui.conftest import AtDesk, answer
from tests.workspace.exchange.test_exchange import absence, change, introduce


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


@pytest.fixture
def page(
    qtbot: QtBot, operations: RegistryWorker, theme: Theme, preferences: Preferences, languages: Languages, stick: Path
) -> ExchangePage:
    made = ExchangePage(operations, theme, preferences)
    made.drive.choose(stick)
    operations.changed.connect(made.stale)
    qtbot.addWidget(made)
    return made


def arrive(page: ExchangePage, qtbot: QtBot) -> None:
    page.activate()
    page.show()
    qtbot.waitUntil(lambda: bool(page.header.facts.text()))


def outcome(page: ExchangePage, qtbot: QtBot) -> tuple[Tone, str]:
    qtbot.waitUntil(lambda: bool(page.outcome.text) and not page.progress.is_running)
    return page.outcome.tone, page.outcome.code


def test_a_press_of_send_writes_a_bundle_that_the_province_accepts(
    page: ExchangePage, at_desk: AtDesk, commune: Session, province: Session, qtbot: QtBot, stick: Path
) -> None:
    introduce(commune, province)
    record = absence(commune)
    at_desk(commune)
    arrive(page, qtbot)
    assert page.send_card.send.isEnabled()
    page.send_card.send.click()
    assert outcome(page, qtbot) == (Tone.DONE, "")
    bundle = next(stick.glob("*.sotram"))
    assert bundle.name in page.outcome.text
    assert exchange.receive(province, bundle).code == "bundle_accepted"
    assert records.read(province, record).register == "absence"


def test_what_was_sent_stands_in_the_table_of_past_bundles(
    page: ExchangePage, at_desk: AtDesk, commune: Session, province: Session, qtbot: QtBot
) -> None:
    introduce(commune, province)
    absence(commune)
    at_desk(commune)
    arrive(page, qtbot)
    page.send_card.send.click()
    qtbot.waitUntil(lambda: page.table.log.rowCount() == 1)
    model = page.table.log
    assert [model.index(0, column).data() for column in (1, 2)] == ["Sent", "Công an tỉnh Điện Biên"]


def test_a_bundle_on_the_stick_is_offered_and_taken_in(
    page: ExchangePage,
    at_desk: AtDesk,
    commune: Session,
    province: Session,
    qtbot: QtBot,
    stick: Path,
    operations: RegistryWorker,
) -> None:
    introduce(commune, province)
    record = absence(commune)
    bundle = exchange.send(commune, province.station.id, stick).path
    before = bundle.read_bytes()
    at_desk(province)
    arrive(page, qtbot)
    assert page.receive_card.files.count() == 1
    with qtbot.waitSignal(operations.changed) as waiting:
        page.receive_card.receive.click()
    assert outcome(page, qtbot) == (Tone.DONE, "bundle_accepted")
    assert waiting.args is not None
    assert {"absence", "person", "exchange", "conflicts"} <= waiting.args[0]
    read = answer(qtbot, operations.ask(records.read, record))
    assert isinstance(read, records.RecordView)
    assert bundle.read_bytes() == before


def test_a_refused_bundle_is_said_in_a_sentence_with_its_code(
    page: ExchangePage,
    at_desk: AtDesk,
    commune: Session,
    province: Session,
    qtbot: QtBot,
    stick: Path,
    operations: RegistryWorker,
) -> None:
    introduce(commune, province)
    absence(commune)
    bundle = exchange.send(commune, province.station.id, stick).path
    content = bytearray(bundle.read_bytes())
    content[len(content) // 2] ^= 1
    bundle.write_bytes(content)
    counts = records.counts(province)
    at_desk(province)
    arrive(page, qtbot)
    page.receive(bundle)
    tone, code = outcome(page, qtbot)
    assert tone is Tone.DANGER
    assert code.startswith("bundle_")
    assert answer(qtbot, operations.ask(records.counts)) == counts


def test_conflicts_that_came_in_can_be_settled_from_here(
    page: ExchangePage, at_desk: AtDesk, commune: Session, province: Session, qtbot: QtBot, stick: Path
) -> None:
    introduce(commune, province)
    record = absence(commune)
    exchange.receive(province, exchange.send(commune, province.station.id, stick).path)
    change(commune, record, recruiter_info="Lan")
    change(province, record, risk_level="1", recruiter_info="Hoa")
    bundle = exchange.send(commune, province.station.id, stick).path
    at_desk(province)
    arrive(page, qtbot)
    page.receive(bundle)
    outcome(page, qtbot)
    assert page.outcome.act.isVisibleTo(page)
    with qtbot.waitSignal(page.conflict_wanted):
        page.outcome.act.click()


def test_a_bundle_taken_in_is_marked_and_the_next_is_offered(
    page: ExchangePage, at_desk: AtDesk, commune: Session, province: Session, qtbot: QtBot, stick: Path
) -> None:
    introduce(commune, province)
    record = absence(commune)
    exchange.send(commune, province.station.id, stick)
    change(commune, record, recruiter_info="Lan")
    exchange.send(commune, province.station.id, stick)
    at_desk(province)
    arrive(page, qtbot)
    files = page.receive_card.files
    assert (files.count(), files.currentRow()) == (2, 0)
    page.receive_card.receive.click()
    assert outcome(page, qtbot)[1] == "bundle_accepted"
    qtbot.waitUntil(lambda: files.currentRow() == 1)
    assert files.item(0).text().endswith("taken in already")
    assert not files.item(1).text().endswith("taken in already")


def test_a_stick_that_is_gone_is_an_error_in_the_page(
    page: ExchangePage, at_desk: AtDesk, commune: Session, province: Session, qtbot: QtBot, stick: Path
) -> None:
    introduce(commune, province)
    absence(commune)
    at_desk(commune)
    arrive(page, qtbot)
    stick.rmdir()
    page.send_card.send.click()
    assert outcome(page, qtbot) == (Tone.DANGER, "stick_gone")
    assert page.send_card.send.isEnabled()


def test_the_status_line_never_says_of_a_failed_send_that_the_stick_may_be_pulled(
    page: ExchangePage, at_desk: AtDesk, commune: Session, province: Session, qtbot: QtBot, stick: Path
) -> None:
    said: list[str] = []
    page.status_said.connect(said.append)
    introduce(commune, province)
    absence(commune)
    at_desk(commune)
    arrive(page, qtbot)
    page.send_card.send.click()
    assert outcome(page, qtbot) == (Tone.DONE, "")
    assert said[-1].endswith("may be pulled now.")
    qtbot.waitUntil(page.send_card.send.isEnabled)
    for path in stick.iterdir():
        path.unlink()
    stick.rmdir()
    page.send_card.send.click()
    assert said[-1] == ""
    assert outcome(page, qtbot) == (Tone.DANGER, "stick_gone")
    assert said[-1] == page.outcome.text
    assert page.table.log.rowCount() == 1


def test_nobody_can_send_before_a_station_is_trusted(
    page: ExchangePage, at_desk: AtDesk, commune: Session, qtbot: QtBot
) -> None:
    at_desk(commune)
    arrive(page, qtbot)
    assert not page.send_card.send.isEnabled()
    page.send_card.to_stations.click()
    assert page.stations_panel.isVisible()
    assert page.stations_panel.empty.isVisible()


def test_a_card_is_trusted_only_with_the_fingerprint_that_was_read_out(
    page: ExchangePage, at_desk: AtDesk, commune: Session, province: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    card = stations.own_card(province)
    path = tmp_path / "province.card"
    path.write_text(card.text, encoding="utf-8", newline="\n")
    at_desk(commune)
    arrive(page, qtbot)
    page.tabs.setCurrentIndex(2)
    panel = page.stations_panel
    page.add_card(path)
    qtbot.waitUntil(lambda: panel.model.rowCount() == 1)
    texts = [str(panel.model.index(0, column).data()) for column in range(panel.model.columnCount())]
    assert card.fingerprint not in texts
    panel.compare.heard.setText("0000 0000 0000 0000 0000 0000")
    panel.compare.trust.click()
    qtbot.waitUntil(lambda: panel.notice.code == "fingerprint_differs")
    panel.compare.heard.setText(card.fingerprint)
    panel.compare.trust.click()
    qtbot.waitUntil(lambda: panel.model.station(0).status == "trusted")
    qtbot.waitUntil(lambda: page.send_card.station.count() == 1)


def test_a_card_file_that_is_none_is_refused_in_the_page(
    page: ExchangePage, at_desk: AtDesk, commune: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    at_desk(commune)
    arrive(page, qtbot)
    page.add_card(tmp_path / "missing.card")
    qtbot.waitUntil(lambda: page.stations_panel.notice.code == "file_not_read")
    (tmp_path / "photo.card").write_bytes(b"\xff\xd8\xff")
    page.add_card(tmp_path / "photo.card")
    qtbot.waitUntil(lambda: page.stations_panel.notice.code == "card_unreadable")


def test_our_card_is_shown_and_saved(
    page: ExchangePage,
    at_desk: AtDesk,
    commune: Session,
    province: Session,
    qtbot: QtBot,
    stick: Path,
) -> None:
    card = stations.own_card(commune)
    at_desk(commune)
    arrive(page, qtbot)
    assert page.card_panel.fingerprint.text() == card.fingerprint
    assert page.card_panel.code.renderer().isValid()
    with qtbot.waitSignal(page.status_said):
        page.save_card(stick / "ours.card")
    assert stations.import_card(province, stations.card_file_text(stick / "ours.card")).station == card.station


def test_the_bundles_age_and_what_waits_are_said_in_the_header(
    page: ExchangePage, at_desk: AtDesk, commune: Session, province: Session, qtbot: QtBot, languages: Languages
) -> None:
    introduce(commune, province)
    absence(commune)
    waiting = exchange.unsent(commune, province.station.id)
    at_desk(commune)
    arrive(page, qtbot)
    assert page.header.facts.text().startswith(str(waiting))
    assert "no bundle yet" in page.header.facts.text()
