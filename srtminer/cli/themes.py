"""`srtminer themes`."""

from pathlib import Path
from typing import Literal

from srtminer.cli.mining import chosen_codebook, mine, remember_run, run_key, tell_notes
from srtminer.cli.output import ROWS, Target, emit_bytes, require_output, write
from srtminer.cli.resolve_names import require_theme
from srtminer.cli.selection import Selection, load_rows
from srtminer.cli.session import Session
from srtminer.errors import UsageError
from srtminer.model import CONCERNS, FINDINGS, PASSAGES, RECOMMENDATIONS, Theme, ThemeTable, Unit
from srtminer.options import ThemeOptions
from srtminer.render.catalogue import Catalogue
from srtminer.render.recommendation_tables import member_result, recommendation_result, theme_result
from srtminer.render.result import Result

UNTHEMED = "none"
DEFAULTS = ThemeOptions()

Of = Literal["recommendations", "findings", "concerns", "sections"]
UNITS: dict[str, Unit] = {unit.name: unit for unit in (RECOMMENDATIONS, FINDINGS, CONCERNS, PASSAGES)}


def themes(
    session: Session,
    target: Target,
    of: Of = "recommendations",
    themes: int | None = None,
    min_reviews: int = DEFAULTS.min_reviews,
    examples: int = DEFAULTS.examples,
    level: Literal["fine", "broad"] = "fine",
    method: Literal["meaning", "words"] = "meaning",
    unthemed: bool = False,
    codebook: str | None = None,
    small_counts: int | None = None,
    theme: str | None = None,
    where: tuple[str, ...] = (),
    plot: Path | None = None,
) -> int:
    """Run `srtminer themes`."""
    if small_counts is not None and (theme or unthemed or plot):
        raise UsageError(ROWS)
    if codebook is not None and level == "broad":
        raise UsageError("--level broad is for themes that are found; a codebook's are merged in its file")
    if unthemed and theme not in (None, UNTHEMED):
        raise UsageError("--unthemed shows what fits no theme; leave out --theme")
    theme = UNTHEMED if unthemed else theme
    if plot is not None:
        _check_plot(session, plot, theme)
    options = ThemeOptions(
        n_themes=themes,
        min_reviews=min_reviews,
        examples=examples,
        broad=level == "broad",
        words=method == "words",
        unit=UNITS[of],
    )
    chosen = chosen_codebook(codebook, themes)
    found = load_rows(session, where, options.unit)
    table = mine(session, found, options, chosen)
    if not where and min_reviews == 1 and level == "fine" and of == "recommendations":
        remember_run(session, run_key(chosen, options), table)
    if plot is not None:
        from srtminer.export.plot import plot_themes

        emit_bytes(plot_themes(table, "svg" if plot.suffix.lower() == ".svg" else "png"), plot, "--plot")
        session.note(f"wrote {plot}")
    result = _result(table, found.catalogue, theme)
    if small_counts is not None:
        from srtminer.report.small_counts import protected_themes

        result = protected_themes(table, small_counts)
    write(session, target, result)
    tell_notes(session, table)
    return len(table.themes)


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


def theme_members(session: Session, whole: Selection, wanted: str) -> frozenset[str]:
    """Give the ids of who is in a theme, of those that are found in the whole store."""
    table = mine(session.silent(), whole, ThemeOptions())
    found = table.unthemed if wanted == UNTHEMED else find_theme(table, wanted).members
    return frozenset(one.id for one in found)


def _check_plot(session: Session, plot: Path, theme: str | None) -> None:
    from srtminer.export.plot import require_matplotlib

    if theme is not None:
        raise UsageError("--plot draws the table of themes; leave out --theme")
    require_output(session, plot, "--plot", (".svg", ".png"), "a plot is .svg or .png")
    require_matplotlib()


def _result(table: ThemeTable, catalogue: Catalogue, theme: str | None) -> Result:
    if theme is None:
        return theme_result(table, catalogue)
    if theme == UNTHEMED:
        return recommendation_result(table.unthemed, catalogue, unit=table.unit)
    return member_result(table, find_theme(table, theme), catalogue)
