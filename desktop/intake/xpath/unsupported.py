"""Why an expression of a form was not carried: it cannot be said here, and nothing is guessed."""

from enum import StrEnum


class Why(StrEnum):
    """Why an expression was not carried; each is the code of a sentence inside another."""

    UNREADABLE = "xlsform_why_unreadable"
    TOO_LONG = "xlsform_why_too_long"
    PATH = "xlsform_why_path"
    NAME_UNKNOWN = "xlsform_why_name_unknown"
    NAME_TWICE = "xlsform_why_name_twice"
    FUNCTION = "xlsform_why_function"
    PATTERN = "xlsform_why_pattern"
    ARITHMETIC = "xlsform_why_arithmetic"
    CHOICE_UNKNOWN = "xlsform_why_choice_unknown"
    KINDS = "xlsform_why_kinds"
    VALUE = "xlsform_why_value"
    REFUSED = "xlsform_why_refused"


class Unsupported(Exception):  # noqa: N818  a plain fact
    """An expression that our conditions cannot say; why, and about what."""

    def __init__(self, why: Why, **context: str | int) -> None:
        super().__init__(why, context)
        self.why = why
        self.context = context
