"""From the address on an identity card to the commune of today.

- An address names, from its end, province, district and commune as they were when the card was made; cards made
  since 1 July 2025 name province and commune. With or without the words xã, huyện, tỉnh; marks may be missing.
- Three levels that fit each other are the old reading, and it wins: a hamlet seldom has the name of a commune, while
  most old districts gave their name to a new commune. When the old reading fails only at its commune, nothing is
  guessed: `Xã X, Mường Nhé, Điện Biên` is not taken for commune Mường Nhé.
- Of names that fold alike, those of the kind written, then those with the marks written, are meant.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from desktop.domain.names.names import fold, normalise_tone_placement
from desktop.domain.places.admin_units import (
    Commune,
    OldCommune,
    OldDistrict,
    OldProvince,
    Province,
)

_Unit = TypeVar("_Unit", Province, Commune, OldProvince, OldDistrict, OldCommune)

_SEPARATOR: Final = re.compile(r"[,;\n]")
_KINDS: Final = {
    "tinh": "tỉnh",
    "thanh pho": "thành phố",
    "tp": "thành phố",
    "quan": "quận",
    "huyen": "huyện",
    "thi xa": "thị xã",
    "tx": "thị xã",
    "xa": "xã",
    "phuong": "phường",
    "thi tran": "thị trấn",
    "tt": "thị trấn",
    "dac khu": "đặc khu",
    "t": "tỉnh",
    "q": "quận",
    "h": "huyện",
    "x": "xã",
    "p": "phường",
}
_KIND: Final = re.compile(
    r"(tinh|thanh pho|tp|quan|huyen|thi xa|tx|xa|phuong|thi tran|tt|dac khu)(?:[. ]+|(?=[0-9]))"
    r"|([tqhxp])(?:\. *|(?=[0-9]))"
)
_COMMUNE_KINDS: Final = frozenset({"xã", "phường", "thị trấn", "đặc khu"})
_DISTRICT_KINDS: Final = frozenset({"quận", "huyện", "thị xã", "thành phố"})
_HAMLET: Final = re.compile(
    r"(ban|thon|to|to dan pho|tdp|xom|ap|khu|khu pho|khom|lang|buon|plei|bon|phum|soc|doi|cum)\b"
)
_LONGEST: Final = 500
_COUNTRY: Final = frozenset({"vietnam", "vn"})
_ZEROS: Final = re.compile(r"\b0+(?=[0-9])")
_NO_LETTER: Final = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class ConvertedAddress:
    """A commune where the address may lie; `rest` is what was before the commune: hamlet, street, house."""

    commune: Commune
    old: OldCommune | None
    rest: str


@dataclass(frozen=True, slots=True)
class _Part:
    """One name of an address: as written, its kind if it says one, and its keys, with and without the kind."""

    text: str
    bare: str
    is_marked: bool  # the address has marks, so a letter without one is meant so
    kind: str
    key: str
    bare_key: str


class AddressIndex:
    """The units by folded name, level under level."""

    def __init__(
        self,
        provinces: Iterable[Province],
        communes: Mapping[str, Commune],
        old_communes: Iterable[OldCommune],
    ) -> None:
        self._communes = communes
        self._provinces = tuple(provinces)
        self._by_province: dict[str, list[Commune]] = defaultdict(list)
        for commune in communes.values():
            self._by_province[commune.province].append(commune)
        self._old: dict[OldProvince, dict[OldDistrict, list[OldCommune]]] = defaultdict(lambda: defaultdict(list))
        for old in old_communes:
            self._old[old.district.province][old.district].append(old)

    def convert(self, text: str) -> tuple[ConvertedAddress, ...]:
        if len(text) > _LONGEST:
            return ()
        parts = [_part(piece, is_marked=not text.isascii()) for piece in _SEPARATOR.split(text) if fold(piece)]
        if parts and parts[-1].key in _COUNTRY:
            parts.pop()
        if len(parts) < 2:
            return ()
        districts = self._old_districts(parts[-1])
        named = _choose(list(districts), parts[-2])
        found = self._in_district(parts, districts, named)
        if found:
            return found
        if _is_old_form(parts, is_district=bool(named)):
            return ()
        return self._as_today(parts) or self._without_district(parts, districts)

    def _old_districts(self, part: _Part) -> dict[OldDistrict, list[OldCommune]]:
        return {
            district: communes
            for province in _choose(list(self._old), part)
            for district, communes in self._old[province].items()
        }

    def _in_district(
        self,
        parts: Sequence[_Part],
        districts: Mapping[OldDistrict, list[OldCommune]],
        named: Iterable[OldDistrict],
    ) -> tuple[ConvertedAddress, ...]:
        for district in named:
            if not districts[district][0].name:
                return self._converted(districts[district], parts[:-2])
            if len(parts) > 2:
                olds = _choose(districts[district], parts[-3])
                if olds:
                    return self._converted(olds, parts[:-3])
        return ()

    def _as_today(self, parts: Sequence[_Part]) -> tuple[ConvertedAddress, ...]:
        rest = _rest(parts[:-2])
        named = {province.name for province in _choose(list(self._old), parts[-1])}  # these know TP.HCM too
        named |= {province.name for province in _choose(self._provinces, parts[-1])}
        return tuple(
            ConvertedAddress(commune=commune, old=None, rest=rest)
            for province in self._provinces
            if province.name in named
            for commune in _choose(self._by_province[province.code], parts[-2])
        )

    def _without_district(
        self, parts: Sequence[_Part], districts: Mapping[OldDistrict, list[OldCommune]]
    ) -> tuple[ConvertedAddress, ...]:
        everywhere = [old for olds in districts.values() for old in olds if old.name]
        return self._converted(_choose(everywhere, parts[-2]), parts[:-2])

    def _converted(self, olds: Iterable[OldCommune], before: Sequence[_Part]) -> tuple[ConvertedAddress, ...]:
        found: dict[str, ConvertedAddress] = {}
        for old in olds:
            for code in old.communes:
                here = ConvertedAddress(commune=self._communes[code], old=old, rest=_rest(before))
                found.setdefault(code, here)
        return tuple(found.values())


def is_hamlet(text: str) -> bool:
    """Return whether this begins as hamlets do: bản, thôn, tổ, xóm ..."""
    return _HAMLET.match(fold(text)) is not None


def _is_old_form(parts: Sequence[_Part], *, is_district: bool) -> bool:
    """Return whether the last name but one is meant as a district, so that no commune of today may be read from it."""
    if parts[-2].kind in _DISTRICT_KINDS:
        return True
    if len(parts) < 3 or parts[-2].kind in _COMMUNE_KINDS:
        return False
    return parts[-3].kind in _COMMUNE_KINDS or (is_district and not is_hamlet(parts[-3].text))


def _part(piece: str, *, is_marked: bool) -> _Part:
    text = " ".join(unicodedata.normalize("NFC", piece).split())
    folded = fold(text)
    found = _KIND.match(folded)
    if found is not None and found.end() < len(folded):
        bare = _after(text, folded[found.end() :])
        kind = _KINDS[found[1] or found[2]]
        written = text.removesuffix(bare).casefold().strip(" .")
        if not is_marked or written == kind or len(written) < 3:  # Quan Sơn is no quận Sơn
            return _Part(text, bare, is_marked, kind, _key(folded), _key(bare))
    return _Part(text, text, is_marked, "", _key(folded), _key(folded))


def _after(text: str, folded_end: str) -> str:
    """Return the end of the text that folds to this."""
    return next((text[place:].strip() for place in range(len(text)) if fold(text[place:]) == folded_end), text)


def _key(text: str) -> str:
    return _NO_LETTER.sub("", _ZEROS.sub("", fold(text)))


def _rest(parts: Iterable[_Part]) -> str:
    return ", ".join(part.text for part in parts)


def _choose(units: Sequence[_Unit], part: _Part) -> list[_Unit]:
    """Return the units that the part names: by its whole text, else without its kind, else by an earlier name."""
    by_name = [unit for unit in units if _key(unit.name) == part.key] or [
        unit for unit in units if _key(unit.name) == part.bare_key
    ]
    if not by_name:
        keys = {part.key, part.bare_key}
        by_name = [unit for unit in units if not keys.isdisjoint(_aliases(unit))]
    if part.kind and len(by_name) > 1:
        by_name = [unit for unit in by_name if unit.kind == part.kind] or by_name
    if part.is_marked and len(by_name) > 1:
        spelt = normalise_tone_placement(part.bare).casefold()
        by_name = [unit for unit in by_name if unit.name.casefold() == spelt] or by_name
    return by_name


def _aliases(unit: Province | Commune | OldProvince | OldDistrict | OldCommune) -> tuple[str, ...]:
    return () if isinstance(unit, (Province, Commune)) else unit.aliases
