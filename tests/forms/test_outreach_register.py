"""The shipped registers of outreach, tip boxes and campaigns, and the tag of a campaign on every record."""

import pytest

from desktop.domain.base.problems import Severity
from desktop.domain.definitions.model import TypeName
from desktop.domain.log.operation import Json
from desktop.domain.records.validation import computed
from tests.forms.shipped_basics import (
    CAMPAIGN,
    NOW,
    TODAY,
    Record,
)
from tests.forms.shipped_duties import CAMPAIGN_RECORD, OUTREACH, TIP_BOX
from tests.forms.shipped_records import (
    FULL,
    library,
    problems_of,
    severities_of,
)


@pytest.mark.parametrize("part", ["attend_female", "attend_u18", "attend_ethnic_minority", "households"])
def test_no_part_of_the_audience_is_more_than_all(part: str) -> None:
    assert problems_of("outreach", {**OUTREACH, part: 84}) == {}
    assert problems_of("outreach", {**OUTREACH, part: 85}) == {part: {"part_exceeds_whole"}}


@pytest.mark.parametrize("part", ["attend_total", "attend_female", "leaflets", "commitments_signed", "budget"])
def test_counts_are_not_below_nothing(part: str) -> None:
    assert "number_too_small" in problems_of("outreach", {**OUTREACH, part: -1})[part]


def test_an_empty_session_is_a_session() -> None:
    nobody = dict.fromkeys(("attend_total", "attend_female", "attend_u18", "attend_ethnic_minority", "households"), 0)

    assert problems_of("outreach", {**OUTREACH, **nobody}) == {}


@pytest.mark.parametrize(
    ("blurred", "minors", "doubted"), [(False, 1, True), (False, None, True), (False, 0, False), (True, 5, False)]
)
def test_faces_of_minors_are_blurred(blurred: bool, minors: int | None, doubted: bool) -> None:
    photos: list[Json] = [{"file": OUTREACH["photos"][0]["file"], "minors_blurred": blurred}]  # type: ignore[index, call-overload]  # rows of the record above

    found = problems_of("outreach", {**OUTREACH, "photos": photos, "attend_u18": minors})

    assert found == ({"photos[0].minors_blurred": {"minors_not_blurred"}} if doubted else {})


def test_the_organiser_is_no_partner_of_its_own() -> None:
    assert problems_of("outreach", {**OUTREACH, "organiser": "CAX"}) == {"co_organisers": {"organiser_twice"}}


def test_no_list_of_names_is_kept_of_an_audience() -> None:
    kept = [field.id for field in library().registers["outreach"].fields() if field.type is TypeName.PERSON]

    assert kept == []


def test_letters_are_added_up_over_the_openings() -> None:
    definition = library().registers["tip_box"]

    assert computed(TIP_BOX, definition, today=TODAY, now=NOW) == {"letters_total": 9, "valid_total": 3}
    unopened: Record = {**TIP_BOX, "openings": None}
    assert computed(unopened, definition, today=TODAY, now=NOW) == {"letters_total": 0, "valid_total": 0}


def test_an_opening_has_its_box_and_no_more_use_than_letters() -> None:
    row: dict[str, Json] = {"opened_on": "2026-02-01", "letters": 2, "valid": 3}
    assert problems_of("tip_box", {**TIP_BOX, "openings": [row]}) == {"openings[0].valid": {"part_exceeds_whole"}}
    early: dict[str, Json] = {"opened_on": "2026-01-09", "letters": 2}
    assert problems_of("tip_box", {**TIP_BOX, "openings": [early]}) == {"openings[0].opened_on": {"date_order"}}


def test_a_campaign_ends_after_it_begins() -> None:
    assert problems_of("campaign", {**CAMPAIGN_RECORD, "to_date": "2026-10-31"}) == {"to_date": {"date_order"}}
    assert problems_of("campaign", {**CAMPAIGN_RECORD, "to_date": "2026-11-01"}) == {}


WITHOUT_ENVELOPE = {"person", "officer", "campaign", "link", "guest_stay"}
TAGGED = sorted(set(FULL) - WITHOUT_ENVELOPE)


@pytest.mark.parametrize("register", TAGGED)
def test_every_record_may_be_tagged_with_a_campaign_of_its_time(register: str) -> None:
    other: dict[str, Record] = {CAMPAIGN: {**CAMPAIGN_RECORD, "to_date": "2026-11-01"}}
    values: Record = {**FULL[register], "occurred_at": "2026-11-01T23:00+07:00"}

    assert problems_of(register, values, changed=other) == {}
    late: Record = {**values, "occurred_at": "2026-11-02T01:00+07:00"}
    assert problems_of(register, late, changed=other) == {"campaign": {"outside_campaign"}}
    assert problems_of(register, {**late, "campaign": None}, changed=other) == {}


def test_a_wrong_campaign_is_doubted_not_refused() -> None:
    early: Record = {**OUTREACH, "occurred_at": "2026-10-31T23:59+07:00"}

    assert severities_of("outreach", early) == {"outside_campaign": Severity.WARNING}
