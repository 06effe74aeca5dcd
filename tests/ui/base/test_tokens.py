"""The colour sets keep their contrast."""

import dataclasses
import re

import pytest

from desktop.ui.base.tokens import (
    DARK,
    HIGH_CONTRAST,
    LIGHT,
    Colours,
    contrast,
)

SETS = {"light": LIGHT, "dark": DARK, "high_contrast": HIGH_CONTRAST}
TEXT_ON_GROUND = [
    *((text, ground) for text in ("text", "text_muted") for ground in ("window", "surface", "raised", "hover")),
    ("text", "pressed"),
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    *(("accent_text", ground) for ground in ("window", "surface", "raised", "accent_soft")),
    ("on_accent_soft", "accent_soft"),
    ("text", "accent_soft"),
    ("text_muted", "accent_soft"),
    *(
        (signal, ground)
        for signal in ("danger", "warning", "done")
        for ground in ("window", "surface", "raised", f"{signal}_soft", "accent_soft")
    ),
    *(("text", f"{signal}_soft") for signal in ("danger", "warning", "done")),
    *(("text_muted", f"{signal}_soft") for signal in ("danger", "warning", "done")),
]
EDGE_ON_GROUND = [
    *((edge, ground) for edge in ("edge", "accent_text") for ground in ("window", "surface", "raised")),
    *((signal, ground) for signal in ("danger", "warning", "done") for ground in ("window", "surface")),
    ("accent", "window"),
    ("accent", "surface"),
]


@pytest.fixture(params=list(SETS))
def colours(request: pytest.FixtureRequest) -> Colours:
    return SETS[str(request.param)]


@pytest.mark.parametrize(("text", "ground"), TEXT_ON_GROUND)
def test_text_has_four_and_a_half_to_one(colours: Colours, text: str, ground: str) -> None:
    assert contrast(getattr(colours, text), getattr(colours, ground)) >= 4.5


@pytest.mark.parametrize(("edge", "ground"), EDGE_ON_GROUND)
def test_an_edge_has_three_to_one(colours: Colours, edge: str, ground: str) -> None:
    assert contrast(getattr(colours, edge), getattr(colours, ground)) >= 3.0


def test_high_contrast_has_seven_to_one() -> None:
    assert min(contrast(getattr(HIGH_CONTRAST, t), getattr(HIGH_CONTRAST, g)) for t, g in TEXT_ON_GROUND) >= 7.0


def test_every_token_is_a_plain_colour(colours: Colours) -> None:
    assert all(re.fullmatch(r"#[0-9A-F]{6}", value) for value in dataclasses.asdict(colours).values())


def test_contrast_of_black_and_white_is_twenty_one() -> None:
    assert round(contrast("#000000", "#FFFFFF"), 2) == 21.0
    assert contrast("#777777", "#777777") == 1.0
