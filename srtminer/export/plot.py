"""A picture of the themes: in how many reviews each stands, and how many recommendations it has."""

import io
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Literal

from srtminer.errors import NothingToAnalyse, UsageError
from srtminer.model import ThemeTable
from srtminer.render.safe_text import begun, legal
from srtminer.render.wording import summary

if TYPE_CHECKING:
    from matplotlib.figure import Figure

PlotKind = Literal["svg", "png"]

MOST_THEMES = 60
"""More bars than these no page shows; the picture says how many there are."""
LABEL_WIDTH = 48
"""Characters of a label, about."""

_BAR = 0.38
_WIDTH, _OF_THEME, _MARGINS = 9.0, 0.42, 1.5
"""In inches."""
_REVIEWS, _ROWS = "#1f4e79", "#9dc3e6"
_SETTINGS: Any = {
    "svg.hashsalt": "srtminer",  # otherwise ids in the file are random
    "svg.fonttype": "none",  # text stays text: it can be searched, copied and read aloud
    "text.parse_math": False,  # "$5 … $9" in a label is no formula
    "font.family": "DejaVu Sans",  # comes with matplotlib: the same picture on every machine
}


def require_matplotlib() -> None:
    """Raise `UsageError` where matplotlib is not installed; costs nothing, unlike importing it."""
    if find_spec("matplotlib") is None:
        raise UsageError("plots need matplotlib; install it with: pip install 'srtminer[plot]'")


def plot_themes(table: ThemeTable, kind: PlotKind) -> bytes:
    """Draw two horizontal bars for each theme, in order of rank; the same table gives the same bytes.

    Raises `NothingToAnalyse` if there are no themes, `UsageError` where matplotlib is not installed.
    """
    require_matplotlib()
    import matplotlib as mpl

    if not table.themes:
        raise NothingToAnalyse("no themes to plot: leave out --plot to see why")
    stream = io.BytesIO()
    with mpl.rc_context():
        mpl.rcdefaults()  # the user's own settings would change the picture
        mpl.rcParams.update(_SETTINGS)
        figure = _draw(table)
        metadata = {"Date": None, "Title": "Themes"} if kind == "svg" else {"Software": None}
        figure.savefig(stream, format=kind, dpi=150, metadata=metadata)
    return stream.getvalue()


def _draw(table: ThemeTable) -> "Figure":
    from matplotlib.figure import Figure  # not pyplot, which keeps state and looks for a display
    from matplotlib.ticker import MaxNLocator

    shown = table.themes[:MOST_THEMES]
    figure = Figure(figsize=(_WIDTH, _MARGINS + _OF_THEME * len(shown)), layout="constrained")
    axes = figure.add_subplot()
    for shift, name, values, colours in (
        (-_BAR / 2, "reviews", [one.reviews for one in shown], [one.colour or _REVIEWS for one in shown]),
        (
            _BAR / 2,
            table.unit.plural,
            [len(one.members) for one in shown],
            [_pale(one.colour) if one.colour else _ROWS for one in shown],
        ),
    ):
        places = [place + shift for place in range(len(shown))]
        bars = axes.barh(places, values, _BAR, color=colours, label=name)
        axes.bar_label(bars, padding=3, fontsize="small")
    axes.set_yticks(
        range(len(shown)), [f"{one.rank}. {begun(legal(one.label), LABEL_WIDTH)}" for one in shown]
    )
    axes.invert_yaxis()
    axes.margins(x=0.08, y=0.2 / len(shown))
    axes.spines[["top", "right"]].set_visible(False)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    of = f" (the first {MOST_THEMES} shown)" if len(table.themes) > MOST_THEMES else ""
    figure.legend(frameon=False, loc="outside lower right", ncols=2)
    figure.suptitle(f"Themes of {table.unit.name}{of}\n{summary(table)}", fontsize="medium")
    return figure


def _pale(colour: str) -> str:
    """Give half of a colour, "#rrggbb", and half white."""
    return "#" + "".join(f"{(int(colour[at : at + 2], 16) + 255) // 2:02x}" for at in (1, 3, 5))
