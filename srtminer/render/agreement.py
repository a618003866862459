"""Coding sheets, and how far coders agree."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from srtminer.codebooks import Codebook
from srtminer.evaluation.codings import FEW, NONE, Agreement, Coded, Interval, ThemeAgreement
from srtminer.evaluation.rows_needed import WIDTHS, half_width, rows_for
from srtminer.model import Recommendation, ThemeTable
from srtminer.render.as_csv import write_table
from srtminer.render.catalogue import Catalogue
from srtminer.render.figures import counted
from srtminer.render.result import (
    Block,
    Column,
    Entry,
    Head,
    Json,
    Ledger,
    Records,
    Result,
    Screen,
    Table,
    Text,
    described,
)
from srtminer.render.safe_text import begun, one_line

CODERS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")
"""What coders are called in columns and fields, in the order in which their sheets are given."""
NO_THEME = "(no theme)"
UNDEFINED = "–"
LEGEND = (
    "Kappa ({kappa}) and alpha (Krippendorff): 1 is full agreement, 0 is what chance would give; with each "
    "where 95% of resamples lie. AMI and ARI: the same of what belongs together, whatever it is called. "
    f"Too few: fewer than {FEW} recommendations were given the theme."
)
TOO_FEW = "too few"
CONFUSIONS = 10
"""Pairs of themes that are listed as taken for each other."""
SHEET = described(
    ("number", "Counts the rows."),
    ("id", "Of the recommendation."),
    ("review", "Name of its review."),
    ("reference", "Its printed number or label."),
    ("page", "Page on which it begins."),
    ("text", "Its exact words."),
    ("theme", "To be filled in."),
    ("note", "For the coder."),
)
CHOICE = described(
    ("theme", "Its name."), ("id", "Its id."), ("about", "What the codebook, or its terms, say of it.")
)
PLACE = ("id", "review", "reference", "text")
"""Columns of a sheet that say which recommendation coders disagree on."""
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
    coders: tuple[str, ...]
    """What they are called."""
    names: Mapping[str, str]
    """Of themes by id, and of other codes as the coders spell them."""
    rows: Mapping[str, Row]
    """Of the first sheet, by recommendation."""
    seed: int

    @property
    def keys(self) -> tuple[str, ...]:
        """What the coders are called in columns and fields."""
        return CODERS[: len(self.coders)]

    @property
    def together(self) -> str:
        """What is headed by the number that all coders agree on."""
        return "both" if len(self.coders) == 2 else "all"

    @property
    def legend(self) -> str:
        """The legend of the figures."""
        return LEGEND.format(kappa="Cohen" if len(self.coders) == 2 else "Fleiss")


def coding_sheet(recommendations: Sequence[Recommendation], catalogue: Catalogue) -> str:
    """Write a sheet to be coded: it says nothing of themes."""
    rows = (
        (
            *(number, one.id, catalogue.names[one.review_id], one.reference, one.page),
            *(one.text, "", ""),
        )
        for number, one in enumerate(recommendations, start=1)
    )
    return write_table(Table(SHEET, tuple(rows)))


def themes_to_choose(table: ThemeTable, codebook: Codebook | None) -> str:
    """List the themes that a coder can name, by the alphabet, so that nothing tells how frequent they are."""
    terms = {theme.id: (theme.label, theme.id, ", ".join(theme.terms)) for theme in table.themes}
    known = codebook.themes if codebook else ()
    described = {theme.id: (theme.name, theme.id, theme.description) for theme in known}
    about = {key: row if row[2] or key not in terms else terms[key] for key, row in described.items()}
    rows = sorted((terms | about).values(), key=lambda row: row[0].casefold())
    none = (NONE, NONE, "fits none of these themes")
    return write_table(Table(CHOICE, (*rows, none)))


def agreement_result(shown: Shown) -> Result:
    """Give the figures, overall and by theme, what was taken for what, and on what the coders disagree."""
    found = shown.agreement
    differ = [_disagreement(one, shown) for one in found.disagreements]
    body = {
        **dict(zip(shown.keys, shown.coders, strict=True)),
        "seed": shown.seed,
        "recommendations": found.items,
        "same": found.same,
        "kappa": found.kappa,
        "alpha": found.alpha,
        "ami": found.ami,
        "ari": found.ari,
        "rows_needed": [{"within": within, "rows": rows} for within, rows in _needed(found)],
        "pairs": [
            {
                "first": shown.coders[pair.first],
                "second": shown.coders[pair.second],
                "same": pair.same,
                "kappa": pair.kappa,
            }
            for pair in found.pairs
        ],
        "themes": [_theme_json(theme, shown) for theme in found.themes],
        "confusion": [
            {"first": first, "second": second, "recommendations": number}
            for first, second, number in found.confusion
        ],
        "disagreements": differ,
    }
    table = Table.of(_columns(shown), differ)
    return Result("evaluate", table, body, partial(_blocks, shown))


def _columns(shown: Shown) -> tuple[Column, ...]:
    """One row per disagreement."""
    codes = (
        (name, meaning)
        for coder in shown.keys
        for name, meaning in (
            (coder, f"Code of the {coder} coder."),
            (f"{coder}_name", "Name of that theme."),
        )
    )
    return described(*((column.name, column.meaning) for column in SHEET if column.name in PLACE), *codes)


def _blocks(shown: Shown, screen: Screen) -> Iterator[Block]:
    head, *heads = _header(shown)
    overall, *themes = _figure_rows(shown)
    yield from (Text(_who(shown)), Text())
    yield Ledger(
        (Head(head, flexible=True, width=screen.width), *(Head(one, "right") for one in heads)),
        (Entry(overall, style="bold"), *map(Entry, themes)),
    )
    yield from (Text(), *map(Text, _summary(shown)), Text(shown.legend, style="dim"))
    if differ := shown.agreement.disagreements:
        yield from (Text(), Text(counted(len(differ), "disagreement"), style="bold"), Text())
        where = f"Where: {' / '.join(shown.keys)}"
        yield Records((where, "Text"), tuple(_differ(one, shown, where) for one in differ))


def _differ(one: Coded, shown: Shown, where: str) -> tuple[Text, ...]:
    codes = f"{_place(one, shown)}: {' / '.join(_name(code, shown) for code in one.codes)}"
    return Text(codes, head=where), Text(_text(one, shown), 2, "dim", head="Text")


def _header(shown: Shown) -> tuple[str, ...]:
    return ("Theme", *(one.capitalize() for one in (*shown.keys, shown.together)), "Kappa", "Alpha")


def _who(shown: Shown) -> str:
    pairs = zip(shown.keys, shown.coders, strict=True)
    return " ".join(f"{key.capitalize()}: {coder}." for key, coder in pairs)


def _summary(shown: Shown) -> Iterator[str]:
    """Tell the figures of all themes, what each two coders agree on, and what was taken for what."""
    found = shown.agreement
    yield _clusters(found)
    if needed := _needed(found):
        more = " and ".join(f"{counted(rows, 'row')} for ±{within:.2f}" for within, rows in needed)
        half = half_width(found.kappa)
        yield f"{counted(found.items, 'row')} tell kappa to ±{half:.2f}; it takes about {more}."
    for pair in found.pairs:
        both = f"{shown.coders[pair.first]} and {shown.coders[pair.second]}"
        yield f"{both}: {pair.same:,} alike, kappa {_in_line(pair.kappa)}"
    taken = [one for one in found.confusion if one[0] != one[1]][:CONFUSIONS]
    if taken:
        yield f"Taken for each other: {'; '.join(_taken(one, shown) for one in taken)}."


def _in_line(figure: Interval) -> str:
    return _figures(figure, few=False).replace("\n", ", ")


def _taken(one: tuple[str, str, int], shown: Shown) -> str:
    return f"{_name(one[0], shown)} / {_name(one[1], shown)} {one[2]:,}"


def _needed(found: Agreement) -> list[tuple[float, int]]:
    """Give the rows for narrower intervals than there are."""
    half = half_width(found.kappa)
    if half is None:
        return []
    return [(within, rows_for(found.items, half, within)) for within in WIDTHS if half > within]


def _figure_rows(shown: Shown) -> list[tuple[str, ...]]:
    found = shown.agreement
    counts = (f"{number:,}" for number in (*(found.items for _ in shown.coders), found.same))
    overall = ("All", *counts, *_pair(found))
    return [overall, *(_theme(theme, shown) for theme in found.themes)]


def _theme_json(theme: ThemeAgreement, shown: Shown) -> Json:
    return {
        "theme": theme.theme,
        "name": _name(theme.theme, shown),
        **dict(zip(shown.keys, theme.counts, strict=True)),
        shown.together: theme.together,
        "kappa": theme.kappa,
        "alpha": theme.alpha,
        "few": theme.few,
    }


def _theme(theme: ThemeAgreement, shown: Shown) -> tuple[str, ...]:
    return (_name(theme.theme, shown), *map(str, (*theme.counts, theme.together)), *_pair(theme))


def _pair(found: Agreement | ThemeAgreement) -> tuple[str, str]:
    few = isinstance(found, ThemeAgreement) and found.few
    return _figures(found.kappa, few), _figures(found.alpha, few)


def _figures(figure: Interval, few: bool) -> str:
    if figure.value is None or figure.low is None or figure.high is None:
        return UNDEFINED
    sure = TOO_FEW if few else f"{_decimal(figure.low)} to {_decimal(figure.high)}"
    return f"{_decimal(figure.value)}\n{sure}"


def _decimal(value: float) -> str:
    return f"{value:.2f}".replace("-0.00", "0.00").replace("-", "−")


def _clusters(found: Agreement) -> str:
    ami, ari = (UNDEFINED if one is None else _decimal(one) for one in (found.ami, found.ari))
    share = f"{found.same:,} of {counted(found.items, 'recommendation')} coded alike"
    return f"{share} · AMI {ami} · ARI {ari}"


def _name(code: str, shown: Shown) -> str:
    return NO_THEME if code == NONE else shown.names.get(code, code)


def _place(one: Coded, shown: Shown) -> str:
    row = shown.rows[one.item]
    return " ".join(filter(None, (one_line(row.cell(cell)) for cell in ("review", "reference")))) or one.item


def _text(one: Coded, shown: Shown) -> str:
    return begun(shown.rows[one.item].cell("text"), SHOWN)


def _disagreement(one: Coded, shown: Shown) -> Json:
    row = shown.rows[one.item]
    codes = {
        key: value
        for coder, code in zip(shown.keys, one.codes, strict=True)
        for key, value in ((coder, code), (f"{coder}_name", _name(code, shown)))
    }
    return {"id": one.item, **{cell: row.cell(cell) for cell in PLACE[1:]}, **codes}
