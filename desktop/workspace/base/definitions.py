"""The definitions the program works with, read once from forms/ and resources/, and from the forms of a registry.

- A registry may have registers, code lists and documents of its own, in the folder `forms` inside it: those brought in
  by `sotram forms import-xlsform`, or written by hand. They add to the program's and replace none of them.
"""

from functools import cache, lru_cache, partial
from pathlib import Path
from typing import Final

from desktop.domain.deadlines.holidays import load_holidays
from desktop.domain.deadlines.loader import load_deadlines
from desktop.domain.definitions.custom_forms import read_custom_files
from desktop.domain.definitions.loader import load_library
from desktop.domain.documents.letterheads import load_letterheads
from desktop.domain.documents.loader import load_documents
from desktop.domain.exports.loader import load_exports
from desktop.domain.places.places import Places
from desktop.domain.reports.loader import load_reports
from desktop.intake.field_standards import load_standards
from desktop.intake.units import load_places
from desktop.paths import forms_dir, resources_dir
from desktop.workspace.base.session import Definitions

OWN_FORMS: Final = "forms"


def read_definitions(folder: Path | None = None, *, own: Path | None = None) -> Definitions:
    """Read every definition file of the program, or of another folder like its own, and those of the folder `own`.

    Raises:
        DefinitionError: with all problems of all files.
    """
    files = read_custom_files(own) if own is not None else {}
    return _read(folder or forms_dir(), tuple(sorted(files.items())))


def definitions_of(registry: Path) -> Definitions:
    """Read the definitions for the registry in a folder. Raises DefinitionError."""
    return read_definitions(own=own_forms(registry))


def own_forms(registry: Path) -> Path:
    """Return the folder with the definitions of a registry's own; it need not exist."""
    return registry / OWN_FORMS


def count_definitions(folder: Path | None = None, *, own: Path | None = None) -> dict[str, int]:
    """Read every definition file and return how many there are of each kind. Raises DefinitionError."""
    found = read_definitions(folder, own=own)
    return {
        "registers": len(found.library.registers),
        "code_lists": len(found.library.code_lists),
        "documents": len(found.documents),
        "letterheads": len(found.letterheads),
        "deadlines": sum(len(deadlines.deadlines) for deadlines in found.deadlines.values()),
        "reports": len(found.reports()),
        "exports": len(found.exports()),
    }


@lru_cache(maxsize=16)
def _read(forms: Path, own: tuple[tuple[str, bytes], ...]) -> Definitions:
    """Read definitions; the bytes of a registry's own are the key, so that what was changed is read again."""
    added = dict(own)
    library = load_library(forms, added)
    deadlines = load_deadlines(forms, library)
    return Definitions(
        library=library,
        documents=load_documents(forms, library, added),
        letterheads=load_letterheads(forms),
        deadlines=deadlines,
        holidays=load_holidays(forms),
        places=_places,
        reports=cache(partial(load_reports, forms, library, deadlines)),
        exports=cache(lambda: load_exports(forms, library, load_standards(resources_dir()))),
    )


@cache
def _places() -> Places:
    return load_places(resources_dir())
