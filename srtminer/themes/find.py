"""Recommendations and their term matrix become the ranked table of themes."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
import scipy.sparse as sp

from srtminer.cases import case_years, count_cases
from srtminer.model import Example, Recommendation, ReviewRecord, Theme, ThemeTable
from srtminer.options import ThemeOptions
from srtminer.themes import cluster as clustering
from srtminer.themes.closeness import closeness, merge_namesakes
from srtminer.themes.counts import PhraseCounts
from srtminer.themes.excerpts import choose_examples, excerpt, typical
from srtminer.themes.labels import Candidate, choose_labels, label_candidates, spelled_out
from srtminer.themes.levels import broaden, second_themes
from srtminer.themes.needs import Terms
from srtminer.themes.notes import notes
from srtminer.themes.points import Labels, Matrix
from srtminer.themes.slugs import slug, unique_slugs
from srtminer.themes.terms import distinctiveness, theme_means, theme_terms

PHRASE_ROWS = 80
"""Most typical members of a theme whose phrases are counted. Grows: labels cost more time in large sets."""
EXAMPLE_ROWS = 400
"""Most typical members among which excerpts are chosen; the choice compares each with each."""
FALLBACK_TERMS = 2
"""A theme without any phrase is named by so many of its terms."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A theme before it has a name: its number in the clustering and its rows, most typical first."""

    number: int
    rows: tuple[int, ...]
    reviews: int


def find_themes(
    recommendations: Sequence[Recommendation],
    records: Sequence[ReviewRecord],
    terms: Terms,
    options: ThemeOptions | None = None,
) -> ThemeTable:
    """Find the themes of recommendations, `terms` having one row for each, in the same order.

    The order of the recommendations has no influence on the result; that of the records neither.
    """
    options = options or ThemeOptions()
    if terms.matrix.shape[0] != len(recommendations):
        raise ValueError(f"{terms.matrix.shape[0]} rows for {len(recommendations)} recommendations")
    order = sorted(
        range(len(recommendations)), key=lambda i: (recommendations[i].id, recommendations[i].text)
    )
    ordered = [recommendations[i] for i in order]
    features = terms.features[order]
    labels = clustering.cluster(features, options.n_themes, options.random_state)
    drawn = draw(terms, order, labels, ordered)
    if options.n_themes is None:
        labels, merged = merge_namesakes(features, labels, best_names(terms, drawn))
        drawn = draw(terms, order, labels, ordered) if merged else drawn
    parts: dict[int, tuple[str, ...]] = {}
    if options.broad:
        broad = broaden(features, labels)
        parts = gathered(drawn.drafts, name_themes(terms, *drawn)[0], broad)
        labels = np.where(labels >= 0, np.append(broad, clustering.UNTHEMED)[labels], labels)
        drawn = draw(terms, order, labels, ordered)
    named = named_themes(terms, order, drawn, ordered, records, options, parts)
    numbers = [d.number for d in drawn.drafts]
    close = closeness(features, labels)[np.ix_(numbers, numbers)]
    second = [
        numbers.index(number) if number >= 0 else -1 for number in second_themes(features, labels).tolist()
    ]
    also = [tuple(second[row] for row in d.rows) for d in drawn.drafts]
    return table(named, close, also, ordered, labels, count_cases(records), terms, options)


class Drawn(NamedTuple):
    """The themes of a clustering before they have names."""

    means: Matrix
    """Mean TF-IDF row of each theme, by its number."""
    drafts: list[Draft]
    counts: PhraseCounts


def draw(
    terms: Terms, order: Sequence[int], labels: Labels, recommendations: Sequence[Recommendation]
) -> Drawn:
    """Gather the themes and count their phrases; labels and recommendations stand in the given order."""
    drafts, means = draft(terms.matrix[order], labels, recommendations)
    return Drawn(means, drafts, count_phrases(terms, order, drafts))


def named_themes(
    terms: Terms,
    order: Sequence[int],
    drawn: Drawn,
    recommendations: Sequence[Recommendation],
    records: Sequence[ReviewRecord],
    options: ThemeOptions,
    parts: Mapping[int, tuple[str, ...]],
) -> list[Theme]:
    """Name the themes and choose their excerpts, in the order of the drafts."""
    rows = terms.matrix[order]
    years = case_years(records)
    themes = [
        theme_of(d, name, words, rows, drawn.means[d.number], recommendations, years, options)
        for d, name, words in zip(drawn.drafts, *name_themes(terms, *drawn), strict=True)
    ]
    return [replace(t, parts=parts.get(d.number, ())) for t, d in zip(themes, drawn.drafts, strict=True)]


def gathered(drafts: Sequence[Draft], names: Sequence[str], broad: Labels) -> dict[int, tuple[str, ...]]:
    """Give the names of the themes in each broad theme, by its number, in the order of the drafts."""
    parts: dict[int, tuple[str, ...]] = {}
    for d, name in zip(drafts, names, strict=True):
        number = int(broad[d.number])
        parts[number] = (*parts.get(number, ()), name)
    return parts


def draft(
    rows: sp.csr_array, labels: Labels, recommendations: Sequence[Recommendation]
) -> tuple[list[Draft], Matrix]:
    """Gather the themes, most reviews first, each with its rows, most typical first; and the mean rows."""
    themes = int(labels.max(initial=-1)) + 1
    means = theme_means(rows, labels, themes)
    drafts = []
    for number in range(themes):
        members = np.flatnonzero(labels == number)
        typicality = typical(rows[members], means[number])
        members = members[np.argsort(-typicality, kind="stable")]
        reviews = len({recommendations[row].case_id for row in members.tolist()})
        drafts.append(Draft(number, tuple(members.tolist()), reviews))
    return sorted(drafts, key=lambda d: (-d.reviews, -len(d.rows), recommendations[min(d.rows)].id)), means


def count_phrases(terms: Terms, order: Sequence[int], drafts: Sequence[Draft]) -> PhraseCounts:
    """Count the phrases and stems of each theme's most typical members."""
    counts = PhraseCounts(len(drafts), terms.matters)
    for theme, d in enumerate(drafts):
        for row in d.rows[:PHRASE_ROWS]:
            start, end = terms.matrix.indptr[order[row]], terms.matrix.indptr[order[row] + 1]
            stems = (terms.terms[column] for column in terms.matrix.indices[start:end].tolist())
            counts.add(theme, terms.phrases(order[row]), stems)
    return counts


def candidates(
    terms: Terms, means: Matrix, drafts: Sequence[Draft], counts: PhraseCounts
) -> list[list[Candidate]]:
    """Give the candidates for the names of the themes, in the order of the drafts."""
    weights = [
        {terms.terms[column]: float(means[d.number, column]) for column in np.flatnonzero(means[d.number])}
        for d in drafts
    ]
    return label_candidates(counts, weights)


def best_names(terms: Terms, drawn: Drawn) -> dict[int, tuple[str, ...]]:
    """Give the phrase that names each theme best, by the theme's number, other themes' names left aside."""
    best = zip(drawn.drafts, map(spelled_out, candidates(terms, *drawn)), strict=True)
    return {d.number: name.key for d, name in best if name and len(name.key) > 1}


def name_themes(
    terms: Terms, means: Matrix, drafts: Sequence[Draft], counts: PhraseCounts
) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Give the labels and the distinctive terms of the themes, in the order of the drafts."""
    scores = distinctiveness(means)
    words = [
        theme_terms(scores[d.number], terms.terms, terms.surfaces, counts, i) for i, d in enumerate(drafts)
    ]
    fallbacks = [", ".join(shown[:FALLBACK_TERMS]) for shown in words]
    return choose_labels(candidates(terms, means, drafts, counts), fallbacks), words


def theme_of(
    d: Draft,
    label: str,
    words: tuple[str, ...],
    rows: sp.csr_array,
    mean: Matrix,
    recommendations: Sequence[Recommendation],
    years: Mapping[str, int | None],
    options: ThemeOptions,
) -> Theme:
    """Make a theme of its members; rank and id come when all themes are known."""
    members = tuple(recommendations[row] for row in d.rows)
    near = list(d.rows[:EXAMPLE_ROWS])
    reviews = [recommendations[row].case_id for row in near]
    chosen = choose_examples(rows[near], typical(rows[near], mean), reviews, options.examples)
    return Theme(
        rank=0,
        id=slug(label),
        label=label,
        terms=words,
        members=members,
        examples=tuple(Example(members[i], excerpt(members[i].text, words)) for i in chosen),
        reviews=d.reviews,
        share=len(members) / len(recommendations),
        years=count_years(members, years),
        agencies=count_agencies(members),
    )


def count_years(
    members: Sequence[Recommendation], years: Mapping[str, int | None]
) -> tuple[tuple[int, int], ...]:
    """Count the reviews of each year, ascending; reviews without a year are left out."""
    known = (years.get(review) for review in sorted({member.case_id for member in members}))
    return tuple(sorted(Counter(year for year in known if year is not None).items()))


def count_agencies(members: Sequence[Recommendation]) -> tuple[tuple[str, int], ...]:
    """Count the members addressed to each agency, most frequent first, then by name."""
    names = Counter(
        name for member in members for name in sorted({agency.name for agency in member.agencies})
    )
    return tuple(sorted(names.items(), key=lambda pair: (-pair[1], pair[0])))


def table(
    themes: Sequence[Theme],
    close: Matrix,
    also: Sequence[tuple[int, ...]],
    recommendations: Sequence[Recommendation],
    labels: Labels,
    reviews: int,
    terms: Terms,
    options: ThemeOptions,
) -> ThemeTable:
    """Rank the themes, give them ids, and leave out those in too few reviews.

    `also` are the positions in `themes` of the members' second themes, or -1.
    """
    ids = unique_slugs([theme.id for theme in themes])
    order = sorted(
        range(len(themes)), key=lambda i: (-themes[i].reviews, -len(themes[i].members), themes[i].label)
    )
    shown = [i for i in order if themes[i].reviews >= options.min_reviews]
    second = [ids[i] if i in shown else "" for i in range(len(themes))] + [""]  # [-1]: none
    ranked = tuple(
        replace(themes[i], rank=rank, id=ids[i], also=tuple(second[other] for other in also[i]))
        for rank, i in enumerate(shown, start=1)
    )
    unthemed = tuple(
        r for r, label in zip(recommendations, labels, strict=True) if label == clustering.UNTHEMED
    )
    hidden = len(themes) - len(shown)
    closest = close[np.ix_(shown, shown)]
    return ThemeTable(
        themes=ranked,
        unthemed=unthemed,
        reviews=reviews,
        recommendations=len(recommendations),
        method=method(terms, options),
        notes=tuple(notes(ranked, closest, len(recommendations), len(unthemed), hidden, options.unit)),
        unit=options.unit,
    )


def method(terms: Terms, options: ThemeOptions) -> tuple[tuple[str, str], ...]:
    """Name the steps and parameters, in order."""
    number = (
        "chosen: largest mean silhouette of the consensus"
        if options.n_themes is None
        else str(options.n_themes)
    )
    return (
        *terms.method,
        *clustering.METHOD,
        ("names", "matters of practice, data/matters.toml; else phrases frequent in a theme, rare outside"),
        ("number of themes", number),
        ("minimum reviews", str(options.min_reviews)),
        ("random state", str(options.random_state)),
    )
