"""The agencies of the thesaurus, and the words of data/agencies.toml, made ready for look-up."""

import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import NamedTuple

from srtminer.agencies.agency_tokens import Token, fold, tokenise
from srtminer.text.thesaurus import Concept, Thesaurus, thesaurus

UNSPECIFIED = "unspecified"
"""Id in the thesaurus of words for somebody of no particular kind; reported as an empty string."""

OWN = "own"
"""Kind of a name that the user gives without one; reported as an empty string."""

Words = tuple[str, ...]
Names = tuple[tuple[str, str], ...]


class Known(NamedTuple):
    """A phrase of the data file where it stands in a text."""

    kind: str
    weak: bool
    length: int
    """Number of tokens."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Phrases by their first word, longest first; abbreviations; word lists; succession."""

    phrases: Mapping[str, tuple[tuple[Words, Known], ...]]
    abbreviations: Mapping[str, str]
    endings: tuple[tuple[str, str], ...]
    heads: frozenset[Words]
    things: frozenset[Words]
    before: frozenset[str]
    after: frozenset[str]
    present: Mapping[str, str]
    publishers: frozenset[str]

    def at(self, tokens: Sequence[Token], index: int) -> Known | None:
        """Find the longest phrase or the abbreviation that starts at a token."""
        for words, known in self.phrases.get(tokens[index].word, ()):
            if words == tuple(token.word for token in tokens[index : index + known.length]):
                return known
        return self.abbreviated(tokens[index].text)

    def head_at(self, tokens: Sequence[Token], index: int) -> int:
        """Count the tokens of the longest head ("chief executive") that starts at a token."""
        return _longest(self.heads, tuple(token.word for token in tokens[index : index + 3]))

    def abbreviated(self, text: str) -> Known | None:
        """Look an abbreviation up: "CCGs", "WSCB"."""
        kind = self.abbreviations.get(text) or self.abbreviations.get(_singular(text))
        if kind is None:
            bare = _singular(text)
            kind = next((kind for end, kind in self.endings if bare.isupper() and bare.endswith(end)), None)
        return Known(kind, False, 1) if kind else None


_own: ContextVar[Names] = ContextVar("names of agencies that the user gives", default=())


@contextmanager
def own_names(names: Names) -> Iterator[None]:
    """Know these (name, kind) too while the block runs; a kind may be empty."""
    token = _own.set(names)
    try:
        yield
    finally:
        _own.reset(token)


def lexicon() -> Lexicon:
    """Give the phrases of the data files, and the names that the user gives."""
    return _load(_own.get(), thesaurus())


@lru_cache(maxsize=4)
def _load(own: Names, terms: Thesaurus) -> Lexicon:
    text = (resources.files("srtminer") / "data" / "agencies.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    kinds = tuple(terms.of_kind("agency"))
    return Lexicon(
        phrases=_phrases(terms, own),
        abbreviations={short: kind.id for kind in kinds for short in kind.abbreviations},
        endings=tuple((end, kind.id) for kind in kinds for end in kind.endings),
        heads=frozenset(map(words_of, data["heads"])),
        things=frozenset(map(words_of, data["things"])),
        before=frozenset(data["before"]),
        after=frozenset(data["after"]),
        present={kind: kind for _, kind in own if kind} | _present(kinds),
        publishers=frozenset(kind.id for kind in kinds if kind.publishes),
    )


def words_of(phrase: str) -> Words:
    """Split a phrase into comparable words."""
    return tuple(token.word for token in tokenise(fold(phrase)))


def _phrases(terms: Thesaurus, own: Names) -> dict[str, tuple[tuple[Words, Known], ...]]:
    """Index the names of agencies and of the people who work for one, each of them by its first word."""
    ids = {kind.label: kind.id for kind in terms.of_kind("agency")}
    people = ((ids[one.broader], one.forms, False) for one in terms.of_kind("person") if one.broader in ids)
    named = ((kind.id, kind.synonyms, False) for kind in terms.of_kind("agency"))
    faint = ((kind.id, kind.weak, True) for kind in terms.of_kind("agency"))
    given = ((words_of(name), kind or OWN) for name, kind in own)
    table = {words: Known(kind, False, len(words)) for words, kind in given if words}
    for kind, names, weak in (*people, *named, *faint):
        for words in map(words_of, names):
            table.setdefault(words, Known(kind, weak, len(words)))
    by_first: dict[str, list[tuple[Words, Known]]] = defaultdict(list)
    for words in sorted(table, key=lambda words: (-len(words), words)):
        by_first[words[0]].append((words, table[words]))
    return {first: tuple(entries) for first, entries in by_first.items()}


def _present(kinds: Sequence[Concept]) -> dict[str, str]:
    """Say for every kind which kind has its duties today."""
    successor: dict[str, str] = {}
    for kind in kinds:
        for former in kind.succeeds:
            successor.setdefault(former, kind.id)
    return {kind.id: _follow(successor, kind.id) for kind in kinds}


def _follow(successor: Mapping[str, str], kind: str) -> str:
    while kind in successor:
        kind = successor[kind]
    return kind


def _longest(known: frozenset[Words], words: Words) -> int:
    return next((size for size in range(len(words), 0, -1) if words[:size] in known), 0)


def _singular(text: str) -> str:
    """Take a possessive or plural s off an abbreviation: "CCGs" -> "CCG"."""
    bare = text.removesuffix("'").removesuffix("s").removesuffix("'")
    return bare if len(bare) > 1 else text
