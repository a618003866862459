"""Names of agencies where they stand in a text: the words that they are made of, their reach, their kind."""

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


# Names in a text ---------------------------------------------------------------------------------------

LONGEST = 30
"""Tokens a name may have; the longest seen in reports has 14."""


@dataclass(frozen=True, slots=True)
class Name:
    """The name of somebody: tokens `start` to `end` (exclusive)."""

    start: int
    end: int
    known: Known | None
    """The phrase that says of what kind it is; None for a proper name that the data file does not know."""

    @property
    def kind(self) -> str:
        """Key of the present kind, or an empty string."""
        return present_kind(self.known.kind) if self.known else ""


def present_kind(kind: str) -> str:
    """Follow the succession of a kind to the one that has its duties today; unknown kinds give ""."""
    return "" if kind == UNSPECIFIED else lexicon().present.get(kind, "")


def agency_kind(name: str) -> str:
    """Give the key of the kind of agency that a name says it is, or an empty string.

    The name of a former body gives the kind that has its duties today.
    """
    tokens = tokenise(fold(name))
    known = kind_of(tokens, 0, len(tokens))
    return present_kind(known.kind) if known else ""


def read_names(tokens: Sequence[Token], index: int) -> tuple[tuple[Name, ...], int]:
    """Read the names joined by commas and "and" from a token on; gives them and where they end.

    A comma alone joins known names only: not "However, the Board" or "the Board, Friday, …".
    """
    names: list[Name] = []
    end, comma_only = index, False
    while len(names) < LONGEST and (name := read_name(tokens, index)) is not None:
        if comma_only and not (name.known and names[0].known):
            break
        names.append(name)
        end = name.end
        index = end
        while index < min(len(tokens), end + 4) and tokens[index].text.lower() in JOINS:
            index += 1
        if index == end:
            break
        comma_only = tokens[index - 1].text == ","
    return tuple(names), end


def read_name(tokens: Sequence[Token], index: int, *, whole: bool = True) -> Name | None:
    """Read one name from a token on, or None if nobody is named; unless `whole`, only up to an "and"."""
    start = _skip_article(tokens, index)
    end, position, limit = start, start, min(len(tokens), start + LONGEST)
    while position < limit:
        length = _name_part(tokens, position, inside=end > start)
        if length:
            end = position = position + length
        elif (following := _over_connector(tokens, start, position, whole)) > position:
            position = following
        else:
            break
    if end <= start or is_thing(tokens, start, end):
        return None
    known = kind_of(tokens, start, end)
    return Name(start, end, known) if known or tokens[start].capital else None


def kind_of(tokens: Sequence[Token], start: int, end: int) -> Known | None:
    """Find the phrase that decides of what kind a name is.

    Why: English names end in what they are ("Harle Partnership Trust *Drug Team*"), and what follows
    "of" says more ("*Police* of Wexmoor", "Director of *Children's Services*") only if the head says nothing.
    """
    found = _phrases_in(tokens, start, end)
    if found and tokens[found[0][0] + found[0][1].length - 1].word in OF:
        return found[0][1]  # "Department for" Schools
    head_end = _head_end(tokens, start, end, found)
    head = [known for place, known in reversed(found) if place < head_end]
    tail = [known for place, known in found if place >= head_end]
    return min((*head, *tail), key=lambda known: (known.weak, known.kind == UNSPECIFIED), default=None)


def ends_in_kind(tokens: Sequence[Token], name: Name) -> bool:
    """Tell "Harle Health Trust" and "Head of Housing" from "Partnership Working", which ends in no kind."""
    found = _phrases_in(tokens, name.start, name.end)
    head_end = _head_end(tokens, name.start, name.end, found)
    last = lexicon().head_at(tokens, head_end - 1)
    return bool(last) or any(place + known.length == head_end for place, known in found)


def is_thing(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Tell whether the head of a name is a thing: "LSCB procedures", "role of the police"."""
    found = _phrases_in(tokens, start, end)
    head_end = _head_end(tokens, start, end, found)
    words = tuple(token.word for token in tokens[start:head_end])
    size = next((size for size in (3, 2, 1) if words[-size:] in lexicon().things and len(words) >= size), 0)
    covering = [known.length for place, known in found if place + known.length == head_end]
    named_after = found and tokens[found[0][0] + found[0][1].length - 1].word in OF
    if named_after and tokens[head_end - 1].capital:  # "the Department for Culture"
        return False
    return size > max(covering, default=0)


def _phrases_in(tokens: Sequence[Token], start: int, end: int) -> list[tuple[int, Known]]:
    words, found, index = lexicon(), [], start
    while index < end:
        known = words.at(tokens, index)
        if known is not None and index + known.length <= end:
            found.append((index, known))
            index += known.length
        else:
            index += 1
    return found


def _head_end(tokens: Sequence[Token], start: int, end: int, found: list[tuple[int, Known]]) -> int:
    """Find the first "of", "in", "who" or comma outside a known phrase, behind "federal, provincial and"."""
    covered = {place + offset for place, known in found for offset in range(known.length)}
    breaks = OF | PLACE | {",", "who"}
    return next((i for i in range(start + 1, end) if i not in covered and tokens[i].word in breaks), end)


def _skip_article(tokens: Sequence[Token], index: int) -> int:
    return index + 1 if index < len(tokens) and tokens[index].word in ARTICLES else index


def _name_part(tokens: Sequence[Token], index: int, *, inside: bool) -> int:
    """Count the tokens of the part of a name at a token: a known phrase, a head, a capital, a number.

    Why a verb ends a name: "that the Integrated Care Board *commissions* a team", "Vale Trains *train*".
    """
    text = tokens[index].text
    if inside and (text in BASE_VERBS or (text.islower() and text.removesuffix("s") in BASE_VERBS)):
        return 0
    known = lexicon().at(tokens, index)
    length = known.length if known else lexicon().head_at(tokens, index)
    return length or int(text[0].isupper() or (inside and text[0].isdigit()))


def _over_connector(tokens: Sequence[Token], start: int, index: int, whole: bool) -> int:
    """Step over "of the", "and", "in" inside a name; the same index where the name ends."""
    word = tokens[index].word
    if word not in OF | PLACE | {"and", "&"} or index == start:
        return index
    following = _skip_article(tokens, index + 1)
    if following >= len(tokens) or not _name_part(tokens, following, inside=True):
        return index
    if word in PLACE and not tokens[following].capital:
        return index
    if word in {"and", "&"} and (not whole or _starts_another(tokens, start, index)):
        return index
    return following


def _starts_another(tokens: Sequence[Token], start: int, index: int) -> bool:
    """Tell whether "and" joins two names ("police and schools") or stands in one ("Kerrow and Harle LSCB").

    Why: what stands before must be a whole name, and what follows too, or have an article of its own.
    "Department for Work and Pensions" has neither; "the Post Office and Fujitsu" ends in one word.
    """
    if is_acronym(tokens[index - 1]) and index == start + 1 and is_acronym(tokens[index + 1]):
        return True
    left = kind_of(tokens, start, index)
    if left is None:
        return False
    if tokens[index + 1].word in ARTICLES:
        return True
    right = read_name(tokens, index + 1, whole=False)
    if right is None:
        return False
    if right.known is not None:
        return not (left.weak and right.known.weak)
    has_of = any(token.word in OF for token in tokens[start:index])
    return not has_of and right.end == index + 2


def is_acronym(token: Token) -> bool:
    """Tell whether a token is an acronym of three letters or more."""
    return token.text.isupper() and len(token.text) > 2
