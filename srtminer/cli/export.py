"""`srtminer export` and `report`."""

import shlex
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import date as day_of
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

from srtminer.cli.output import (
    emit,
    emit_bytes,
    emit_csv,
    form_of,
    read_text,
    require_output,
)
from srtminer.cli.selection import Selection, answered, load, load_recommendations
from srtminer.cli.session import Session, progress
from srtminer.cli.themes import chosen_codebook, mine, repeats_of, tell_notes
from srtminer.compare.groups import compare_by
from srtminer.comparisons import CompareOptions, Repeats
from srtminer.errors import UsageError
from srtminer.excerpts import Shown, around
from srtminer.export.flat_files import to_csv, to_jsonl
from srtminer.export.plot import plot_themes
from srtminer.export.workbook import to_xlsx
from srtminer.material import Making, Material, Privacy, for_others
from srtminer.model import Skipped, ThemeOptions, ThemeTable
from srtminer.redaction import name_pattern, redacted, unused, without_folders
from srtminer.report.page import MOST_BYTES, render_report
from srtminer.text.names import counted

if TYPE_CHECKING:
    from srtminer.codebooks import Codebook

Kind = Literal["xlsx", "qdpx", "csv", "jsonl"]
KINDS: dict[str, Kind] = {f".{kind}": kind for kind in get_args(Kind)}
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
    """Run `srtminer export`."""
    if to is None and output is None:
        raise UsageError(f"name a file to write: --output themes.xlsx (known: {', '.join(KINDS)})")
    if output is not None:
        require_output(session, output)
    kind = to or form_of(output or Path(), KINDS, "--to")
    if line_ends != "lf" and kind != "qdpx":
        raise UsageError(f"--line-ends applies to .qdpx only, and this writes {kind}; leave it out")
    if output is None and kind not in TEXT:
        raise UsageError(
            f"{kind} is not text and cannot go to a terminal or a pipe; name a file: --output themes.{kind}"
        )
    options = ThemeOptions(n_themes=themes, min_reviews=min_reviews, examples=examples)
    names, day = _names_in(redact), _day(date)
    book = chosen_codebook(codebook, themes)
    whole = material_of(session, load(session, where), options, book, where, day)
    _tell_unused(session, redact, names, whole)
    material = for_others(whole, names, folders=paths)
    if kind == "csv":
        emit_csv(to_csv(material), output)
    elif kind == "jsonl":
        emit(to_jsonl(material), output)
    elif output is not None:
        crlf = line_ends == "crlf"
        data = _workbook(session, material) if kind == "xlsx" else _project(session, material, crlf, names)
        emit_bytes(data, output)
    if output is not None:
        counts = material.counts
        parts = (counted(counts[f"{what}s"], what) for what in ("review", "recommendation", "theme"))
        session.note(f"wrote {output}: {', '.join(parts)}")


def _day(written: str | None) -> str:
    try:
        return day_of.fromisoformat(written).isoformat() if written else ""
    except ValueError:
        raise UsageError(f"--date {written} is not a date; write it as 2026-03-01") from None


def material_of(
    session: Session,
    found: Selection,
    options: ThemeOptions,
    book: "Codebook | None",
    where: Sequence[str],
    day: str,
) -> Material:
    """Find themes, and gather what an export or a report is made of."""
    table = mine(session, found, options, book)
    tell_notes(session, table)
    title = book.title if book else ""
    return Material(
        records=found.records,
        recommendations=found.recommendations,
        catalogue=found.catalogue,
        table=table,
        by_agency=compare_by(table, found.records, found.recommendations, "agency"),
        by_year=compare_by(table, found.records, found.recommendations, "year"),
        making=Making(tuple(where), found.digest, day, options.n_themes, options.min_reviews, title),
        answers=answered(session, found, asked=False),
    )


def _names_in(path: Path | None) -> tuple[str, ...]:
    """Read the names to be replaced, one per line, each with its pseudonym if it has one.

    Raises `UsageError` if there is no name in the file, or it cannot be read.
    """
    if path is None:
        return ()
    lines = read_text(path, "--redact", "write one name per line").splitlines()
    names = tuple(dict.fromkeys(line.strip() for line in lines if line.strip()))
    for name in names:
        if name_pattern((name,)) is None:
            raise UsageError(f"--redact {path}: {name!r} has no letter or digit; write one name per line")
    if not names:
        raise UsageError(f"--redact {path} has no names; write one name per line")
    return names


def _tell_unused(session: Session, path: Path | None, names: tuple[str, ...], value: object) -> None:
    """Say which names occur nowhere in what was written: they may be misspelt."""
    if missing := unused(value, names):
        occur = "occurs" if len(missing) == 1 else "occur"
        session.note(
            f"{len(missing)} of {counted(len(names), 'name')} in {path} {occur} nowhere; "
            f"check the spelling of number {', '.join(map(str, missing))}"
        )


def _workbook(session: Session, material: Material) -> bytes:
    data, cut = to_xlsx(material)
    if cut:
        cells = "1 text was" if cut == 1 else f"{cut} texts were"
        session.note(f"{cells} too long for a cell of Excel and cut there; `--to jsonl` has all of it")
    return data


def _project(session: Session, material: Material, crlf: bool, names: Sequence[str]) -> bytes:
    from srtminer.export.qdpx import to_qdpx  # lxml

    reviews = (session.opened().review(record.id) for record in material.records)
    return to_qdpx(material, reviews, crlf=crlf, names=names)


REPORT_DEFAULTS = ThemeOptions(examples=3)
"""Why one excerpt more than on the terminal: in the report they are folded away until they are wanted."""
DEFAULT_TITLE = "Themes in the recommendations of reviews"
WORD = ".docx"
ENDINGS = (".html", ".htm", "", WORD)


def report(
    session: Session,
    output: Path | None = None,
    title: str = DEFAULT_TITLE,
    date: str = "",
    themes: int | None = None,
    min_reviews: int = REPORT_DEFAULTS.min_reviews,
    examples: int = REPORT_DEFAULTS.examples,
    codebook: str | None = None,
    small_counts: int | None = None,
    context_: int = 0,
    redact: Path | None = None,
    paths: bool = False,
    where: tuple[str, ...] = (),
) -> None:
    """Run `srtminer report`."""
    options = ThemeOptions(n_themes=themes, min_reviews=min_reviews, examples=examples)
    book = chosen_codebook(codebook, themes)
    if output is not None:
        what = "a report is a page, which a browser can print as PDF, or a Word document (.docx)"
        require_output(session, output, endings=ENDINGS, what=what)
    elif sys.stdout is not None and sys.stdout.isatty():
        raise UsageError("a report is a file for a browser; name it with --output report.html")
    privacy = Privacy(small_counts, _names_in(redact), folders=paths)
    found = load_recommendations(session, where)
    material = material_of(session, found, options, book, where, date)
    repeats = repeats_of(session, found, CompareOptions())
    skipped = _skipped(session, paths=paths)
    with progress(session, "writing the report"):
        content = replace(
            material,
            title=title,
            repeats=repeats,
            skipped=skipped,
            around=_around(session, material.table, repeats, context_),
        )
        data = _rendered(content, privacy, output)
    if output is not None:
        emit_bytes(data, output)
    else:
        emit(data.decode())
    _tell_unused(session, redact, privacy.names, content)
    if len(data) > MOST_BYTES:
        session.note(f"the report has {len(data) / 1e6:.1f} MB; --where or --min-reviews make it smaller")
    if output is not None:
        session.note(f"wrote {output} ({len(data) / 1000:.0f} kB)")


def _skipped(session: Session, *, paths: bool) -> tuple[Skipped, ...]:
    """Give the files that could not be read, with their folders if `paths`; say how each is left out."""
    skipped = session.opened().skipped()
    for one in skipped:
        session.note(
            f"the report names {one.source} as not read; `{session.command('remove')} "
            f"{shlex.quote(one.source)}` leaves it out"
        )
    return skipped if paths else without_folders(skipped)


def _rendered(content: Material, privacy: Privacy, output: Path | None) -> bytes:
    """Make the report that its file's ending asks for."""
    if output is not None and output.suffix.lower() == WORD:
        from srtminer.report.word import render_word

        return render_word(content, privacy, _picture(content, privacy))
    return render_report(content, privacy).encode("utf-8", "backslashreplace")


def _picture(content: Material, privacy: Privacy) -> bytes | None:
    """Draw the themes where matplotlib is installed; not where counts are withheld, which bars would tell."""
    if find_spec("matplotlib") is None or privacy.small_counts is not None or not content.table.themes:
        return None
    return plot_themes(redacted(content.table, privacy.names), "png")


def _around(
    session: Session, table: ThemeTable, repeats: Repeats, context: int
) -> dict[str, tuple[Shown, ...]]:
    """Give where the recommendations stand that may be quoted, by their ids."""
    if not context:
        return {}
    examples = (one.recommendation for theme in table.themes for one in theme.examples)
    quoted = (*examples, *(one for chain in repeats.chains for one in chain.members))
    store = session.opened()
    reviews = {key: store.review(key) for key in sorted({one.review_id for one in quoted})}
    return {one.id: around(reviews[one.review_id], one.start, one.end, context) for one in quoted}
