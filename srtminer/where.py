"""Which reviews and recommendations a command looks at: `--where FIELD=VALUE`."""

import shlex
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import PurePath
from types import MappingProxyType
from typing import Any

from srtminer.errors import UsageError
from srtminer.model import Recommendation, ReviewRecord
from srtminer.text.names import few, suggestions
from srtminer.text.words import fold, plain_words

OF_REVIEWS = ("review", "source", "title", "subject", "board", "kind", "year", "published")
OF_RECOMMENDATIONS = ("agency", "text", "reference", "date", "confidence", "theme")
FIELDS = (*OF_REVIEWS, *OF_RECOMMENDATIONS)
NONE = "none"
_ALWAYS = ("source", "text")
"""Fields that everything has something in: there "none" is a word like others."""


def _day(text: str) -> str:
    """Take a year, month or day in ISO form; raises `ValueError` for anything else."""
    if date.fromisoformat(f"{text}-01-01"[:10]).isoformat()[: len(text)] != text:
        raise ValueError
    return text


def _confidence(text: str) -> float:
    if not 0 <= (number := float(text)) <= 1:
        raise ValueError
    return number


_RANGES: dict[str, tuple[Callable[[str], Any], str]] = {
    "year": (lambda text: int(_day(text)), "write a year like year=2009, or years like year=2009..2014"),
    "published": (_day, "write a date like published=2024-04, or published=2024-04..2025-03"),
    "confidence": (_confidence, "write a number from 0 to 1, or a range like confidence=0.8..1"),
}
"""Of each field of numbers or dates: what an end of a range becomes, or a `ValueError`; and the advice."""
_VALUES_SHOWN = 8
_CUT = "…"
"""Ends a value that is not shown whole; who types it back means what it begins."""
_VALUE_SHOWN = 60
"""Characters of a value in a list of those there are: a title may be a paragraph."""


@dataclass(frozen=True, slots=True)
class Where:
    """One condition."""

    field: str
    value: str
    """As `plain` has it; `NONE` for what has nothing in the field."""
    low: float | str | None = None
    """Of a year, a date or a confidence: the lowest, or None for no limit."""
    high: float | str | None = None
    """The highest, or None for no limit."""
    negated: bool = False
    """Whether it keeps what does not fit."""
    members: frozenset[str] | None = None
    """The ids of the recommendations in a theme, or of a review by its name; None where nobody has looked."""


def parse_where(expression: str, option: str = "--where") -> Where:
    """Read "board=Wexmoor", "kind!=response", "year=2009..2014", "published=2024-04..2025-03" and the like.

    `option` is what it was given as. Raises `UsageError` that names the fields, or says how to write a range.
    """
    name, equals, value = (part.strip() for part in expression.partition("="))
    negated = name.endswith("!")
    field = name.removesuffix("!").strip().lower()
    if not equals or not plain(value) or field not in FIELDS:
        near = next((advice for name, (_, advice) in _RANGES.items() if expression.startswith(name)), "")
        fields = f"write FIELD=VALUE, FIELD being one of {', '.join(FIELDS)}"
        raise UsageError(f"{option} {expression!r}: {near or fields}")
    if field not in _RANGES or value == NONE:
        return Where(field, plain(value.removesuffix(_CUT).rstrip()), negated=negated)
    make, advice = _RANGES[field]
    first, dots, last = (part.strip() for part in value.partition(".."))
    try:
        low, high = (make(end) if end else None for end in (first, last))
        if not first + last or (first and last and low > high):  # type: ignore[operator]
            raise ValueError
    except ValueError:
        raise UsageError(f"{option} {expression!r}: {advice}") from None
    return Where(field, value, low, high if dots else low, negated)


def select(
    records: Sequence[ReviewRecord], recommendations: Sequence[Recommendation], wheres: Sequence[Where]
) -> tuple[tuple[ReviewRecord, ...], tuple[Recommendation, ...]]:
    """Keep what meets the conditions, in the order given.

    Conditions on the same field are alternatives, those on different fields hold together, and what is
    negated never fits. One on the agency, the text or anything else of a recommendation keeps the
    recommendations that fit and the reviews that have one.
    """
    of_reviews = [named(where, records) for where in wheres if where.field in OF_REVIEWS]
    of_rows = [where for where in wheres if where.field in OF_RECOMMENDATIONS]
    if themes := [one.value for one in of_rows if one.field == "theme" and one.members is None]:
        raise UsageError(
            f"theme={themes[0]} cannot choose here; choose by review, board, kind, year or agency"
        )
    kept = [record for record in records if _fits(record, of_reviews)]
    ids = {record.id for record in kept}
    found = [one for one in recommendations if one.review_id in ids and _fits(one, of_rows)]
    if of_rows:
        asked = {one.review_id for one in found}
        kept = [record for record in kept if record.id in asked]
    return tuple(kept), tuple(found)


def _fits(item: Any, wheres: Sequence[Where]) -> bool:
    """Tell whether one condition of each field holds, and none that is negated."""
    if any(where.negated and _holds(item, where) for where in wheres):
        return False
    asked = [where for where in wheres if not where.negated]
    held = {where.field for where in asked if _holds(item, where)}
    return held == {where.field for where in asked}


def _holds(item: Any, where: Where) -> bool:
    if where.members is not None:
        return item.id in where.members
    if where.value == NONE and where.field not in _ALWAYS:
        return not _values(where.field, item)
    if where.field in _RANGES:  # a date is compared as far as the range's ends go
        low, high = where.low, where.high
        cut = len(high) if isinstance(high, str) else None
        return any(
            (low is None or low <= value) and (high is None or (value[:cut] if cut else value) <= high)
            for value in _values(where.field, item)
        )
    texts = map(plain, _values(where.field, item))
    if where.field == "reference":
        return where.value in texts
    return any(where.value in text for text in texts)


def _values(field: str, item: Any) -> tuple[Any, ...]:
    """Give what stands in a field of a review or a recommendation, as it is compared and as it is listed."""
    if field == "agency":
        kinds = [agency.kind for agency in item.agencies if agency.kind]
        names = [agency.name for agency in item.agencies]
        return (*names, *kinds, *(f"{kind.replace('-', ' ')}s" for kind in kinds))
    if field == "reference":
        return tuple(item.references)
    if field in ("source", "text", "date", "confidence", "year"):
        value = getattr(item, field)
    elif field == "review":
        value = item.value("subject") or item.value("title") or item.source
    else:
        value = item.value(field)
    return () if value in (None, "") else (value,)


def named(
    where: Where, records: Sequence[ReviewRecord], cited: Mapping[str, str] = MappingProxyType({})
) -> Where:
    """Let a condition on the review choose those that are called so; `cited` has their names in citations."""
    if where.field != "review" or where.members is not None:
        return where
    return replace(where, members=frozenset(one.id for one in reviews_called(where.value, records, cited)))


SHORTEST_BEGINNING = 4
"""Characters of the beginning of an id or a title. Why: "a" would be a subject as likely."""
ARTICLE = "the "


def reviews_called(
    name: str, records: Sequence[ReviewRecord], cited: Mapping[str, str] = MappingProxyType({})
) -> list[ReviewRecord]:
    """Give the reviews that a name means: those that it fits in the surest way in which it fits any.

    The beginning of a title goes before its middle, for a response is called after what it answers. Names
    that differ in signs only are one: "child-f" is "Child F".
    """
    wanted, said = plain(name.strip()), _words(name)
    long = len(wanted) >= SHORTEST_BEGINNING and said != ""

    def titles(record: ReviewRecord) -> list[str]:
        return [*map(_words, (cited.get(record.id, ""), record.value("title"), record.value("subject")))]

    def files(record: ReviewRecord) -> list[str]:
        return [*map(_words, (PurePath(record.source).name, PurePath(record.source).stem))]

    def begins(title: str) -> bool:
        return title.removeprefix(ARTICLE).startswith(said.removeprefix(ARTICLE))

    ways: tuple[Callable[[ReviewRecord], object], ...] = (
        lambda record: wanted in (plain(record.id), plain(record.source)),
        lambda record: plain(cited.get(record.id, "")) == wanted != "",
        lambda record: long and plain(record.id).startswith(wanted),
        lambda record: said and said in (*titles(record), *files(record)),
        lambda record: long and any(map(begins, titles(record))),
        lambda record: long and any(said in title for title in titles(record)),
        lambda record: long and any(said in file for file in files(record)),
    )
    found = ([record for record in records if fits(record)] for fits in ways)
    return next(filter(None, found), [])


def _words(name: str) -> str:
    return " ".join(plain_words(plain(name)))


def advise(
    wheres: Sequence[Where], records: Sequence[ReviewRecord], recommendations: Sequence[Recommendation]
) -> str:
    """Say what to write where nothing meets all conditions: a value that is like one, or those there are.

    It is about the first field of which nothing meets a condition.
    """
    for field in dict.fromkeys(where.field for where in wheres):
        same = [where for where in wheres if where.field == field]
        if not select(records, recommendations, same)[0]:
            return _advise_on(same[-1], records if field in OF_REVIEWS else recommendations)
    return "each condition fits some reviews, but none fits all of them; leave one out"


def _advise_on(where: Where, items: Sequence[Any]) -> str:
    field = where.field
    if field in ("text", "confidence", "theme") or where.negated:
        return "`srtminer recommendations` lists what there is"
    said = [str(value) for item in items for value in _values(field, item)]
    # what differs by more than its capitals, in the spelling that does not shout
    ordered = sorted(set(said), key=lambda value: (not value.isupper(), value))
    by_plain = {plain(value): value for value in ordered}
    values = sorted(by_plain.values())
    if not values:
        return f"no review has a known {field}; see `srtminer reviews`"
    if field == "year":
        return f"the years are {', '.join(values)}"
    if near := suggestions(where.value, by_plain, 1):
        return f"did you mean {field}={_quoted(by_plain[near[0]])}?"
    often = Counter(map(plain, said))
    frequent = sorted(values, key=lambda value: -often[plain(value)])
    return f"known are {few([*map(_quoted, frequent)], _VALUES_SHOWN)}"


def _quoted(value: str) -> str:
    """Write a value as a shell needs it, cut, in double quotation marks where that reads better."""
    value = value if len(value) <= _VALUE_SHOWN else f"{value[: _VALUE_SHOWN - 2].rstrip()} {_CUT}"
    if set("'’") & set(value) and not set('"$`\\!') & set(value):
        return f'"{value}"'
    return shlex.quote(value)


def plain(text: str) -> str:
    """Make text comparable: case folded, without apostrophes."""
    return fold(text).casefold().replace("'", "")
