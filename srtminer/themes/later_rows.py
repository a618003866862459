"""Rows that came later go to the theme they fit best, or to none."""

from dataclasses import dataclass

import numpy as np

from srtminer.themes.fit import UNTHEMED
from srtminer.themes.requirements import Labels, Rows

KNOWN = 0.1
"""Mean product with the members of a theme from which a later row is in it.

Why more than what the rows themselves need: they are all recommendations, a later text may be anything.
Twenty sentences about fruit, weather or football reached 0.08. Of recommendations left out of sets of 40 to
492, 0.5 to 0.93 stay in a theme; at 0.05 it is 0.6 to 1.0, but up to 13 of the twenty sentences too. Grows:
fewer strangers, fewer rows.
"""


@dataclass(frozen=True, slots=True)
class Centres:
    """What of a clustering is needed to place further rows."""

    means: Rows
    """Mean member of each theme."""


def centres_of(rows: Rows, labels: Labels) -> Centres:
    """Take the centres of clustered rows; labels are 0 … n-1, or negative for none."""
    return Centres(rows.means(labels, int(labels.max(initial=UNTHEMED)) + 1))


def assign(rows: Rows, centres: Centres) -> Labels:
    """Give each row the theme whose members it is most like on average, or `UNTHEMED`."""
    if not len(centres.means):
        return np.full(len(rows), UNTHEMED)
    likeness = rows.products(centres.means)
    labels: Labels = np.where(likeness.max(axis=1) >= KNOWN, likeness.argmax(axis=1), UNTHEMED)
    return labels
