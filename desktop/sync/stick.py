"""Bundle files on a stick that may be full, protected, fake or pulled out at any moment.

- A file under its own name is whole: it was written as `.part`, flushed, read back and compared, then renamed.
- Nothing that was there is overwritten; a failure leaves no part behind, as far as the stick still answers.
- A received file is copied into memory under the size limit and is never altered.
- Reading back asks the system to forget its cache where it can (not on Windows), so that the stick itself answers.
"""

import errno
import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from desktop.errors import BundleError, Cancelled, DesktopError
from desktop.sync.limits import BUNDLE_LIMITS, BundleLimits

SUFFIX: Final = ".sotram"
_CHUNK: Final = 1024 * 1024


def write_verified(
    folder: Path,
    name: str,
    content: bytes,
    *,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Path:
    """Write a file to the stick and return its path once the stick has been read back; it may then be pulled out.

    Raises:
        DesktopError: stick_full, stick_gone, stick_read_only, stick_write_failed, stick_verify_failed,
            stick_name_taken.
        Cancelled: nothing was left on the stick.
    """
    target, part = folder / name, folder / f"{name}.part"
    with _named(folder):
        if target.exists():
            if read_file(target) == content:
                return target
            raise DesktopError("stick_name_taken", name=name)
        free = shutil.disk_usage(folder).free
    if free < len(content):
        raise DesktopError("stick_full", folder=folder.name or str(folder), needed_mb=_mib(len(content)))
    steps = _Steps(2 * len(content), progress, cancelled)
    try:
        with _named(folder):
            _write(part, content, steps)
            _verify(part, content, steps)
            os.replace(part, target)  # noqa: PTH105  Path.replace does not say that it is atomic
            _flush_folder(folder)
    except BaseException:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise
    return target


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


class _Steps:
    """Tells the progress of the work, and stops it when the officer said so."""

    def __init__(self, total: int, progress: Callable[[int, int], None], cancelled: Callable[[], bool]) -> None:
        self._done = 0
        self._total = total
        self._progress = progress
        self._cancelled = cancelled

    def chunk_done(self, size: int) -> None:
        if self._cancelled():
            raise Cancelled
        self._done += size
        self._progress(self._done, self._total)


def _write(part: Path, content: bytes, steps: _Steps) -> None:
    with part.open("wb") as file:
        for start in range(0, len(content), _CHUNK):
            steps.chunk_done(file.write(content[start : start + _CHUNK]))
        file.flush()
        os.fsync(file.fileno())
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def _verify(part: Path, content: bytes, steps: _Steps) -> None:
    found = hashlib.sha256()
    with part.open("rb") as file:
        while chunk := file.read(_CHUNK):
            found.update(chunk)
            steps.chunk_done(len(chunk))
    if found.digest() != hashlib.sha256(content).digest():
        raise DesktopError("stick_verify_failed", name=part.stem)


def _flush_folder(folder: Path) -> None:
    """Make the rename survive pulling the stick out; Windows has no such call, and some file systems refuse it."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):
            os.fsync(descriptor)
    finally:
        os.close(descriptor)


_FULL: Final = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_READ_ONLY: Final = {errno.EROFS, errno.EACCES, errno.EPERM}
_GONE: Final = {errno.ENOENT, errno.ENODEV, errno.ENXIO, errno.ENOTDIR}
# ERROR_PATH_NOT_FOUND, _INVALID_DRIVE, _NOT_READY, _NO_SUCH_DEVICE, _NO_MEDIA_IN_DRIVE, _DEVICE_NOT_CONNECTED
_GONE_ON_WINDOWS: Final = {3, 15, 21, 433, 1112, 1167}


@contextmanager
def _named(folder: Path, otherwise: str = "stick_write_failed") -> Iterator[None]:
    """Name what the system says of the stick."""
    try:
        yield
    except OSError as error:
        raise DesktopError(_code_of(error, folder, otherwise), folder=folder.name or str(folder)) from error


def _code_of(error: OSError, folder: Path, otherwise: str) -> str:
    if getattr(error, "winerror", None) in _GONE_ON_WINDOWS or error.errno in _GONE or not _is_there(folder):
        return "stick_gone"
    if error.errno in _FULL:
        return "stick_full"
    if error.errno in _READ_ONLY and otherwise == "stick_write_failed":
        return "stick_read_only"
    return otherwise


def _is_there(folder: Path) -> bool:
    try:
        return folder.is_dir()
    except OSError:
        return False


def _mib(size: int) -> int:
    return -(-size // 2**20)
