"""Recommendations and their term matrix become the ranked table of themes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np

from srtminer.blended_rows import Labels, Matrix, Rows
from srtminer.cases import case_years, count_cases
from srtminer.model import RECOMMENDATIONS, Recommendation, ReviewRecord, Theme, ThemeTable, Unit
from srtminer.options import ThemeOptions
from srtminer.text.typed_names import unique
from srtminer.themes.clusters import (
    METHOD,
    UNTHEMED,
    broaden,
    closeness,
    cluster,
    fits,
    same_requests,
    second_themes,
)
from srtminer.themes.drafts import PHRASE_ROWS, Draft, count_phrases, drafts_of, ranked, theme_of
from srtminer.themes.naming import SHOWN, Terms, candidates, choose_names, printed, theme_terms

FEW = 20
"""Rows below which themes are tentative."""
LARGE = 0.35
"""Share from which a theme is likely to be several."""
CLOSE = 0.6
"""Closeness (`clusters.closeness`) of two themes from which they may be one."""
MOST_CLOSE = 2
"""Close pairs that are told, the closest first. Grows: a note before every table that nobody reads."""


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
class Named:
    """The themes of a division, most reviews first, with their names and terms."""

    drafts: tuple[Draft, ...]
    names: tuple[str, ...]
    terms: tuple[tuple[str, ...], ...]

    @property
    def numbers(self) -> list[int]:
        """Give the number of each theme in the division."""
        return [one.number for one in self.drafts]


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
    if len(terms.texts) != len(recommendations):
        raise ValueError(f"{len(terms.texts)} rows for {len(recommendations)} recommendations")
    material = by_id(recommendations, terms)
    same = same_requests([one.text for one in material.recommendations])
    labels = cluster(material.features, same, options.n_themes, options.random_state)
    named = name_themes(material, labels)
    parts: dict[int, tuple[str, ...]] = {}
    if options.broad:
        broad = broaden(material.features, labels)
        parts = gathered(named, broad)
        labels = np.where(labels >= 0, np.append(broad, UNTHEMED)[labels], labels)
        named = name_themes(material, labels)
    years = case_years(records)
    made = (
        theme_of(*one, material.features, material.recommendations, years, options)
        for one in zip(named.drafts, named.names, named.terms, strict=True)
    )
    themes = [replace(t, parts=parts.get(n, ())) for t, n in zip(made, named.numbers, strict=True)]
    return table(material, labels, named, themes, count_cases(records), options)


def by_id(recommendations: Sequence[Recommendation], terms: Terms) -> Material:
    """Put recommendations in the order of their ids."""
    order = sorted(
        range(len(recommendations)), key=lambda i: (recommendations[i].id, recommendations[i].text)
    )
    rows = np.array(order, dtype=np.int64)
    return Material(tuple(recommendations[i] for i in order), terms, rows, terms.rows(rows))


def name_themes(material: Material, labels: Labels) -> Named:
    """Gather the themes, count their phrases and choose their names and terms among these."""
    drafts = drafts_of(material.features, labels, material.recommendations)
    counts = count_phrases(material.terms, material.order, drafts)
    members = [one.rows[:PHRASE_ROWS] for one in drafts]
    owners = np.full(len(labels), UNTHEMED)
    for place, one in enumerate(drafts):
        owners[list(one.rows)] = place
    names = choose_names(candidates(counts, members, owners, material.terms, material.features))
    words = tuple(
        theme_terms(counts, theme) or weighty_words(material, one) for theme, one in enumerate(drafts)
    )
    return Named(drafts, printed(names, words), words)


def weighty_words(material: Material, draft: Draft) -> tuple[str, ...]:
    """Give the words of most weight in a theme, for one in which no phrase says anything.

    Names of places are none. Why: "improve practice with children and families across the partnership" is
    made of general words.
    """
    weights = np.asarray(material.features[list(draft.rows)].words.sum(axis=0)).ravel().round(8)
    order = np.argsort(-weights, kind="stable")
    shown = (material.terms.surfaces[column] for column in order if weights[column] > 0)
    return tuple(islice((word for word in shown if word.islower() or word.isupper()), SHOWN))


def gathered(named: Named, broad: Labels) -> dict[int, tuple[str, ...]]:
    """Give the names of the themes in each broad theme, by its number, in the given order."""
    parts: dict[int, tuple[str, ...]] = {}
    for theme, name in zip(named.numbers, named.names, strict=True):
        number = int(broad[theme])
        parts[number] = (*parts.get(number, ()), name)
    return parts


def table(
    material: Material,
    labels: Labels,
    named: Named,
    themes: Sequence[Theme],
    reviews: int,
    options: ThemeOptions,
) -> ThemeTable:
    """Rank the themes, give them ids, and leave out those in too few reviews."""
    taken: set[str] = set()
    themes = [replace(theme, id=unique(theme.id, taken)) for theme in themes]
    ids = [theme.id if theme.reviews >= options.min_reviews else "" for theme in themes]
    fit = fits(material.features, labels)
    second = seconds(fit, labels, named, ids)
    listed = ranked([replace(one, also=also) for one, also in zip(themes, second, strict=True)], options)
    unthemed = tuple(
        r for r, label in zip(material.recommendations, labels, strict=True) if label == UNTHEMED
    )
    number = dict(zip((theme.id for theme in themes), named.numbers, strict=True))
    numbers = [number[theme.id] for theme in listed]
    close = closeness(fit, labels)[np.ix_(numbers, numbers)]
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


def seconds(fit: Matrix, labels: Labels, named: Named, ids: Sequence[str]) -> list[tuple[str, ...]]:
    """Give the ids of the members' second themes, "" for none, theme by theme."""
    name = dict(zip(named.numbers, ids, strict=True)) | {UNTHEMED: ""}
    found = [name[number] for number in second_themes(fit, labels).tolist()]
    return [tuple(found[row] for row in one.rows) for one in named.drafts]


def method(terms: Terms, options: ThemeOptions) -> tuple[tuple[str, str], ...]:
    """Name the steps and parameters, in order."""
    number = "chosen: largest mean silhouette" if options.n_themes is None else str(options.n_themes)
    return (
        *terms.method,
        *METHOD,
        ("names", "phrases that stand in many members and few others, the nearest to the members' meaning"),
        ("number of themes", number),
        ("minimum reviews", str(options.min_reviews)),
        ("random state", str(options.random_state)),
    )


def notes(
    themes: Sequence[Theme],
    close: Matrix,
    rows: int,
    unthemed: int,
    hidden: int,
    unit: Unit = RECOMMENDATIONS,
) -> Iterator[str]:
    """Give the notes of a table of so many rows; `close` is how close each two of the themes are."""
    yield from size_notes(themes, rows, unthemed, unit)
    for theme in themes:
        if theme.share >= LARGE and len(themes) > 1:
            yield f"theme {theme.rank} holds {theme.share:.0%} of all {unit.plural}; it may be several"
    first, second = np.nonzero(np.triu(close >= CLOSE, 1))
    closest = np.argsort(-close[first, second], kind="stable")[:MOST_CLOSE]
    pairs = [f"“{themes[first[i]].label}” and “{themes[second[i]].label}”" for i in closest]
    if pairs:
        advice = "merge them in a codebook" if unit == RECOMMENDATIONS else "ask for fewer themes"
        yield f"similar themes that may be one: {'; '.join(pairs)} ({advice})"
    if themes and unthemed:
        fits = "fits" if unthemed == 1 else "fit"
        yield f"{unthemed} of {rows} {unit.plural} {fits} no theme"
    if hidden:
        yield f"{hidden} {'theme is' if hidden == 1 else 'themes are'} not listed: in too few reviews"


def size_notes(themes: Sequence[Theme], rows: int, unthemed: int, unit: Unit) -> Iterator[str]:
    """Tell of few rows, of none that recur, and of no theme at all."""
    if not rows:
        yield f"no {unit.plural}"
        return
    if rows < FEW:
        yield f"only {rows} {unit.singular if rows == 1 else unit.plural}: read the themes as tentative"
    if unthemed == rows:
        yield f"no two {unit.plural} make a theme: they share no term, or too many themes were asked for"
    elif themes and max(theme.reviews for theme in themes) < 2:
        yield "no theme recurs: none stands in two or more reviews"
