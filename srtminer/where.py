"""Which reviews and recommendations a command looks at: `--where FIELD=VALUE`."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from srtminer.errors import UsageError
from srtminer.model import Recommendation, ReviewRecord

FIELDS = ("review", "source", "title", "subject", "board", "kind", "year", "agency")

_YEAR = re.compile(r"[0-9]{4}")
_APOSTROPHES = dict.fromkeys(map(ord, "\u2018\u2019\u02bc\u2032\u00b4"), "'")
_AMBIGUOUS_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Where:
    """One condition."""

    field: str
    value: str
    """Lower case, typographic apostrophes made plain."""
    low: int | None = None
    """Of a year: the first one, or None for no limit."""
    high: int | None = None
    """Of a year: the last one, or None for no limit."""


def parse_where(expression: str) -> Where:
    """Read "board=Wexmoor", "year=2009", "year=2009..2014", "year=2009.." or "year=..2014".

    Raises `UsageError` naming the fields there are, or how a year is written.
    """
    name, equals, value = (part.strip() for part in expression.partition("="))
    field = name.lower()
    if not equals or not value or field not in FIELDS:
        raise UsageError(f"--where {expression!r}: write FIELD=VALUE, FIELD being one of {', '.join(FIELDS)}")
    if field == "year":
        return _years(expression, value)
    return Where(field, plain(value))


def select(
    records: Sequence[ReviewRecord], recommendations: Sequence[Recommendation], wheres: Sequence[Where]
) -> tuple[tuple[ReviewRecord, ...], tuple[Recommendation, ...]]:
    """Keep what meets the conditions, in the order given.

    Conditions on the same field are alternatives, those on different fields hold together. One on the
    agency keeps the recommendations addressed to it and the reviews that have one. Raises `UsageError`
    for a beginning of a review's id that is not unique.
    """
    about_reviews, about_agencies = _tests(records, wheres)
    kept = [record for record in records if all(test(record) for test in about_reviews)]
    ids = {record.id for record in kept}
    found = [one for one in recommendations if one.review_id in ids and _addressed(one, about_agencies)]
    if about_agencies:
        asked = {one.review_id for one in found}
        kept = [record for record in kept if record.id in asked]
    return tuple(kept), tuple(found)


def plain(text: str) -> str:
    """Make text comparable: case folded, typographic apostrophes plain."""
    return text.translate(_APOSTROPHES).casefold()


def _years(expression: str, value: str) -> Where:
    first, dots, last = (part.strip() for part in value.partition(".."))
    ends = [end for end in (first, last) if end]
    low = int(first) if _YEAR.fullmatch(first) else None
    high = int(last) if _YEAR.fullmatch(last) else None
    if not ends or not all(map(_YEAR.fullmatch, ends)):
        raise UsageError(
            f"--where {expression!r}: write a year like year=2009, or years like year=2009..2014"
        )
    if low is not None and high is not None and low > high:
        raise UsageError(f"--where {expression!r}: the earlier year comes first: year={high}..{low}")
    return Where("year", value, low, high if dots else low)


def _tests(
    records: Sequence[ReviewRecord], wheres: Iterable[Where]
) -> tuple[list[Callable[[ReviewRecord], bool]], list[Where]]:
    """Give a test of a record for each field, and the conditions on agencies."""
    by_field: defaultdict[str, list[Where]] = defaultdict(list)
    for where in wheres:
        by_field[where.field].append(where)
    about_agencies = by_field.pop("agency", [])
    return [_test(field, records, same) for field, same in by_field.items()], about_agencies


def _test(
    field: str, records: Sequence[ReviewRecord], wheres: Sequence[Where]
) -> Callable[[ReviewRecord], bool]:
    if field == "review":
        ids = {review_id for where in wheres for review_id in _named(records, where.value)}
        return lambda record: record.id in ids
    if field == "year":
        return lambda record: any(_within(record.year, where) for where in wheres)
    if field == "source":
        return lambda record: any(where.value in plain(record.source) for where in wheres)
    return lambda record: any(where.value in plain(record.value(field)) for where in wheres)


def _named(records: Sequence[ReviewRecord], beginning: str) -> list[str]:
    """Give the id that is, or alone begins like, `beginning`; none if there is none."""
    ids = [record.id for record in records if plain(record.id).startswith(beginning)]
    exact = [review_id for review_id in ids if plain(review_id) == beginning]
    if len(ids) > 1 and not exact:
        some = ", ".join(ids[:_AMBIGUOUS_SHOWN]) + (", …" if len(ids) > _AMBIGUOUS_SHOWN else "")
        raise UsageError(
            f"--where review={beginning}: {len(ids)} reviews begin so ({some}): give more of the id"
        )
    return exact or ids


def _within(year: int | None, where: Where) -> bool:
    if year is None:
        return False
    return (where.low is None or where.low <= year) and (where.high is None or year <= where.high)


def _addressed(recommendation: Recommendation, wheres: Sequence[Where]) -> bool:
    """Tell whether one of the agencies is asked; a kind may be written with spaces for hyphens."""
    texts = [
        plain(text)
        for agency in recommendation.agencies
        for text in (agency.name, agency.kind, agency.kind.replace("-", " "))
    ]
    return not wheres or any(where.value in text for where in wheres for text in texts)
