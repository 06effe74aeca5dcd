"""The definitions the program works with, read once from forms/ and resources/."""

from functools import cache, partial
from pathlib import Path

from desktop.domain.clock_loading import load_clocks
from desktop.domain.document_loading import load_documents
from desktop.domain.export_loading import load_exports
from desktop.domain.holidays import load_holidays
from desktop.domain.letterheads import load_letterheads
from desktop.domain.loading import load_library
from desktop.domain.places import Places
from desktop.domain.report_loading import load_reports
from desktop.intake.field_standards import load_standards
from desktop.intake.units import load_places
from desktop.paths import forms_dir, resources_dir
from desktop.workspace.session import Definitions


@cache
def read_definitions(folder: Path | None = None) -> Definitions:
    """Read every definition file of the program, or of another folder like its own.

    Raises:
        DefinitionError: with all problems of all files.
    """
    forms = folder or forms_dir()
    library = load_library(forms)
    clocks = load_clocks(forms, library)
    return Definitions(
        library=library,
        documents=load_documents(forms, library),
        letterheads=load_letterheads(forms),
        clocks=clocks,
        holidays=load_holidays(forms),
        places=_places,
        reports=cache(partial(load_reports, forms, library, clocks)),
        exports=cache(lambda: load_exports(forms, library, load_standards(resources_dir()))),
    )


def count_definitions(folder: Path | None = None) -> dict[str, int]:
    """Read every definition file and return how many there are of each kind. Raises DefinitionError."""
    found = read_definitions(folder)
    return {
        "registers": len(found.library.registers),
        "code_lists": len(found.library.code_lists),
        "documents": len(found.documents),
        "letterheads": len(found.letterheads),
        "clocks": sum(len(clocks.clocks) for clocks in found.clocks.values()),
        "reports": len(found.reports()),
        "exports": len(found.exports()),
    }


@cache
def _places() -> Places:
    return load_places(resources_dir())
