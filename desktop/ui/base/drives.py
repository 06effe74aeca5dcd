"""Sticks and drives that a bundle can be written to, and the bundles that lie on them."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from PySide6.QtCore import QDir, QFileInfo, QStorageInfo

BUNDLE_SUFFIX: Final = "sotram"
_REMOVABLE_ROOTS: Final = ("/media/", "/run/media/", "/mnt/", "/Volumes/")
_MOST_SHOWN: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Drive:
    """A mounted volume that is not the system's own."""

    path: Path
    name: str
    free_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleFile:
    """A file that calls itself a bundle; what it is, only receiving it says."""

    path: Path
    name: str
    size: int
    at: datetime

    @property
    def mark(self) -> tuple[str, str]:
        """The station and sequence that the file's name claims (FORMAT.md section 1): a hint for people, no more."""
        station, _, rest = self.path.stem.partition("_")
        return station, rest.rpartition("_")[2]


def removable_drives() -> tuple[Drive, ...]:
    """Return the volumes a person would call a stick or another drive."""
    return tuple(
        Drive(path=Path(volume.rootPath()), name=_name(volume), free_bytes=volume.bytesAvailable())
        for volume in QStorageInfo.mountedVolumes()
        if volume.isValid() and volume.isReady() and not volume.isReadOnly() and _is_removable(volume)
    )


def bundles_in(folder: Path) -> tuple[BundleFile, ...]:
    """Return the bundles that lie directly in a folder, in the order in which they are to be received."""
    directory = QDir(str(folder))
    directory.setNameFilters([f"*.{BUNDLE_SUFFIX}"])
    directory.setFilter(QDir.Filter.Files | QDir.Filter.Readable)
    directory.setSorting(QDir.SortFlag.Name)
    return tuple(_bundle(entry) for entry in directory.entryInfoList()[:_MOST_SHOWN])


def _bundle(entry: QFileInfo) -> BundleFile:
    at = datetime.fromtimestamp(entry.lastModified().toSecsSinceEpoch()).astimezone()
    return BundleFile(path=Path(entry.absoluteFilePath()), name=entry.fileName(), size=entry.size(), at=at)


def _is_removable(volume: QStorageInfo) -> bool:
    root = volume.rootPath()
    if root.startswith("/"):
        return root.startswith(_REMOVABLE_ROOTS)
    return root.casefold() != QStorageInfo.root().rootPath().casefold()


def _name(volume: QStorageInfo) -> str:
    root, label = volume.rootPath(), volume.name()
    letter = "" if root.startswith("/") else root.rstrip("/\\")
    name = label or Path(root).name
    return f"{name} ({letter})" if letter and name != letter else name or root
