import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.deadlines.deadline import DeadlineState
from desktop.sentences import sentence
from desktop.ui.base.language import Languages
from desktop.ui.base.theme import Theme
from desktop.ui.base.widgets import Paragraph
from desktop.ui.records.deadline_list import DeadlineLine, DeadlineList
from desktop.workspace.deadlines.deadlines import RunningDeadline

DUE = dt.datetime(2026, 11, 24, 23, 59, 59, tzinfo=dt.timezone(dt.timedelta(hours=7)))
DEADLINE = RunningDeadline(
    id="tip_classified",
    label="Classify the report",
    limit="24 hours",
    started_at=None,
    due_at=DUE,
    met_at=None,
    state=DeadlineState.SOON,
    legal_basis="TTLT 01/2017 Điều 8",
    is_verified=True,
    is_waiting=False,
    remaining="3 d left",
)
MET = replace(DEADLINE, id="tip_forwarded", state=DeadlineState.MET, remaining="done in time")


@pytest.fixture
def shown(qtbot: QtBot, theme: Theme, languages: Languages) -> Iterator[DeadlineList]:
    parent = QWidget()
    qtbot.addWidget(parent)
    made = DeadlineList("en")
    made.setParent(parent)
    yield made
    parent.deleteLater()


def visible_lines(shown: DeadlineList) -> list[str]:
    return [line.badge.text() for line in shown.findChildren(DeadlineLine) if line.isVisibleTo(shown)]


def doubt(shown: DeadlineList) -> bool:
    words = sentence("deadline_unverified", {}, "en")
    return any(part.plain == words and part.isVisibleTo(shown) for part in shown.findChildren(Paragraph))


def test_a_record_without_limits_shows_nothing(shown: DeadlineList) -> None:
    shown.show_deadlines((DEADLINE,))
    shown.show_deadlines(())
    assert shown.isHidden()


def test_a_limit_says_its_day_its_length_and_its_law(shown: DeadlineList) -> None:
    shown.show_deadlines((DEADLINE,))
    line = shown.findChild(DeadlineLine)
    assert line is not None
    assert line.law.plain == "Until 24/11/2026 (24 hours) · TTLT 01/2017 Điều 8"
    assert line.badge.property("tone") == "warning"


def test_an_hour_is_told_when_the_limit_ends_within_a_day(shown: DeadlineList) -> None:
    shown.show_deadlines((replace(DEADLINE, due_at=DUE.replace(hour=8, minute=5, second=0)),))
    line = shown.findChild(DeadlineLine)
    assert line is not None
    assert "08:05 24/11/2026" in line.law.plain


def test_what_was_done_is_folded_away_until_asked_for(shown: DeadlineList) -> None:
    shown.show_deadlines((DEADLINE, MET))
    assert visible_lines(shown) == ["3 d left"]
    shown.fold.click()
    assert visible_lines(shown) == ["3 d left", "done in time"]


def test_what_was_done_is_shown_at_once_when_nothing_else_runs(shown: DeadlineList) -> None:
    shown.show_deadlines((MET,))
    assert visible_lines(shown) == ["done in time"]


@pytest.mark.parametrize("deadline", [DEADLINE, MET])
def test_a_limit_not_compared_with_the_law_says_so(shown: DeadlineList, deadline: RunningDeadline) -> None:
    shown.show_deadlines((deadline,))
    assert not doubt(shown)
    shown.show_deadlines((replace(deadline, is_verified=False),))
    assert doubt(shown)
