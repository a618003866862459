"""What a request is about and what it asks to be done, read from its words.

The grammar is kept simple: what stands before the first "should" is who is asked or what it is done to, what
comes after it is what is to be done, and of this what comes first counts most.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from srtminer.compare.meanings import Meanings, meanings
from srtminer.compare.wording import Numbers, Words, covered, find, numbered, telling

Flags = NDArray[np.bool_]

MODALS = ("should", "must", "shall", "will", "ought")
LONGEST_SUBJECT = 12
"""Words before the modal, if they are to name who is asked."""
LONGEST_PROOF = 16
"""Words between one of assurance and its "that", at most: "show, by an audit of real cases, that …"."""


@dataclass(frozen=True, slots=True)
class Bags:
    """Occurrences of units in texts; a unit is a meaning, or the stem of a word that belongs to none."""

    units: tuple[str, ...]
    """Names of the units: a topic ("@training"), a family ("~training"), an act, or a stem."""
    rows: Numbers
    """Text of each occurrence, ascending."""
    columns: Numbers
    """Unit of each occurrence, in reading order within a text."""
    n_rows: int


@dataclass(frozen=True, slots=True)
class Reading:
    """What texts are about and ask for."""

    about: Bags
    """Topics, families and other words."""
    acts: Bags
    """What is to be done, what is asked for first in front."""
    leads: Numbers
    """The act that leads each text; the number of acts where there is none, or where it may be but the proof
    of another."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is to be done, place by place."""

    acts: Numbers
    """The act that begins at each place, or -1."""
    covered: Flags
    """Whether a place belongs to an act."""


def read(texts: Sequence[str]) -> Reading:
    """Read what texts are about and what they ask to be done."""
    lists = meanings()
    words = numbered(texts)
    rows, modals = words.texts, _first_modals(words)
    subject = np.arange(len(rows)) < modals[rows]
    addressee = subject & _addressed(words, modals, lists)[rows]
    topics, lengths = find(words, lists.topics)
    things = covered(np.where(_named(topics, lists.topics, lists.things), lengths, 0))
    asked = _asked(words, modals, subject & ~_passive(words, modals, lists)[rows], things, lists)
    echo = asked.covered & (lengths < 2) & _named(topics, lists.topics, lists.echoes)
    plain = telling(words) & ~covered(lengths) & ~asked.covered & ~addressee
    about = _about(words, np.where(echo, -1, topics), plain, lists)
    return _reading(words, about, asked, _proofs(words, modals, lists), lists)


def _reading(words: Words, about: Bags, asked: _Asked, proofs: Flags, lists: Meanings) -> Reading:
    """Put the acts in order: what is only the proof of another comes after it, and nothing leads there."""
    rows = words.texts
    places = np.flatnonzero(asked.acts >= 0)
    places = places[np.lexsort((places, proofs[places], rows[places]))]
    acts = Bags(tuple(lists.acts), rows[places], asked.acts[places], len(words.starts))
    leads = np.full(len(words.starts), len(lists.acts))
    _, first = np.unique(acts.rows, return_index=True)
    leads[acts.rows[first]] = acts.columns[first]
    leads[rows[places[proofs[places]]]] = len(lists.acts)
    return Reading(about, acts, leads)


def _proofs(words: Words, modals: Numbers, lists: Meanings) -> Flags:
    """Tell which words stand between one of assurance and its "that".

    Why: who is to "show, by an audit of real cases, that fathers are assessed" is to assess fathers.
    """
    place, rows = np.arange(len(words.texts)), words.texts
    assured = _first(words, words.among(lists.assurance) & (place > modals[rows]))
    that = _first(words, words.among(("that",)) & (place > assured[rows]))
    near = that - assured <= LONGEST_PROOF
    proofs: Flags = near[rows] & (place > assured[rows]) & (place < that[rows])
    return proofs


def _named(found: Numbers, names: Iterable[str], chosen: frozenset[str]) -> Flags:
    """Tell at which places one of the chosen meanings was found."""
    among = np.array([*(name in chosen for name in names), False])
    flags: Flags = among[found]
    return flags


def _first_modals(words: Words) -> Numbers:
    """Give the place of the first modal of each text, or of its first "to" near the beginning, or -1.

    Why "to": "Wexmoor Police to ensure that …" says it as often as "should".
    """
    nowhere = len(words.numbers)
    first, to = _first(words, words.among(MODALS)), _first(words, words.among(("to",)))
    to[to - words.starts > LONGEST_SUBJECT] = nowhere
    first = np.where(first == nowhere, to, first)
    return np.where(first == nowhere, -1, first)


def _first(words: Words, there: Flags) -> Numbers:
    """Give the first place in each text where something is, or the end of all texts."""
    first = np.full(len(words.starts), len(words.numbers))
    np.minimum.at(first, words.texts[there], np.flatnonzero(there))
    return first


def _addressed(words: Words, modals: Numbers, lists: Meanings) -> Flags:
    """Tell of each text whether what stands before its modal is who is asked to act.

    Why: in "Wexmoor Primary Care Trust should …" the name says nothing about the matter, in "Supervision of
    health visitors should be …" it does. What is asked to be done to something is no addressee.
    """
    rows = words.texts
    before = words.among(lists.addressees) & (np.arange(len(rows)) < modals[rows])
    found = np.zeros(len(words.starts), dtype=bool)
    found[rows[before]] = True
    named: Flags = found & ~_be(words, modals) & (modals - words.starts <= LONGEST_SUBJECT)
    return named


def _passive(words: Words, modals: Numbers, lists: Meanings) -> Flags:
    """Tell of each text whether it asks that its subject be done: "an audit should (then) be undertaken"."""
    light = np.any([_after(words, modals, lists.light_words, steps) for steps in (2, 3, 4)], axis=0)
    passive: Flags = _be(words, modals) & light
    return passive


def _be(words: Words, modals: Numbers) -> Flags:
    """Tell of each text whether it says "should be" or "should then be"."""
    return _after(words, modals, ("be",), 1) | _after(words, modals, ("be",), 2)


def _after(words: Words, modals: Numbers, wanted: Sequence[str] | frozenset[str], steps: int) -> Flags:
    """Tell of each text whether one of the words stands so many steps after its modal, in the same text."""
    places = np.flatnonzero(words.among(wanted))
    places = places[places == modals[words.texts[places]] + steps]
    flags = np.zeros(len(words.starts), dtype=bool)
    flags[words.texts[places]] = True
    return flags


def _asked(words: Words, modals: Numbers, before: Flags, things: Flags, lists: Meanings) -> _Asked:
    """Find the acts that are asked for: not what stands before the modal, if anything stands after it.

    Why: in "Supervision records should be kept" supervising is not what is to be done; in "an assessment must
    be carried out" assessing is. Light acts count only where there is no other.
    """
    rows = words.texts
    acts, lengths = find(words, {**lists.acts, "": lists.transparent})
    there = (acts >= 0) & (acts < len(lists.acts)) & ~things
    kept = _preferred(there, there & ~before, rows)
    kept = _preferred(kept, kept & ~_named(acts, (*lists.acts, ""), lists.light_acts), rows)
    return _Asked(np.where(kept, acts, -1), covered(np.where(kept, lengths, 0)))


def _preferred(there: Flags, better: Flags, rows: Numbers) -> Flags:
    """Keep the better places of each text, or all where none is better."""
    has = np.zeros(rows[-1] + 1 if len(rows) else 0, dtype=bool)
    has[rows[better]] = True
    kept: Flags = better | (there & ~has[rows])
    return kept


def _about(words: Words, topics: Numbers, plain: Flags, lists: Meanings) -> Bags:
    """Gather topics, the words that belong to none, and families, each in reading order."""
    families, _ = find(words, lists.families)
    names = [f"@{name}" for name in lists.topics] + [f"~{name}" for name in lists.families]
    stems = np.where(plain, words.numbers + len(names) - 1, -1)
    first = np.where(topics >= 0, topics, stems)
    second = np.where(families >= 0, families + len(lists.topics), -1)
    units = np.column_stack([first, second]).ravel()
    rows = np.repeat(words.texts, 2)
    there = units >= 0
    return Bags((*names, *words.number), rows[there], units[there], len(words.starts))
