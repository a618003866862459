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

from srtminer.compare.meanings import Meanings, Wording, meanings

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
"""Letters and digits with apostrophes inside; linear, as no two parts share a character."""
CACHED_WORDS = 200_000
LONGEST_SUBJECT = 12
"""Words before the modal, if they are to name who is asked."""
LONGEST = 4
"""Words of the longest wording."""
BREAK = 0
"""The number that parts one text from the next; no word has it."""
MODALS = ("should", "must", "shall", "will", "ought")

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
class Bags:
    """Occurrences of units in texts; a unit is a meaning, or the stem of a word that belongs to none."""

    units: tuple[str, ...]
    """Names of the units: a meaning ("@training"), or a stem."""
    rows: Numbers
    """Text of each occurrence, ascending."""
    columns: Numbers
    """Unit of each occurrence, in reading order within a text."""
    n_rows: int


def read(texts: Sequence[str]) -> tuple[Bags, Bags]:
    """Give what texts are about, and what they ask to be done."""
    lists = meanings()
    words, number = _numbered(texts)
    rows = np.cumsum(words == BREAK)
    modals = _first_modals(words, number, rows)
    subject = np.arange(len(words)) < modals[rows]
    addressee = subject & _addressed(words, number, rows, modals, lists)[rows]
    topics, lengths = _find(words, number, lists.topics)
    thing = _among(lists.topics, lists.things)[topics] & (topics >= 0)
    acts, act_lengths = _find(words, number, lists.acts)
    acts[_covered(np.where(thing, lengths, 0))] = -1
    acts, in_act = _asked_for(rows, subject, acts, act_lengths)
    topics[(in_act & (lengths < 2)) | (subject & _among(lists.topics, lists.bodies)[topics])] = -1
    kept = _kept(number, lists)[words] & ~_covered(lengths) & ~in_act & ~addressee
    topics[addressee] = -1
    names = [*(f"@{name}" for name in lists.topics), *_names(number)]
    plain = np.where(kept, words + len(lists.topics), -1)
    about = np.where(topics >= 0, topics, plain)
    return _bags(names, rows, about, len(texts)), _bags(list(lists.acts), rows, acts, len(texts))


def _among(names: Iterable[str], chosen: frozenset[str]) -> NDArray[np.bool_]:
    return np.array([name in chosen for name in names])


def _first_modals(words: Numbers, number: dict[str, int], rows: Numbers) -> Numbers:
    """Give the place of the first modal of each text, or of its first "to" near the beginning, or 0.

    Why "to": "Wexmoor Police to ensure that …" says it as often as "should".
    """
    first = _first_of(words, number, rows, MODALS)
    to = _first_of(words, number, rows, ("to",))
    starts = np.concatenate([[0], np.flatnonzero(words == BREAK) + 1])
    to[to - starts > LONGEST_SUBJECT] = len(words)
    first = np.where(first == len(words), to, first)
    return np.where(first == len(words), 0, first)


def _first_of(words: Numbers, number: dict[str, int], rows: Numbers, wanted: Sequence[str]) -> Numbers:
    there = np.isin(words, [number[word] for word in wanted if word in number])
    first = np.full(rows[-1] + 1 if len(rows) else 1, len(words))
    np.minimum.at(first, rows[there], np.flatnonzero(there))
    return first


def _addressed(
    words: Numbers, number: dict[str, int], rows: Numbers, modals: Numbers, lists: Meanings
) -> NDArray[np.bool_]:
    """Tell of each text whether what stands before its modal is who is asked to act.

    Why: in "Wexmoor Primary Care Trust should …" the name says nothing about the matter, in "Supervision of
    health visitors should be …" it does. What is asked to be done to something is no addressee.
    """
    starts = np.concatenate([[0], np.flatnonzero(words == BREAK) + 1])
    asked = {number[key] for word in lists.addressees if (key := stem(word)) in number}
    place = np.arange(len(words))
    there = np.isin(words, sorted(asked)) & (place < modals[rows])
    found = np.zeros(len(modals), dtype=bool)
    found[rows[there]] = True
    after = words[np.minimum(modals + 1, len(words) - 1)] if len(words) else words
    passive = after == number.get("be", -1)
    named: NDArray[np.bool_] = found & ~passive & (modals - starts <= LONGEST_SUBJECT)
    return named


def _asked_for(
    rows: Numbers, subject: NDArray[np.bool_], acts: Numbers, lengths: Numbers
) -> tuple[Numbers, NDArray[np.bool_]]:
    """Keep the acts after the first modal of each text, or all where none is after it; and their places.

    Why: in "Supervision records should be kept" supervising is not what is to be done; in "an assessment must
    be carried out" assessing is.
    """
    after = (acts >= 0) & ~subject
    has_after = np.zeros(rows[-1] + 1 if len(rows) else 0, dtype=bool)
    has_after[rows[after]] = True
    kept = np.where(after | ~has_after[rows], acts, -1)
    return kept, _covered(np.where(kept >= 0, lengths, 0))


def _bags(names: Sequence[str], rows: Numbers, units: Numbers, n_rows: int) -> Bags:
    there = units >= 0
    return Bags(tuple(names), rows[there], units[there], n_rows)


class _Numbers(dict[str, int]):
    """Words of any spelling, each with the number of its stem, which it gets when it is first looked up."""

    def __init__(self) -> None:
        super().__init__()
        self.of_stem: dict[str, int] = {}

    def __missing__(self, word: str) -> int:
        number = self[word] = self.of_stem.setdefault(stem(word), len(self.of_stem) + 1)
        return number


def _numbered(texts: Iterable[str]) -> tuple[Numbers, dict[str, int]]:
    """Number the stems of all texts in a row, a `BREAK` after each text."""
    numbers = _Numbers()
    found = array("q")
    for text in texts:
        found.extend([numbers[word] for word in WORD.findall(text)])
        found.append(BREAK)
    return np.asarray(found, dtype=np.int64), numbers.of_stem


def _names(number: dict[str, int]) -> list[str]:
    return ["", *number]


def _kept(number: dict[str, int], lists: Meanings) -> NDArray[np.bool_]:
    """Tell of each stem whether it says anything: no function word, no asking, no number."""
    silent = {stem(word) for word in lists.silent}
    kept = [False, *(len(name) > 1 and name not in silent and not name[0].isdigit() for name in number)]
    return np.array(kept, dtype=bool)


class _Trie:
    """Wordings as a tree of stems, in arrays, so that all places of all texts are followed at once."""

    def __init__(self, number: dict[str, int], wordings: Mapping[str, tuple[Wording, ...]]) -> None:
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


def _find(
    words: Numbers, number: dict[str, int], wordings: Mapping[str, tuple[Wording, ...]]
) -> tuple[Numbers, Numbers]:
    """Find the longest wording at every place: the number of its meaning or -1, and its length in words."""
    trie = _Trie(number, wordings)
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


def _covered(lengths: Numbers) -> NDArray[np.bool_]:
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
    words, number = _numbered(texts)
    kept = _kept(number, lists)[words]
    found: list[set[int]] = [{int(word)} if keep else set() for word, keep in zip(words, kept, strict=True)]
    base = len(number) + 1
    for wordings in (lists.topics, lists.acts):
        meaning, lengths = _find(words, number, wordings)
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
