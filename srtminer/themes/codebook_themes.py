"""Themes whose members and names are given: ranked like those that were found, with terms and excerpts."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from srtminer.cases import case_years
from srtminer.model import Recommendation, ReviewRecord, Theme
from srtminer.options import ThemeOptions
from srtminer.themes.find import count_phrases, draft, terms_of, theme_of
from srtminer.themes.requirements import Labels, Terms


@dataclass(frozen=True, slots=True)
class Given:
    """A theme as somebody named it."""

    id: str
    label: str
    colour: str = ""


def given_themes(
    recommendations: Sequence[Recommendation],
    records: Sequence[ReviewRecord],
    terms: Terms,
    labels: Labels,
    names: Sequence[Given],
    options: ThemeOptions,
) -> tuple[Theme, ...]:
    """Make the themes that have members, in the order of `names`; ranks come when all themes are known.

    `terms` has a row for each recommendation first, and may have others after them; `labels` are positions
    in `names`, or -1.
    """
    used = np.unique(labels[labels >= 0])
    if not len(used):
        return ()
    dense = np.where(labels >= 0, np.searchsorted(used, labels), -1)
    rows = terms.matrix[: len(recommendations)]
    drafts, means = draft(rows, dense, recommendations)
    counts = count_phrases(terms, range(len(recommendations)), drafts)
    words = terms_of(terms, means, drafts, counts)
    years = case_years(records)
    found = {}
    for one, shown in zip(drafts, words, strict=True):
        name = names[int(used[one.number])]
        theme = theme_of(one, name.label, shown, rows, means[one.number], recommendations, years, options)
        found[one.number] = replace(theme, id=name.id, colour=name.colour)
    return tuple(found[number] for number in sorted(found))
