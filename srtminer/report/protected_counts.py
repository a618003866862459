"""Tables of counts alone, with small ones withheld: the annual table, themes, and themes by groups.

Whoever has rows can count again, so these results hold none: no excerpts, no members, no references.
"""

from collections.abc import Mapping, Sequence

from srtminer.comparisons import Comparison, Count, SummaryRow
from srtminer.model import Theme, ThemeTable
from srtminer.render.result import Block, Json, Ledger, Result, Table, Text, described, ledger
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
Known = Mapping[Key, int | None]
"""Counts; None where one is withheld."""


def protected_summary(rows: Sequence[SummaryRow], by: str, columns: Sequence[str], least: int) -> Result:
    """Give the annual table; `columns` names the counts in it."""
    values: dict[Key, int] = {(row.name, column): getattr(row, column) for row in rows for column in columns}
    lines = []
    for row in rows:
        for whole, part in (pair for pair in DERIVED if pair[1] in columns):
            values[row.name, "not", part] = getattr(row, whole) - getattr(row, part)
            lines.append(Line((row.name, whole), ((row.name, part), (row.name, "not", part))))
    laid: Rows = [((row.name,), [(row.name, column) for column in columns]) for row in rows]
    return _result("summary-counts", (by,), columns, laid, _known(values, lines, least), least)


def protected_themes(table: ThemeTable, least: int) -> Result:
    """Give the themes with their numbers of reviews and recommendations; those withheld follow by name."""
    values = _of_themes(table.themes)
    sizes = tuple((theme.id, UNITS[1]) for theme in table.themes)
    elsewhere = table.recommendations - len(table.unthemed) - sum(values[key] for key in sizes)
    values |= {("unthemed",): len(table.unthemed), ("all",): table.recommendations}
    values |= {("elsewhere",): elsewhere}
    known = _known(values, [Line(("all",), (*sizes, ("unthemed",), ("elsewhere",)))], least)
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
        totals = _of_themes([row.theme for row in compared.rows])
        values |= totals
        lines += [Line(key, tuple((name, *key) for name in names)) for key in totals]
    known = _known(values, lines, least)
    laid: Rows = [
        ((label, name), [(name, theme, unit) for unit in UNITS])
        for label, theme, _ in themes
        for name in names
    ]
    pivots = [
        ledger(
            (unit.capitalize(), *names),
            ((label, *(_cell(known[name, theme, unit]) for name in names)) for label, theme, _ in themes),
        )
        for unit in UNITS
    ]
    return _result("group-counts", ("theme", "group"), UNITS, laid, known, least, pivots)


def _of_themes(themes: Sequence[Theme]) -> dict[Key, int]:
    return {
        key: count
        for theme in themes
        for key, count in (((theme.id, UNITS[0]), theme.reviews), ((theme.id, UNITS[1]), len(theme.members)))
    }


def _known(values: Mapping[Key, int], lines: Sequence[Line], least: int) -> Known:
    hidden = withheld(values, lines, least)
    return {key: None if key in hidden else value for key, value in values.items()}


def _result(
    name: str,
    labels: Labels,
    columns: Sequence[str],
    rows: Rows,
    known: Known,
    least: int,
    pivots: Sequence[Ledger] = (),
) -> Result:
    note = f"{WITHHELD}: withheld, being under {least} or giving away one that is"
    objects: list[Json] = [
        dict(zip((*labels, *columns), (*words, *(known[key] for key in keys)), strict=True))
        for words, keys in rows
    ]
    heads = [name.replace("_", " ") for name in (*labels, *columns)]
    table = Table(
        described(
            *((label, f"The {label}.") for label in labels),
            *((column, f"Number of {column.replace('_', ' ')}; {note}.") for column in columns),
        ),
        tuple(tuple(WITHHELD if one is None else one for one in row.values()) for row in objects),
    )
    whole = ledger([head.capitalize() for head in heads], (map(_cell, row.values()) for row in objects))
    blocks: list[Block] = [block for one in pivots or [whole] for block in (one, Text())]
    body: Json = {"withheld_below": least, "rows": objects}
    return Result(name, table, body, (*blocks, Text(note, style="dim")), (note,))


def _cell(value: object) -> str:
    return WITHHELD if value is None else f"{value:,}" if isinstance(value, int) else str(value)
