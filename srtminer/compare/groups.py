"""Groups of recommendations by a field: who is in them, how often themes stand in each, what is in none."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from math import ceil

from srtminer.cases import board_key, board_names
from srtminer.comparisons import NOT_KNOWN, Comparison, Count, Group, GroupSize, Overlap, ThemeRow, Unplaced
from srtminer.errors import NothingToAnalyse, UsageError
from srtminer.model import Recommendation, ReviewRecord, ThemeTable

OTHER_AGENCIES = "other agencies"

GROUP_FIELDS = ("year", "board", "agency", "kind")
FINANCIAL_YEAR = "financial year"
"""From April to March, by the date of publication."""
APRIL = "04"


def group_by(
    records: Sequence[ReviewRecord],
    recommendations: Sequence[Recommendation],
    field: str,
    *,
    every: bool = False,
) -> tuple[Group, ...]:
    """Group recommendations by a field of their review, or by the kinds of agency they are addressed to.

    Years ascend; other groups are ordered by their number of reviews, then recommendations, largest first.
    What is not known comes last. With `every`, there is a group also where no review makes recommendations.
    Raises `UsageError` for a field that does not make groups.
    """
    if field not in (*GROUP_FIELDS, FINANCIAL_YEAR):
        raise UsageError(f"cannot group by {field!r}; choose one of {', '.join(GROUP_FIELDS)}")
    values = {} if field == "agency" else _values(records, field)
    groups = _grouped(records, recommendations, values, every=every)
    return tuple(sorted(groups, key=_by_size if field in ("board", "agency", "kind") else _by_year))


def _grouped(
    records: Sequence[ReviewRecord],
    recommendations: Sequence[Recommendation],
    values: Mapping[str, str],
    *,
    every: bool = False,
) -> list[Group]:
    """Group by the values of reviews, given by their ids; without any by the kinds of agency asked."""
    members: dict[str, list[Recommendation]] = {name: [] for name in values.values()} if every else {}
    for one in recommendations:
        for name in (values[one.review_id],) if values else _agency_kinds(one):
            members.setdefault(name, []).append(one)
    cases: defaultdict[str, set[str]] = defaultdict(set)
    for record in records if values else ():
        cases[values[record.id]].add(record.case_id)
    asked = {one.case_id for one in recommendations}
    return [Group(name, tuple(found), len(cases[name] - asked)) for name, found in members.items()]


def _values(records: Sequence[ReviewRecord], field: str) -> dict[str, str]:
    """Give the value of a field by the review's id."""
    if field == FINANCIAL_YEAR:
        return {record.id: _financial_year(record.value("published")) for record in records}
    if field == "board":
        names = board_names(records)
        return {record.id: names.get(board_key(record), NOT_KNOWN) for record in records}
    return {record.id: record.value(field) or NOT_KNOWN for record in records}


def _financial_year(published: str) -> str:
    year, _, rest = published.partition("-")
    if not rest or not year.isdecimal():
        return NOT_KNOWN
    first = int(year) - (rest[:2] < APRIL)
    return f"{first}–{(first + 1) % 100:02}"


def _agency_kinds(one: Recommendation) -> tuple[str, ...]:
    """Name the kinds of agency addressed. Why kinds: every printed name would be a group of one."""
    return tuple(dict.fromkeys(agency.kind or OTHER_AGENCIES for agency in one.agencies)) or (NOT_KNOWN,)


def _by_year(group: Group) -> tuple[bool, str]:
    return group.name == NOT_KNOWN, group.name


def _by_size(group: Group) -> tuple[bool, int, int, str]:
    members = group.recommendations
    return group.name == NOT_KNOWN, -reviews_in(members), -len(members), group.name


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


def compare_by(
    table: ThemeTable,
    records: Sequence[ReviewRecord],
    recommendations: Sequence[Recommendation],
    field: str,
) -> Comparison:
    """Set the groups that a field makes side by side."""
    return compare_groups(table, group_by(records, recommendations, field), field)


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
    return len({recommendation.case_id for recommendation in recommendations})


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def require_known(groups: Sequence[Group], field: str) -> None:
    """Raise `NothingToAnalyse` where the field that makes the groups is known of nothing."""
    if all(group.name == NOT_KNOWN for group in groups):
        give = f"give {field}s with `srtminer ingest --metadata FILE`"
        advice = "see `srtminer recommendations`" if field == "agency" else give
        raise NothingToAnalyse(f"no review has a known {field}; {advice}")


def overlap_of(groups: Sequence[Group]) -> Overlap:
    """Count what stands in several groups; the group of what is not known is none."""
    known = [group.recommendations for group in groups if group.name != NOT_KNOWN]
    reviews = Counter(review for members in known for review in {one.case_id for one in members})
    ids = Counter(one.id for members in known for one in members)
    return Overlap(
        reviews=sum(number > 1 for number in reviews.values()),
        recommendations=sum(number > 1 for number in ids.values()),
    )


def unplaced(
    groups: Sequence[Group],
    fields: Sequence[str],
    records: Sequence[ReviewRecord],
    recommendations: Sequence[Recommendation],
) -> tuple[Unplaced, ...]:
    """List by field what is in no group for want of its value; `fields` make the groups."""
    placed = {one.id for group in groups if group.name != NOT_KNOWN for one in group.recommendations}
    outside = [one for one in recommendations if one.id not in placed]
    by_id = {record.id: record for record in records}
    found = (_unplaced(field, outside, by_id) for field in dict.fromkeys(fields))
    return tuple(one for one in found if one.recommendations)


def _unplaced(field: str, outside: Sequence[Recommendation], records: dict[str, ReviewRecord]) -> Unplaced:
    lacking = [one for one in outside if _lacks(field, one, records[one.review_id])]
    ids = {one.review_id for one in lacking}
    reviews = tuple(record for record in records.values() if record.id in ids)
    return Unplaced(field, reviews, len(lacking))


def _lacks(field: str, one: Recommendation, record: ReviewRecord) -> bool:
    if field == "agency":
        return not one.agencies
    if field in ("review", "source"):  # which every review has
        return False
    return record.year is None if field == "year" else not record.value(field)


ENOUGH = 4
"""Reviews that a period should hold. Grows: fewer, longer periods."""
MOST = 8
"""Periods at most: more do not fit side by side, and a sparkline of eight shows a trend as well."""


FEWEST = 3
"""Reviews of a board that is a group of its own. Why: columns of one review each show nothing."""


def fold_small(groups: Sequence[Group]) -> tuple[Group, ...]:
    """Put groups of fewer reviews than `FEWEST` together, where some group has as many.

    What is not known stays apart.
    """
    small = [
        group
        for group in groups
        if group.name != NOT_KNOWN and reviews_in(group.recommendations) + group.without < FEWEST
    ]
    others = [group for group in groups if group not in small]
    if len(small) < 2 or all(group.name == NOT_KNOWN for group in others):
        return tuple(groups)
    together = tuple(one for group in small for one in group.recommendations)
    without = sum(group.without for group in small)
    folded = Group(f"{len(small)} others with fewer than {FEWEST} reviews each", together, without)
    apart = [group for group in others if group.name == NOT_KNOWN]
    return (*(group for group in others if group not in apart), folded, *apart)


def group_by_period(
    records: Sequence[ReviewRecord], recommendations: Sequence[Recommendation]
) -> tuple[Group, ...]:
    """Group recommendations by periods of equal length in order, those without a year last.

    The last period ends with the last year; one without recommendations is left out. Reviews without
    recommendations belong to the period that they fall into, if there is one.
    """
    year_of = {record.id: record.year for record in records}
    asked = {one.review_id for one in recommendations}
    years = sorted(year for review, year in year_of.items() if year is not None and review in asked)
    length = _length(years) if years else 1
    name_of = {
        review: NOT_KNOWN if year is None or not years else _period(year, years[-1], length)
        for review, year in year_of.items()
    }
    return tuple(sorted(_grouped(records, recommendations, name_of), key=_by_year))


def _period(year: int, last: int, length: int) -> str:
    """Name the period of a year, of those that end with the last one."""
    end = last - (last - year) // length * length
    return str(end) if length == 1 else f"{end - length + 1}–{end}"


def _length(years: Sequence[int]) -> int:
    """Give the years of a period; `years` has an entry for each review, ascending.

    Few reviews still make two periods, so that there is something to compare. The twentieth part at either
    end does not count: one misread year would make a period of centuries.
    """
    edge = len(years) // 20
    span = years[-1 - edge] - years[edge] + 1
    length = ceil(span / max(2, min(MOST, len(years) // ENOUGH)))
    while len({_period(year, years[-1], length) for year in years}) > MOST:
        length += 1
    return length
