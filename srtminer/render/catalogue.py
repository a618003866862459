"""What a review is called, how a recommendation is cited, and why it was found, in words."""

import textwrap
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import PurePath

from srtminer.model import Explanation, Recommendation, ReviewRecord
from srtminer.render.figures import few

TITLE_WIDTH = 60
"""Characters of a title in a citation.

Why: a title that names the guidance the review follows goes on for three lines, under every excerpt.
"""


CORRECTED = " (corrected)"
"""Follows the citation of what the analyst changed or added."""


def citation(record: ReviewRecord, cited: Recommendation, name: str | None = None) -> str:
    """Say where something stands: "Child F (2010) 4.7, p. 6"; what is not known is left out."""
    parts = (name or review_name(record), cited.reference)
    place = " ".join(part for part in parts if part)
    pages = page_range(record, cited.page, cited.last_page)
    mark = CORRECTED if cited.corrected else ""
    return f"{place}, {pages}{mark}" if pages else f"{place}{mark}"


def review_name(record: ReviewRecord, more: str = "") -> str:
    """Call a review by its subject, else its title, else its file; with `more`, and the year if known."""
    title = textwrap.shorten(record.value("title"), TITLE_WIDTH, placeholder=" …")
    name = record.value("subject") or title or _file_name(record)
    year = "" if record.year is None else f" ({record.year})"
    return f"{', '.join(filter(None, (name, more)))}{year}"


def page_range(record: ReviewRecord, first: int, last: int = 0) -> str:
    """Give "p. 6", "pp. 6–7" or "p. 212 (PDF 230)", or nothing for a document without pages.

    The printed number goes first, and the page of the file beside it where they differ.
    Why: a text file or a table of recommendations is one long page to us, and "p. 1" would mislead.
    """
    last = max(first, last)
    if record.format != "pdf" and record.pages <= 1 and last <= 1:
        return ""
    printed, file = _span(record.printed(first), record.printed(last)), _span(str(first), str(last))
    if not printed:
        return f"PDF {file}"
    pages = f"{'p.' if first == last else 'pp.'} {printed}"
    return pages if printed == file else f"{pages} (PDF {file})"


def _span(first: str, last: str) -> str:
    return first if first == last else f"{first}–{last}" if first and last else ""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The reviews of a store by id, each under a name that no other has."""

    records: Mapping[str, ReviewRecord]
    names: Mapping[str, str]

    @classmethod
    def of(cls, records: Iterable[ReviewRecord]) -> "Catalogue":
        """Catalogue all reviews of a store, also those not shown: a name must not depend on a filter."""
        by_id = {record.id: record for record in records}
        return cls(records=by_id, names=_distinct_names(by_id))

    def source(self, review_id: str) -> str:
        """The path of a review as the user gave it."""
        return self.records[review_id].source

    def cite(self, cited: Recommendation) -> str:
        """The citation of a recommendation or passage under the distinct name of its review."""
        return citation(self.records[cited.review_id], cited, self.names[cited.review_id])

    def pages(self, cited: Recommendation) -> str:
        """The page or pages of a recommendation or passage, or nothing for a document without pages."""
        return page_range(self.records[cited.review_id], cited.page, cited.last_page)

    def at(self, review_id: str, page: int) -> str:
        """The name of a review with a page of it, if it has pages."""
        return ", ".join(filter(None, (self.names[review_id], page_range(self.records[review_id], page))))


def _distinct_names(records: Mapping[str, ReviewRecord]) -> dict[str, str]:
    """Name each review as shortly as it stays distinct.

    Why: dozens of reviews are about a "Child A"; two of one year need their board to be told apart, a
    review and the statement about it their kind.
    """
    names: dict[str, str] = {}
    forms = (lambda _: "", lambda one: one.value("board"), lambda one: one.value("kind"), _file_name)
    for form in forms:
        waiting = {
            key: review_name(record, form(record)) for key, record in records.items() if key not in names
        }
        taken = Counter([*waiting.values(), *names.values()])
        names |= {key: name for key, name in waiting.items() if taken[name] == 1}
    return {key: names.get(key) or review_name(record, record.id) for key, record in records.items()}


def _file_name(record: ReviewRecord) -> str:
    return PurePath(record.source).name or record.source or record.id


_WORDS = tomllib.loads((files("srtminer") / "data" / "evidence.toml").read_text(encoding="utf-8"))
REASONS: Mapping[str, str] = _WORDS["rules"]
"""Why a recommendation was taken for one, by the name of the rule that found it."""
EVIDENCE: Mapping[str, str] = _WORDS["features"]
"""What a feature of `data/series.json` says of an item."""
FEATURES = 8
"""Features that people see, the weightiest; JSON and CSV hold all."""


def why(recommendation: Recommendation) -> str:
    """Say why it was found; of a rule without an explanation, its name."""
    rule = recommendation.rule
    return REASONS.get(rule, rule)


def evidence(explanation: Explanation | None) -> tuple[str, ...]:
    """Say what speaks for it and against it, each with its share, the weightiest first: "a table cell +1.8".

    Features that say the same in words are told together.
    """
    said: dict[str, float] = {}
    for name, share in explanation.shares if explanation else ():
        words = EVIDENCE.get(name, name)
        said[words] = said.get(words, 0.0) + share
    weighed = sorted(said.items(), key=lambda one: -abs(round(one[1], 2)))
    return tuple(f"{words} {'+' if share > 0 else '−'}{abs(share):.1f}" for words, share in weighed)


def printings(recommendation: Recommendation, record: ReviewRecord) -> tuple[str, ...]:
    """Give the other printings that were left out: "p. 4: The Board should …"."""
    left_out = recommendation.explanation.left_out if recommendation.explanation else ()
    return tuple(
        f"{page_range(record, page) or 'the same page'}: {' '.join(text.split())}" for page, text in left_out
    )


def told(recommendation: Recommendation, record: ReviewRecord) -> Iterator[str]:
    """Give the lines that explain a recommendation to people."""
    if said := evidence(recommendation.explanation):
        yield f"for it (+) and against it (−): {few(said, FEATURES, '; ')}"
    for printing in printings(recommendation, record):
        yield f"also printed on {printing}"
