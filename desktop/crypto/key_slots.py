"""The ways to unlock the master key: officers' passphrases and printed recovery codes.

- The master key is random and never changes with a passphrase; each slot holds it sealed under a key of its own
  (ChaCha20-Poly1305), bound to the station, the slot, its officer and its cost.
- Passphrase slots share one salt and cost, so that an unlocking derives once however many officers there are; each
  slot's own key then comes from that by HKDF with the slot's id. Slots made on another machine may bring a second pair.
- A wrong passphrase, an unknown officer and a damaged seal cost the same work and are the same error.
- The last passphrase slot cannot be removed. Names are not in the file: only officers' record ids.
- A removed officer may have kept the file: removal protects only together with a new master key.

One object a registry at a time; it writes its file whole at every change (desktop/crypto/slot_file.py).
"""

import dataclasses
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from desktop.crypto import recovery_codes, slot_file
from desktop.crypto.argon2_params import Argon2Params
from desktop.crypto.passphrases import refuse_weak
from desktop.crypto.randomness import Random
from desktop.crypto.slot_file import NONCE_LENGTH, SALT_LENGTH, Slot, SlotFile, SlotKind
from desktop.domain.log.operation import RECORD_ID, STATION_ID
from desktop.errors import RegistryError, WrongPassphrase

MASTER_KEY_LENGTH: Final = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Unlocked:
    """The master key and who opened it; `officer` is None for a recovery code."""

    master_key: bytes = dataclasses.field(repr=False)
    slot_id: str
    officer: str | None


class KeySlots:
    """The key slots of one registry, as they are on the disk."""

    def __init__(self, folder: Path, content: SlotFile, random: Random) -> None:
        self._folder = folder
        self._content = content
        self._random = random
        # The salt and cost of a slot that was opened or made here. What is merely in the file may be forged:
        # a new slot that took its cost from there could be made cheap by whoever can write the file.
        self._proven: tuple[Argon2Params, bytes] | None = None

    @classmethod
    def create(
        cls,
        folder: Path,
        station: str,
        *,
        master_key: bytes,
        passphrase: str,
        officer: str,
        cost: Argon2Params,
        random: Random = secrets.token_bytes,
    ) -> "KeySlots":
        """Write the first slot of a new registry.

        Raises:
            RegistryError: keyslots_exist, passphrase_weak, keyslots_not_written.
        """
        if slot_file.exists(folder):
            raise RegistryError("keyslots_exist")
        if not STATION_ID.fullmatch(station):
            message = "not a station id"
            raise ValueError(message)
        made = cls(folder, SlotFile(station=station, generation=0, slots=()), random)
        made.add_passphrase_slot(master_key, officer, passphrase, cost=cost)
        return made

    @classmethod
    def read(cls, folder: Path, *, random: Random = secrets.token_bytes) -> "KeySlots":
        """Raises RegistryError: keyslots_missing, keyslots_damaged, keyslots_newer, keyslots_hostile."""
        return cls(folder, slot_file.read(folder), random)

    @property
    def station(self) -> str:
        return self._content.station

    @property
    def generation(self) -> int:
        return self._content.generation

    @property
    def slots(self) -> tuple[Slot, ...]:
        return self._content.slots

    @property
    def has_both_copies(self) -> bool:
        """Whether both copies were sound when last read or written; if not, `repair` writes them again."""
        return not self.unsound_copies

    @property
    def unsound_copies(self) -> tuple[str, ...]:
        """The names of the copies that were missing, damaged or behind the other one."""
        return tuple(name for name in slot_file.COPY_NAMES if name not in self._content.sound_copies)

    def unlock(self, passphrase: str) -> Unlocked:
        """Return the master key from whichever officer's slot this passphrase opens.

        Raises:
            WrongPassphrase: none.
        """
        slots = [slot for slot in self.slots if slot.kind is SlotKind.PASSPHRASE]
        return self._open_passphrase(slots, passphrase)

    def unlock_with_recovery(self, code: str) -> Unlocked:
        """Return the master key from a printed code.

        Raises:
            RegistryError: recovery_code_mistyped (known before any slot is tried), recovery_code_wrong.
        """
        secret = recovery_codes.secret_of(code)
        for slot in self.slots:
            if slot.kind is SlotKind.RECOVERY:
                master_key = self._opened(slot, secret)
                if master_key is not None:
                    return Unlocked(master_key=master_key, slot_id=slot.id, officer=None)
        raise RegistryError("recovery_code_wrong")

    def add_passphrase_slot(
        self, master_key: bytes, officer: str, passphrase: str, *, cost: Argon2Params | None = None
    ) -> str:
        """Give an officer a slot and return its id; without a cost, it is that of the slot opened last.

        Raises:
            RegistryError: passphrase_weak, too_many_slots, keyslots_not_written.
        """
        refuse_weak(passphrase)
        if not RECORD_ID.fullmatch(officer):
            message = "an officer is named by a record id"
            raise ValueError(message)
        slot_cost, salt = self._cost_and_salt(cost)
        slot = Slot(id=self._new_id(), kind=SlotKind.PASSPHRASE, officer=officer, cost=slot_cost, salt=salt)
        slot = self._sealed(slot, slot_cost.derive(passphrase, salt), master_key)
        self._write([*self.slots, slot])
        self._proven = (slot_cost, salt)
        return slot.id

    def add_recovery_slot(self, master_key: bytes) -> str:
        """Return a new recovery code, to be printed and never stored.

        Raises:
            RegistryError: too_many_slots, keyslots_not_written.
        """
        secret = self._random(recovery_codes.SECRET_LENGTH)
        slot = Slot(id=self._new_id(), kind=SlotKind.RECOVERY, officer=None, cost=None, salt=self._random(SALT_LENGTH))
        self._write([*self.slots, self._sealed(slot, secret, master_key)])
        return recovery_codes.printed(secret)

    def change_passphrase(self, slot_id: str, old: str, new: str, *, cost: Argon2Params | None = None) -> None:
        """Seal one slot again; the master key, and so the database, stay as they are.

        Raises:
            WrongPassphrase: `old` does not open this slot.
            RegistryError: unknown_slot, passphrase_weak, keyslots_not_written.
        """
        slot = self._passphrase_slot(slot_id)
        master_key = self._open_passphrase([slot], old).master_key
        refuse_weak(new)
        slot_cost, salt = self._cost_and_salt(cost)
        changed = dataclasses.replace(slot, cost=slot_cost, salt=salt)
        changed = self._sealed(changed, slot_cost.derive(new, salt), master_key)
        self._write(changed if other.id == slot_id else other for other in self.slots)

    def remove(self, slot_id: str) -> None:
        """Take a slot out of both copies. Its holder is not shut out: the master key stays as it was.

        Whoever kept a copy of the file, or a backup, still opens the registry with the old passphrase. To shut an
        officer out needs a new master key as well, which is not written yet: no command and no window calls this.

        Raises:
            RegistryError: unknown_slot, last_passphrase_slot, keyslots_not_written.
        """
        left = [slot for slot in self.slots if slot.id != slot_id]
        if len(left) == len(self.slots):
            raise RegistryError("unknown_slot", slot=slot_id)
        if not any(slot.kind is SlotKind.PASSPHRASE for slot in left):
            raise RegistryError("last_passphrase_slot", slot=slot_id)
        self._write(left)

    def repair(self) -> bool:
        """Write both copies again; return whether both are sound now. Raises RegistryError `keyslots_not_written`."""
        self._write(self.slots)
        return self.has_both_copies

    def _open_passphrase(self, slots: Iterable[Slot], passphrase: str) -> Unlocked:
        tried = [(slot, slot.cost) for slot in slots if slot.cost is not None]
        derived = {(cost, slot.salt): b"" for slot, cost in tried}
        for cost, salt in derived:
            derived[cost, salt] = cost.derive(passphrase, salt)
        opened = [(slot, cost, self._opened(slot, derived[cost, slot.salt])) for slot, cost in tried]
        for slot, cost, master_key in opened:
            if master_key is not None:
                self._proven = (cost, slot.salt)
                return Unlocked(master_key=master_key, slot_id=slot.id, officer=slot.officer)
        raise WrongPassphrase

    def _opened(self, slot: Slot, secret: bytes) -> bytes | None:
        cipher = ChaCha20Poly1305(_slot_key(secret, slot))
        try:
            return cipher.decrypt(slot.nonce, slot.wrapped, slot.bound_bytes(self.station))
        except InvalidTag:
            return None

    def _sealed(self, slot: Slot, secret: bytes, master_key: bytes) -> Slot:
        if len(master_key) != MASTER_KEY_LENGTH:
            message = "a master key has 32 bytes"
            raise ValueError(message)
        nonce = self._random(NONCE_LENGTH)
        wrapped = ChaCha20Poly1305(_slot_key(secret, slot)).encrypt(nonce, master_key, slot.bound_bytes(self.station))
        return dataclasses.replace(slot, nonce=nonce, wrapped=wrapped)

    def _cost_and_salt(self, cost: Argon2Params | None) -> tuple[Argon2Params, bytes]:
        """Return the pair a new seal is made with: the proven one, unless another cost is asked for."""
        if self._proven is not None and cost in {None, self._proven[0]}:
            return self._proven
        chosen = cost or Argon2Params.FLOOR
        if not chosen.is_enough:
            message = "a cost below the floor protects nothing"
            raise ValueError(message)
        return chosen, self._random(SALT_LENGTH)

    def _new_id(self) -> str:
        return self._random(8).hex()

    def _passphrase_slot(self, slot_id: str) -> Slot:
        for slot in self.slots:
            if slot.id == slot_id and slot.kind is SlotKind.PASSPHRASE:
                return slot
        raise RegistryError("unknown_slot", slot=slot_id)

    def _write(self, slots: Iterable[Slot]) -> None:
        kept = tuple(slots)
        if len(kept) > slot_file.MOST_SLOTS:
            raise RegistryError("too_many_slots", most=slot_file.MOST_SLOTS)
        changed = dataclasses.replace(self._content, generation=self.generation + 1, slots=kept)
        self._content = slot_file.write(self._folder, changed)


def _slot_key(secret: bytes, slot: Slot) -> bytes:
    salt = None if slot.kind is SlotKind.PASSPHRASE else slot.salt  # Argon2id has mixed the salt in already
    return HKDF(algorithm=SHA256(), length=32, salt=salt, info=f"sotram-slot@v1 {slot.kind} {slot.id}".encode()).derive(
        secret
    )
