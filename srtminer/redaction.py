"""Names that must not be seen are replaced in everything that a report or an export is made of.

A name is given as "Jane Smith", and becomes `MARK`, or as "Jane Smith = Mother", and becomes that pseudonym.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cache
from itertools import accumulate
from pathlib import PurePath
from typing import Any, TypeVar

from srtminer.comparisons import GroupSize
from srtminer.excerpts import Shown
from srtminer.model import Example, Recommendation, Review, ReviewRecord, Skipped
from srtminer.text.words import RUN, composed

MARK = "[redacted]"
GIVES = "="
"""Stands between a name and its pseudonym."""
ELLIPSIS = "…"

_APART = r"[\W_]{0,3}"
"""What may stand between the words of a name.

Why: "Jane Smith" is jane-smith.pdf in a path, and may be broken over two lines.
"""
_SMALL, _LARGE = "a-zß-öø-ÿ", "A-ZÀ-ÖØ-Þ"
_EDGE_BEFORE = rf"(?:(?<![^\W_])|(?-i:(?<=[{_SMALL}\d])(?=[{_LARGE}])))"
_EDGE_AFTER = rf"(?:(?![^\W_])|(?-i:(?<=[{_SMALL}])(?=[{_LARGE}\d])))"
"""Why not the usual word boundary: to that "smith_final.pdf", "JaneSmithReport.pdf", and "Smith12" (12 is a
footnote) hold no word "smith".
"""
# fmt: off
_OURS = frozenset({
    "by", "catalogue", "corpus", "correction", "field", "format", "id", "kind", "origin", "review_id",
    "rule", "unit", "verdict",
})
# fmt: on
"""Fields that hold words of the program and not of a document."""

Value = TypeVar("Value")
Sourced = TypeVar("Sourced", ReviewRecord, Skipped)


def name_pattern(names: Iterable[str]) -> re.Pattern[str] | None:
    """Compile names into one pattern, longest first; None where no name holds a letter or digit.

    Case does not matter, nor what parts the words of a name. A name inside a longer word is not meant:
    "Ann" stands in "planning"; but a capital or a number after a small letter begins a word.
    """
    words = {tuple(RUN.findall(composed(name.partition(GIVES)[0]))) for name in names} - {()}
    ordered = sorted(words, key=lambda parts: (-sum(map(len, parts)), parts))
    if not ordered:
        return None
    alternatives = "|".join(_APART.join(map(re.escape, parts)) for parts in ordered)
    return re.compile(f"{_EDGE_BEFORE}(?:{alternatives}){_EDGE_AFTER}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Replacer:
    """Replaces names in texts."""

    pattern: re.Pattern[str]
    pseudonyms: Mapping[tuple[str, ...], str]
    """By the words of a name in small letters; names without one become `MARK`."""

    @classmethod
    def of(cls, names: Sequence[str]) -> "Replacer | None":
        """Make one of names and "name = pseudonym"; None where no name holds a letter or digit."""
        pattern = name_pattern(names)
        parts = (name.partition(GIVES) for name in names)
        given = {_folded(name): pseudonym.strip() for name, _, pseudonym in parts if pseudonym.strip()}
        return cls(pattern, given) if pattern else None

    def instead(self, match: re.Match[str]) -> str:
        """Give what a name that was found becomes."""
        return self.pseudonyms.get(_folded(match[0]), MARK)

    def replace(self, text: str) -> str:
        """Replace names in a text."""
        return self.pattern.sub(self.instead, composed(text))

    def in_part(self, whole: str, start: int, end: int) -> str:
        """Give `whole[start:end]` with names replaced, also one of which only a part stands in it."""
        pieces, place = [], start
        for match in self.pattern.finditer(whole):
            if match.start() < end and match.end() > start:
                pieces += [whole[place : max(place, match.start())], self.instead(match)]
                place = min(end, match.end())
        return "".join((*pieces, whole[place:end]))

    def in_parts(self, parts: Sequence[str]) -> tuple[str, ...]:
        """Replace names in parts that follow each other, also one that begins in one and ends in the next."""
        parts = tuple(map(composed, parts))
        ends = tuple(accumulate(len(part) + 1 for part in parts))
        whole = "\n".join(parts)
        return tuple(
            self.in_part(whole, end - len(part) - 1, end - 1) for part, end in zip(parts, ends, strict=True)
        )


def redact_review(
    review: Review, found: Sequence[Recommendation], names: Sequence[str]
) -> tuple[Review, tuple[Recommendation, ...]]:
    """Replace names in the text of a review, and move the places of its recommendations with it.

    The recommendations keep their texts: those are redacted with everything else.
    """
    replacer = Replacer.of(names)
    if replacer is None:
        return review, tuple(found)
    matches = list(replacer.pattern.finditer(review.text))
    ends = [match.end() for match in matches]
    growth = [0, *accumulate(len(replacer.instead(match)) - len(match[0]) for match in matches)]

    def moved(place: int) -> int:
        return place + growth[bisect_right(ends, place)]

    text = replacer.pattern.sub(replacer.instead, review.text)
    placed = tuple(replace(one, start=moved(one.start), end=moved(one.end)) for one in found)
    return replace(review, text=text), placed


def redacted(value: Value, names: Sequence[str]) -> Value:
    """Replace names in every text inside a value of dataclasses and tuples."""
    replacer = Replacer.of(names)
    # many texts stand in several places
    return value if replacer is None else _walk(value, replacer, cache(replacer.replace))


def unused(value: object, names: Sequence[str]) -> tuple[int, ...]:
    """Give the places in the list, from 1, of names that stand in no text inside a value."""
    found: dict[str, None] = {}

    def noted(text: str) -> str:
        found[composed(text)] = None
        return text

    _walk(value, None, noted)
    texts, patterns = "\n".join(found), [name_pattern((name,)) for name in names]
    return tuple(n for n, pattern in enumerate(patterns, 1) if pattern and not pattern.search(texts))


def _folded(name: str) -> tuple[str, ...]:
    return tuple(word.casefold() for word in RUN.findall(composed(name)))


def redact_excerpt(excerpt: str, text: str, replacer: Replacer) -> str:
    """Replace names in an excerpt of a text, also one of which the cut has left only a part."""
    whole, part = (" ".join(composed(one).split()) for one in (text, excerpt))
    body = part.strip(f" {ELLIPSIS}")
    start = whole.find(body)
    if not body or start < 0:
        return replacer.replace(part)
    before, _, after = part.partition(body)
    return "".join((before, replacer.in_part(whole, start, start + len(body)), after))


def _walk(value: Any, replacer: Replacer | None, replaced: Callable[[str], str]) -> Any:
    """Replace the texts of documents in a value; a `replacer` finds names that are cut or in two parts."""

    def walk(part: Any) -> Any:
        return _walk(part, replacer, replaced)

    if isinstance(value, str):
        return replaced(value)
    if isinstance(value, tuple) and replacer and value and isinstance(value[0], Shown):
        texts = replacer.in_parts([one.text for one in value])
        return tuple(map(lambda one, text: replace(one, text=text), value, texts))
    if isinstance(value, tuple):
        return tuple(map(walk, value))
    if isinstance(value, dict):
        return {key: walk(item) for key, item in value.items()}
    if isinstance(value, Example) and replacer:
        excerpt = redact_excerpt(value.excerpt, value.recommendation.text, replacer)
        return Example(walk(value.recommendation), excerpt)
    if is_dataclass(value) and not isinstance(value, type):
        ours = _OURS | {"name"} if isinstance(value, GroupSize) else _OURS
        names = [field.name for field in fields(value) if field.name not in ours]
        return replace(value, **{name: walk(getattr(value, name)) for name in names})
    return value


def without_folders(records: Sequence[Sourced]) -> tuple[Sourced, ...]:
    """Name each file without its folder. Why: a folder tells of the analyst's machine."""
    return tuple(replace(record, source=PurePath(record.source).name or record.source) for record in records)
