"""Themes that were found become themes of a codebook, for somebody to edit; each has a colour of its own."""

import colorsys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain, count

from srtminer.codebooks.codebook_format import NEW_ID, NEW_LABEL, RESERVED, Codebook, CodebookTheme
from srtminer.codebooks.cues import Cue, compile_cue, index_of, occurrences, words
from srtminer.model import Recommendation, Theme, ThemeTable
from srtminer.text.typed_names import slug, unique

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
    taken, free, found = {GREY, *given}, chain(_FIRST, map(_shade, count())), []
    for colour in given:
        found.append(colour or next(one for one in free if one not in taken))
        taken.add(found[-1])
    return tuple(found)


def _shade(number: int) -> str:
    lightness, saturation = _SHADES[number % len(_SHADES)]
    parts = colorsys.hls_to_rgb((_START + number * _GOLDEN) % 1, lightness, saturation)
    return "#" + "".join(f"{round(255 * part):02x}" for part in parts)


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
    known: Codebook, theme: str, parts: Sequence[Theme], members: Sequence[Recommendation]
) -> tuple[CodebookTheme, tuple[CodebookTheme, ...]]:
    """Part a theme, by its id: what stays of it with the largest part, and the others as new themes.

    `members` are all that belong to it now. A cue goes with the part that has most recommendations with it.
    """
    whole = next(one for one in known.themes if one.id == theme)
    _, *others = sorted(parts, key=lambda part: (-len(part.members), part.label))
    new = tuple(_drafts(others, known, members, len(members)))
    standing = _standing(whole.cues, members)
    gone = {one for part in new for one in part.examples}
    stays = [one.id for one in members if one.id not in gone]
    shares = (stays, *(part.examples for part in new))
    cues = []
    for cue in whole.cues:
        here, *elsewhere = (len(standing.get(cue, set()).intersection(ids)) for ids in shares)
        cues += [cue] * (here >= max(elsewhere))
    examples = dict.fromkeys([*(one for one in whole.examples if one not in gone), *stays])
    kept = replace(whole, cues=tuple(cues), examples=tuple(examples))
    coloured = _coloured([*known.themes, *new])[len(known.themes) :]
    return kept, coloured


def _coloured(themes: Sequence[CodebookTheme]) -> tuple[CodebookTheme, ...]:
    colours = distinct_colours([theme.colour for theme in themes])
    return tuple(replace(theme, colour=colour) for theme, colour in zip(themes, colours, strict=True))


def _drafts(
    themes: Sequence[Theme], known: Codebook, recommendations: Sequence[Recommendation], examples: int
) -> Iterator[CodebookTheme]:
    """Give a theme of a codebook for each theme, its id and name unlike all that the codebook knows."""
    phrases = {phrase: None for theme in themes for phrase in (theme.label, *theme.terms)}
    found = _standing(tuple(phrases), recommendations)
    ids = {*RESERVED, *(theme.id for theme in known.themes)}
    names = {theme.name.casefold() for theme in known.themes}
    for theme in themes:
        members = {member.id for member in theme.members}
        candidates = [phrase for phrase in _distinct((theme.label, *theme.terms)) if phrase in found]
        cues = [phrase for phrase in candidates if _is_cue(found[phrase], members)]
        yield CodebookTheme(
            id=unique(slug(theme.id), ids),
            name=unique(theme.label, names, "{} ({})"),
            cues=tuple(cues),
            hints=tuple(phrase for phrase in candidates if phrase not in cues),
            examples=tuple(member.id for member in theme.members[:examples]),
        )


def _is_cue(standing: set[str], members: set[str]) -> bool:
    inside = len(standing & members)
    return inside >= max(OFTEN, COMMON * len(members)) and inside >= SURE * len(standing)


def _distinct(phrases: Sequence[str]) -> list[str]:
    """Leave out what differs in capitals only; the last stays, for a label opens with a capital."""
    return list({phrase.casefold(): phrase for phrase in phrases}.values())


def _standing(phrases: Sequence[str], recommendations: Sequence[Recommendation]) -> dict[str, set[str]]:
    """Give the ids of the recommendations in which each phrase stands, for phrases that stand in any."""
    cues: list[Cue] = []
    for number, phrase in enumerate(phrases):
        cue = compile_cue(phrase, number)
        if cue is not None:
            cues.append(cue)
    index = index_of(cues)
    found: dict[str, set[str]] = {}
    for one in recommendations:
        for _, _, cue in occurrences(words(one.text), index):
            found.setdefault(phrases[cue.theme], set()).add(one.id)
    return found
