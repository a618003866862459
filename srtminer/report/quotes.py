"""The words of reviews that are shown, where they stand, to whom they are said, and what was answered.

A text that is too long is shown from its request, which often stands behind the finding that it answers.
"""

import re
import textwrap
from dataclasses import dataclass

from srtminer.model import Recommendation
from srtminer.passages.passage_context import Shown
from srtminer.render.catalogue import Catalogue
from srtminer.report.report_data import Content
from srtminer.report.small_counts import Counts
from srtminer.text.sentences import sentences

_RECOMMENDS = re.compile(
    r"\brecommends\b|\b(?:[Ww]e|I|is|are|therefore|also) (?:(?:therefore|also|further) )?recommend(?:ed)?\b"
)
_ASKS = re.compile(
    r"\b(?:should|must|shall)\b(?! (?:not )?have\b)|\bought to\b(?! have\b)|\bneeds? to\b"
    r"|\b(?:is|are) (?:asked|requested|invited) to\b|\bto (?:ensure|consider|review|make sure)\b"
)
"""Why not "should have": that tells of what went wrong."""
BEFORE = 3
"""A request too far into its sentence is shown with a part of the width before it, one of so many."""


def shortened(text: str, width: int) -> str:
    """Give a text of about `width` characters at most, from the sentence that asks for something.

    A text in which nothing asks is shown from its beginning.
    """
    text = " ".join(text.split())
    found = _request(text)
    if len(text) <= width or found is None or found.end() + width // BEFORE <= width:
        return _cut(text, 0, width)
    start = _sentence(text, found)
    if found.end() - start > width - width // BEFORE:
        start = text.rfind(" ", 0, found.start() - width // BEFORE) + 1
    return _cut(text, start, width)


def gist(text: str, width: int) -> str:
    """Give the beginning of the sentence that asks for something, or else of the text."""
    text = " ".join(text.split())
    found = _request(text)
    start = _sentence(text, found) if found and found.end() > width else 0
    return _cut(text, start, width)


def _request(text: str) -> re.Match[str] | None:
    return _RECOMMENDS.search(text) or _ASKS.search(text)


def _sentence(text: str, found: re.Match[str]) -> int:
    """Give the start of the sentence in which something is found."""
    return max(start for start, _ in sentences(text) if start <= found.start())


def _cut(text: str, start: int, width: int) -> str:
    kept = textwrap.shorten(text[start:], width, placeholder="\u00a0…")
    return f"…\u00a0{kept}" if start else kept


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a review and where they stand."""

    text: str
    source: str
    agencies: str
    answer: str
    """What a response says, or empty; empty too where counts are withheld that it would tell of."""
    around: tuple[Shown, ...]
    """The paragraphs around it, and its own, if they were asked for."""


def quote(
    recommendation: Recommendation, text: str, content: Content, known: Counts, catalogue: Catalogue
) -> Quote:
    """Quote `text` from a recommendation."""
    names = dict.fromkeys(agency.name for agency in recommendation.agencies)
    answer = "" if known.hidden else _answer(recommendation, content, catalogue)
    around = content.around.get(recommendation.id)
    return Quote(
        text, catalogue.cite(recommendation), ", ".join(names), answer, around.shown if around else ()
    )


def _answer(recommendation: Recommendation, content: Content, catalogue: Catalogue) -> str:
    answer = content.answers.get(recommendation.id)
    if answer is None:
        return ""
    said = " ".join(answer.text.split())
    return f"{answer.verdict}: “{said}” ({catalogue.names[answer.review_id]}, p. {answer.page})"


_ADVICE = re.compile(r" \([^()]*\)$")
_COMMAND = re.compile(r"`|(?<!\S)--[a-z]")


def fact(note: str) -> str:
    """Leave out of a note the advice in brackets at its end: "… may be one (merge them in a codebook)"."""
    return _ADVICE.sub("", note)


def reason(said: str) -> str:
    """Leave out of a reason the parts with a command or option: "it is a scan; ingest it with --ocr"."""
    kept = [part for part in said.split("; ") if not _COMMAND.search(part)]
    return "; ".join(kept) if kept else "it could not be read"
