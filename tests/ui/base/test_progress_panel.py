from pytestqt.qtbot import QtBot

from desktop.ui.base.language import Languages
from desktop.ui.base.progress_panel import ProgressPanel
from desktop.ui.base.registry_worker import Progress, Request
from desktop.ui.base.theme import Theme


def test_it_says_what_how_far_and_how_long_still(qtbot: QtBot, theme: Theme, languages: Languages) -> None:
    panel, request = ProgressPanel(seconds=iter([0.0, 10.0, 10.0]).__next__), Request(theme)
    qtbot.addWidget(panel)
    panel.follow(request, "Writing", {"write_stick": "To the stick"})
    panel.show_progress(Progress("write_stick", 1000, 4000))
    assert panel.what == "To the stick"
    assert panel.how_far.startswith("1,000 of 4,000")
    assert "30" in panel.how_far


def test_a_step_of_unknown_length_says_no_number(qtbot: QtBot, theme: Theme) -> None:
    panel, request = ProgressPanel(), Request(theme)
    qtbot.addWidget(panel)
    panel.follow(request, "Writing")
    panel.show_progress(Progress("verify_bundle", 0, 0))
    assert panel.how_far == ""


def test_cancel_asks_the_request_and_says_so(qtbot: QtBot, theme: Theme) -> None:
    panel, request = ProgressPanel(), Request(theme)
    qtbot.addWidget(panel)
    panel.follow(request, "Writing")
    panel.cancel()
    assert request.is_cancelled
    assert panel.isVisible()


def test_it_is_gone_when_the_request_is_finished(qtbot: QtBot, theme: Theme) -> None:
    panel, request = ProgressPanel(), Request(theme)
    qtbot.addWidget(panel)
    panel.follow(request, "Writing")
    request.finished.emit()
    assert not panel.isVisible()
    assert not panel.is_running
