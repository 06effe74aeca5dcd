"""The shipped register of patrols: times, markers, positions, events and what they lead to."""

import pytest

from desktop.domain.base.problems import Severity
from desktop.domain.log.operation import Json
from desktop.domain.records.validation import computed, visible_fields
from tests.forms.shipped_basics import (
    CASE,
    NOW,
    TIP,
    TODAY,
    Record,
)
from tests.forms.shipped_duties import PATROL
from tests.forms.shipped_records import (
    library,
    missing_of,
    problems_of,
    severities_of,
)

EVENT: dict[str, Json] = {"time": "2026-11-18T15:20+07:00", "kind": "KHAC"}


def _with_event(**values: Json) -> Record:
    return {**PATROL, "events": [{**EVENT, **values}]}


@pytest.mark.parametrize(
    ("end", "code"),
    [
        ("2026-11-18T06:00+07:00", "date_order"),
        ("2026-11-18T05:00+07:00", "date_order"),
        ("2026-11-21T06:00+07:00", None),
        ("2026-11-21T07:00+07:00", "patrol_too_long"),
        ("2026-11-21T11:00+07:00", "date_in_future"),
    ],
)
def test_a_patrol_ends_after_it_began_and_within_three_days(end: str, code: str | None) -> None:
    values: Record = {**PATROL, "end_at": end, "events": None, "result": "AN_TOAN", "markers_checked": None}

    found = problems_of("patrol", {**values, "track_started_at": None, "track_ended_at": None}).get("end_at", set())

    assert (code in found) if code else found == set()


@pytest.mark.parametrize("field", ["from_marker", "to_marker"])
def test_a_text_that_is_no_marker_is_doubted(field: str) -> None:
    assert problems_of("patrol", {**PATROL, field: "mốc số 18"}) == {field: {"marker_form"}}


def test_markers_checked_are_read_row_by_row() -> None:
    rows: list[Json] = [{"marker": "18", "state": "NGUYEN"}, {"marker": "18(4)", "state": "MAT"}]

    assert problems_of("patrol", {**PATROL, "markers_checked": rows}) == {
        "markers_checked[1].marker": {"marker_form"},
        "markers_checked[1].note": {"value_missing"},
    }


@pytest.mark.parametrize(
    ("sector", "latitude", "longitude", "refused"),
    [
        ("LA", "22.105301", "102.414477", False),
        ("LA", "102.414477", "22.105301", True),
        ("LA", "22.1053011", "102.414477", True),
        ("LA", "15", "112", True),
        (None, "15", "112", True),
        ("BIEN", "15", "112", False),
        ("BIEN", "15", "118.5", True),
    ],
)
def test_a_position_lies_in_the_country_or_its_sea(
    sector: str | None, latitude: str, longitude: str, refused: bool
) -> None:
    values: Record = {**_with_event(gps_lat=latitude, gps_lon=longitude), "sector": sector}

    assert ("position_outside" in problems_of("patrol", values).get("events[0].gps_lat", set())) is (
        refused and float(latitude) <= 90
    )
    assert bool(problems_of("patrol", values)) is refused


def test_half_a_position_is_asked_for_its_other_half() -> None:
    assert missing_of("patrol", _with_event(gps_lat="22.1")) == {"events[0].gps_lon"}
    assert missing_of("patrol", _with_event(gps_lon="102.4")) == {"events[0].gps_lat"}


@pytest.mark.parametrize(
    ("parts", "field"),
    [
        ({"persons_cnt": 2, "women": 3}, "women"),
        ({"persons_cnt": 2, "u18": 3}, "u18"),
        ({"persons_cnt": 3, "u18": 1, "children_u16": 2}, "children_u16"),
    ],
)
def test_a_part_of_the_people_is_not_more_than_all(parts: dict[str, Json], field: str) -> None:
    assert problems_of("patrol", _with_event(**parts)) == {f"events[0].{field}": {"part_exceeds_whole"}}


@pytest.mark.parametrize("kind", ["NGHI_MUA_BAN", "NAN_NHAN_VE"])
def test_a_victim_on_patrol_leads_to_a_tip_or_a_case(kind: str) -> None:
    assert problems_of("patrol", _with_event(kind=kind)) == {"events[0].kind": {"event_not_linked"}}
    assert problems_of("patrol", _with_event(kind=kind, linked_tip=TIP)) == {}
    assert problems_of("patrol", _with_event(kind=kind, linked_victim=CASE)) == {}


@pytest.mark.parametrize("kind", ["VUOT_BIEN", "TO_CHUC_DUA", "NGHI_MUA_BAN"])
def test_people_who_crossed_illegally_are_screened(kind: str) -> None:
    crossed: Record = {**_with_event(kind=kind, linked_tip=TIP), "status": "THEO_DOI"}

    assert missing_of("patrol", {**crossed, "screened_for_trafficking": None}) == {"screened_for_trafficking"}
    assert severities_of("patrol", {**crossed, "screened_for_trafficking": False}) == {
        "crossers_not_screened": Severity.WARNING
    }
    assert problems_of("patrol", {**_with_event(kind="BUON_LAU"), "screened_for_trafficking": None}) == {}


def test_an_event_outside_the_patrol_is_doubted() -> None:
    assert problems_of("patrol", _with_event(time="2026-11-19T17:31+07:00")) == {
        "events[0].time": {"event_outside_patrol"}
    }


def test_a_track_may_begin_a_little_before_the_patrol() -> None:
    assert problems_of("patrol", {**PATROL, "track_started_at": "2026-11-18T05:10+07:00"}) == {}
    assert problems_of("patrol", {**PATROL, "track_started_at": "2026-11-17T22:00+07:00"}) == {
        "track_started_at": {"track_outside_patrol"}
    }


def test_a_bilateral_patrol_names_the_other_side() -> None:
    definition = library().registers["patrol"]
    partner = {"partner_country", "partner_unit", "partner_liaison"}

    assert missing_of("patrol", {**PATROL, **dict.fromkeys(partner)}) == partner
    assert missing_of("patrol", {**PATROL, **dict.fromkeys(partner), "status": "THEO_DOI"}) == set()
    alone: Record = {**PATROL, "patrol_kind": "TX"}
    assert not visible_fields(alone, definition, today=TODAY, now=NOW) & partner


def test_a_patrol_at_sea_has_no_markers() -> None:
    seen = visible_fields({**PATROL, "sector": "BIEN"}, library().registers["patrol"], today=TODAY, now=NOW)

    assert not seen & {"from_marker", "to_marker", "markers_checked", "markers_count"}


def test_what_a_patrol_saw_is_added_up() -> None:
    found = computed(PATROL, library().registers["patrol"], today=TODAY, now=NOW)

    assert found == {"duration_hours": 35, "markers_count": 2, "persons_total": 5}


def test_a_quiet_patrol_has_no_events() -> None:
    assert problems_of("patrol", {**PATROL, "result": "AN_TOAN"}) == {"result": {"events_in_quiet_patrol"}}
    assert problems_of("patrol", {**PATROL, "result": "AN_TOAN", "events": None}) == {}
