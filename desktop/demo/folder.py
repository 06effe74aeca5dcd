"""The folder that the demo fills: what an earlier demo left there makes way, what anybody else put there does not.

- The mark names every file of the demo with its SHA-256. Only what is still exactly so is deleted.
- A thing of the demo that was changed since, a registry that somebody opened and worked in, is put aside by a new name.
- A folder with files and without the mark is refused; links are never followed.
- Nothing but the standard library: `make clean` asks here too, without the environment.
"""

import hashlib
import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from desktop.errors import DesktopError

MARK: Final = "made-by-demo.json"
STATIONS: Final = ("commune", "border", "province")
NAMES: Final = (
    *STATIONS,
    *(f"{name}.ini" for name in STATIONS),
    "khai_bao_luu_tru.xml",
    "papers",
    "screens",
    "stick",
    "summary.txt",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleared:
    """What became of an earlier demo's things, by their names in the folder; kept ones with their new names."""

    removed: tuple[str, ...] = ()
    kept: Mapping[str, str]


def clear(out: Path, *, put_aside: bool = True) -> Cleared:
    """Make way for a demo in a folder, which need not exist; without `put_aside` what was changed keeps its name.

    Raises:
        DesktopError: demo_folder_not_ours, the folder holds files and no mark; nothing is changed.
    """
    if not out.is_dir() or not any(out.iterdir()):
        return Cleared(kept={})
    made = _read_mark(out)
    removed = []
    kept = {}
    for name in NAMES:
        path = out / name
        if not (path.exists() or path.is_symlink()):
            continue
        files = _files(path, out)
        if files is not None and files == {file: made[file] for file in made if file.split("/")[0] == name}:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
            removed.append(name)
        else:
            kept[name] = _put_aside(path) if put_aside else name
    return Cleared(removed=tuple(removed), kept=kept)


def mark(out: Path) -> None:
    """Say which files in a folder are the demo's, as they are now."""
    made: dict[str, str] = {}
    for name in NAMES:
        made |= _files(out / name, out) or {}
    (out / MARK).write_text(json.dumps({"made": made}, indent=1), encoding="utf-8")


def _read_mark(out: Path) -> dict[str, str]:
    """Return the digests of the files of an earlier demo by their names. Raises DesktopError demo_folder_not_ours."""
    path = out / MARK
    try:
        content = json.loads(path.read_text(encoding="utf-8"))["made"] if not path.is_symlink() else None
    except (OSError, ValueError, KeyError, TypeError):
        content = None
    if not isinstance(content, dict):
        raise DesktopError("demo_folder_not_ours", folder=str(out))
    return content


def _files(path: Path, out: Path) -> dict[str, str] | None:
    """Return the digests of all files under a path by their names; None where something is not a plain file."""
    found = {}
    for one in (path, *path.rglob("*")):
        if one.is_symlink() or not (one.is_file() or one.is_dir()):
            return None
        if one.is_file():
            with one.open("rb") as file:
                found[one.relative_to(out).as_posix()] = hashlib.file_digest(file, "sha256").hexdigest()
    return found


def _put_aside(path: Path) -> str:
    """Give a thing a name that is free, and return it."""
    number = 1
    while (aside := path.with_name(f"{path.name}.kept-{number}")).exists() or aside.is_symlink():
        number += 1
    path.rename(aside)
    return aside.name
