"""Definitions of one registry beside those of the program: registers, code lists and documents of its own.

- They add and never replace: a file that the program has, too, is a problem.
- Deadlines, reports, letterheads and the envelope are the program's alone.
- Their problems are reported with all others, by the name of the file.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from desktop.domain.definitions.toml_reader import MAX_BYTES

LIBRARY_FOLDERS: Final = ("registers/", "code_lists/")
DOCUMENTS: Final = "documents/"
MOST_FILES: Final = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomDefinitions:
    """The files of a registry that may be read, the documents it has, and what is wrong with the others."""

    files: Mapping[str, bytes]
    documents: frozenset[str]
    problems: tuple[str, ...]


def read_custom_files(folder: Path) -> dict[str, bytes]:
    """Return the definition files under a registry's own folder by name; none when there is no folder."""
    paths = sorted(folder.rglob("*.toml"))[:MOST_FILES] if folder.is_dir() else []
    found = {}
    for path in paths:
        with path.open("rb") as file:
            found[path.relative_to(folder).as_posix()] = file.read(MAX_BYTES + 1)
    return found


def custom_definitions(own: Mapping[str, bytes], program: Collection[str]) -> CustomDefinitions:
    """Return those of a registry's own files that may be used beside those of the program."""
    problems = [
        f"{name}:1: file: the program has a file of this name; give it another name, and the id in it"
        for name in sorted(own.keys() & set(program))
    ]
    problems += [
        f"{name}:1: file: only registers/, code_lists/ and documents/ stand among the forms of a registry"
        for name in sorted(own)
        if name.count("/") != 1 or not name.startswith((*LIBRARY_FOLDERS, DOCUMENTS))
    ]
    files = {
        name: content for name, content in own.items() if name.startswith(LIBRARY_FOLDERS) and name.count("/") == 1
    }
    names = frozenset(Path(name).stem for name in own if name.startswith(DOCUMENTS))
    return CustomDefinitions(files=files, documents=names, problems=tuple(problems))


def custom_documents(own: Mapping[str, bytes]) -> dict[str, bytes]:
    return {name: content for name, content in own.items() if name.startswith(DOCUMENTS) and name.count("/") == 1}
