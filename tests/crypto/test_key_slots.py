"""Every way to the master key: who opens, who does not, and what may not be taken away."""

import dataclasses
import random
import secrets
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from desktop.crypto import recovery_codes, slot_file
from desktop.crypto.argon2_params import Argon2Params
from desktop.crypto.key_slots import KeySlots
from desktop.crypto.slot_file import SlotKind
from desktop.errors import DesktopError, RegistryError, WrongPassphrase

MASTER_KEY = bytes(range(32))
STATION = "CAX-03325-7K2M"
AN, BINH = "00000000-0000-4000-8000-000000000001", "00000000-0000-4000-8000-000000000002"
PASSPHRASE = "Đường lên Mường Nhé 27"
OTHER = "con trau di cay 88"
A, B = slot_file.COPY_NAMES


@pytest.fixture
def slots(tmp_path: Path) -> KeySlots:
    return create(tmp_path)


def create(folder: Path, *, cost: Argon2Params | None = None, passphrase: str = PASSPHRASE) -> KeySlots:
    return KeySlots.create(
        folder,
        STATION,
        master_key=MASTER_KEY,
        passphrase=passphrase,
        officer=AN,
        cost=cost or Argon2Params.for_tests(),
        random=random.Random(1).randbytes,
    )


def test_the_passphrase_opens_what_was_created(slots: KeySlots, tmp_path: Path) -> None:
    unlocked = KeySlots.read(tmp_path).unlock(PASSPHRASE)
    assert unlocked.master_key == MASTER_KEY
    assert unlocked.officer == AN
    assert unlocked.slot_id == slots.slots[0].id
    assert KeySlots.read(tmp_path).station == STATION


@pytest.mark.parametrize(
    "typed",
    [
        unicodedata.normalize("NFD", PASSPHRASE),
        PASSPHRASE.replace(" ", "\u00a0"),
        PASSPHRASE + "  ",
        "\u200b" + PASSPHRASE,
    ],
)
def test_the_same_passphrase_from_another_keyboard_opens(slots: KeySlots, typed: str) -> None:
    assert slots.unlock(typed).master_key == MASTER_KEY


@pytest.mark.parametrize("wrong", ["", PASSPHRASE.lower(), PASSPHRASE[:-1], "Duong len Muong Nhe 27", "\ud800"])
def test_another_passphrase_is_wrong_and_says_no_more(slots: KeySlots, wrong: str) -> None:
    with pytest.raises(WrongPassphrase) as error:
        slots.unlock(wrong)
    assert error.value.context == {}


def test_each_officer_opens_with_his_own_and_the_machine_derives_once(slots: KeySlots, tmp_path: Path) -> None:
    added = slots.add_passphrase_slot(MASTER_KEY, BINH, OTHER)
    read = KeySlots.read(tmp_path)
    assert (read.unlock(PASSPHRASE).officer, read.unlock(OTHER).officer) == (AN, BINH)
    assert read.unlock(OTHER).slot_id == added
    assert len({(slot.cost, slot.salt) for slot in read.slots}) == 1
    assert len({slot.wrapped for slot in read.slots}) == 2


def test_two_officers_with_one_passphrase_do_not_show_it(slots: KeySlots) -> None:
    slots.add_passphrase_slot(MASTER_KEY, BINH, PASSPHRASE)
    first, second = slots.slots
    assert first.wrapped != second.wrapped
    assert slots.unlock(PASSPHRASE).officer == AN


def test_slots_of_different_cost_live_side_by_side(slots: KeySlots, tmp_path: Path) -> None:
    slots.add_passphrase_slot(MASTER_KEY, BINH, OTHER, cost=Argon2Params.FLOOR)
    read = KeySlots.read(tmp_path)
    assert [slot.cost for slot in read.slots] == [Argon2Params.for_tests(), Argon2Params.FLOOR]
    assert (read.unlock(PASSPHRASE).officer, read.unlock(OTHER).officer) == (AN, BINH)


def test_a_new_slot_takes_its_cost_only_from_a_slot_that_was_opened(slots: KeySlots, tmp_path: Path) -> None:
    read = KeySlots.read(tmp_path)
    read.add_passphrase_slot(MASTER_KEY, BINH, OTHER)
    assert read.slots[-1].cost == Argon2Params.FLOOR  # the file's own cheap cost is not believed
    assert read.slots[-1].salt != slots.slots[0].salt


def test_after_an_unlocking_a_new_slot_shares_the_cost_and_salt_that_were_proven(
    slots: KeySlots, tmp_path: Path
) -> None:
    read = KeySlots.read(tmp_path)
    read.add_passphrase_slot(read.unlock(PASSPHRASE).master_key, BINH, OTHER)
    assert (read.slots[-1].cost, read.slots[-1].salt) == (slots.slots[0].cost, slots.slots[0].salt)


def test_a_cost_below_the_floor_is_refused_unless_a_test_asks(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="floor"):
        create(tmp_path, cost=Argon2Params(memory_kib=19 * 1024, iterations=2, lanes=1))
    assert not any(tmp_path.iterdir())


@pytest.mark.parametrize("weak", ["", "ngắn", "aaaaaaaaaaaa"])
def test_a_weak_passphrase_makes_no_registry_and_no_slot(tmp_path: Path, weak: str) -> None:
    with pytest.raises(RegistryError) as error:
        create(tmp_path, passphrase=weak)
    assert error.value.code == "passphrase_weak"
    assert not any(tmp_path.iterdir())
    slots = create(tmp_path)
    with pytest.raises(RegistryError) as error:
        slots.add_passphrase_slot(MASTER_KEY, BINH, weak)
    assert error.value.code == "passphrase_weak"
    with pytest.raises(RegistryError) as error:
        slots.change_passphrase(slots.slots[0].id, PASSPHRASE, weak)
    assert error.value.code == "passphrase_weak"
    assert KeySlots.read(tmp_path).generation == 1


def test_a_registry_is_never_created_over_another(slots: KeySlots, tmp_path: Path) -> None:
    (tmp_path / A).unlink()
    with pytest.raises(RegistryError) as error:
        create(tmp_path)
    assert error.value.code == "keyslots_exist"
    assert KeySlots.read(tmp_path).slots == slots.slots


def test_a_changed_passphrase_replaces_the_old_one_and_nothing_else(slots: KeySlots, tmp_path: Path) -> None:
    second = slots.add_passphrase_slot(MASTER_KEY, BINH, OTHER)
    kept = slots.slots[1]
    slots.change_passphrase(slots.slots[0].id, PASSPHRASE, "mua xuan tren ban 35")
    read = KeySlots.read(tmp_path)
    assert read.unlock("mua xuan tren ban 35").master_key == MASTER_KEY
    assert read.unlock(OTHER).slot_id == second
    assert read.slots[1] == kept
    with pytest.raises(WrongPassphrase):
        read.unlock(PASSPHRASE)


def test_only_the_slot_s_own_passphrase_changes_it(slots: KeySlots) -> None:
    second = slots.add_passphrase_slot(MASTER_KEY, BINH, OTHER)
    before = slots.slots
    with pytest.raises(WrongPassphrase):
        slots.change_passphrase(second, PASSPHRASE, "mua xuan tren ban 35")
    with pytest.raises(RegistryError) as error:
        slots.change_passphrase("f" * 16, PASSPHRASE, "mua xuan tren ban 35")
    assert error.value.code == "unknown_slot"
    assert slots.slots == before


def test_the_last_passphrase_stays(slots: KeySlots, tmp_path: Path) -> None:
    recovery = slots.add_recovery_slot(MASTER_KEY)
    with pytest.raises(RegistryError) as error:
        slots.remove(slots.slots[0].id)
    assert error.value.code == "last_passphrase_slot"
    second = slots.add_passphrase_slot(MASTER_KEY, BINH, OTHER)
    slots.remove(slots.slots[0].id)
    read = KeySlots.read(tmp_path)
    assert read.unlock(OTHER).slot_id == second
    assert read.unlock_with_recovery(recovery).master_key == MASTER_KEY
    with pytest.raises(WrongPassphrase):
        read.unlock(PASSPHRASE)
    with pytest.raises(RegistryError) as error:
        read.remove("f" * 16)
    assert error.value.code == "unknown_slot"


def test_a_recovery_code_opens_and_is_not_in_the_file(slots: KeySlots, tmp_path: Path) -> None:
    code = slots.add_recovery_slot(MASTER_KEY)
    unlocked = KeySlots.read(tmp_path).unlock_with_recovery(code.lower())
    assert (unlocked.master_key, unlocked.officer) == (MASTER_KEY, None)
    assert code.replace("-", "")[:8] not in (tmp_path / A).read_text(encoding="utf-8").upper()
    recovery = KeySlots.read(tmp_path).slots[-1]
    assert (recovery.kind, recovery.officer, recovery.cost) == (SlotKind.RECOVERY, None, None)


def test_after_a_recovery_the_officer_gets_a_new_slot(slots: KeySlots, tmp_path: Path) -> None:
    code = slots.add_recovery_slot(MASTER_KEY)
    read = KeySlots.read(tmp_path)
    unlocked = read.unlock_with_recovery(code)
    read.add_passphrase_slot(unlocked.master_key, AN, OTHER, cost=Argon2Params.for_tests())
    assert KeySlots.read(tmp_path).unlock(OTHER).master_key == MASTER_KEY


def test_a_mistyped_code_is_told_from_one_of_another_registry(slots: KeySlots, tmp_path: Path) -> None:
    code = slots.add_recovery_slot(MASTER_KEY)
    swapped = code[1] + code[0] + code[2:]
    with pytest.raises(DesktopError) as error:
        slots.unlock_with_recovery(swapped if swapped != code else code[0] + "Z" + code[2:])
    assert error.value.code == "recovery_code_mistyped"
    (tmp_path / "other").mkdir()
    other = create(tmp_path / "other")
    other.add_recovery_slot(MASTER_KEY)
    with pytest.raises(RegistryError) as error:
        other.unlock_with_recovery(recovery_codes.printed(bytes(16)))
    assert error.value.code == "recovery_code_wrong"


def test_a_passphrase_is_no_recovery_code_and_a_code_no_passphrase(slots: KeySlots) -> None:
    code = slots.add_recovery_slot(MASTER_KEY)
    with pytest.raises(WrongPassphrase):
        slots.unlock(code)


@pytest.mark.parametrize(
    "change",
    [
        {"officer": BINH},
        {"id": "0" * 16},
        {"cost": Argon2Params(memory_kib=64, iterations=1, lanes=1)},
        {"salt": bytes(16)},
        {"nonce": bytes(12)},
        {"wrapped": bytes(48)},
    ],
    ids=str,
)
def test_a_slot_altered_by_somebody_does_not_open(slots: KeySlots, tmp_path: Path, change: dict[str, Any]) -> None:
    altered = dataclasses.replace(slots.slots[0], **change)
    read = slot_file.read(tmp_path)
    slot_file.write(tmp_path, dataclasses.replace(read, slots=(altered,)))
    with pytest.raises(WrongPassphrase):
        KeySlots.read(tmp_path).unlock(PASSPHRASE)


def test_a_slot_of_another_station_does_not_open(slots: KeySlots, tmp_path: Path) -> None:
    read = slot_file.read(tmp_path)
    assert slots.station == STATION
    slot_file.write(tmp_path, dataclasses.replace(read, station="CAX-03325-7K2N"))
    with pytest.raises(WrongPassphrase):
        KeySlots.read(tmp_path).unlock(PASSPHRASE)


def test_the_generation_only_grows(slots: KeySlots, tmp_path: Path) -> None:
    seen = [slots.generation]
    second = slots.add_passphrase_slot(MASTER_KEY, BINH, OTHER)
    seen.append(KeySlots.read(tmp_path).generation)
    slots.add_recovery_slot(MASTER_KEY)
    seen.append(KeySlots.read(tmp_path).generation)
    slots.change_passphrase(second, OTHER, PASSPHRASE)
    seen.append(KeySlots.read(tmp_path).generation)
    slots.remove(second)
    seen.append(KeySlots.read(tmp_path).generation)
    assert seen == [1, 2, 3, 4, 5]


def test_there_is_an_end_to_slots(slots: KeySlots) -> None:
    for _ in range(slot_file.MOST_SLOTS - 1):
        slots.add_recovery_slot(MASTER_KEY)
    with pytest.raises(RegistryError) as error:
        slots.add_recovery_slot(MASTER_KEY)
    assert error.value.code == "too_many_slots"
    assert len(slots.slots) == slot_file.MOST_SLOTS


def test_officers_are_record_ids_never_names(slots: KeySlots) -> None:
    with pytest.raises(ValueError, match="record id"):
        slots.add_passphrase_slot(MASTER_KEY, "Nguyễn Văn An", OTHER)
    assert len(slots.slots) == 1


def test_no_secret_is_shown(slots: KeySlots) -> None:
    shown = repr(slots.unlock(PASSPHRASE)) + repr(slots.slots) + repr(slots)
    assert repr(MASTER_KEY) not in shown
    assert repr(slots.slots[0].wrapped) not in shown


def test_two_registries_made_by_the_system_s_randomness_share_nothing(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        KeySlots.create(
            tmp_path / name,
            STATION,
            master_key=MASTER_KEY,
            passphrase=PASSPHRASE,
            officer=AN,
            cost=Argon2Params.for_tests(),
            random=secrets.token_bytes,
        )
    one, two = (KeySlots.read(tmp_path / name).slots[0] for name in ("one", "two"))
    assert {one.id, one.salt, one.nonce, one.wrapped}.isdisjoint({two.id, two.salt, two.nonce, two.wrapped})


def test_the_file_of_the_first_version_opens_for_ever(tmp_path: Path) -> None:
    (tmp_path / A).write_text(FIRST_VERSION, encoding="utf-8")
    read = KeySlots.read(tmp_path)
    assert read.unlock("hoà bình ở Mường Nhé 27").master_key == MASTER_KEY
    assert read.unlock_with_recovery("0HX0-C1HY-69KN-ENV6-1HJN-TG9P-8EX7").master_key == MASTER_KEY


FIRST_VERSION = (
    '{"digest":"773ef313cce8d705c5131802ba6db007492bbe441d0a4d94cb5297b3a0454d6e","format":"sotram-keyslo'
    'ts","generation":2,"slots":[{"cipher":"chacha20-poly1305","id":"50a4a3a6d07f5c0c","kdf":{"iterations'
    '":1,"lanes":1,"memory_kib":32,"name":"argon2id","salt":"38b4e652e44da7f2370d9e260e271365"},"kind":"p'
    'assphrase","nonce":"332f8b1224083fd22b902f89","officer":"00000000-0000-4000-8000-000000000001","wrap'
    'ped":"5e7534194fbb6d51ff60feb0a9cafb29df085b72df6264f9f0089f3d944369ea909b02a3f657a9a9c351105f0528c5'
    'b0"},{"cipher":"chacha20-poly1305","id":"945de2e8f54ee781","kdf":{"name":"hkdf-sha256","salt":"cc75f'
    '636d85099095aa300165a67036f"},"kind":"recovery","nonce":"9b540d6b8f0be21124179c3d","officer":null,"w'
    'rapped":"40f4e6345a208f77e8b95ce737f5421d365eaee518c3108d64b39ded0b4d89369afb3afe6a5f68ffbbdd595a275'
    '7ae38"}],"station":"CAX-03325-7K2M","version":1}'
)
