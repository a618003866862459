"""Names that must not be seen are replaced in everything a report is made of."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from srtminer.comparisons import BoardYear
from srtminer.model import (
    Agency,
    Comparison,
    Example,
    Fact,
    GroupSize,
    Recommendation,
    ReviewRecord,
    Theme,
    ThemeTable,
)
from srtminer.options import ThemeOptions
from srtminer.report.values import Content

MARK = "[redacted]"
ELLIPSIS = "…"

_WORD = re.compile(r"[^\W_]+")
_APART = r"[\W_]{0,3}"
"""What may stand between the words of a name.

Why: "Jane Smith" is jane-smith.pdf in a path, and may be broken over two lines.
"""
_EDGE_BEFORE, _EDGE_AFTER = r"(?<![^\W_])", r"(?![^\W_])"
"""Why not the usual word boundary: to that "smith_final.pdf" holds no word "smith"."""
_OURS: dict[type, frozenset[str]] = {
    Agency: frozenset({"kind"}),
    BoardYear: frozenset({"review_ids"}),
    Comparison: frozenset({"by"}),
    Content: frozenset({"version", "digest"}),
    Fact: frozenset({"field", "origin"}),
    GroupSize: frozenset({"name"}),
    Recommendation: frozenset({"id", "review_id", "rule", "correction"}),
    ReviewRecord: frozenset({"id", "format"}),
    Theme: frozenset({"id"}),
    ThemeOptions: frozenset({"unit"}),
    ThemeTable: frozenset({"unit"}),
}
"""Fields that hold words of the program and not of a document."""

Value = TypeVar("Value")


def name_pattern(names: Iterable[str]) -> re.Pattern[str] | None:
    """Compile names into one pattern, longest first; None where no name holds a letter or digit.

    Case does not matter, nor what parts the words of a name. A name inside a longer word is not meant:
    "Ann" stands in "planning".
    """
    words = {tuple(_WORD.findall(_composed(name))) for name in names} - {()}
    ordered = sorted(words, key=lambda parts: (-sum(map(len, parts)), parts))
    if not ordered:
        return None
    alternatives = "|".join(_APART.join(map(re.escape, parts)) for parts in ordered)
    return re.compile(f"{_EDGE_BEFORE}(?:{alternatives}){_EDGE_AFTER}", re.IGNORECASE)


def redacted(value: Value, names: Sequence[str]) -> Value:
    """Replace names in every text inside a value of dataclasses and tuples."""
    pattern = name_pattern(names)
    return value if pattern is None else _walk(value, pattern, {})


def unused(value: object, names: Sequence[str]) -> tuple[int, ...]:
    """Give the places in the list, from 1, of names that stand in no text inside a value."""
    texts = "\n".join(dict.fromkeys(_texts(value)))
    patterns = [name_pattern((name,)) for name in names]
    return tuple(n for n, pattern in enumerate(patterns, 1) if pattern and not pattern.search(texts))


def replace_names(text: str, pattern: re.Pattern[str]) -> str:
    """Replace names in a text."""
    return pattern.sub(MARK, _composed(text))


def redact_excerpt(excerpt: str, text: str, pattern: re.Pattern[str]) -> str:
    """Replace names in an excerpt of a text, also one of which the cut has left only a part."""
    whole, part = (" ".join(_composed(one).split()) for one in (text, excerpt))
    body = part.strip(f" {ELLIPSIS}")
    start = whole.find(body)
    if not body or start < 0:
        return replace_names(part, pattern)
    end = start + len(body)
    pieces, place = [], start
    for match in pattern.finditer(whole):
        if match.start() < end and match.end() > start:
            pieces += [whole[place : max(place, match.start())], MARK]
            place = min(end, match.end())
    before, _, after = part.partition(body)
    return "".join((before, *pieces, whole[place:end], after))


def _walk(value: Any, pattern: re.Pattern[str], done: dict[str, str]) -> Any:
    """Replace names; `done` keeps what became of each text, for many stand in several places."""
    if isinstance(value, str):
        if value not in done:
            done[value] = replace_names(value, pattern)
        return done[value]
    if isinstance(value, tuple):
        return tuple(_walk(item, pattern, done) for item in value)
    if isinstance(value, Example):
        excerpt = redact_excerpt(value.excerpt, value.recommendation.text, pattern)
        return Example(_walk(value.recommendation, pattern, done), excerpt)
    if is_dataclass(value) and not isinstance(value, type):
        ours = _OURS.get(type(value), frozenset())
        names = [field.name for field in fields(value) if field.name not in ours]
        return replace(value, **{name: _walk(getattr(value, name), pattern, done) for name in names})
    return value


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield _composed(value)
    elif isinstance(value, tuple):
        for item in value:
            yield from _texts(item)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            if field.name not in _OURS.get(type(value), frozenset()):
                yield from _texts(getattr(value, field.name))


def _composed(text: str) -> str:
    """Write a letter and its accent as one character. Why: file systems keep them as two."""
    return unicodedata.normalize("NFC", text)
