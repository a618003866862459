"""Themes by groups: how many reviews and recommendations of each, and what to know of the groups."""

import textwrap
from collections.abc import Iterator, Sequence

from rich.cells import cell_len

from srtminer.comparisons import NOT_KNOWN, Finding, Tested, Unplaced
from srtminer.model import Comparison, Count, GroupSize
from srtminer.render.catalogue import Catalogue
from srtminer.render.figures import counted, in_group
from srtminer.render.layout import GAP
from srtminer.render.result import Block, Entry, Head, Json, Ledger, Screen, Text, Value, described

COLUMNS = described(
    ("rank", "Rank of the theme; empty for what is in no theme."),
    ("theme", "Id of the theme."),
    ("label", "Its name."),
    ("group", "Name of the group."),
    ("group_reviews", "Reviews of the group with recommendations."),
    ("group_recommendations", "Recommendations of the group."),
    ("group_without", "Reviews of the group without recommendations."),
    ("reviews", "Reviews of the group with the theme."),
    ("recommendations", "Recommendations of the group in the theme."),
    ("share_of_reviews", "The reviews as a share of the group's, 0 to 1."),
    ("share_of_recommendations", "The recommendations as a share of the group's, 0 to 1."),
)
"""One row per theme and group, as pivot tables like it; what is in no theme comes last, unranked."""


def comparison_rows(compared: Comparison) -> Iterator[tuple[Value, ...]]:
    """Give the cells of `COLUMNS`."""
    for row in compared.rows:
        theme = (row.theme.rank, row.theme.id, row.theme.label)
        yield from _group_rows(compared, theme, row.counts)
    yield from _group_rows(compared, (None, "", "in no theme"), compared.unthemed)


def _group_rows(
    compared: Comparison, theme: tuple[Value, ...], counts: Sequence[Count]
) -> Iterator[tuple[Value, ...]]:
    for group, count in zip(compared.groups, counts, strict=True):
        yield (
            *theme,
            *(group.name, group.reviews, group.recommendations, group.without),
            *(count.reviews, count.recommendations),
            *(count.share_of_reviews, count.share_of_recommendations),
        )


def comparison_body(compared: Comparison) -> Json:
    """Give what a comparison says, without its schema; counts stand in the order of `groups`."""
    names = [group.name for group in compared.groups]
    return {
        "by": compared.by or None,
        "groups": [
            {
                "name": group.name,
                "reviews": group.reviews,
                "recommendations": group.recommendations,
                "reviews_without_recommendations": group.without,
            }
            for group in compared.groups
        ],
        "themes": [
            {
                "rank": row.theme.rank,
                "id": row.theme.id,
                "label": row.theme.label,
                "reviews": row.theme.reviews,
                "recommendations": len(row.theme.members),
                "groups": _counts(names, row.counts),
            }
            for row in compared.rows
        ],
        "unthemed": _counts(names, compared.unthemed),
    }


def _counts(names: Sequence[str], counts: Sequence[Count]) -> list[Json]:
    return [
        {
            "name": name,
            "reviews": count.reviews,
            "recommendations": count.recommendations,
            "share_of_reviews": count.share_of_reviews,
            "share_of_recommendations": count.share_of_recommendations,
        }
        for name, count in zip(names, counts, strict=True)
    ]


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


def comparison(compared: Comparison, screen: Screen) -> list[Block]:
    """Lay out themes by groups; where the groups do not fit side by side, in blocks one under the other."""
    names = [shown_name(group.name, compared.by) for group in compared.groups]
    longest = max((cell_len(row.theme.label) for row in compared.rows), default=0)
    per_block, width = _layout(names, longest, screen)
    fit = all(_fits(name, width) for name in names)
    heads = names if fit else [f"[{number}]" for number in range(1, len(names) + 1)]
    room = screen.width - RANK_WIDTH - GAP - per_block * (width + GAP)
    first = (
        Head("#", "right", width=RANK_WIDTH),
        Head("Theme", width=min(room, max(longest, NARROWEST_LABEL))),
    )
    lines: list[Block] = [] if fit else _key(heads, names)
    for start in range(0, len(names), per_block):
        part = slice(start, start + per_block)
        of_groups = (Head(head, "right", width=width) for head in heads[part])
        lines += [Ledger((*first, *of_groups), _block(compared, part)), Text()]
    return [*lines, Text(LEGEND, style="dim")]


def _key(heads: Sequence[str], names: Sequence[str]) -> list[Block]:
    """Say what the heads of columns stand for."""
    return [
        *(Text(f"{head:>{RANK_WIDTH + 1}} {name}") for head, name in zip(heads, names, strict=True)),
        Text(),
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
    rows = (
        Entry((str(row.theme.rank), row.theme.label, *_count_cells(row.counts[part])))
        for row in compared.rows
    )
    unthemed = Entry(("", "In no theme", *_count_cells(compared.unthemed[part])))
    return (Entry(("", "Whole group", *sizes)), *rows, unthemed)


def _count_cells(counts: Sequence[Count]) -> Iterator[str]:
    for count in counts:
        yield "\n".join(in_group(count)) if count.recommendations else "–"


SHOWN = 5
"""Reviews that are named; of more their number is given."""
GIVE = "; fill it in with `srtminer ingest --metadata FILE`"


def remarks(tested: Tested, catalogue: Catalogue) -> Iterator[str]:
    """Give one sentence or two for each thing that the figures leave open."""
    for one in tested.unplaced:
        yield _unplaced(one, catalogue, grouped=bool(tested.counts.by))
    if len(tested.contrasts) > 1:
        yield from _overlap_of_several(tested)
    elif not tested.trend:
        yield from _overlap_of_two(tested)
    if len([group for group in tested.counts.groups if group.name != NOT_KNOWN]) == 1:
        yield f"There is only one {'period' if tested.trend else 'group'}, and nothing to compare it with."
    if not tested.counts.rows:
        yield "No recommendation is in a theme: there is no difference to be tested."
    if holding := sum(_holds_zero(one) for findings in tested.findings for one in findings):
        yield (
            f"Found although the interval holds 0: {counted(holding, 'difference')}. The interval is that of "
            "the share of all recommendations, to which long reviews add most; the test counts reviews more "
            "evenly."
        )
    if tested.without:
        yield _without(tested)


def _holds_zero(one: Finding) -> bool:
    return (
        one.verdict == "differs" and one.low is not None and one.high is not None and one.low <= 0 <= one.high
    )


def _unplaced(one: Unplaced, catalogue: Catalogue, *, grouped: bool) -> str:
    reviews, asked = counted(len(one.reviews), "review"), counted(one.recommendations, "recommendation")
    where = f"shown under “{NOT_KNOWN}” and compared with nothing" if grouped else "left out of both groups"
    if one.field == "agency":
        return f"No agency is named in {asked} of {reviews}, {where}."
    return f"No {one.field} is known of {reviews} with {asked}, {where}: {_names(one, catalogue)}{GIVE}."


def _names(one: Unplaced, catalogue: Catalogue) -> str:
    names = [catalogue.names[record.id] for record in one.reviews]
    more = len(names) - SHOWN
    return ", ".join(names[:SHOWN]) + (f" and {more:,} more" if more > 0 else "")


def _overlap_of_two(tested: Tested) -> Iterator[str]:
    for contrast in tested.contrasts:
        overlap = contrast.overlap
        reviews = counted(overlap.reviews, "review")
        if contrast.alike:
            yield "Both groups are the same recommendations: there is no difference to be found."
        elif overlap.recommendations:
            stand, have = _verb(overlap.recommendations, "stand"), _verb(overlap.reviews, "have")
            asked = counted(overlap.recommendations, "recommendation")
            yield (
                f"The groups overlap: {asked} {stand} in both, and {reviews} {have} recommendations in both. "
                "These count on both sides, and the test allows for it."
            )
        elif overlap.reviews:
            verb = _verb(overlap.reviews, "have")
            yield f"{reviews} {verb} recommendations in both groups; the test allows for it."


def _overlap_of_several(tested: Tested) -> Iterator[str]:
    overlap = tested.overlap
    if overlap.reviews:
        too = counted(overlap.recommendations, "recommendation")
        several = f", as {_verb(overlap.recommendations, 'do')} {too}" if overlap.recommendations else ""
        yield (
            f"The groups overlap: {counted(overlap.reviews, 'review')} {_verb(overlap.reviews, 'stand')} in "
            f"several{several}. Each group is compared with what is only in others; the test allows for "
            "reviews on both sides."
        )


def _without(tested: Tested) -> str:
    groups = [group for group in tested.counts.groups if group.without]
    parts = list(dict.fromkeys(_of_group(group) for group in groups))
    listed = f" ({_listed(parts)})" if parts else ""
    verb = _verb(tested.without, "be")
    return f"{counted(tested.without, 'review')} without recommendations {verb} not counted{listed}."


def _of_group(group: GroupSize) -> str:
    return f"{group.without:,} {group.name if group.name == NOT_KNOWN else f'of {group.name}'}"


def _listed(parts: Sequence[str]) -> str:
    more = len(parts) - SHOWN
    return ", ".join(parts[:SHOWN]) + (f" and {more:,} more groups" if more > 0 else "")


def _verb(number: int, plural: str) -> str:
    """Give the form of a verb for a number."""
    singular = {"have": "has", "be": "is", "do": "does"}.get(plural, f"{plural}s")
    return singular if number == 1 else {"be": "are"}.get(plural, plural)
