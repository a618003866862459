"""`srtminer evaluate`."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from srtminer.cli.codebook_option import chosen_codebook
from srtminer.cli.coded_sheets import (
    Coding,
    Names,
    compared,
    near_misses,
    read_coding,
    read_sheet,
    spelled,
    tell_strangers,
)
from srtminer.cli.mining import mine
from srtminer.cli.output import emit_csv
from srtminer.cli.progress import progress
from srtminer.cli.result_output import Form, target_of, write
from srtminer.cli.selection import load_recommendations
from srtminer.cli.session import Session, require_other_than_store
from srtminer.codebooks import Codebook
from srtminer.codebooks.codebook_entries import merged
from srtminer.errors import NothingToAnalyse, UsageError
from srtminer.evaluation.codings import NONE
from srtminer.evaluation.rows_needed import WIDTHS, expected_half_width, rows_for
from srtminer.evaluation.sample import stratified
from srtminer.model import Recommendation, ThemeTable
from srtminer.options import ThemeOptions
from srtminer.render.agreement import CODERS, Shown, agreement_result, coding_sheet, themes_to_choose
from srtminer.render.catalogue import Catalogue
from srtminer.render.figures import counted

PROGRAM = "srtminer"
"""What the program is called as a coder."""


def evaluate(
    session: Session,
    sheets: tuple[Path, ...] = (),
    sample: int | None = None,
    seed: int = 0,
    near: bool = False,
    themes: int | None = None,
    codebook: str | None = None,
    where: tuple[str, ...] = (),
    form: Form | None = None,
    output: Path | None = None,
) -> None:
    """Measure how far the themes agree with people, and people with each other.

    Draw a sheet, have its column "theme" filled in (a theme's name, or
    none), and give it back with the same options. The sheet does not say
    what the program chose; the themes to choose from are in a file
    beside it.

    Examples:
      srtminer evaluate --sample 60 --output sheet.csv
      srtminer evaluate sheet.csv
      srtminer evaluate anna.csv ben.csv chris.csv
    """
    if bool(sheets) is (sample is not None):
        raise UsageError("give either a coded sheet, or --sample N and --output FILE to draw one")
    if len(sheets) > len(CODERS):
        raise UsageError(f"give {len(CODERS)} sheets at most")
    if len(sheets) > 1 and (where or themes is not None):
        raise UsageError("--where and --themes do not apply to several sheets; leave them out")
    target = None if sample is not None else target_of(form, output)
    if target is None:
        _check_sheet(session, form, output)
    chosen = chosen_codebook(codebook, themes)
    book = merged(chosen) if chosen else None
    table = None
    if len(sheets) <= 1:
        for sheet in sheets:
            read_sheet(sheet)
        found = load_recommendations(session, where)
        table = mine(session, found, ThemeOptions(n_themes=themes), book)
        if sample is not None and output is not None:
            return _draw(session, table, found.catalogue, book, sample, seed, output)
    if target is not None:
        write(session, target, agreement_result(_compared(session, sheets, table, book, seed, near=near)))
    return None


def _check_sheet(session: Session, form: Form | None, output: Path | None) -> None:
    if output is None or output.suffix.lower() != ".csv" or form not in (None, "csv"):
        raise UsageError("a sheet is a CSV file; name it with --output sheet.csv")
    for file in (output, _themes_file(output)):
        require_other_than_store(session, file)
        if file.exists():
            raise UsageError(
                f"{file} is there already and may have been coded; name another file with --output"
            )


def _themes_file(sheet: Path) -> Path:
    return sheet.with_name(f"{sheet.stem}-themes.csv")


def _draw(
    session: Session,
    table: ThemeTable,
    catalogue: Catalogue,
    codebook: Codebook | None,
    number: int,
    seed: int,
    sheet: Path,
) -> None:
    drawn = _sample(table, number, seed)
    themes_file = _themes_file(sheet)
    emit_csv(themes_to_choose(table, codebook), themes_file)
    emit_csv(coding_sheet(drawn, catalogue), sheet)
    if len(drawn) < number:
        session.note(f"there are only {counted(len(drawn), 'recommendation')}, and all are in the sheet")
    sizes = [*(len(one.members) for one in table.themes), len(table.unthemed)]
    half = expected_half_width(sizes, len(drawn))
    if half > WIDTHS[0]:
        more = rows_for(len(drawn), half, WIDTHS[0])
        rows = counted(len(drawn), "row")
        session.note(f"{rows} will tell kappa to about ±{half:.2f}; it takes {more} for ±{WIDTHS[0]:.2f}")
    if codebook is None:
        session.note(
            "themes change with new reviews; `srtminer codebook init` writes a codebook that keeps them"
        )
    session.note(f"wrote {sheet}; fill in its column theme with names from {themes_file}, or none")


def _sample(table: ThemeTable, number: int, seed: int) -> list[Recommendation]:
    """Draw from all themes, and from what fits none."""
    groups = {theme.id: theme.members for theme in table.themes} | {NONE: table.unthemed}
    by_id = {one.id: one for members in groups.values() for one in members}
    ids = {group: [one.id for one in members] for group, members in groups.items()}
    return [by_id[one] for one in stratified(ids, number, seed)]


def _compared(
    session: Session,
    sheets: Sequence[Path],
    table: ThemeTable | None,
    codebook: Codebook | None,
    seed: int,
    *,
    near: bool,
) -> Shown:
    """Compare sheets with each other, or one with the themes that the program found."""
    names = Names.of(codebook, table.themes if table else ())
    codings = [read_coding(session, sheet, names) for sheet in sheets]
    known, meant = spelled(codings, names), near_misses(codings, names)
    if near:
        taken = [{item: meant.get(code, code) for item, code in one.codes.items()} for one in codings]
        codings = [replace(one, codes=codes) for one, codes in zip(codings, taken, strict=True)]
    for one in codings:
        tell_strangers(session, one, {} if near else meant, names, known)
    if table is not None:
        codes = {one.id: theme.id for theme in table.themes for one in theme.members}
        codings.append(Coding(PROGRAM, codes | {one.id: NONE for one in table.unthemed}, {}))
    coded = compared(session, codings)
    if not coded:
        raise NothingToAnalyse(
            f"no recommendation is coded in {'both' if len(codings) == 2 else 'all'}; fill in the column "
            "theme, and repeat the options with which the sheet was drawn"
        )
    with progress(session, "comparing codes"):
        from srtminer.evaluation.agree import agreement  # scikit-learn

        found = agreement(coded, seed)
    return Shown(found, tuple(one.file for one in codings), known, codings[0].rows, seed)
