"""A reason answers a doubt; it never answers an error."""

from desktop.domain.definitions.companion_fields import REASON
from desktop.domain.log.operation import FieldChange, Json
from desktop.workspace.base.session import Session
from desktop.workspace.records import records, saving
from desktop.workspace.records.append import OperationDraft, write
from tests.workspace.records.test_saving import PERSON_GIVEN


def test_an_error_is_refused_whatever_reason_is_given(commune: Session) -> None:
    values: dict[str, Json] = {**PERSON_GIVEN, "full_name": None}
    for reasons in ({"value_missing": "Chưa biết tên"}, {}):
        saved = saving.save_given(commune, "person", values, reasons=reasons, reason_for_all="Chưa biết tên")
        assert (saved.record, [problem.code for problem in saved.problems]) == (None, ["value_missing"])


def test_a_reason_kept_for_a_code_does_not_answer_an_error_of_that_code(commune: Session) -> None:
    """What was doubtful in an older form may be wrong in a newer one; the old reason stands in the record still."""
    saved = saving.save_given(commune, "person", PERSON_GIVEN)
    assert saved.record is not None, saved.problems
    reason = {REASON + "value_missing": FieldChange("Chưa biết")}
    write(commune, [OperationDraft(record=saved.record, register="person", version=1, fields=reason)])
    view = records.read(commune, saved.record)
    assert records.state_of(commune, saved.record).values[REASON + "value_missing"] == "Chưa biết"
    refused = saving.save(commune, "person", {**view.values, "full_name": None}, record=saved.record)
    assert (refused.record, [problem.code for problem in refused.problems]) == (None, ["value_missing"])
    assert records.read(commune, saved.record).values["full_name"] == PERSON_GIVEN["full_name"]
