"""The provinces and communes of Vietnam: by code, by a few letters of a name new or old, and from an old address.

- Codes are those of the statistics office since 1 July 2025: two digits a province, five a commune.
- An old commune went into one new commune or into several; then a person chooses, never the program.
- An address is read from its end, as it is written: hamlet, commune, district, province.
- The units come as already-read JSON (resources/units/); the indexes are made when first asked for.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import groupby
from typing import Any, Final

from desktop.domain.names.names import fold, normalise_tone_placement, sort_key
from desktop.domain.places.admin_units import (
    Commune,
    OldCommune,
    OldDistrict,
    OldProvince,
    Province,
)
from desktop.domain.places.old_addresses import AddressIndex, ConvertedAddress

__all__ = ["Commune", "ConvertedAddress", "OldCommune", "OldDistrict", "OldProvince", "Place", "Places", "Province"]

_WORD: Final = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What a search found: a commune, and the old commune by whose name it was found, if so."""

    commune: Commune
    old: OldCommune | None = None


@dataclass(frozen=True, slots=True)
class _Words:
    """A text's words, folded and as they are spelt."""

    folded: str
    spelt: str

    @classmethod
    def of(cls, text: str) -> "_Words":
        return cls(" ".join(_WORD.findall(fold(text))), " ".join(_WORD.findall(text.casefold())))


@dataclass(frozen=True, slots=True)
class _Entry:
    """A name to search by: all its words, the words of the commune alone, and the order among equals."""

    words: str
    spelling: str
    name: str
    kind: str
    place: Place


@dataclass(frozen=True, eq=False, repr=False, kw_only=True)
class Places:
    """All units. Made once; asks nothing of anyone."""

    provinces: tuple[Province, ...]
    communes: tuple[Commune, ...]
    old_communes: tuple[OldCommune, ...]

    @classmethod
    def from_json(cls, units: Mapping[str, Any], old_units: Mapping[str, Any]) -> "Places":
        """Build from what resources/units/*.json hold."""
        return cls(
            provinces=tuple(Province(code=code, name=name, kind=kind) for code, name, kind in units["provinces"]),
            communes=tuple(
                Commune(code=code, name=name, kind=kind, province=province)
                for code, name, kind, province in units["communes"]
            ),
            old_communes=tuple(_read_old_communes(old_units)),
        )

    def province(self, code: str) -> Province | None:
        return self._provinces.get(code)

    def commune(self, code: str) -> Commune | None:
        return self._communes.get(code)

    def communes_of(self, province: str) -> tuple[Commune, ...]:
        """Return a province's communes in the order of their names."""
        return self._by_province.get(province, ())

    def full_name(self, province: str | None, commune: str | None) -> str:
        """Return `Xã Nậm Kè, tỉnh Điện Biên`, or as much of it as is answered; an unknown code shows itself."""
        names = []
        if commune:
            known = self.commune(commune)
            names.append(known.full_name if known else commune)
        if province:
            around = self.province(province)
            names.append(around.full_name if around else province)
        text = ", ".join(names)
        return text[:1].upper() + text[1:]

    def former(self, commune: str) -> tuple[OldCommune, ...]:
        """Return the old communes of which all or a part is in this one."""
        return self._former.get(commune, ())

    def search(self, text: str, province: str | None = None, limit: int = 20) -> tuple[Place, ...]:
        """Return the communes whose names, new or old, have words that begin as the typed ones do.

        Kind, district and province may be typed too, but not alone. Marks count when they are typed. The whole name
        comes first, then its beginning, then any word of it; at equal fit a new name goes before an old one.
        """
        typed = _Words.of(normalise_tone_placement(text))
        if not typed.folded:
            return ()
        begins = [f" {word}" for word in typed.folded.split()]
        spelt = [] if text.isascii() else [f" {word}" for word in typed.spelt.split()]
        ranked = sorted(
            (any(word not in entry.spelling for word in spelt), _fit(typed.folded, begins, entry), number)
            for number, entry in self._entries_with(begins)
            if province is None or entry.place.commune.province == province
        )
        found: dict[tuple[str, str], Place] = {}
        for _, _, number in ranked:
            entry = self._entries[number]
            found.setdefault((entry.place.commune.code, entry.name), entry.place)
            if len(found) == limit:
                break
        return tuple(found.values())

    def convert_old_address(self, text: str) -> tuple[ConvertedAddress, ...]:
        """Return the communes where an address of an identity card may lie today; more than one asks a person."""
        return self._addresses.convert(text)

    def _entries_with(self, begins: list[str]) -> Iterator[tuple[int, _Entry]]:
        """Yield the entries that have all the beginnings, at least one of them in the commune's own name."""
        if len(begins) == 1:  # a single letter begins a word of nearly every province's name
            for number, name in enumerate(self._names):
                if begins[0] in name:
                    yield number, self._entries[number]
            return
        numbers: Iterable[int] = range(len(self._words))
        for begin in begins:
            numbers = [number for number in numbers if begin in self._words[number]]
        for number in numbers:
            if any(begin in self._names[number] for begin in begins):
                yield number, self._entries[number]

    @cached_property
    def _words(self) -> tuple[str, ...]:
        return tuple(entry.words for entry in self._entries)

    @cached_property
    def _names(self) -> tuple[str, ...]:
        return tuple(entry.name for entry in self._entries)

    @cached_property
    def _provinces(self) -> dict[str, Province]:
        return {province.code: province for province in self.provinces}

    @cached_property
    def _communes(self) -> dict[str, Commune]:
        return {commune.code: commune for commune in self.communes}

    @cached_property
    def _by_province(self) -> dict[str, tuple[Commune, ...]]:
        found: dict[str, list[Commune]] = {}
        for commune in self.communes:
            found.setdefault(commune.province, []).append(commune)
        return {
            code: tuple(sorted(communes, key=lambda commune: (sort_key(commune.name), commune.code)))
            for code, communes in found.items()
        }

    @cached_property
    def _former(self) -> dict[str, tuple[OldCommune, ...]]:
        found: dict[str, list[OldCommune]] = {}
        for old in self.old_communes:
            for code in old.communes:
                found.setdefault(code, []).append(old)
        return {code: tuple(olds) for code, olds in found.items()}

    @cached_property
    def _addresses(self) -> AddressIndex:
        return AddressIndex(self.provinces, self._communes, self.old_communes)

    @cached_property
    def _entries(self) -> tuple[_Entry, ...]:
        """Return every name of every commune, the new ones first, so that the place in it breaks ties."""
        around = {province.code: _Words.of(province.full_name) for province in self.provinces}
        new = [
            _entry(commune.name, commune.kind, around[commune.province], Place(commune=commune))
            for commune in self.communes
        ]
        old: list[_Entry] = []
        for district, communes in groupby(self.old_communes, key=lambda old: old.district):
            beyond = _Words.of(f"{district.full_name} {district.province.full_name}")
            old += [
                _entry(
                    commune.name or district.name,
                    commune.kind or district.kind,
                    beyond,
                    Place(commune=self._communes[code], old=commune),
                )
                for commune in communes
                for code in commune.communes
            ]
        return (*new, *old)


def _read_old_communes(old_units: Mapping[str, Any]) -> Iterator[OldCommune]:
    for province_name, province_kind, province_aliases, districts in old_units["provinces"]:
        province = OldProvince(name=province_name, kind=province_kind, aliases=tuple(province_aliases))
        for district_name, district_kind, district_aliases, communes in districts:
            district = OldDistrict(
                name=district_name, kind=district_kind, aliases=tuple(district_aliases), province=province
            )
            for name, kind, codes, aliases in communes:
                yield OldCommune(name=name, kind=kind, aliases=tuple(aliases), communes=tuple(codes), district=district)


def _entry(name: str, kind: str, around: _Words, place: Place) -> _Entry:
    own, kinds = _Words.of(name), _words_of_kind(kind)
    return _Entry(
        words=f" {kinds.folded} {own.folded} {around.folded}",
        spelling=f" {kinds.spelt} {own.spelt} {around.spelt}",
        name=f" {own.folded}",
        kind=f" {kinds.folded}",
        place=place,
    )


@cache
def _words_of_kind(kind: str) -> _Words:
    return _Words.of(kind)


def _fit(folded: str, begins: list[str], entry: _Entry) -> int:
    typed = f" {folded}"
    if not entry.name.startswith(typed):
        typed = typed.removeprefix(entry.kind)
    if typed == entry.name:
        return 0
    if entry.name.startswith(typed):
        return 1
    return 2 if all(begin in entry.name for begin in begins) else 3
