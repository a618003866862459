"""`srtminer export`."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from srtminer.cli.codebook_option import CodebookOption, chosen_codebook
from srtminer.cli.mining import mine
from srtminer.cli.output import emit, emit_bytes, emit_csv
from srtminer.cli.parameters import (
    RESULT,
    PathsOption,
    RedactOption,
    WhereOption,
    option,
    read_names,
    tell_unused,
)
from srtminer.cli.session import Job, Session, require_other_than_store
from srtminer.cli.themes import DEFAULTS, ExamplesOption, MinReviewsOption, NumberOption
from srtminer.errors import UsageError
from srtminer.options import ThemeOptions

if TYPE_CHECKING:
    from srtminer.codebooks import Codebook
    from srtminer.export.export_data import Material


class Kind(StrEnum):
    """What an export can be."""

    XLSX = "xlsx"
    QDPX = "qdpx"
    CSV = "csv"
    JSONL = "jsonl"


class LineEndsChoice(StrEnum):
    """How lines end in the texts of a QDA project."""

    LF = "lf"
    CRLF = "crlf"


TEXT = (Kind.CSV, Kind.JSONL)
_DATE = "%Y-%m-%d"


@dataclass(frozen=True, slots=True)
class Request:
    """The options of `export`, lowered."""

    where: tuple[str, ...]
    kind: Kind
    output: Path | None
    day: date | None
    line_ends: LineEndsChoice
    options: ThemeOptions
    codebook: "Codebook | None"
    redact: Path | None
    names: tuple[str, ...]
    paths: bool


def export(
    context: typer.Context,
    output: Annotated[
        Path | None,
        option(
            "Write to this file, in the format that its ending names: .xlsx, .qdpx, .csv or .jsonl.",
            "--output",
            panel=RESULT,
            metavar="FILE",
        ),
    ] = None,
    to: Annotated[
        Kind | None,
        option("Format to write, whatever the ending of the file.", "--to", panel=RESULT),
    ] = None,
    day: Annotated[
        datetime | None,
        option(
            "Date to write into the file. Without it the file has no date, and the same reviews "
            "give the same bytes.",
            "--date",
            panel=RESULT,
            formats=[_DATE],
            metavar="YYYY-MM-DD",
        ),
    ] = None,
    line_ends: Annotated[
        LineEndsChoice | None,
        option(
            "How lines end in the texts of a .qdpx; try crlf if codings come out shifted, as in MAXQDA.",
            panel=RESULT,
            show_default=LineEndsChoice.LF.value,
        ),
    ] = None,
    number: NumberOption = DEFAULTS.n_themes,
    min_reviews: MinReviewsOption = DEFAULTS.min_reviews,
    examples: ExamplesOption = DEFAULTS.examples,
    codebook: CodebookOption = None,
    redact: RedactOption = None,
    paths: PathsOption = False,
    where: WhereOption = None,
) -> Job:
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
    chosen = line_ends or LineEndsChoice.LF
    request = Request(
        tuple(where or ()),
        kind,
        output,
        day.date() if day else None,
        chosen,
        options,
        chosen_codebook(codebook, number),
        redact,
        read_names(redact),
        paths,
    )
    return Job(partial(_export, context.obj, request))


def kind_of(to: Kind | None, output: Path | None) -> Kind:
    """Say what to write: what was asked for, else what the file's ending means."""
    if to is not None:
        return to
    known = ", ".join(f".{kind}" for kind in Kind)
    if output is None:
        raise UsageError(f"name a file to write: --output themes.xlsx (known: {known})")
    try:
        return Kind(output.suffix.lower().removeprefix("."))
    except ValueError:
        raise UsageError(f"cannot tell the format of {output} (known: {known}); add --to") from None


def _export(session: Session, request: Request) -> None:
    from srtminer.export.export_data import for_others

    whole = _material(session, request)
    tell_unused(session, request.redact, request.names, whole)
    material = for_others(whole, request.names, folders=request.paths)
    if request.kind in TEXT:
        _write_text(material, request)
    else:
        assert request.output is not None
        data = (
            _workbook(session, material)
            if request.kind is Kind.XLSX
            else _project(session, material, request)
        )
        emit_bytes(data, request.output)
    if request.output is not None:
        session.note(_summary(material, request.output))


def _material(session: Session, request: Request) -> "Material":
    from srtminer.cli.selection import load
    from srtminer.export.export_data import Making, Material
    from srtminer.pipeline import compare_by

    found = load(session, request.where)
    table = mine(session, found, request.options, request.codebook)
    return Material(
        records=found.records,
        recommendations=found.recommendations,
        catalogue=found.catalogue,
        table=table,
        by_agency=compare_by(table, found.records, found.recommendations, "agency"),
        by_year=compare_by(table, found.records, found.recommendations, "year"),
        making=Making(
            where=request.where,
            corpus=found.digest,
            day=request.day,
            number=request.options.n_themes,
            min_reviews=request.options.min_reviews,
            codebook=request.codebook.title if request.codebook else "",
        ),
    )


def _write_text(material: "Material", request: Request) -> None:
    from srtminer.export.flat_files import to_csv, to_jsonl

    if request.kind is Kind.CSV:
        emit_csv(to_csv(material), request.output)
    else:
        emit(to_jsonl(material), request.output)


def _workbook(session: Session, material: "Material") -> bytes:
    from srtminer.export.xlsx import to_xlsx

    data, cut = to_xlsx(material)
    if cut:
        cells = "1 text was" if cut == 1 else f"{cut} texts were"
        session.note(f"{cells} too long for a cell of Excel and cut there; `--to jsonl` has all of it")
    return data


def _project(session: Session, material: "Material", request: Request) -> bytes:
    from srtminer.export.passages import LineEnds
    from srtminer.export.qdpx import to_qdpx
    from srtminer.store import Store

    with Store.open(session.store) as store:
        reviews = (store.review(record.id) for record in material.records)
        return to_qdpx(material, reviews, LineEnds(request.line_ends), request.names)


def _summary(material: "Material", output: Path) -> str:
    from srtminer.render.figures import counted

    parts = (
        counted(len(material.records), "review"),
        counted(len(material.recommendations), "recommendation"),
        counted(len(material.table.themes), "theme"),
    )
    return f"wrote {output}: {', '.join(parts)}"
