"""Words and marks with their places, the small words of grammar, and the agencies of the thesaurus."""

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

from srtminer.text.thesaurus import Concept, Thesaurus, thesaurus
from srtminer.text.words import fold, singular

_TOKEN = re.compile(
    r"(?:[A-Z]\.)+"  # initials: "M.", "S.A."
    r"|(?:St|Dr|Mr|Mrs|Ms|No)\.(?=\s[A-Z0-9])"  # abbreviations that do not end a sentence
    r"|[^\W_]+(?:['&-][^\W_]+)*'?"  # words: "Children's", "NHS-funded", "Boards'"
    r"|(?:(?<=[.:;!?])\n\s*\n|\n\s*\n(?![a-z]))"  # the end of a paragraph, not of a page in a sentence
    r"|[^\s\w]"
)

BOUNDARIES = frozenset(".?!;:,()[]•–—|")
END = "\n"
"""What an end of a paragraph is called among the words."""


class Token(NamedTuple):
    """A word or mark of a text: `text[start:end]`."""

    text: str
    start: int
    end: int
    word: str
    """Lower case, without apostrophes and plural s, so that spellings compare equal."""

    @property
    def capital(self) -> bool:
        """Whether it starts with a capital letter."""
        return self.text[0].isupper()


def tokenise(text: str) -> tuple[Token, ...]:
    """Split a folded text into words and marks."""
    words = ((END if (word := found.group()).isspace() else word, found) for found in _TOKEN.finditer(text))
    return tuple(Token(word, *found.span(), END if word == END else normal(word)) for word, found in words)


@lru_cache(maxsize=20_000)
def normal(word: str) -> str:
    """Make a word comparable: "Children's" -> "children", "Boards'" -> "board", "GPs" -> "gps"."""
    return singular(word.lower().replace("'", ""))


@lru_cache
def _data(name: str) -> Mapping[str, Any]:
    return tomllib.loads((files("srtminer") / "data" / f"{name}.toml").read_text(encoding="utf-8"))


_SMALL = _data("grammar")["words"]
ARTICLES, OF, PLACE, JOINS, MODALS, BE, PAST, PREPOSITIONS, SUBORDINATORS = (
    frozenset(_SMALL[name].split())
    for name in ["articles", "of", "place", "joins", "modals", "be", "past", "prepositions", "subordinators"]
)
ASKED, ADVERBS, RECOMMEND, URGE, SPEAKERS = (
    frozenset(_SMALL[name].split()) for name in ("asked", "adverbs", "recommend", "urge", "speakers")
)
IRREGULAR = frozenset(f"{_data('grammar')['finite']} {_SMALL['irregular']}".split())
"""Participles and other forms of irregular verbs."""
BASE_VERBS = frozenset(_data("agencies")["verbs"].split())
"""What must follow a proper name that the data file does not know."""

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
        words = tuple(token.word for token in tokens[index : index + 3])
        return next((size for size in range(len(words), 0, -1) if words[:size] in self.heads), 0)

    def abbreviated(self, text: str) -> Known | None:
        """Look an abbreviation up: "CCGs", "WSCB"."""
        bare = text.removesuffix("'").removesuffix("s").removesuffix("'")  # "CCGs" -> "CCG"
        ends = (kind for end, kind in self.endings if bare.isupper() and bare.endswith(end))
        kind = self.abbreviations.get(text) or self.abbreviations.get(bare) or next(ends, None)
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
    data, kinds = _data("agencies"), tuple(terms.of_kind("agency"))
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
    present = {}
    for kind in kinds:
        present[kind.id] = kind.id
        while present[kind.id] in successor:
            present[kind.id] = successor[present[kind.id]]
    return present
