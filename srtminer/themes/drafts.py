"""Themes before and after they have names: their members, most typical first, phrases, excerpts and ranks."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from srtminer.blended_rows import Labels, Matrix, Rows
from srtminer.model import Example, Recommendation, Theme
from srtminer.options import ThemeOptions
from srtminer.text.typed_names import slug
from srtminer.text.words import asks, sentences
from srtminer.themes.naming import PhraseCounts, Terms

LONGEST = 200
"""Characters of an excerpt, about; a text little longer is shown whole."""
TOLERANCE = 1.2
"""A text up to so many times `LONGEST` is not cut: an ellipsis for two words helps nobody."""
SHORTEST_PART = 0.4
"""An excerpt that ends at a sentence has at least this share of `LONGEST`."""
SENTENCES = 20
"""Sentences of a text that are looked at."""
OPENING = 1
"""Terms that a later sentence must say more to be preferred to the beginning."""
ASKING = 3
"""Terms that a sentence which asks for something is worth.

Why: an investigation prints its finding before what it recommends; a board would quote the latter.
"""
UNLIKE = 0.5
"""Weight of being unlike the excerpts already chosen, against being typical."""
SAME_REVIEW = 0.5
"""What an excerpt from a review already shown loses: more than most differences in typicality."""

ELLIPSIS = " …"


def choose_examples(rows: Rows, typicality: Matrix, reviews: Sequence[str], wanted: int) -> list[int]:
    """Choose typical rows that differ, from different reviews where there are; positions in `rows`.

    Maximal marginal relevance after Carbonell and Goldstein (1998), the rows being in order of preference.
    """
    scale = typicality.max(initial=0) or 1.0
    closeness = rows.products(rows)
    chosen: list[int] = []
    while len(chosen) < min(wanted, len(typicality)):
        score = typicality / scale
        if chosen:
            score = score - UNLIKE * closeness[:, chosen].max(axis=1)
            shown = {reviews[row] for row in chosen}
            score = score - SAME_REVIEW * np.array([review in shown for review in reviews])
            score[chosen] = -np.inf
        chosen.append(int(np.argmax(np.round(score, 10))))
    return chosen


def excerpt(text: str, terms: Sequence[str]) -> str:
    """Give the part of a text that says most terms of a theme: whole sentences if possible, "…" where cut.

    Why: "We welcome recent announcements. The Government should license launches …" is about what follows.
    """
    text = " ".join(text.split())
    if len(text) <= LONGEST * TOLERANCE:
        return text
    last = len(text) - SHORTEST_PART * LONGEST
    starts = [0, *(start for start, _ in sentences(text)[1 : SENTENCES + 1] if start < last)]
    parts = [shorten(text[start:]) for start in starts]
    firsts = (part[slice(*sentences(part)[0])] for part in parts)
    said = [
        sum(term.lower() in part.lower() for term in terms) + ASKING * asks(first)
        for part, first in zip(parts, firsts, strict=True)
    ]
    best = max(range(len(parts)), key=lambda i: (said[i] - OPENING * (i > 0), -i))
    return parts[best] if best == 0 else f"… {parts[best]}"


def shorten(text: str) -> str:
    """Give a text's beginning, whole words only, cut at a sentence end where one is near; "…" where cut."""
    if len(text) <= LONGEST * TOLERANCE:
        return text
    ends = (start - 1 for start, _ in sentences(text[: LONGEST + 3])[1:] if start > SHORTEST_PART * LONGEST)
    end = max(ends, default=0) or text.rfind(" ", 0, LONGEST + 1)
    return (text[:end] if end > 0 else text[:LONGEST]).rstrip(" ,;:–—(") + ELLIPSIS


PHRASE_ROWS = 80
"""Most typical members of a theme whose phrases are counted. Grows: names cost more time in large sets."""
EXAMPLE_ROWS = 400
"""Most typical members among which excerpts are chosen; the choice compares each with each."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A theme before it has a name: its number in the division and its rows, most typical first."""

    number: int
    rows: tuple[int, ...]
    typicality: Matrix
    """Of each row, its product with the mean of all."""
    reviews: int


def drafts_of(rows: Rows, labels: Labels, recommendations: Sequence[Recommendation]) -> tuple[Draft, ...]:
    """Gather the themes, most reviews first."""
    themes = int(labels.max(initial=-1)) + 1
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


def theme_of(
    draft: Draft,
    label: str,
    words: tuple[str, ...],
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
    known = (years.get(review) for review in sorted({member.case_id for member in members}))
    return Theme(
        rank=0,
        id=slug(label),
        label=label,
        terms=words,
        members=members,
        examples=tuple(Example(members[i], excerpt(members[i].text, words)) for i in chosen),
        reviews=draft.reviews,
        share=len(members) / len(recommendations),
        years=tuple(sorted(Counter(year for year in known if year is not None).items())),
        agencies=count_agencies(members),
    )


def count_agencies(members: Sequence[Recommendation]) -> tuple[tuple[str, int], ...]:
    """Count the members addressed to each agency, most frequent first, then by name."""
    names = Counter(
        name for member in members for name in sorted({agency.name for agency in member.agencies})
    )
    return tuple(sorted(names.items(), key=lambda pair: (-pair[1], pair[0])))


def ranked(themes: Sequence[Theme], options: ThemeOptions) -> tuple[Theme, ...]:
    """Rank themes by reviews, then members, then name, and leave out those in too few reviews."""
    order = sorted(themes, key=lambda theme: (-theme.reviews, -len(theme.members), theme.label))
    shown = [theme for theme in order if theme.reviews >= options.min_reviews]
    return tuple(replace(theme, rank=rank) for rank, theme in enumerate(shown, start=1))
