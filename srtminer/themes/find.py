"""Recommendations and their term matrix become the ranked table of themes."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import scipy.sparse as sp

from srtminer.cases import case_years, count_cases
from srtminer.model import Example, Recommendation, ReviewRecord, Theme, ThemeTable
from srtminer.options import ThemeOptions
from srtminer.text.typed_names import slug, unique
from srtminer.themes import clusters as clustering
from srtminer.themes.clusters import MOST_THEMES, same_requests
from srtminer.themes.excerpts import choose_examples, excerpt, typical
from srtminer.themes.fit import UNTHEMED, closeness, merge_namesakes, second_themes
from srtminer.themes.naming import (
    DESCRIBED,
    Candidate,
    PhraseCounts,
    candidates,
    choose_names,
    distinctiveness,
    printed,
    theme_means,
    theme_terms,
)
from srtminer.themes.requirements import Labels, Matrix, Rows, Terms
from srtminer.themes.theme_notes import notes

PHRASE_ROWS = 80
"""Most typical members of a theme whose phrases are counted. Grows: names cost more time in large sets."""
EXAMPLE_ROWS = 400
"""Most typical members among which excerpts are chosen; the choice compares each with each."""


@dataclass(frozen=True, slots=True)
class Material:
    """What themes are found in, by id, so that the order in which it was given says nothing."""

    recommendations: tuple[Recommendation, ...]
    terms: Terms
    order: Labels
    """The row of `terms` of each recommendation."""
    features: Rows
    """A row for each recommendation."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A theme before it has a name: its number in the clustering and its rows, most typical first."""

    number: int
    rows: tuple[int, ...]
    reviews: int


@dataclass(frozen=True, slots=True)
class Drawn:
    """The themes of a clustering before they have names, most reviews first."""

    means: Matrix
    """Mean TF-IDF row of each theme, by its number."""
    drafts: tuple[Draft, ...]
    counts: PhraseCounts
    names: list[list[Candidate]]
    """What each could be called, the best first."""

    @property
    def numbers(self) -> list[int]:
        """Give the number of each theme in the clustering."""
        return [one.number for one in self.drafts]

    def best(self) -> dict[int, Candidate]:
        """Give what each theme would be called if there were no other, by its number."""
        pairs = zip(self.numbers, self.names, strict=True)
        return {number: names[0] for number, names in pairs if names}


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
    material = by_id(recommendations, terms)
    labels = divide(material, options)
    drawn = draw(material, labels)
    parts: dict[int, tuple[str, ...]] = {}
    if options.broad:
        broad = clustering.broaden(material.features, labels)
        parts = gathered(drawn.numbers, name_themes(terms, drawn)[0], broad)
        labels = np.where(labels >= 0, np.append(broad, UNTHEMED)[labels], labels)
        drawn = draw(material, labels)
    named = named_themes(material, drawn, records, options, parts)
    return table(material, labels, drawn, named, count_cases(records), options)


def by_id(recommendations: Sequence[Recommendation], terms: Terms) -> Material:
    """Put recommendations in the order of their ids."""
    order = sorted(
        range(len(recommendations)), key=lambda i: (recommendations[i].id, recommendations[i].text)
    )
    rows = np.array(order, dtype=np.int64)
    return Material(tuple(recommendations[i] for i in order), terms, rows, terms.rows(rows))


def divide(material: Material, options: ThemeOptions) -> Labels:
    """Give each recommendation's theme; what has no name is split once, unless the number of themes is given.

    Not beyond `MOST_THEMES`, the largest first: in a large set few names describe most of a theme.
    """
    same = same_requests([one.text for one in material.recommendations])
    labels = clustering.cluster(material.features, same, options.n_themes, options.random_state)
    if options.n_themes is not None:
        return labels
    labels = merged(material, labels)
    drawn = draw(material, labels)
    sizes = {one.number: len(one.rows) for one in drawn.drafts}
    pairs = zip(drawn.numbers, choose_names(drawn.names), strict=True)
    poor = [number for number, name in pairs if name is None or name.fits < DESCRIBED]
    poor.sort(key=lambda number: -sizes[number])
    return clustering.split(material.features, labels, poor[: MOST_THEMES - len(sizes)], same)


def merged(material: Material, labels: Labels) -> Labels:
    """Merge close themes whose best names mean the same."""
    best = draw(material, labels).best()
    numbers = sorted(best)
    rows = material.terms.name_rows([best[number].surface for number in numbers])
    return merge_namesakes(material.features, labels, numbers, rows.products(rows))


def draw(material: Material, labels: Labels) -> Drawn:
    """Gather the themes, count their phrases and find what they could be called."""
    drafts, means = draft(material.terms.matrix[material.order], labels, material.recommendations)
    counts = count_phrases(material.terms, material.order, drafts)
    members = [one.rows[:PHRASE_ROWS] for one in drafts]
    owners = np.full(len(labels), UNTHEMED)
    for place, one in enumerate(drafts):
        owners[list(one.rows)] = place
    names = candidates(counts, members, owners, material.terms, material.features)
    return Drawn(means, drafts, counts, names)


def draft(
    rows: sp.csr_array, labels: Labels, recommendations: Sequence[Recommendation]
) -> tuple[tuple[Draft, ...], Matrix]:
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
    drafts.sort(key=lambda d: (-d.reviews, -len(d.rows), recommendations[min(d.rows)].id))
    return tuple(drafts), means


def count_phrases(terms: Terms, order: Sequence[int] | Labels, drafts: Sequence[Draft]) -> PhraseCounts:
    """Count the phrases of each theme's most typical members."""
    counts = PhraseCounts(len(drafts))
    for theme, d in enumerate(drafts):
        for row in d.rows[:PHRASE_ROWS]:
            counts.add(theme, terms.phrases(int(order[row])))
    return counts


def gathered(numbers: Sequence[int], names: Sequence[str], broad: Labels) -> dict[int, tuple[str, ...]]:
    """Give the names of the themes in each broad theme, by its number, in the given order."""
    parts: dict[int, tuple[str, ...]] = {}
    for theme, name in zip(numbers, names, strict=True):
        number = int(broad[theme])
        parts[number] = (*parts.get(number, ()), name)
    return parts


def name_themes(terms: Terms, drawn: Drawn) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Give the labels and the distinctive terms of the themes, in the order of the drafts."""
    words = terms_of(terms, drawn.means, drawn.drafts, drawn.counts)
    return printed(choose_names(drawn.names), words), words


def terms_of(
    terms: Terms, means: Matrix, drafts: Sequence[Draft], counts: PhraseCounts
) -> list[tuple[str, ...]]:
    """Give the distinctive terms of the themes, in the order of the drafts."""
    scores = distinctiveness(means)
    return [
        theme_terms(scores[d.number], terms.terms, terms.surfaces, counts, i) for i, d in enumerate(drafts)
    ]


def named_themes(
    material: Material,
    drawn: Drawn,
    records: Sequence[ReviewRecord],
    options: ThemeOptions,
    parts: Mapping[int, tuple[str, ...]],
) -> list[Theme]:
    """Name the themes and choose their excerpts, in the order of the drafts."""
    rows = material.terms.matrix[material.order]
    years = case_years(records)
    named = zip(drawn.drafts, *name_themes(material.terms, drawn), strict=True)
    themes = [
        theme_of(d, name, words, rows, drawn.means[d.number], material.recommendations, years, options)
        for d, name, words in named
    ]
    return [replace(t, parts=parts.get(n, ())) for t, n in zip(themes, drawn.numbers, strict=True)]


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
    material: Material,
    labels: Labels,
    drawn: Drawn,
    themes: Sequence[Theme],
    reviews: int,
    options: ThemeOptions,
) -> ThemeTable:
    """Rank the themes, give them ids, and leave out those in too few reviews."""
    taken: set[str] = set()
    themes = [replace(theme, id=unique(theme.id, taken)) for theme in themes]
    ids = [theme.id if theme.reviews >= options.min_reviews else "" for theme in themes]
    second = seconds(material.features, labels, drawn, ids)
    listed = ranked([replace(one, also=also) for one, also in zip(themes, second, strict=True)], options)
    unthemed = tuple(
        r for r, label in zip(material.recommendations, labels, strict=True) if label == UNTHEMED
    )
    number = dict(zip((theme.id for theme in themes), drawn.numbers, strict=True))
    numbers = [number[theme.id] for theme in listed]
    close = closeness(material.features, labels)[np.ix_(numbers, numbers)]
    rows = len(material.recommendations)
    told = notes(listed, close, rows, len(unthemed), len(themes) - len(listed), options.unit)
    return ThemeTable(
        themes=listed,
        unthemed=unthemed,
        reviews=reviews,
        recommendations=rows,
        method=method(material.terms, options),
        notes=tuple(told),
        unit=options.unit,
    )


def ranked(themes: Sequence[Theme], options: ThemeOptions) -> tuple[Theme, ...]:
    """Rank themes by reviews, then members, then name, and leave out those in too few reviews."""
    order = sorted(themes, key=lambda theme: (-theme.reviews, -len(theme.members), theme.label))
    shown = [theme for theme in order if theme.reviews >= options.min_reviews]
    return tuple(replace(theme, rank=rank) for rank, theme in enumerate(shown, start=1))


def seconds(rows: Rows, labels: Labels, drawn: Drawn, ids: Sequence[str]) -> list[tuple[str, ...]]:
    """Give the ids of the members' second themes, "" for none, theme by theme."""
    name = dict(zip(drawn.numbers, ids, strict=True)) | {UNTHEMED: ""}
    found = [name[number] for number in second_themes(rows, labels).tolist()]
    return [tuple(found[row] for row in one.rows) for one in drawn.drafts]


def method(terms: Terms, options: ThemeOptions) -> tuple[tuple[str, str], ...]:
    """Name the steps and parameters, in order."""
    number = "chosen: largest mean silhouette" if options.n_themes is None else str(options.n_themes)
    return (
        *terms.method,
        *clustering.METHOD,
        ("names", "phrases of the texts, the nearest to the members' meaning; most members are near them"),
        ("number of themes", number),
        ("minimum reviews", str(options.min_reviews)),
        ("random state", str(options.random_state)),
    )
