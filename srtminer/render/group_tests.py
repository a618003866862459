"""A theme table by groups with its statistics as a result."""

from collections.abc import Iterator, Sequence
from functools import partial

from srtminer.comparisons import NOT_KNOWN, Contrast, Finding, Tested
from srtminer.model import ThemeRow
from srtminer.render.catalogue import Catalogue
from srtminer.render.figures import BARS, counted
from srtminer.render.group_counts import COLUMNS as COUNTS
from srtminer.render.group_counts import (
    comparison,
    comparison_body,
    comparison_rows,
    remarks,
    shown_name,
)
from srtminer.render.result import (
    Block,
    Entry,
    Head,
    Json,
    Ledger,
    Result,
    Screen,
    Table,
    Text,
    Value,
    described,
)

VERDICTS = {"differs": "differs", "no difference found": "none found", "too few to say": "too few to say"}
"""Short forms for the terminal."""
_TERMS_LEGEND = "In brackets: recommendations on the one side and on the other, with the term."
COLUMNS = (
    *COUNTS,
    *described(
        ("against", "What the group was compared with."),
        ("difference", "Of the shares of recommendations, -1 to 1; for a trend, the change in ten years."),
        ("low", "Lower end of its 95 % interval."),
        ("high", "Upper end of its 95 % interval."),
        ("p", "p value of permuting whole reviews."),
        ("q", "The same, corrected for the number of tests."),
        ("effect", "Cohen's h."),
        ("verdict", "differs, no difference found, or too few to say."),
    ),
)
"""What a group was compared with stands in its row, a trend in the last."""


def sparkline(shares: Sequence[float]) -> str:
    """Draw shares as bars of eight heights, the largest full; all lowest if there is nothing."""
    most = max(shares, default=0.0)
    return "".join(BARS[round(share / most * (len(BARS) - 1)) if most else 0] for share in shares)


def comparison_result(tested: Tested, catalogue: Catalogue) -> Result:
    """Give the counts by groups, what the differences are worth, and the terms that tell the groups apart."""
    notes = tuple(remarks(tested, catalogue))
    found = dict(_by_cell(tested))
    rows = (
        (*row, *found.get((row[1], row[3]), (None,) * (len(COLUMNS) - len(COUNTS))))
        for row in comparison_rows(tested.counts)
    )
    shown = partial(_blocks, tested, notes)
    return Result("compare", Table(COLUMNS, tuple(rows)), _body(tested, notes), shown, notes)


def _blocks(tested: Tested, notes: Sequence[str], screen: Screen) -> list[Block]:
    found = _trend(tested) if tested.trend else _differences(tested)
    told = [Text(f"Note: {note}") for note in notes]
    parts: tuple[list[Block], ...] = (comparison(tested.counts, screen), list(found), _terms(tested), [*told])
    blocks = [block for part in parts if part for block in (Text(), *part)]
    return blocks[1:]


def _body(tested: Tested, notes: Sequence[str]) -> Json:
    """Give the counts as JSON; `differences` stand in the order of `contrasts`."""
    body = comparison_body(tested.counts)
    for theme, findings in zip(body["themes"], tested.findings, strict=True):
        theme["differences"] = list(findings)
    return body | {
        "trend": tested.trend,
        "overlap": bool(tested.overlap.recommendations),
        "shared": tested.overlap,
        "left_out": [
            {
                "lacks": one.field,
                "reviews": [record.id for record in one.reviews],
                "recommendations": one.recommendations,
            }
            for one in tested.unplaced
        ],
        "reviews_without_recommendations": tested.without,
        "notes": list(notes),
        "contrasts": [_contrast_json(one, tested.trend) for one in tested.contrasts],
        "terms": [
            {"first": one.first, "second": one.second, "terms": list(terms)}
            for one, terms in zip(tested.contrasts, tested.terms, strict=True)
        ],
        "method": dict(tested.method),
    }


def _contrasts(tested: Tested) -> tuple[Contrast, ...]:
    """Give what the findings are about: for a trend one, whatever the terms are compared by."""
    return tested.contrasts[:1] if tested.trend else tested.contrasts


def _named(contrast: Contrast, trend: bool) -> str:
    return "trend, per ten years" if trend else f"{contrast.first} minus {contrast.second}"


def _shown(name: str, tested: Tested) -> str:
    return shown_name(name, tested.counts.by)


def _differences(tested: Tested) -> Iterator[Block]:
    """Show all themes of two groups; of more groups, the differences that were found."""
    several = len(tested.contrasts) > 1
    quiet: list[str] = []
    for number, contrast in enumerate(tested.contrasts):
        findings = [found[number] for found in tested.findings]
        if several and all(one.verdict != "differs" for one in findings):
            quiet.append(f"{_shown(contrast.first, tested)}{_few(findings)}")
        elif findings:
            title = f"{_shown(contrast.first, tested)} minus {_shown(contrast.second, tested)}"
            yield Text(title, style="bold")
            yield from _themes(tested.counts.rows, findings, only_found=several)
    if quiet:
        yield Text("No difference was found between the other groups and:")
        yield from (Text(name, 2) for name in quiet)
        yield Text("All differences, their intervals and effect sizes: --format csv or json.")
    if tested.findings and tested.contrasts:
        yield Text(_legend(tested), style="dim")


def _themes(
    counted_rows: Sequence[ThemeRow], findings: Sequence[Finding], *, only_found: bool
) -> Iterator[Block]:
    shown = (
        _entry(row, one)
        for row, one in zip(counted_rows, findings, strict=True)
        if not only_found or one.verdict == "differs"
    )
    yield Ledger(_heads("Difference"), tuple(shown))
    yield from (Text(_totals(findings)), Text())


def _trend(tested: Tested) -> Iterator[Block]:
    if not any(tested.findings):
        return
    periods = [n for n, group in enumerate(tested.counts.groups) if group.name != NOT_KNOWN]
    entries = (
        _entry(row, found[0], sparkline([row.counts[n].share_of_recommendations for n in periods]))
        for row, found in zip(tested.counts.rows, tested.findings, strict=True)
    )
    heads = _heads("In ten years")
    yield Ledger((*heads[:2], Head("Trend"), *heads[2:]), tuple(entries))
    yield from (Text(_totals([found[0] for found in tested.findings])), Text())
    yield Text(_legend(tested), style="dim")


def _heads(change: str) -> tuple[Head, ...]:
    return (
        Head("#", "right", width=3),
        Head("Theme", flexible=True),
        Head(change, "right"),
        Head("q", "right"),
        Head("h", "right"),
        Head("Verdict"),
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


def _terms(tested: Tested) -> list[Block]:
    lines: list[Block] = [Text(line) for line in _term_lines(tested)]
    return [*lines, Text(_TERMS_LEGEND, style="dim")] if lines else []


def _term_lines(tested: Tested) -> Iterator[str]:
    for contrast, terms in zip(tested.contrasts, tested.terms, strict=True):
        first, second = (shown_name(name, tested.counts.by) for name in (contrast.first, contrast.second))
        sides = (first, contrast.own[0]), (second, contrast.own[1])
        more = ", ".join(f"{one.term} ({one.first}:{one.second})" for one in terms if one.z > 0)
        less = ", ".join(f"{one.term} ({one.second}:{one.first})" for one in terms if one.z <= 0)
        for words, ((name, size), (other, rest)) in ((more, sides), (less, sides[::-1])):
            if words:
                yield f"More in {name} ({size:,}) than in {other} ({rest:,}): {words}"


def _contrast_json(one: Contrast, trend: bool) -> Json:
    return {
        "kind": "trend" if trend else "groups",
        "first": one.first,
        "second": one.second,
        "shared": one.overlap,
        "same": one.alike,
    }


def _by_cell(tested: Tested) -> Iterator[tuple[tuple[Value, Value], tuple[Value, ...]]]:
    """Give the columns of a finding by the theme and the group in whose row they stand."""
    last = [group.name for group in tested.counts.groups if group.name != NOT_KNOWN][-1:]
    for row, findings in zip(tested.counts.rows, tested.findings, strict=True):
        for contrast, one in zip(_contrasts(tested), findings, strict=True):
            group = last[0] if tested.trend else contrast.first
            against = _named(contrast, True) if tested.trend else contrast.second
            figures = (one.difference, one.low, one.high, one.p, one.q, one.effect)
            yield (row.theme.id, group), (against, *figures, one.verdict)
