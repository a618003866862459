"""Who is in several groups, who in none, and who has nothing to count."""

from collections import Counter
from collections.abc import Sequence

from srtminer.comparisons import NOT_KNOWN, Overlap, Unplaced
from srtminer.errors import NothingToAnalyse
from srtminer.model import Group, Recommendation, ReviewRecord

ADVICE = {
    "agency": "see `srtminer recommendations`",
    "year": "give years with `srtminer ingest --metadata FILE`",
    "board": "give boards with `srtminer ingest --metadata FILE`",
    "kind": "give kinds with `srtminer ingest --metadata FILE`",
}
"""By field, what to do where it is known of nothing."""


def require_known(groups: Sequence[Group], field: str) -> None:
    """Raise `NothingToAnalyse` where the field that makes the groups is known of nothing."""
    if all(group.name == NOT_KNOWN for group in groups):
        raise NothingToAnalyse(f"no review has a known {field}; {ADVICE[field]}")


def overlap_of(groups: Sequence[Group]) -> Overlap:
    """Count what stands in several groups; the group of what is not known is none."""
    known = [group.recommendations for group in groups if group.name != NOT_KNOWN]
    reviews = Counter(review for members in known for review in {one.review_id for one in members})
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


def without_recommendations(
    records: Sequence[ReviewRecord], recommendations: Sequence[Recommendation]
) -> tuple[ReviewRecord, ...]:
    """Give the reviews that none of the recommendations is from."""
    asked = {one.review_id for one in recommendations}
    return tuple(record for record in records if record.id not in asked)
