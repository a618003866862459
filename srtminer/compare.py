"""Groups of reviews side by side: how often each theme stands in each group.

Counts and shares only; a statistic of a theme's counts belongs into a function of its own that takes a
`Comparison`.
"""

from collections.abc import Callable, Iterable, Sequence

from srtminer.errors import UsageError
from srtminer.model import (
    Comparison,
    Count,
    Group,
    GroupSize,
    Recommendation,
    ReviewRecord,
    ThemeRow,
    ThemeTable,
)

NOT_KNOWN = "not known"
OTHER_AGENCIES = "other agencies"

GROUP_FIELDS = ("year", "board", "agency", "kind")


def group_by(
    records: Sequence[ReviewRecord], recommendations: Sequence[Recommendation], field: str
) -> tuple[Group, ...]:
    """Group recommendations by a field of their review, or by the kinds of agency they are addressed to.

    Years ascend; other groups are ordered by their number of reviews, then recommendations, largest first.
    What is not known comes last. Raises `UsageError` for a field that does not make groups.
    """
    names_of = _namer(records, field)
    members: dict[str, list[Recommendation]] = {}
    for recommendation in recommendations:
        for name in names_of(recommendation):
            members.setdefault(name, []).append(recommendation)
    groups = [Group(name, tuple(found)) for name, found in members.items()]
    return tuple(sorted(groups, key=_by_year if field == "year" else _by_size))


def compare_groups(table: ThemeTable, groups: Sequence[Group], by: str = "") -> Comparison:
    """Count the members of each theme in each group; themes without a member in any of them are left out."""
    rows = (ThemeRow(theme, _counts(theme.members, groups)) for theme in table.themes)
    return Comparison(
        by=by,
        groups=tuple(
            GroupSize(group.name, _reviews(group.recommendations), len(group.recommendations))
            for group in groups
        ),
        rows=tuple(row for row in rows if any(count.recommendations for count in row.counts)),
        unthemed=_counts(table.unthemed, groups),
    )


def _namer(records: Sequence[ReviewRecord], field: str) -> Callable[[Recommendation], tuple[str, ...]]:
    if field not in GROUP_FIELDS:
        raise UsageError(f"cannot group by {field!r}; choose one of {', '.join(GROUP_FIELDS)}")
    if field == "agency":
        return _agency_kinds
    spelling = _spellings(record.value(field) for record in records)
    values = {record.id: spelling[_key(record.value(field))] or NOT_KNOWN for record in records}
    return lambda recommendation: (values[recommendation.review_id],)


def _spellings(names: Iterable[str]) -> dict[str, str]:
    """Choose one spelling of every name.

    Why: one cover page says "NORWICK SAFEGUARDING CHILDREN BOARD", another the same in small letters.
    """
    ranked = sorted(set(names), key=lambda name: (not name.isupper(), name))
    return {_key(name): name for name in ranked}


def _key(name: str) -> str:
    return " ".join(name.casefold().split())


def _agency_kinds(recommendation: Recommendation) -> tuple[str, ...]:
    """Name the kinds of agency addressed.

    Why kinds: "Norwick PCT" and "Eastmere Primary Care Trust" are the same sort of agency, and one group for
    every printed name would hold one recommendation each.
    """
    kinds = dict.fromkeys(agency.kind or OTHER_AGENCIES for agency in recommendation.agencies)
    return tuple(kinds) or (NOT_KNOWN,)


def _by_year(group: Group) -> tuple[bool, str]:
    return group.name == NOT_KNOWN, group.name


def _by_size(group: Group) -> tuple[bool, int, int, str]:
    members = group.recommendations
    return group.name == NOT_KNOWN, -_reviews(members), -len(members), group.name


def _counts(members: Sequence[Recommendation], groups: Sequence[Group]) -> tuple[Count, ...]:
    ids = {member.id for member in members}
    return tuple(_count(ids, group.recommendations) for group in groups)


def _count(ids: set[str], group: Sequence[Recommendation]) -> Count:
    found = [recommendation for recommendation in group if recommendation.id in ids]
    reviews = _reviews(found)
    return Count(
        reviews=reviews,
        recommendations=len(found),
        share_of_reviews=_share(reviews, _reviews(group)),
        share_of_recommendations=_share(len(found), len(group)),
    )


def _reviews(recommendations: Sequence[Recommendation]) -> int:
    return len({recommendation.review_id for recommendation in recommendations})


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
