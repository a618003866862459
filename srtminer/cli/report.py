"""`srtminer report`."""

import sys
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from srtminer import __version__
from srtminer.cli.codebook_option import CodebookOption, chosen_codebook
from srtminer.cli.mining import mine
from srtminer.cli.output import emit, emit_bytes
from srtminer.cli.parameters import (
    PRIVACY,
    RESULT,
    PathsOption,
    RedactOption,
    WhereOption,
    option,
    read_names,
    tell_unused,
)
from srtminer.cli.progress import waiting
from srtminer.cli.session import Job, Session, require_other_than_store
from srtminer.cli.themes import ExamplesOption, MinReviewsOption, NumberOption
from srtminer.errors import UsageError
from srtminer.options import CompareOptions, ThemeOptions

if TYPE_CHECKING:
    from srtminer.cli.selection import Selection
    from srtminer.codebooks import Codebook
    from srtminer.comparisons import Repeats
    from srtminer.model import Skipped, ThemeTable
    from srtminer.passages.passage_context import Surroundings
    from srtminer.report import Content, Privacy

DEFAULTS = ThemeOptions(examples=3)
"""Why one excerpt more than on the terminal: in the report they are folded away until they are wanted."""
DEFAULT_TITLE = "Themes in the recommendations of reviews"
WORD = ".docx"
ENDINGS = (".html", ".htm", "", WORD)


@dataclass(frozen=True, slots=True)
class Request:
    """The options of `report`, lowered."""

    where: tuple[str, ...]
    output: Path | None
    title: str
    date: str
    small_counts: int | None
    redact: Path | None
    paths: bool
    context: int
    options: ThemeOptions
    codebook: "Codebook | None"


def report(
    context: typer.Context,
    output: Annotated[
        Path | None,
        option("Write the report to this file: .html or .docx.", "--output", panel=RESULT, metavar="FILE"),
    ] = None,
    title: Annotated[str, option("Title of the report.", panel=RESULT, metavar="TEXT")] = DEFAULT_TITLE,
    date: Annotated[
        str,
        option(
            "Date to print on the report. Without it the report has no date, and the same reviews "
            "give the same bytes.",
            panel=RESULT,
            metavar="TEXT",
        ),
    ] = "",
    number: NumberOption = DEFAULTS.n_themes,
    min_reviews: MinReviewsOption = DEFAULTS.min_reviews,
    examples: ExamplesOption = DEFAULTS.examples,
    codebook: CodebookOption = None,
    small_counts: Annotated[
        int | None,
        option(
            "Withhold counts below N, and others from which one could be worked out.",
            panel=PRIVACY,
            min=2,
            metavar="N",
        ),
    ] = None,
    around: Annotated[
        int,
        typer.Option(
            "--context",
            metavar="N",
            min=0,
            help="Show N paragraphs on either side of each excerpt. What stands there tells of a family: "
            "read it before you pass it on.",
            rich_help_panel=RESULT,
        ),
    ] = 0,
    redact: RedactOption = None,
    paths: PathsOption = False,
    where: WhereOption = None,
) -> Job:
    """Write a report for a meeting, as a page or a Word document.

    It holds themes with excerpts, years, agencies, what repeats, and
    coverage. As one HTML file that needs nothing else (a browser opens and prints
    it), or as a Word document to edit.

    Examples:
      srtminer report --output report.html
      srtminer report --output board.docx
      srtminer report --output report.html --title "So far" --date "3 March"
      srtminer report --output shared.html --small-counts 3 --redact names.txt
      srtminer report --output panel.docx --context 1 --redact names.txt
    """
    options = ThemeOptions(n_themes=number, min_reviews=min_reviews, examples=examples)
    chosen = chosen_codebook(codebook, number)
    request = Request(
        tuple(where or ()), output, title, date, small_counts, redact, paths, around, options, chosen
    )
    _check_output(context.obj, output)
    return Job(partial(_report, context.obj, request))


def _check_output(session: Session, output: Path | None) -> None:
    if output is None:
        if sys.stdout is not None and sys.stdout.isatty():
            raise UsageError("a report is a file for a browser; name it with --output report.html")
        return
    require_other_than_store(session, output)
    if output.suffix.lower() not in ENDINGS:
        raise UsageError(
            f"a report is a page or a Word document: write --output {output.with_suffix('.html')} or .docx; "
            "a browser prints the page as PDF"
        )


def _report(session: Session, request: Request) -> None:
    from srtminer.cli.encoding import repeats_of
    from srtminer.cli.selection import answered, load_recommendations
    from srtminer.report import Privacy
    from srtminer.store import Store

    privacy = Privacy(request.small_counts, read_names(request.redact))
    with Store.open(session.store) as store:
        skipped = store.skipped()
    found = load_recommendations(session, request.where)
    table = mine(session, found, request.options, request.codebook)
    repeats = repeats_of(session, found, CompareOptions())
    answers = answered(session, found, asked=False)
    with waiting(session, "writing the report"):
        content = _content(found, table, repeats, request, skipped)
        content = replace(content, answers=answers, around=_around(session, content, request.context))
        size = _write(content, privacy, request.output)
    _tell(session, request, content, privacy, size)


def _write(content: "Content", privacy: "Privacy", output: Path | None) -> int:
    """Write the report as its file's ending says; gives its size in bytes."""
    if output is not None and output.suffix.lower() == WORD:
        from srtminer.report.word import render_word

        data = render_word(content, privacy, _picture(content, privacy))
        emit_bytes(data, output)
        return len(data)
    from srtminer.report import render_report

    html = render_report(content, privacy)
    emit(html, output)
    return len(html.encode("utf-8", "replace"))


def _picture(content: "Content", privacy: "Privacy") -> bytes | None:
    """Draw the themes where matplotlib is installed; not where counts are withheld, which bars would tell."""
    from importlib.util import find_spec

    if find_spec("matplotlib") is None or privacy.small_counts is not None or not content.table.themes:
        return None
    from srtminer.export.plot import plot_themes
    from srtminer.redaction import redacted

    return plot_themes(redacted(content.table, privacy.names), "png")


def _content(
    found: "Selection",
    table: "ThemeTable",
    repeats: "Repeats",
    request: Request,
    skipped: "tuple[Skipped, ...]",
) -> "Content":
    from srtminer.pipeline import compare_by
    from srtminer.redaction import without_folders
    from srtminer.report import Content, histories

    plain = tuple if request.paths else without_folders
    return Content(
        table=table,
        by_year=compare_by(table, found.records, found.recommendations, "year"),
        by_agency=compare_by(table, found.records, found.recommendations, "agency"),
        recommendations=found.recommendations,
        records=plain(found.records),
        everything=plain(tuple(found.catalogue.records.values())),
        repeats=repeats,
        boards=histories(repeats),
        title=request.title,
        date=request.date,
        version=__version__,
        where=request.where,
        chosen=request.options,
        codebook=request.codebook.title if request.codebook else "",
        skipped=skipped if request.paths else tuple(map(_by_name, skipped)),
        digest=found.digest,
        context=request.context,
    )


def _around(session: Session, content: "Content", context: int) -> "dict[str, Surroundings]":
    """Give where the recommendations stand that may be quoted, by their ids."""
    from srtminer.passages.passage_context import Surroundings, around
    from srtminer.store import Store

    if not context:
        return {}
    examples = (one.recommendation for theme in content.table.themes for one in theme.examples)
    quoted = (*examples, *(one for chain in content.repeats.chains for one in chain.members))
    with Store.open(session.store) as store:
        reviews = {key: store.review(key) for key in sorted({one.review_id for one in quoted})}
    return {
        one.id: Surroundings(around(reviews[one.review_id], one.start, one.end, context)) for one in quoted
    }


def _by_name(skipped: "Skipped") -> "Skipped":
    return replace(skipped, source=Path(skipped.source).name)


def _tell(session: Session, request: Request, content: "Content", privacy: "Privacy", size: int) -> None:
    from srtminer.report import MOST_BYTES

    tell_unused(session, request.redact, privacy.names, content)
    if size > MOST_BYTES:
        session.note(f"the report has {size / 1e6:.1f} MB; --where or --min-reviews make it smaller")
    if request.output is not None:
        session.note(f"wrote {request.output} ({size / 1000:.0f} kB)")
