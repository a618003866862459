"""Results as GitHub-flavoured Markdown; text from a review cannot act as markup, HTML, link or mention."""

import re
from collections.abc import Iterator, Sequence

from srtminer.hits import Found, Hit, marked
from srtminer.model import Comparison, Count, Recommendation, ReviewRecord, Skipped, Theme, ThemeTable
from srtminer.render import rows
from srtminer.render.catalogue import Catalogue
from srtminer.render.characters import one_line, visible
from srtminer.render.figures import in_group, percent, summary, with_second, years_of
from srtminer.render.rules import why

_PUNCTUATION = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;"} | {mark: f"\\{mark}" for mark in "\\`*_[]#|~@$!"}
)
_COLON_IN_WORD = re.compile(r":(?=\S)")
"""In links ("http://…") and emoji (":warning:")."""
_WWW = re.compile(r"\bwww\.", re.IGNORECASE)


def reviews(records: Sequence[ReviewRecord], skipped: Sequence[Skipped] = ()) -> str:
    """One row per review, then one per file that could not be read."""
    return from_rows(rows.reviews(records, skipped))


def recommendations(found: Sequence[Recommendation], catalogue: Catalogue, *, explain: bool = False) -> str:
    """One row per recommendation: its source, agencies, text, lead and date, and why it was found."""
    return from_rows(_recommendations(found, catalogue, explain=explain))


def _recommendations(
    found: Sequence[Recommendation], catalogue: Catalogue, *, explain: bool = False
) -> rows.Rows:
    header = ("Source", "Agency", "Text", "Lead", "Date", *(("Found as", "Confidence") if explain else ()))
    cells = tuple(
        (
            *(catalogue.cite(entry), "; ".join(agency.name for agency in entry.agencies), entry.text),
            *(entry.lead, entry.date, *((why(entry), f"{entry.confidence:.2f}") if explain else ())),
        )
        for entry in found
    )
    return rows.Rows(header, cells)


def themes(table: ThemeTable, catalogue: Catalogue) -> str:
    """The theme table, and below it the examples of each theme."""
    header = ("Rank", "Theme", "Reviews", table.unit.plural.capitalize(), "Share", "Years")
    ranked = rows.Rows(header, tuple(_theme(theme) for theme in table.themes))
    examples = "".join(f"\n{line}\n" for theme in table.themes for line in _examples(theme, catalogue))
    return f"{from_rows(ranked)}{examples}\n{summary(table)}\n"


def members(table: ThemeTable, theme: Theme, catalogue: Catalogue) -> str:
    """A theme's label and its members in full, each with its second theme if it has one."""
    listed = _recommendations(theme.members, catalogue)
    seconds = (f"{second.rank}. {second.label}" if second else "" for _, second in with_second(table, theme))
    cells = tuple((*row, second) for row, second in zip(listed.rows, seconds, strict=True))
    whole = rows.Rows((*listed.header, "Also in"), cells)
    return f"## {theme.rank}. {escape(theme.label)}\n\n{from_rows(whole)}"


def comparison(compared: Comparison) -> str:
    """One row per theme, one column per group: reviews (share) / recommendations (share)."""
    header = ("Rank", "Theme", *(group.name for group in compared.groups))
    sizes = ("", "Whole group", *(f"{group.reviews} / {group.recommendations}" for group in compared.groups))
    body = [(str(row.theme.rank), row.theme.label, *_counts(row.counts)) for row in compared.rows]
    unthemed = ("", "In no theme", *_counts(compared.unthemed))
    legend = (
        "In each cell: reviews with the theme (share of the group's reviews with recommendations) / "
        "recommendations (share of the group's)."
    )
    return f"{from_rows(rows.Rows(header, (sizes, *body, unthemed)))}\n{legend}\n"


def search(found: Found, catalogue: Catalogue) -> str:
    """One row per hit, what was looked for in bold."""
    header = ("Source", "Found in", "To", "Text")
    lines = [_row(header), _row(["---"] * len(header), plain=True)]
    for hit in found.hits:
        asked = "; ".join(agency.name for agency in hit.agencies)
        cells = (escape(catalogue.cite(hit)), escape(_place(hit)), escape(asked), _bold(hit))
        lines.append(_row(cells, plain=True))
    return "".join(f"{line}\n" for line in lines)


def escape(text: str) -> str:
    """Make text stand for itself in Markdown, on one line; paragraphs are parted by `<br>`."""
    lines = (one_line(line) for line in visible(text).split("\n"))
    return "<br>".join(_escape_line(line) for line in lines if line)


def _place(hit: Hit) -> str:
    return " > ".join((hit.kind, *hit.heading[-1:]))


def _bold(hit: Hit) -> str:
    parts = marked(hit.text, hit.marks)
    return "".join(f"**{escape(part)}**" if is_mark else _escape_around(part) for part, is_mark in parts)


def _escape_around(text: str) -> str:
    """Escape a text between two others: the white space at its ends parts them."""
    if not text.strip():
        return " " if text else ""
    before, after = (" " if end.isspace() else "" for end in (text[0], text[-1]))
    return f"{before}{escape(text)}{after}"


def _escape_line(line: str) -> str:
    escaped = _WWW.sub(lambda match: f"{match[0][:-1]}\\.", line.translate(_PUNCTUATION))
    return _COLON_IN_WORD.sub(r"\\:", escaped)


def from_rows(table: rows.Rows) -> str:
    """Write a header and rows as a table, every cell escaped."""
    lines = [_row(table.header), _row(["---"] * len(table.header), plain=True)]
    return "".join(f"{line}\n" for line in (*lines, *map(_row, table.rows)))


def _row(cells: Sequence[str], *, plain: bool = False) -> str:
    return f"| {' | '.join(cells if plain else map(escape, cells))} |"


def _theme(theme: Theme) -> tuple[str, ...]:
    counts = (str(theme.reviews), str(len(theme.members)))
    return (str(theme.rank), theme.label, *counts, percent(theme.share), years_of(theme))


def _examples(theme: Theme, catalogue: Catalogue) -> Iterator[str]:
    if theme.examples:
        yield f"**{theme.rank}. {escape(theme.label)}**"
    for example in theme.examples:
        yield f"> “{escape(example.excerpt)}” — {escape(catalogue.cite(example.recommendation))}"


def _counts(counts: Sequence[Count]) -> Iterator[str]:
    for count in counts:
        yield " / ".join(in_group(count)) if count.recommendations else "–"
