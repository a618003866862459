"""The report as a Word document, in Word's own styles, so that it can be edited."""

import io
import zipfile
from collections.abc import Iterable, Sequence
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from srtminer.model import GENERATOR
from srtminer.redaction import redacted
from srtminer.render.methodology import LIMITS
from srtminer.render.safe_text import visible
from srtminer.report.page import options, told
from srtminer.report.quotes import Quote
from srtminer.report.report_data import Content, Privacy
from srtminer.report.small_counts import Counts, count
from srtminer.report.tables import Grid, agency_grid, answer_grid, year_grid
from srtminer.report.view import ThemeView, View, view

TABLE = "Light Grid Accent 1"
WITHHELD = "*"
WIDTH, CELL_SIZE = 15.2, 8.5
"""Of the text in centimetres, and of the letters in tables in points."""
UPRIGHT = 0.19
"""Of a letter of a head that stands on end, in centimetres."""
TURNED = 21.5
"""The width of the text on a turned page."""
NO_DATE = (1980, 1, 1, 0, 0, 0)
"""The first day that an archive can name. Why not today: the same reviews give the same file."""


def render_word(content: Content, privacy: Privacy | None = None, picture: bytes | None = None) -> bytes:
    """Render a report as a .docx; `picture` is a PNG of the themes that stands below their table."""
    privacy = privacy or Privacy()
    content = redacted(content, privacy.names)
    known = count(content, privacy.small_counts)
    document = Document()
    document.core_properties.comments = f"generator: {GENERATOR}"
    whole = view(content, privacy, known)
    _summary(document, whole, known)
    _themes(document, whole, picture)
    _turn(document)  # figures of many years and agencies need the long side of the page
    about = "Reviews of each year with the theme."
    _grid(document, "Themes over the years", about, year_grid(content, known))
    about = "Recommendations of each theme by the kind of agency addressed."
    _grid(document, "Themes by agency", about, agency_grid(content, known))
    _turn(document)
    _repeats(document, whole)
    _answers(document, answer_grid(content, known))
    _coverage(document, whole)
    _making(document, content, known)
    return _packed(document)


def _summary(document: Any, whole: View, known: Counts) -> None:
    document.add_heading(visible(whole.content.title), 0)
    about = (whole.content.date, f"reviews of {whole.years}" if whole.years else "")
    _paragraph(document, " · ".join(filter(None, (*about, f"made with srtminer {whole.content.version}"))))
    document.add_heading("Summary", 1)
    figures = (
        ("Reviews", known.shown("reviews")),
        ("Reviews with recommendations", known.shown("reviews", "with recommendations")),
        ("Recommendations", known.shown("recommendations")),
        ("Themes", len(whole.themes)),
        ("Themes that two or more reviews have", whole.recurring),
    )
    _table(document, ("Figure", "Number"), [(name, _figure(value)) for name, value in figures])
    if whole.privacy.small_counts is not None:
        _paragraph(document, f"Counts below {whole.privacy.small_counts} are withheld ({WITHHELD}).")


def _themes(document: Any, whole: View, picture: bytes | None) -> None:
    document.add_heading("Themes, most widespread first", 1)
    heads = ("Rank", "Theme", "Reviews", "Recommendations", "Share", "Years")
    _table(document, heads, [_theme_row(theme) for theme in whole.themes], (0.1, 0.29, 0.12, 0.24, 0.1, 0.15))
    if picture is not None:
        document.add_picture(io.BytesIO(picture), width=Cm(16))
    for theme in whole.themes:
        _theme(document, theme)
    for note in whole.notes:
        _paragraph(document, note, "List Bullet")


def _theme_row(theme: ThemeView) -> tuple[str, ...]:
    span = WITHHELD if theme.span is None else theme.span
    rank = "" if theme.rank is None else str(theme.rank)
    return (rank, theme.label, _figure(theme.reviews), _figure(theme.size), theme.share, span)


def _theme(document: Any, theme: ThemeView) -> None:
    document.add_heading(visible(theme.label), 2)
    if theme.closed:
        _paragraph(document, "Withheld: too few reviews have this theme for it to be described.")
        return
    _quotes(document, theme.quotes)
    if theme.agencies:
        _paragraph(document, f"Most often to {theme.agencies}.")
    if theme.others:
        _paragraph(document, f"Also in {'; '.join(theme.others)}.")


def _quotes(document: Any, quotes: Iterable[Quote]) -> None:
    for one in quotes:
        _paragraph(document, one.text, "Quote")
        _paragraph(document, " · to ".join(filter(None, (one.source, one.agencies))), "Caption")
        if one.answer:
            _paragraph(document, one.answer, "Caption")
        for part in one.around:
            added = _paragraph(document, f"{part.number} {part.text}".strip(), "List Continue")
            added.runs[0].bold = part.is_heading
            added.runs[0].italic = part.is_marked


def _answers(document: Any, grid: Grid) -> None:
    accepted, in_part = (_figure(cell.value) for cell in grid.sizes.cells[:2])
    about = (
        f"Accepted: {accepted} of {_figure(grid.sizes.total)} recommendations in reviews that a response "
        f"answers; {in_part} in part."
    )
    _grid(document, "What was answered", about, grid, "Review", WIDTH)


def _grid(
    document: Any, title: str, about: str, grid: Grid, first: str = "Theme", across: float = TURNED
) -> None:
    if not grid.columns or not grid.rows:
        return
    document.add_heading(title, 1)
    _paragraph(document, about)
    rows = [
        (
            row.name,
            _figure(row.total),
            *(_figure(cell.value) if cell.value != 0 else "–" for cell in row.cells),
        )
        for row in (*grid.rows, grid.sizes)
    ]
    figures = len(grid.columns) + 1
    first_share = max(0.2, 1 - 0.06 * figures)
    shares = (first_share, *[(1 - first_share) / figures] * figures)
    _table(document, (first, "All", *grid.columns), rows, shares, across, upright=True)


def _turn(document: Any) -> None:
    """Begin a page that is turned by 90 degrees to the one before."""
    before = document.sections[-1]
    section = document.add_section(WD_SECTION.NEW_PAGE)
    turned = before.orientation == WD_ORIENT.PORTRAIT
    section.orientation = WD_ORIENT.LANDSCAPE if turned else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = before.page_height, before.page_width


def _repeats(document: Any, whole: View) -> None:
    document.add_heading("What repeats", 1)
    if not whole.repeats.chains:
        _paragraph(document, "No request is shown to come back in two or more reviews.")
    for chain in whole.repeats.chains:
        document.add_heading(visible(f"{chain.reviews}, {chain.span}: {chain.gist}".replace(", :", ":")), 2)
        for what, one in chain.quotes:
            _paragraph(document, what)
            _quotes(document, (one,))
        if chain.others:
            _paragraph(document, f"Also in {'; '.join(chain.others)}.")


def _coverage(document: Any, whole: View) -> None:
    document.add_heading("Coverage", 1)
    rows = [
        (one.name, one.board, one.kind, one.pages, one.why_none or _figure(one.found), one.read)
        for one in whole.reviews
    ]
    heads = ("Review", "Published by", "Kind", "Pages", "Recommendations", "Read and left out")
    _table(document, heads, rows, (0.18, 0.18, 0.11, 0.1, 0.24, 0.19))
    for file in whole.skipped:
        _paragraph(document, f"Not read: {file.source} {file.reason}", "List Bullet")


def _making(document: Any, content: Content, known: Counts) -> None:
    document.add_heading("How it was made, and its limits", 1)
    _table(document, ("Step", "What was done"), [*told(content, known), *options(content)], (0.25, 0.75))
    for limit in LIMITS:
        _paragraph(document, limit, "List Bullet")


def _figure(value: int | None) -> str:
    return WITHHELD if value is None else f"{value:,}"


def _paragraph(document: Any, text: str, style: str | None = None) -> Any:
    return document.add_paragraph(visible(text), style)


def _table(
    document: Any,
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    widths: Sequence[float] = (),
    across: float = WIDTH,
    *,
    upright: bool = False,
) -> None:
    """Add a table whose head is repeated on each page; `widths` are shares of what it measures across.

    `upright` heads stand on end, so that no word of a narrow column is broken; the first one lies.
    """
    table = document.add_table(rows=0, cols=len(heads), style=TABLE)
    table.autofit = False
    shares = widths or [1 / len(heads)] * len(heads)
    for column, share in zip(table.columns, shares, strict=True):
        column.width = Cm(across * share)
    for row in (heads, *rows):
        for cell, text, share in zip(table.add_row().cells, row, shares, strict=True):
            cell.width = Cm(across * share)
            cell.text = visible(text)
            for run in cell.paragraphs[0].runs:
                run.font.size = Pt(CELL_SIZE)
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    if upright:
        table.rows[0].height = Cm(max(map(len, heads[1:])) * UPRIGHT)
        for cell in table.rows[0].cells[1:]:
            turn = OxmlElement("w:textDirection")
            turn.set(qn("w:val"), "btLr")
            cell._tc.get_or_add_tcPr().append(turn)
    document.add_paragraph()


def _packed(document: Any) -> bytes:
    """Save the document with the same date on all its parts."""
    saved, packed = io.BytesIO(), io.BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(zipfile.ZipInfo(name, NO_DATE), source.read(name), zipfile.ZIP_DEFLATED)
    return packed.getvalue()
