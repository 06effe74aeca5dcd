"""Files that leave the registry: written where the officer says, read back, logged, then named.

A use case gives what it made to a `Keep`, with the act that enters it: a medium that fails leaves the logs as they
were.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final, TypeAlias

from desktop.errors import DesktopError
from desktop.storage.whole_files import Fault, NotAsWrittenError, fault_of, write_whole

Keep: TypeAlias = Callable[[Mapping[str, bytes], Callable[[], None]], None]
"""Takes files by what is added to their common name (usually one, by ""), and the act that enters them."""


def in_memory(_files: Mapping[str, bytes], enter: Callable[[], None]) -> None:
    """Enter what is shown on the screen: nothing outside can fail."""
    enter()


def at(path: Path, *, seal: Callable[[bytes], bytes] | None = None, is_secret: bool = False) -> Keep:
    """Return what writes files at a path; `seal` is how they are closed for somebody before they are written."""

    def keep(files: Mapping[str, bytes], enter: Callable[[], None]) -> None:
        sealed = {added: seal(content) if seal else content for added, content in files.items()}
        named = {path_of(path, added): content for added, content in sealed.items()}
        for one in named:
            if one != path and one.exists():  # its name was made here: nobody was asked about it
                raise DesktopError("file_exists", file=one.name)
        _write(path, named, enter, is_secret=is_secret)

    return keep


def each(paths: Mapping[str, Path | None]) -> Keep:
    """Return what writes some of the files, each at a path of its own."""

    def keep(files: Mapping[str, bytes], enter: Callable[[], None]) -> None:
        named = {path: files[kind] for kind, path in paths.items() if path is not None}
        if named:
            _write(next(iter(named)), named, enter, is_secret=False)
        else:
            enter()

    return keep


def path_of(path: Path, added: str) -> Path:
    return path.with_name(f"{path.stem}{added}{path.suffix}")


def write(path: Path, content: bytes) -> None:
    """Write a file that no log records. Raises DesktopError, as `at`'s."""
    _write(path, {path: content}, lambda: None, is_secret=False)


def _write(path: Path, files: Mapping[Path, bytes], enter: Callable[[], None], *, is_secret: bool) -> None:
    """A secret is its owner's alone and never written over a file.

    Raises:
        DesktopError: file_exists, file_full, file_gone, file_read_only, file_not_verified, file_not_written.
    """
    try:
        write_whole(files, agreed=enter, replaces=not is_secret, is_secret=is_secret)
    except FileExistsError:
        raise DesktopError("file_exists", file=path.name) from None
    except NotAsWrittenError as error:
        raise DesktopError("file_not_verified", file=error.path.name) from error
    except OSError as error:
        code = _CODES[fault_of(error, path.parent)]
        reason = {"reason": error.strerror or ""} if code == "file_not_written" else {}
        raise DesktopError(code, file=path.name, **reason) from error


_CODES: Final[Mapping[Fault, str]] = {
    "full": "file_full",
    "gone": "file_gone",
    "read_only": "file_read_only",
    "write_failed": "file_not_written",
}
