"""Which reviews and recommendations a command looks at: `--where FIELD=VALUE`."""

import re
import shlex
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from srtminer.errors import UsageError
from srtminer.model import Recommendation, ReviewRecord

FIELDS = ("review", "source", "title", "subject", "board", "kind", "year", "agency")

_YEAR = re.compile(r"[0-9]{4}")
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
    low: int | None = None
    """Of a year: the first one, or None for no limit."""
    high: int | None = None
    """Of a year: the last one, or None for no limit."""


def parse_where(expression: str, option: str = "--where") -> Where:
    """Read "board=Wexmoor", "year=2009", "year=2009..2014", "year=2009.." or "year=..2014".

    `option` is what it was given as. Raises `UsageError` that names the fields, or says how to write a year.
    """
    name, equals, value = (part.strip() for part in expression.partition("="))
    field = name.lower()
    if not equals or not value or field not in FIELDS:
        raise UsageError(
            f"{option} {expression!r}: write FIELD=VALUE, FIELD being one of {', '.join(FIELDS)}"
        )
    if field == "year":
        return _years(f"{option} {expression!r}", value)
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
    return _distinct(value for record in records if (value := record.value(field)))


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
        for part in (value, *_runs(value, len(wanted.split()))):
            parts.setdefault(plain(part), part)
    found = get_close_matches(wanted, sorted(parts), n=1)
    return parts[found[0]] if found else ""


def _runs(text: str, length: int) -> Iterator[str]:
    """Give all runs of so many words."""
    words = _WORDS.findall(text)
    for start in range(len(words) - length + 1):
        yield " ".join(words[start : start + length])


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


def _years(given: str, value: str) -> Where:
    first, dots, last = (part.strip() for part in value.partition(".."))
    ends = [end for end in (first, last) if end]
    low = int(first) if _YEAR.fullmatch(first) else None
    high = int(last) if _YEAR.fullmatch(last) else None
    if not ends or not all(map(_YEAR.fullmatch, ends)):
        raise UsageError(f"{given}: write a year like year=2009, or years like year=2009..2014")
    if low is not None and high is not None and low > high:
        raise UsageError(f"{given}: the earlier year comes first: year={high}..{low}")
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
        raise UsageError(f"review={beginning}: {len(ids)} reviews match ({some}): give more of the id")
    return exact or ids


def _within(year: int | None, where: Where) -> bool:
    if year is None:
        return False
    return (where.low is None or where.low <= year) and (where.high is None or year <= where.high)


def _addressed(recommendation: Recommendation, wheres: Sequence[Where]) -> bool:
    """Tell whether one of the agencies is asked."""
    if not wheres:
        return True
    names = [plain(agency.name) for agency in recommendation.agencies]
    kinds = [text for agency in recommendation.agencies for text in _written(agency.kind)]
    return any(
        any(where.value in name for name in names) or any(_bare(where.value) in kind for kind in kinds)
        for where in wheres
    )


def _written(kind: str) -> tuple[str, ...]:
    """Give the ways to write a kind of agency: with blanks for hyphens, and in the plural ("gps")."""
    return (kind, f"{kind.replace('-', ' ')}s") if kind else ()


def _bare(value: str) -> str:
    """Leave out apostrophes: the kind of "children's social care" has none."""
    return value.replace("'", "") or value
