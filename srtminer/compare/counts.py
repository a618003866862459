"""How often each theme stands in each group: counts and shares, no statistics."""

from collections.abc import Sequence

from srtminer.model import Comparison, Count, Group, GroupSize, Recommendation, ThemeRow, ThemeTable


def compare_groups(table: ThemeTable, groups: Sequence[Group], by: str = "") -> Comparison:
    """Count the members of each theme in each group; themes without a member in any of them are left out."""
    rows = (ThemeRow(theme, _counts(theme.members, groups)) for theme in table.themes)
    return Comparison(
        by=by,
        groups=tuple(
            GroupSize(
                group.name, reviews_in(group.recommendations), len(group.recommendations), group.without
            )
            for group in groups
        ),
        rows=tuple(row for row in rows if any(count.recommendations for count in row.counts)),
        unthemed=_counts(table.unthemed, groups),
    )


def _counts(members: Sequence[Recommendation], groups: Sequence[Group]) -> tuple[Count, ...]:
    ids = {member.id for member in members}
    return tuple(_count(ids, group.recommendations) for group in groups)


def _count(ids: set[str], group: Sequence[Recommendation]) -> Count:
    found = [recommendation for recommendation in group if recommendation.id in ids]
    reviews = reviews_in(found)
    return Count(
        reviews=reviews,
        recommendations=len(found),
        share_of_reviews=_share(reviews, reviews_in(group)),
        share_of_recommendations=_share(len(found), len(group)),
    )


def reviews_in(recommendations: Sequence[Recommendation]) -> int:
    """Count the reviews that recommendations are from."""
    return len({recommendation.review_id for recommendation in recommendations})


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
