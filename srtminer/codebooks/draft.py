"""Themes that were found become themes of a codebook, for somebody to edit."""

from collections.abc import Iterator, Sequence

from srtminer.codebooks.codebook_entries import Codebook, CodebookTheme
from srtminer.codebooks.cues import Cue, Stems, compile_cue, index_of, occurrences, words
from srtminer.model import Recommendation, Theme
from srtminer.text.typed_names import slug, unique

SURE = 0.7
"""Share of the recommendations with a phrase that are members, from which it is a cue and no mere hint."""
OFTEN = 2
"""Members in which a cue stands, at least."""
COMMON = 0.25
"""Share of the members in which a cue stands, at least. Why: two of ten with a guide make it no cue."""
RESERVED = ("none",)


def drafts(
    themes: Sequence[Theme],
    known: Codebook,
    recommendations: Sequence[Recommendation],
    stems: Stems,
    examples: int,
) -> Iterator[CodebookTheme]:
    """Give a theme of a codebook for each theme, its id and name unlike all that the codebook knows."""
    phrases = {phrase: None for theme in themes for phrase in (theme.label, *theme.terms)}
    found = _standing(tuple(phrases), recommendations, stems)
    ids = {*RESERVED, *(theme.id for theme in known.themes)}
    names = {theme.name.casefold() for theme in known.themes}
    for theme in themes:
        members = {member.id for member in theme.members}
        candidates = [phrase for phrase in _distinct((theme.label, *theme.terms)) if phrase in found]
        cues = [phrase for phrase in candidates if _is_cue(found[phrase], members)]
        yield CodebookTheme(
            id=unique(slug(theme.id), ids),
            name=_unlike(theme.label, names),
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


def _standing(
    phrases: Sequence[str], recommendations: Sequence[Recommendation], stems: Stems
) -> dict[str, set[str]]:
    """Give the ids of the recommendations in which each phrase stands, for phrases that stand in any."""
    cues: list[Cue] = []
    for number, phrase in enumerate(phrases):
        cue = compile_cue(phrase, number, stems)
        if cue is not None:
            cues.append(cue)
    index = index_of(cues)
    found: dict[str, set[str]] = {}
    for one in recommendations:
        for _, _, cue in occurrences(words(one.text, stems), index):
            found.setdefault(phrases[cue.theme], set()).add(one.id)
    return found


def _unlike(name: str, taken: set[str]) -> str:
    found, number = name, 2
    while found.casefold() in taken:
        found, number = f"{name} ({number})", number + 1
    taken.add(found.casefold())
    return found
