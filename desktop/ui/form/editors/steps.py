"""Where a key asks the form to put the cursor; forms, panels and rows pass it on as a plain integer."""

from enum import IntEnum


class FieldStep(IntEnum):
    """`ON` is the next stop that waits for an answer, `NEXT` the next of all; a section is gone to at its first."""

    SECTION_BEFORE = -2
    BACK = -1
    NEXT = 1
    ON = 2
    SECTION = 3
