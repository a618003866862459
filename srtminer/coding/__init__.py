"""Themes by a codebook: assign, find new themes in what is left, join them in one table."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from srtminer.cases import count_cases
from srtminer.codebooks.codebook_assignment import NONE
from srtminer.codebooks.codebook_entries import NEW_ID, NEW_LABEL, Codebook, merged
from srtminer.codebooks.cues import words
from srtminer.coding.codebook_match import Coded, code
from srtminer.model import Recommendation, ReviewRecord, Theme, ThemeTable, Unit
from srtminer.options import ThemeOptions
from srtminer.text.typed_names import unique
from srtminer.themes import find_themes
from srtminer.themes.codebook_themes import Given, given_themes
from srtminer.themes.find import ranked
from srtminer.vectors import no_vectors, term_matrix
from srtminer.vectors.blend import Encode

SMALLEST_NEW = 2
"""Recommendations of a new theme, at least."""
ALIKE = 2
"""Times that the members of a new theme are as alike as any two recommendations, at least.

Why: what a codebook leaves over is mixed, and clustering puts together what is not alike; themes of one
matter reach 3 to 8.
"""


def mine_by(
    codebook: Codebook,
    recommendations: Sequence[Recommendation],
    records: Sequence[ReviewRecord],
    background: Sequence[str],
    options: ThemeOptions,
    meaning: Encode = no_vectors,
) -> ThemeTable:
    """Rank the themes of a codebook, and new ones of what fits none of them; `meaning` encodes texts."""
    codebook = merged(codebook)
    coded = code(codebook, recommendations, background, meaning)
    names = [Given(theme.id, theme.name, theme.colour) for theme in codebook.themes]
    known = given_themes(coded.recommendations, records, coded.terms, coded.labels, names, options)
    new = _new_themes(codebook, coded, records, background, options, meaning)
    listed = (*known, *new)
    shown = ranked(listed, options)
    themed = {one.id for theme in new for one in theme.members}
    return ThemeTable(
        themes=tuple(_with_seconds(shown, codebook, coded)),
        unthemed=tuple(one for one in coded.rest() if one.id not in themed),
        reviews=count_cases(records),
        recommendations=len(coded.recommendations),
        method=_method(codebook, coded, options),
        notes=tuple(_notes(codebook, coded, known, new, len(listed) - len(shown), options.unit)),
        unit=options.unit,
    )


def _new_themes(
    codebook: Codebook,
    coded: Coded,
    records: Sequence[ReviewRecord],
    background: Sequence[str],
    options: ThemeOptions,
    meaning: Encode,
) -> tuple[Theme, ...]:
    """Find themes in what fits none of the codebook, but for mixed ones and those of forbidden names."""
    rest = coded.rest(open_to_new=True)
    if len(rest) < SMALLEST_NEW:
        return ()
    every = replace(options, min_reviews=1)
    found = find_themes(rest, records, term_matrix([one.text for one in rest], background, meaning), every)
    forbidden = [words(phrase) for phrase in codebook.forbid]
    least = ALIKE * coded.likeness(coded.recommendations)
    kept = [
        theme
        for theme in found.themes
        if len(theme.members) >= SMALLEST_NEW
        and not _says_any(theme.label, forbidden)
        and coded.likeness(theme.members) >= least
    ]
    return tuple(_as_new(kept, {theme.id for theme in codebook.themes}, len(coded.recommendations)))


def _as_new(themes: Sequence[Theme], taken: set[str], everything: int) -> Iterator[Theme]:
    """Mark themes as new, their shares those of all recommendations."""
    ids = {theme.id: unique(NEW_ID + theme.id, taken) for theme in themes}
    for theme in themes:
        yield replace(
            theme,
            id=ids[theme.id],
            label=NEW_LABEL + theme.label,
            share=len(theme.members) / everything,
            also=_or_none([ids.get(second, "") for second in theme.also]),
        )


def _with_seconds(themes: Sequence[Theme], codebook: Codebook, coded: Coded) -> Iterator[Theme]:
    """Note the second themes of members, of those themes that are in the table."""
    ids = [theme.id for theme in codebook.themes]
    pairs = zip(coded.recommendations, coded.seconds.tolist(), strict=True)
    second = {one.id: ids[number] for one, number in pairs if number != NONE}
    for theme in themes:
        others = {one.id for one in themes} - {theme.id}
        also = [second.get(member.id, "") for member in theme.members]
        yield replace(theme, also=_or_none([one if one in others else "" for one in also]) or theme.also)


def _or_none(also: Sequence[str]) -> tuple[str, ...]:
    """Give the second themes of members, or nothing where no member has one."""
    return tuple(also) if any(also) else ()


def _says_any(label: str, phrases: Sequence[tuple[str, ...]]) -> bool:
    said = words(label)
    return any(
        phrase and phrase == said[at : at + len(phrase)] for phrase in phrases for at in range(len(said))
    )


def _method(codebook: Codebook, coded: Coded, options: ThemeOptions) -> tuple[tuple[str, str], ...]:
    return (
        *coded.terms.method,
        ("codebook", codebook.title),
        ("assignment", "cues by stems, similarity to the examples; the rest clustered"),
        ("minimum reviews", str(options.min_reviews)),
        ("random state", str(options.random_state)),
    )


def _notes(
    codebook: Codebook, coded: Coded, known: Sequence[Theme], new: Sequence[Theme], hidden: int, unit: Unit
) -> Iterator[str]:
    """Tell what the table does not show."""
    if new:
        some = "1 theme is" if len(new) == 1 else f"{len(new)} themes are"
        yield f"{some} not in the codebook {codebook.title!r} and called new"
    there = {theme.id for theme in known}
    empty = [theme.name for theme in codebook.themes if theme.id not in there]
    if empty:
        yield f"no {unit.singular} fits these themes of the codebook: {', '.join(empty)}"
    if coded.absent:
        some, verb = ("1 example", "is") if coded.absent == 1 else (f"{coded.absent} examples", "are")
        yield f"{some} of the codebook {verb} not among these {unit.plural} and not used"
    if hidden:
        yield f"{hidden} {'theme is' if hidden == 1 else 'themes are'} not listed: in too few reviews"
