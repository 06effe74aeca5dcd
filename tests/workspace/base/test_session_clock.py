import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from desktop.cli import sotram
from desktop.errors import DesktopError
from desktop.storage import audit_log
from desktop.workspace.base.session import Definitions, Session
from desktop.workspace.base.session_clock import FURTHEST_AHEAD, TOLERANCE, SessionClock
from desktop.workspace.deadlines import deadlines
from desktop.workspace.exchange import exchange
from desktop.workspace.records import history, records
from desktop.workspace.station import officers, registry
from desktop.workspace.station.registry import create_registry, open_registry
from tests.conftest import COMMUNE, PASSPHRASE, World
from tests.workspace.exchange.test_exchange import absence, introduce

DEAD_BATTERY = dt.datetime(2009, 1, 1, 0, 3, tzinfo=dt.UTC)
TODAY = dt.date(2026, 11, 22)


def again(session: Session, world: World, definitions: Definitions, at: dt.datetime) -> Session:
    """Lock, and unlock when the machine's clock shows another time."""
    session.close()
    world.time = at
    return open_registry(session.folder, PASSPHRASE, world.environment, definitions)


def suspects(session: Session, record: str) -> set[bool]:
    return {entry.is_suspect for entry in history.history(session, record)}


def test_a_clock_that_goes_on_is_believed(commune: Session, world: World, definitions: Definitions) -> None:
    absence(commune)
    with again(commune, world, definitions, world.time + dt.timedelta(days=40)) as post:
        assert post.clock.warning() is None
        assert suspects(post, absence(post)) == {False}


@pytest.mark.parametrize(
    ("at", "code"),
    [(DEAD_BATTERY, "clock_doubt_behind"), (dt.datetime(2037, 5, 5, tzinfo=dt.UTC), "clock_doubt_ahead")],
)
def test_a_clock_far_off_is_asked_about_and_what_is_saved_is_marked(
    commune: Session, world: World, definitions: Definitions, at: dt.datetime, code: str
) -> None:
    with again(commune, world, definitions, at) as post:
        warning = post.clock.warning()
        assert warning is not None
        assert (warning.code, warning.is_asked) == (code, True)
        officer = officers.add_officer(post, "Lò Văn Phấn", "", "", f"{PASSPHRASE} hai")
        assert suspects(post, officer) == {True}
    with again(post, world, definitions, at) as post:
        assert post.clock.doubt is not None, "what was saved meanwhile is no proof of the clock"


def test_with_the_day_given_numbers_and_limits_go_by_it_and_the_mark_stays(
    commune: Session, world: World, definitions: Definitions
) -> None:
    with again(commune, world, definitions, DEAD_BATTERY) as post:
        registry.give_day(post, TODAY)
        assert post.today() == TODAY
        record = absence(post)
        assert records.read(post, record).record_no == "VM-2026-0001"
        assert suspects(post, record) == {True}
        by_the_day = deadlines.due_list(post, states=deadlines.OPEN).counts
        warning = post.clock.warning()
        assert warning is not None
        assert (warning.code, warning.is_asked) == ("clock_doubt_given", False)
        newest, _ = audit_log.last(post.database)
        logged = [one for one in audit_log.entries(post.database, newest) if one.action == "clock"]
        assert [(one.officer, one.document, one.is_clock_suspect) for one in logged] == [
            (post.officer.id, f"2009-01-01 {TODAY}", True)
        ]
    with again(post, world, definitions, dt.datetime.combine(TODAY, dt.time(0, 4), dt.UTC)) as post:
        assert deadlines.due_list(post, states=deadlines.OPEN).counts == by_the_day


def test_when_the_officer_says_what_the_clock_shows_it_is_believed(
    commune: Session, world: World, definitions: Definitions
) -> None:
    with again(commune, world, definitions, world.time + dt.timedelta(days=120)) as post:
        registry.give_day(post, post.clock.machine_day)
        assert post.clock.warning() is None
        assert suspects(post, absence(post)) == {False}
    with again(post, world, definitions, world.time) as post:
        assert post.clock.warning() is None


def test_a_day_given_wrongly_can_be_put_right_the_next_time(
    commune: Session, world: World, definitions: Definitions
) -> None:
    right = world.time
    with again(commune, world, definitions, DEAD_BATTERY) as post:
        registry.give_day(post, dt.date(2035, 1, 1))
        absence(post)
    with again(post, world, definitions, right) as post:
        assert post.clock.doubt == "behind"
        registry.give_day(post, post.clock.machine_day)
    with again(post, world, definitions, right) as post:
        assert post.clock.warning() is None


@pytest.mark.parametrize("day", [dt.date(2025, 6, 30), dt.date(1970, 1, 1)])
def test_no_day_before_the_communes_of_today_is_taken(
    commune: Session, world: World, definitions: Definitions, day: dt.date
) -> None:
    with again(commune, world, definitions, DEAD_BATTERY) as post:
        with pytest.raises(DesktopError) as refused:
            registry.give_day(post, day)
        assert refused.value.code == "clock_day_impossible"
        assert post.clock.given is None


def test_what_another_station_wrote_never_puts_this_clock_in_doubt(
    commune: Session, province: Session, world: World, definitions: Definitions, tmp_path: Path
) -> None:
    introduce(commune, province)
    now = world.time
    province.close()
    for years in (10, 20):
        world.time = now + dt.timedelta(days=365 * years)
        with open_registry(province.folder, PASSPHRASE, world.environment, definitions) as ahead:
            sent = exchange.send(ahead, commune.station.id, tmp_path)
        world.time = now
        assert exchange.receive(commune, sent.path).is_accepted
    with again(commune, world, definitions, now + dt.timedelta(minutes=1)) as post:
        assert post.clock.warning() is None


def test_a_registry_is_not_set_up_in_2009(world: World, definitions: Definitions, tmp_path: Path) -> None:
    world.time = DEAD_BATTERY
    with pytest.raises(DesktopError) as refused:
        create_registry(tmp_path / "new", COMMUNE, PASSPHRASE, world.environment, definitions)
    assert refused.value.code == "setup_clock_wrong"
    assert not (tmp_path / "new").exists()


def test_a_clock_set_while_the_registry_is_open_is_left_and_marks(
    commune: Session, world: World, definitions: Definitions
) -> None:
    seconds = 0.0
    commune.close()
    around = replace(world.environment, steady=lambda: seconds)
    before = world.time
    with open_registry(commune.folder, PASSPHRASE, around, definitions) as post:
        assert suspects(post, absence(post)) == {False}
        world.time, seconds = before + dt.timedelta(days=400), 3600.0
        assert suspects(post, absence(post)) == {True}
        assert post.now() == before + dt.timedelta(hours=1)
        warning = post.clock.warning()
        assert warning is not None
        assert warning.code == "clock_doubt_jumped"


def test_sleep_is_no_jump(world: World) -> None:
    seconds = 0.0
    clock = SessionClock(lambda: world.time, lambda: seconds, 0)
    world.pass_time(days=3)
    seconds = 3 * 86400.0 + 5
    assert clock.now() == world.time
    assert clock.doubt is None


@given(moved=st.timedeltas(dt.timedelta(days=-400), dt.timedelta(days=400)))
def test_the_clock_is_in_doubt_exactly_outside_its_bounds(moved: dt.timedelta) -> None:
    seen = World().time
    clock = SessionClock(lambda: seen + moved, None, int(seen.timestamp() * 1000))
    is_believed = -TOLERANCE <= moved <= FURTHEST_AHEAD
    assert (clock.doubt is None) == is_believed
    assert clock.now() == seen + moved


def test_the_command_line_says_it_each_time_and_goes_by_the_day_given(
    commune: Session, world: World, tmp_path: Path
) -> None:
    commune.close()
    world.time = DEAD_BATTERY
    secret = tmp_path / "passphrase"
    secret.write_text(PASSPHRASE, encoding="utf-8")
    asked = ["deadlines", "list", "--registry", str(commune.folder), "--passphrase-file", str(secret)]
    for before, code in (((), "clock_doubt_behind"), (("--date", "22/11/2026"), "clock_doubt_given")):
        for _ in range(2):
            done = CliRunner().invoke(sotram, ["--lang", "en", *before, *asked], obj=world.environment)
            assert done.exit_code == 0
            assert f"[{code}]" in done.stderr
