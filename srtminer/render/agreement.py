"""Coding sheets, and how far coders agree."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from srtminer.codebooks import Codebook
from srtminer.evaluation import FEW, NONE, Agreement, Codes, Interval
from srtminer.model import Recommendation, ThemeTable
from srtminer.render.result import Block, Column, Json, Records, Result, Table, Text, attributes, ledger, pick
from srtminer.render.safe_text import begun, one_line
from srtminer.render.wording import Catalogue
from srtminer.render.writers import write_table
from srtminer.text.names import counted

CODERS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")
"""What coders are called in columns and fields, in the order in which their sheets are given."""
NO_THEME = "(no theme)"
UNDEFINED = "–"
LEGEND = (
    "Kappa ({kappa}) and alpha (Krippendorff): 1 is full agreement, 0 is what chance would give; below "
    "each, the range of 95% of resamples. AMI and ARI measure the same of what belongs together, whatever it "
    "is called. "
    f"Too few: fewer than {FEW} recommendations were given the theme."
)
CONFUSIONS = 10
"""Pairs of themes that are listed as taken for each other."""
SHEET = (
    Column("number", "Counts the rows."),
    Column("id", "Of the recommendation."),
    Column("review", "Name of its review."),
    Column("reference", "Its printed number or label."),
    Column("page", "Page on which it begins."),
    Column("text", "Its exact words."),
    Column("theme", "To be filled in."),
    Column("note", "For the coder."),
)
CHOICE = (
    Column("theme", "Its name."),
    Column("id", "Its id."),
    Column("about", "What the codebook, or its terms, say of it."),
)
PLACE = ("id", "review", "reference", "text")
"""Columns of a sheet that say which recommendation coders disagree on."""
EXCERPT = 160
"""Characters of a text on which coders disagree."""


@dataclass(frozen=True, slots=True)
class Shown:
    """An agreement and what is needed to show it."""

    agreement: Agreement
    coders: tuple[str, ...]
    """What they are called."""
    names: Mapping[str, str]
    """Of themes by id, and of other codes as the coders spell them."""
    rows: Mapping[str, Mapping[str, str]]
    """The cells of the first sheet, by recommendation."""
    seed: int

    @property
    def keys(self) -> tuple[str, ...]:
        """What the coders are called in columns and fields."""
        return CODERS[: len(self.coders)]

    @property
    def together(self) -> str:
        """What is headed by the number that all coders agree on."""
        return "both" if len(self.coders) == 2 else "all"

    def name(self, code: str) -> str:
        """Give the name of a theme."""
        return NO_THEME if code == NONE else self.names.get(code, code)


def coding_sheet(recommendations: Sequence[Recommendation], catalogue: Catalogue) -> str:
    """Write a sheet to be coded: it says nothing of themes."""
    rows = (
        (number, one.id, catalogue.names[one.review_id], one.reference, one.page, one.text, "", "")
        for number, one in enumerate(recommendations, start=1)
    )
    return write_table(Table(SHEET, tuple(rows)))


def themes_to_choose(table: ThemeTable, codebook: Codebook | None) -> str:
    """List the themes that a coder can name, by the alphabet, so that nothing tells how frequent they are."""
    terms = {theme.id: (theme.label, theme.id, ", ".join(theme.terms)) for theme in table.themes}
    for theme in codebook.themes if codebook else ():
        about = theme.description or terms.get(theme.id, ("", "", ""))[2]
        terms[theme.id] = (theme.name, theme.id, about)
    rows = sorted(terms.values(), key=lambda row: row[0].casefold())
    return write_table(Table(CHOICE, (*rows, (NONE, NONE, "fits none of these themes"))))


def agreement_result(shown: Shown) -> Result:
    """Give the figures, overall and by theme, what was taken for what, and on what the coders disagree."""
    found = shown.agreement
    differ = [_disagreement(item, codes, shown) for item, codes in found.disagreements.items()]
    pairs = [
        {"first": shown.coders[one.first], "second": shown.coders[one.second]} | attributes(one, "same kappa")
        for one in found.pairs
    ]
    themes = [
        {"theme": one.theme, "name": shown.name(one.theme)}
        | dict(zip(shown.keys, one.counts, strict=True))
        | {shown.together: one.together}
        | attributes(one, "kappa alpha few")
        for one in found.themes
    ]
    body = {
        **dict(zip(shown.keys, shown.coders, strict=True)),
        "seed": shown.seed,
        "recommendations": found.items,
        **attributes(found, "same kappa alpha ami ari"),
        "rows_needed": [{"within": within, "rows": rows} for within, rows in found.needed],
        "pairs": pairs,
        "themes": themes,
        "confusion": [
            dict(zip(("first", "second", "recommendations"), one, strict=True)) for one in found.confusion
        ],
        "disagreements": differ,
    }
    columns = [*pick(SHEET, " ".join(PLACE))]
    for coder in shown.keys:
        columns.append(Column(coder, f"Code of the {coder} coder."))
        columns.append(Column(f"{coder}_name", "Name of that theme."))
    table = Table.of(columns, differ)
    return Result("evaluate", table, body, tuple(_blocks(shown, differ)))


def _disagreement(item: str, codes: Codes, shown: Shown) -> Json:
    said: Json = {"id": item, **{cell: shown.rows[item].get(cell, "") for cell in PLACE[1:]}}
    for coder, code in zip(shown.keys, codes, strict=True):
        said |= {coder: code, f"{coder}_name": shown.name(code)}
    return said


def _blocks(shown: Shown, differ: Sequence[Json]) -> Iterator[Block]:
    found = shown.agreement
    pairs = zip(shown.keys, shown.coders, strict=True)
    yield from (Text(" ".join(f"{key.capitalize()}: {coder}." for key, coder in pairs)), Text())
    heads = ("Theme", *(one.capitalize() for one in (*shown.keys, shown.together)), "Kappa", "Alpha")
    sizes = [found.items] * len(shown.coders)
    overall = ("All", *sizes, found.same, _figures(found.kappa), _figures(found.alpha))
    themes = (
        (
            *(shown.name(one.theme), *one.counts, one.together),
            *(_figures(figure, one.few) for figure in (one.kappa, one.alpha)),
        )
        for one in found.themes
    )
    yield ledger(heads, (overall, *themes))
    legend = LEGEND.format(kappa="Cohen" if len(shown.coders) == 2 else "Fleiss")
    yield from (Text(), *map(Text, _summary(shown)), Text(legend, style="dim"))
    if differ:
        yield from (Text(), Text(counted(len(differ), "disagreement"), style="bold"), Text())
        yield Records(tuple(_differ(one, shown) for one in differ))


def _differ(one: Json, shown: Shown) -> tuple[Text, ...]:
    place = " ".join(filter(None, map(one_line, (one["review"], one["reference"])))) or one["id"]
    codes = " / ".join(one[f"{coder}_name"] for coder in shown.keys)
    head = f"Where: {' / '.join(shown.keys)}"
    return Text(f"{place}: {codes}", head=head), Text(begun(one["text"], EXCERPT), 2, "dim", head="Text")


def _summary(shown: Shown) -> Iterator[str]:
    """Tell the figures of all themes, what each two coders agree on, and what was taken for what."""
    found = shown.agreement
    ami, ari = (UNDEFINED if one is None else _decimal(one) for one in (found.ami, found.ari))
    share = f"{found.same:,} of {counted(found.items, 'recommendation')} coded alike"
    yield f"{share} · AMI {ami} · ARI {ari}"
    if needed := found.needed:
        more = " and ".join(f"{counted(rows, 'row')} for ±{within:.2f}" for within, rows in needed)
        within = f"{counted(found.items, 'row')} give kappa to within ±{found.kappa.half:.2f}"
        yield f"{within}; it takes about {more}."
    for pair in found.pairs:
        both = f"{shown.coders[pair.first]} and {shown.coders[pair.second]}"
        kappa = _figures(pair.kappa).replace("\n", ", ")
        yield f"{both}: {pair.same:,} alike, kappa {kappa}"
    taken = [one for one in found.confusion if one[0] != one[1]][:CONFUSIONS]
    if taken:
        named = (f"{shown.name(one)} / {shown.name(other)} {number:,}" for one, other, number in taken)
        yield f"Taken for each other: {'; '.join(named)}."


def _figures(figure: Interval, few: bool = False) -> str:
    if figure.value is None or figure.low is None or figure.high is None:
        return UNDEFINED
    sure = "too few" if few else f"{_decimal(figure.low)} to {_decimal(figure.high)}"
    return f"{_decimal(figure.value)}\n{sure}"


def _decimal(value: float) -> str:
    return f"{value:.2f}".replace("-0.00", "0.00").replace("-", "−")
