"""The shipped register of tips: every channel, withheld identity, branches, the order of its times, secrecy."""

import re

import pytest

from desktop.domain.base.problems import Severity
from desktop.domain.definitions.model import Privacy, TypeName
from desktop.domain.log.operation import Json
from desktop.domain.records.validation import visible_fields
from tests.forms.shipped_basics import NOW, TODAY, Record
from tests.forms.shipped_duties import TIP_RECORD
from tests.forms.shipped_records import (
    library,
    missing_of,
    problems_of,
    severities_of,
)

TIP_DEFINITION = library().registers["tip"]
LATER = (
    *("classified_at", "branch_changed_at", "reported_to_cqdt_at", "transferred_at", "vks_notified_at", "assigned_on"),
    *("informant_notified_at", "extension_requested_on", "extended_to", "resolved_on", "result_notified_on"),
)
JUST_RECEIVED: Record = {
    name: TIP_RECORD[name]
    for name in (
        *("occurred_at", "source_of_information", "confidentiality", "tip_kind", "channel", "received_at", "receiver"),
        *("informant", "content", "seriousness_branch", "remote_commune", "victim_u18"),
    )
} | {"status": "THEO_DOI"}


def test_a_tip_just_received_has_no_problem() -> None:
    assert problems_of("tip", JUST_RECEIVED) == {}


@pytest.mark.parametrize("channel", [code.value for code in library().code_lists["tip_channel"].codes])
def test_every_channel_takes_an_informant_an_agency_or_a_reason(channel: str) -> None:
    unnamed: Record = {**JUST_RECEIVED, "channel": channel, "informant": None}

    assert missing_of("tip", unnamed) == {"informant"}
    assert missing_of("tip", {**unnamed, "informant_org": "Báo Điện Biên"}) == set()
    assert missing_of("tip", {**unnamed, "anonymous": False}) == {"informant"}
    assert missing_of("tip", {**unnamed, "anonymous": True}) == {"anonymous_reason"}
    assert problems_of("tip", {**unnamed, "anonymous": True, "anonymous_reason": "Sợ bị trả thù."}) == {}


def test_who_withholds_the_name_is_not_named() -> None:
    values: Record = {**JUST_RECEIVED, "anonymous": True, "anonymous_reason": "Sợ bị trả thù."}

    assert severities_of("tip", values) == {"anonymous_with_informant": Severity.ERROR}


@pytest.mark.parametrize(("channel", "asked"), [("DIEN_THOAI", True), ("DUONG_DAY_NONG", True), ("DON_THU", False)])
def test_a_call_says_how_it_became_known_and_who_else_knows(channel: str, asked: bool) -> None:
    values: Record = {**TIP_RECORD, "channel": channel, "how_known": None, "others_know": None}

    assert missing_of("tip", values) == ({"how_known", "others_know"} if asked else set())
    assert missing_of("tip", {**values, "status": "THEO_DOI"}) == set()


@pytest.mark.parametrize("field", LATER)
def test_nothing_happens_before_the_reception(field: str) -> None:
    is_moment = TIP_DEFINITION.field(field)
    assert is_moment is not None
    before = "2026-11-02T07:59+07:00" if is_moment.type is TypeName.DATE_TIME else "2026-11-01"

    assert "date_order" in problems_of("tip", {**TIP_RECORD, field: before})[field]


@pytest.mark.parametrize("field", [*(field for field in LATER if field != "extended_to"), "received_at"])
def test_nothing_is_entered_before_it_happened(field: str) -> None:
    found = TIP_DEFINITION.field(field)
    assert found is not None
    later = "2026-11-21T10:01+07:00" if found.type is TypeName.DATE_TIME else "2026-11-22"

    assert "date_in_future" in problems_of("tip", {**TIP_RECORD, field: later})[field]


def test_a_tip_leaves_with_its_papers() -> None:
    papers = ("transferred_at", "transferred_to", "doc_no")

    for status in ("KET_THUC", "CHUYEN"):
        values: Record = {**TIP_RECORD, **dict.fromkeys(papers), "status": status}
        assert missing_of("tip", values) == set(papers)
    assert missing_of("tip", {**TIP_RECORD, **dict.fromkeys(papers), "status": "THEO_DOI"}) == set()


@pytest.mark.parametrize(
    ("branch", "minor", "asked"), [("A", False, True), ("B", True, True), ("B", False, False), ("A", True, True)]
)
def test_the_investigators_are_told_at_once_in_branch_a_and_for_minors(branch: str, minor: bool, asked: bool) -> None:
    values: Record = {**TIP_RECORD, "seriousness_branch": branch, "victim_u18": minor, "reported_to_cqdt_at": None}

    assert ("reported_to_cqdt_at" in missing_of("tip", values)) is asked


def test_branch_a_has_its_grounds_at_closing() -> None:
    assert missing_of("tip", {**TIP_RECORD, "branch_grounds": None}) == {"branch_grounds"}
    assert missing_of("tip", {**TIP_RECORD, "branch_grounds": None, "seriousness_branch": "B"}) == set()
    shown = visible_fields({**TIP_RECORD, "seriousness_branch": "B"}, TIP_DEFINITION, today=TODAY, now=NOW)
    assert not shown & {"branch_grounds", "branch_changed_at"}


def test_a_tip_in_progress_is_not_closed() -> None:
    assert severities_of("tip", {**TIP_RECORD, "resolution": "DANG"}) == {"closed_before_resolution": Severity.ERROR}
    ongoing: Record = {**TIP_RECORD, "status": "THEO_DOI", "resolution": "DANG", "resolved_on": None}
    assert problems_of("tip", {**ongoing, "result_notified_on": None}) == {}


@pytest.mark.parametrize("resolution", ["KT", "KKT", "TDC", "CHUYEN", "XLHC"])
def test_a_resolution_has_its_day_at_once(resolution: str) -> None:
    values: Record = {**TIP_RECORD, "status": "THEO_DOI", "resolution": resolution, "resolved_on": None}

    assert missing_of("tip", values) == {"resolved_on"}


def test_an_informant_without_a_name_cannot_be_told() -> None:
    told = {"informant_notified_at", "result_notified_on"}
    nameless: dict[str, Json] = {"anonymous": True, "anonymous_reason": "Sợ.", "informant": None, "informant_org": None}

    assert missing_of("tip", {**TIP_RECORD, **dict.fromkeys(told)}) == told
    assert missing_of("tip", {**TIP_RECORD, **dict.fromkeys(told), **nameless}) == set()


def test_a_minor_among_the_victims_contradicts_the_answer_no() -> None:
    young: list[Json] = [{"name": "Vàng Thị Xua", "dob": "2009-11-03"}]
    grown: list[Json] = [{"name": "Vàng Thị Xua", "dob": "2008-11-02"}]

    assert problems_of("tip", {**TIP_RECORD, "victims": young}) == {"victims[0].dob": {"minor_not_marked"}}
    assert problems_of("tip", {**TIP_RECORD, "victims": young, "victim_u18": True}) == {}
    assert problems_of("tip", {**TIP_RECORD, "victims": grown}) == {}


@pytest.mark.parametrize("field", ["suspects", "victims", "witnesses"])
def test_people_involved_have_a_name_or_are_known(field: str) -> None:
    assert missing_of("tip", {**TIP_RECORD, field: [{"role": None, "address": "Bản Nậm Kè"}]}) == {f"{field}[0].name"}


def test_whoever_told_it_and_whom_it_is_about_is_covered() -> None:
    secret = {field.id for field in TIP_DEFINITION.fields() if field.privacy is Privacy.P4}

    assert secret >= {
        *("anonymous", "anonymous_reason", "informant", "informant_org", "how_known", "others_know", "content"),
        *("suspects", "victims", "witnesses", "attachments_handed", "linked_victim_case", "linked_absence"),
    }
    assert re.findall(r"{([\w.]+)}", TIP_DEFINITION.title) == ["record_no"]
