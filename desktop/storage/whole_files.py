"""Files outside the registry, on a medium that may be full, locked, fake or pulled out at any moment.

- A file under its own name is whole: written as `.part`, flushed, read back and compared, then renamed.
- What is logged because a file left (`agreed`) is entered after all were read back and before any has its
  name: a failure earlier logs nothing, and no file has its name without its entry.
- All or none: a failure removes every part, and the files that were named, as far as the medium still answers.
- Reading back asks the system to forget its cache where it can (not on Windows), so that the medium itself answers.
"""

import errno
import hashlib
import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final, Literal

from desktop.errors import Cancelled

PART: Final = ".part"
_CHUNK: Final = 1024 * 1024

Fault = Literal["full", "gone", "read_only", "write_failed"]


class NotAsWrittenError(OSError):
    """What was read back is not what was written: the medium is broken or of false capacity; `path` says which."""

    def __init__(self, path: Path) -> None:
        super().__init__(errno.EIO, os.strerror(errno.EIO), str(path))
        self.path = path


def write_whole(
    files: Mapping[Path, bytes],
    *,
    agreed: Callable[[], None] = lambda: None,
    replaces: bool = True,
    is_secret: bool = False,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> None:
    """Write files and return once the medium holds them; `is_secret` makes them readable to their owner alone.

    Raises:
        FileExistsError: one is there and `replaces` is false, or a thing of that name is no file; NotAsWrittenError;
            any other OSError. Whatever `agreed` raises; then, too, nothing is left.
        Cancelled: nothing was left.
    """
    targets = {_target(path, replaces=replaces): content for path, content in files.items()}
    steps = _Steps(2 * sum(map(len, targets.values())), progress, cancelled)
    parts = {target: target.with_name(target.name + PART) for target in targets}
    named: list[Path] = []
    try:
        for target, content in targets.items():
            _write(parts[target], content, steps, is_secret=is_secret)
        for target, content in targets.items():
            _verify(parts[target], content, steps)
        agreed()
        for target, content in targets.items():
            is_new = not target.exists()
            os.replace(parts[target], target)  # noqa: PTH105  Path.replace does not say that it is atomic
            if is_new:
                named.append(target)
            flush_folder(target.parent)
            if target.stat().st_size != len(content):
                raise NotAsWrittenError(target)
    except BaseException:
        for left in (*parts.values(), *named):
            with suppress(OSError):
                left.unlink(missing_ok=True)
        raise


def fault_of(error: OSError, folder: Path) -> Fault:
    """Name what the system says of a medium."""
    if getattr(error, "winerror", None) in _GONE_ON_WINDOWS or error.errno in _GONE or not _is_there(folder):
        return "gone"
    if error.errno in _FULL:
        return "full"
    return "read_only" if error.errno in _READ_ONLY else "write_failed"


class _Steps:
    """Reports the progress of the work, and stops it when the officer said so."""

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


def _target(path: Path, *, replaces: bool) -> Path:
    """Return the file itself where a name is a link to it; a folder or a device is never replaced."""
    target = path.resolve()
    if target.exists() and not (replaces and target.is_file()):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
    return target


def _write(part: Path, content: bytes, steps: _Steps, *, is_secret: bool) -> None:
    part.unlink(missing_ok=True)  # of a power cut; its rights may be wider than ours
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(part, flags, 0o600 if is_secret else 0o666), "wb") as file:
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
        raise NotAsWrittenError(part.with_suffix(""))


def flush_folder(folder: Path) -> None:
    """Make the rename survive pulling the stick out; Windows has no such call, and some file systems refuse it."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _NOT_FOR_FOLDERS:
            raise
    finally:
        os.close(descriptor)


def _is_there(folder: Path) -> bool:
    try:
        return folder.is_dir()
    except OSError:
        return False


_NOT_FOR_FOLDERS: Final = {errno.EINVAL, errno.EBADF, errno.ENOSYS, errno.EOPNOTSUPP}
_FULL: Final = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_READ_ONLY: Final = {errno.EROFS, errno.EACCES, errno.EPERM}
_GONE: Final = {errno.ENOENT, errno.ENODEV, errno.ENXIO, errno.ENOTDIR}
# ERROR_PATH_NOT_FOUND, _INVALID_DRIVE, _NOT_READY, _NO_SUCH_DEVICE, _NO_MEDIA_IN_DRIVE, _DEVICE_NOT_CONNECTED
_GONE_ON_WINDOWS: Final = {3, 15, 21, 433, 1112, 1167}
