"""The provinces and communes as the set-up offers them, with the names they had before 1 July 2025."""

from collections.abc import Callable, Iterable

from desktop.domain.names.names import sort_key
from desktop.domain.places.admin_units import Province
from desktop.domain.places.places import Places
from desktop.ui.form.unit_picker import UnitChoice


def provinces(places: Places) -> tuple[UnitChoice, ...]:
    return tuple(
        UnitChoice(
            code=province.code, name=_large_first(province.full_name), former=_former_provinces(places, province)
        )
        for province in sorted(places.provinces, key=lambda province: sort_key(province.name))
    )


def communes_of(places: Places) -> Callable[[str], Iterable[UnitChoice]]:
    """Return a function from a province's code to its communes."""

    def communes(province: str) -> tuple[UnitChoice, ...]:
        return tuple(
            UnitChoice(
                code=commune.code,
                name=_large_first(commune.full_name),
                former=tuple(
                    dict.fromkeys(
                        _large_first(f"{old.kind} {old.name}") if old.name else old.around
                        for old in places.former(commune.code)
                    )
                ),
            )
            for commune in places.communes_of(province)
        )

    return communes


def _former_provinces(places: Places, province: Province) -> tuple[str, ...]:
    names = (
        old.district.province.full_name
        for commune in places.communes_of(province.code)
        for old in places.former(commune.code)
    )
    return tuple(_large_first(name) for name in dict.fromkeys(names) if name != province.full_name)


def _large_first(name: str) -> str:
    return name[:1].upper() + name[1:]
