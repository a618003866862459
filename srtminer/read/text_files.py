"""Plain text files, pasted from the web or wrapped as they come out of a PDF; Markdown; texts of e-mails."""

import email
from collections.abc import Sequence
from dataclasses import replace
from email import policy
from email.message import EmailMessage, MIMEPart
from html import escape
from pathlib import Path

from srtminer.model import ATTACHED, Omission, Review, Skipped
from srtminer.read.compose_review import compose
from srtminer.read.html import html_review
from srtminer.read.line_marks import split_mark
from srtminer.read.page_furniture import drop_from_text
from srtminer.read.read_file import because
from srtminer.read.table_grid import LONGEST_HEADER, asks_for, row_block
from srtminer.read.text_cleaning import Line, NotText, clean, decode, decoded, split_lines
from srtminer.read.text_pieces import text_blocks
from srtminer.text.names import printable


def tabbed_rows(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Give the lines with each row of a table as one line with cells; a header is given as its rows' headers.

    Why: action plans are pasted from a word processor or a spreadsheet, which puts tabs between the cells.
    """
    if not any(line.fields for line in lines):
        return tuple(lines)
    rows: list[Line] = []
    header: tuple[str, ...] = ()
    for index, line in enumerate(lines):
        if _is_header(lines, index):
            header = line.fields
            continue
        header = header if len(line.fields) <= len(header) else ()
        if header and line.fields:
            block = row_block(header, line.fields)
            line = replace(line, number=block.number, cells=block.cells)
        rows.append(line)
    return tuple(rows)


def _is_header(lines: Sequence[Line], index: int) -> bool:
    """Tell a header by what its two or more fields name, and by the table below it.

    Why names only: "Recommendations", tab, "12" stands in a list of contents, and "(a)", tab, "Take action."
    in a list.
    """
    fields = list(filter(None, lines[index].fields))
    goes_on = any(line.fields for line in lines[index + 1 : index + 2])
    return goes_on and len(fields) > 1 and asks_for(fields) and all(map(_may_be_name, fields))


def _may_be_name(field: str) -> bool:
    mark = split_mark(field)
    is_mark = bool(mark.kind) and not mark.rest
    is_sentence = len(field) > LONGEST_HEADER or (field.endswith(".") and " " in field)
    return any(map(str.isalpha, field)) and not is_mark and not is_sentence


def read_text(path: Path) -> Review | Skipped:
    """Read a text file; what is no text, or empty, is skipped with its reason."""
    text = decoded(path)
    return text if isinstance(text, Skipped) else parse_text(text, source=str(path))


def parse_text(text: str, *, source: str) -> Review:
    """Make a review of decoded text."""
    lines, page_count = split_lines(text)
    kept, omissions = drop_from_text(lines, page_count)
    blocks = text_blocks(tabbed_rows(kept))
    return compose(blocks, source=source, format="text", page_count=page_count, omissions=omissions)


_BROKEN = (LookupError, ValueError, TypeError, AttributeError, AssertionError)
"""What the standard library's parser raises on headers and bodies that are damaged."""
_DAMAGED = "a damaged e-mail: open it where it came from and save its text, or print it as PDF"


def read_mail(path: Path) -> Review | Skipped:
    """Read the text of an e-mail, its subject as the title; attachments are told by name."""
    try:
        message = email.message_from_bytes(path.read_bytes(), policy=policy.default)
        review = _review(message, str(path))
    except OSError as error:
        return Skipped(str(path), because(error))
    except (NotText, *_BROKEN):
        return Skipped(str(path), _DAMAGED)
    return review


def _review(message: EmailMessage, source: str) -> Review | Skipped:
    names = [part.get_filename() or part.get_content_type() for part in message.iter_attachments()]
    attached = tuple(Omission(f"{ATTACHED}{printable(name)}", 1, 0) for name in names)
    body = message.get_body(("html", "plain"))
    if body is None:
        told = ", ".join(omission.what for omission in attached)
        return Skipped(source, f"an e-mail without text{f': save its {told}' if told else ''}")
    text, subject = _body_text(body), clean(" ".join(str(message.get("subject", "")).split()))
    if body.get_content_subtype() == "html":
        page = f"<h1>{escape(subject)}</h1>{text}" if subject else text
        return html_review(page, source=source, format="mail", omissions=attached)
    review = parse_text(f"{subject}\n\n{text}".lstrip(), source=source)
    return replace(review, format="mail", omissions=(*review.omissions, *attached))


def _body_text(body: MIMEPart) -> str:
    """Decode a body as it says, or as a file is decoded where it names no alphabet that exists."""
    payload = body.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    try:
        text = data.decode(body.get_content_charset() or "utf-8")
    except (LookupError, UnicodeDecodeError):
        text = decode(data)
    return decode(text.encode("utf-8", errors="replace"))


def read_markdown(path: Path) -> Review | Skipped:
    """Read a Markdown file; what is no text, or empty, is skipped with its reason."""
    text = decoded(path)
    if isinstance(text, Skipped):
        return text
    body, omissions = _without_front_matter(text)
    return html_review(as_html(body), source=str(path), format="markdown", omissions=omissions)


def _without_front_matter(text: str) -> tuple[str, tuple[Omission, ...]]:
    """Drop the settings that site generators put between two lines of dashes at the top."""
    head, fence, body = text.removeprefix("---\n").partition("\n---\n")
    if not text.startswith("---\n") or not fence or ":" not in head.partition("\n")[0]:
        return text, ()
    return body, (Omission("front matter", 1, head.count("\n") + 1),)


def as_html(text: str) -> str:
    """Give Markdown as HTML; a picture gives its description.

    What is nested more deeply than the parser goes (20 levels) is taken as it stands.
    """
    from markdown_it import MarkdownIt  # here, as no other kind of file needs it

    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    tokens = parser.parse(f"{text}\n")  # markdown-it-py 4.0 looks for a line end behind "<!" in a list
    for token in tokens:
        for child in token.children or ():
            if child.type == "image":
                child.type, child.tag, child.attrs = "text", "", {}
    if not any(token.content for token in tokens):
        return f"<pre>{escape(text)}</pre>"
    return str(parser.renderer.render(tokens, parser.options, {}))
