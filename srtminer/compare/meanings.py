"""Which wordings mean the same when requests are compared: data/requests.toml and data/vocabulary.toml."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

SILENT = ("function", "asking", "manner", "months")
"""Lists of data/vocabulary.toml whose words say nothing about what is asked for."""
WEAK = ("general", "addressees")
"""Lists of data/vocabulary.toml whose words say little: "staff", "process", "board"."""

Wording = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Meanings:
    """What words mean; everything in lower case, not yet stemmed."""

    topics: Mapping[str, tuple[Wording, ...]]
    """What a request is about, each with the wordings that mean it."""
    acts: Mapping[str, tuple[Wording, ...]]
    """What is to be done."""
    bodies: frozenset[str]
    """Topics that are as often who is asked as what is asked for ("police")."""
    things: frozenset[str]
    """Topics whose words are nothing that is to be done ("protection plan")."""
    addressees: frozenset[str]
    """Words for kinds of organisation and professional."""
    silent: frozenset[str]
    weak: frozenset[str]


@cache
def meanings() -> Meanings:
    """Read the word lists, once."""
    requests = _data("requests.toml")
    vocabulary = _data("vocabulary.toml")
    return Meanings(
        topics=_wordings(requests["topics"]),
        acts=_wordings(requests["acts"]),
        bodies=frozenset(requests["bodies"]["topics"]),
        things=frozenset(requests["things"]["topics"]),
        addressees=frozenset(str(vocabulary["addressees"]).split()),
        silent=frozenset(_words(vocabulary[name] for name in SILENT)),
        weak=frozenset(_words((*(vocabulary[name] for name in WEAK), requests["weak"]["words"]))),
    )


def _data(name: str) -> dict[str, dict[str, list[str]]]:
    text = (files("srtminer") / "data" / name).read_text(encoding="utf-8")
    return tomllib.loads(text)


def _wordings(entries: Mapping[str, list[str]]) -> dict[str, tuple[Wording, ...]]:
    return {meaning: tuple(tuple(wording.split()) for wording in found) for meaning, found in entries.items()}


def _words(lists: Iterable[object]) -> Iterable[str]:
    return (word for words in lists for word in str(words).split())
