"""Which reviews and recommendations a command looks at: `--where FIELD=VALUE`."""

import re
import shlex
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from srtminer.errors import UsageError
from srtminer.model import Recommendation, ReviewRecord
from srtminer.text.typed_names import nearest, with_runs

OF_REVIEWS = ("review", "source", "title", "subject", "board", "kind", "year", "published")
OF_RECOMMENDATIONS = ("agency", "text", "reference", "date", "confidence", "theme")
FIELDS = (*OF_REVIEWS, *OF_RECOMMENDATIONS)

_YEAR = re.compile(r"[0-9]{4}")
_DAY = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")
_SHARE = re.compile(r"[01]|0?\.[0-9]+|1\.0+")
_SPECIAL = re.compile(r"[\"$`\\!]")
_WORDS = re.compile(r"[^\s,;:()\[\]/\\]+")
_APOSTROPHES = dict.fromkeys(map(ord, "\u2018\u2019\u02bc\u2032\u00b4"), "'")
_AMBIGUOUS_SHOWN = 3
_VALUES_SHOWN = 8
_VALUE_SHOWN = 60
"""Characters of a value in a list of those there are: a title may be a paragraph."""


@dataclass(frozen=True, slots=True)
class Where:
    """One condition."""

    field: str
    value: str
    """Lower case, typographic apostrophes made plain."""
    low: float | str | None = None
    """Of a year, a date or a confidence: the lowest, or None for no limit."""
    high: float | str | None = None
    """The highest, or None for no limit."""
    negated: bool = False
    """Whether it keeps what does not fit."""
    members: frozenset[str] | None = None
    """Of a theme: the ids of the recommendations in it; None where nobody has looked."""


def parse_where(expression: str, option: str = "--where") -> Where:
    """Read "board=Wexmoor", "kind!=response", "year=2009..2014", "published=2024-04..2025-03" and the like.

    `option` is what it was given as. Raises `UsageError` that names the fields, or says how to write a range.
    """
    name, equals, value = (part.strip() for part in expression.partition("="))
    negated = name.endswith("!")
    field = name.removesuffix("!").strip().lower()
    if not equals or not value or field not in FIELDS:
        raise UsageError(
            f"{option} {expression!r}: write FIELD=VALUE, FIELD being one of {', '.join(FIELDS)}"
        )
    if field in _RANGES:
        return replace(_range(f"{option} {expression!r}", field, value), negated=negated)
    return Where(field, plain(value), negated=negated)


def select(
    records: Sequence[ReviewRecord], recommendations: Sequence[Recommendation], wheres: Sequence[Where]
) -> tuple[tuple[ReviewRecord, ...], tuple[Recommendation, ...]]:
    """Keep what meets the conditions, in the order given.

    Conditions on the same field are alternatives, those on different fields hold together, and what is
    negated never fits. One on the agency, the text or anything else of a recommendation keeps the
    recommendations that fit and the reviews that have one. Raises `UsageError` for a beginning of a review's
    id that is not unique.
    """
    tests = [_test(where, records) for where in wheres]
    of_reviews = [
        (where, test) for where, test in zip(wheres, tests, strict=True) if where.field in OF_REVIEWS
    ]
    of_rows = [pair for pair in zip(wheres, tests, strict=True) if pair[0].field in OF_RECOMMENDATIONS]
    kept = [record for record in records if _fits(record, of_reviews)]
    ids = {record.id for record in kept}
    found = [one for one in recommendations if one.review_id in ids and _fits(one, of_rows)]
    if of_rows:
        asked = {one.review_id for one in found}
        kept = [record for record in kept if record.id in asked]
    return tuple(kept), tuple(found)


def _fits(item: Any, pairs: Sequence[tuple[Where, Callable[[Any], bool]]]) -> bool:
    """Tell whether one condition of each field holds, and none that is negated."""
    held: dict[str, bool] = {}
    for where, test in pairs:
        if where.negated and test(item):
            return False
        if not where.negated:
            held[where.field] = held.get(where.field, False) or test(item)
    return all(held.values())


def advise(
    wheres: Sequence[Where], records: Sequence[ReviewRecord], recommendations: Sequence[Recommendation]
) -> str:
    """Say what to write where nothing meets all conditions: a value that is like one, or those there are.

    It is about the first field of which nothing meets a condition.
    """
    for field in dict.fromkeys(where.field for where in wheres):
        same = [where for where in wheres if where.field == field]
        kept, _ = select(records, recommendations, same)
        if not kept:
            return _advise_on(same[-1], records, recommendations)
    return "each condition fits some reviews, but none fits all of them; leave one out"


def _advise_on(where: Where, records: Sequence[ReviewRecord], asked: Sequence[Recommendation]) -> str:
    values = _values(where.field, records, asked)
    if where.field in ("text", "confidence", "theme") or where.negated:
        return f"no recommendation fits {where.field}={where.value}"
    if not values:
        return f"no review has a known {where.field}; see `srtminer reviews`"
    if where.field == "year":
        return f"the years are {', '.join(values)}"
    if near := _nearest(where.value, values):
        return f"did you mean {where.field}={_quoted(near)}?"
    if other := _other_field(where, records, asked):
        return f"did you mean {other}={_quoted(where.value)}?"
    shown = [_quoted(_shortened(value)) for value in values[:_VALUES_SHOWN]]
    more = f" and {len(values) - len(shown):,} more" if len(values) > len(shown) else ""
    return f"known are {', '.join(shown)}{more}"


def _other_field(where: Where, records: Sequence[ReviewRecord], asked: Sequence[Recommendation]) -> str:
    """Name a field of which something has the value: "Child F" is the subject of a review, not its id."""
    others = ("subject", "board", "agency", "kind", "title")
    found = (field for field in others if select(records, asked, (Where(field, where.value),))[0])
    return next(found, "")


def _values(
    field: str, records: Sequence[ReviewRecord], recommendations: Sequence[Recommendation]
) -> list[str]:
    """List the values of a field: of agencies their kinds first, then their names."""
    if field == "agency":
        asked = {agency for one in recommendations for agency in one.agencies}
        kinds = {agency.kind.replace("-", " ") for agency in asked if agency.kind}
        return [*sorted(kinds), *sorted({agency.name for agency in asked})]
    if field == "review":
        return sorted(record.id for record in records)
    if field == "source":
        return sorted({record.source for record in records})
    if field in OF_RECOMMENDATIONS:
        return _distinct(value for one in recommendations if (value := _of_row(field, one)))
    return _distinct(value for record in records if (value := record.value(field)))


def _of_row(field: str, one: Recommendation) -> str:
    return {"reference": one.reference, "date": one.date}.get(field, "")


def _distinct(values: Iterable[str]) -> list[str]:
    """List what differs by more than its capitals, in the spelling that does not shout."""
    spelled: dict[str, str] = {}
    for value in sorted(set(values), key=lambda value: (value.isupper(), value)):
        spelled.setdefault(plain(value), value)
    return sorted(spelled.values())


def _nearest(wanted: str, values: Sequence[str]) -> str:
    """Give the value, or the words of one, that is most like what was wanted; empty if none is."""
    parts: dict[str, str] = {}
    for value in sorted(values, key=str.isupper):  # of two spellings the one that does not shout
        for part in with_runs(value, len(wanted.split())):
            parts.setdefault(plain(part), part)
    found = nearest(wanted, parts, 1)
    return parts[found[0]] if found else ""


def _quoted(value: str) -> str:
    """Write a value as a shell needs it, in double quotation marks where that reads better."""
    if set("'’") & set(value) and not _SPECIAL.search(value):
        return f'"{value}"'
    return shlex.quote(value)


def _shortened(value: str) -> str:
    return value if len(value) <= _VALUE_SHOWN else f"{value[: _VALUE_SHOWN - 2].rstrip()} …"


def plain(text: str) -> str:
    """Make text comparable: case folded, typographic apostrophes plain."""
    return text.translate(_APOSTROPHES).casefold()


_RANGES: dict[str, tuple[re.Pattern[str], Callable[[str], float | str], str]] = {
    "year": (_YEAR, int, "write a year like year=2009, or years like year=2009..2014"),
    "published": (_DAY, str, "write a date like published=2024-04, or published=2024-04..2025-03"),
    "confidence": (_SHARE, float, "write a number from 0 to 1, or a range like confidence=0.8..1"),
}


def _range(given: str, field: str, value: str) -> Where:
    pattern, make, advice = _RANGES[field]
    first, dots, last = (part.strip() for part in value.partition(".."))
    ends = [end for end in (first, last) if end]
    if not ends or not all(map(pattern.fullmatch, ends)):
        raise UsageError(f"{given}: {advice}")
    low, high = (make(end) if end else None for end in (first, last))
    if low is not None and high is not None and low > high:  # type: ignore[operator]
        which = "year" if field == "year" else "end"
        raise UsageError(f"{given}: the earlier {which} comes first: {field}={high}..{low}")
    return Where(field, value, low, high if dots else low)


def _test(where: Where, records: Sequence[ReviewRecord]) -> Callable[[Any], bool]:
    """Give the test of a condition on reviews, or on recommendations."""
    field, value = where.field, where.value
    if field == "review":
        ids = set(_named(records, value))
        return lambda record: record.id in ids
    tests: dict[str, Callable[[Any], bool]] = {
        "year": lambda record: _within(record.year, where),
        "published": lambda record: _within(record.value("published") or None, where),
        "source": lambda record: value in plain(record.source),
        "agency": lambda one: _addressed(one, value),
        "text": lambda one: value in plain(one.text),
        "reference": lambda one: any(value == plain(reference) for reference in one.references),
        "date": lambda one: value in plain(one.date),
        "confidence": lambda one: _within(one.confidence, where),
        "theme": lambda one: one.id in (where.members or ()),
    }
    if field == "theme" and where.members is None:
        raise UsageError(f"theme={value} cannot choose here; choose by review, board, kind, year or agency")
    return tests.get(field, lambda record: value in plain(record.value(field)))


def _named(records: Sequence[ReviewRecord], value: str) -> list[str]:
    """Give the id that is, or alone begins like, `value`; else the ids of the reviews that are called so."""
    ids = [record.id for record in records if plain(record.id).startswith(value)]
    exact = [review_id for review_id in ids if plain(review_id) == value]
    if len(ids) > 1 and not exact:
        some = ", ".join(ids[:_AMBIGUOUS_SHOWN]) + (", …" if len(ids) > _AMBIGUOUS_SHOWN else "")
        raise UsageError(f"review={value}: {len(ids)} reviews match ({some}): give more of the id")
    return exact or ids or _called(records, value)


def _called(records: Sequence[ReviewRecord], value: str) -> list[str]:
    """Give the ids of the reviews with this subject, else with this in their subject, title or file."""
    subject = [record.id for record in records if plain(record.value("subject")) == value]
    names = ((one.id, one.value("subject"), one.value("title"), one.source) for one in records)
    return subject or [
        review_id for review_id, *texts in names if any(value in plain(text) for text in texts)
    ]


def _within(value: Any, where: Where) -> bool:
    """Tell whether a value is in a range; a date is compared as far as the range's ends go."""
    if value is None:
        return False
    low, high = where.low, where.high
    upper = value[: len(high)] if isinstance(high, str) else value
    return bool((low is None or low <= value) and (high is None or upper <= high))


def _addressed(recommendation: Recommendation, value: str) -> bool:
    """Tell whether an agency of this name or kind is asked."""
    names = (plain(agency.name) for agency in recommendation.agencies)
    kinds = (text for agency in recommendation.agencies for text in _written(agency.kind))
    return any(value in name for name in names) or any(_bare(value) in kind for kind in kinds)


def _written(kind: str) -> tuple[str, ...]:
    """Give the ways to write a kind of agency: with blanks for hyphens, and in the plural ("gps")."""
    return (kind, f"{kind.replace('-', ' ')}s") if kind else ()


def _bare(value: str) -> str:
    """Leave out apostrophes: the kind of "children's social care" has none."""
    return value.replace("'", "") or value
