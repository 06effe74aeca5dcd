"""The made-up year is what the forms accept, the same at every run, and about nobody."""

from desktop.demo import sample_year
from desktop.workspace.base.session import Session
from desktop.workspace.deadlines import deadlines
from desktop.workspace.records import records
from desktop.workspace.station import maintenance


def test_a_years_records_are_accepted_by_every_form(commune: Session, border: Session) -> None:
    counts = sample_year.fill_commune(commune)
    assert counts["absence"] == 14
    assert sample_year.fill_border(border)["patrol"] == 40
    for session in (commune, border):
        assert maintenance.check(session).is_sound
    found = records.counts(commune)
    assert {name: found[name] for name in counts} == counts


def test_the_same_seed_gives_the_same_year(commune: Session, border: Session) -> None:
    for session in (commune, border):
        sample_year.fill_commune(session, seed=3)
    titles = [
        [row.title for row in records.list_records(session, "absence", order_by="record_no", limit=100).rows]
        for session in (commune, border)
    ]
    assert titles[0] == titles[1]
    assert len(set(titles[0])) > 5


def test_the_deadlines_of_a_year_run(commune: Session) -> None:
    sample_year.fill_commune(commune)
    assert deadlines.due_list(commune).deadlines
