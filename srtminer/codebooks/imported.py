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
from srtminer.text.words import one_line

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
    by_guid = {one.guid: one for one in known}
    by_words: defaultdict[str, list[Known]] = defaultdict(list)
    for one in known:
        by_words[one_line(one.text)].append(one)
    taken: set[str] = set()
    found: list[Placed] = []
    for passage in passages:
        said = one_line(passage.text)
        same = by_words.get(said) or [one for one in known if one.source == passage.source] or known
        if meant := by_guid.get(passage.guid) or _likest(passage, said, same, taken):
            taken.add(meant.id)
        if said:
            found.append((meant.id if meant else said, passage.codes))
    return tuple(found)


def _likest(passage: Passage, said: str, known: Sequence[Known], taken: set[str]) -> Known | None:
    """Give the one that makes up most of a passage, or the other way round, if that is enough."""

    def likeness(one: Known) -> tuple[float, bool, bool]:
        text = one_line(one.text)
        share = min(len(said), len(text)) / max(len(said), len(text), 1)
        inside = said in text or text in said
        return share * inside, one.source == passage.source, one.id not in taken

    best = max(known, key=likeness, default=None)
    return best if best and likeness(best)[0] >= SHARE else None


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
    above = {code.guid: one_line(code.name) for code in named}
    chosen = [code for code in named if code.codable and not _NO_THEME.fullmatch(one_line(code.name))]
    plain = [one_line(code.name).removeprefix(NEW_LABEL) for code in chosen]
    counts = Counter(name.casefold() for name in plain)
    names = [
        f"{above[code.parent]}: {name}" if counts[name.casefold()] > 1 and code.parent in above else name
        for code, name in zip(chosen, plain, strict=True)
    ]
    themes = {code.guid for code in chosen}
    none = {code.guid for code in named if _NO_THEME.fullmatch(one_line(code.name))}
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
        ours = _OURS.fullmatch(one_line(code.description))
        own = tuple(dict.fromkeys(examples.get((code.guid, True), ())))
        plain_id = f"theme-{slug(shown)}" if slug(shown).startswith(NEW_ID) else slug(shown)
        yield CodebookTheme(
            id=unique(ours["id"].removeprefix(NEW_ID) if ours else plain_id, ids),
            name=shown,
            description="" if ours else one_line(code.description),
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
