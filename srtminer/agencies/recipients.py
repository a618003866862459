"""Whom a coroner's report is sent to: the block that says so, or the address above a letter."""

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from srtminer.agencies.addressee_choice import once_each
from srtminer.agencies.addressee_headings import heading_agencies
from srtminer.agencies.agency_names import agency_kind
from srtminer.agencies.agency_tokens import fold
from srtminer.model import Agency, Paragraph, Review

_SENT = re.compile(
    r"\W*(?:th(?:is|e) )?(?:report|letter)(?: (?:is|was|has been))?(?: being)? "
    r"(?:sent|addressed|directed|made) to\b(?: the following)?\W*",
    re.IGNORECASE,
)
"""Opens the block: "THIS REPORT IS BEING SENT TO:"."""
_PARTS = re.compile(r";|\n|(?:^|\s)\(?\d{1,2}[.)]\s")
FRONT = 40
"""Paragraphs in which the block opens."""
LONGEST = 160
"""Characters of one recipient; what is longer is running text."""


def recipients(review: Review) -> tuple[Agency, ...]:
    """Name whom a coroner's report is sent to, as printed and in its order; nobody for other documents."""
    if not any(fact.field == "kind" and fact.value == "PFD" for fact in review.facts):
        return ()
    front = review.paragraphs[:FRONT]
    texts = [review.text[one.start : one.end].strip() for one in front]
    for place, text in enumerate(texts):
        if found := _SENT.match(text):
            after = text[found.end() :]
            entries = [after] if after else _listed(front[place + 1 :], texts[place + 1 :])
            return once_each(_as_agency(part) for entry in entries for part in _PARTS.split(entry) if part)
    address = list(takewhile(lambda text: not text.startswith("Dear "), texts))
    return once_each(_in_address(address)) if len(address) < len(texts) else ()


def _listed(paragraphs: Sequence[Paragraph], texts: Sequence[str]) -> Iterator[str]:
    """Give the entries of a list up to what is of another kind: a heading, another count, running text."""
    seen: set[str] = set()
    for paragraph, text in zip(paragraphs, texts, strict=True):
        counted = bool(paragraph.number) == bool(paragraphs[0].number)
        if paragraph.role == "heading" or not counted or paragraph.number in seen or len(text) > LONGEST:
            return
        seen |= {paragraph.number} - {""}
        yield text


def _in_address(lines: Sequence[str]) -> Iterator[Agency]:
    """Give the bodies among the lines above "Dear …"; the coroner's own name stands there, too."""
    return (agency for line in lines for agency in heading_agencies(line) if agency.kind != "coroner")


def _as_agency(text: str) -> Agency:
    name = " ".join(fold(text).split()).strip(" .,;:").removeprefix("The ").removeprefix("the ")
    return Agency(name, agency_kind(name))
