"""What a scan gave: the fields that could be read, and what is wrong or doubtful about the others.

- A field with an error is left out; the others stay. What is only doubtful stays and carries a warning.
- The scanned text is never kept: no problem, no exception and no field holds it as a whole.
"""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from desktop.domain.base import personal_id
from desktop.domain.base.problems import Problem, Severity
from desktop.domain.log.operation import Json

ScanKind = Literal["id_card", "mrz_td1", "mrz_td3", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanResult:
    """What was scanned. `person` has the fields of the register person, `document` those of a residence check.

    `confirm` names the fields that no check digit covers: an officer compares them with the paper.
    """

    kind: ScanKind
    person: Mapping[str, Json]
    document: Mapping[str, Json]
    confirm: tuple[str, ...]
    problems: tuple[Problem, ...]

    @property
    def is_unreadable(self) -> bool:
        return not self.person


@dataclass(slots=True)
class Reading:
    """A scan being read: fields and problems gather here, one reading a scan."""

    kind: ScanKind
    person: dict[str, Json] = dataclasses.field(default_factory=dict)
    document: dict[str, Json] = dataclasses.field(default_factory=dict)
    problems: list[Problem] = dataclasses.field(default_factory=list)

    def fail(self, code: str, field: str | None = None, /, **context: str | int) -> None:
        self.problems.append(Problem(code=code, severity=Severity.ERROR, field=field, context=context))

    def warn(self, code: str, field: str | None = None, /, **context: str | int) -> None:
        self.problems.append(Problem(code=code, severity=Severity.WARNING, field=field, context=context))

    def doubt_personal_id(self) -> None:
        """Compare the number with what else was read (legal_and_forms.md 6.1): numbers are corrected, so only warn."""
        number, gender, dob = (str(self.person.get(field, "")) for field in ("personal_id", "gender", "dob"))
        if personal_id.disagreement_with_gender(number, gender):
            self.warn("scan_id_gender", "gender")
        if personal_id.disagreement_with_birth(number, dob):
            self.warn("scan_id_birth", "dob")
        if not personal_id.province_is_known(number):
            self.warn("scan_id_province", "personal_id")

    def result(self, *confirm: str) -> ScanResult:
        return ScanResult(
            kind=self.kind,
            person=self.person,
            document=self.document,
            confirm=tuple(field for field in confirm if field in self.person),
            problems=tuple(self.problems),
        )
