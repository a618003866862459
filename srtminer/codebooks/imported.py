"""Codes of another program become themes of a codebook, what was coded with them their examples."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from srtminer.codebooks.codebook_format import (
    LONGEST_NAME,
    NEW_ID,
    NEW_LABEL,
    RESERVED,
    Codebook,
    CodebookTheme,
)
from srtminer.text.typed_names import slug, unique

SHARE = 0.5
"""Of the longer of two texts that the other makes up, at least. Grows: fewer passages are known again."""


@dataclass(frozen=True, slots=True)
class Code:
    """A code of another program."""

    guid: str
    """In small letters, without braces."""
    name: str
    description: str = ""
    parent: str = ""
    """GUID of the code above it, or empty."""
    codable: bool = True
    """False of a code that only holds others together."""
    color: str = ""
    """"#rrggbb" or "#rgb" as written, or empty."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage of a text that somebody gave codes."""

    guid: str
    source: str
    """Name of its text."""
    text: str
    codes: tuple[str, ...]
    """GUIDs in the order of the file, one at least."""


@dataclass(frozen=True, slots=True)
class Known:
    """A recommendation of the store, as an export calls it."""

    id: str
    guid: str
    source: str
    text: str


Placed = tuple[str, tuple[str, ...]]
"""Id of a recommendation, or the text of a passage that is none, and the GUIDs of its codes."""


def placed(passages: Iterable[Passage], known: Sequence[Known]) -> tuple[Placed, ...]:
    """Say which recommendation each passage is: by its GUID, by its words, or by most of them.

    Programs give passages GUIDs of their own; of equal recommendations the one of the same source is meant,
    and each only once as long as there is another.
    """
    finder = _Finder(known)
    return tuple((finder.find(one), one.codes) for one in passages if one.text)


class _Finder:
    def __init__(self, known: Sequence[Known]) -> None:
        self._by_guid = {one.guid: one.id for one in known}
        self._by_words = _grouped((_words(one.text), one) for one in known)
        self._by_source = _grouped((one.source, one) for one in known)
        self._known = known
        self._taken: set[str] = set()

    def find(self, passage: Passage) -> str:
        said = _words(passage.text)
        found = self._by_guid.get(passage.guid) or self._same(passage, said) or self._near(passage, said)
        self._taken.add(found)
        return found or said

    def _same(self, passage: Passage, said: str) -> str:
        same = self._by_words.get(said, ())
        best = sorted(same, key=lambda one: (one.source != passage.source, one.id in self._taken))
        return best[0].id if best else ""

    def _near(self, passage: Passage, said: str) -> str:
        pairs = ((_words(one.text), one.id) for one in self._by_source.get(passage.source, self._known))
        near = ((_share(said, text), own_id) for text, own_id in pairs if said in text or text in said)
        share, found = max(near, default=(0.0, ""))
        return found if share >= SHARE else ""


def _grouped(pairs: Iterable[tuple[str, Known]]) -> Mapping[str, Sequence[Known]]:
    found: defaultdict[str, list[Known]] = defaultdict(list)
    for key, one in pairs:
        found[key].append(one)
    return dict(found)


def _words(text: str) -> str:
    return " ".join(text.split())


def _share(one: str, other: str) -> float:
    return min(len(one), len(other)) / max(len(one), len(other), 1)


_NO_THEME = re.compile(r"in no theme(?: \(\d+\))?", re.IGNORECASE)
"""What our projects call the code of what fits no theme."""
_OURS = re.compile(r"Theme \d+: .* Terms: (?P<terms>.*)\. Id: (?P<id>[a-z0-9-]+)\.")
"""What our projects say of a code; other programs keep it as a memo."""
_COLOUR = re.compile(r"#[0-9a-f]{3}(?:[0-9a-f]{3})?")
_WORD = re.compile(r"\w\w")


def from_codes(codes: Iterable[Code], title: str, coded: Sequence[Placed] = ()) -> Codebook:
    """Make a theme of each code that can be given to text; its name is its cue until somebody writes better.

    Codes of one name below different codes get the name of that above them in front. The first code of a
    passage makes it an example, others make it one that belongs there as well. What has the code of what fits
    none, and no other, is in no theme.
    """
    named = [code for code in codes if code.name.strip()]
    above = {code.guid: _one_line(code.name) for code in named}
    chosen = [code for code in named if code.codable and not _NO_THEME.fullmatch(_one_line(code.name))]
    plain = [_one_line(code.name).removeprefix(NEW_LABEL) for code in chosen]
    counts = Counter(name.casefold() for name in plain)
    names = [
        f"{above[code.parent]}: {name}" if counts[name.casefold()] > 1 and code.parent in above else name
        for code, name in zip(chosen, plain, strict=True)
    ]
    themes = {code.guid for code in chosen}
    none = {code.guid for code in named if _NO_THEME.fullmatch(_one_line(code.name))}
    outside = (one for one, codes in coded if none.intersection(codes) and themes.isdisjoint(codes))
    found = tuple(_themes(chosen, plain, names, _examples(coded, themes)))
    return Codebook(title, found, none=tuple(dict.fromkeys(outside)))


def _examples(coded: Iterable[Placed], themes: set[str]) -> Mapping[tuple[str, bool], list[str]]:
    """Give the examples of each code, by its GUID and whether they belong there first."""
    first: dict[str, str] = {}
    found: dict[tuple[str, bool], list[str]] = {}
    for one, codes in coded:
        for code in codes:
            if code in themes:
                leads = first.setdefault(one, code) == code
                found.setdefault((code, leads), []).append(one)
    return found


def _themes(
    codes: Sequence[Code],
    plain: Sequence[str],
    names: Sequence[str],
    examples: Mapping[tuple[str, bool], Sequence[str]],
) -> Iterable[CodebookTheme]:
    ids, taken = set(RESERVED), set[str]()
    for code, cue, name in zip(codes, plain, names, strict=True):
        shown = unique(name[: LONGEST_NAME - 10], taken, "{} ({})")
        ours = _OURS.fullmatch(_one_line(code.description))
        own = tuple(dict.fromkeys(examples.get((code.guid, True), ())))
        yield CodebookTheme(
            id=unique(ours["id"].removeprefix(NEW_ID) if ours else _free(slug(shown)), ids),
            name=shown,
            description="" if ours else _one_line(code.description),
            cues=(cue,) if _WORD.search(cue) or not own else (),
            hints=tuple(term for term in ours["terms"].split(", ") if term != cue) if ours else (),
            examples=own,
            also=tuple(dict.fromkeys(examples.get((code.guid, False), ()))),
            colour=_colour(code.color),
        )


def _colour(written: str) -> str:
    plain = written.lower()
    if not _COLOUR.fullmatch(plain):
        return ""
    return plain if len(plain) == 7 else "#" + "".join(2 * digit for digit in plain[1:])


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _free(wanted: str) -> str:
    """Keep clear of the ids of new themes."""
    return f"theme-{wanted}" if wanted.startswith(NEW_ID) else wanted
