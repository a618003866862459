"""`srtminer export`."""

from collections.abc import Sequence
from datetime import date as day_of
from pathlib import Path
from typing import Literal, cast, get_args

from srtminer.cli.codebook_option import chosen_codebook
from srtminer.cli.mining import mine
from srtminer.cli.output import emit, emit_bytes, emit_csv, require_place
from srtminer.cli.result_output import read_names, tell_unused
from srtminer.cli.selection import Selection, answered, load
from srtminer.cli.session import Session, require_other_than_store
from srtminer.errors import UsageError
from srtminer.export.flat_files import to_csv, to_jsonl
from srtminer.export.passages import LineEnds
from srtminer.export.xlsx import to_xlsx
from srtminer.material import Material, for_others
from srtminer.model import ThemeTable
from srtminer.options import ThemeOptions
from srtminer.pipeline import compare_by
from srtminer.render.figures import counted
from srtminer.render.methodology import Making

Kind = Literal["xlsx", "qdpx", "csv", "jsonl"]
TEXT = ("csv", "jsonl")
DEFAULTS = ThemeOptions()


def export(
    session: Session,
    output: Path | None = None,
    to: Kind | None = None,
    date: str | None = None,
    line_ends: Literal["lf", "crlf"] = "lf",
    themes: int | None = None,
    min_reviews: int = DEFAULTS.min_reviews,
    examples: int = DEFAULTS.examples,
    codebook: str | None = None,
    redact: Path | None = None,
    paths: bool = False,
    where: tuple[str, ...] = (),
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
    if line_ends != "lf" and kind != "qdpx":
        raise UsageError(f"--line-ends applies to .qdpx only, and this writes {kind}; leave it out")
    if output is not None:
        require_other_than_store(session, output)
    elif kind not in TEXT:
        raise UsageError(
            f"{kind} is not text and cannot go to a terminal or a pipe; name a file: --output themes.{kind}"
        )
    options = ThemeOptions(n_themes=themes, min_reviews=min_reviews, examples=examples)
    names = read_names(redact)
    found, book = load(session, where), chosen_codebook(codebook, themes)
    title = book.title if book else ""
    making = Making(tuple(where or ()), found.digest, _day(date), themes, min_reviews, title)
    whole = material_of(session, found, mine(session, found, options, book), making)
    tell_unused(session, redact, names, whole)
    material = for_others(whole, names, folders=paths)
    if kind == "csv":
        emit_csv(to_csv(material), output)
    elif kind == "jsonl":
        emit(to_jsonl(material), output)
    elif output is not None and kind == "xlsx":
        emit_bytes(_workbook(session, material), output)
    elif output is not None:
        emit_bytes(_project(session, material, LineEnds(line_ends), names), output)
    if output is not None:
        session.note(_summary(material, output))


def kind_of(to: Kind | None, output: Path | None) -> Kind:
    """Say what to write: what was asked for, else what the file's ending means."""
    if to is not None:
        return to
    known = ", ".join(f".{kind}" for kind in get_args(Kind))
    if output is None:
        raise UsageError(f"name a file to write: --output themes.xlsx (known: {known})")
    require_place(output)
    found = next((kind for kind in get_args(Kind) if output.suffix.lower() == f".{kind}"), None)
    if found is None:
        raise UsageError(f"cannot tell the format of {output} (known: {known}); add --to")
    return cast(Kind, found)


def _day(written: str | None) -> str:
    try:
        return day_of.fromisoformat(written).isoformat() if written else ""
    except ValueError:
        raise UsageError(f"--date {written} is not a date; write it as 2026-03-01") from None


def material_of(session: Session, found: Selection, table: ThemeTable, making: Making) -> Material:
    """Gather what an export or a report is made of."""
    return Material(
        records=found.records,
        recommendations=found.recommendations,
        catalogue=found.catalogue,
        table=table,
        by_agency=compare_by(table, found.records, found.recommendations, "agency"),
        by_year=compare_by(table, found.records, found.recommendations, "year"),
        making=making,
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
    counts = material.counts
    parts = (counted(counts[f"{what}s"], what) for what in ("review", "recommendation", "theme"))
    return f"wrote {output}: {', '.join(parts)}"
