"""`srtminer export`."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from srtminer.cli.codebook_option import CodebookOption, chosen_codebook
from srtminer.cli.mining import mine
from srtminer.cli.output import emit, emit_bytes, emit_csv, require_place
from srtminer.cli.parameters import (
    RESULT,
    PathsOption,
    RedactOption,
    WhereOption,
    option,
    read_names,
    tell_unused,
)
from srtminer.cli.selection import answered, load
from srtminer.cli.session import Session, require_other_than_store
from srtminer.cli.themes import DEFAULTS, ExamplesOption, MinReviewsOption, NumberOption
from srtminer.codebooks import Codebook
from srtminer.errors import UsageError
from srtminer.export.export_data import Making, Material, for_others
from srtminer.export.flat_files import to_csv, to_jsonl
from srtminer.export.passages import LineEnds
from srtminer.export.xlsx import to_xlsx
from srtminer.options import ThemeOptions
from srtminer.pipeline import compare_by
from srtminer.render.figures import counted


class Kind(StrEnum):
    """What an export can be."""

    XLSX = "xlsx"
    QDPX = "qdpx"
    CSV = "csv"
    JSONL = "jsonl"


TEXT = (Kind.CSV, Kind.JSONL)
_DATE = "%Y-%m-%d"


OutputOption = Annotated[
    Path | None,
    option(
        "Write to this file, in the format that its ending names: .xlsx, .qdpx, .csv or .jsonl.",
        "--output",
        panel=RESULT,
        metavar="FILE",
    ),
]
ToOption = Annotated[
    Kind | None,
    option("Format to write, whatever the ending of the file.", "--to", panel=RESULT),
]
DayOption = Annotated[
    datetime | None,
    option(
        "Date to write into the file. Without it the file has no date, and the same reviews "
        "give the same bytes.",
        "--date",
        panel=RESULT,
        formats=[_DATE],
        metavar="YYYY-MM-DD",
    ),
]
LineEndsOption = Annotated[
    LineEnds | None,
    option(
        "How lines end in the texts of a .qdpx; try crlf if codings come out shifted, as in MAXQDA.",
        panel=RESULT,
        show_default=LineEnds.LF.value,
    ),
]


def export(
    context: typer.Context,
    output: OutputOption = None,
    to: ToOption = None,
    day: DayOption = None,
    line_ends: LineEndsOption = None,
    number: NumberOption = DEFAULTS.n_themes,
    min_reviews: MinReviewsOption = DEFAULTS.min_reviews,
    examples: ExamplesOption = DEFAULTS.examples,
    codebook: CodebookOption = None,
    redact: RedactOption = None,
    paths: PathsOption = False,
    where: WhereOption = None,
) -> None:
    """Write a file for other programs: a workbook, a QDA project, CSV or JSON Lines.

    .xlsx   a workbook: reviews, recommendations, themes by agency and by year
    .qdpx   a project for NVivo, MAXQDA, ATLAS.ti, QualCoder: themes are codes
    .csv    one flat table: a row a recommendation, and one for each review without
    .jsonl  one JSON object a line

    Examples:
      srtminer export --output themes.xlsx
      srtminer export --output project.qdpx --where year=2009..2014
      srtminer export --to jsonl | jq 'select(.type == "theme") | .label'
    """
    kind = kind_of(to, output)
    if line_ends is not None and kind is not Kind.QDPX:
        raise UsageError(f"--line-ends applies to .qdpx only, and this writes {kind}; leave it out")
    if output is not None:
        require_other_than_store(context.obj, output)
    elif kind not in TEXT:
        raise UsageError(
            f"{kind} is not text and cannot go to a terminal or a pipe; name a file: --output themes.{kind}"
        )
    options = ThemeOptions(n_themes=number, min_reviews=min_reviews, examples=examples)
    names, session = read_names(redact), context.obj
    making = Making(
        where=tuple(where or ()), day=day.date() if day else None, number=number, min_reviews=min_reviews
    )
    whole = _material(session, making, options, chosen_codebook(codebook, number))
    tell_unused(session, redact, names, whole)
    material = for_others(whole, names, folders=paths)
    if kind is Kind.CSV:
        emit_csv(to_csv(material), output)
    elif kind is Kind.JSONL:
        emit(to_jsonl(material), output)
    elif output is not None:
        qda = kind is Kind.QDPX
        ends = line_ends or LineEnds.LF
        emit_bytes(_project(session, material, ends, names) if qda else _workbook(session, material), output)
    if output is not None:
        session.note(_summary(material, output))


def kind_of(to: Kind | None, output: Path | None) -> Kind:
    """Say what to write: what was asked for, else what the file's ending means."""
    if to is not None:
        return to
    known = ", ".join(f".{kind}" for kind in Kind)
    if output is None:
        raise UsageError(f"name a file to write: --output themes.xlsx (known: {known})")
    require_place(output)
    try:
        return Kind(output.suffix.lower().removeprefix("."))
    except ValueError:
        raise UsageError(f"cannot tell the format of {output} (known: {known}); add --to") from None


def _material(session: Session, making: Making, options: ThemeOptions, book: Codebook | None) -> Material:
    found = load(session, making.where)
    table = mine(session, found, options, book)
    return Material(
        records=found.records,
        recommendations=found.recommendations,
        catalogue=found.catalogue,
        table=table,
        by_agency=compare_by(table, found.records, found.recommendations, "agency"),
        by_year=compare_by(table, found.records, found.recommendations, "year"),
        making=replace(making, corpus=found.digest, codebook=book.title if book else ""),
        answers=answered(session, found, asked=False),
    )


def _workbook(session: Session, material: Material) -> bytes:
    data, cut = to_xlsx(material)
    if cut:
        cells = "1 text was" if cut == 1 else f"{cut} texts were"
        session.note(f"{cells} too long for a cell of Excel and cut there; `--to jsonl` has all of it")
    return data


def _project(session: Session, material: Material, ends: LineEnds, names: Sequence[str]) -> bytes:
    from srtminer.export.qdpx import to_qdpx  # lxml

    reviews = (session.opened().review(record.id) for record in material.records)
    return to_qdpx(material, reviews, ends, names)


def _summary(material: Material, output: Path) -> str:
    parts = (
        counted(len(material.records), "review"),
        counted(len(material.recommendations), "recommendation"),
        counted(len(material.table.themes), "theme"),
    )
    return f"wrote {output}: {', '.join(parts)}"
