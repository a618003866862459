"""`srtminer report`."""

import sys
from dataclasses import fields, replace
from importlib.util import find_spec
from pathlib import Path

from srtminer.cli.codebook_option import chosen_codebook
from srtminer.cli.export import material_of
from srtminer.cli.mining import mine, repeats_of
from srtminer.cli.output import emit, emit_bytes
from srtminer.cli.progress import progress
from srtminer.cli.result_output import read_names, tell_unused
from srtminer.cli.selection import load_recommendations
from srtminer.cli.session import Session, require_other_than_store
from srtminer.comparisons import Repeats
from srtminer.errors import UsageError
from srtminer.export.plot import plot_themes
from srtminer.model import Skipped, ThemeTable
from srtminer.options import CompareOptions, ThemeOptions
from srtminer.passages.passage_context import Surroundings, around
from srtminer.redaction import redacted
from srtminer.render.methodology import Making
from srtminer.report import MOST_BYTES, Content, Privacy, histories, render_report

DEFAULTS = ThemeOptions(examples=3)
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
    min_reviews: int = DEFAULTS.min_reviews,
    examples: int = DEFAULTS.examples,
    codebook: str | None = None,
    small_counts: int | None = None,
    context_: int = 0,
    redact: Path | None = None,
    paths: bool = False,
    where: tuple[str, ...] = (),
) -> None:
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
    options = ThemeOptions(n_themes=themes, min_reviews=min_reviews, examples=examples)
    book = chosen_codebook(codebook, themes)
    _check_output(session, output)
    privacy = Privacy(small_counts, read_names(redact), folders=paths)
    found = load_recommendations(session, where)
    making = Making(tuple(where), found.digest, date, themes, min_reviews, book.title if book else "")
    material = material_of(session, found, mine(session, found, options, book), making)
    repeats = repeats_of(session, found, CompareOptions())
    skipped = session.opened().skipped()
    with progress(session, "writing the report"):
        content = Content(
            **{name.name: getattr(material, name.name) for name in fields(material)},
            title=title,
            repeats=repeats,
            boards=histories(repeats),
            skipped=skipped if paths else tuple(map(_by_name, skipped)),
            around=_around(session, material.table, repeats, context_),
        )
        size = _write(content, privacy, output)
    tell_unused(session, redact, privacy.names, content)
    _tell_size(session, size, output)


def _tell_size(session: Session, size: int, output: Path | None) -> None:
    if size > MOST_BYTES:
        session.note(f"the report has {size / 1e6:.1f} MB; --where or --min-reviews make it smaller")
    if output is not None:
        session.note(f"wrote {output} ({size / 1000:.0f} kB)")


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


def _write(content: Content, privacy: Privacy, output: Path | None) -> int:
    """Write the report as its file's ending says; gives its size in bytes."""
    if output is not None and output.suffix.lower() == WORD:
        from srtminer.report.word import render_word

        data = render_word(content, privacy, _picture(content, privacy))
        emit_bytes(data, output)
        return len(data)
    html = render_report(content, privacy)
    emit(html, output)
    return len(html.encode("utf-8", "replace"))


def _picture(content: Content, privacy: Privacy) -> bytes | None:
    """Draw the themes where matplotlib is installed; not where counts are withheld, which bars would tell."""
    if find_spec("matplotlib") is None or privacy.small_counts is not None or not content.table.themes:
        return None
    return plot_themes(redacted(content.table, privacy.names), "png")


def _around(session: Session, table: ThemeTable, repeats: Repeats, context: int) -> dict[str, Surroundings]:
    """Give where the recommendations stand that may be quoted, by their ids."""
    if not context:
        return {}
    examples = (one.recommendation for theme in table.themes for one in theme.examples)
    quoted = (*examples, *(one for chain in repeats.chains for one in chain.members))
    store = session.opened()
    reviews = {key: store.review(key) for key in sorted({one.review_id for one in quoted})}
    return {
        one.id: Surroundings(around(reviews[one.review_id], one.start, one.end, context)) for one in quoted
    }


def _by_name(skipped: Skipped) -> Skipped:
    return replace(skipped, source=Path(skipped.source).name)
