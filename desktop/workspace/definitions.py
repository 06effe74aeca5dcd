"""The definitions the program works with, read once from forms/ and resources/."""

from functools import cache

from desktop.domain.clock_loading import load_clocks
from desktop.domain.document_loading import load_documents
from desktop.domain.holidays import load_holidays
from desktop.domain.letterheads import load_letterheads
from desktop.domain.loading import load_library
from desktop.domain.places import Places
from desktop.intake.units import load_places
from desktop.paths import forms_dir, resources_dir
from desktop.workspace.session import Definitions


@cache
def read_definitions() -> Definitions:
    """Read every definition file.

    Raises:
        DefinitionError: with all problems of all files.
    """
    library = load_library(forms_dir())
    return Definitions(
        library=library,
        documents=load_documents(forms_dir(), library),
        letterheads=load_letterheads(forms_dir()),
        clocks=load_clocks(forms_dir(), library),
        holidays=load_holidays(forms_dir()),
        places=_places,
    )


@cache
def _places() -> Places:
    return load_places(resources_dir())
