"""Themes by a codebook: each recommendation gets its theme, and what is left is clustered."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from srtminer.cases import case_years, count_cases
from srtminer.codebooks.codebook_format import NEW_ID, NEW_LABEL, Codebook, merged
from srtminer.codebooks.cues import (
    NONE,
    Fit,
    Labels,
    assign,
    closeness,
    compile_cue,
    cue_scores,
    index_of,
    occurrences,
    seconds,
    words,
)
from srtminer.model import Recommendation, ReviewRecord, Theme, ThemeOptions, ThemeTable, Unit
from srtminer.text.names import unique
from srtminer.text.words import single_spaced
from srtminer.themes import find_themes
from srtminer.themes.find import count_phrases, drafts_of, ranked, theme_of, with_seconds
from srtminer.themes.naming import theme_terms
from srtminer.vectors import TermMatrix, no_vectors, term_matrix
from srtminer.vectors.matrix import Encode


@dataclass(frozen=True, slots=True)
class Coded:
    """Recommendations, by their ids, with their themes as positions in the codebook."""

    recommendations: tuple[Recommendation, ...]
    terms: TermMatrix
    """A row for each recommendation, then those of examples that are texts."""
    labels: Labels
    seconds: Labels
    absent: int
    """Number of examples that are not among the recommendations."""
    nowhere: frozenset[int]
    """Rows of recommendations that are to be in no theme."""

    def likeness(self, members: Sequence[Recommendation]) -> float:
        """Give the mean cosine of each two of the members, of which there are two at least."""
        wanted = {one.id for one in members}
        places = [place for place, one in enumerate(self.recommendations) if one.id in wanted]
        rows = self.terms.features[np.array(places, dtype=np.int64)]
        products = rows.products(rows)
        return float(products.sum() - np.trace(products)) / (len(places) * (len(places) - 1))


def code(
    codebook: Codebook,
    recommendations: Sequence[Recommendation],
    meaning: Encode = no_vectors,
) -> Coded:
    """Assign recommendations to the themes of a codebook; one that is an example belongs where it is one.

    `meaning` encodes texts: how near recommendations are to examples hangs on words and meaning.
    """
    ordered, themes = tuple(sorted(recommendations, key=lambda one: (one.id, one.text))), codebook.themes
    named = [example for theme in themes for example in theme.examples]
    ids = {one.id: row for row, one in enumerate(ordered)}
    texts = [example for example in dict.fromkeys(named) if example not in ids and " " in example]
    row_of = ids | {text: len(ordered) + place for place, text in enumerate(texts)}
    examples = _rows_named([theme.examples for theme in themes], row_of)
    terms = term_matrix([*(one.text for one in ordered), *texts], meaning)
    rows = terms.features[np.arange(len(ordered))]
    shown = terms.features[np.array([row for _, row in examples], dtype=np.int64)]
    near = closeness(rows.products(shown), [theme for theme, _ in examples], len(themes))
    cues, hints = cue_scores(codebook, [words(one.text) for one in ordered])
    for theme, row in _rows_named([theme.never for theme in themes], ids):
        cues[row, theme] = hints[row, theme] = near[row, theme] = 0.0
    fit = Fit(cues, hints, near)
    labels = assign(fit)
    for theme, row in reversed(examples):  # the first theme that names one goes before others
        if row < len(labels):
            labels[row] = theme
    others = seconds(fit, labels)
    for theme, row in reversed(_rows_named([theme.also for theme in themes], ids)):
        (labels if labels[row] in (NONE, theme) else others)[row] = theme
    none = {*codebook.none}
    outside = {row for row, one in enumerate(ordered) if {one.id, single_spaced(one.text)} & none}
    labels[[*outside]] = others[[*outside]] = NONE
    return Coded(ordered, terms, labels, others, sum(one not in row_of for one in named), frozenset(outside))


def _rows_named(themes: Sequence[Sequence[str]], row_of: Mapping[str, int]) -> list[tuple[int, int]]:
    """List (theme, row) of what themes name."""
    pairs = ((number, one) for number, named in enumerate(themes) for one in named)
    return [(number, row_of[one]) for number, one in pairs if one in row_of]


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
    options: ThemeOptions,
    meaning: Encode = no_vectors,
) -> ThemeTable:
    """Rank the themes of a codebook, and new ones of what fits none of them; `meaning` encodes texts."""
    codebook = merged(codebook)
    coded = code(codebook, recommendations, meaning)
    known = _known_themes(codebook, coded, records, options)
    new = _new_themes(codebook, coded, records, options, meaning)
    shown = ranked((*known, *new), options)
    themed = {one.id for theme in new for one in theme.members}
    left = (coded.recommendations[row] for row in np.flatnonzero(coded.labels == NONE))
    pairs = zip(coded.recommendations, coded.seconds.tolist(), strict=True)
    second = {one.id: codebook.themes[number].id for one, number in pairs if number != NONE}
    both = zip(shown, with_seconds(shown, second), strict=True)
    return ThemeTable(
        themes=tuple(new if any(new.also) else theme for theme, new in both),
        unthemed=tuple(one for one in left if one.id not in themed),
        reviews=count_cases(records),
        recommendations=len(coded.recommendations),
        method=_method(codebook, coded, options),
        notes=tuple(_notes(codebook, coded, known, new, len(known) + len(new) - len(shown), options.unit)),
        unit=options.unit,
    )


def _known_themes(
    codebook: Codebook, coded: Coded, records: Sequence[ReviewRecord], options: ThemeOptions
) -> tuple[Theme, ...]:
    """Make the themes that have members, in the order of the codebook; ranks come when all are known."""
    found, labels = coded.recommendations, coded.labels
    rows, used = coded.terms.rows(range(len(found))), np.unique(labels[labels >= 0])
    drafts = drafts_of(rows, np.where(labels >= 0, np.searchsorted(used, labels), NONE), found)
    counts, years = count_phrases(coded.terms, range(len(found)), drafts), case_years(records)
    made = {}
    for place, one in enumerate(drafts):
        named = codebook.themes[int(used[one.number])]
        draft = replace(one, label=named.name, terms=theme_terms(counts, place))
        theme = theme_of(draft, rows, found, years, options)
        made[one.number] = replace(theme, id=named.id, colour=named.colour)
    return tuple(made[number] for number in sorted(made))


def _new_themes(
    codebook: Codebook,
    coded: Coded,
    records: Sequence[ReviewRecord],
    options: ThemeOptions,
    meaning: Encode,
) -> tuple[Theme, ...]:
    """Find themes in what fits none of the codebook, but for mixed ones and those of forbidden names.

    They are marked as new, and their shares are those of all recommendations.
    """
    left = [row for row in np.flatnonzero(coded.labels == NONE).tolist() if row not in coded.nowhere]
    rest = [coded.recommendations[row] for row in left]
    if len(rest) < SMALLEST_NEW:
        return ()
    every = replace(options, min_reviews=1)
    found = find_themes(rest, records, term_matrix([one.text for one in rest], meaning), every)
    forbidden = index_of(cue for phrase in codebook.forbid if (cue := compile_cue(phrase, 0)))
    least = ALIKE * coded.likeness(coded.recommendations)
    kept = [
        theme
        for theme in found.themes
        if len(theme.members) >= SMALLEST_NEW
        and not any(occurrences(words(theme.label), forbidden))
        and coded.likeness(theme.members) >= least
    ]
    taken = {theme.id for theme in codebook.themes}
    ids = {theme.id: unique(NEW_ID + theme.id, taken) for theme in kept}
    made = []
    for theme in kept:
        also, share = [ids.get(second, "") for second in theme.also], len(theme.members)
        new = replace(theme, id=ids[theme.id], label=NEW_LABEL + theme.label, also=tuple(also) * any(also))
        made.append(replace(new, share=share / len(coded.recommendations)))
    return tuple(made)


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
