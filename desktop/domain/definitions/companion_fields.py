"""What may be in a record beside a field without being a question: a note on the field, the mark of a double entry.

- A note is `note_<field>`: a text that an officer wrote about the answer or its absence. It is as private as the field.
- A mark is `rekey_<field>`: a digest of the value that a second officer keyed blind to the same. It holds for that
  value alone, so any change of the field ends it.
- A reason is `reason_<code>`: why a doubtful value is right all the same.
- All are values of the record like others: they merge, travel and have a history. No form asks them, no paper shows
  them, no report counts them.
- A field or a code that is too long for the prefix is named by its beginning and a digest of the whole.
"""

import hashlib
from typing import Final

from desktop.domain.log.operation import FIELD_ID, Json, canonical

NOTE: Final = "note_"
MARK: Final = "rekey_"
REASON: Final = "reason_"
NOTE_LENGTH: Final = 500
_LONGEST: Final = 41
_DIGEST: Final = 8
_MARK_LENGTH: Final = 24
_NOTHING: Final = "-"


def note_name(field_id: str) -> str:
    """Return the name under which a record holds the note on a field."""
    return _name(NOTE, field_id)


def mark_name(field_id: str) -> str:
    """Return the name under which a record holds the mark that a field was keyed twice."""
    return _name(MARK, field_id)


def reason_name(code: str) -> str:
    """Return the name under which a record holds why a warning of this code is right all the same."""
    return _name(REASON, code)


def is_companion(name: str) -> bool:
    """Return whether a name can only be that of a note, a mark or a reason; no field of a form is called so."""
    return name.startswith((NOTE, MARK, REASON))


def mark_of(record: str, field_id: str, value: Json) -> str:
    """Return the mark for a value of a record's field; another value has another mark, and so has no value."""
    if value is None:
        return _NOTHING
    return hashlib.sha256(canonical([record, field_id, value])).hexdigest()[:_MARK_LENGTH]


def _name(prefix: str, named: str) -> str:
    name = prefix + named
    if len(name) <= _LONGEST and FIELD_ID.fullmatch(name):
        return name
    digest = hashlib.sha256(named.encode()).hexdigest()[:_DIGEST]
    return f"{name[: _LONGEST - _DIGEST - 1]}_{digest}"
