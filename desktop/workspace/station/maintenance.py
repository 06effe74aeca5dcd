"""Whether a registry is sound, copies of it, and bringing one back.

- A check recomputes every chain and folds every record again; it changes nothing unless asked to rebuild.
- A restored registry never goes on with the old counter: it begins a new epoch that names the old one (R4).
"""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from desktop.crypto import keyring, slot_file
from desktop.crypto.key_slots import KeySlots
from desktop.domain.definitions.custom_forms import read_custom_files
from desktop.domain.log.operation import OperationId
from desktop.errors import RegistryError
from desktop.storage import audit_log, backup, change_log, projection, queries, settings, whole_files
from desktop.storage.database import Database, flush_file, flush_folder
from desktop.storage.whole_files import PART, Fault, NotAsWrittenError, fault_of
from desktop.workspace.base.definitions import own_forms
from desktop.workspace.base.environment import Environment
from desktop.workspace.base.session import Definitions, KeyCopies, Session
from desktop.workspace.station.registry import DATABASE_NAME, has_registry, open_registry


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckReport:
    """What a check found; `findings` are codes with their places, empty when all is well."""

    findings: tuple[str, ...]
    operations: int
    records: int
    projection: str
    rebuilt: bool
    key_copies: KeyCopies

    @property
    def is_sound(self) -> bool:
        return not self.findings


def check(session: Session, *, rebuild: bool = False) -> CheckReport:
    """Check the file, the chains and the projections; with `rebuild`, make the projections again first."""
    database = session.database
    if rebuild:
        with database.atomic():
            projection.rebuild(database, session.library)
    findings = [f"file: {text}" for text in database.check(full=True)]
    copies = KeySlots.read(session.folder).unsound_copies
    findings += [f"keyslots_copy_unsound: {name}" for name in copies]
    findings += [f"{one.code}: {one.place}" for one in change_log.verify(database)]
    findings += [f"audit_differs: {number}" for number in audit_log.verify(database)]
    records = queries.all_records(database)
    findings += [f"record_differs: {record}" for record in projection.differing(database, session.library, records)]
    if not projection.check_search(database):
        findings.append("search_differs")
    return CheckReport(
        findings=tuple(findings),
        operations=change_log.count(database),
        records=len(records),
        projection=projection.digest(database),
        rebuilt=rebuild,
        key_copies=KeyCopies.DAMAGED if copies else session.key_copies,
    )


def back_up(session: Session, folder: Path) -> Path:
    """Write a verified copy of the registry, its key slots and own forms into a new folder, and return that.

    The folder has its name only when everything in it was read back; a failure leaves nothing, as far as the medium
    still answers.

    Raises:
        DesktopError: backup_no_room, backup_gone, backup_read_only, backup_not_written, backup_failed.
    """
    target = folder / f"{session.station.id}_{session.now():%Y-%m-%d_%H%M%S}"
    unfinished = target.with_name(target.name + PART)
    try:
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir()
        backup.write_backup(session.database, unfinished / DATABASE_NAME)
        slots = [name for name in slot_file.COPY_NAMES if (session.folder / name).exists()]
        whole_files.write_whole({unfinished / name: (session.folder / name).read_bytes() for name in slots})
        _copy_own_forms(session.folder, unfinished)
        unfinished.rename(target)
        whole_files.flush_folder(folder)
    except BaseException as error:
        shutil.rmtree(unfinished, ignore_errors=True)
        if isinstance(error, NotAsWrittenError):
            raise RegistryError("backup_failed") from error
        if isinstance(error, OSError):
            raise RegistryError(_CODES[fault_of(error, folder)], folder=folder.name or str(folder)) from error
        if isinstance(error, RegistryError) and error.code in _OF_THE_MEDIUM:
            code = _OF_THE_MEDIUM[error.code] if folder.is_dir() else "backup_gone"
            raise RegistryError(code, folder=folder.name or str(folder)) from error
        raise
    return target


_OF_THE_MEDIUM: Final = {
    "disk_full": "backup_no_room",
    "registry_read_only": "backup_read_only",
    "registry_unreadable": "backup_not_written",
}
_CODES: Final[Mapping[Fault, str]] = {
    "full": "backup_no_room",
    "gone": "backup_gone",
    "read_only": "backup_read_only",
    "write_failed": "backup_not_written",
}


def restore(copy: Path, folder: Path, passphrase: str, environment: Environment, definitions: Definitions) -> Session:
    """Put a backup into a folder without a registry and go on in a new epoch.

    Raises:
        WrongPassphrase: the passphrase is not one that the backup was made with.
        RegistryError: registry_missing (no backup there), registry_exists (the folder has one), backup_failed;
            restore_over_files (the folder has other key slots or forms, which would be lost).
    """
    if not has_registry(copy):
        raise RegistryError("registry_missing")
    if has_registry(folder):
        raise RegistryError("registry_exists")
    _require_unused(copy, folder)
    unlocked = KeySlots.read(copy).unlock(passphrase)
    folder.mkdir(parents=True, exist_ok=True)
    for name in slot_file.COPY_NAMES:  # the registry comes last: after a kill in between it can all be done again
        if (copy / name).exists():
            shutil.copyfile(copy / name, folder / name)
            flush_file(folder / name)
    _copy_own_forms(copy, folder)
    flush_folder(folder)
    backup.restore_backup(
        copy / DATABASE_NAME,
        folder / DATABASE_NAME,
        keyring.database_key(unlocked.master_key),
        lambda restored: _begin_new_epoch(restored, environment),
    )
    return open_registry(folder, passphrase, environment, definitions)


def _require_unused(copy: Path, folder: Path) -> None:
    """A restore that was cut short left what the copy holds, and goes on; anything else in its way is somebody's."""
    wanted = {name: (copy / name).read_bytes() for name in slot_file.COPY_NAMES if (copy / name).exists()}
    own = own_forms(folder)
    wanted |= {f"{own.name}/{name}": content for name, content in read_custom_files(own_forms(copy)).items()}
    for name, content in wanted.items():
        path = folder / name
        if path.is_symlink() or (path.exists() and not (path.is_file() and content.startswith(path.read_bytes()))):
            raise RegistryError("restore_over_files", file=name)


def _copy_own_forms(source: Path, target: Path) -> None:
    """Copy the definitions of a registry's own: without them its records would be kept but not shown."""
    for name, content in read_custom_files(own_forms(source)).items():
        path = own_forms(target) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        whole_files.write_whole({path: content})


def _begin_new_epoch(restored: Database, environment: Environment) -> None:
    """R4: the new epoch's genesis names the last operation of the old one.

    Raises:
        RegistryError: registry_damaged, when the copy does not say whose it is.
    """
    about, old = settings.get(restored, "station"), settings.get(restored, "epoch")
    if not (isinstance(about, dict) and isinstance(old, str)):
        raise RegistryError("registry_damaged")
    counter, head = change_log.last(restored, old)
    epoch = environment.random(8).hex()
    forked_from = (OperationId(old, counter), head) if counter else None
    with restored.atomic():
        change_log.begin_epoch(restored, epoch, str(about["id"]), forked_from)
        settings.put(restored, "epoch", epoch)
