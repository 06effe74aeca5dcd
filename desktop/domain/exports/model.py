"""The export of cases as frozen objects, the parsed side of forms/exports/*.toml.

- A case leaves only when every `Only` certainly holds; who stays is counted by the first that does not.
- What two cases must share with enough others to be hidden among them is `alike`: fields of the standard, what is
  beside it, and groups. `steps` say what is given up first where too few are alike.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.domain.base.problems import Label
from desktop.domain.conditions.condition import Condition
from desktop.domain.exports.standard import StandardField


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseRule:
    """A rule that every case that leaves keeps; the label says why the others stay."""

    id: str
    label: Label
    that: Condition


@dataclass(frozen=True, slots=True, kw_only=True)
class MappedField:
    """Where a field of the standard comes from: a path of names, or what is the same in every case.

    `part` takes one part of an address. `codes` translates; `is_same` keeps the code as it is. `without` says nothing.
    """

    to: StandardField
    path: tuple[str, ...] = ()
    part: str = ""
    codes: Mapping[str, str] | None = None
    is_same: bool = False
    without: frozenset[str] = frozenset()
    constant: str | bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DerivedField:
    """What is beside the standard's fields: the year of a date, or the band of an age."""

    id: str
    label: Label
    year_of: str = ""
    ages: tuple[Condition, ...] = ()
    bands: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RepeatedFields:
    """Fields that a case may have several times: from rows of the record, or from records that link to it."""

    id: str
    label: Label
    rows: str = ""
    register: str = ""
    through: str = ""
    fields: tuple[MappedField, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GeneralisationStep:
    """One thing given up: a name is emptied, or its bands become wider."""

    name: str
    bands: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Withheld:
    """Fields of the standard that never leave, and why."""

    fields: tuple[str, ...]
    why: Label


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportDefinition:
    """How the cases of a register leave."""

    id: str
    label: Label
    standard: str
    register: str
    legal_basis: str
    least_alike: int
    only: tuple[ReleaseRule, ...]
    fields: tuple[MappedField, ...]
    beside: tuple[DerivedField, ...]
    groups: tuple[RepeatedFields, ...]
    alike: tuple[str, ...]
    steps: tuple[GeneralisationStep, ...]
    withheld: tuple[Withheld, ...]


def band_of(age: int, bands: tuple[int, ...]) -> str:
    """Return the band that an age lies in, such as `9-17` or `48+`; bands are given by where each begins."""
    begins = max(start for start in bands if start <= age)
    after = [start for start in bands if start > begins]
    return f"{begins}-{after[0] - 1}" if after else f"{begins}+"
