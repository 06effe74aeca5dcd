import io
from collections.abc import Iterator
from pathlib import Path

import pytest
import shiboken6
from pypdf import PdfReader
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot
from reportlab.pdfgen.canvas import Canvas

from desktop.errors import PrintingError
from desktop.ui.base.theme import Theme
from desktop.ui.base.widgets import Tone
from desktop.ui.viewers.print_preview import PrintPreview
from desktop.workspace.papers.printing import Printed

DOCUMENTS = (("ct03", "CT03"), ("note", "Note"))


def two_pages() -> bytes:
    content = io.BytesIO()
    canvas = Canvas(content, pagesize=(595, 842), invariant=1)
    for text in ("one", "two"):
        canvas.drawString(100, 700, text)
        canvas.showPage()
    canvas.save()
    return content.getvalue()


def printed(*, has_victim_identity: bool = False) -> Printed:
    return Printed(
        pdf=two_pages(),
        title="CT03",
        file_name="ct03_VM-2026-0042_3.pdf",
        copy_number=3,
        has_victim_identity=has_victim_identity,
    )


@pytest.fixture
def preview(qtbot: QtBot, theme: Theme) -> Iterator[PrintPreview]:
    made = PrintPreview(DOCUMENTS, "en")
    made.show()
    yield made
    if shiboken6.isValid(made):
        made.close()


def test_the_document_chosen_is_asked_for(preview: PrintPreview, qtbot: QtBot) -> None:
    with qtbot.waitSignal(preview.document_wanted) as first:
        preview.start()
    with qtbot.waitSignal(preview.document_wanted) as other:
        preview.choice.setCurrentIndex(1)
    assert (first.args, other.args) == (["ct03"], ["note"])


def test_the_pages_are_shown_and_only_then_printed(preview: PrintPreview) -> None:
    assert not preview.print_button.isEnabled()
    preview.show_printed(printed())
    assert preview.page_count == 2
    assert preview.print_button.isEnabled()
    assert preview.notice.text == ""


def test_a_paper_that_identifies_a_victim_says_so_with_its_copy_number(preview: PrintPreview) -> None:
    preview.show_printed(printed(has_victim_identity=True))
    assert preview.notice.tone is Tone.WARNING
    assert "3" in preview.notice.text


def test_every_page_reaches_the_printer(preview: PrintPreview, tmp_path: Path) -> None:
    preview.show_printed(printed())
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    preview.print_with(printer)
    assert len(PdfReader(tmp_path / "out.pdf").pages) == 2


def test_the_kept_pdf_is_the_one_shown(preview: PrintPreview, tmp_path: Path) -> None:
    preview.show_printed(printed())
    preview.save_as(tmp_path / "kept.pdf")
    assert (tmp_path / "kept.pdf").read_bytes() == two_pages()


def test_a_folder_that_cannot_be_written_is_said_in_the_dialog(preview: PrintPreview, tmp_path: Path) -> None:
    preview.show_printed(printed())
    preview.save_as(tmp_path / "no such folder" / "kept.pdf")
    assert preview.notice.code == "file_gone"


def test_a_paper_that_cannot_be_made_leaves_nothing_to_print(preview: PrintPreview) -> None:
    preview.show_printed(printed())
    preview.show_error(PrintingError("text_too_long_to_print"))
    assert preview.notice.code == "text_too_long_to_print"
    assert not preview.print_button.isEnabled()
