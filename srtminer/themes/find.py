"""Recommendations and their term matrix become the ranked table of themes."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np

from srtminer.blended_rows import Labels, Matrix, Rows
from srtminer.cases import case_years, count_cases
from srtminer.model import (
    RECOMMENDATIONS,
    Example,
    Recommendation,
    ReviewRecord,
    Theme,
    ThemeOptions,
    ThemeTable,
    Unit,
)
from srtminer.text.names import slug, unique
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
from srtminer.themes.naming import (
    SHOWN,
    PhraseCounts,
    Terms,
    candidates,
    choose_examples,
    choose_names,
    excerpt,
    printed,
    theme_terms,
)

FEW = 20
"""Rows below which themes are tentative."""
LARGE = 0.35
"""Share from which a theme is likely to be several."""
CLOSE = 0.6
"""Closeness (`clusters.closeness`) of two themes from which they may be one."""
MOST_CLOSE = 2
"""Close pairs that are told, the closest first. Grows: a note before every table that nobody reads."""
PHRASE_ROWS = 80
"""Most typical members of a theme whose phrases are counted. Grows: names cost more time in large sets."""
EXAMPLE_ROWS = 400
"""Most typical members among which excerpts are chosen; the choice compares each with each."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A theme that is being made."""

    number: int
    """In the division."""
    rows: tuple[int, ...]
    """Most typical first."""
    typicality: Matrix
    """Of each row, its product with the mean of all."""
    reviews: int
    label: str = ""
    terms: tuple[str, ...] = ()


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
    ids = [(one.id, one.text) for one in recommendations]
    order = np.array(sorted(range(len(ids)), key=ids.__getitem__), dtype=np.int64)
    found, features = tuple(recommendations[row] for row in order), terms.rows(order)
    same = same_requests([one.text for one in found])
    labels = cluster(features, same, options.n_themes, options.random_state)
    drafts = _named(terms, order, features, labels, found)
    parts: dict[int, tuple[str, ...]] = {}
    if options.broad:
        labels, parts = _broadened(drafts, features, labels)
        drafts = _named(terms, order, features, labels, found)
    years, taken, themes = case_years(records), set[str](), []
    for one in drafts:
        theme = theme_of(one, features, found, years, options)
        themes.append(replace(theme, id=unique(theme.id, taken), parts=parts.get(one.number, ())))
    fit = fits(features, labels)
    id_of = {one.number: theme.id for theme, one in zip(themes, drafts, strict=True)}
    second = zip(found, second_themes(fit, labels).tolist(), strict=True)
    also = {one.id: id_of[number] for one, number in second if number != UNTHEMED}
    listed = tuple(with_seconds(ranked(themes, options), also))
    number_of = {own_id: number for number, own_id in id_of.items()}
    numbers = [number_of[theme.id] for theme in listed]
    close = closeness(fit, labels)[np.ix_(numbers, numbers)]
    unthemed = tuple(found[row] for row in np.flatnonzero(labels == UNTHEMED))
    told = notes(listed, close, len(found), len(unthemed), len(themes) - len(listed), options.unit)
    return ThemeTable(
        themes=listed,
        unthemed=unthemed,
        reviews=count_cases(records),
        recommendations=len(found),
        method=_method(terms, options),
        notes=tuple(told),
        unit=options.unit,
    )


def _broadened(
    drafts: Sequence[Draft], features: Rows, labels: Labels
) -> tuple[Labels, dict[int, tuple[str, ...]]]:
    """Give each row the number of its broad theme, and by these the labels of the themes in each."""
    broad, parts = broaden(features, labels), dict[int, tuple[str, ...]]()
    for one in drafts:
        number = int(broad[one.number])
        parts[number] = (*parts.get(number, ()), one.label)
    return np.where(labels >= 0, np.append(broad, UNTHEMED)[labels], labels), parts


def drafts_of(rows: Rows, labels: Labels, recommendations: Sequence[Recommendation]) -> tuple[Draft, ...]:
    """Gather the themes, most reviews first."""
    themes = int(labels.max(initial=UNTHEMED)) + 1
    means = rows.means(labels, themes)
    drafts = []
    for number in range(themes):
        members = np.flatnonzero(labels == number)
        near = rows[members].products(means[[number]])[:, 0]
        order = np.argsort(-near, kind="stable")
        found = tuple(members[order].tolist())
        reviews = len({recommendations[row].case_id for row in found})
        drafts.append(Draft(number, found, near[order], reviews))
    return tuple(sorted(drafts, key=lambda d: (-d.reviews, -len(d.rows), recommendations[min(d.rows)].id)))


def count_phrases(terms: Terms, order: Sequence[int] | Labels, drafts: Sequence[Draft]) -> PhraseCounts:
    """Count the phrases of each theme's most typical members."""
    counts = PhraseCounts(len(drafts))
    for theme, one in enumerate(drafts):
        for row in one.rows[:PHRASE_ROWS]:
            counts.add(theme, terms.phrases(int(order[row])))
    return counts


def _named(
    terms: Terms, order: Labels, features: Rows, labels: Labels, recommendations: Sequence[Recommendation]
) -> tuple[Draft, ...]:
    """Gather the themes, count their phrases and choose their names and terms among these."""
    drafts = drafts_of(features, labels, recommendations)
    counts = count_phrases(terms, order, drafts)
    owners = np.full(len(labels), UNTHEMED)
    for place, one in enumerate(drafts):
        owners[list(one.rows)] = place
    members = [one.rows[:PHRASE_ROWS] for one in drafts]
    names = choose_names(candidates(counts, members, owners, terms, features))
    words = [
        theme_terms(counts, theme) or _weighty_words(features[list(one.rows)], terms)
        for theme, one in enumerate(drafts)
    ]
    named = zip(drafts, printed(names, words), words, strict=True)
    return tuple(replace(one, label=label, terms=said) for one, label, said in named)


def _weighty_words(members: Rows, terms: Terms) -> tuple[str, ...]:
    """Give the words of most weight in a theme, for one in which no phrase says anything.

    Names of places are none. Why: "improve practice with children and families across the partnership" is
    made of general words.
    """
    weights = np.asarray(members.words.sum(axis=0)).ravel().round(8)
    order = np.argsort(-weights, kind="stable")
    shown = (terms.surfaces[column] for column in order if weights[column] > 0)
    return tuple(islice((word for word in shown if word.islower() or word.isupper()), SHOWN))


def theme_of(
    draft: Draft,
    rows: Rows,
    recommendations: Sequence[Recommendation],
    years: Mapping[str, int | None],
    options: ThemeOptions,
) -> Theme:
    """Make a theme of its members; rank and id come when all themes are known."""
    members = tuple(recommendations[row] for row in draft.rows)
    near = np.array(draft.rows[:EXAMPLE_ROWS])
    reviews = [recommendations[row].case_id for row in near.tolist()]
    chosen = choose_examples(rows[near], draft.typicality[:EXAMPLE_ROWS], reviews, options.examples)
    asked = Counter(name for one in members for name in {agency.name for agency in one.agencies})
    known = (years.get(review) for review in {member.case_id for member in members})
    return Theme(
        rank=0,
        id=slug(draft.label),
        label=draft.label,
        terms=draft.terms,
        members=members,
        examples=tuple(Example(members[i], excerpt(members[i].text, draft.terms)) for i in chosen),
        reviews=draft.reviews,
        share=len(members) / len(recommendations),
        years=tuple(sorted(Counter(year for year in known if year is not None).items())),
        agencies=tuple(sorted(asked.items(), key=lambda pair: (-pair[1], pair[0]))),
    )


def ranked(themes: Sequence[Theme], options: ThemeOptions) -> tuple[Theme, ...]:
    """Rank themes by reviews, then members, then name, and leave out those in too few reviews."""
    order = sorted(themes, key=lambda theme: (-theme.reviews, -len(theme.members), theme.label))
    shown = [theme for theme in order if theme.reviews >= options.min_reviews]
    return tuple(replace(theme, rank=rank) for rank, theme in enumerate(shown, start=1))


def with_seconds(themes: Sequence[Theme], second: Mapping[str, str]) -> Iterator[Theme]:
    """Note the second themes of members, given by the ids of both, of those themes that are listed."""
    shown = {theme.id for theme in themes}
    for theme in themes:
        also = (second.get(member.id, "") for member in theme.members)
        yield replace(theme, also=tuple(one if one in shown and one != theme.id else "" for one in also))


def _method(terms: Terms, options: ThemeOptions) -> tuple[tuple[str, str], ...]:
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
