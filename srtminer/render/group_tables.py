"""The annual table, and themes by groups with their statistics, as results."""

from collections.abc import Iterable, Iterator, Sequence

from srtminer.comparisons import (
    NOT_KNOWN,
    Comparison,
    Contrast,
    Count,
    Finding,
    Overlap,
    SummaryRow,
    Tested,
    ThemeRow,
    Unplaced,
)
from srtminer.render.result import (
    Block,
    Column,
    Head,
    Json,
    Ledger,
    LedgerRow,
    Result,
    Table,
    Text,
    as_object,
    attributes,
    ledger,
)
from srtminer.render.wording import Catalogue, bars, kind_name, percent
from srtminer.text.names import counted, few

ANNUAL = (
    Column("name", "The year, kind, board or kind of agency."),
    Column("reviews", "Reviews, with recommendations or without."),
    Column("with_recommendations", "Reviews that make recommendations."),
    Column("recommendations", "Recommendations in them."),
    Column("themes", "Themes of its recommendations."),
    Column("new_themes", "Themes that no earlier line has."),
    Column("made_before", "Recommendations that an earlier review made too."),
)
MADE_BEFORE = (
    "Made before: recommendations that an earlier review made too, as srtminer compare --review says."
)


def annual_result(rows: Sequence[SummaryRow], by: str, *, ordered: bool) -> Result:
    """Lay out the rows; the column of new themes is there only where the lines follow in time."""
    columns = tuple(column for column in ANNUAL if ordered or column.name != "new_themes")
    table = Table.of(columns, rows)
    heads = ("", *(column.name.replace("_", " ").capitalize() for column in columns[1:]))
    body = {"by": by, "rows": [as_object(columns, row) for row in rows], "notes": [MADE_BEFORE]}
    called = kind_name if by == "agency" else str
    lines = ((called(str(name)), *figures) for name, *figures in table.rows)
    return Result("summary", table, body, (ledger(heads, lines), Text(), Text(MADE_BEFORE, style="dim")))


HEADS = (Head("#", "right", width=3), Head("Theme", flexible=True))
SHOWN = 5
"""Reviews or groups that are named; of more their number is given."""
LEGEND = (
    "In each cell, above: reviews of the group with the theme (share of its reviews with recommendations); "
    "below: recommendations (share of its recommendations)."
)
TESTS_LEGEND = (
    "{what}, in percentage points, with its 95% interval. q: p value of permuting whole reviews, corrected "
    "for the number of tests (Benjamini-Hochberg); 0.05 or less is a difference. h: size {effect} (Cohen's "
    "h: 0.2 small, 0.5 medium, 0.8 large). The interval is for one theme by itself, the verdict corrects for "
    "the number of tests: an interval without 0 is not yet a difference. All tests: --format csv or json."
)
OF_TREND = {
    "what": "First to last: how the share of recommendations changes from the first year to the last",
    "effect": "of the last period against the first",
}
OF_GROUPS = {"what": "Difference: of the shares of recommendations", "effect": "of the difference"}
TERMS_LEGEND = "In brackets: recommendations on the one side and on the other, with the term."
_COUNTS = (
    Column("reviews", "Reviews of the group with the theme."),
    Column("recommendations", "Recommendations of the group in the theme."),
    Column("share_of_reviews", "The reviews as a share of the group's, 0 to 1."),
    Column("share_of_recommendations", "The recommendations as a share of the group's, 0 to 1."),
)
_FINDINGS = (
    Column(
        "difference",
        "Of the shares of recommendations, -1 to 1; for a trend, the change from the first year to the last.",
    ),
    Column("low", "Lower end of its 95% interval."),
    Column("high", "Upper end of its 95% interval."),
    Column("p", "p value of permuting whole reviews."),
    Column("q", "The same, corrected for the number of tests."),
    Column("effect", "Cohen's h."),
    Column("verdict", "differs, no difference found, or too few to say."),
)
COLUMNS = (
    Column("rank", "Rank of the theme; empty for what is in no theme."),
    Column("theme", "Id of the theme."),
    Column("label", "Its name."),
    Column("group", "Name of the group."),
    Column("group_reviews", "Reviews of the group with recommendations."),
    Column("group_recommendations", "Recommendations of the group."),
    Column("group_without", "Reviews of the group without recommendations."),
    *_COUNTS,
    Column("against", "What the group was compared with."),
    *_FINDINGS,
)
"""One row per theme and group, as pivot tables like it; what is in no theme comes last, unranked. What a
group was compared with stands in its row, a trend in the last."""


def comparison_result(tested: Tested, catalogue: Catalogue) -> Result:
    """Give the counts by groups, what the differences are worth, and the terms that tell the groups apart."""
    notes = tuple(remarks(tested, catalogue))
    body = _body(tested, notes)
    table = Table.of(COLUMNS, _rows(tested, body))
    return Result("compare", table, body, tuple(_blocks(tested, notes)), notes)


def _body(tested: Tested, notes: Sequence[str]) -> Json:
    compared, kind = tested.counts, "trend" if tested.trend else "groups"
    themes = [
        {
            **attributes(row.theme, "rank id label reviews"),
            "recommendations": len(row.theme.members),
            "groups": _counts(compared, row.counts),
            "differences": list(findings),
        }
        for row, findings in zip(compared.rows, tested.findings, strict=True)
    ]
    pairs = [
        {"kind": kind, "first": one.first, "second": one.second, "shared": one.overlap, "same": one.alike}
        for one in tested.contrasts
    ]
    return {
        "by": compared.by or None,
        "groups": [
            attributes(one, "name reviews recommendations") | {"reviews_without_recommendations": one.without}
            for one in compared.groups
        ],
        "themes": themes,
        "unthemed": _counts(compared, compared.unthemed),
        "trend": tested.trend,
        "overlap": bool(tested.overlap.recommendations),
        "shared": tested.overlap,
        "left_out": [
            {"lacks": one.field, "reviews": [record.id for record in one.reviews]}
            | {"recommendations": one.recommendations}
            for one in tested.unplaced
        ],
        "reviews_without_recommendations": tested.without,
        "notes": list(notes),
        "contrasts": pairs,
        "terms": [
            {"first": one.first, "second": one.second, "terms": list(terms)}
            for one, terms in zip(tested.contrasts, tested.terms, strict=True)
        ],
        "method": dict(tested.method),
    }


def _counts(compared: Comparison, counts: Sequence[Count]) -> list[Json]:
    pairs = zip(compared.groups, counts, strict=True)
    return [{"name": group.name} | as_object(_COUNTS, count) for group, count in pairs]


def _rows(tested: Tested, body: Json) -> Iterator[Json]:
    trended = [group.name for group in tested.counts.groups if group.name != NOT_KNOWN][-1]
    unthemed = {"id": "", "label": "in no theme", "groups": body["unthemed"], "differences": []}
    for theme in (*body["themes"], unthemed):
        found: dict[str, Json] = {}
        for contrast, one in zip(tested.contrasts, theme["differences"], strict=False):
            against = "trend, first year to last" if tested.trend else contrast.second
            name = trended if tested.trend else contrast.first
            found[name] = {"against": against} | as_object(_FINDINGS, one)
        named = {"rank": theme.get("rank"), "theme": theme["id"], "label": theme["label"]}
        for group, count in zip(tested.counts.groups, theme["groups"], strict=True):
            sizes = attributes(group, "reviews recommendations without")
            own = {"group": group.name} | {f"group_{what}": number for what, number in sizes.items()}
            yield named | own | count | found.get(group.name, {})


def _blocks(tested: Tested, notes: Sequence[str]) -> Iterator[Block]:
    compared = tested.counts
    groups = (Head(_shown(group.name, compared), "right") for group in compared.groups)
    sizes = (f"{group.reviews:,}\n{group.recommendations:,}" for group in compared.groups)
    rows = (
        LedgerRow((str(row.theme.rank), row.theme.label, *_count_cells(row.counts))) for row in compared.rows
    )
    unthemed = LedgerRow(("", "In no theme", *_count_cells(compared.unthemed)))
    yield Ledger((*HEADS, *groups), (LedgerRow(("", "Whole group", *sizes)), *rows, unthemed))
    yield from (Text(), Text(LEGEND, style="dim"), Text())
    if any(tested.findings):
        yield from _tests(tested)
        legend = TESTS_LEGEND.format(**(OF_TREND if tested.trend else OF_GROUPS))
        yield from (Text(), Text(legend, style="dim"), Text())
    if terms := [*_term_lines(tested)]:
        yield from (*map(Text, terms), Text(TERMS_LEGEND, style="dim"), Text())
    yield from (Text(f"Note: {note}") for note in notes)


def _tests(tested: Tested) -> Iterator[Block]:
    """Lay out what each difference, or the trend, is worth; of several groups only what differs."""
    change = "First to last" if tested.trend else "Difference"
    figures = (Head(head, "right") for head in (change, "q", "h"))
    heads = (*HEADS, *(Head("Trend"),) * tested.trend, *figures, Head("Verdict"))
    for contrast, findings in zip(tested.contrasts, zip(*tested.findings, strict=True), strict=True):
        rows = [_test(row, one, tested) for row, one in zip(tested.counts.rows, findings, strict=True)]
        shown = tuple(row for row in rows if row.style or len(tested.contrasts) == 1)
        if shown and not tested.trend:
            yield Text(" minus ".join(_names(tested, contrast)), style="bold")
        yield from (Ledger(heads, shown), Text()) if shown else ()
    found = [one.verdict for findings in tested.findings for one in findings]
    differ, unsure = (found.count(said) for said in ("differs", "too few to say"))
    yield Text(f"{differ} of {counted(len(found), 'test')} with a difference · too few to say: {unsure}")


def _test(row: ThemeRow, one: Finding, tested: Tested) -> LedgerRow:
    pairs = zip(tested.counts.groups, row.counts, strict=True)
    shares = [count.share_of_recommendations for group, count in pairs if group.name != NOT_KNOWN]
    cells = (str(row.theme.rank), row.theme.label, *(bars(shares),) * tested.trend, *_cells(one))
    return LedgerRow(cells, style="bold" if one.verdict == "differs" else "")


def _names(tested: Tested, contrast: Contrast) -> tuple[str, str]:
    return _shown(contrast.first, tested.counts), _shown(contrast.second, tested.counts)


def _shown(name: str, compared: Comparison) -> str:
    """Write kinds of agencies with spaces: their keys are ours, what else makes groups is not."""
    return name.replace("-", " ") if compared.by == "agency" else name


def _count_cells(counts: Iterable[Count]) -> Iterator[str]:
    for count in counts:
        reviews = f"{count.reviews} ({percent(count.share_of_reviews)})"
        asked = f"{count.recommendations} ({percent(count.share_of_recommendations)})"
        yield f"{reviews}\n{asked}" if count.recommendations else "–"


def _cells(one: Finding) -> tuple[str, str, str, str]:
    low, high = (None if end is None else _signed(f"{100 * end:+.0f}") for end in (one.low, one.high))
    interval = "no interval" if low is None or high is None else f"{low} to {high}"
    return (
        f"{_signed(f'{100 * one.difference:+.0f}')} ({interval})",
        "–" if one.q is None else f"{one.q:.3f}",
        _signed(f"{one.effect:+.2f}"),
        one.verdict,
    )


def _signed(figure: str) -> str:
    """Write a minus sign, and nothing before a zero."""
    return figure.replace("-", "−") if float(figure) else figure[1:]


def _term_lines(tested: Tested) -> Iterator[str]:
    for contrast, terms in zip(tested.contrasts, tested.terms, strict=True):
        first, second = _names(tested, contrast)
        sides = (first, contrast.own[0]), (second, contrast.own[1])
        more = ", ".join(f"{one.term} ({one.first}:{one.second})" for one in terms if one.z > 0)
        less = ", ".join(f"{one.term} ({one.second}:{one.first})" for one in terms if one.z <= 0)
        for words, ((name, size), (other, rest)) in ((more, sides), (less, sides[::-1])):
            if words:
                yield f"More in {name} ({size:,}) than in {other} ({rest:,}): {words}"


def remarks(tested: Tested, catalogue: Catalogue) -> Iterator[str]:
    """Give one sentence or two for each thing that the figures leave open."""
    groups, findings = tested.counts.groups, [one for found in tested.findings for one in found]
    for one in tested.unplaced:
        yield _unplaced(one, catalogue, grouped=bool(tested.counts.by))
    if len(tested.contrasts) > 1:
        how = "Each group is compared with what is only in others"
        yield from _overlap(tested.overlap, "several groups", how)
    elif tested.contrasts and not tested.trend:
        (contrast,) = tested.contrasts
        if contrast.alike:
            yield "Both groups are the same recommendations: there is no difference to be found."
        else:
            yield from _overlap(contrast.overlap, "both groups", "They count on both sides")
    if len([group for group in groups if group.name != NOT_KNOWN]) == 1:
        yield f"There is only one {'period' if tested.trend else 'group'}, and nothing to compare it with."
    if not tested.counts.rows:
        yield "No recommendation is in a theme: there is no difference to be tested."
    ends = [(one.low, one.high) for one in findings if one.verdict == "differs"]
    if holding := sum(low is not None and high is not None and low <= 0 <= high for low, high in ends):
        yield (
            f"Found although the interval includes 0: {counted(holding, 'difference')}. The interval is that "
            "of the share of all recommendations, to which long reviews add most; the test counts reviews "
            "more evenly."
        )
    if tested.without:
        of = [(group.name, "" if group.name == NOT_KNOWN else "of ", group.without) for group in groups]
        named = [*dict.fromkeys(f"{without:,} {word}{name}" for name, word, without in of if without)]
        listed = f" ({few(named, SHOWN)})" if named else ""
        yield f"Without recommendations, and not counted: {counted(tested.without, 'review')}{listed}."


def _unplaced(one: Unplaced, catalogue: Catalogue, *, grouped: bool) -> str:
    reviews, asked = counted(len(one.reviews), "review"), counted(one.recommendations, "recommendation")
    where = f"shown under “{NOT_KNOWN}” and compared with nothing" if grouped else "left out of both groups"
    if one.field == "agency":
        return f"No agency is named in {asked} of {reviews}, {where}."
    names = few([catalogue.names[record.id] for record in one.reviews], SHOWN)
    give = "fill it in with `srtminer set` or `srtminer ingest --metadata FILE`"
    return f"No {one.field} is known of {reviews} with {asked}, {where}: {names}; {give}."


def _overlap(overlap: Overlap, where: str, how: str) -> Iterator[str]:
    if overlap.reviews:
        asked = overlap.recommendations
        same = f", {counted(asked, 'recommendation')} among theirs" if asked else ""
        yield f"In {where}: {counted(overlap.reviews, 'review')}{same}. {how}; the test allows for it."
