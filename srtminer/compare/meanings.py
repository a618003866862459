"""Which wordings mean the same when requests are compared: data/requests.toml and the lists it builds on."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

SILENT = ("function", "asking", "manner", "months")
"""Lists of data/vocabulary.toml whose words say nothing about what is asked for."""
WEAK = ("general", "addressees")
"""Lists of data/vocabulary.toml whose words say little: "staff", "process", "board"."""

Wording = tuple[str, ...]
Wordings = Mapping[str, tuple[Wording, ...]]


@dataclass(frozen=True, slots=True)
class Meanings:
    """What words mean; everything in lower case, not yet stemmed."""

    topics: Wordings
    """What a request is about, each with the wordings that mean it."""
    acts: Wordings
    """What is to be done."""
    families: Wordings
    """Wider families of words, of data/families.toml."""
    transparent: tuple[Wording, ...]
    """Wordings that ask somebody to see to it ("ask agencies") and are no act."""
    things: frozenset[str]
    """Topics whose words are nothing that is to be done ("protection plan")."""
    minor: frozenset[str]
    """Topics that say how or when rather than what ("monthly")."""
    echoes: frozenset[str]
    """Topics that repeat an act ("training")."""
    light_acts: frozenset[str]
    """Acts that say something only where nothing else does ("provide")."""
    light_words: frozenset[str]
    """Participles after "be" that make an act of their subject: "an audit should be undertaken"."""
    assurance: frozenset[str]
    """Words that ask for a proof: "show that …"."""
    deliverables: frozenset[str]
    """Acts that make a thing of their own: an audit of visits is no visit."""
    kin: tuple[tuple[str, str], ...]
    """Pairs of acts that come near each other."""
    addressees: frozenset[str]
    """Words for kinds of organisation and professional."""
    silent: frozenset[str]
    weak: frozenset[str]


@cache
def meanings() -> Meanings:
    """Read the word lists, once."""
    requests, vocabulary = _data("requests.toml"), _data("vocabulary.toml")
    return Meanings(
        topics=_wordings(requests["topics"]),
        acts=_wordings(requests["acts"]),
        families=_wordings({name: _plain(words) for name, words in _data("families.toml").items()}),
        transparent=tuple(_wording(wording) for wording in requests["transparent"]["wordings"]),
        things=frozenset(requests["things"]["topics"]),
        minor=frozenset(requests["minor"]["topics"]),
        echoes=frozenset(requests["echoes"]["topics"]),
        light_acts=frozenset(requests["light"]["acts"].split()),
        light_words=frozenset(requests["light"]["words"].split()),
        assurance=frozenset(requests["assurance"]["words"].split()),
        deliverables=frozenset(requests["deliverables"]["acts"].split()),
        kin=tuple((one, other) for one, other in map(str.split, requests["kin"]["pairs"])),
        addressees=frozenset(str(vocabulary["addressees"]).split()),
        silent=frozenset(_words(vocabulary[name] for name in SILENT)),
        weak=frozenset(_words((*(vocabulary[name] for name in WEAK), requests["weak"]["words"]))),
    )


def _data(name: str) -> dict[str, Any]:
    text = (files("srtminer") / "data" / name).read_text(encoding="utf-8")
    return tomllib.loads(text)


def _wordings(entries: Mapping[str, Iterable[str]]) -> dict[str, tuple[Wording, ...]]:
    return {meaning: tuple(_wording(wording) for wording in found) for meaning, found in entries.items()}


def _plain(words: str) -> list[str]:
    """Give the words of a family but for abbreviations. Why: stems know no capitals; SEND is not "send"."""
    return [word for word in words.split() if not word.isupper()]


def _wording(text: str) -> Wording:
    """Give the words of a wording; a hyphen in a text parts words, so it does here."""
    return tuple(text.replace("-", " ").split())


def _words(lists: Iterable[object]) -> Iterable[str]:
    return (word for words in lists for word in str(words).split())
