"""Plain text files: pasted from the web with one line a paragraph, or wrapped as they come out of a PDF."""

from pathlib import Path

from srtminer.model import Review, Skipped
from srtminer.read.compose_review import compose
from srtminer.read.decode import NotText, decode
from srtminer.read.numbers import place_numbers
from srtminer.read.running_lines import drop_furniture
from srtminer.read.tabbed_text import tabbed_rows
from srtminer.read.text_lines import split_lines
from srtminer.read.text_pieces import split_pieces


def read_text(path: Path) -> Review | Skipped:
    """Read a text file; what is no text, or empty, is skipped with its reason."""
    try:
        text = decode(path.read_bytes())
    except OSError as error:
        return Skipped(str(path), f"cannot be read: {error.strerror}")
    except NotText as error:
        return Skipped(str(path), f"{path.name} is not text: {error}")
    return parse_text(text, source=str(path))


def parse_text(text: str, *, source: str) -> Review:
    """Make a review of decoded text."""
    lines, page_count = split_lines(text)
    kept, omissions = drop_furniture(lines, page_count)
    blocks = place_numbers(split_pieces(tabbed_rows(kept)))
    return compose(blocks, source=source, format="text", page_count=page_count, omissions=omissions)
