"""Texts become arrays of numbered meanings: fast enough for 30,000 recommendations at every call.

Why not `vectors`: its reading of clauses and addressees takes ten times as long, and what two requests have
in common is less a matter of grammar than of wordings that mean the same.
"""

import re
from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from srtminer.compare.meanings import Wordings, meanings

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
"""Letters and digits with apostrophes inside; linear, as no two parts share a character."""
CACHED_WORDS = 200_000
LONGEST = 5
"""Words of the longest wording."""
BREAK = 0
"""The number that parts one text from the next; no word has it."""

Numbers = NDArray[np.int64]


@cache
def _stemmer() -> Callable[[str], str]:
    import snowballstemmer

    stem: Callable[[str], str] = snowballstemmer.stemmer("english").stemWord
    return stem


@lru_cache(CACHED_WORDS)
def stem(word: str) -> str:
    """Give the stem of a word in any case, its possessive left off: "Children’s" and "children" are one."""
    key = word.lower().replace("’", "'").removesuffix("'s").removesuffix("'")
    return _stemmer()(key)


@dataclass(frozen=True, slots=True)
class Words:
    """The words of texts in a row, as numbers of their stems, a `BREAK` after each text."""

    numbers: Numbers
    number: Mapping[str, int]
    """Number of each stem, from 1."""
    names: frozenset[str]
    """Stems that are only ever written with a capital, as names and abbreviations are."""
    texts: Numbers
    """Number of the text that each word or `BREAK` is of."""
    starts: Numbers
    """Place of the first word of each text, or of its `BREAK` where it has none."""

    def among(self, words: Iterable[str]) -> NDArray[np.bool_]:
        """Tell of each word whether it is a form of one of these."""
        wanted = {self.number[key] for word in words if (key := stem(word)) in self.number}
        return np.isin(self.numbers, sorted(wanted))


class _Numbers(dict[str, int]):
    """Words of any spelling, each with the number of its stem, which it gets when it is first looked up."""

    def __init__(self) -> None:
        super().__init__()
        self.of_stem: dict[str, int] = {}

    def __missing__(self, word: str) -> int:
        number = self[word] = self.of_stem.setdefault(stem(word), len(self.of_stem) + 1)
        return number


def numbered(texts: Iterable[str]) -> Words:
    """Number the stems of all texts."""
    numbers = _Numbers()
    found = array("q")
    for text in texts:
        found.extend([numbers[word] for word in WORD.findall(text)])
        found.append(BREAK)
    plain = {stem(word) for word in numbers if not word[0].isupper()}
    in_a_row = np.asarray(found, dtype=np.int64)
    ends = np.flatnonzero(in_a_row == BREAK)
    return Words(
        numbers=in_a_row,
        number=numbers.of_stem,
        names=frozenset(numbers.of_stem.keys() - plain),
        texts=np.repeat(np.arange(len(ends)), np.diff(ends, prepend=-1)),
        starts=np.concatenate([[0], ends + 1])[: len(ends)],
    )


def telling(words: Words) -> NDArray[np.bool_]:
    """Tell of each word whether it says anything: no function word, no asking, no number, no name."""
    lists = meanings()
    silent = {stem(word) for word in lists.silent} | words.names
    kept = [False, *(len(name) > 1 and name not in silent and not name[0].isdigit() for name in words.number)]
    return np.array(kept, dtype=bool)[words.numbers]


class _Trie:
    """Wordings as a tree of stems, in arrays, so that all places of all texts are followed at once."""

    def __init__(self, number: Mapping[str, int], wordings: Wordings) -> None:
        self.size = len(number) + 1
        step: dict[int, int] = {}
        ends: dict[int, int] = {}
        for meaning, found in enumerate(wordings.values()):
            for wording in found:
                node = 0
                for word in wording:
                    code = node * self.size + number.get(stem(word), -1)
                    if code < node * self.size:
                        break  # a word that no text has
                    node = step.setdefault(code, len(step) + 1)
                else:
                    ends.setdefault(node, meaning)
        self.codes = np.array(sorted(step), dtype=np.int64)
        self.opens = np.zeros(self.size, dtype=bool)
        """Whether a wording begins with the word."""
        self.opens[self.codes[self.codes < self.size]] = True
        self.nodes = np.array([step[code] for code in sorted(step)], dtype=np.int64)
        self.ends = np.array([ends.get(node, -1) for node in range(len(step) + 1)], dtype=np.int64)

    def follow(self, nodes: Numbers, words: Numbers) -> Numbers:
        """Give the node that each word leads to from each node, or -1."""
        if not len(self.codes):
            return np.full(len(nodes), -1, dtype=np.int64)
        codes = nodes * self.size + words
        places = np.minimum(np.searchsorted(self.codes, codes), len(self.codes) - 1)
        return np.where(self.codes[places] == codes, self.nodes[places], -1)


def find(text: Words, wordings: Wordings) -> tuple[Numbers, Numbers]:
    """Find the longest wording at every place: the number of its meaning or -1, and its length in words."""
    trie, words = _Trie(text.number, wordings), text.numbers
    meaning = np.full(len(words), -1, dtype=np.int64)
    lengths = np.zeros(len(words), dtype=np.int64)
    starts = np.flatnonzero(trie.opens[words])
    nodes = np.zeros(len(starts), dtype=np.int64)
    for length in range(1, LONGEST + 1):
        nodes = trie.follow(nodes, words[np.minimum(starts + length, len(words)) - 1])
        starts, nodes = starts[nodes > 0], nodes[nodes > 0]
        ended = trie.ends[nodes] >= 0
        meaning[starts[ended]] = trie.ends[nodes[ended]]
        lengths[starts[ended]] = length
    return _without_inner(meaning, lengths)


def _without_inner(meaning: Numbers, lengths: Numbers) -> tuple[Numbers, Numbers]:
    """Leave out what begins inside a longer wording; "safe sleep" is no "sleep"."""
    inner = np.zeros(len(lengths), dtype=bool)
    for back in range(1, LONGEST):
        inner[back:] |= (lengths[:-back] > back) & (lengths[:-back] > lengths[back:])
    return np.where(inner, -1, meaning), np.where(inner, 0, lengths)


def covered(lengths: Numbers) -> NDArray[np.bool_]:
    """Tell which places are in a wording, given the length of the one that begins at each place."""
    covered = lengths > 0
    for back in range(1, LONGEST):
        covered[back:] |= lengths[:-back] > back
    return covered


def common_words(pairs: Sequence[tuple[str, str]]) -> list[tuple[tuple[int, int], ...]]:
    """Give for each pair where in the second text words stand that mean the same as some in the first.

    Neighbouring words are joined: "see the child alone" is one place, from "see" to "alone".
    """
    texts = list(dict.fromkeys(text for pair in pairs for text in pair))
    meant = dict(zip(texts, _meant(texts), strict=True))
    return [_places(meant[first], meant[second], second) for first, second in pairs]


def _meant(texts: Sequence[str]) -> list[list[set[int]]]:
    """Give for each text what each of its words means, as numbers of meanings and of its stem."""
    lists = meanings()
    text = numbered(texts)
    words, kept = text.numbers, telling(text)
    found: list[set[int]] = [{int(word)} if keep else set() for word, keep in zip(words, kept, strict=True)]
    base = len(text.number) + 1
    for wordings in (lists.topics, lists.acts):
        meaning, lengths = find(text, wordings)
        for start in np.flatnonzero(meaning >= 0).tolist():
            for place in range(start, start + int(lengths[start])):
                found[place].add(base + int(meaning[start]))
        base += len(wordings)
    ends = np.flatnonzero(words == BREAK).tolist()
    return [found[start:end] for start, end in zip([0, *(end + 1 for end in ends)], ends, strict=False)]


def _places(first: list[set[int]], second: list[set[int]], text: str) -> tuple[tuple[int, int], ...]:
    known = set().union(*first)
    places: list[tuple[int, int]] = []
    touching = False
    for match, means in zip(WORD.finditer(text), second, strict=True):
        if means & known:
            start = places.pop()[0] if touching else match.start()
            places.append((start, match.end()))
        touching = bool(means & known)
    return tuple(places)
