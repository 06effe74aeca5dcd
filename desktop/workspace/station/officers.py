"""Officers and passphrases. Who may unlock is a matter of key slots; who an officer is, of his record."""

from dataclasses import dataclass
from pathlib import Path

from desktop.crypto import passphrases
from desktop.crypto.key_slots import KeySlots
from desktop.domain.names.names import fold
from desktop.errors import DesktopError
from desktop.workspace.base.environment import Environment
from desktop.workspace.base.session import Definitions, Officer, Session
from desktop.workspace.records import records
from desktop.workspace.station import registry


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficerView:
    """An officer known at this station."""

    id: str
    name: str
    rank: str
    position: str
    can_unlock: bool


def officers(session: Session) -> tuple[OfficerView, ...]:
    """Return the officers who hold a key slot here."""
    slots = KeySlots.read(session.folder).slots
    found = []
    for officer in dict.fromkeys(slot.officer for slot in slots if slot.officer):
        values = records.read(session, officer).values
        found.append(
            OfficerView(
                id=officer,
                name=str(values.get("name") or ""),
                rank=str(values.get("rank") or ""),
                position=str(values.get("position") or ""),
                can_unlock=True,
            )
        )
    return tuple(found)


def generate_passphrase(environment: Environment) -> str:
    return passphrases.generate(environment.random)


def add_officer(session: Session, name: str, rank: str, position: str, passphrase: str) -> str:
    """Give another officer a passphrase of his own and return his id; nothing is re-encrypted.

    Raises:
        DesktopError: setup_officer_missing; RegistryError: passphrase_weak.
    """
    if not fold(name):
        raise DesktopError("setup_officer_missing")
    passphrases.refuse_weak(passphrase)
    officer = session.environment.new_record_id()
    slots = KeySlots.read(session.folder, random=session.environment.random)
    slots.add_passphrase_slot(session.master_key, officer, passphrase, cost=session.environment.cost)
    registry.write_officer(session, officer, {"name": name, "rank": rank, "position": position})
    return officer


def change_passphrase(session: Session, old: str, new: str) -> None:
    """Raises WrongPassphrase; RegistryError passphrase_weak."""
    _change(KeySlots.read(session.folder, random=session.environment.random), old, new, session.environment)


def change_passphrase_of(folder: Path, old: str, new: str, environment: Environment, definitions: Definitions) -> None:
    """Change a passphrase of a locked registry; it must open. Raises as `open_registry` and `change_passphrase`."""
    with registry.open_registry(folder, old, environment, definitions) as session:
        change_passphrase(session, old, new)


def add_recovery_code(session: Session) -> str:
    """Return a new recovery code: to be written down and sealed, never stored."""
    return KeySlots.read(session.folder, random=session.environment.random).add_recovery_slot(session.master_key)


def recover(folder: Path, code: str, new: str, environment: Environment, definitions: Definitions) -> Officer:
    """Open with a recovery code and give the first officer a new passphrase.

    Raises:
        RegistryError: recovery_code_mistyped, recovery_code_wrong, passphrase_weak.
    """
    slots = KeySlots.read(folder, random=environment.random)
    unlocked = slots.unlock_with_recovery(code)
    officer = next((slot.officer for slot in slots.slots if slot.officer), None)
    if officer is None:
        raise DesktopError("keyslots_damaged")
    slots.add_passphrase_slot(unlocked.master_key, officer, new, cost=environment.cost)
    with registry.open_registry(folder, new, environment, definitions) as session:
        return session.officer


def _change(slots: KeySlots, old: str, new: str, environment: Environment) -> None:
    unlocked = slots.unlock(old)
    slots.change_passphrase(unlocked.slot_id, old, new, cost=environment.cost)
