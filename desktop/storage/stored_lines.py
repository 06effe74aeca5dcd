"""Reads the lines that are in the change log: they were verified before they came there; nothing is asked twice."""

import json
import re
import sys
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from desktop.domain.log.operation import (
    ChangeKind,
    FieldChange,
    HybridTime,
    Operation,
    OperationId,
)

_decode: Final = json.JSONDecoder().decode
# A whole line begins with its counter and epoch and ends with what it acts on, whatever is between.
_BEGIN: Final = re.compile(rb'\{"c":([0-9]+),"d":[0-9]+,"e":"([0-9a-f]{16})",')
_END: Final = re.compile(rb'"r":"([0-9a-f-]{36})","t":"([a-z0-9_]+)","u":"[0-9a-f-]{36}","w":[0-9]+\}\Z')
_END_BYTES: Final = 200


class NamedLine(NamedTuple):
    """What a line says of itself."""

    epoch: str
    counter: int
    register: str
    record: str


def stored_operation(line: bytes) -> Operation:
    """Read a line that is in the log; `parse_operation` is for lines from outside."""
    content = stored_content(line)
    milliseconds, count = content["h"]
    return Operation(
        id=OperationId(content["e"], content["c"]),
        kind=ChangeKind(content["k"]),
        record=content["r"],
        register=content["t"],
        definition_version=content["d"],
        officer=content["u"],
        time=HybridTime(milliseconds, count),
        wall=content["w"],
        fields={
            name: FieldChange(value, tuple(map(OperationId.parse, parents)) if parents else ())
            for name, (value, parents) in content["f"].items()
        },
        suspect="q" in content,
    )


def stored_content(line: bytes) -> dict[str, Any]:
    """Read a line that is in the log as the object it is (FORMAT.md), where an `Operation` would cost too much."""
    content: dict[str, Any] = _decode(line.decode())
    return content


def named_by(line: bytes) -> NamedLine:
    """Return what a verified line says of itself, without reading what it says of the record."""
    begin, end = _BEGIN.match(line), _END.search(line, max(0, len(line) - _END_BYTES))
    if begin is None or end is None:
        return _named_in(json.loads(line))
    counter, epoch = begin.groups()
    record, register = end.groups()
    return NamedLine(epoch.decode(), int(counter), sys.intern(register.decode()), record.decode())


def _named_in(content: Mapping[str, Any]) -> NamedLine:
    return NamedLine(content["e"], content["c"], content["t"], content["r"])


def is_line_of(line: bytes, named: NamedLine) -> bool:
    """Return whether a line is whole and says this of itself; any damage is a no."""
    try:
        return _named_in(json.loads(line)) == named
    except (ValueError, KeyError, TypeError):  # damage may have left anything
        return False
