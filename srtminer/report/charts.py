"""Charts as inline SVG, drawn with svg.py.

Why only numbers go in: svg.py writes text and attributes as they are. What a chart shows is said in words by
the template, which escapes. Colours come from the style sheet, so that dark mode and print can change them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import svg
from markupsafe import Markup

PANEL_HEIGHT = 56.0
STEP = 16.0
"""From one year to the next, in units of the drawing."""
BAR = 12.0
AXIS = 1.0
"""Room for the lower half of the line below a panel."""
STUB = 3.0
"""Height of the mark that stands for a withheld count."""


@dataclass(frozen=True, slots=True)
class Year:
    """One place on the axis of a panel; None where a count is withheld."""

    year: int
    part: int | None
    whole: int | None


def bar(value: int | None, largest: int) -> Markup:
    """Draw a bar of one table cell; nothing for a withheld count."""
    width = 0.0 if value is None or not largest else round(100 * value / largest, 2)
    bars: list[svg.Element] = [svg.Rect(x=0, y=0, width=width, height=8, class_=["solid"])]
    return _drawing(100, 8, bars, "bar", stretched=True)


def panel(years: Sequence[Year], largest: int) -> Markup:
    """Draw what part of each year's reviews has a theme.

    `largest` is the count that fills the height, the same for all panels.
    """
    scale = PANEL_HEIGHT / max(1, largest)
    width = STEP * max(1, len(years))
    parts: list[svg.Element] = []
    for n, year in enumerate(years):
        parts += _column(STEP * n + (STEP - BAR) / 2, year.whole, scale, "pale")
        parts += _column(STEP * n + (STEP - BAR) / 2, year.part, scale, "solid")
    parts.append(svg.Line(x1=0, x2=width, y1=PANEL_HEIGHT, y2=PANEL_HEIGHT, class_=["axis"]))
    return _drawing(width, PANEL_HEIGHT + AXIS, parts, "panel")


def _column(x: float, value: int | None, scale: float, kind: str) -> list[svg.Element]:
    if value == 0:
        return []
    height = STUB if value is None else round(value * scale, 2)
    classes = ["withheld-bar"] if value is None else [kind]
    return [svg.Rect(x=x, y=round(PANEL_HEIGHT - height, 2), width=BAR, height=height, class_=classes)]


def _drawing(
    width: float, height: float, parts: list[svg.Element], kind: str, *, stretched: bool = False
) -> Markup:
    drawing = svg.SVG(
        xmlns=None,  # HTML needs none
        viewBox=svg.ViewBoxSpec(0, 0, width, height),
        preserveAspectRatio=svg.PreserveAspectRatio("none") if stretched else None,
        class_=[kind],
        elements=parts,
        extra={"aria-hidden": "true", "focusable": "false"},
    )
    return Markup(str(drawing))  # only numbers and class names of ours are in it
