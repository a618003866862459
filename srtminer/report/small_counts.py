"""The counts that a report and tables of counts show, which are withheld, and what would give those away.

Each count has a key, since the same count stands in several tables and is withheld in all of them or in none;
lines say which counts add up to which. So that no small count can be seen or worked out, others are withheld
line by line, the smallest first, until no line has a single unknown; then the lines together are audited by
solving for what is withheld.

Tables of counts hold no rows: no excerpts, no members, no references. Whoever has rows can count again.

Source: cell suppression and its audit by linear programming, as in Hundepool et al., Statistical Disclosure
Control (Wiley 2012).
"""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import partial

from srtminer.comparisons import Comparison, SummaryRow
from srtminer.material import Material
from srtminer.model import Theme, ThemeTable
from srtminer.render.result import Block, Column, Json, Ledger, Result, Table, Text, ledger

Key = tuple[str, ...]
"""("theme", its id, "reviews" or "size"); ("year" or "agency", a group, and a theme's id or nothing): reviews
of a year, recommendations to an agency; ("review", its id): its recommendations. Where counts are withheld,
what boards repeat and what responses answer are not shown at all."""
REVIEWS: Key = ("reviews",)
WITH, WITHOUT = ("reviews", "with recommendations"), ("reviews", "without recommendations")
RECOMMENDATIONS: Key = ("recommendations",)
UNTHEMED, UNLISTED = ("recommendations", "in no theme"), ("recommendations", "in themes not listed")
UNITS = ("reviews", "recommendations")
NO_THEME = ""
"""Stands for a theme's id in the keys of recommendations that are in none."""
GLANCES = 12
"""Solutions looked at before each count is asked for alone; most can be seen to vary in a few."""
SURE = 2.0
"""Between two solutions so far apart there are two whole numbers, whatever they are."""
ROUNDING = 1e-6


@dataclass(frozen=True, slots=True)
class Line:
    """Counts that add up, or nearly so, to another one that is shown too."""

    total: Key
    parts: tuple[Key, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """All counts by key, and which of them are withheld."""

    values: Mapping[Key, int]
    hidden: frozenset[Key]

    def shown(self, *key: str) -> int | None:
        """Give a count, or None where it is withheld."""
        return None if key in self.hidden else self.values[key]


def protected(values: Mapping[Key, int], lines: Sequence[Line], least: int) -> Counts:
    """Withhold counts under `least`, and what would give them away."""
    return Counts(values, withheld(values, lines, least))


def count(content: Material, small_counts: int | None) -> Counts:
    """Count everything once, and withhold small counts if asked to."""
    values, lines = _counted(content)
    return Counts(values, frozenset()) if small_counts is None else protected(values, lines, small_counts)


def _counted(content: Material) -> tuple[dict[Key, int], list[Line]]:
    """Give all counts, and the sums that they make.

    Recommendations to two kinds of agency make some of them no sum; that errs on the safe side.
    """
    compared = {"year": content.by_year, "agency": content.by_agency}
    found = Counter(recommendation.review_id for recommendation in content.recommendations)
    reviews: dict[Key, int] = {("review", record.id): found[record.id] for record in content.records}
    values, total = _sizes(content.table)
    values |= reviews | {key: content.counts[key[-1]] for key in (REVIEWS, WITH, UNLISTED)}
    values[WITHOUT] = values[REVIEWS] - values[WITH]
    lines = [
        Line(REVIEWS, (WITH, WITHOUT)),
        total,
        Line(RECOMMENDATIONS, tuple(reviews)),
        Line(UNTHEMED, tuple(("agency", group.name, NO_THEME) for group in content.by_agency.groups)),
    ]
    for (field, groups), unit, all_of in zip(compared.items(), UNITS, (WITH, RECOMMENDATIONS), strict=True):
        lines.append(Line(all_of, tuple((field, group.name) for group in groups.groups)))
        lines += _cross(values, groups, field, unit)
    return values, lines


def _sizes(table: ThemeTable) -> tuple[dict[Key, int], Line]:
    """Count the reviews and recommendations of themes, and give what the latter add up to."""
    values = _of_themes(table.themes)
    parts = (*(key for key in values if key[-1] == "size"), UNTHEMED, UNLISTED)
    themed = sum(values[key] for key in parts[:-2])
    values |= {RECOMMENDATIONS: table.recommendations, UNTHEMED: len(table.unthemed)}
    values[UNLISTED] = table.recommendations - values[UNTHEMED] - themed
    return values, Line(RECOMMENDATIONS, parts)


def _of_themes(themes: Iterable[Theme]) -> dict[Key, int]:
    sizes = (("reviews", lambda one: one.reviews), ("size", lambda one: len(one.members)))
    return {("theme", theme.id, what): size(theme) for theme in themes for what, size in sizes}


def _cross(values: dict[Key, int], compared: Comparison, field: str, unit: str) -> Iterator[Line]:
    """Add the counts of a unit by groups and themes, and give their sums.

    Recommendations are in one theme, or in none; reviews have several. Where a field makes the groups, what
    has a theme is in one of them, or more.
    """
    themes = [(row.theme.id, row.counts) for row in compared.rows]
    for n, group in enumerate(compared.groups):
        values[field, group.name] = getattr(group, unit)
        cells = {
            (field, group.name, one): counts[n] for one, counts in (*themes, (NO_THEME, compared.unthemed))
        }
        values |= {key: getattr(cell, unit) for key, cell in cells.items()}
        if unit == UNITS[1]:
            yield Line((field, group.name), tuple(cells))
    for one, _ in themes if compared.by else ():
        total = ("theme", one, "reviews" if unit == UNITS[0] else "size")
        yield Line(total, tuple((field, group.name, one) for group in compared.groups))


Placed = tuple[Theme, int | None]
"""A theme and its rank among those that have one; None where its number of reviews is withheld."""


def placed(themes: Sequence[Theme], known: Counts) -> tuple[Placed, ...]:
    """Rank the themes whose reviews are shown; the others follow by name, and so does a withheld size."""
    shown = {one.id: [known.shown("theme", one.id, what) for what in ("reviews", "size")] for one in themes}

    def order(one: Theme) -> tuple[int | str, ...]:
        reviews, size = shown[one.id]
        sizes = (1, 0, 0) if size is None or reviews is None else (0, -size, one.rank)
        return reviews is None, -(reviews or 0), *sizes, one.label.casefold(), one.id

    return tuple(
        (one, None if shown[one.id][0] is None else rank)
        for rank, one in enumerate(sorted(themes, key=order), 1)
    )


def withheld(counts: Mapping[Key, int], lines: Sequence[Line], least: int) -> frozenset[Key]:
    """Say which counts must not be shown so that none from 1 to `least` - 1 can be seen or worked out.

    A key may stand in many lines, and is withheld in all places or in none. 0 tells of nobody and is shown,
    unless it must hide where others stand.
    """
    small = frozenset(key for key, count in counts.items() if 0 < count < least)
    hidden = _covered(small, counts, lines, least)
    while more := _more(small & solvable(counts, lines, hidden), counts, lines, hidden):
        hidden = _covered(hidden | more, counts, lines, least)
    return hidden


def _covered(
    hidden: Set[Key], counts: Mapping[Key, int], lines: Sequence[Line], least: int
) -> frozenset[Key]:
    """Withhold more until no line gives any count away by itself."""
    out = set(hidden)
    while more := {key for line in lines for key in _cover(line, counts, out, least)}:
        out |= more
    return frozenset(out)


def _more(
    given_away: Iterable[Key], counts: Mapping[Key, int], lines: Sequence[Line], hidden: Set[Key]
) -> set[Key]:
    """Choose, for each count that the lines together give away, the smallest shown one near it."""
    chosen: set[Key] = set()
    for key in sorted(given_away):
        near = _near(key, lines, hidden)
        if near and not near & chosen:
            chosen.add(min(near, key=lambda other: (not counts[other], counts[other], other)))
    return chosen


def _near(key: Key, lines: Sequence[Line], hidden: Set[Key]) -> frozenset[Key]:
    """Give the shown counts in the lines of a key, or else in those of the withheld counts in them."""
    reached, before = {key}, set[Key]()
    while reached != before:
        before = reached
        touched = [{*line.parts, line.total} for line in lines if {*line.parts, line.total} & reached]
        everything = set[Key]().union(*touched)
        if everything - hidden:
            return frozenset(everything - hidden)
        reached = reached | everything
    return frozenset()


def _cover(line: Line, counts: Mapping[Key, int], hidden: Set[Key], least: int) -> tuple[Key, ...]:
    """Give the one count more that a line must withhold, if any."""
    out = [counts[key] for key in line.parts if key in hidden]
    shown = sorted((counts[key], key) for key in line.parts if key not in hidden)
    noughts = tuple(key for count, key in shown if not count)
    others = tuple(key for count, key in shown if count)
    if line.total in hidden:
        return () if out else (*others, *noughts)[:1]
    if len(out) == 1:
        return (*others, *noughts, line.total)[:1]
    if out and sum(out) < least:
        return (*others, line.total)[:1]
    if out and all(count == 1 for count in out):
        # Three that add up to 3 are 1 each, unless one of four may be nought.
        return (*noughts, *others, line.total)[:1]
    return ()


def solvable(counts: Mapping[Key, int], lines: Sequence[Line], hidden: Set[Key]) -> frozenset[Key]:
    """Give the withheld counts that have one possible value only, no count being less than 0.

    Lines that do not add up are no equations, and nobody can reckon with them.
    """
    column = {key: n for n, key in enumerate(sorted(hidden))}
    exact = [line for line in lines if sum(counts[key] for key in line.parts) == counts[line.total]]
    touched = [line for line in exact if not hidden.isdisjoint((*line.parts, line.total))]
    if not touched:
        return frozenset()
    import numpy as np
    from scipy.optimize import linprog  # half a second to import

    left, right = np.zeros((len(touched), len(column))), np.zeros(len(touched))
    for row, line in enumerate(touched):  # one equation over the withheld counts
        for key, sign in (*((part, 1) for part in line.parts), (line.total, -1)):
            if key in column:
                left[row, column[key]] += sign
            else:
                right[row] -= sign * counts[key]
    bounds = (0, 2.0 * sum(counts.values()) + 1)
    solve = partial(linprog, A_eq=left, b_eq=right, bounds=bounds, method="highs")
    draw, aims = np.random.default_rng(0), np.eye(len(column))
    spread = np.ptp([solve(draw.normal(size=len(column))).x for _ in range(GLANCES)], axis=0)

    def is_single(n: int) -> bool:
        least, most = solve(aims[n]).fun, -solve(-aims[n]).fun
        return bool(math.ceil(least - ROUNDING) == math.floor(most + ROUNDING))

    return frozenset(key for key, n in column.items() if spread[n] < SURE + ROUNDING and is_single(n))


WITHHELD = "*"
DERIVED = (
    ("reviews", "with_recommendations"),
    ("recommendations", "made_before"),
    ("themes", "new_themes"),
)
"""A count of the annual table, and a part of it: the rest is nowhere shown, but can be worked out."""

Rows = Sequence[tuple[tuple[str, ...], Sequence[Key]]]
"""The words that name a row, and the keys of its counts."""


def protected_summary(rows: Sequence[SummaryRow], by: str, columns: Sequence[str], least: int) -> Result:
    """Give the annual table; `columns` names the counts in it."""
    values: dict[Key, int] = {(row.name, column): getattr(row, column) for row in rows for column in columns}
    lines = []
    for row in rows:
        for whole, part in (pair for pair in DERIVED if pair[1] in columns):
            values[row.name, "not", part] = getattr(row, whole) - getattr(row, part)
            lines.append(Line((row.name, whole), ((row.name, part), (row.name, "not", part))))
    laid: Rows = [((row.name,), [(row.name, column) for column in columns]) for row in rows]
    return _result("summary-counts", (by,), columns, laid, protected(values, lines, least), least)


def protected_themes(table: ThemeTable, least: int) -> Result:
    """Give the themes with their numbers of reviews and recommendations; those withheld follow by name."""
    values, total = _sizes(table)
    known = protected(values, [total], least)
    rows: Rows = [
        ((one.label,), [("theme", one.id, what) for what in ("reviews", "size")])
        for one, _ in placed(table.themes, known)
    ]
    return _result("theme-counts", ("theme",), UNITS, rows, known, least)


def protected_groups(compared: Comparison, least: int) -> Result:
    """Give the reviews and recommendations of each theme in each group, without shares and tests.

    The themes stand by name: their rank would tell how many reviews they stand in.
    """
    names = [group.name for group in compared.groups]
    themes: list[tuple[str, Key]] = sorted((row.theme.label, (row.theme.id,)) for row in compared.rows)
    themes += [("in no theme", (NO_THEME,)), ("all", ())]
    values = _of_themes(row.theme for row in compared.rows) if compared.by else {}
    lines = [line for unit in UNITS for line in _cross(values, compared, unit, unit)]
    known = protected(values, lines, least)
    laid: Rows = [
        ((label, name), [(unit, name, *theme) for unit in UNITS]) for label, theme in themes for name in names
    ]
    pivots = []
    for unit in UNITS:
        rows = ((label, *(known.shown(unit, name, *theme) for name in names)) for label, theme in themes)
        pivots.append(ledger((unit.capitalize(), *names), rows, missing=WITHHELD))
    return _result("group-counts", ("theme", "group"), UNITS, laid, known, least, pivots)


def _result(
    name: str,
    labels: tuple[str, ...],
    columns: Sequence[str],
    rows: Rows,
    known: Counts,
    least: int,
    pivots: Sequence[Ledger] = (),
) -> Result:
    note = f"{WITHHELD}: withheld, being under {least} or giving away one that is"
    objects: list[Json] = [
        dict(zip((*labels, *columns), (*words, *(known.shown(*key) for key in keys)), strict=True))
        for words, keys in rows
    ]
    heads = [name.replace("_", " ") for name in (*labels, *columns)]
    table = Table(
        (
            *(Column(label, f"The {label}.") for label in labels),
            *(Column(column, f"Number of {column.replace('_', ' ')}; {note}.") for column in columns),
        ),
        tuple(tuple(WITHHELD if one is None else one for one in row.values()) for row in objects),
    )
    whole = ledger([head.capitalize() for head in heads], (row.values() for row in objects), missing=WITHHELD)
    blocks: list[Block] = [block for one in pivots or [whole] for block in (one, Text())]
    body: Json = {"withheld_below": least, "rows": objects}
    return Result(name, table, body, (*blocks, Text(note, style="dim")), (note,))
