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

from desktop.domain.definitions.model import Privacy
from desktop.domain.documents.letterheads import Letterhead
from desktop.domain.documents.model import (
    Checklist,
    DocumentDefinition,
    FieldLines,
    Heading,
    NationalHeader,
    NotesBlock,
    NumberAndDate,
    RowsTable,
    Signatures,
    TextBlock,
    Title,
)
from desktop.printing import blocks, heads
from desktop.printing.blocks import Chosen
from desktop.printing.filling import Answer
from desktop.printing.fonts import REGULAR, register_fonts
from desktop.printing.layout import DECREE_30, LANDSCAPE, Decree30
from desktop.printing.lines import DottedLine, OpenLine
from desktop.printing.page import PageFurniture, Protection, furniture
from desktop.printing.signatures import signature_flowables
from desktop.printing.tables import Rows

_LINES: Final = (Paragraph, OpenLine, DottedLine)
_Body = NationalHeader | NumberAndDate | Title | FieldLines | TextBlock | Checklist | RowsTable | NotesBlock


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
    of the change log in base32. `qr` is what the code at the foot says, and `is_blank` that no record was printed:
    such a paper is not protected yet.
    """

    letterhead: Letterhead
    officer: str
    printed_at: dt.datetime
    copy_number: int = 1
    number: int | None = None
    record_no: str = ""
    log_code: str = ""
    qr: str = ""
    is_blank: bool = False
    place: Answer = nothing
    chosen: Chosen = no_codes
    rows: Rows = no_rows


def render(document: DocumentDefinition, content: DocumentContent) -> bytes:
    """Return the PDF.

    Raises:
        PrintingError: text_too_long_to_print.
    """
    register_fonts()
    paper = LANDSCAPE if document.landscape else DECREE_30
    marks = furniture(
        paper=paper,
        protection=_protection(document, content),
        is_verified=document.verified,
        officer=content.officer,
        printed_at=content.printed_at,
        copy_number=content.copy_number,
        log_code=content.log_code,
        qr=content.qr,
        form=_form(document, content),
    )
    return build(_story(document, content, paper), paper, marks, title=document.label.vi)


def build(story: list[Flowable], paper: Decree30, marks: PageFurniture, *, title: str) -> bytes:
    """Return the PDF of a story on one kind of paper; the same story gives the same bytes."""
    buffer = BytesIO()
    template = BaseDocTemplate(
        buffer,
        pagesize=(paper.page_width * mm, paper.page_height * mm),
        title=title,
        creator="Sotram",
        lang="vi",
        initialFontName=REGULAR,
        invariant=1,
    )
    frame = Frame(
        paper.left * mm,
        paper.bottom * mm,
        paper.text_width * mm,
        paper.text_height * mm,
        leftPadding=0,
        rightPadding=0,
        topPadding=0,
        bottomPadding=0,
    )
    template.addPageTemplates(PageTemplate(frames=[frame], onPage=marks.draw))
    template.build(story)
    return buffer.getvalue()


def _protection(document: DocumentDefinition, content: DocumentContent) -> Protection:
    if document.privacy is not Privacy.P4:
        return Protection.NONE
    return Protection.ONCE_FILLED if content.is_blank else Protection.PROTECTED


def _form(document: DocumentDefinition, content: DocumentContent) -> str:
    """Return the words beside the code at the foot, for eyes: the form, and the record that it shows."""
    record = f", {content.record_no}" if content.record_no else ""
    return f"Mẫu {document.id}, phiên bản {document.version}{record}" if content.qr else ""


def _story(document: DocumentDefinition, content: DocumentContent, paper: Decree30) -> list[Flowable]:
    story: list[Flowable] = []
    signed: list[Flowable] = []  # signatures, and the line above them: they are never alone on a page
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
            signed = [*signed, *signature_flowables(block, answer, paper, gap=gap)]
            story.append(KeepTogether(signed))
        elif isinstance(block, NotesBlock) and isinstance(before, Signatures):
            story[-1] = KeepTogether([*signed, *blocks.notes(block)])
        elif isinstance(block, Heading):
            story.extend(blocks.heading(block, after))
        else:
            story.extend(_flowables(block, document, content, answer, paper))
    return story


def _flowables(  # noqa: PLR0911  one line a kind
    block: _Body, document: DocumentDefinition, content: DocumentContent, answer: Answer, paper: Decree30
) -> list[Flowable]:
    match block:
        case NationalHeader():
            return heads.national_header(block, content.letterhead, document.form_note, answer, paper)
        case NumberAndDate():
            return heads.number_and_date(block, content.letterhead, content.number, answer, paper)
        case Title():
            return heads.title(block, answer, paper)
        case FieldLines():
            return blocks.fields(block, answer, paper)
        case TextBlock():
            return blocks.text(block, answer)
        case Checklist():
            return blocks.checklist(block, content.chosen, content.printed_at.date(), paper)
        case RowsTable():
            rows = content.rows if block.path else _one_row(answer)
            return blocks.table(block, rows, content.printed_at.date(), paper)
        case NotesBlock():
            return blocks.notes(block)


def _one_row(answer: Answer) -> Rows:
    return lambda _path: [answer]


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
