import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest

from desktop.domain.log.operation import Json
from desktop.errors import DesktopError
from desktop.workspace.base.session import Definitions, Session
from desktop.workspace.exchange import exchange, stations
from desktop.workspace.records import (
    conflicts,
    history,
    records,
    saving,
)
from desktop.workspace.station import maintenance
from desktop.workspace.station.registry import open_registry
from tests.conftest import PASSPHRASE, World
from tests.workspace.records.test_saving import ABSENCE_GIVEN, PERSON_GIVEN

Three: TypeAlias = tuple[Session, Session, Session]


def introduce(one: Session, other: Session) -> None:
    for known, to in ((one, other), (other, one)):
        card = stations.own_card(known)
        stations.import_card(to, card.text)
        stations.trust(to, card.station, card.fingerprint)


@pytest.fixture
def three(commune: Session, border: Session, province: Session) -> Three:
    introduce(commune, province)
    introduce(border, province)
    introduce(commune, border)
    return commune, border, province


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def carry(sender: Session, receiver: Session, stick: Path) -> exchange.ReceiveResult:
    sent = exchange.send(sender, receiver.station.id, stick)
    return [exchange.receive(receiver, path) for path in sent.paths][-1]


def absence(session: Session) -> str:
    return str(saving.save_given(session, "absence", {"person": PERSON_GIVEN, **ABSENCE_GIVEN}).record)


def change(session: Session, record: str, **changes: Json) -> None:
    view = records.read(session, record)
    saved = saving.save(session, view.register, {**view.values, **changes}, record=record, base=view.heads)
    assert saved.record is not None, saved.problems


def test_a_record_arrives_equal_to_the_last_letter(three: Three, stick: Path) -> None:
    commune, _, province = three
    record = absence(commune)
    change(commune, record, recruiter_info='Một người tên "Hoa" <b>&</b>\nsố 0912')
    received = carry(commune, province, stick)
    assert (received.verdict, received.code, received.new) == ("ACCEPTED", "bundle_accepted", 2)
    assert records.read(province, record).values == records.read(commune, record).values
    assert records.read(province, record).record_no == records.read(commune, record).record_no
    assert [row.record for row in records.list_records(province, "absence", text="dao").rows] == [record]


def test_the_officer_who_wrote_is_known_at_the_province(three: Three, stick: Path) -> None:
    commune, _, province = three
    record = absence(commune)
    carry(commune, province, stick)
    assert {entry.officer for entry in history.history(province, record)} == {"Thiếu úy Hà Văn Sơn"}


def test_the_same_bundle_again_changes_nothing(three: Three, stick: Path) -> None:
    commune, _, province = three
    absence(commune)
    path = exchange.send(commune, province.station.id, stick).path
    exchange.receive(province, path)
    before = maintenance.check(province)
    again = exchange.receive(province, path)
    assert (again.verdict, again.is_accepted) == ("DUPLICATE", True)
    assert maintenance.check(province) == before


def test_a_lost_stick_is_healed_by_the_next_one(three: Three, stick: Path) -> None:
    commune, _, province = three
    first = absence(commune)
    lost = exchange.send(commune, province.station.id, stick).path
    second = absence(commune)
    carry(commune, province, stick)
    assert {row.record for row in records.list_records(province, "absence").rows} == {first, second}
    assert exchange.receive(province, lost).verdict == "DUPLICATE"


def test_an_answer_empties_what_waits_to_be_sent(three: Three, stick: Path) -> None:
    commune, _, province = three
    absence(commune)
    assert exchange.unsent(commune, province.station.id) == 3
    carry(commune, province, stick)
    assert exchange.unsent(commune, province.station.id) == 3
    carry(province, commune, stick)
    assert exchange.unsent(commune, province.station.id) == 0
    assert exchange.last_answer_at(commune, province.station.id) is not None


def test_two_posts_editing_one_field_end_in_a_visible_conflict_and_the_choice_travels(
    three: Three, stick: Path, world: World
) -> None:
    commune, border, province = three
    record = absence(commune)
    carry(commune, border, stick)
    world.pass_time(minutes=5)
    change(commune, record, destination_place="Côn Minh")
    world.pass_time(minutes=5)
    change(border, record, destination_place="Quảng Châu")
    carry(commune, province, stick)
    received = carry(border, province, stick)
    assert received.conflicts == 1
    (conflict,) = conflicts.list_conflicts(province)
    assert {value.value for value in conflict.values} == {"Côn Minh", "Quảng Châu"}
    assert {value.station for value in conflict.values} == {commune.station.id, border.station.id}
    conflicts.resolve(province, record, "destination_place", "Côn Minh, Vân Nam")
    assert conflicts.list_conflicts(province) == ()
    for post in (commune, border):
        carry(province, post, stick)
        view = records.read(post, record)
        assert (view.values["destination_place"], view.conflicts) == ("Côn Minh, Vân Nam", ())


def test_edits_of_different_fields_meet_without_a_conflict(three: Three, stick: Path) -> None:
    commune, border, province = three
    record = absence(commune)
    carry(commune, border, stick)
    change(commune, record, destination_country="CHN")
    change(border, record, destination_place="Quảng Châu")
    carry(commune, province, stick)
    assert carry(border, province, stick).conflicts == 0
    values = records.read(province, record).values
    assert (values["destination_country"], values["destination_place"]) == ("CHN", "Quảng Châu")


def test_a_post_is_told_only_of_records_it_has_written_in(three: Three, stick: Path) -> None:
    commune, border, province = three
    record = absence(commune)
    carry(commune, province, stick)
    carry(province, border, stick)
    with pytest.raises(DesktopError) as unknown:
        records.read(border, record)
    assert unknown.value.code == "record_unknown"


@pytest.mark.parametrize("sender", ["commune", "border"])
def test_nothing_is_written_for_a_station_that_is_not_trusted(
    open_station: Callable[[str], Session], stick: Path, sender: str
) -> None:
    post, province = open_station(sender), open_station("province")
    with pytest.raises(DesktopError) as refused:
        exchange.send(post, province.station.id, stick)
    assert refused.value.code == "station_unknown"
    stations.import_card(post, stations.own_card(province).text)
    with pytest.raises(DesktopError) as refused:
        exchange.send(post, province.station.id, stick)
    assert refused.value.code == "station_not_trusted"
    assert list(stick.iterdir()) == []


def test_a_bundle_of_an_unknown_station_is_kept_and_changes_nothing(
    commune: Session, province: Session, stick: Path
) -> None:
    stations.import_card(commune, stations.own_card(province).text)
    stations.trust(commune, province.station.id, stations.own_card(province).fingerprint)
    absence(commune)
    path = exchange.send(commune, province.station.id, stick).path
    before = maintenance.check(province)
    received = exchange.receive(province, path)
    assert received.verdict == "HOLD"
    assert maintenance.check(province) == before
    (kept,) = (province.folder / exchange.HELD_FOLDER).iterdir()
    assert kept.read_bytes() == path.read_bytes()


def test_a_bundle_for_somebody_else_is_refused(three: Three, stick: Path) -> None:
    commune, border, province = three
    absence(commune)
    path = exchange.send(commune, province.station.id, stick).path
    received = exchange.receive(border, path)
    assert (received.verdict, received.code) == ("REJECT", "bundle_other_recipient")


def test_the_received_file_is_never_touched(three: Three, stick: Path) -> None:
    commune, _, province = three
    absence(commune)
    path = exchange.send(commune, province.station.id, stick).path
    before = (path.read_bytes(), path.stat().st_mtime_ns)
    exchange.receive(province, path)
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before


def test_a_fingerprint_that_differs_trusts_nobody(commune: Session, province: Session) -> None:
    stations.import_card(commune, stations.own_card(province).text)
    with pytest.raises(DesktopError) as refused:
        stations.trust(commune, province.station.id, "0000 0000 0000 0000 0000 0000")
    assert refused.value.code == "fingerprint_differs"
    (known,) = stations.stations(commune)
    assert known.status == "pending"


def test_a_revoked_station_is_held_after_what_it_had_sent(three: Three, stick: Path) -> None:
    commune, _, province = three
    first = absence(commune)
    carry(commune, province, stick)
    stations.revoke(province, commune.station.id)
    second = absence(commune)
    assert carry(commune, province, stick).verdict == "HOLD"
    found = {row.record for row in records.list_records(province, "absence").rows}
    assert first in found
    assert second not in found


def test_a_restored_backup_goes_on_in_a_new_epoch_and_loses_nothing(
    three: Three, stick: Path, tmp_path: Path, world: World, definitions: Definitions
) -> None:
    commune, _, province = three
    first = absence(commune)
    copy = maintenance.back_up(commune, tmp_path)
    second = absence(commune)
    carry(commune, province, stick)
    old_epoch = commune.epoch
    commune.close()
    with maintenance.restore(copy, tmp_path / "restored", PASSPHRASE, world.environment, definitions) as restored:
        assert restored.epoch != old_epoch
        third = absence(restored)
        assert carry(restored, province, stick).verdict == "ACCEPTED"
        assert maintenance.check(restored).is_sound
    found = {row.record for row in records.list_records(province, "absence").rows}
    assert found == {first, second, third}
    assert maintenance.check(province, rebuild=True).is_sound


def test_a_copied_registry_that_writes_on_is_noticed_as_a_fork(
    three: Three, stick: Path, tmp_path: Path, world: World, definitions: Definitions
) -> None:
    commune, _, province = three
    folder = commune.folder
    commune.close()
    shutil.copytree(folder, tmp_path / "copied")
    with open_registry(folder, PASSPHRASE, world.environment, definitions) as one:
        absence(one)
        assert carry(one, province, stick).verdict == "ACCEPTED"
    with open_registry(tmp_path / "copied", PASSPHRASE, world.environment, definitions) as other:
        absence(other)
        other_stick = Path(tmp_path / "stick2")
        other_stick.mkdir()
        assert carry(other, province, other_stick).verdict == "FORK"
