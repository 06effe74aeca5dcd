"""The Ministry's XML of foreign guests (`KHAI_BAO_TAM_TRU`), with the mistakes of the programs that write it repaired.

- `&` and `<` that were written into a name as they are, are read as themselves, and reported.
- A missing XML declaration and any order of the children are taken; a document type is refused, and all entities with
  it. Unknown elements are passed over. What is kept is bounded.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import ParseError  # its name alone; defusedxml parses

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import XMLParser

from desktop.errors import IntakeError
from desktop.intake.import_rows import RowNote
from desktop.intake.workbooks import LIMITS, MIB

ROOT, GUEST = "KHAI_BAO_TAM_TRU", "THONG_TIN_KHACH"
ELEMENTS: Final[Mapping[str, str]] = {
    "so_thu_tu": "number",
    "ho_ten": "full_name",
    "ngay_sinh": "dob",
    "ngay_sinh_dung_den": "dob_precision",
    "gioi_tinh": "gender",
    "ma_quoc_tich": "nationality",
    "so_ho_chieu": "doc_no",
    "so_phong": "room_no",
    "ngay_den": "arrived",
    "ngay_di_du_kien": "leaves",
    "ngay_tra_phong": "left",
    "thoi_han_tam_tru": "permitted",
}
TEXT_AT_MOST: Final = 1_000
DEPTH_AT_MOST: Final = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class XmlGuests:
    """The guests by their place in the file, from 1, and where it had to be repaired."""

    guests: tuple[tuple[int, Mapping[str, str]], ...]
    repaired: tuple[RowNote, ...]


def is_xml(content: bytes) -> bool:
    start = content.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0")[:1]
    return start == b"<"


def read(content: bytes) -> XmlGuests:
    """Read the guests.

    Raises:
        IntakeError: workbook_too_large, guest_xml_encoding, guest_xml_entities, guest_xml_unreadable,
            guest_file_unknown.
    """
    if len(content) > LIMITS.size:
        raise IntakeError("workbook_too_large", limit_mb=LIMITS.size // MIB)
    text, repaired = _repaired(_decoded(content))
    target = _Guests()
    parser = XMLParser(target=target, forbid_dtd=True)
    try:
        parser.feed(text)
        parser.close()
    except DefusedXmlException:
        raise IntakeError("guest_xml_entities") from None
    except ParseError as error:
        raise IntakeError("guest_xml_unreadable", line=error.position[0]) from None
    except ValueError:
        raise IntakeError("guest_xml_unreadable", line=1) from None
    return XmlGuests(guests=tuple(enumerate(target.guests, start=1)), repaired=repaired)


class _Guests:
    """What the XML parser reports: the texts of the elements of one guest after another."""

    def __init__(self) -> None:
        self.guests: list[dict[str, str]] = []
        self._path: list[str] = []
        self._texts: list[str] = []
        self._length = 0

    def start(self, tag: str, _attributes: dict[str, str]) -> None:
        name = tag.rpartition("}")[2]
        if not self._path and name != ROOT:
            raise IntakeError("guest_file_unknown")
        self._path.append(name)
        if len(self._path) > DEPTH_AT_MOST:
            raise IntakeError("guest_xml_unreadable", line=0)
        if self._path == [ROOT, GUEST]:
            self.guests.append({})
        self._texts, self._length = [], 0

    def data(self, text: str) -> None:
        self._length += len(text)
        if self._length <= TEXT_AT_MOST:
            self._texts.append(text)

    def end(self, _tag: str) -> None:
        name = self._path.pop()
        if self._path == [ROOT, GUEST] and name in ELEMENTS:
            self.guests[-1].setdefault(ELEMENTS[name], "".join(self._texts))
        self._texts, self._length = [], 0

    def close(self) -> None:
        """Nothing was opened."""


_DECLARED: Final = re.compile(r"\A\s*<\?xml[^>]*\?>")
_DOCTYPE: Final = re.compile(r"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_AMPERSAND: Final = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6});)")
_TAG: Final = r"/?[A-Za-z_][\w:.\-]*(?:\s+[\w:.\-]+\s*=\s*(?:\"[^\"<]*\"|'[^'<]*'))*\s*/?>"
_LESS: Final = re.compile(rf"<(?!{_TAG}|!--|!\[CDATA\[)")
_REPAIRS_TOLD: Final = 1_000


def _decoded(content: bytes) -> str:
    """Return the text, without the declaration: what it says of the encoding is not asked."""
    encoding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise IntakeError("guest_xml_encoding", line=1 + content[: error.start].count(b"\n")) from None
    if _DOCTYPE.search(text):
        raise IntakeError("guest_xml_entities")
    # lines keep their numbers
    return _DECLARED.sub(lambda found: "\n" * found[0].count("\n"), text, count=1)


def _repaired(text: str) -> tuple[str, tuple[RowNote, ...]]:
    places = sorted({found.start() for pattern in (_AMPERSAND, _LESS) for found in pattern.finditer(text)})
    rows: dict[int, None] = {}
    row, at = 0, 0
    for place in places[:_REPAIRS_TOLD]:
        row += text.count(f"<{GUEST}>", at, place)
        at = place
        rows.setdefault(row)
    repaired = _LESS.sub("&lt;", _AMPERSAND.sub("&amp;", text))
    return repaired, tuple(RowNote(row=found, code="guest_xml_mended") for found in rows)
