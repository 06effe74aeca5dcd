"""A sheet of paper for an imported register: every question with its answer, in the order of the form.

- It is an internal form: `verified = false`, so it carries the watermark that says so.
- It is as private as the most private question. Files cannot be in a text; they are not printed.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from desktop.domain.definitions.model import Privacy, TypeName
from desktop.domain.definitions.toml_writer import Content
from desktop.intake.xlsform.names import LONGEST_ID

MOST_COLUMNS: Final = 5
SUFFIX: Final = "_sheet"


def document_id(register: str) -> str:
    """Return the id of a register's sheet; that of a long one ends in its digest, so that no two share a sheet."""
    if len(register) + len(SUFFIX) > LONGEST_ID:
        digest = hashlib.sha256(register.encode()).hexdigest()[:6]
        register = f"{register[: LONGEST_ID - len(SUFFIX) - 7]}_{digest}"
    return f"{register}{SUFFIX}"


def make_document(register: Content) -> Content:
    """Return the document of a register whose content was made of a form."""
    content: Any = register
    sections: Sequence[Mapping[str, Any]] = content["section"]
    privacy = max(field["privacy"] for section in sections for field in section["field"])
    label = content["label"]
    return {
        "id": document_id(content["id"]),
        "label": {"vi": f"Phiếu: {label['vi']}", "en": f"Sheet: {label['en']}"},
        "version": content["version"],
        "register": content["id"],
        "privacy": max(privacy, Privacy.P3.value),
        "verified": False,
        "block": [
            {"kind": "national_header"},
            {"kind": "number_and_date", "date": "{printed.day|date_long}"},
            {"kind": "title", "text": "PHIẾU THÔNG TIN", "summary": _without_braces(label["vi"])},
            {"kind": "fields", "item": [{"label": "Số vào sổ", "value": "{record_no}"}]},
            *(block for section in sections for block in _section(section)),
            {
                "kind": "signatures",
                "signer": [
                    {"title": ["CÁN BỘ LẬP PHIẾU"], "hint": ["(Ký, ghi rõ họ tên)"], "name": "{printed.officer}"},
                ],
            },
        ],
    }


_NOT_PRINTED: Final = frozenset({TypeName.ATTACHMENT.value})


def _section(section: Mapping[str, Any]) -> Iterator[Content]:
    yield {"kind": "heading", "text": section["label"]["vi"]}
    items: list[Content] = []
    for field in section["field"]:
        if field["type"] == TypeName.ROWS.value:
            if items:
                yield {"kind": "fields", "item": items}
            items = []
            yield from _rows(field)
        elif field["type"] not in _NOT_PRINTED:
            items.append({"label": field["label"]["vi"], "value": f"{{{field['id']}}}"})
    if items:
        yield {"kind": "fields", "item": items}


def _rows(field: Mapping[str, Any]) -> Iterator[Content]:
    columns = [column for column in field["field"] if column["type"] not in _NOT_PRINTED]
    for start in range(0, len(columns), MOST_COLUMNS):
        some = columns[start : start + MOST_COLUMNS]
        yield {
            "kind": "rows",
            "label": field["label"]["vi"],
            "field": field["id"],
            "column": [
                {"label": column["label"]["vi"], "value": f"{{{column['id']}}}", "width": 100 // len(some)}
                for column in some
            ],
        }


def _without_braces(text: str) -> str:
    return text.replace("{", "(").replace("}", ")")
