"""Which words the texts use as verbs or as adjectives, told by their neighbours: no tagger is at hand.

After Elman, "Finding structure in time" (1990): words of one kind stand between the same words. Of each word
it is counted how often it stands where a verb, an adjective or a noun would: "they prescribe", "was wrong",
"the visit of".
"""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import chain
from typing import NamedTuple

from srtminer.text.words import WORD, key_of
from srtminer.vectors.frequencies import paragraphs

LEAST = 3
"""Places that must say so. Grows: only frequent words are taken for verbs and adjectives."""
OUTWEIGHS = 1.5
"""So many times the places where the word is a noun. Grows: words that can be both stay nouns."""
SHARE = 0.25
"""Of all places where the word stands. Grows: words in compounds ("abuse", "pilots") stay nouns."""
NOMINAL = ("ing", "tion", "sion", "ment", "ness", "ity", "ance", "ence", "ship")
"""Endings of nouns, whatever stands beside them."""
MAX_CHARACTERS = 2_000_000
"""Characters that are looked at, in evenly spread paragraphs. Some quarter of a second of work."""

WORD_OR_STOP = re.compile(rf"{WORD.pattern}|[.,;:!?()•]")
"""Linear, as no two alternatives begin with the same character."""

STOP = "."
"""What any stop, and the beginning and the end of a paragraph, count as."""


class Grammar(NamedTuple):
    """The word lists of data/grammar.toml, which says what each is for."""

    finite: frozenset[str]
    determiners: frozenset[str]
    prepositions: frozenset[str]
    before_verb: frozenset[str]
    after_verb: frozenset[str]
    before_adjective: frozenset[str]
    others: frozenset[str]
    adjectives: frozenset[str]


@dataclass(frozen=True, slots=True)
class Usage:
    """What words are used as in some texts, by their keys."""

    verbs: frozenset[str] = frozenset()
    adjectives: frozenset[str] = frozenset()
    nouns: frozenset[str] = frozenset()
    """Words that stand where a noun would at least once; they may be verbs or adjectives elsewhere."""


UNKNOWN = Usage()
"""Where there are no texts to tell by."""


@cache
def grammar() -> Grammar:
    """Read data/grammar.toml, once."""
    data = tomllib.loads((files("srtminer") / "data" / "grammar.toml").read_text(encoding="utf-8"))
    return Grammar(**{name: frozenset(words.split()) for name, words in data.items()})


def usage(texts: Sequence[str]) -> Usage:
    """Tell which words are verbs and which are adjectives wherever the texts let it be told."""
    everywhere, opened, nouns, verbs, adjectives = (Counter[str]() for _ in range(5))
    lists = grammar()
    for (before, word, after), times in triples(texts).items():
        everywhere[word] += times
        if is_verb_place(before, word, after):
            verbs[word] += times
        elif before in lists.determiners or before in lists.prepositions:
            opened[word] += times
            nouns[word] += times * (after != "")
        elif before in lists.before_adjective:
            adjectives[word] += times
    return Usage(
        outweighing(verbs, opened, everywhere),
        frozenset(word for word in outweighing(adjectives, nouns, everywhere) if not word.endswith("s")),
        frozenset(+nouns),
    )


def triples(texts: Iterable[str]) -> Counter[tuple[str, str, str]]:
    """Count each word between its neighbours, of which only words of the lists and stops are told apart."""
    lists = grammar()
    known = frozenset(chain.from_iterable(lists)) - lists.adjectives | {STOP}
    found: Counter[tuple[str, str, str]] = Counter()
    for paragraph in paragraphs(texts, MAX_CHARACTERS):
        words = [STOP, *(word_of(found) for found in WORD_OR_STOP.findall(paragraph)), STOP]
        near = [word if word in known else "" for word in words]
        found.update(zip(near, words[1:], near[2:], strict=False))
    return Counter({triple: times for triple, times in found.items() if triple[1] not in known})


def is_verb_place(before: str, word: str, after: str) -> bool:
    """Tell whether a word is a verb by its neighbours: "they prescribe", "prescribe the", "to prescribe".

    Why not "to visits": what ends in "s" is no infinitive.
    """
    lists = grammar()
    infinitive = before == "to" and not word.endswith("s")
    return infinitive or before in lists.before_verb or after in lists.after_verb


def outweighing(places: Counter[str], nouns: Counter[str], everywhere: Counter[str]) -> frozenset[str]:
    """Give the words that stand in such places often enough, and more often than in those of nouns."""
    return frozenset(
        word
        for word, times in places.items()
        if times >= max(LEAST, OUTWEIGHS * nouns[word], SHARE * everywhere[word])
        and not word[0].isdigit()
        and not word.endswith(NOMINAL)
    )


def word_of(found: str) -> str:
    """Give the key of a word, or what any stop counts as."""
    return key_of(found) or STOP if found[0].isalnum() else STOP
