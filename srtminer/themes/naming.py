"""How a theme is shown: its name and terms, which its members say and others do not, and its excerpts."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, count
from typing import Protocol

import numpy as np

from srtminer.blended_rows import Labels, Matrix, Rows
from srtminer.text.words import Phrase, asks, sentences, singular

Key = tuple[str, ...]


class Terms(Protocol):
    """What themes need of a term matrix; row i belongs to the i-th recommendation given."""

    @property
    def surfaces(self) -> tuple[str, ...]:
        """Printed form of each column of the words."""

    @property
    def texts(self) -> tuple[str, ...]:
        """The text of each row."""

    def rows(self, order: Sequence[int] | Labels, /) -> Rows:
        """What is clustered, one row a recommendation, in an order."""

    @property
    def method(self) -> tuple[tuple[str, str], ...]:
        """Named steps of making it."""

    def phrases(self, row: int, /) -> Sequence[Phrase]:
        """Give the phrases that could name a theme and stand in a row's text."""

    def name_rows(self, names: Sequence[str], /) -> Rows:
        """Give rows of names, whose products with `features` tell how near texts are to them."""


class PhraseCounts:
    """In how many members of each theme each phrase stands; filled row by row."""

    def __init__(self, themes: int) -> None:
        self.rows: list[Counter[Key]] = [Counter() for _ in range(themes)]
        self.everywhere: Counter[Key] = Counter()
        self.forms: defaultdict[Key, Counter[str]] = defaultdict(Counter)
        self.known: dict[Key, str] = {}
        self.sizes = [0] * themes
        self._printed: list[defaultdict[Key, set[str]]] = [defaultdict(set) for _ in range(themes)]

    def add(self, theme: int, phrases: Sequence[Phrase]) -> None:
        """Count the phrases of one member."""
        keys = {phrase.key for phrase in phrases}
        self.sizes[theme] += 1
        self.rows[theme].update(keys)
        self.everywhere.update(keys)
        for phrase in phrases:
            self.forms[phrase.key][phrase.surface] += 1
            if phrase.known:
                self.known[phrase.key] = phrase.known
            self._printed[theme][phrase.key].add(phrase.surface)

    def surface(self, theme: int, key: Key) -> str:
        """Give the form of a phrase to print: the usual one of those that stand in the theme.

        Of a matter of the field its label, if that stands there. Usual in all themes, so that one member
        more or less changes little; of two that without possessive.
        """
        label = singular(self.known.get(key, ""))
        called = {form for form in self._printed[theme][key] if singular(form) == label}
        here = called or self._printed[theme][key]
        return min(here, key=lambda form: ("'" in form, -self.forms[key][form], form))


LENGTH = {1: 0.1, 2: 1.2, 3: 1.2, 4: 0.8}
"""By content words. Why: "sentences" names a theme less well than "mandatory minimum sentences"."""
ONCE = 0.4
"""Discount of a phrase in a single member of a larger theme: it names a recommendation, not a theme."""
KNOWN = 3.0
"""Preference of what matters are called in the field. Grows: fewer names in the texts' own words."""
UNSEEN = 0.5
"""Members added to those outside that have a phrase. Grows: frequent phrases win over exclusive ones."""
SHOWN = 8
"""Terms a theme."""
CANDIDATES = 12
"""Phrases a theme that are set against its members' meaning. Grows: slower, as each is encoded."""
FEW = 5
"""Other rows that it takes to tell what is near."""
LEAST_SPREAD = 0.02
"""Standard deviation of what is usual, at least: by words alone it is 0 where no other row has its words."""
REFERENCE = 2_000
"""Rows, evenly spaced, that tell how near any text is to a phrase."""
FITS = 1.0
"""Standard deviations nearer to the name than recommendations are on the whole: such a member fits it."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A phrase that could name a theme."""

    key: Key
    surface: str
    score: float
    """How much nearer members are to it than recommendations on the whole, in standard deviations of these,
    by the share that it fits and by its likely worth."""


def candidates(
    counts: PhraseCounts, members: Sequence[Sequence[int]], owners: Labels, terms: Terms, features: Rows
) -> list[list[Candidate]]:
    """Give each theme's candidates, best first.

    `members` are the rows of each theme whose phrases were counted; `owners` are the themes of all rows, as
    positions in `members`, or negative.
    """
    likely = [likely_names(counts, theme)[:CANDIDATES] for theme in range(len(members))]
    surfaces = [[counts.surface(theme, key) for key, _ in found] for theme, found in enumerate(likely)]
    names = sorted({name for theme in surfaces for name in theme})
    place, rows = {name: row for row, name in enumerate(names)}, terms.name_rows(names)
    chosen = np.arange(0, len(features), -(-len(features) // REFERENCE) or 1)
    scored = []
    for theme, found in enumerate(likely):
        called = rows[np.array([place[name] for name in surfaces[theme]], dtype=np.int64)]
        usual = called.products(features[chosen[owners[chosen] != theme]])
        near = _standardised(called.products(features[np.array(members[theme])]), usual)
        fit = np.maximum(0, near.mean(axis=1)) * (near >= FITS).mean(axis=1)
        made = [
            Candidate(key, surface, round(float(fits) * worth, 4))
            for (key, worth), surface, fits in zip(found, surfaces[theme], fit, strict=True)
        ]
        scored.append(sorted(made, key=lambda one: -one.score))
    return scored


def _standardised(near: Matrix, usual: Matrix) -> Matrix:
    """Give by how many standard deviations rows are nearer to names than others, shape (names, rows).

    Both are products of the names, `usual` with the others. Where there are few others all rows fit.
    """
    if usual.shape[1] < FEW:
        return np.full(near.shape, FITS)
    spread = np.maximum(usual.std(axis=1, keepdims=True), LEAST_SPREAD)
    found: Matrix = np.round((near - usual.mean(axis=1, keepdims=True)) / spread, 4)
    return found


def likely_names(counts: PhraseCounts, theme: int) -> list[tuple[Key, float]]:
    """Give the phrases that are frequent in a theme and rare outside, with their worth, the best first."""
    short = cut_short(counts, theme)
    scored = [(key, worth(counts, theme, key)) for key in counts.rows[theme] if key not in short]
    return sorted(scored, key=lambda pair: (-pair[1], pair[0]))


def theme_terms(counts: PhraseCounts, theme: int) -> tuple[str, ...]:
    """Give the phrases that set a theme apart, as printed, the likeliest names first, no word twice."""
    shown: list[str] = []
    used: set[str] = set()
    for key, _ in likely_names(counts, theme):
        if used.isdisjoint(key) and len(shown) < SHOWN:
            shown.append(counts.surface(theme, key))
            used.update(key)
    return tuple(shown)


def worth(counts: PhraseCounts, theme: int, key: Key) -> float:
    """Tell how likely a phrase is a name by where it stands and by its form."""
    inside, size = counts.rows[theme][key], counts.sizes[theme]
    others = sum(counts.sizes) - size
    outside = (counts.everywhere[key] - inside + UNSEEN) / (others + 2 * UNSEEN)
    found = inside / size * np.log1p(inside / size / outside)
    found *= KNOWN if key in counts.known else LENGTH.get(len(key), 0.5)
    return round(float(found * (ONCE if inside < 2 < size else 1)), 8)


def cut_short(counts: PhraseCounts, theme: int) -> set[Key]:
    """Give the phrases that stand nowhere but at the beginning of one longer phrase, and say no more.

    Why: "parental drug" stands in "parental drug misuse" only. Nestedness after Frantzi and others (2000).
    """
    return {
        key[:end]
        for key in counts.rows[theme]
        for end in range(1, len(key))
        if counts.everywhere[key[:end]] == counts.everywhere[key]
    }


def choose_names(candidates: Sequence[Sequence[Candidate]]) -> list[Candidate | None]:
    """Give each theme the best of its candidates that is no other theme's, the best fitting name first.

    A name is another's if one has all words of the other ("supervision", "reflective supervision"). Why not
    theme by theme: a large theme that mentions domestic abuse would take the name of that about it.
    """
    left = [list(theme) for theme in candidates]
    names: list[Candidate | None] = [None] * len(left)
    open_themes = {i for i, theme in enumerate(left) if theme}
    while open_themes:
        theme = min(open_themes, key=lambda i: (-left[i][0].score, i))
        names[theme] = chosen = left[theme][0]
        open_themes.remove(theme)
        key = set(chosen.key)
        for other in sorted(open_themes):
            left[other] = [c for c in left[other] if not (key <= set(c.key) or set(c.key) <= key)]
            if not left[other]:
                open_themes.remove(other)
    return names


def printed(names: Sequence[Candidate | None], words: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Give the labels; a theme without a name is called by its distinctive terms, so many that it differs."""
    taken = {titled(name.surface) for name in names if name}
    labels = []
    for name, shown in zip(names, words, strict=True):
        of_terms = (titled(", ".join(shown[:number])) for number in range(2, max(3, len(shown) + 1)))
        fallbacks = chain(of_terms, ("Other",), (f"Other {number}" for number in count(2)))
        label = titled(name.surface) if name else next(f for f in fallbacks if f and f not in taken)
        taken.add(label)
        labels.append(label)
    return tuple(labels)


def titled(label: str) -> str:
    """Begin with a capital and end without a possessive, the rest as it is: "claimants'" is Claimants."""
    return (label[:1].upper() + label[1:]).removesuffix("'s").removesuffix("'")


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
