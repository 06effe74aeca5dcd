"""A document of one record as PDF bytes: a definition and the record's words in, bytes out.

- Nothing is read but the fonts: no file, no address, no clock. The same input gives the same bytes.
- Documents are printed in Vietnamese; a blank form is the same definition with nothing answered.
"""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Final

from reportlab.lib.units import mm
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, KeepTogether, PageTemplate, Paragraph

from desktop.domain.definitions import Privacy
from desktop.domain.document_definitions import (
    Checklist,
    DocumentDefinition,
    Fields,
    Heading,
    NationalHeader,
    Notes,
    NumberAndDate,
    RowsTable,
    Signatures,
    TextBlock,
    Title,
)
from desktop.domain.letterheads import Letterhead
from desktop.printing import blocks, heads
from desktop.printing.blocks import Chosen
from desktop.printing.filling import Answer
from desktop.printing.fonts import REGULAR, register_fonts
from desktop.printing.layout import DECREE_30
from desktop.printing.lines import DottedLine, OpenLine
from desktop.printing.page import furniture
from desktop.printing.signatures import signature_flowables
from desktop.printing.tables import Rows

_LINES: Final = (Paragraph, OpenLine, DottedLine)
_Body = NationalHeader | NumberAndDate | Title | Fields | TextBlock | Checklist | RowsTable | Notes


def nothing(_path: str) -> None:
    """Answer no place: the blank form."""


def no_codes(_path: str) -> Collection[str]:
    return ()


def no_rows(_path: str) -> Sequence[Answer]:
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentContent:
    """The words of one printing.

    `place("person.full_name")` is the value as the screen shows it, or None; a date may also come as it is stored.
    `chosen("case_kind")` are the stored codes of a coded field, `True` or `False` of a yes-or-no.
    `rows("transit")` is one `place` for each row, asked with the fields of the row (`"country"`).
    `number` is the document's own number (`Số:`), `record_no` that of the record in its register, `log_code` the head
    of the change log in base32.
    """

    letterhead: Letterhead
    officer: str
    printed_at: dt.datetime
    copy_number: int = 1
    number: int | None = None
    record_no: str = ""
    log_code: str = ""
    place: Answer = nothing
    chosen: Chosen = no_codes
    rows: Rows = no_rows


def render(document: DocumentDefinition, content: DocumentContent) -> bytes:
    """Return the PDF.

    Raises:
        PrintingError: text_too_long_to_print.
    """
    register_fonts()
    marks = furniture(
        is_protected=document.privacy is Privacy.P4,
        is_verified=document.verified,
        officer=content.officer,
        printed_at=content.printed_at,
        copy_number=content.copy_number,
        log_code=content.log_code,
    )
    buffer = BytesIO()
    template = BaseDocTemplate(
        buffer,
        pagesize=(DECREE_30.page_width * mm, DECREE_30.page_height * mm),
        title=document.label.vi,
        creator="Sotram",
        lang="vi",
        initialFontName=REGULAR,
        invariant=1,
    )
    frame = Frame(
        DECREE_30.left * mm,
        DECREE_30.bottom * mm,
        DECREE_30.text_width * mm,
        DECREE_30.text_height * mm,
        leftPadding=0,
        rightPadding=0,
        topPadding=0,
        bottomPadding=0,
    )
    template.addPageTemplates(PageTemplate(frames=[frame], onPage=marks.draw))
    template.build(_story(document, content))
    return buffer.getvalue()


def _story(document: DocumentDefinition, content: DocumentContent) -> list[Flowable]:
    story: list[Flowable] = []
    signed: list[Flowable] = []  # signatures, and the line above them: they never stand alone on a page
    answer = _with_own_places(content)
    for before, block, after in zip(
        (None, *document.blocks), document.blocks, (*document.blocks[1:], None), strict=False
    ):
        if isinstance(block, Signatures):
            if isinstance(before, Signatures):
                story.pop()
            else:
                signed = [story.pop()] if story and isinstance(story[-1], _LINES) else []
            gap = 0 if isinstance(before, Heading) else DECREE_30.before_signatures
            signed = [*signed, *signature_flowables(block, answer, gap=gap)]
            story.append(KeepTogether(signed))
        elif isinstance(block, Heading):
            story.extend(blocks.heading(block, after))
        else:
            story.extend(_flowables(block, document, content, answer))
    return story


def _flowables(  # noqa: PLR0911  one line a kind
    block: _Body, document: DocumentDefinition, content: DocumentContent, answer: Answer
) -> list[Flowable]:
    match block:
        case NationalHeader():
            return heads.national_header(block, content.letterhead, document.form_note)
        case NumberAndDate():
            return heads.number_and_date(block, content.letterhead, content.number, answer)
        case Title():
            return heads.title(block, answer)
        case Fields():
            return blocks.fields(block, answer)
        case TextBlock():
            return blocks.text(block, answer)
        case Checklist():
            return blocks.checklist(block, content.chosen, content.printed_at.date())
        case RowsTable():
            return blocks.table(block, content.rows)
        case Notes():
            return blocks.notes(block)


def _with_own_places(content: DocumentContent) -> Answer:
    letterhead = content.letterhead
    own = {
        "record_no": content.record_no,
        "letterhead.agency_above": letterhead.agency_above,
        "letterhead.agency": letterhead.agency,
        "letterhead.place": letterhead.place,
        "letterhead.signer_title": "\n".join(letterhead.signer_title),
        "letterhead.signer_name": letterhead.signer_name,
        "printed.officer": content.officer,
        "printed.day": content.printed_at.date().isoformat(),
        "by_hand": None,
    }
    return lambda path: own[path] if path in own else content.place(path)
