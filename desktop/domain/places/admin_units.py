"""An administrative unit of today, and one of before 1 July 2025, when there were districts.

- Names are without their kind: name `Nậm Kè`, kind `xã`. A full name has both.
- Aliases are names from before earlier mergers, as folded keys without spaces; they are only compared, never shown.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Province:
    code: str
    name: str
    kind: str

    @property
    def full_name(self) -> str:
        return f"{self.kind} {self.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Commune:
    """`province` is the code of the province it lies in."""

    code: str
    name: str
    kind: str
    province: str

    @property
    def full_name(self) -> str:
        return f"{self.kind} {self.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class OldProvince:
    name: str
    kind: str
    aliases: tuple[str, ...]

    @property
    def full_name(self) -> str:
        return f"{self.kind} {self.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class OldDistrict:
    name: str
    kind: str
    aliases: tuple[str, ...]
    province: OldProvince

    @property
    def full_name(self) -> str:
        return f"{self.kind} {self.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class OldCommune:
    """A commune of before and the codes of its successors, that of the greater part first.

    The five island districts had no communes: there `name` and `kind` are empty and the district stands for both.
    """

    name: str
    kind: str
    aliases: tuple[str, ...]
    communes: tuple[str, ...]
    district: OldDistrict

    @property
    def around(self) -> str:
        return f"{self.district.full_name}, {self.district.province.full_name}"

    @property
    def full_name(self) -> str:
        """Return `xã Nậm Kè, huyện Mường Nhé, tỉnh Điện Biên`."""
        return f"{self.kind} {self.name}, {self.around}" if self.name else self.around
