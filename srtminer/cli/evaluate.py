"""`srtminer evaluate`."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from srtminer.cli.codebook_option import CodebookOption, as_assigned, chosen_codebook
from srtminer.cli.mining import mine
from srtminer.cli.output import emit_csv
from srtminer.cli.parameters import (
    Form,
    FormOption,
    OutputOption,
    Target,
    WhereOption,
    argument,
    option,
    target_of,
    write,
)
from srtminer.cli.progress import waiting
from srtminer.cli.session import Job, Session, require_other_than_store
from srtminer.cli.themes import NumberOption
from srtminer.errors import NothingToAnalyse, UsageError
from srtminer.options import ThemeOptions

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from srtminer.cli.coded_sheets import Coding
    from srtminer.codebooks import Codebook
    from srtminer.evaluation.codings import Agreement, Pair
    from srtminer.model import Recommendation, ThemeTable

PROGRAM = "srtminer"
"""What the program is called as a coder."""
SHEET = "Coding sheet"
MOST_SHEETS = 2


@dataclass(frozen=True, slots=True)
class Request:
    """The options of `evaluate`, lowered."""

    sheets: tuple[Path, ...]
    sample: int | None
    seed: int
    where: tuple[str, ...]
    target: Target
    options: ThemeOptions
    codebook: "Codebook | None"


def evaluate(
    context: typer.Context,
    sheets: Annotated[
        list[Path] | None,
        argument(
            "A coded sheet; two sheets are compared with each other.", metavar="[SHEET.csv [OTHER.csv]]"
        ),
    ] = None,
    sample: Annotated[
        int | None,
        option(
            "Draw N recommendations into a new sheet, stratified by theme.", panel=SHEET, min=1, metavar="N"
        ),
    ] = None,
    seed: Annotated[
        int,
        option(
            "Seed of the random sample; another seed draws another sample.", panel=SHEET, min=0, metavar="N"
        ),
    ] = 0,
    number: NumberOption = None,
    codebook: CodebookOption = None,
    where: WhereOption = None,
    form: FormOption = None,
    output: OutputOption = None,
) -> Job:
    """Measure how far the themes agree with people, and people with each other.

    Draw a sheet, have its column "theme" filled in (a theme's name, or
    none), and give it back with the same options. The sheet does not say
    what the program chose; the themes to choose from stand in a file
    beside it.

    Examples:
      srtminer evaluate --sample 60 --output sheet.csv
      srtminer evaluate sheet.csv
      srtminer evaluate anna.csv ben.csv
    """
    if bool(sheets) is (sample is not None):
        raise UsageError("give either a coded sheet, or --sample N and --output FILE to draw one")
    if len(sheets or ()) > MOST_SHEETS:
        raise UsageError("give one sheet, or two to be compared with each other")
    if len(sheets or ()) == MOST_SHEETS and (where or number is not None):
        raise UsageError("--where and --themes do not apply to two sheets; leave them out")
    request = Request(
        sheets=tuple(sheets or ()),
        sample=sample,
        seed=seed,
        where=tuple(where or ()),
        target=Target(Form.CSV, output) if sample is not None else target_of(form, output),
        options=ThemeOptions(n_themes=number),
        codebook=as_assigned(chosen_codebook(codebook, number)),
    )
    if sample is not None:
        _check_sheet(context.obj, form, output)
        return Job(partial(_draw, context.obj, request))
    return Job(partial(_evaluate, context.obj, request))


def _check_sheet(session: Session, form: Form | None, output: Path | None) -> None:
    if output is None or output.suffix.lower() != ".csv" or form not in (None, Form.CSV):
        raise UsageError("a sheet is a CSV file; name it with --output sheet.csv")
    for file in (output, _themes_file(output)):
        require_other_than_store(session, file)
        if file.exists():
            raise UsageError(
                f"{file} is there already and may have been coded; name another file with --output"
            )


def _themes_file(sheet: Path) -> Path:
    return sheet.with_name(f"{sheet.stem}-themes.csv")


def _draw(session: Session, request: Request) -> None:
    from srtminer.cli.selection import load_recommendations
    from srtminer.render import agreement as render
    from srtminer.render.figures import counted

    assert request.sample is not None
    sheet = request.target.output
    assert sheet is not None
    found = load_recommendations(session, request.where)
    table = mine(session, found, request.options, request.codebook)
    drawn = _sample(table, request.sample, request.seed)
    themes_file = _themes_file(sheet)
    emit_csv(render.themes_to_choose(table, request.codebook), themes_file)
    emit_csv(render.sheet(drawn, found.catalogue), sheet)
    if len(drawn) < request.sample:
        session.note(f"there are only {counted(len(drawn), 'recommendation')}, and all are in the sheet")
    if request.codebook is None:
        session.note(
            "themes change with new reviews; `srtminer codebook init` writes a codebook that keeps them"
        )
    session.note(f"wrote {sheet}; fill in its column theme with names from {themes_file}, or none")


def _sample(table: "ThemeTable", number: int, seed: int) -> "list[Recommendation]":
    """Draw from all themes, and from what fits none."""
    from srtminer.evaluation.codings import NONE
    from srtminer.evaluation.sample import stratified

    groups = {theme.id: theme.members for theme in table.themes} | {NONE: table.unthemed}
    by_id = {one.id: one for members in groups.values() for one in members}
    ids = {group: [one.id for one in members] for group, members in groups.items()}
    return [by_id[one] for one in stratified(ids, number, seed)]


def _evaluate(session: Session, request: Request) -> None:
    from srtminer.cli.coded_sheets import compared
    from srtminer.render.agreement import Shown, agreement_result

    first, second, names = _coders(session, request)
    pairs = compared(session, first, second)
    if not pairs:
        raise NothingToAnalyse(
            "no recommendation is coded in both; fill in the column theme, and repeat the options with which "
            "the sheet was drawn"
        )
    known = {**second.spelled, **first.spelled, **names}
    found = _agreement(session, pairs, request.seed)
    shown = Shown(found, first.file, second.file, known, first.rows, request.seed)
    write(session, request.target, agreement_result(shown))


def _agreement(session: Session, pairs: "Sequence[Pair]", seed: int) -> "Agreement":
    with waiting(session, "comparing codes"):
        from srtminer.evaluation.agree import agreement

        return agreement(pairs, seed)


def _coders(session: Session, request: Request) -> "tuple[Coding, Coding, Mapping[str, str]]":
    """Give the two codings, the program's for want of a second sheet, and the names of themes by id."""
    from srtminer.cli.coded_sheets import coded, coded_by_program, names_of, require_sheet

    if len(request.sheets) == 1:
        require_sheet(request.sheets[0])
        table = _table(session, request)
        names = names_of(request.codebook, table.themes)
        return coded(session, request.sheets[0], names), coded_by_program(table, PROGRAM), names.shown
    names = names_of(request.codebook, ())
    first, second = (coded(session, sheet, names) for sheet in request.sheets)
    return first, second, names.shown


def _table(session: Session, request: Request) -> "ThemeTable":
    from srtminer.cli.selection import load_recommendations

    found = load_recommendations(session, request.where)
    return mine(session, found, request.options, request.codebook)
