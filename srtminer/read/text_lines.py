"""Text becomes lines that know their page and the blank lines above them."""

from dataclasses import dataclass

from srtminer.read.text_cleaning import clean


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank."""

    text: str
    page: int
    """1-based."""
    gap: int = 0
    """Number of blank lines above it."""
    fields: tuple[str, ...] = ()
    """What tabs divide, empty fields too; empty if there is no tab between words."""
    number: str = ""
    """The printed number of a row of a table."""
    cells: tuple[tuple[str, str], ...] = ()
    """(header, text) of each cell, if the line is a row of a table."""


def split_lines(text: str) -> tuple[tuple[Line, ...], int]:
    """Split decoded text into lines; the second value is the number of pages."""
    pages = text.rstrip("\f\n ").split("\f")
    lines: list[Line] = []
    gap = 0
    for number, page in enumerate(pages, start=1):
        for raw in page.removesuffix("\n").split("\n"):
            if cleaned := clean(raw):
                lines.append(Line(cleaned, number, gap if lines else 0, _fields(raw)))
            gap = 0 if cleaned else gap + 1
    return tuple(lines), max(len(pages), 1)


def _fields(raw: str) -> tuple[str, ...]:
    return tuple(map(clean, raw.split("\t"))) if "\t" in raw.strip() else ()
