"""The annual table: reviews, recommendations, themes and what was made before, by a field of the reviews."""

from collections.abc import Sequence
from dataclasses import dataclass

from srtminer.comparisons import NOT_KNOWN, Group
from srtminer.model import ThemeTable


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """One line of the table."""

    name: str
    reviews: int
    """Reviews of the group, with recommendations or without."""
    with_recommendations: int
    recommendations: int
    themes: int
    """Themes in which at least one of its recommendations stands."""
    made_before: int
    """Recommendations that an earlier review of another case made too."""
    new_themes: int
    """Themes that stand in no earlier group; 0 where the groups have no order in time."""


def summarise(
    groups: Sequence[Group], table: ThemeTable, before: frozenset[str], *, ordered: bool
) -> tuple[SummaryRow, ...]:
    """Sum up groups; `before` holds the ids of what was made before.

    `ordered` says that the groups follow each other in time.
    """
    theme_of = {member.id: theme.id for theme in table.themes for member in theme.members}
    seen: set[str] = set()
    rows = []
    for group in groups:
        ids = {one.id for one in group.recommendations}
        themes = {theme_of[one] for one in ids if one in theme_of}
        asked = {one.case_id for one in group.recommendations}
        dated = ordered and group.name != NOT_KNOWN
        rows.append(
            SummaryRow(
                group.name,
                len(asked) + group.without,
                len(asked),
                len(ids),
                len(themes),
                len(ids & before),
                len(themes - seen) if dated else 0,
            )
        )
        seen |= themes if dated else set()
    return tuple(rows)
