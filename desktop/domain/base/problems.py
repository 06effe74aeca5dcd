"""What is wrong or doubtful in the user's data: returned, never raised."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """An error must be corrected; a warning asks for a reason."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """One text in both languages."""

    vi: str
    en: str

    def text(self, language: str) -> str:
        return self.en if language == "en" else self.vi


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One finding on one field; `field` is a path such as `dob` or `children_abroad[0].dob`, None for the record.

    `message` is set where the definition file brings its own words; else the sentence of `code` is used.
    """

    code: str
    severity: Severity = Severity.ERROR
    field: str | None = None
    context: Mapping[str, str | int] = dataclasses.field(default_factory=dict)
    message: Label | None = None
    legal_basis: str = ""
