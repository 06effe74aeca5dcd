"""Bundles kept for later: tried again once the sender is trusted, deleted only with a reason."""

from pathlib import Path

import pytest

from desktop.errors import DesktopError
from desktop.storage import audit_log
from desktop.workspace.base.session import Session
from desktop.workspace.exchange import exchange, held_bundles, stations
from desktop.workspace.records import records
from tests.workspace.exchange.test_exchange import absence, change


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def know(one: Session, other: Session) -> None:
    """Let `one` trust `other`."""
    card = stations.own_card(other)
    stations.import_card(one, card.text)
    stations.trust(one, card.station, card.fingerprint)


@pytest.fixture
def sent(commune: Session, province: Session, stick: Path) -> tuple[Path, str]:
    """Return a bundle that the province held, because it does not know the commune, and the record in it."""
    know(commune, province)
    record = absence(commune)
    path = exchange.send(commune, province.station.id, stick).path
    assert exchange.receive(province, path).verdict == "HOLD"
    return path, record


def copies(session: Session) -> list[str]:
    return sorted(path.name for path in (session.folder / exchange.HELD_FOLDER).iterdir())


def only(session: Session) -> held_bundles.HeldBundleView:
    [bundle] = held_bundles.held_bundles(session)
    return bundle


def test_a_held_bundle_is_listed_with_its_station_and_reason(
    sent: tuple[Path, str], commune: Session, province: Session
) -> None:
    bundle = only(province)
    assert (bundle.file_name, bundle.station) == (sent[0].name, commune.station.id)
    assert bundle.reason == "bundle_station_unknown"
    assert copies(province) == [f"{bundle.digest}.sotram"]
    assert held_bundles.held_bundles(province, province.station.id) == ()


def test_a_retry_before_trust_takes_nothing_in_and_keeps_the_bundle_and_its_day(
    sent: tuple[Path, str], province: Session
) -> None:
    before = only(province)
    assert held_bundles.retry(province, before.digest).verdict == "HOLD"
    assert only(province) == before
    assert copies(province) == [f"{before.digest}.sotram"]
    assert sent[1] not in {row.record for row in records.list_records(province, "absence").rows}


def test_after_trust_a_retry_takes_the_bundle_in_and_lets_it_go(
    sent: tuple[Path, str], commune: Session, province: Session
) -> None:
    know(province, commune)
    [result] = held_bundles.retry_all(province, commune.station.id)
    assert (result.is_accepted, result.code) == (True, "bundle_accepted")
    assert records.read(province, sent[1]).values == records.read(commune, sent[1]).values
    assert held_bundles.held_bundles(province) == ()
    assert copies(province) == []


def test_receiving_from_the_stick_again_lets_the_held_copy_go_as_well(
    sent: tuple[Path, str], commune: Session, province: Session
) -> None:
    know(province, commune)
    assert exchange.receive(province, sent[0]).is_accepted
    assert held_bundles.held_bundles(province) == ()
    assert copies(province) == []


def test_another_bundle_taken_in_leaves_the_held_one(
    sent: tuple[Path, str], commune: Session, province: Session, stick: Path
) -> None:
    held = only(province)
    know(province, commune)
    change(commune, sent[1], recruiter_info="Lan")
    assert exchange.receive(province, exchange.send(commune, province.station.id, stick).path).is_accepted
    assert only(province).digest == held.digest


def test_bundles_of_a_station_are_tried_in_the_order_they_were_written(
    sent: tuple[Path, str], commune: Session, province: Session, stick: Path
) -> None:
    change(commune, sent[1], recruiter_info="Lan")
    exchange.receive(province, exchange.send(commune, province.station.id, stick).path)
    know(province, commune)
    results = held_bundles.retry_all(province)
    assert [result.bundle.file_name for result in results] == sorted(path.name for path in stick.iterdir())
    assert [result.is_accepted for result in results] == [True, True]
    assert records.read(province, sent[1]).values["recruiter_info"] == "Lan"


def test_a_damaged_or_missing_copy_is_named_and_stays_listed(
    sent: tuple[Path, str], commune: Session, province: Session
) -> None:
    assert sent
    bundle = only(province)
    path = exchange.held_path(province, bundle.digest)
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)
    know(province, commune)
    assert [result.code for result in held_bundles.retry_all(province)] == ["held_bundle_damaged"]
    path.unlink()
    [result] = held_bundles.retry_all(province)
    assert result.error is not None
    assert only(province).digest == bundle.digest


def test_a_release_needs_a_reason_deletes_the_copy_and_is_in_the_audit_log(
    sent: tuple[Path, str], commune: Session, province: Session
) -> None:
    assert sent
    bundle = only(province)
    with pytest.raises(DesktopError) as raised:
        held_bundles.release(province, bundle.digest, "  ")
    assert raised.value.code == "held_bundle_reason_missing"
    assert copies(province) == [f"{bundle.digest}.sotram"]
    assert held_bundles.release(province, bundle.digest, "gửi nhầm") == bundle
    assert held_bundles.held_bundles(province) == ()
    assert copies(province) == []
    entry = audit_log.entries(province.database)[0]
    assert (entry.action, entry.subject, entry.digest) == ("release_held", commune.station.id, bundle.digest)
    assert entry.reason_given


def test_a_copy_that_cannot_be_deleted_stays_listed(sent: tuple[Path, str], province: Session) -> None:
    assert sent
    bundle = only(province)
    path = exchange.held_path(province, bundle.digest)
    path.unlink()
    path.mkdir()
    with pytest.raises(DesktopError) as raised:
        held_bundles.release(province, bundle.digest, "gửi nhầm")
    assert raised.value.code == "held_bundle_not_deleted"
    assert only(province) == bundle


def test_a_mark_that_is_not_held_is_refused(province: Session) -> None:
    for act in (
        lambda: held_bundles.retry(province, "0" * 64),
        lambda: held_bundles.release(province, "0" * 64, "gửi nhầm"),
    ):
        with pytest.raises(DesktopError) as raised:
            act()
        assert raised.value.code == "held_bundle_unknown"
