"""What people in safeguarding call the matters of practice, and the words that speak of them."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from srtminer.vectors.aliases import content_stems, renamed
from srtminer.vectors.stems import stem
from srtminer.vectors.tokens import keys


class Name(NamedTuple):
    """What a matter is called."""

    key: tuple[str, ...]
    """Stems of its content words, as those of a phrase."""
    printed: str
    """As data/matters.toml has it."""

    @property
    def stems(self) -> tuple[str, ...]:
        """Stems of all its words, as they follow one another in a text."""
        return tuple(map(stem, keys(self.printed)))


class Matter(NamedTuple):
    """A matter of practice."""

    stems: frozenset[str]
    """Stems of the words that speak of it."""
    names: tuple[Name, ...]
    """What it is called, the best name first."""


@cache
def matters() -> tuple[Matter, ...]:
    """Read data/matters.toml, in the order of the file."""
    data = tomllib.loads((files("srtminer") / "data" / "matters.toml").read_text(encoding="utf-8"))
    return tuple(
        Matter(frozenset(map(stem, keys(entry["words"]))), tuple(map(_name, entry["names"])))
        for entry in data.values()
    )


def _name(printed: str) -> Name:
    return Name(renamed(content_stems(printed)), printed)


@cache
def long_names() -> dict[str, tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]]:
    """Index the names of two words or more by their first stem: (stems as they stand in a text, key)."""
    index: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
    for name in (name for matter in matters() for name in matter.names):
        if len(name.stems) > 1:
            index.setdefault(name.stems[0], []).append((name.stems, name.key))
    return {first: tuple(found) for first, found in index.items()}
