"""The chapter on documents explains every filter and every place that is no field."""

import pytest

from desktop.domain.documents.model import Filter
from desktop.domain.documents.templates import OWN_PLACES
from desktop.paths import forms_dir

EXPLAINED = "\n".join(path.read_text(encoding="utf-8") for path in sorted(forms_dir().glob("README*.md")))


@pytest.mark.parametrize("word", [*OWN_PLACES, *(member.value for member in Filter)])
def test_every_filter_and_every_place_of_ours_is_explained(word: str) -> None:
    assert f"`{word}`" in EXPLAINED
