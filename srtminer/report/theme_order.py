"""The order of themes and kinds of agency on the page: that of the figures shown, and of no other.

Why: a row between a 3 and a 1 holds a 1, 2 or 3, whether its figure is withheld or not; and so does a rank.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from srtminer.comparisons import NOT_KNOWN
from srtminer.model import Theme
from srtminer.report import shown_counts as counts
from srtminer.report.shown_counts import Counts


@dataclass(frozen=True, slots=True)
class Placed:
    """A theme and its rank among those that have one."""

    theme: Theme
    rank: int | None
    """From 1; None where the number of its reviews is withheld."""


def placed(themes: Sequence[Theme], known: Counts) -> tuple[Placed, ...]:
    """Rank the themes whose reviews are shown; the others follow by name."""
    shown = [theme for theme in themes if known.shown(*counts.theme_reviews(theme)) is not None]
    others = [theme for theme in themes if known.shown(*counts.theme_reviews(theme)) is None]
    shown.sort(key=lambda theme: (-theme.reviews, *_size(theme, known)))
    others.sort(key=_name)
    ranked = (Placed(theme, rank) for rank, theme in enumerate(shown, 1))
    return (*ranked, *(Placed(theme, None) for theme in others))


def kinds(names: Sequence[str], known: Counts) -> tuple[str, ...]:
    """Order kinds of agency: as compared or, where counts are withheld, by the recommendations shown.

    Those withheld follow by name; what is not known comes last.
    """
    if not known.hidden:
        return tuple(names)

    def place(name: str) -> tuple[bool, bool, int, str]:
        size = known.shown(*counts.agency_size(name))
        return name == NOT_KNOWN, size is None, -(size or 0), name

    return tuple(sorted(names, key=place))


def _size(theme: Theme, known: Counts) -> tuple[bool, int, int, str, str]:
    """Order by recommendations, then as the table has it; a number that is withheld comes last, by name."""
    size = known.shown(*counts.theme_size(theme))
    return (True, 0, 0, *_name(theme)) if size is None else (False, -size, theme.rank, *_name(theme))


def _name(theme: Theme) -> tuple[str, str]:
    return theme.label.casefold(), theme.id
