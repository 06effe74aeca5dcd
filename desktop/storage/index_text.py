"""What a record is called, sorted by and found by, computed from its definition and its values.

- Only a title made of the record's own fields is kept; one that names another record (`{person.full_name}`) is empty.
- What identifies a victim or an informant (P4) enters neither a title nor the search text.
- A title that is a person's name is sorted as lists of people in Vietnam are: given name first.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Final

from desktop.domain.definitions.model import (
    LINKS,
    PERSON_NAME,
    FieldDefinition,
    FormDefinition,
    Privacy,
    TypeName,
)
from desktop.domain.log.operation import Json
from desktop.domain.names.names import fold, name_sort_key, sort_key

GIVEN_BY_PROGRAM: Final = ("record_no", "case_code")  # written with the record, though no field of the form
_PLACE: Final = re.compile(r"\{([^{}]*)\}")
_ADDRESS_WORDS: Final = ("hamlet", "detail", "old_text")


def title_of(definition: FormDefinition, values: Mapping[str, Json]) -> str:
    """Return the record's own title; empty when any of its places is another record's or a P4 field."""
    if not all(_is_own(definition, place) for place in _places(definition.title)):
        return ""
    return " ".join(_PLACE.sub(lambda place: text_of(values.get(place[1])), definition.title).split())


def title_sort_key(definition: FormDefinition, title: str) -> str:
    """Return what `title` is sorted by; empty for an empty one."""
    if not title:
        return ""
    fields = [definition.field(place) for place in _places(definition.title)]
    is_name = len(fields) == 1 and fields[0] is not None and fields[0].kind == PERSON_NAME
    return name_sort_key(title) if is_name else sort_key(title)


def links_of(fields: Iterable[FieldDefinition], values: Mapping[str, Json]) -> Iterator[tuple[str, str]]:
    """Yield field and target of every link, those in rows as `rows.field`."""
    for field in fields:
        value = values.get(field.id)
        if field.type in LINKS and isinstance(value, str):
            yield field.id, value
        elif field.type is TypeName.ROWS and isinstance(value, list):
            for row in value:
                if isinstance(row, dict):
                    yield from ((f"{field.id}.{inner}", target) for inner, target in links_of(field.fields, row))


def search_text(definition: FormDefinition, values: Mapping[str, Json], title_of_link: Callable[[str], str]) -> str:
    """Return the folded text a record is found by: its number, and the definition's search fields."""
    found = [text_of(values.get("record_no"))]
    for field_id in definition.search:
        field, value = definition.field(field_id), values.get(field_id)
        if value is None:
            continue
        if field is not None:
            found += _words(field, value, title_of_link)
        elif field_id in GIVEN_BY_PROGRAM:
            found.append(text_of(value))
    return " ".join(dict.fromkeys(fold(text) for text in found if text))


def text_of(value: Json) -> str:
    """Return a plain value as text; nothing for what has parts."""
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""


@lru_cache
def _places(template: str) -> tuple[str, ...]:
    return tuple(_PLACE.findall(template))


def _is_own(definition: FormDefinition, place: str) -> bool:
    field = definition.field(place)
    return place in GIVEN_BY_PROGRAM if field is None else field.privacy is not Privacy.P4


def _words(field: FieldDefinition, value: Json, title_of_link: Callable[[str], str]) -> Iterator[str]:
    if field.privacy is Privacy.P4:
        return
    if field.type in LINKS:
        yield title_of_link(value) if isinstance(value, str) else ""
    elif field.type is TypeName.PHONE and isinstance(value, str):
        yield value
        if value.startswith("+84"):  # as people say it
            yield "0" + value.removeprefix("+84")
    elif isinstance(value, list):
        for item in value:
            if isinstance(item, dict):
                for inner in field.fields:
                    yield from _words(inner, item.get(inner.id), title_of_link)
            else:
                yield text_of(item)
    elif isinstance(value, dict):
        yield from (text_of(value.get(part)) for part in _ADDRESS_WORDS if field.type is TypeName.ADDRESS)
    else:
        yield text_of(value)
