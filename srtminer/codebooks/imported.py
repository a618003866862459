"""Codes of another program become themes of a codebook."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Protocol

from srtminer.codebooks.codebook_entries import Codebook, CodebookTheme
from srtminer.codebooks.parse import LONGEST_NAME, RESERVED
from srtminer.text.typed_names import slug, unique


class Code(Protocol):
    """What is needed of a code."""

    @property
    def guid(self) -> str:
        """Tells it from all others."""

    @property
    def name(self) -> str:
        """What it is called."""

    @property
    def description(self) -> str:
        """What it means."""

    @property
    def parent(self) -> str:
        """GUID of the code above it, or empty."""

    @property
    def codable(self) -> bool:
        """False of a code that only holds others together."""


def from_codes(codes: Iterable[Code], title: str) -> Codebook:
    """Make a theme of each code that can be given to text; its name is its cue until somebody writes better.

    Codes of one name below different codes get the name of that above them in front.
    """
    named = [code for code in codes if code.name.strip()]
    above = {code.guid: " ".join(code.name.split()) for code in named}
    chosen = [code for code in named if code.codable]
    plain = [" ".join(code.name.split()) for code in chosen]
    counts = Counter(name.casefold() for name in plain)
    names = [
        f"{above[code.parent]}: {name}" if counts[name.casefold()] > 1 and code.parent in above else name
        for code, name in zip(chosen, plain, strict=True)
    ]
    return Codebook(title, tuple(_themes(chosen, plain, names)))


def _themes(codes: Sequence[Code], plain: Sequence[str], names: Sequence[str]) -> Iterable[CodebookTheme]:
    ids, taken = set(RESERVED), set[str]()
    for code, cue, name in zip(codes, plain, names, strict=True):
        shown, number = name[: LONGEST_NAME - 10], 2
        while shown.casefold() in taken:
            shown, number = f"{name[: LONGEST_NAME - 10]} ({number})", number + 1
        taken.add(shown.casefold())
        yield CodebookTheme(
            id=unique(_free(slug(shown)), ids),
            name=shown,
            description=" ".join(code.description.split()),
            cues=(cue,),
        )


def _free(wanted: str) -> str:
    """Keep clear of the ids of new themes."""
    return f"theme-{wanted}" if wanted.startswith("new-") else wanted
