"""Bundle files on a stick: written whole (`storage/whole_files.py`), never over another, received as a copy.

- A received file is copied into memory under the size limit and is never altered.
- Every failure of the stick has one name.
"""

import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from desktop.errors import BundleError, DesktopError
from desktop.storage.whole_files import PART, Fault, NotAsWrittenError, fault_of, write_whole
from desktop.sync.limits import BUNDLE_LIMITS, BundleLimits

SUFFIX: Final = ".sotram"


def write_verified(
    folder: Path,
    files: Mapping[str, bytes],
    *,
    agreed: Callable[[], None] = lambda: None,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> tuple[Path, ...]:
    """Write files by name, all or none, and return their paths once the stick, read back, may be pulled out.

    `agreed` runs when all have been read back and before any has its name (`whole_files`). What lies there already,
    byte for byte, is not written again.

    Raises:
        DesktopError: stick_full, stick_gone, stick_read_only, stick_write_failed, stick_verify_failed,
            stick_name_taken.
        Cancelled: nothing was left on the stick.
    """
    with _named(folder):
        wanted = {folder / name: content for name, content in files.items() if not _is_held(folder / name, content)}
        free = shutil.disk_usage(folder).free
        needed = sum(map(len, wanted.values()))
        if free < needed:
            raise DesktopError("stick_full", folder=folder.name or str(folder), needed_mb=_mib(needed))
        write_whole(wanted, agreed=agreed, replaces=False, progress=progress, cancelled=cancelled)
    return tuple(folder / name for name in files)


def remove_unfinished(folder: Path, station: str) -> None:
    """Remove what a power cut left of this station's bundles, as far as the stick lets us."""
    with suppress(OSError):
        for path in folder.glob(f"{station}_*{SUFFIX}{PART}"):
            path.unlink()


def read_file(path: Path, limits: BundleLimits = BUNDLE_LIMITS) -> bytes:
    """Return the bytes of a received file (FORMAT steps 1 and 2).

    Raises:
        BundleError: bundle_too_large, before anything is read.
        DesktopError: stick_gone, stick_read_failed.
    """
    with _named(path.parent, "stick_read_failed"):
        # FORMAT step 1: the size is within the limit before the file is read.
        size = path.stat().st_size
        if size > limits.file:
            raise BundleError("bundle_too_large", size=size, limit=limits.file)
        # FORMAT step 2: from here on a copy in memory is worked on.
        with path.open("rb") as file:
            content = file.read(limits.file + 1)
    if len(content) > limits.file:  # it grew meanwhile
        raise BundleError("bundle_too_large", size=len(content), limit=limits.file)
    return content


def bundles_in(folder: Path) -> tuple[Path, ...]:
    """Return the bundle files of a folder by name, which is the order to receive them in.

    Raises:
        DesktopError: stick_gone, stick_read_failed.
    """
    with _named(folder, "stick_read_failed"):
        return tuple(sorted(path for path in folder.iterdir() if path.suffix == SUFFIX and path.is_file()))


@contextmanager
def _named(folder: Path, otherwise: str = "stick_write_failed") -> Iterator[None]:
    """Name what the system says of the stick."""
    try:
        yield
    except NotAsWrittenError as error:
        raise DesktopError("stick_verify_failed", name=error.path.name) from error
    except OSError as error:
        raise DesktopError(_code_of(error, folder, otherwise), folder=folder.name or str(folder)) from error


def _is_held(path: Path, content: bytes) -> bool:
    if not path.exists():
        return False
    if read_file(path) != content:
        raise DesktopError("stick_name_taken", name=path.name)
    return True


def _code_of(error: OSError, folder: Path, otherwise: str) -> str:
    code = _CODES[fault_of(error, folder)]
    return code if code == "stick_gone" or otherwise == "stick_write_failed" else otherwise


_CODES: Final[Mapping[Fault, str]] = {
    "full": "stick_full",
    "gone": "stick_gone",
    "read_only": "stick_read_only",
    "write_failed": "stick_write_failed",
}


def _mib(size: int) -> int:
    return -(-size // 2**20)
