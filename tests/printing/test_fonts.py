import io
from collections.abc import Iterator
from typing import Any

import pytest
from pypdf import PdfReader

from desktop.printing.documents import render
from tests.printing.paper import content, documents, text_of


def fonts_of(pdf: bytes) -> Iterator[Any]:
    for page in PdfReader(io.BytesIO(pdf)).pages:
        resources: Any = page["/Resources"]
        for font in resources["/Font"].values():
            yield font.get_object()


@pytest.mark.parametrize("document", sorted(documents()))
def test_every_font_of_a_document_is_tinos_and_embedded(document: str) -> None:
    fonts = list(fonts_of(render(documents()[document], content())))

    assert fonts
    for font in fonts:
        assert "Tinos" in font["/BaseFont"]
        assert "/FontFile2" in font["/FontDescriptor"]
        assert "/ToUnicode" in font


@pytest.mark.parametrize("name", ["ສົມສີ", "王小明", "សុខ", "Vàng A Pó 𖬀", "Đỗ Ế Ộ Ữ", "😀"])
def test_a_character_without_a_glyph_keeps_its_place_in_the_text(name: str) -> None:
    pdf = render(documents()["ct03"], content(place={"destination_place": f"<{name}>"}.get))

    assert f"<{name}>" in text_of(pdf)
