"""One line for each answer: which answers there are, how they are called, and whose they are.

- Codes come in the order of their list, units and hamlets in that of their names, what is not recorded last.
- A code that is out of force and that nobody chose has no line.
- A hamlet typed with other capitals, spaces or places of the tone mark is one hamlet; with other marks it is another.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from desktop.domain.base.problems import Label
from desktop.domain.conditions.condition import Follow, Values
from desktop.domain.definitions.model import Library, TypeName
from desktop.domain.log.operation import Json
from desktop.domain.names.names import normalise_tone_placement, sort_key
from desktop.domain.places.places import Places
from desktop.domain.reports.model import UNIT, EachValue
from desktop.reports.records import CountedRecord
from desktop.sentences import sentence

NOT_RECORDED: Final = ""
_YES, _NO = "yes", "no"
_BETWEEN: Final = "|"


@dataclass(frozen=True)
class Breakdown:
    """The lines of one `each`."""

    each: EachValue
    library: Library
    places: Places
    follow: Follow
    _spelt: dict[str, str] = field(default_factory=dict, repr=False)

    def keys_of(self, record: CountedRecord, register: str) -> tuple[str, ...]:
        """Return the lines that a record belongs to: several only when it has several codes."""
        path = self.each.paths[register]
        if path == (UNIT,):
            return (record.station,)
        value = self._at(record, path[:-1] if self.each.part else path)
        if self.each.part:
            return (self._unit_key(value),)
        if isinstance(value, list):
            return tuple(dict.fromkeys(str(one) for one in value)) or (NOT_RECORDED,)
        if isinstance(value, bool):
            return (_YES if value else _NO,)
        return (value,) if isinstance(value, str) and value else (NOT_RECORDED,)

    @property
    def is_single(self) -> bool:
        """Whether a record belongs to one line only, so that the lines add up."""
        return self.each.part is not None or self.each.is_yes_no or not self._has_several

    def lines(self, present: Iterable[str], day: dt.date) -> tuple[tuple[str, Label], ...]:
        """Return the key and label of each line, given the keys of the records that are counted."""
        found = set(present)
        if self.each.is_yes_no:
            known = [_YES, _NO]
        elif self.each.code_list is not None:
            codes = self.library.code_lists[self.each.code_list].codes
            known = [code.value for code in codes if code.value in found or code.is_valid_on(day)]
        else:
            known = []
        listed = [key for key in known if key in found or not self.each.present_only]
        others = sorted(found - set(listed) - {NOT_RECORDED}, key=lambda key: (sort_key(self._label(key).vi), key))
        last = [NOT_RECORDED] if NOT_RECORDED in found else []
        return tuple((key, self._label(key)) for key in (*listed, *others, *last))

    @property
    def _has_several(self) -> bool:
        for register, path in self.each.paths.items():
            definition = self.library.registers[register]
            for name in path[:-1]:
                link = definition.field(name)
                definition = self.library.registers[(link.register if link else None) or "person"]
            last = definition.field(path[-1])
            if last is not None and last.type is TypeName.CODES:
                return True
        return False

    def _at(self, record: Values, path: tuple[str, ...]) -> Json:
        values: Values | None = record
        for name in path[:-1]:
            target = values.get(name) if values is not None else None
            values = self.follow(target) if isinstance(target, str) else None
        return values.get(path[-1]) if values is not None else None

    def _unit_key(self, value: Json) -> str:
        if not isinstance(value, dict):
            return NOT_RECORDED
        commune = str(value.get("commune") or "")
        if self.each.part != "hamlet":
            return commune
        hamlet = " ".join(str(value.get("hamlet") or "").split())
        key = f"{commune}{_BETWEEN}{normalise_tone_placement(hamlet).casefold()}"
        self._spelt.setdefault(key, hamlet)
        return key if commune or hamlet else NOT_RECORDED

    def _label(self, key: str) -> Label:
        if key == NOT_RECORDED:
            return words("report_not_recorded")
        if self.each.is_yes_no:
            return words("report_yes" if key == _YES else "report_no")
        if self.each.code_list is not None:
            code = self.library.code_lists[self.each.code_list].code(key)
            return code.label if code else Label(vi=key, en=key)
        return self._unit_label(key)

    def _unit_label(self, key: str) -> Label:
        if self.each.part == UNIT:
            commune = key.split("-")[1] if key.count("-") > 1 else ""
            name = self.places.full_name(None, commune) if self.places.commune(commune) else ""
            return _same(f"{name} ({key})" if name else key)
        commune = key.partition(_BETWEEN)[0]
        name = self.places.full_name(None, commune)
        if self.each.part != "hamlet":
            return _same(name)
        hamlet = self._spelt.get(key)
        if not hamlet:
            unknown = words("report_hamlet_not_recorded")
            return Label(vi=f"{unknown.vi}, {name}", en=f"{unknown.en}, {name}")
        return _same(f"{hamlet}, {name}" if name else hamlet)


def words(code: str) -> Label:
    """Return the words of a code in both languages."""
    return Label(vi=sentence(code, {}, "vi"), en=sentence(code, {}, "en"))


def _same(text: str) -> Label:
    return Label(vi=text, en=text)
