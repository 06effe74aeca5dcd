"""One act on one record by one station, and the exact bytes it has in the log and on the stick.

- An operation's line is canonical JSON: keys sorted, no spaces, UTF-8, NFC text, no floats, integers within ±2^53.
- A line that is not what we would have written ourselves is refused: one operation, one spelling, one digest.
- A field's value names the operations whose values it replaces (its parents); clocks never decide anything.
- Heads chain a station's operations within an epoch: `head_n = SHA-256(head_(n-1) || SHA-256(line_n))`.
- Whatever an operation carries that this version does not know (a sealed value, a field of a newer definition)
  is kept and passed on untouched.
"""

import hashlib
import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, TypeAlias

Json: TypeAlias = bool | int | str | list["Json"] | dict[str, "Json"] | None

FIELD_ID: Final = re.compile(r"[a-z][a-z0-9_]{0,40}")
EPOCH: Final = re.compile(r"[0-9a-f]{16}")
STATION_ID: Final = re.compile(r"[A-Z][A-Z0-9]{1,7}(-[0-9A-Z]{2,8}){1,3}")
RECORD_ID: Final = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
LARGEST_INTEGER: Final = 2**53 - 1


@dataclass(frozen=True, slots=True)
class Limits:
    """Nothing from outside is read past these."""

    line_bytes: int = 256 * 1024
    depth: int = 16
    fields: int = 500
    parents: int = 1000


LIMITS: Final = Limits()


class ChangeKind(StrEnum):
    """What an operation does. `del`, `link` and `seal` are reserved (FORMAT.md) and refused until then."""

    PUT = "put"
    RESOLVE = "resolve"
    CLOSE_EPOCH = "close"


class MalformedOperation(ValueError):  # noqa: N818  caught by the bundle reader, which names it REJECT
    """A line that is no operation of this format; `reason` is a short code, never a value."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True, order=True)
class OperationId:
    """An epoch names one run of a station's log; the counter runs from 1 without gaps."""

    epoch: str
    counter: int

    def __str__(self) -> str:
        return f"{self.epoch}:{self.counter}"

    @classmethod
    def parse(cls, text: str) -> "OperationId":
        """Raises MalformedOperation."""
        epoch, colon, counter = text.partition(":")
        if not (colon and EPOCH.fullmatch(epoch) and counter.isascii() and counter.isdigit() and len(counter) <= 16):
            raise MalformedOperation("operation-id")
        if counter.startswith("0") or int(counter) > LARGEST_INTEGER:
            raise MalformedOperation("operation-id")
        return cls(epoch, int(counter))


@dataclass(frozen=True, slots=True, order=True)
class HybridTime:
    """Milliseconds since 1970 UTC and a tie counter. It orders what is shown; it decides nothing (R13)."""

    milliseconds: int
    count: int


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field's new value and the operations whose values it replaces. `None` clears the field."""

    value: Json
    parents: tuple[OperationId, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """A change as it is in the log.

    `officer` is the record id of the officer (register `officer`); `wall` is the station's own clock in
    milliseconds, `suspect` is set when that clock was behind what the station had already seen.
    """

    id: OperationId
    kind: ChangeKind
    record: str
    register: str
    definition_version: int
    officer: str
    time: HybridTime
    wall: int
    fields: Mapping[str, FieldChange]
    suspect: bool = False

    def line(self) -> bytes:
        """Return the canonical bytes, without a line feed."""
        content: dict[str, Json] = {
            "c": self.id.counter,
            "d": self.definition_version,
            "e": self.id.epoch,
            "f": {
                name: [change.value, [str(parent) for parent in sorted(change.parents)]]
                for name, change in self.fields.items()
            },
            "h": [self.time.milliseconds, self.time.count],
            "k": self.kind.value,
            "r": self.record,
            "t": self.register,
            "u": self.officer,
            "w": self.wall,
        }
        if self.suspect:
            content["q"] = 1
        return canonical(content)


def canonical(content: Json) -> bytes:
    """Return the one spelling of a JSON value; the text in it must be NFC already."""
    return _encode(content).encode()


def parse_operation(line: bytes) -> Operation:
    """Read one line of the log.

    Raises:
        MalformedOperation: too long, not canonical JSON, a key missing or unknown, a value out of its bounds.
    """
    content = parse_canonical(line)
    if not isinstance(content, dict):
        raise MalformedOperation("not-an-object")
    if set(content) - {"q"} != _KEYS or content.get("q", 1) != 1 or isinstance(content.get("q"), bool):
        raise MalformedOperation("keys")
    try:
        kind = ChangeKind(_text(content["k"]))
    except ValueError:
        raise MalformedOperation("kind") from None
    counter, version, wall = (_integer(content[key]) for key in ("c", "d", "w"))
    epoch, record, register, officer = (_text(content[key]) for key in ("e", "r", "t", "u"))
    if counter < 1 or version < 1 or not EPOCH.fullmatch(epoch):
        raise MalformedOperation("counter-or-epoch")
    if not (RECORD_ID.fullmatch(record) and FIELD_ID.fullmatch(register) and RECORD_ID.fullmatch(officer)):
        raise MalformedOperation("ids")
    hybrid = content["h"]
    if not (isinstance(hybrid, list) and len(hybrid) == 2):
        raise MalformedOperation("time")
    milliseconds, count = (_integer(number) for number in hybrid)
    return Operation(
        id=OperationId(epoch, counter),
        kind=kind,
        record=record,
        register=register,
        definition_version=version,
        officer=officer,
        time=HybridTime(milliseconds, count),
        wall=wall,
        fields=_parse_fields(content["f"]),
        suspect="q" in content,
    )


def parse_canonical(line: bytes) -> Json:
    """Read canonical JSON strictly: bounded, one spelling, no duplicate key, no float, no control character.

    Raises:
        MalformedOperation: anything else.
    """
    if len(line) > LIMITS.line_bytes:
        raise MalformedOperation("line-too-long")
    try:
        text = line.decode("utf-8")
        content: Json = _decode(text)
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError):
        raise MalformedOperation("not-json") from None
    except ValueError as error:  # an integer of more digits than Python reads, or one of our own refusals
        raise error if isinstance(error, MalformedOperation) else MalformedOperation("number") from None
    if "\\" in text:  # an escape may be between what is one text and what is not
        _refuse_bad_strings(content)
    else:
        _refuse_bad_text(text)
    _refuse_bad_numbers_and_depth(content, 1)
    if canonical(content) != line:  # a duplicate key, too: the last one alone would have been written
        raise MalformedOperation("not-canonical")
    return content


def genesis(station: str, epoch: str, forked_from: tuple[OperationId, bytes] | None = None) -> bytes:
    """Return the head before an epoch's first operation (R4: a restore begins a new epoch that names the old)."""
    text = f"sotram-epoch\n{station}\n{epoch}\n"
    if forked_from is not None:
        last, head = forked_from
        text += f"fork {last} {head.hex()}\n"
    return hashlib.sha256(text.encode()).digest()


def next_head(head: bytes, line: bytes) -> bytes:
    return hashlib.sha256(head + hashlib.sha256(line).digest()).digest()


_encode: Final = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode
_KEYS: Final = {"c", "d", "e", "f", "h", "k", "r", "t", "u", "w"}
_UNWANTED_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029]")


def _parse_fields(content: Json) -> dict[str, FieldChange]:
    if not isinstance(content, dict) or len(content) > LIMITS.fields:
        raise MalformedOperation("fields")
    fields: dict[str, FieldChange] = {}
    for name, pair in content.items():
        if not FIELD_ID.fullmatch(name) or not (isinstance(pair, list) and len(pair) == 2):
            raise MalformedOperation("field")
        value, parents = pair
        if not isinstance(parents, list) or len(parents) > LIMITS.parents:
            raise MalformedOperation("parents")
        fields[name] = FieldChange(value, _parse_parents(parents) if parents else ())
    return fields


def _parse_parents(parents: list[Json]) -> tuple[OperationId, ...]:
    ids = tuple(OperationId.parse(_text(parent)) for parent in parents)
    if list(ids) != sorted(set(ids)):
        raise MalformedOperation("parents")
    return ids


def _integer(value: Json) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= LARGEST_INTEGER:
        raise MalformedOperation("integer")
    return value


def _text(value: Json) -> str:
    if not isinstance(value, str):
        raise MalformedOperation("text")
    return value


def _refuse_number(_text_of_it: str) -> Any:  # noqa: ANN401  the signature json asks for
    raise MalformedOperation("number")


def _refuse_bad_strings(content: Json) -> None:
    stack = [content]
    while stack:
        value = stack.pop()
        if isinstance(value, str):
            _refuse_bad_text(value)
        elif isinstance(value, list):
            stack.extend(value)
        elif isinstance(value, dict):
            stack.extend(value)
            stack.extend(value.values())


def _refuse_bad_text(text: str) -> None:
    """Refuse a text, or a whole line without escapes: no quote or bracket composes with what follows it."""
    if _UNWANTED_CONTROLS.search(text) or not (text.isascii() or unicodedata.is_normalized("NFC", text)):
        raise MalformedOperation("text")


def _refuse_bad_numbers_and_depth(content: Json, depth: int) -> None:
    """Refuse an integer beyond ±2^53 and a container inside `LIMITS.depth` others. Bundles are read through here."""
    for item in content.values() if isinstance(content, dict) else content if isinstance(content, list) else [content]:
        kind = type(item)
        if kind is str or kind is bool or item is None:
            continue
        if isinstance(item, int):
            if not -LARGEST_INTEGER <= item <= LARGEST_INTEGER:
                raise MalformedOperation("integer")
        elif depth == LIMITS.depth:
            raise MalformedOperation("depth")
        else:
            _refuse_bad_numbers_and_depth(item, depth + 1)


_decode: Final = json.JSONDecoder(parse_float=_refuse_number, parse_constant=_refuse_number).decode
