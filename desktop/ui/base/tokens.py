"""The colours, sizes and spaces everything on the screen is made from.

- Three sets of colours: light, dark and high contrast. A widget names a token, never a colour of its own.
- Text has on every background it meets with at least 4.5:1, edges and the focus ring with at least 3:1 (WCAG 2.2, 1.4.3
  and 1.4.11); tests/ui/base/test_tokens.py computes it from this file.
- One accent. Red is for errors and overdue, amber for due soon, green for done, each with a word or a shape beside it.
- Lengths are in pixels at 100 %; the theme scales type, fields and rows, and leaves the spaces as they are.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Colours:
    """One set of colours as `#RRGGBB`.

    `line` parts two areas and carries no meaning; `edge` is the border of something to click or type in.
    """

    window: str
    surface: str
    raised: str
    hover: str
    pressed: str
    text: str
    text_muted: str
    text_disabled: str
    line: str
    edge: str
    accent: str
    accent_hover: str
    on_accent: str
    accent_text: str
    accent_soft: str
    on_accent_soft: str
    danger: str
    danger_soft: str
    warning: str
    warning_soft: str
    done: str
    done_soft: str


LIGHT: Final = Colours(
    window="#F4F6F6",
    surface="#FFFFFF",
    raised="#E9EDED",
    hover="#DFE5E5",
    pressed="#D3DBDB",
    text="#182022",
    text_muted="#4F5B5E",
    text_disabled="#7E898B",
    line="#D5DCDC",
    edge="#7B8889",
    accent="#0B6B68",
    accent_hover="#085553",
    on_accent="#FFFFFF",
    accent_text="#0A615E",
    accent_soft="#D3EAE8",
    on_accent_soft="#0B3B3A",
    danger="#A81E14",
    danger_soft="#FBE7E5",
    warning="#774C00",
    warning_soft="#FAEDCF",
    done="#17603A",
    done_soft="#DDF1E4",
)

DARK: Final = Colours(
    window="#15191A",
    surface="#1C2122",
    raised="#101314",
    hover="#272E2F",
    pressed="#30393A",
    text="#E6EAEA",
    text_muted="#A9B4B5",
    text_disabled="#727D7E",
    line="#2F3738",
    edge="#778485",
    accent="#137A74",
    accent_hover="#15827C",
    on_accent="#FFFFFF",
    accent_text="#62CCC2",
    accent_soft="#173C3C",
    on_accent_soft="#D6F3F0",
    danger="#FF9F95",
    danger_soft="#411F1C",
    warning="#F2BC56",
    warning_soft="#3A2D11",
    done="#7FD09A",
    done_soft="#193524",
)

HIGH_CONTRAST: Final = Colours(
    window="#000000",
    surface="#000000",
    raised="#000000",
    hover="#1F2E2E",
    pressed="#2C4444",
    text="#FFFFFF",
    text_muted="#E4E4E4",
    text_disabled="#9C9C9C",
    line="#B4B4B4",
    edge="#FFFFFF",
    accent="#5FF3E6",
    accent_hover="#A8FFF7",
    on_accent="#000000",
    accent_text="#5FF3E6",
    accent_soft="#062A28",
    on_accent_soft="#FFFFFF",
    danger="#FFA39A",
    danger_soft="#2A0000",
    warning="#FFD24A",
    warning_soft="#2B1F00",
    done="#7CF5A5",
    done_soft="#00240E",
)


class Space:
    """The only distances between things."""

    HAIR: Final = 4
    TIGHT: Final = 8
    SNUG: Final = 12
    USUAL: Final = 16
    WIDE: Final = 24
    BROAD: Final = 32


class Size:
    """Lengths at 100 %, scaled by the theme."""

    FONT: Final = 13
    FONT_LABEL: Final = 12
    FONT_SECTION: Final = 14
    FONT_TITLE: Final = 20
    FIELD: Final = 32
    BUTTON: Final = 32
    ROW: Final = 34
    NAV_ITEM: Final = 36
    STATUS_LINE: Final = 28
    ICON: Final = 18
    RAIL: Final = 220
    RAIL_COLLAPSED: Final = 56


RADIUS: Final = 6
SCALES: Final = (90, 100, 110, 125, 150, 175)


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours (WCAG 2.2, relative luminance)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[start : start + 2], 16) / 255) for start in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    linear: float = channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
    return linear
