"""What each type of question of a form becomes here, by what pyxform's own table says of the type.

- A type that pyxform does not know is refused with its row; one that has no place here is left out and reported.
- What the program says of every record by itself (start, end, device, user) is not asked again.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from pyxform.question_type_dictionary import QUESTION_TYPE_DICT

from desktop.domain.definitions.model import TypeName
from desktop.domain.names.names import fold
from desktop.errors import IntakeError
from desktop.intake.xlsform.form import FormItem
from desktop.intake.xlsform.notes import Done, NoteCode


class QuestionRole(StrEnum):
    """What a row of the form is."""

    FIELD = "field"
    POINT = "point"
    NOTE = "note"
    CALCULATION = "calculation"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What a question becomes, and the note that reports it; `constraint` comes with the type itself."""

    role: QuestionRole
    type: TypeName = TypeName.TEXT
    note: NoteCode | None = None
    done: Done = Done.CHANGED
    constraint: str = ""


def meaning_of(item: FormItem) -> Meaning:
    """Return what a question becomes.

    Raises:
        IntakeError: xlsform_type_unknown.
    """
    known: Mapping[str, Any] | None = QUESTION_TYPE_DICT.get(item.type)
    if known is None:
        if item.type in {"loop", "entity"}:
            return _left_out(NoteCode.TYPE_LEFT_OUT)
        raise IntakeError("xlsform_type_unknown", row=item.row, type=item.type[:60])
    bind, control = known.get("bind") or {}, known.get("control") or {}
    if "jr:preload" in bind or control.get("tag") == "action" or item.type in {"audit", "background-geopoint"}:
        return _left_out(NoteCode.METADATA)
    if not known:
        return _left_out(NoteCode.TYPE_LEFT_OUT)
    if "tag" not in control:
        return Meaning(role=QuestionRole.CALCULATION)
    if bind.get("readonly"):
        return Meaning(role=QuestionRole.NOTE)
    meaning = _by_control(item, str(control["tag"]), str(control.get("mediatype", "")), str(bind.get("type", "")))
    constraint = str(bind.get("constraint", ""))
    return meaning if not constraint else Meaning(role=meaning.role, type=meaning.type, constraint=constraint)


_LONG_WORDS: Final = frozenset(
    "detail details description describe comment comments remark remarks notes narrative explain explanation".split()  # noqa: SIM905
)
_LONG_PHRASES: Final = ("mo ta", "ghi chu", "nhan xet", "giai thich", "dien bien", "chi tiet")
_SCALARS: Final = {
    "int": TypeName.INTEGER,
    "decimal": TypeName.DECIMAL,
    "date": TypeName.DATE,
    "dateTime": TypeName.DATE_TIME,
    "string": TypeName.TEXT,
    "barcode": TypeName.TEXT,
}
_BY_TAG: Final = {"select1": TypeName.CODE, "select": TypeName.CODES, "trigger": TypeName.YES_NO}
_ELSEWHERE: Final = re.compile(r"\$\{|\.(?:csv|xml|geojson)$")


def _by_control(item: FormItem, tag: str, media: str, data: str) -> Meaning:
    if tag in _BY_TAG or item.type == "select one external":
        if item.type == "select one external" or _ELSEWHERE.search(item.choices):
            return Meaning(role=QuestionRole.FIELD, note=NoteCode.CHOICES_ELSEWHERE)
        return Meaning(role=QuestionRole.FIELD, type=_BY_TAG[tag])
    if tag == "upload":
        return _file(media)
    if tag == "range":
        is_whole = not any("." in part for part in re.split(r"[ =]", item.get("parameters")))
        return Meaning(role=QuestionRole.FIELD, type=TypeName.INTEGER if is_whole else TypeName.DECIMAL)
    return _OTHERS.get(data) or Meaning(role=QuestionRole.FIELD, type=_by_appearance(item, _SCALARS[data]))


def _file(media: str) -> Meaning:
    if media == "osm/*":
        return _left_out(NoteCode.TYPE_LEFT_OUT)
    note = None if media == "image/*" else NoteCode.TYPE_AS_ATTACHMENT
    return Meaning(role=QuestionRole.FIELD, type=TypeName.ATTACHMENT, note=note)


_LINE: Final = Meaning(role=QuestionRole.FIELD, type=TypeName.ATTACHMENT, note=NoteCode.TYPE_AS_ATTACHMENT)
_OTHERS: Final[Mapping[str, Meaning]] = {
    "geopoint": Meaning(role=QuestionRole.POINT, type=TypeName.DECIMAL, note=NoteCode.POINT_SPLIT),
    "geotrace": _LINE,
    "geoshape": _LINE,
    "time": Meaning(role=QuestionRole.FIELD, note=NoteCode.TYPE_AS_TEXT),
    "odk:rank": Meaning(role=QuestionRole.FIELD, type=TypeName.LONG_TEXT, note=NoteCode.TYPE_AS_TEXT),
}


def _by_appearance(item: FormItem, kind: TypeName) -> TypeName:
    looks = item.get("appearance").split()
    if kind is TypeName.DATE and {"year", "month-year"} & set(looks):
        return TypeName.PARTIAL_DATE
    if kind is TypeName.TEXT and ("multiline" in looks or item.get("rows") or _is_long(item)):
        return TypeName.LONG_TEXT
    return kind


def _is_long(item: FormItem) -> bool:
    texts = [re.sub(r"(?<=[a-z])(?=[A-Z])", " ", item.name).replace("_", " "), *item.label.values()]
    for text in texts:
        folded = fold(text)
        if _LONG_WORDS & set(folded.split()) or any(f" {phrase} " in f" {folded} " for phrase in _LONG_PHRASES):
            return True
    return False


def _left_out(note: NoteCode) -> Meaning:
    return Meaning(role=QuestionRole.NOTHING, note=note, done=Done.LEFT_OUT)
