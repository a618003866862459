"""Coding sheets, and how far two coders agree."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from srtminer.codebooks import Codebook
from srtminer.evaluation.codings import FEW, NONE, Agreement, Interval, Pair, ThemeAgreement
from srtminer.model import Recommendation, ThemeTable
from srtminer.render.as_csv import write_table
from srtminer.render.as_json import rounded
from srtminer.render.catalogue import Catalogue
from srtminer.render.figures import counted
from srtminer.render.result import (
    Block,
    Entry,
    Head,
    Json,
    Ledger,
    Records,
    Result,
    Screen,
    Table,
    Text,
    columns_of,
)
from srtminer.render.safe_text import one_line

HEADER = ("Theme", "First", "Second", "Both", "Kappa", "Alpha")
NO_THEME = "(no theme)"
UNDEFINED = "–"
LEGEND = (
    "Kappa (Cohen) and alpha (Krippendorff): 1 is full agreement, 0 is what chance would give; with each "
    "where 95% of resamples lie. AMI and ARI: the same of what belongs together, whatever it is called. "
    f"Too few: fewer than {FEW} recommendations were given the theme."
)
TOO_FEW = "too few"
SHEET = columns_of(
    ("number", "Counts the rows."),
    ("id", "Of the recommendation."),
    ("review", "Name of its review."),
    ("reference", "Its printed number or label."),
    ("page", "Page on which it begins."),
    ("text", "Its exact words."),
    ("theme", "To be filled in."),
    ("note", "For the coder."),
)
CHOICE = columns_of(
    ("theme", "Its name."), ("id", "Its id."), ("about", "What the codebook, or its terms, say of it.")
)
COLUMNS = columns_of(
    ("id", "Of the recommendation."),
    ("review", "Name of its review."),
    ("reference", "Its printed number or label."),
    ("text", "Its exact words."),
    ("first", "Code of the first coder."),
    ("first_name", "Name of that theme."),
    ("second", "Code of the second coder."),
    ("second_name", "Name of that theme."),
)
"""One row per disagreement."""
SHOWN = 160
"""Characters of a text on which coders disagree."""


class Row(Protocol):
    """A row of a sheet."""

    def cell(self, column: str) -> str:
        """Give a cell, or an empty string."""


@dataclass(frozen=True, slots=True)
class Shown:
    """An agreement and what is needed to show it."""

    agreement: Agreement
    first: str
    """What the first coder is called."""
    second: str
    names: Mapping[str, str]
    """Of themes by id, and of other codes as the coders spell them."""
    rows: Mapping[str, Row]
    """Of the first sheet, by recommendation."""
    seed: int


def coding_sheet(recommendations: Sequence[Recommendation], catalogue: Catalogue) -> str:
    """Write a sheet to be coded: it says nothing of themes."""
    rows = (
        (
            *(number, one.id, catalogue.names[one.review_id], one.reference, one.page),
            *(one.text, "", ""),
        )
        for number, one in enumerate(recommendations, start=1)
    )
    return write_table(Table.of(SHEET, rows))


def themes_to_choose(table: ThemeTable, codebook: Codebook | None) -> str:
    """List the themes that a coder can name, by the alphabet, so that nothing tells how frequent they are."""
    terms = {theme.id: (theme.label, theme.id, ", ".join(theme.terms)) for theme in table.themes}
    known = codebook.themes if codebook else ()
    described = {theme.id: (theme.name, theme.id, theme.description) for theme in known}
    about = {key: row if row[2] or key not in terms else terms[key] for key, row in described.items()}
    rows = sorted((terms | about).values(), key=lambda row: row[0].casefold())
    none = (NONE, NONE, "fits none of these themes")
    return write_table(Table.of(CHOICE, (*rows, none)))


def agreement_result(shown: Shown) -> Result:
    """Give the figures, overall and by theme, and on what the coders disagree."""
    found = shown.agreement
    differ = [_disagreement(pair, shown) for pair in found.disagreements]
    body = {
        "first": shown.first,
        "second": shown.second,
        "seed": shown.seed,
        "recommendations": found.items,
        "same": found.same,
        "kappa": _figure(found.kappa),
        "alpha": _figure(found.alpha),
        "ami": rounded(found.ami),
        "ari": rounded(found.ari),
        "themes": [_theme_json(theme, shown) for theme in found.themes],
        "disagreements": differ,
    }
    table = Table.of(COLUMNS, (tuple(one.values()) for one in differ))
    return Result("evaluate", table, body, partial(_blocks, shown))


def _blocks(shown: Shown, screen: Screen) -> Iterator[Block]:
    figures = (Head(head, "right") for head in HEADER[1:])
    overall, *themes = _figure_rows(shown)
    yield from (Text(f"First: {shown.first}. Second: {shown.second}."), Text())
    yield Ledger(
        (Head(HEADER[0], flexible=True, width=screen.width), *figures),
        (Entry(overall, style="bold"), *map(Entry, themes)),
    )
    yield from (Text(), Text(_clusters(shown.agreement)), Text(LEGEND, style="dim"))
    if differ := shown.agreement.disagreements:
        yield from (Text(), Text(counted(len(differ), "disagreement"), style="bold"), Text())
        yield Records(("Where: first / second", "Text"), tuple(_differ(pair, shown) for pair in differ))


def _differ(pair: Pair, shown: Shown) -> tuple[Text, ...]:
    codes = f"{_place(pair, shown)}: {_name(pair.first, shown)} / {_name(pair.second, shown)}"
    return Text(codes, head="Where: first / second"), Text(_text(pair, shown), 2, "dim", head="Text")


def _figure_rows(shown: Shown) -> list[tuple[str, ...]]:
    found = shown.agreement
    counts = (f"{number:,}" for number in (found.items, found.items, found.same))
    overall = ("All", *counts, *_pair(found))
    return [overall, *(_theme(theme, shown) for theme in found.themes)]


def _theme_json(theme: ThemeAgreement, shown: Shown) -> Json:
    return {
        "theme": theme.theme,
        "name": _name(theme.theme, shown),
        "first": theme.first,
        "second": theme.second,
        "both": theme.both,
        "kappa": _figure(theme.kappa),
        "alpha": _figure(theme.alpha),
        "few": theme.few,
    }


def _theme(theme: ThemeAgreement, shown: Shown) -> tuple[str, ...]:
    counts = (theme.first, theme.second, theme.both)
    return (_name(theme.theme, shown), *map(str, counts), *_pair(theme))


def _pair(found: Agreement | ThemeAgreement) -> tuple[str, str]:
    few = isinstance(found, ThemeAgreement) and found.few
    return _figures(found.kappa, few), _figures(found.alpha, few)


def _figures(figure: Interval, few: bool) -> str:
    if figure.value is None or figure.low is None or figure.high is None:
        return UNDEFINED
    sure = TOO_FEW if few else f"{_decimal(figure.low)} to {_decimal(figure.high)}"
    return f"{_decimal(figure.value)}\n{sure}"


def _decimal(value: float) -> str:
    return f"{value:.2f}".replace("-0.00", "0.00")


def _clusters(found: Agreement) -> str:
    ami, ari = (UNDEFINED if one is None else _decimal(one) for one in (found.ami, found.ari))
    share = f"{found.same:,} of {counted(found.items, 'recommendation')} coded alike"
    return f"{share} · AMI {ami} · ARI {ari}"


def _name(code: str, shown: Shown) -> str:
    return NO_THEME if code == NONE else shown.names.get(code, code)


def _place(pair: Pair, shown: Shown) -> str:
    row = shown.rows[pair.item]
    return (
        " ".join(filter(None, (one_line(row.cell("review")), one_line(row.cell("reference"))))) or pair.item
    )


def _text(pair: Pair, shown: Shown) -> str:
    text = one_line(shown.rows[pair.item].cell("text"))
    return text if len(text) <= SHOWN else f"{text[:SHOWN].rsplit(' ', 1)[0]} …"


def _disagreement(pair: Pair, shown: Shown) -> Json:
    row = shown.rows[pair.item]
    return {
        "id": pair.item,
        "review": row.cell("review"),
        "reference": row.cell("reference"),
        "text": row.cell("text"),
        "first": pair.first,
        "first_name": _name(pair.first, shown),
        "second": pair.second,
        "second_name": _name(pair.second, shown),
    }


def _figure(figure: Interval) -> dict[str, float | None]:
    return {"value": rounded(figure.value), "low": rounded(figure.low), "high": rounded(figure.high)}
