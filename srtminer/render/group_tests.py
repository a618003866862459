"""A theme table by groups with its statistics, in every form of output."""

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import asdict

from rich.cells import cell_len
from rich.console import RenderableType

from srtminer.comparisons import NOT_KNOWN, Contrast, Finding, Term, Tested
from srtminer.model import Comparison, Count, ThemeRow
from srtminer.render import as_csv, as_json, as_markdown, rows
from srtminer.render.catalogue import Catalogue
from srtminer.render.figures import BARS, counted, in_group
from srtminer.render.layout import GAP, Below, Column, Entry, below, ledger, plain, to_text
from srtminer.render.remarks import remarks as remarks
from srtminer.render.screen import Screen

VERDICTS = {
    "differs": "differs",
    "no difference found": "none found",
    "too few to say": "too few to say",
}
"""Short forms for the terminal."""
_TERMS_LEGEND = "In brackets: recommendations on the one side and on the other, with the term."
_HEADER = ("against", "difference", "low", "high", "p", "q", "effect", "verdict")


def sparkline(shares: Sequence[float]) -> str:
    """Draw shares as bars of eight heights, the largest full; all lowest if there is nothing."""
    most = max(shares, default=0.0)
    return "".join(BARS[round(share / most * (len(BARS) - 1)) if most else 0] for share in shares)


def table(tested: Tested, catalogue: Catalogue, screen: Screen) -> str:
    """The counts by groups, what the differences are worth, and the terms that tell the groups apart."""
    notes = [plain(f"Note: {note}") for note in remarks(tested, catalogue)]
    found = _trend(tested, screen) if tested.trend else _differences(tested, screen)
    parts = (comparison(tested.counts, screen), list(found), _terms(tested), notes)
    lines = [line for part in parts if part for line in (plain(""), *part)]
    return to_text(lines[1:], screen)


def json(tested: Tested, catalogue: Catalogue) -> str:
    """Render under `srtminer.compare/1`; `differences` stand in the order of `contrasts`."""
    body = as_json.comparison_body(tested.counts)
    for theme, findings in zip(body["themes"], tested.findings, strict=True):
        theme["differences"] = [_finding_json(one) for one in findings]
    body |= {
        "trend": tested.trend,
        "overlap": bool(tested.overlap.recommendations),
        "shared": asdict(tested.overlap),
        "left_out": [
            {
                "lacks": one.field,
                "reviews": [record.id for record in one.reviews],
                "recommendations": one.recommendations,
            }
            for one in tested.unplaced
        ],
        "reviews_without_recommendations": tested.without,
        "notes": list(remarks(tested, catalogue)),
        "contrasts": [_contrast_json(one, tested.trend) for one in tested.contrasts],
        "terms": [
            {"first": one.first, "second": one.second, "terms": list(map(_term_json, terms))}
            for one, terms in zip(tested.contrasts, tested.terms, strict=True)
        ],
        "method": dict(tested.method),
    }
    return as_json.document("compare", body)


def csv(tested: Tested) -> str:
    """One row per theme and group; what a group was compared with stands in its row, a trend in the last."""
    counted_rows = rows.comparison(tested.counts)
    found = dict(_by_cell(tested))
    body = ((*row, *found.get((row[1], row[3]), ("",) * len(_HEADER))) for row in counted_rows.rows)
    return as_csv.from_rows(rows.Rows((*counted_rows.header, *_HEADER), tuple(body)))


def markdown(tested: Tested, catalogue: Catalogue) -> str:
    """The counts, then a table of differences, then the terms and what else there is to know."""
    header = ("Rank", "Theme", "Compared", "Difference (95 % interval)", "q", "Effect", "Verdict")
    body = tuple(
        (str(row.theme.rank), row.theme.label, _named(contrast, tested.trend), *_cells(one), one.verdict)
        for row, findings in zip(tested.counts.rows, tested.findings, strict=True)
        for contrast, one in zip(_contrasts(tested), findings, strict=True)
    )
    parts = [as_markdown.comparison(tested.counts).rstrip()]
    if body:
        parts += [
            as_markdown.from_rows(rows.Rows(header, body)).rstrip(),
            as_markdown.escape(_legend(tested)),
        ]
    parts += [as_markdown.escape(line) for line in _term_lines(tested)]
    parts += [as_markdown.escape(f"Note: {note}") for note in remarks(tested, catalogue)]
    return "\n\n".join(parts) + "\n"


def _contrasts(tested: Tested) -> tuple[Contrast, ...]:
    """Give what the findings are about: for a trend one, whatever the terms are compared by."""
    return tested.contrasts[:1] if tested.trend else tested.contrasts


def _named(contrast: Contrast, trend: bool) -> str:
    return "trend, per ten years" if trend else f"{contrast.first} minus {contrast.second}"


def _shown(name: str, tested: Tested) -> str:
    return shown_name(name, tested.counts.by)


def _differences(tested: Tested, screen: Screen) -> Iterator[RenderableType]:
    """Show all themes of two groups; of more groups, the differences that were found."""
    several = len(tested.contrasts) > 1
    quiet: list[str] = []
    for number, contrast in enumerate(tested.contrasts):
        findings = [found[number] for found in tested.findings]
        if several and all(one.verdict != "differs" for one in findings):
            quiet.append(f"{_shown(contrast.first, tested)}{_few(findings)}")
        elif findings:
            yield plain(f"{_shown(contrast.first, tested)} minus {_shown(contrast.second, tested)}", "bold")
            yield from _themes(tested.counts.rows, findings, screen, only_found=several)
    if quiet:
        yield plain("No difference was found between the other groups and:")
        yield from (below(Below(name, 2)) for name in quiet)
        yield plain("All differences, their intervals and effect sizes: --format csv, json or markdown.")
    if tested.findings and tested.contrasts:
        yield plain(_legend(tested), "dim")


def _themes(
    counted_rows: Sequence[ThemeRow], findings: Sequence[Finding], screen: Screen, *, only_found: bool
) -> Iterator[RenderableType]:
    shown = [
        _entry(row, one)
        for row, one in zip(counted_rows, findings, strict=True)
        if not only_found or one.verdict == "differs"
    ]
    yield from ledger(_columns("Difference"), shown, screen)
    yield below(Below(_totals(findings), 0))
    yield plain("")


def _trend(tested: Tested, screen: Screen) -> Iterator[RenderableType]:
    if not any(tested.findings):
        return
    periods = [n for n, group in enumerate(tested.counts.groups) if group.name != NOT_KNOWN]
    entries = [
        _entry(row, found[0], sparkline([row.counts[n].share_of_recommendations for n in periods]))
        for row, found in zip(tested.counts.rows, tested.findings, strict=True)
    ]
    columns = _columns("In ten years")
    yield from ledger((*columns[:2], Column("Trend"), *columns[2:]), entries, screen)
    yield below(Below(_totals([found[0] for found in tested.findings]), 0))
    yield plain("")
    yield plain(_legend(tested), "dim")


def _columns(change: str) -> tuple[Column, ...]:
    return (
        Column("#", "right", width=3),
        Column("Theme", flexible=True),
        Column(change, "right"),
        Column("q", "right"),
        Column("h", "right"),
        Column("Verdict"),
    )


def _entry(row: ThemeRow, one: Finding, trend: str = "") -> Entry:
    return Entry(
        (
            str(row.theme.rank),
            row.theme.label,
            *((trend,) if trend else ()),
            *_cells(one),
            VERDICTS[one.verdict],
        ),
        style="bold" if one.verdict == "differs" else "",
    )


def _cells(one: Finding) -> tuple[str, str, str]:
    """Give difference and interval in percentage points, q and effect."""
    interval = "no interval"
    if one.low is not None and one.high is not None:
        interval = f"{_points(one.low)} to {_points(one.high)}"
    q = "–" if one.q is None else f"{one.q:.3f}"
    return f"{_points(one.difference)} ({interval})", q, _signed(f"{one.effect:+.2f}")


def _points(share: float) -> str:
    return _signed(f"{100 * share:+.0f}")


def _signed(figure: str) -> str:
    """Write a minus sign, and nothing before a zero."""
    return figure.replace("-", "−") if float(figure) else figure[1:]


def _totals(findings: Sequence[Finding]) -> str:
    verdicts = [one.verdict for one in findings]
    differ, few = verdicts.count("differs"), verdicts.count("too few to say")
    return f"{differ} of {counted(len(findings), 'theme')} with a difference · too few to say: {few}"


def _few(findings: Sequence[Finding]) -> str:
    few = sum(one.verdict == "too few to say" for one in findings)
    if not few:
        return ""
    return " (too few to say)" if few == len(findings) else f" (too few to say of {counted(few, 'theme')})"


def _legend(tested: Tested) -> str:
    if tested.trend:
        what = "In ten years: change of the share of recommendations"
        effect = "of the last period against the first"
    else:
        what, effect = "Difference: of the shares of recommendations", "of the difference"
    return (
        f"{what}, in percentage points, with its 95 % interval. q: p value of permuting whole reviews, "
        "corrected for the number of tests (Benjamini-Hochberg); 0.05 or less is a difference. h: size "
        f"{effect} (Cohen's h: 0.2 small, 0.5 medium, 0.8 large). The interval is for one theme by itself, "
        "the verdict corrects for the number of tests: an interval without 0 is not yet a difference."
    )


def _terms(tested: Tested) -> list[RenderableType]:
    lines: list[RenderableType] = [plain(line) for line in _term_lines(tested)]
    return [*lines, plain(_TERMS_LEGEND, "dim")] if lines else []


def _term_lines(tested: Tested) -> Iterator[str]:
    for contrast, terms in zip(tested.contrasts, tested.terms, strict=True):
        first, second = (_shown(name, tested) for name in (contrast.first, contrast.second))
        sides = (first, contrast.own[0]), (second, contrast.own[1])
        more = ", ".join(f"{one.term} ({one.first}:{one.second})" for one in terms if one.z > 0)
        less = ", ".join(f"{one.term} ({one.second}:{one.first})" for one in terms if one.z <= 0)
        for words, ((name, size), (other, rest)) in ((more, sides), (less, sides[::-1])):
            if words:
                yield f"More in {name} ({size:,}) than in {other} ({rest:,}): {words}"


def _finding_json(one: Finding) -> as_json.Json:
    return {
        "difference": round(one.difference, 4),
        "low": _rounded(one.low),
        "high": _rounded(one.high),
        "p": _rounded(one.p),
        "q": _rounded(one.q),
        "effect": round(one.effect, 4),
        "verdict": one.verdict,
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _contrast_json(one: Contrast, trend: bool) -> as_json.Json:
    return {
        "kind": "trend" if trend else "groups",
        "first": one.first,
        "second": one.second,
        "shared": asdict(one.overlap),
        "same": one.alike,
    }


def _term_json(one: Term) -> as_json.Json:
    return {"term": one.term, "first": one.first, "second": one.second, "z": round(one.z, 4)}


def _by_cell(tested: Tested) -> Iterator[tuple[tuple[str, str], tuple[str, ...]]]:
    """Give the columns of a finding by the theme and the group in whose row they stand."""
    last = [group.name for group in tested.counts.groups if group.name != NOT_KNOWN][-1:]
    for row, findings in zip(tested.counts.rows, tested.findings, strict=True):
        for contrast, one in zip(_contrasts(tested), findings, strict=True):
            group = last[0] if tested.trend else contrast.first
            against = _named(contrast, True) if tested.trend else contrast.second
            figures = (one.difference, one.low, one.high, one.p, one.q, one.effect)
            yield (
                (row.theme.id, group),
                (
                    against,
                    *(rows.Figure("" if value is None else f"{value:.4f}") for value in figures),
                    one.verdict,
                ),
            )


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
    rows = (
        Entry((str(row.theme.rank), row.theme.label, *_count_cells(row.counts[part])))
        for row in compared.rows
    )
    unthemed = Entry(("", "In no theme", *_count_cells(compared.unthemed[part])))
    return (Entry(("", "Whole group", *sizes)), *rows, unthemed)


def _count_cells(counts: Sequence[Count]) -> Iterator[str]:
    for count in counts:
        yield "\n".join(in_group(count)) if count.recommendations else "–"
