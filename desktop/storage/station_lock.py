"""One program at a time in a registry's folder.

- The lock is the operating system's, on a file that stays: it ends with the process, so a file left behind by a power
  cut locks nobody out.
- The second program is refused (`registry_in_use`) instead of two writing one log.
"""

import os
import sys
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from desktop.errors import RegistryError

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

FILE_NAME: Final = "registry.lock"


class StationLock:
    """The held lock of a folder; `release` it, or use it as a context manager.

    Raises:
        RegistryError: registry_in_use; registry_missing without the folder; registry_read_only when it cannot be
            written to.
    """

    def __init__(self, folder: Path) -> None:
        try:
            descriptor = os.open(folder / FILE_NAME, os.O_RDWR | os.O_CREAT, 0o600)
        except FileNotFoundError as error:
            raise RegistryError("registry_missing") from error
        except OSError as error:
            raise RegistryError("registry_read_only") from error
        try:
            _lock(descriptor)
        except OSError as error:
            os.close(descriptor)
            raise RegistryError("registry_in_use") from error
        self._descriptor = descriptor

    def release(self) -> None:
        """Let the next program in; releasing again does nothing."""
        if self._descriptor >= 0:
            os.close(self._descriptor)  # closing ends the lock on every system
            self._descriptor = -1

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


def _lock(descriptor: int) -> None:
    if sys.platform == "win32":
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
    else:
        # flock, not lockf: it belongs to this descriptor, so a second lock in the same process is refused too
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
