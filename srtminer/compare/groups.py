"""Groups of recommendations by a field of their reviews, or by who is asked to act."""

from collections import Counter
from collections.abc import Iterable, Sequence

from srtminer.compare.counts import reviews_in
from srtminer.comparisons import NOT_KNOWN
from srtminer.errors import UsageError
from srtminer.model import Group, Recommendation, ReviewRecord

OTHER_AGENCIES = "other agencies"

GROUP_FIELDS = ("year", "board", "agency", "kind")


def group_by(
    records: Sequence[ReviewRecord], recommendations: Sequence[Recommendation], field: str
) -> tuple[Group, ...]:
    """Group recommendations by a field of their review, or by the kinds of agency they are addressed to.

    Years ascend; other groups are ordered by their number of reviews, then recommendations, largest first.
    What is not known comes last. Raises `UsageError` for a field that does not make groups.
    """
    if field not in GROUP_FIELDS:
        raise UsageError(f"cannot group by {field!r}; choose one of {', '.join(GROUP_FIELDS)}")
    values = {} if field == "agency" else _values(records, field)
    members: dict[str, list[Recommendation]] = {}
    for one in recommendations:
        for name in _agency_kinds(one) if field == "agency" else (values[one.review_id],):
            members.setdefault(name, []).append(one)
    asked = {one.review_id for one in recommendations}
    without = Counter(name for review, name in values.items() if review not in asked)
    groups = [Group(name, tuple(found), without[name]) for name, found in members.items()]
    return tuple(sorted(groups, key=_by_year if field == "year" else _by_size))


def _values(records: Sequence[ReviewRecord], field: str) -> dict[str, str]:
    """Give the value of a field by the review's id, in one spelling."""
    spelling = _spellings(record.value(field) for record in records)
    return {record.id: spelling[_key(record.value(field))] or NOT_KNOWN for record in records}


def _spellings(names: Iterable[str]) -> dict[str, str]:
    """Choose one spelling of every name, in small letters if there is one: they come after capitals.

    Why: one cover page says "NORWICK SAFEGUARDING CHILDREN BOARD", another the same in small letters.
    """
    return {_key(name): name for name in sorted(set(names))}


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
    return group.name == NOT_KNOWN, -reviews_in(members), -len(members), group.name
