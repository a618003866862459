"""Tables of counts alone, with small ones withheld: the annual table, themes, and themes by groups.

Whoever has rows can count again, so these results hold none: no excerpts, no members, no references.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from srtminer.annual import SummaryRow
from srtminer.model import Comparison, Count, Theme, ThemeTable
from srtminer.render.result import Block, Entry, Head, Json, Ledger, Result, Table, Text, described
from srtminer.report.small_counts import Key, Line, withheld

WITHHELD = "*"
UNITS = ("reviews", "recommendations")
DERIVED = (
    ("reviews", "with_recommendations"),
    ("recommendations", "made_before"),
    ("themes", "new_themes"),
)
"""A count of the annual table, and a part of it: the rest is nowhere shown, but can be worked out."""


Labels = tuple[str, ...]
Rows = Sequence[tuple[Labels, Sequence[Key]]]
"""The words that name a row, and the keys of its counts."""


@dataclass(frozen=True, slots=True)
class _Counts:
    """All counts by key, what they add up to, and which are small."""

    values: Mapping[Key, int]
    lines: Sequence[Line]
    least: int

    def shown(self) -> Mapping[Key, int | None]:
        """Give them, None where one is withheld."""
        hidden = withheld(self.values, self.lines, self.least)
        return {key: None if key in hidden else value for key, value in self.values.items()}


def protected_summary(rows: Sequence[SummaryRow], by: str, columns: Sequence[str], least: int) -> Result:
    """Give the annual table; `columns` names the counts in it."""
    values: dict[Key, int] = {(row.name, column): getattr(row, column) for row in rows for column in columns}
    lines = []
    for row in rows:
        for whole, part in (pair for pair in DERIVED if pair[1] in columns):
            values[row.name, "not", part] = getattr(row, whole) - getattr(row, part)
            lines.append(Line((row.name, whole), ((row.name, part), (row.name, "not", part))))
    known = _Counts(values, lines, least).shown()
    laid: Rows = [((row.name,), [(row.name, column) for column in columns]) for row in rows]
    return _result("summary-counts", (by,), columns, laid, known, least)


def protected_themes(table: ThemeTable, least: int) -> Result:
    """Give the themes with their numbers of reviews and recommendations; those withheld follow by name."""
    values = {key: count for theme in table.themes for key, count in _of_theme(theme)}
    sizes = tuple((theme.id, UNITS[1]) for theme in table.themes)
    values |= {("unthemed",): len(table.unthemed), ("all",): table.recommendations}
    values[("elsewhere",)] = table.recommendations - len(table.unthemed) - sum(values[key] for key in sizes)
    line = Line(("all",), (*sizes, ("unthemed",), ("elsewhere",)))
    known = _Counts(values, [line], least).shown()
    rows: Rows = [((theme.label,), [(theme.id, unit) for unit in UNITS]) for theme in table.themes]
    rows = sorted(rows, key=lambda row: ("", "") if known[row[1][0]] is not None else ("~", row[0][0]))
    return _result("theme-counts", ("theme",), UNITS, rows, known, least)


def protected_groups(compared: Comparison, least: int) -> Result:
    """Give the reviews and recommendations of each theme in each group, without shares and tests.

    The themes stand by name: their rank would tell how many reviews they stand in.
    """
    names = [group.name for group in compared.groups]
    whole = tuple(Count(one.reviews, one.recommendations, 0, 0) for one in compared.groups)
    themes = sorted((row.theme.label, row.theme.id, row.counts) for row in compared.rows)
    themes += [("in no theme", "none", compared.unthemed), ("all", "all", whole)]
    values: dict[Key, int] = {
        (name, theme, unit): getattr(count, unit)
        for _, theme, counts in themes
        for name, count in zip(names, counts, strict=True)
        for unit in UNITS
    }
    parts = [theme for _, theme, _ in themes[:-1]]
    lines = [
        Line((name, "all", UNITS[1]), tuple((name, theme, UNITS[1]) for theme in parts)) for name in names
    ]
    if compared.by:  # then all reviews are in some group, and the theme table tells how many they are
        totals = {key: count for row in compared.rows for key, count in _of_theme(row.theme)}
        values |= totals
        lines += [Line(key, tuple((name, *key) for name in names)) for key in totals]
    known = _Counts(values, lines, least).shown()
    laid: Rows = [
        ((label, name), [(name, theme, unit) for unit in UNITS])
        for label, theme, _ in themes
        for name in names
    ]
    ledgers = [_pivot(unit, names, themes, known) for unit in UNITS]
    return _result("group-counts", ("theme", "group"), UNITS, laid, known, least, ledgers)


def _of_theme(theme: Theme) -> Iterator[tuple[Key, int]]:
    yield (theme.id, "reviews"), theme.reviews
    yield (theme.id, "recommendations"), len(theme.members)


def _pivot(
    unit: str,
    names: Sequence[str],
    themes: Sequence[tuple[str, str, Sequence[Count]]],
    known: Mapping[Key, int | None],
) -> Ledger:
    """Set the groups side by side."""
    heads = (Head(unit.capitalize(), flexible=True), *(Head(name, "right") for name in names))
    rows = ((label, *(_cell(known[name, theme, unit]) for name in names)) for label, theme, _ in themes)
    return Ledger(heads, tuple(map(Entry, rows)))


def _result(
    name: str,
    labels: Labels,
    columns: Sequence[str],
    rows: Rows,
    known: Mapping[Key, int | None],
    least: int,
    ledgers: Sequence[Ledger] = (),
) -> Result:
    note = f"{WITHHELD}: withheld, being under {least} or giving away one that is"
    found = [(words, [known[key] for key in keys]) for words, keys in rows]
    objects: list[Json] = [
        dict(zip((*labels, *columns), (*words, *counts), strict=True)) for words, counts in found
    ]
    cells = tuple(
        (*words, *(WITHHELD if count is None else count for count in counts)) for words, counts in found
    )
    columns_of = described(
        *((label, f"The {label}.") for label in labels),
        *((column, f"Number of {column.replace('_', ' ')}; {note}.") for column in columns),
    )
    heads = [Head(label.capitalize(), flexible=not n) for n, label in enumerate(labels)]
    heads += [Head(column.replace("_", " ").capitalize(), "right") for column in columns]
    entries = tuple(Entry((*words, *map(_cell, counts))) for words, counts in found)
    ledgers = ledgers or (Ledger(tuple(heads), entries),)
    blocks: list[Block] = [block for ledger in ledgers for block in (ledger, Text())]
    body: Json = {"withheld_below": least, "rows": objects}
    table = Table(columns_of, cells)
    return Result(name, table, body, lambda _: (*blocks, Text(note, style="dim")), (note,))


def _cell(count: int | None) -> str:
    return WITHHELD if count is None else f"{count:,}"
