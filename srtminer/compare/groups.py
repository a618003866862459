"""Groups of recommendations by a field: who is in them, how often themes stand in each, what is in none."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from math import ceil

from srtminer.cases import board_key, board_names
from srtminer.comparisons import (
    NOT_KNOWN,
    Comparison,
    Count,
    Group,
    GroupSize,
    Overlap,
    SummaryRow,
    ThemeRow,
    Unplaced,
)
from srtminer.errors import NothingToAnalyse, UsageError
from srtminer.model import Recommendation, ReviewRecord, ThemeTable

OTHER_AGENCIES = "other agencies"
GROUP_FIELDS = ("year", "board", "agency", "kind")
FINANCIAL_YEAR = "financial year"
"""From April to March, by the date of publication."""
APRIL = "04"
FEWEST = 3
"""Reviews of a board that is a group of its own. Why: columns of one review each show nothing."""
ENOUGH = 4
"""Reviews that a period should hold. Grows: fewer, longer periods."""
MOST = 8
"""Periods at most: more do not fit side by side, and a sparkline of eight shows a trend as well."""


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
    return _grouped(records, recommendations, values, every=every, by_size=not field.endswith("year"))


def _grouped(
    records: Sequence[ReviewRecord],
    recommendations: Sequence[Recommendation],
    values: Mapping[str, str],
    *,
    every: bool = False,
    by_size: bool = False,
) -> tuple[Group, ...]:
    """Group by the values of reviews, given by their ids; without any by the kinds of agency asked.

    Why kinds: every printed name would be a group of one.
    """
    members: dict[str, list[Recommendation]] = {name: [] for name in values.values()} if every else {}
    for one in recommendations:
        kinds = [agency.kind or OTHER_AGENCIES for agency in one.agencies] or [NOT_KNOWN]
        for name in (values[one.review_id],) if values else dict.fromkeys(kinds):
            members.setdefault(name, []).append(one)
    cases: defaultdict[str, set[str]] = defaultdict(set)
    for record in records if values else ():
        cases[values[record.id]].add(record.case_id)
    asked = {one.case_id for one in recommendations}

    def order(name: str) -> tuple[bool, int, int, str]:
        sizes = (-reviews_in(members[name]), -len(members[name])) if by_size else (0, 0)
        return name == NOT_KNOWN, *sizes, name

    names = sorted(members, key=order)
    return tuple(Group(name, tuple(members[name]), len(cases[name] - asked)) for name in names)


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


def fold_small(groups: Sequence[Group]) -> tuple[Group, ...]:
    """Put groups of fewer reviews than `FEWEST` together, where some group has as many.

    What is not known stays apart.
    """
    known = [group for group in groups if group.name != NOT_KNOWN]
    small = [one for one in known if reviews_in(one.recommendations) + one.without < FEWEST]
    if len(small) < 2 or len(small) == len(known):
        return tuple(groups)
    folded = Group(
        f"{len(small)} others with fewer than {FEWEST} reviews each",
        tuple(one for group in small for one in group.recommendations),
        sum(group.without for group in small),
    )
    apart = (group for group in groups if group.name == NOT_KNOWN)
    return (*(group for group in known if group not in small), folded, *apart)


def group_by_period(
    records: Sequence[ReviewRecord], recommendations: Sequence[Recommendation]
) -> tuple[Group, ...]:
    """Group recommendations by periods of equal length in order, those without a year last.

    The last period ends with the last year; one without recommendations is left out. Reviews without
    recommendations belong to the period that they fall into, if there is one.
    """
    asked = {one.review_id for one in recommendations}
    years = sorted(one.year for one in records if one.year is not None and one.id in asked)
    length = _length(years) if years else 1
    name_of = {
        one.id: NOT_KNOWN if one.year is None or not years else _period(one.year, years[-1], length)
        for one in records
    }
    return _grouped(records, recommendations, name_of)


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


def require_known(groups: Sequence[Group], field: str) -> None:
    """Raise `NothingToAnalyse` where the field that makes the groups is known of nothing."""
    if all(group.name == NOT_KNOWN for group in groups):
        give = f"give {field}s with `srtminer ingest --metadata FILE`"
        advice = "see `srtminer recommendations`" if field == "agency" else give
        raise NothingToAnalyse(f"no review has a known {field}; {advice}")


def compare_by(
    table: ThemeTable,
    records: Sequence[ReviewRecord],
    recommendations: Sequence[Recommendation],
    field: str,
) -> Comparison:
    """Set the groups that a field makes side by side."""
    return compare_groups(table, group_by(records, recommendations, field), field)


def compare_groups(table: ThemeTable, groups: Sequence[Group], by: str = "") -> Comparison:
    """Count the members of each theme in each group; themes without a member in any of them are left out."""
    sizes = tuple(
        GroupSize(one.name, reviews_in(one.recommendations), len(one.recommendations), one.without)
        for one in groups
    )
    rows = (ThemeRow(theme, _counts(theme.members, groups)) for theme in table.themes)
    shown = tuple(row for row in rows if any(count.recommendations for count in row.counts))
    return Comparison(by, sizes, shown, _counts(table.unthemed, groups))


def _counts(members: Sequence[Recommendation], groups: Sequence[Group]) -> tuple[Count, ...]:
    ids = {member.id for member in members}
    counts = []
    for group in groups:
        every = group.recommendations
        found = [one for one in every if one.id in ids]
        reviews = reviews_in(found)
        counts.append(
            Count(
                reviews,
                len(found),
                share_of_reviews=reviews / max(1, reviews_in(every)),
                share_of_recommendations=len(found) / max(1, len(every)),
            )
        )
    return tuple(counts)


def reviews_in(recommendations: Sequence[Recommendation]) -> int:
    """Count the reviews that recommendations are from."""
    return len({recommendation.case_id for recommendation in recommendations})


def overlap_of(groups: Sequence[Group]) -> Overlap:
    """Count what stands in several groups; the group of what is not known is none."""
    known = [group.recommendations for group in groups if group.name != NOT_KNOWN]
    reviews = Counter(review for members in known for review in {one.case_id for one in members})
    ids = Counter(one.id for members in known for one in members)
    return Overlap(*(sum(number > 1 for number in count.values()) for count in (reviews, ids)))


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
    found = []
    for field in dict.fromkeys(fields):
        lacking = [one for one in outside if _lacks(field, one, by_id[one.review_id])]
        ids = {one.review_id for one in lacking}
        found.append(Unplaced(field, tuple(one for one in records if one.id in ids), len(lacking)))
    return tuple(one for one in found if one.recommendations)


def _lacks(field: str, one: Recommendation, record: ReviewRecord) -> bool:
    if field == "agency":
        return not one.agencies
    if field in ("review", "source"):  # which every review has
        return False
    return record.year is None if field == "year" else not record.value(field)


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
        asked, dated = reviews_in(group.recommendations), ordered and group.name != NOT_KNOWN
        rows.append(
            SummaryRow(
                group.name,
                asked + group.without,
                asked,
                len(ids),
                len(themes),
                len(ids & before),
                len(themes - seen) if dated else 0,
            )
        )
        seen |= themes if dated else set()
    return tuple(rows)
