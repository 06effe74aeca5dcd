"""Copies of the registry: written whole, opened and checked before they count, and put back without a mixture.

- A copy is made under another name, opened with the key, checked in full and compared with the log and the audit chain;
  only then does it take its place. A half-made file is removed by the next backup.
- A backup never takes the place of one that knows more than we do: that one may be all that is left after an attack.
- What restores a backup begins a new epoch (R4): in the copy, before it takes its place (`prepare`).
- A copy needs the same key as the registry.
"""

import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from desktop.errors import RegistryError
from desktop.storage import audit_log, change_log
from desktop.storage.database import Database, check_file, flush_file, flush_folder, reading, require_free_space

UNFINISHED: Final = ".part"


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupSummary:
    """How far a registry has come: the last counter and head of each epoch, and of the audit chain."""

    epochs: dict[str, tuple[int, bytes]]
    operations: int
    attachments: int
    audit: tuple[int, bytes]

    def knows_all_of(self, other: "BackupSummary") -> bool:
        """Return whether nothing the other holds is missing here."""
        return (
            all(
                epoch in self.epochs and self.epochs[epoch][0] >= counter
                for epoch, (counter, _) in other.epochs.items()
            )
            and self.operations >= other.operations
            and self.attachments >= other.attachments
            and self.audit[0] >= other.audit[0]
        )


def write_backup(db: Database, path: Path) -> BackupSummary:
    """Write a checked copy to `path`, in the place of an older one if there is one.

    Raises:
        RegistryError: backup_newer, backup_not_ours (the file at `path` stays); backup_failed (the copy is not good);
            disk_full, registry_read_only.
    """
    if db.is_in_atomic:
        message = "a backup inside a transaction would miss it"
        raise RuntimeError(message)
    standing = summary_of(db)
    if path.exists():
        _require_older(path, db, standing)
    unfinished = path.with_name(path.name + UNFINISHED)
    _remove(unfinished)
    try:
        db.copy_into(unfinished)
        flush_file(unfinished)
        if check_copy(unfinished, db.key) != standing:
            raise RegistryError("backup_failed")
        unfinished.replace(path)
    finally:
        _remove(unfinished)
    flush_folder(path.parent)
    return standing


def check_copy(path: Path, key: bytes) -> BackupSummary:
    """Check a closed copy in full and return how far it had come.

    Raises:
        RegistryError: backup_failed when anything in it does not fit; else as `Database.open`.
    """
    findings = check_file(path, key, full=True)
    with reading(path, key) as copy:
        if findings or change_log.verify(copy) or audit_log.verify(copy):
            raise RegistryError("backup_failed")
        return summary_of(copy)


def restore_backup(
    source: Path, target: Path, key: bytes, prepare: Callable[[Database], None] = lambda _restored: None
) -> BackupSummary:
    """Put a backup in the place of a closed registry; what was there is kept beside it as `.before-restore`.

    `prepare` writes into the checked copy before it takes its place. A kill at any point leaves the old registry or
    the restored and prepared one.

    Raises:
        RegistryError: backup_failed, registry_key_wrong, registry_missing, disk_space_low; the old one stays.
    """
    if not source.is_file():
        raise RegistryError("registry_missing")
    require_free_space(target, source.stat().st_size)
    unfinished = target.with_name(target.name + UNFINISHED)
    _remove(unfinished)
    try:
        shutil.copyfile(source, unfinished)
        flush_file(unfinished)
        standing = check_copy(unfinished, key)
        with Database.open(unfinished, key) as restored:
            prepare(restored)
        flush_file(unfinished)
        _set_aside(target, key)
        unfinished.replace(target)
    finally:
        _remove(unfinished)
    flush_folder(target.parent)
    return standing


def summary_of(db: Database) -> BackupSummary:
    chained = [epoch.epoch for epoch in change_log.epochs(db) if epoch.genesis is not None]
    counts = db.query_row("SELECT (SELECT count(*) FROM operations), (SELECT count(*) FROM attachments)") or (0, 0)
    return BackupSummary(
        epochs={epoch: change_log.last(db, epoch) for epoch in chained},
        operations=counts[0],
        attachments=counts[1],
        audit=audit_log.last(db),
    )


def _require_older(path: Path, db: Database, standing: BackupSummary) -> None:
    try:
        with reading(path, db.key) as old:
            there = summary_of(old)
    except RegistryError as error:
        if error.code == "registry_damaged":  # worth less than a good copy
            return
        raise RegistryError("backup_newer" if error.code == "registry_newer" else "backup_not_ours") from error
    if not standing.knows_all_of(there):
        raise RegistryError("backup_newer")


def _set_aside(target: Path, key: bytes) -> None:
    """Keep what is at `target` under another name, and leave no WAL that would be played into the new file."""
    if not target.exists():
        return
    for suffix in ("", "-wal"):
        file, kept = (target.with_name(target.name + ending + suffix) for ending in ("", ".before-restore"))
        kept.unlink(missing_ok=True)  # a WAL of an earlier restore must not meet the file of this one
        if file.exists():
            shutil.copyfile(file, kept)
            flush_file(kept)
    with suppress(RegistryError):  # damaged, or of another key: its remains have been kept as they were
        Database.open(target, key).close()  # the last close moves the WAL into the file
    for suffix in ("-wal", "-shm"):
        target.with_name(target.name + suffix).unlink(missing_ok=True)


def _remove(unfinished: Path) -> None:
    """Take away what a killed copy left, its WAL first: it must not be played into the next copy."""
    for suffix in ("-wal", "-shm", ""):
        unfinished.with_name(unfinished.name + suffix).unlink(missing_ok=True)
