"""Themes that were found, and codes of another program, become themes of a codebook for somebody to edit."""

import colorsys
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, cycle

from srtminer.codebooks.codebook_format import (
    LONGEST_NAME,
    NEW_ID,
    NEW_LABEL,
    RESERVED,
    Codebook,
    CodebookTheme,
    colour_of,
)
from srtminer.codebooks.cues import compile_cue, index_of, occurrences, words
from srtminer.model import Recommendation, Theme, ThemeTable
from srtminer.text.names import slug, unique
from srtminer.text.words import single_spaced

GREY = "#7f7f7f"
"""Of what is in no theme."""
_FIRST = ("#1f77b4", "#ff7f0e", "#2ca02c", "#d62728", "#9467bd", "#8c564b", "#e377c2", "#bcbd22", "#17becf")
_GOLDEN = 0.618034
"""Of a turn of the hue. Why: steps of the golden ratio keep clear of all earlier ones."""
_START = 0.44
"""Hue of the first colour after the fixed ones: between green and cyan, where none of them is."""
_SHADES = ((0.42, 0.65), (0.62, 0.55), (0.3, 0.8))
"""Lightness and saturation."""


def distinct_colours(given: Sequence[str]) -> tuple[str, ...]:
    """Fill in a colour, "#rrggbb", where none is given; each of these is unlike all others."""
    free, found = chain(_FIRST, _shades()), list[str]()
    for colour in given:
        found.append(colour or next(one for one in free if one not in (GREY, *given, *found)))
    return tuple(found)


def _shades() -> Iterator[str]:
    for number, (lightness, saturation) in enumerate(cycle(_SHADES)):
        parts = colorsys.hls_to_rgb((_START + number * _GOLDEN) % 1, lightness, saturation)
        yield "#" + "".join(f"{round(255 * part):02x}" for part in parts)


SURE = 0.7
"""Share of the recommendations with a phrase that are members, from which it is a cue and no mere hint."""
OFTEN = 2
"""Members in which a cue stands, at least."""
COMMON = 0.25
"""Share of the members in which a cue stands, at least. Why: two of ten with a guide make it no cue."""


def draft(
    table: ThemeTable,
    recommendations: Sequence[Recommendation],
    title: str,
    examples: int,
    codebook: Codebook | None = None,
) -> Codebook:
    """Write the themes of a table down as a codebook, after those of the codebook that made it.

    `examples` is the number of recommendations a new theme is shown by, at most.
    """
    known = codebook or Codebook(title, ())
    taken = {theme.id for theme in known.themes}
    plain = [
        replace(theme, id=theme.id.removeprefix(NEW_ID), label=theme.label.removeprefix(NEW_LABEL))
        for theme in table.themes
        if theme.id not in taken
    ]
    drafted = (*known.themes, *_drafts(plain, known, recommendations, examples))
    return replace(known, title=title, themes=_coloured(drafted))


def parted(
    known: Codebook, own_id: str, parts: Sequence[Theme], members: Sequence[Recommendation]
) -> Codebook:
    """Part a theme: it stays what its largest part is, and the others become new themes.

    `members` are all that belong to it now. A cue goes with the part that has most recommendations with it.
    """
    whole = next(one for one in known.themes if one.id == own_id)
    _, *others = sorted(parts, key=lambda part: (-len(part.members), part.label))
    new = tuple(_drafts(others, known, members, len(members)))
    gone = {one for part in new for one in part.examples}
    stays = [one.id for one in members if one.id not in gone]
    standing, cues = _standing(whole.cues, members), []
    for cue in whole.cues:
        here, *elsewhere = (
            len(standing.get(cue, set()).intersection(ids))
            for ids in (stays, *(part.examples for part in new))
        )
        cues += [cue] * (here >= max(elsewhere))
    examples = dict.fromkeys([*(one for one in whole.examples if one not in gone), *stays])
    book = known.changed(replace(whole, cues=tuple(cues), examples=tuple(examples)), *new)
    return replace(book, themes=_coloured(book.themes))


def _coloured(themes: Sequence[CodebookTheme]) -> tuple[CodebookTheme, ...]:
    colours = distinct_colours([theme.colour for theme in themes])
    return tuple(replace(theme, colour=colour) for theme, colour in zip(themes, colours, strict=True))


def _drafts(
    themes: Sequence[Theme], known: Codebook, recommendations: Sequence[Recommendation], examples: int
) -> Iterator[CodebookTheme]:
    """Give a theme of a codebook for each theme, its id and name unlike all that the codebook knows."""
    found = _standing(
        dict.fromkeys(phrase for theme in themes for phrase in (theme.label, *theme.terms)), recommendations
    )
    ids = {*RESERVED, *(theme.id for theme in known.themes)}
    names = {theme.name.casefold() for theme in known.themes}
    for theme in themes:
        members, cues = {member.id for member in theme.members}, []
        # what differs in capitals only is one; the last of it stays, for a label opens with a capital
        phrases = {phrase.casefold(): phrase for phrase in (theme.label, *theme.terms)}.values()
        candidates = [phrase for phrase in phrases if phrase in found]
        for phrase in candidates:
            inside = len(found[phrase] & members)
            if inside >= max(OFTEN, COMMON * len(members), SURE * len(found[phrase])):
                cues.append(phrase)
        yield CodebookTheme(
            id=unique(slug(theme.id), ids),
            name=unique(theme.label, names, "{} ({})"),
            cues=tuple(cues),
            hints=tuple(phrase for phrase in candidates if phrase not in cues),
            examples=tuple(member.id for member in theme.members[:examples]),
        )


def _standing(phrases: Iterable[str], recommendations: Sequence[Recommendation]) -> dict[str, set[str]]:
    """Give the ids of the recommendations in which each phrase stands, for phrases that stand in any."""
    named = [*phrases]
    cues = (compile_cue(phrase, number) for number, phrase in enumerate(named))
    index = index_of(cue for cue in cues if cue is not None)
    found: dict[str, set[str]] = {}
    for one in recommendations:
        for _, _, cue in occurrences(words(one.text), index):
            found.setdefault(named[cue.theme], set()).add(one.id)
    return found


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
        by_words[single_spaced(one.text)].append(one)
    taken: set[str] = set()
    found: list[Placed] = []
    for passage in passages:
        said = single_spaced(passage.text)
        same = by_words.get(said) or [one for one in known if one.source == passage.source] or known
        if meant := by_guid.get(passage.guid) or _likest(passage, said, same, taken):
            taken.add(meant.id)
        if said:
            found.append((meant.id if meant else said, passage.codes))
    return tuple(found)


def _likest(passage: Passage, said: str, known: Sequence[Known], taken: set[str]) -> Known | None:
    """Give the one that makes up most of a passage, or the other way round, if that is enough."""

    def likeness(one: Known) -> tuple[float, bool, bool]:
        short, long = sorted((said, single_spaced(one.text)), key=len)
        share = len(short) / max(len(long), 1) * (short in long)
        return share, one.source == passage.source, one.id not in taken

    return max((one for one in known if likeness(one)[0] >= SHARE), key=likeness, default=None)


_OURS = re.compile(r"Theme \d+: .* Terms: (?P<terms>.*)\. Id: (?P<id>[a-z0-9-]+)\.")
"""What our projects say of a code; other programs keep it as a memo."""
NO_THEME = "in no theme"
"""What our projects call the code of what fits no theme, before a number where there are several."""


def from_codes(codes: Iterable[Code], title: str, coded: Sequence[Placed] = ()) -> Codebook:
    """Make a theme of each code that can be given to text; its name is its cue until somebody writes better.

    Codes of one name below different codes get the name of that above them in front. The first code of a
    passage makes it an example, others make it one that belongs there as well. What has the code of what fits
    none, and no other, is in no theme.
    """
    named = [replace(code, name=single_spaced(code.name)) for code in codes if code.name.strip()]
    none = {code.guid for code in named if code.name.casefold().partition(" (")[0] == NO_THEME}
    above = {code.guid: code.name for code in named}
    chosen = [code for code in named if code.codable and code.guid not in none]
    themes = {code.guid for code in chosen}
    first: dict[str, str] = {}
    examples: defaultdict[str, dict[str, None]] = defaultdict(dict)
    also: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for one, given in coded:
        for guid in (guid for guid in given if guid in themes):
            (examples if first.setdefault(one, guid) == guid else also)[guid][one] = None
    counts = Counter(code.name.removeprefix(NEW_LABEL).casefold() for code in chosen)
    ids, taken, found = set(RESERVED), set[str](), []
    for code in chosen:
        cue = code.name.removeprefix(NEW_LABEL)
        several = counts[cue.casefold()] > 1 and code.parent in above
        name = f"{above[code.parent]}: {cue}" if several else cue
        name = unique(name[: LONGEST_NAME - 10], taken, "{} ({})")
        ours, own = _OURS.fullmatch(single_spaced(code.description)), examples[code.guid]
        plain_id = slug(name) if not slug(name).startswith(NEW_ID) else f"theme-{slug(name)}"
        theme = CodebookTheme(
            id=unique(ours["id"].removeprefix(NEW_ID) if ours else plain_id, ids),
            name=name,
            description="" if ours else single_spaced(code.description),
            cues=(cue,) if compile_cue(cue, 0) or not own else (),
            hints=tuple(term for term in ours["terms"].split(", ") if term != cue) if ours else (),
            examples=tuple(own),
            also=tuple(also[code.guid]),
            colour=colour_of(code.color),
        )
        found.append(theme)
    outside = (one for one, given in coded if none.intersection(given) and themes.isdisjoint(given))
    return Codebook(title, tuple(found), none=tuple(dict.fromkeys(outside)))
