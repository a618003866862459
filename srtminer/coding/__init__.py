"""Themes by a codebook: assign, find new themes in what is left, join them in one table; and the way back."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from srtminer.codebooks.assign import NONE, Fit, Labels, assign, closeness, cue_scores, stems_of
from srtminer.codebooks.cues import words
from srtminer.codebooks.draft import drafts
from srtminer.codebooks.model import Codebook, merged
from srtminer.codebooks.slugs import unique
from srtminer.model import Recommendation, ReviewRecord, Theme, ThemeTable
from srtminer.options import ThemeOptions
from srtminer.themes import find_themes
from srtminer.themes.given import Given, given_themes, ranked
from srtminer.vectors import TermMatrix, term_matrix
from srtminer.vectors.stems import stem
from srtminer.vectors.tokens import tokens

NEW_ID = "new-"
NEW_LABEL = "New: "
"""Before the names of themes that the codebook does not know."""
SMALLEST_NEW = 2
"""Recommendations of a new theme, at least."""


def mine_by(
    codebook: Codebook,
    recommendations: Sequence[Recommendation],
    records: Sequence[ReviewRecord],
    background: Sequence[str],
    options: ThemeOptions,
) -> ThemeTable:
    """Rank the themes of a codebook, and new ones of what fits none of them."""
    codebook = merged(codebook)
    ordered = sorted(recommendations, key=lambda one: (one.id, one.text))
    known = {one.id: row for row, one in enumerate(ordered)}
    owned = [(theme, one) for theme, of in enumerate(codebook.themes) for one in of.examples]
    texts = [one for _, one in owned if one not in known and " " in one]
    terms = term_matrix([*(one.text for one in ordered), *texts], background)
    labels = _labels(codebook, ordered, terms, owned, known, texts)
    names = [Given(theme.id, theme.name) for theme in codebook.themes]
    given = given_themes(ordered, records, terms, labels, names, options)
    rest = [one for one, label in zip(ordered, labels.tolist(), strict=True) if label == NONE]
    new = _new_themes(codebook, rest, records, background, options, len(ordered))
    everything = (*given, *new)
    themed = {one.id for theme in new for one in theme.members}
    shown = ranked(everything, options)
    return ThemeTable(
        themes=shown,
        unthemed=tuple(one for one in rest if one.id not in themed),
        reviews=len(records),
        recommendations=len(ordered),
        method=_method(codebook, terms, options),
        notes=tuple(_notes(codebook, owned, known, given, new, len(everything) - len(shown))),
    )


def draft(
    table: ThemeTable,
    recommendations: Sequence[Recommendation],
    title: str,
    examples: int,
    codebook: Codebook | None = None,
) -> Codebook:
    """Write the themes of a table down as a codebook; those of the codebook that made it stay as they are.

    `examples` is the number of recommendations a new theme is shown by, at most.
    """
    known = codebook or Codebook(title, ())
    taken = {theme.id for theme in known.themes}
    new = [theme for theme in table.themes if theme.id not in taken]
    plain = [
        replace(theme, id=theme.id.removeprefix(NEW_ID), label=theme.label.removeprefix(NEW_LABEL))
        for theme in new
    ]
    return replace(
        known, title=title, themes=(*known.themes, *drafts(plain, known, recommendations, stems, examples))
    )


def stems(text: str) -> list[str]:
    """Give the stems of all words of a text, in reading order."""
    return [stem(token.key) for token in tokens(text)]


def _labels(
    codebook: Codebook,
    recommendations: Sequence[Recommendation],
    terms: TermMatrix,
    owned: Sequence[tuple[int, str]],
    known: dict[str, int],
    texts: Sequence[str],
) -> Labels:
    """Give the theme of each recommendation; one that is an example belongs where it is an example."""
    number = len(recommendations)
    row_of = known | {text: number + place for place, text in enumerate(texts)}
    there = [(theme, row_of[one]) for theme, one in owned if one in row_of]
    rows = terms.features[:number]
    near = closeness(
        rows, terms.features[[row for _, row in there]], [t for t, _ in there], len(codebook.themes)
    )
    fit = Fit(*cue_scores(codebook, stems_of([one.text for one in recommendations], stems), stems), near)
    labels = assign(fit)
    for theme, row in reversed(there):
        if row < number:
            labels[row] = theme
    return labels


def _new_themes(
    codebook: Codebook,
    rest: Sequence[Recommendation],
    records: Sequence[ReviewRecord],
    background: Sequence[str],
    options: ThemeOptions,
    everything: int,
) -> tuple[Theme, ...]:
    """Find themes in what fits none of the codebook, but for those whose names are forbidden."""
    if len(rest) < SMALLEST_NEW:
        return ()
    every = replace(options, min_reviews=1)
    found = find_themes(rest, records, term_matrix([one.text for one in rest], background), every)
    forbidden = [words(phrase, stems) for phrase in codebook.forbid]
    taken = {theme.id for theme in codebook.themes}
    return tuple(
        replace(
            theme,
            id=unique(NEW_ID + theme.id, taken),
            label=NEW_LABEL + theme.label,
            share=len(theme.members) / everything,
        )
        for theme in found.themes
        if len(theme.members) >= SMALLEST_NEW and not _says_any(theme.label, forbidden)
    )


def _says_any(label: str, phrases: Sequence[tuple[str, ...]]) -> bool:
    said = words(label, stems)
    return any(
        phrase and phrase == said[at : at + len(phrase)] for phrase in phrases for at in range(len(said))
    )


def _method(codebook: Codebook, terms: TermMatrix, options: ThemeOptions) -> tuple[tuple[str, str], ...]:
    return (
        *terms.method,
        ("codebook", codebook.title),
        ("assignment", "cues by stems, closeness to the examples; the rest clustered anew"),
        ("minimum reviews", str(options.min_reviews)),
        ("random state", str(options.random_state)),
    )


def _notes(
    codebook: Codebook,
    owned: Sequence[tuple[int, str]],
    known: dict[str, int],
    given: Sequence[Theme],
    new: Sequence[Theme],
    hidden: int,
) -> Iterator[str]:
    """Tell what the table does not show."""
    if new:
        some = "1 theme is" if len(new) == 1 else f"{len(new)} themes are"
        yield f"{some} not in the codebook {codebook.title!r} and called new"
    there = {theme.id for theme in given}
    empty = [theme.name for theme in codebook.themes if theme.id not in there]
    if empty:
        yield f"no recommendation fits these themes of the codebook: {', '.join(empty)}"
    absent = sum(one not in known and " " not in one for _, one in owned)
    if absent:
        some = "1 example" if absent == 1 else f"{absent} examples"
        yield f"{some} of the codebook not among these recommendations, so not compared with"
    if hidden:
        yield f"{hidden} {'theme is' if hidden == 1 else 'themes are'} not listed: in too few reviews"
