"""Themes by groups on a terminal: how often each stands in each."""

import textwrap
from collections.abc import Iterator, Sequence

from rich.cells import cell_len
from rich.console import RenderableType

from srtminer.model import Comparison, Count
from srtminer.render.figures import in_group
from srtminer.render.layout import GAP, Column, Entry, ledger, plain
from srtminer.render.screen import Screen

RANK_WIDTH = 3
LABEL_SHARE = 0.35
"""Of the width, for the themes, where they are long."""
NARROWEST_LABEL = 24
NARROWEST, WIDEST = 12, 24
"""Columns of a group: "123 (100%)", and a board's name on a few lines."""
HEAD_LINES = 3
"""Of a column; a longer name is written out above the table, and its column has a number."""
LEGEND = (
    "In each cell, above: reviews of the group with the theme (share of its reviews with recommendations); "
    "below: recommendations (share of its recommendations)."
)


def comparison(compared: Comparison, screen: Screen) -> list[RenderableType]:
    """Lay out themes by groups; where the groups do not fit side by side, in blocks one under the other."""
    names = [shown_name(group.name, compared.by) for group in compared.groups]
    longest = max((cell_len(row.theme.label) for row in compared.rows), default=0)
    per_block, width = _layout(names, longest, screen)
    fit = all(_fits(name, width) for name in names)
    heads = names if fit else [f"[{number}]" for number in range(1, len(names) + 1)]
    room = screen.width - RANK_WIDTH - GAP - per_block * (width + GAP)
    columns = (
        Column("#", "right", width=RANK_WIDTH),
        Column("Theme", width=min(room, max(longest, NARROWEST_LABEL))),
    )
    lines = [] if fit else _key(heads, names)
    for start in range(0, len(names), per_block):
        part = slice(start, start + per_block)
        of_groups = (Column(head, "right", width=width) for head in heads[part])
        lines += [*ledger((*columns, *of_groups), _block(compared, part), screen), plain("")]
    return [*lines, plain(LEGEND, "dim")]


def _key(heads: Sequence[str], names: Sequence[str]) -> list[RenderableType]:
    """Say what the heads of columns stand for."""
    return [
        *(plain(f"{head:>{RANK_WIDTH + 1}} {name}") for head, name in zip(heads, names, strict=True)),
        plain(""),
    ]


def shown_name(name: str, by: str) -> str:
    """Write kinds of agencies with spaces, as words: they are ours, what else makes groups is not."""
    return name.replace("-", " ") if by == "agency" else name


def _layout(names: Sequence[str], label: int, screen: Screen) -> tuple[int, int]:
    """Give the number of groups side by side, and the width of their columns; `label` is that of a theme."""
    themes = max(NARROWEST_LABEL, min(label, int(screen.width * LABEL_SHARE)))
    room = screen.width - RANK_WIDTH - GAP - themes
    per_block = max(1, min(len(names), room // (NARROWEST + GAP)))
    name = max(map(len, names), default=0)
    return per_block, max(NARROWEST, min(WIDEST, name, room // per_block - GAP))


def _fits(name: str, width: int) -> bool:
    lines = textwrap.wrap(name, width, break_long_words=False, break_on_hyphens=False)
    return len(lines) <= HEAD_LINES and all(len(line) <= width for line in lines)


def _block(compared: Comparison, part: slice) -> tuple[Entry, ...]:
    sizes = (f"{group.reviews:,}\n{group.recommendations:,}" for group in compared.groups[part])
    rows = (Entry((str(row.theme.rank), row.theme.label, *_cells(row.counts[part]))) for row in compared.rows)
    unthemed = Entry(("", "In no theme", *_cells(compared.unthemed[part])))
    return (Entry(("", "Whole group", *sizes)), *rows, unthemed)


def _cells(counts: Sequence[Count]) -> Iterator[str]:
    for count in counts:
        yield "\n".join(in_group(count)) if count.recommendations else "–"
