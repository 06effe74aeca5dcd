"""The two copies of the key slots on the disk, and the one spelling of their content.

- keyslots.A.json and keyslots.B.json hold the same canonical JSON: station, generation, slots, and a SHA-256 of these.
- Each copy is written beside its place, flushed and renamed; the copy we did not read from is replaced first. Whatever
  moment the power fails, one copy is whole. Reading takes the valid copy of the highest generation.
- A copy that does not match its digest is damage: the other one is used. A copy that matches, but asks for what no
  version of this program writes, was made by somebody: it is refused as hostile, before anything is derived from it.
- The digest finds accidents, not forgers. What binds a slot is its seal (`Slot.bound_bytes`).
"""

import dataclasses
import hashlib
import logging
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from desktop.crypto.argon2_params import LARGEST_MEMORY_KIB, MOST_ITERATIONS, Argon2Params
from desktop.domain.log.operation import (
    RECORD_ID,
    STATION_ID,
    Json,
    MalformedOperation,
    canonical,
    parse_canonical,
)
from desktop.errors import RegistryError

COPY_NAMES: Final = ("keyslots.A.json", "keyslots.B.json")
LARGEST_FILE: Final = 64 * 1024
MOST_SLOTS: Final = 64
SALT_LENGTH: Final = 16
NONCE_LENGTH: Final = 12
WRAPPED_LENGTH: Final = 32 + 16


class SlotKind(StrEnum):
    """How a slot opens."""

    PASSPHRASE = "passphrase"  # noqa: S105  the name of a kind
    RECOVERY = "recovery"


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One way to the master key. A recovery slot has no officer and no cost: its 128-bit code cannot be guessed."""

    id: str
    kind: SlotKind
    officer: str | None
    cost: Argon2Params | None
    salt: bytes
    nonce: bytes = b""
    wrapped: bytes = dataclasses.field(default=b"", repr=False)

    def bound_bytes(self, station: str) -> bytes:
        """Return what the seal over the master key binds: nobody can give a slot another officer, cost or station.

        The generation is left out: with it in, every rewrite of the file would have to seal every slot again, which
        needs every officer's passphrase. An older file put back is noticed where the keys are changed: an officer's
        removal ends in a new master key, which the old slots do not hold.
        """
        return canonical({"format": _FORMAT, "version": _VERSION, "station": station, **self._described()})

    def content(self) -> Json:
        return {**self._described(), "nonce": self.nonce.hex(), "wrapped": self.wrapped.hex()}

    def _described(self) -> dict[str, Json]:
        kdf: dict[str, Json] = {"name": "hkdf-sha256", "salt": self.salt.hex()}
        if self.cost is not None:
            kdf |= {
                "name": "argon2id",
                "memory_kib": self.cost.memory_kib,
                "iterations": self.cost.iterations,
                "lanes": self.cost.lanes,
            }
        return {"id": self.id, "kind": self.kind.value, "officer": self.officer, "cipher": _CIPHER, "kdf": kdf}


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotFile:
    """What both copies should hold. `sound_copies` are the names of those that do."""

    station: str
    generation: int
    slots: tuple[Slot, ...]
    sound_copies: tuple[str, ...] = ()

    def encoded(self) -> bytes:
        content: dict[str, Json] = {
            "format": _FORMAT,
            "version": _VERSION,
            "station": self.station,
            "generation": self.generation,
            "slots": [slot.content() for slot in self.slots],
        }
        return canonical({**content, "digest": _digest(content)})


def exists(folder: Path) -> bool:
    return any((folder / name).exists() for name in COPY_NAMES)


def read(folder: Path) -> SlotFile:
    """Return the newest valid copy.

    Raises:
        RegistryError: keyslots_missing (neither copy), keyslots_damaged (no copy valid), keyslots_newer,
            keyslots_hostile.
    """
    if not exists(folder):
        raise RegistryError("keyslots_missing")
    copies = {name: found for name in COPY_NAMES if (found := _read_copy(folder / name)) is not None}
    if not copies:
        raise RegistryError("keyslots_damaged")
    newest = max(copies.values(), key=lambda copy: copy.generation)
    sound = tuple(name for name, copy in copies.items() if copy == newest)
    return dataclasses.replace(newest, sound_copies=sound)


def write(folder: Path, content: SlotFile) -> SlotFile:
    """Replace both copies, first the one that was not sound, or B; once the first is written, the change has happened.

    Raises:
        RegistryError: `keyslots_not_written`: the disk refused the first; nothing has changed.
    """
    first, second = COPY_NAMES if content.sound_copies == COPY_NAMES[1:] else COPY_NAMES[::-1]
    try:
        _replace(folder / first, content.encoded())
    except OSError as error:
        raise RegistryError("keyslots_not_written", copy=first) from error
    try:
        _replace(folder / second, content.encoded())
    except OSError:
        logger.warning("only %s was written", first)
        return dataclasses.replace(content, sound_copies=(first,))
    return dataclasses.replace(content, sound_copies=COPY_NAMES)


logger = logging.getLogger(__name__)
_FORMAT: Final = "sotram-keyslots"
_VERSION: Final = 1
_CIPHER: Final = "chacha20-poly1305"
_FILE_KEYS: Final = {"format", "version", "station", "generation", "slots"}
_SLOT_KEYS: Final = {"id", "kind", "officer", "cipher", "kdf", "nonce", "wrapped"}
_SLOT_ID: Final = re.compile(r"[0-9a-f]{16}")
_HEX: Final = re.compile(r"(?:[0-9a-f]{2})*")


def _digest(content: Mapping[str, Json]) -> str:
    return hashlib.sha256(canonical(dict(content))).hexdigest()


def _replace(path: Path, content: bytes) -> None:
    part = path.with_suffix(".part")
    with part.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    if os.name != "nt":  # Windows has no handle on a folder to flush; NTFS journals the rename
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _read_copy(path: Path) -> SlotFile | None:
    """Return a copy, or None if it is not there or does not match its own digest."""
    try:
        with path.open("rb") as file:
            line = file.read(LARGEST_FILE + 1)
        content = parse_canonical(line)
    except (OSError, MalformedOperation):
        return None
    if len(line) > LARGEST_FILE or not isinstance(content, dict) or content.get("format") != _FORMAT:
        return None
    if content.pop("digest", None) != _digest(content):
        return None
    version = _integer(content.get("version"))
    if version > _VERSION:
        raise RegistryError("keyslots_newer", version=version)
    return _parse(content)


def _parse(content: Mapping[str, Json]) -> SlotFile:
    if set(content) != _FILE_KEYS or _integer(content["version"]) != _VERSION:
        raise _hostile("keys")
    generation, station, slots = _integer(content["generation"]), content["station"], content["slots"]
    if generation < 1:
        raise _hostile("generation")
    if not (isinstance(station, str) and STATION_ID.fullmatch(station)):
        raise _hostile("station")
    if not (isinstance(slots, list) and len(slots) <= MOST_SLOTS):
        raise _hostile("slots")
    found = SlotFile(station=station, generation=generation, slots=tuple(map(_parse_slot, slots)))
    if len({slot.id for slot in found.slots}) != len(found.slots):
        raise _hostile("slot_ids")
    if _work(found.slots) > LARGEST_MEMORY_KIB * MOST_ITERATIONS:
        raise _hostile("work")
    return found


def _work(slots: Sequence[Slot]) -> int:
    """Return what one unlocking fills: KiB times passes, once for every salt and cost there is."""
    return sum(cost.memory_kib * cost.iterations for cost, _ in {(s.cost, s.salt) for s in slots} if cost is not None)


def _parse_slot(content: Json) -> Slot:
    if not isinstance(content, dict) or set(content) != _SLOT_KEYS or content["cipher"] != _CIPHER:
        raise _hostile("slot")
    slot_id, kind, officer, kdf = content["id"], content["kind"], content["officer"], content["kdf"]
    if not (isinstance(slot_id, str) and _SLOT_ID.fullmatch(slot_id) and isinstance(kdf, dict)):
        raise _hostile("slot_id")
    is_passphrase = kind == SlotKind.PASSPHRASE
    if not (is_passphrase or kind == SlotKind.RECOVERY):
        raise _hostile("slot_kind")
    if isinstance(officer, str) != is_passphrase or not (officer is None or _is_record_id(officer)):
        raise _hostile("slot_officer")
    return Slot(
        id=slot_id,
        kind=SlotKind.PASSPHRASE if is_passphrase else SlotKind.RECOVERY,
        officer=officer if isinstance(officer, str) else None,
        cost=_parse_cost(kdf, is_passphrase=is_passphrase),
        salt=_parse_bytes(kdf.get("salt"), SALT_LENGTH),
        nonce=_parse_bytes(content["nonce"], NONCE_LENGTH),
        wrapped=_parse_bytes(content["wrapped"], WRAPPED_LENGTH),
    )


def _is_record_id(officer: Json) -> bool:
    return isinstance(officer, str) and RECORD_ID.fullmatch(officer) is not None


def _parse_cost(kdf: Mapping[str, Json], *, is_passphrase: bool) -> Argon2Params | None:
    if not is_passphrase:
        if set(kdf) != {"name", "salt"} or kdf["name"] != "hkdf-sha256":
            raise _hostile("kdf")
        return None
    memory, iterations, lanes = (_integer(kdf.get(name)) for name in ("memory_kib", "iterations", "lanes"))
    if set(kdf) != {"name", "salt", "memory_kib", "iterations", "lanes"} or kdf["name"] != "argon2id":
        raise _hostile("kdf")
    cost = Argon2Params(memory_kib=memory, iterations=iterations, lanes=lanes)
    if not cost.is_bearable:
        raise _hostile("cost")
    return cost


def _parse_bytes(text: Json, length: int) -> bytes:
    if not (isinstance(text, str) and len(text) == 2 * length and _HEX.fullmatch(text)):
        raise _hostile("bytes")
    return bytes.fromhex(text)


def _integer(value: Json) -> int:
    """Return a number, or -1 where there is none: out of every range here."""
    return value if isinstance(value, int) and not isinstance(value, bool) else -1


def _hostile(part: str) -> RegistryError:
    return RegistryError("keyslots_hostile", part=part)
