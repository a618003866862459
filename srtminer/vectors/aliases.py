"""Wordings for one thing become one term: "domestic violence" counts as "domestic abuse"."""

import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from srtminer.vectors.stems import stem
from srtminer.vectors.tokens import keys
from srtminer.vectors.vocabulary import vocabulary

Stems = tuple[str, ...]


@cache
def aliases() -> dict[str, tuple[tuple[Stems, Stems], ...]]:
    """Index the wordings of data/aliases.toml by first stem: (wording, what it counts as), longest first."""
    data = tomllib.loads((files("srtminer") / "data" / "aliases.toml").read_text(encoding="utf-8"))
    index: dict[str, list[tuple[Stems, Stems]]] = {}
    for name, wordings in data.items():
        for wording in map(content_stems, wordings):
            index.setdefault(wording[0], []).append((wording, content_stems(name)))
    return {
        first: tuple(sorted(found, key=lambda pair: (-len(pair[0]), pair))) for first, found in index.items()
    }


def content_stems(wording: str) -> Stems:
    """Give the stems of a wording, function words left out."""
    return tuple(stem(key) for key in keys(wording) if key not in vocabulary().function)


def renamed(stems: Sequence[str]) -> Stems:
    """Give stems with each wording that has another name replaced by it."""
    found = list(stems)
    for start, end, name in reversed(one_name(stems)):
        found[start:end] = name
    return tuple(found)


def one_name(stems: Sequence[str]) -> list[tuple[int, int, Stems]]:
    """Find the wordings that have another name, as (start, end, stems of that name), in reading order."""
    index, found, end = aliases(), [], 0
    for start, first in enumerate(stems):
        if start < end or first not in index:
            continue
        for wording, name in index[first]:
            if wording == tuple(stems[start : start + len(wording)]):
                end = start + len(wording)
                found.append((start, end, name))
                break
    return found
