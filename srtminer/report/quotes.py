"""The words of reviews that are shown, where they stand, to whom they are said, and what was answered."""

import re
import textwrap
from typing import Any

from srtminer.model import Recommendation
from srtminer.report.report_data import Content
from srtminer.report.small_counts import Counts
from srtminer.text.sentences import sentences

_CUT = "\u00a0…"
_ASKS = re.compile(r"\b(?:should|must|shall|recommend(?:s|ed)?|ought to|needs? to)\b")


def shortened(text: str, width: int) -> str:
    """Give a text, or its beginning on one line, of `width` characters at most."""
    if len(text) <= width:
        return "\n".join(line for line in text.split("\n") if line.strip())
    return textwrap.shorten(text, width, placeholder=_CUT)


def gist(text: str, width: int) -> str:
    """Give the beginning of the first sentence that asks for something, or else of the text."""
    text = " ".join(text.split())
    asking = (start for start, end in sentences(text) if _ASKS.search(text, start, end))
    start = next(asking, 0)
    return ("…\u00a0" if start else "") + shortened(text[start:], width)


def quote(one: Recommendation, text: str, content: Content, known: Counts) -> dict[str, Any]:
    """Quote `text` from a recommendation; what was answered only where no counts are withheld."""
    answer = None if known.hidden else content.answers.get(one.id)
    around = content.around.get(one.id)
    return {
        "text": text,
        "source": content.catalogue.cite(one),
        "agencies": ", ".join(dict.fromkeys(agency.name for agency in one.agencies)),
        "answer": answer
        and f"{answer.verdict}: “{' '.join(answer.text.split())}” "
        f"({content.catalogue.names[answer.review_id]}, p. {answer.page})",
        "around": around.shown if around else (),
    }


_ADVICE = re.compile(r" \([^()]*\)$")
_COMMAND = re.compile(r"`|(?<!\S)--[a-z]")


def fact(note: str) -> str:
    """Leave out of a note the advice in brackets at its end: "… may be one (merge them in a codebook)"."""
    return _ADVICE.sub("", note)


def reason(said: str) -> str:
    """Leave out of a reason the parts with a command or option: "it is a scan; ingest it with --ocr"."""
    kept = [part for part in said.split("; ") if not _COMMAND.search(part)]
    return "; ".join(kept) if kept else "it could not be read"
