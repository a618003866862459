"""`srtminer themes`."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from srtminer.cli.codebook_option import CodebookOption, chosen_codebook
from srtminer.cli.last_run import remember_run, run_key
from srtminer.cli.mining import mine
from srtminer.cli.output import emit_bytes
from srtminer.cli.parameters import (
    RESULT,
    ROWS,
    FormOption,
    OutputOption,
    SmallCountsOption,
    WhereOption,
    option,
    target_of,
    write,
)
from srtminer.cli.resolve_theme import require_theme
from srtminer.cli.selection import load_rows
from srtminer.cli.session import Session, require_other_than_store
from srtminer.errors import UsageError
from srtminer.model import CONCERNS, FINDINGS, PASSAGES, RECOMMENDATIONS, Theme, ThemeTable
from srtminer.options import ThemeOptions
from srtminer.render.catalogue import Catalogue
from srtminer.render.recommendation_table import member_result, recommendation_result
from srtminer.render.result import Result
from srtminer.render.theme_table import theme_result

TABLE = "Theme table"
UNTHEMED = "none"
DEFAULTS = ThemeOptions()
PLOT_ENDINGS = (".svg", ".png")

NumberOption = Annotated[
    int | None,
    option(
        "Make N themes; by default the number is chosen from the texts.",
        "--themes",
        panel=TABLE,
        min=1,
        metavar="N",
    ),
]
MinReviewsOption = Annotated[
    int,
    option("Show themes that N or more reviews have.", panel=TABLE, min=1, metavar="N"),
]
ExamplesOption = Annotated[
    int,
    option("Show N typical excerpts of each theme.", panel=TABLE, min=0, metavar="N"),
]


class Level(StrEnum):
    """How wide the listed themes are."""

    FINE = "fine"
    BROAD = "broad"


class Method(StrEnum):
    """By what recommendations are put together."""

    MEANING = "meaning"
    WORDS = "words"


MethodOption = Annotated[
    Method,
    option(
        "Group by meaning, with words and a sentence encoder, or by words alone.",
        panel=TABLE,
        case_sensitive=False,
    ),
]

UNITS = {unit.name: unit for unit in (RECOMMENDATIONS, FINDINGS, CONCERNS, PASSAGES)}


class Of(StrEnum):
    """What is grouped into themes; the names of `UNITS`."""

    RECOMMENDATIONS = "recommendations"
    FINDINGS = "findings"
    CONCERNS = "concerns"
    SECTIONS = "sections"


OfOption = Annotated[
    Of,
    option(
        "Group recommendations; or findings: the paragraphs below headings like Findings, Analysis or "
        "Learning; or concerns: coroners' matters of concern; or sections: all paragraphs. Reports, exports "
        "and comparisons are always of recommendations.",
        "--of",
        panel=TABLE,
        metavar="KIND",
        case_sensitive=False,
    ),
]
LevelOption = Annotated[
    Level,
    option("List the themes, or the few broad ones that they make up.", panel=TABLE, case_sensitive=False),
]


UnthemedOption = Annotated[
    bool,
    option("Show what fits no theme, in full.", "--unthemed", panel=TABLE),
]
ThisThemeOption = Annotated[
    str | None,
    option(
        "Show all that is in one theme, in full, by its rank, name or id; "
        f"{UNTHEMED} for those that fit no theme.",
        panel=TABLE,
        metavar="THEME",
    ),
]
PlotOption = Annotated[
    Path | None,
    option(
        "Also draw a chart (.svg or .png) of how many reviews have each theme.",
        panel=RESULT,
        metavar="FILE",
    ),
]


def themes(
    context: typer.Context,
    of: OfOption = Of.RECOMMENDATIONS,
    number: NumberOption = DEFAULTS.n_themes,
    min_reviews: MinReviewsOption = DEFAULTS.min_reviews,
    examples: ExamplesOption = DEFAULTS.examples,
    level: LevelOption = Level.FINE,
    method: MethodOption = Method.MEANING,
    unthemed: UnthemedOption = False,
    codebook: CodebookOption = None,
    small_counts: SmallCountsOption = None,
    theme: ThisThemeOption = None,
    where: WhereOption = None,
    form: FormOption = None,
    output: OutputOption = None,
    plot: PlotOption = None,
) -> int:
    """Rank the themes that recur in the recommendations: by reviews, then by recommendations.

    Each with typical excerpts and where they stand. The same reviews give
    the same themes; a recommendation that fits none is counted as such.

    Examples:
      srtminer themes
      srtminer themes --min-reviews 2 --where year=2009..2014
      srtminer themes --theme "Domestic abuse"
      srtminer themes --level broad
      srtminer themes --of findings
      srtminer themes --codebook safeguarding
      srtminer themes --output themes.json
      srtminer themes --plot themes.svg
      srtminer themes --small-counts 3 --output counts.csv
    """
    if small_counts is not None and (theme or unthemed or plot):
        raise UsageError(ROWS)
    if unthemed:
        theme = _only_unthemed(theme)
    session, target = context.obj, target_of(form, output)
    if plot is not None:
        _check_plot(session, plot, theme)
    options = ThemeOptions(
        n_themes=number,
        min_reviews=min_reviews,
        examples=examples,
        broad=level is Level.BROAD,
        words=method is Method.WORDS,
        unit=UNITS[of],
    )
    chosen = chosen_codebook(codebook, number)
    found = load_rows(session, where, options.unit)
    table = mine(session, found, options, chosen, tell=False)
    if not where and _is_whole(options):
        remember_run(session, run_key(chosen, options), table)
    if plot is not None:
        _plot(table, plot)
    result = _result(table, found.catalogue, theme)
    if small_counts is not None:
        from srtminer.report.protected_counts import protected_themes

        result = protected_themes(table, small_counts)
    write(session, target, result)
    for note in table.notes:  # after the answer: they say how far to trust it
        session.note(note)
    return len(table.themes)


def _only_unthemed(theme: str | None) -> str:
    if theme not in (None, UNTHEMED):
        raise UsageError("--unthemed shows what fits no theme; leave out --theme")
    return UNTHEMED


def find_theme(table: ThemeTable, wanted: str) -> Theme:
    """Find a theme by its rank, id or name; raises `UsageError` that says which may be meant."""
    themes = {theme.id: theme for theme in table.themes}
    for theme in table.themes:
        if wanted == str(theme.rank):
            return theme
    known = f"they are numbered 1 to {len(themes)}" if themes else "there are none"
    names = {own_id: theme.label for own_id, theme in themes.items()}
    advice = f"{known}; see `srtminer themes` with the same options"
    return themes[require_theme(wanted, names, advice)]


def _check_plot(session: Session, plot: Path, theme: str | None) -> None:
    from srtminer.export.plot import require_matplotlib

    if theme is not None:
        raise UsageError("--plot draws the table of themes; leave out --theme")
    if plot.suffix.lower() not in PLOT_ENDINGS:
        raise UsageError(f"a plot is .svg or .png: write --plot {plot.with_suffix('.svg')}")
    require_other_than_store(session, plot, "--plot")
    require_matplotlib()


def _result(table: ThemeTable, catalogue: Catalogue, theme: str | None) -> Result:
    """Give the table, all that is in one theme, or what is in none."""
    if theme is None:
        return theme_result(table, catalogue)
    if theme == UNTHEMED:
        return recommendation_result(table.unthemed, catalogue, unit=table.unit)
    return member_result(table, find_theme(table, theme), catalogue)


def _plot(table: ThemeTable, plot: Path) -> None:
    from srtminer.export.plot import PlotKind, plot_themes

    kind: PlotKind = "svg" if plot.suffix.lower() == ".svg" else "png"
    emit_bytes(plot_themes(table, kind), plot, "--plot")


def _is_whole(options: ThemeOptions) -> bool:
    """Tell a run that a later one can be held against: of all recommendations, in all themes as they are."""
    return options.min_reviews == 1 and not options.broad and options.unit == RECOMMENDATIONS
