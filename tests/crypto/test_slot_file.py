"""The two copies: whatever moment the power fails, and whatever the disk does to one of them, the other opens."""

import hashlib
import json
import os
import random
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

import pytest

from desktop.crypto import slot_file
from desktop.crypto.argon2_params import Argon2Params
from desktop.crypto.key_slots import KeySlots
from desktop.errors import RegistryError, WrongPassphrase
from tests.cpu import at_most

MASTER_KEY = bytes(range(32))
OLD = "nghi ngoi buoi chieu 27"
NEW = "con duong len nui 88"
A, B = slot_file.COPY_NAMES


class PowerCut(BaseException):
    """The moment the machine stops."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    created(tmp_path)
    return tmp_path


def created(folder: Path) -> KeySlots:
    return KeySlots.create(
        folder,
        "CAX-03325-7K2M",
        master_key=MASTER_KEY,
        passphrase=OLD,
        officer="00000000-0000-4000-8000-000000000001",
        cost=Argon2Params.for_tests(),
        random=random.Random(1).randbytes,
    )


def refusal(folder: Path) -> RegistryError:
    with pytest.raises(RegistryError) as error:
        KeySlots.read(folder)
    return error.value


def opens(folder: Path, passphrase: str) -> bool:
    try:
        return KeySlots.read(folder).unlock(passphrase).master_key == MASTER_KEY
    except WrongPassphrase:
        return False


def change(folder: Path) -> None:
    slots = KeySlots.read(folder)
    slots.change_passphrase(slots.slots[0].id, OLD, NEW)


def rewrite(folder: Path, alter: Callable[[dict[str, Any]], None], names: tuple[str, ...] = (A, B)) -> None:
    """Alter the content as somebody would who knows the format: with a digest that holds."""
    for name in names:
        content = json.loads((folder / name).read_bytes())
        del content["digest"]
        alter(content)
        content["digest"] = hashlib.sha256(spelt(content)).hexdigest()
        (folder / name).write_bytes(spelt(content))


def spelt(content: dict[str, Any]) -> bytes:
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def test_both_copies_are_the_same_and_hold_no_secret_and_no_part_is_left(folder: Path) -> None:
    assert (folder / A).read_bytes() == (folder / B).read_bytes()
    assert sorted(path.name for path in folder.iterdir()) == [A, B]
    assert MASTER_KEY.hex() not in (folder / A).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [A, B])
def test_a_copy_torn_at_any_length_leaves_the_other(folder: Path, name: str) -> None:
    whole = (folder / name).read_bytes()
    for length in range(len(whole)):
        (folder / name).write_bytes(whole[:length])
        slots = KeySlots.read(folder)
        assert slots.slots
        assert not slots.has_both_copies
    assert opens(folder, OLD)


@pytest.mark.parametrize("name", [A, B])
def test_a_copy_with_any_byte_altered_leaves_the_other(folder: Path, name: str) -> None:
    whole = (folder / name).read_bytes()
    sound = KeySlots.read(folder).slots
    for position in range(len(whole)):
        (folder / name).write_bytes(whole[:position] + bytes([whole[position] ^ 1]) + whole[position + 1 :])
        assert KeySlots.read(folder).slots == sound
    assert opens(folder, OLD)


@pytest.mark.parametrize("name", [A, B])
def test_a_missing_copy_leaves_the_other_and_mending_brings_it_back(folder: Path, name: str) -> None:
    (folder / name).unlink()
    slots = KeySlots.read(folder)
    assert not slots.has_both_copies
    slots.repair()
    assert slots.has_both_copies
    assert KeySlots.read(folder).has_both_copies
    assert (folder / A).read_bytes() == (folder / B).read_bytes()


def test_both_copies_damaged_or_missing_is_said_by_name(folder: Path) -> None:
    for name in (A, B):
        (folder / name).write_bytes(b"\x00" * 500)
    assert refusal(folder).code == "keyslots_damaged"
    for name in (A, B):
        (folder / name).unlink()
    assert refusal(folder).code == "keyslots_missing"


@pytest.mark.parametrize("damaged", [None, A, B])
def test_a_power_cut_at_any_step_of_a_rewrite_leaves_the_old_or_the_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damaged: str | None
) -> None:
    outcomes = []
    for step in range(50):
        folder = tmp_path / str(step)
        folder.mkdir()
        created(folder)
        if damaged:
            (folder / damaged).write_bytes(b"torn")
        before = KeySlots.read(folder).generation
        with monkeypatch.context() as world:
            steps = _cut_power_at(world, step)
            try:
                change(folder)
            except PowerCut:
                pass
            else:
                assert steps() <= step
                break
        after = KeySlots.read(folder)
        assert after.generation in {before, before + 1}
        assert opens(folder, OLD) != opens(folder, NEW)
        outcomes.append(opens(folder, NEW))
        after.repair()  # what the next start does
        assert KeySlots.read(folder).generation > before
        assert opens(folder, NEW) == outcomes[-1]
    assert len(outcomes) >= (6 if os.name == "nt" else 8)  # Windows has no handle on a folder to flush
    assert outcomes == sorted(outcomes)
    assert set(outcomes) == {False, True}


def _cut_power_at(world: pytest.MonkeyPatch, step: int) -> Callable[[], int]:
    """Stop at the given touch of the disk; a stop in a write leaves half of it, a stop in a rename tears its target."""
    touched = 0
    real_open, real_sync, real_replace = Path.open, os.fsync, Path.replace

    def count() -> bool:
        nonlocal touched
        touched += 1
        return touched > step

    def opened(path: Path, mode: str = "r") -> IO[Any]:
        if "w" in mode and count():
            with real_open(path, mode) as file:
                file.write(b'{"cipher":"half')
            raise PowerCut
        return real_open(path, mode)

    def synced(handle: int) -> None:
        if count():
            raise PowerCut
        real_sync(handle)

    def replaced(path: Path, target: Path) -> Path:
        if count():
            with real_open(target, "wb") as file:
                file.write(b"torn")
            raise PowerCut
        return real_replace(path, target)

    world.setattr(Path, "open", opened)
    world.setattr(os, "fsync", synced)
    world.setattr(Path, "replace", replaced)
    return lambda: touched


def test_a_disk_that_refuses_the_first_copy_changes_nothing(folder: Path) -> None:
    before = (folder / A).read_bytes()
    (folder / B).unlink()
    (folder / B).mkdir()
    (folder / "keyslots.B.part").mkdir()
    (folder / "keyslots.A.part").mkdir()
    with pytest.raises(RegistryError) as error:
        change(folder)
    assert error.value.code == "keyslots_not_written"
    assert (folder / A).read_bytes() == before
    assert opens(folder, OLD)


def test_a_disk_that_refuses_the_second_copy_still_makes_the_change(folder: Path) -> None:
    (folder / "keyslots.A.part").mkdir()
    change(folder)
    assert opens(folder, NEW)
    assert not opens(folder, OLD)
    (folder / "keyslots.A.part").rmdir()
    slots = KeySlots.read(folder)
    assert not slots.has_both_copies
    slots.repair()
    assert KeySlots.read(folder).has_both_copies
    assert opens(folder, NEW)


def test_the_higher_generation_counts_whichever_copy_has_it(folder: Path) -> None:
    for newer, older in [(A, B), (B, A)]:
        rewrite(folder, lambda content: content.update(generation=7), (older,))
        rewrite(folder, lambda content: content.update(generation=8), (newer,))
        assert KeySlots.read(folder).generation == 8


def test_a_newer_format_is_said_even_beside_an_older_copy(folder: Path) -> None:
    rewrite(folder, lambda content: content.update(version=2, surprise=[1]), (B,))
    error = refusal(folder)
    assert (error.code, error.context) == ("keyslots_newer", {"version": 2})


def test_a_file_spelt_another_way_is_damage(folder: Path) -> None:
    for name in (A, B):
        (folder / name).write_text(json.dumps(json.loads((folder / name).read_bytes()), indent=1), encoding="utf-8")
    assert refusal(folder).code == "keyslots_damaged"


def _kdf(**changed: object) -> Callable[[dict[str, Any]], None]:
    return lambda content: content["slots"][0]["kdf"].update(changed)


def _slot(**changed: object) -> Callable[[dict[str, Any]], None]:
    return lambda content: content["slots"][0].update(changed)


def _many(count: int, **changed: object) -> Callable[[dict[str, Any]], None]:
    def alter(content: dict[str, Any]) -> None:
        first = content["slots"][0]
        content["slots"] = [
            {**first, "id": f"{n:016x}", "kdf": {**first["kdf"], "salt": f"{n:032x}", **changed}} for n in range(count)
        ]

    return alter


HOSTILE: dict[str, Callable[[dict[str, Any]], None]] = {
    "memory": _kdf(memory_kib=2**31),
    "memory just over": _kdf(memory_kib=1024 * 1024 + 1),
    "iterations": _kdf(iterations=21),
    "lanes": _kdf(lanes=1000),
    "no iterations": _kdf(iterations=0),
    "negative": _kdf(memory_kib=-1),
    "truth for a number": _kdf(iterations=True),
    "text for a number": _kdf(iterations="3"),
    "work of all together": _many(21, memory_kib=1024 * 1024),
    "too many slots": _many(65),
    "two slots of one id": lambda content: content["slots"].append(content["slots"][0]),
    "short salt": _kdf(salt="00"),
    "salt in capitals": _kdf(salt="AA" * 16),
    "salt that is a list": _kdf(salt=["0"] * 32),
    "another kdf": _kdf(name="scrypt"),
    "no kdf": _slot(kdf=None),
    "another cipher": _slot(cipher="none"),
    "another kind": _slot(kind="escrow"),
    "a kind that is a list": _slot(kind=["passphrase"]),
    "a name for an officer": _slot(officer="Nguyễn Văn A"),
    "no officer": _slot(officer=None),
    "recovery at a cost": _slot(kind="recovery", officer=None),
    "recovery with an officer": _slot(kind="recovery", kdf={"name": "hkdf-sha256", "salt": "00" * 16}),
    "slot id": _slot(id="../../x"),
    "extra key": _slot(pepper=1),
    "short wrap": _slot(wrapped="00" * 47),
    "slot that is none": lambda content: content.update(slots=[1]),
    "slots that are none": lambda content: content.update(slots={}),
    "generation": lambda content: content.update(generation=0),
    "generation true": lambda content: content.update(generation=True),
    "station": lambda content: content.update(station="x\ny"),
    "version": lambda content: content.update(version=0),
    "version true": lambda content: content.update(version=True),
    "key missing": lambda content: content.pop("station"),
}


@pytest.mark.parametrize("alter", HOSTILE.values(), ids=HOSTILE)
def test_what_no_program_of_ours_writes_is_refused_before_any_key_is_made(
    folder: Path, alter: Callable[[dict[str, Any]], None]
) -> None:
    rewrite(folder, alter)
    with at_most(0.1):
        assert refusal(folder).code == "keyslots_hostile"


def test_a_huge_or_deep_file_is_damage_and_is_not_read_whole(folder: Path) -> None:
    for name, content in [(A, b" " * 50_000_000), (B, b"[" * 60_000)]:
        (folder / name).write_bytes(content)
    with at_most(1):
        assert refusal(folder).code == "keyslots_damaged"
