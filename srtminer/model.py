"""The frozen values that flow from step to step. Imports nothing of ours.

Offsets (`start`, `end`) are positions in `Review.text`, counted in characters, end exclusive.
Pages are 1-based. Lengths on a page are in PDF points.
"""

from dataclasses import dataclass, field
from typing import Literal

GENERATOR = "srtminer"
"""Mark of every result of this program, so that a folder with reviews and results can be ingested."""

BY_HAND = "added by hand"
"""Rule of a recommendation that the analyst added."""
FOUND = "found in text"
GIVEN = "given by user"

AFTER_ALL_YEARS = 9999
"""Reviews without a year come last."""
METADATA_FIELDS = ("title", "subject", "board", "kind", "year", "published", "authors")

Kind = Literal["SCR", "CSPR", "SAR", "DHR", "PFD", "inquiry", "response", "statement", "article", "other"]
Role = Literal["heading", "text", "item", "row"]


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table row; `header` is the text at the head of its column."""

    header: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph as a person reads it: `Review.text[start:end]`, its printed number left out."""

    start: int
    end: int
    page: int
    role: Role = "text"
    number: str = ""
    """The printed number without closing mark ("4.12", "a", "iv"), or empty."""
    level: int = 0
    """Of a heading: 1 is the highest. Of an item: its depth, from 0."""
    size: float = 0.0
    bold: bool = False
    cells: tuple[Cell, ...] = ()
    italic: bool = False
    boxed: bool = False
    """In a text box, a frame or a cell of its own, in Word and HTML. A PDF only draws such things: real PDFs
    are read better without."""


@dataclass(frozen=True, slots=True)
class Omission:
    """What was on the page and is not in the text, so that nothing is lost silently."""

    what: str
    """"running header or footer", "contents page", "footnote", "page without text", …"""
    page: int
    lines: int
    words: int = 0
    """Of what is told in words: `COVERED`, `UNSEEN` and `STRUCK`."""


ATTACHED = "attached file "
"""Before the name of what came with an e-mail or a PDF: it is told, not read."""
COVERED = "covered words"
"""Under a box, a line, a picture or an annotation, or painted over; `AS_COVERED` stands in their place."""
AS_COVERED = "[covered]"
"""Stands in the text for words that are covered."""
UNSEEN = "words that are not shown"
"""Hidden, transparent, in the colour of what is behind them, too small, cut off, in a layer that is off."""
STRUCK = "words struck through or deleted"


@dataclass(frozen=True, slots=True)
class Fact:
    """One field of a review's metadata and where it comes from."""

    field: str
    value: str
    origin: str
    """`FOUND` or `GIVEN`."""
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Agency:
    """Somebody who is asked to act."""

    name: str
    """As printed, typographic apostrophes made plain so that spellings compare equal."""
    kind: str
    """Id of the agency kind in data/thesaurus.toml ("police", "safeguarding-board"), or empty."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why something was taken for a recommendation, and what was left out for it."""

    shares: tuple[tuple[str, float], ...]
    """(feature, its share of the log odds), weightiest first."""
    left_out: tuple[tuple[int, str], ...] = ()
    """(page, text) of other printings of the same recommendation, whose words differ."""


@dataclass(frozen=True, slots=True)
class Recommendation:
    """One recommendation; `text` is exactly `Review.text[start:end]` unless the analyst corrected it."""

    id: str
    review_id: str
    references: tuple[str, ...]
    """Printed numbers or labels, the first one leading: ("4.12",), ("Recommendation 3",)."""
    start: int
    end: int
    text: str
    page: int
    last_page: int
    heading: tuple[str, ...] = ()
    """Headings above it, outermost first."""
    agencies: tuple[Agency, ...] = ()
    lead: str = ""
    date: str = ""
    rule: str = ""
    """That found it."""
    confidence: float = 1.0
    correction: str = ""
    """"edited" or "added" by the analyst, or empty. An edited text need not be `Review.text[start:end]`: it
    keeps the place of what was found; one that stands nowhere in the text has an empty place."""
    case: str = field(default="", compare=False)
    """Of its document; empty where that is the document's own id."""
    explanation: Explanation | None = field(default=None, compare=False)
    """None of what the analyst added and of what came ready-made."""

    @property
    def corrected(self) -> bool:
        """Whether the analyst changed or added it."""
        return bool(self.correction)

    @property
    def case_id(self) -> str:
        """What counts as one review: the case, whatever number of documents it has."""
        return self.case or self.review_id

    @property
    def reference(self) -> str:
        """The leading printed reference, or an empty string."""
        return self.references[0] if self.references else ""


@dataclass(frozen=True, slots=True)
class Correction:
    """What the analyst made of one recommendation."""

    before: Recommendation | None
    """As it was found; None of one that was added."""
    after: Recommendation | None
    """As it was wanted; None of one that was deleted."""
    fits: bool = True
    """Whether what was corrected is among what is found now."""
    line: int | None = field(default=None, compare=False)
    """Of its row in an edited table, if it has one."""

    @property
    def kind(self) -> Literal["edited", "added", "restored", "deleted"]:
        """What was made of it; what was found, deleted and put back is restored."""
        if self.before is not None:
            return "deleted" if self.after is None else "edited"
        return "restored" if self.after is not None and self.after.rule != BY_HAND else "added"


@dataclass(frozen=True, slots=True)
class Review:
    """A document as read: normalised text in reading order and its paragraphs."""

    id: str
    source: str
    """The path as the user gave it."""
    format: str
    """"pdf", "text", "markdown", "html", "docx" or "table"."""
    text: str
    paragraphs: tuple[Paragraph, ...]
    page_count: int
    page_labels: tuple[str, ...] = ()
    """Printed page labels, one a page, or empty where the file has none."""
    omissions: tuple[Omission, ...] = ()
    facts: tuple[Fact, ...] = ()
    ready: tuple[Recommendation, ...] = ()
    """Recommendations that came ready-made, from a table."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """An input that could not be used."""

    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the text below it up to the next heading."""

    heading: str
    path: tuple[str, ...]
    """The headings above, outermost first, this one last."""
    number: str
    level: int
    page: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Analysis:
    """A review with all that was found in it; what the store keeps."""

    review: Review
    sections: tuple[Section, ...]
    recommendations: tuple[Recommendation, ...]
    why_none: str = ""
    """Why there are no recommendations; empty if there are some."""


@dataclass(frozen=True, slots=True)
class ReviewRecord:
    """A review as the store tells of it, without its text."""

    id: str
    source: str
    format: str
    facts: tuple[Fact, ...]
    pages: int
    paragraphs: int
    sections: int
    recommendations: int
    why_none: str
    omissions: tuple[Omission, ...] = ()
    corrections: int = 0
    lost_corrections: int = 0
    """How many of them fit nothing that is found now."""
    case: str = ""
    """Id of the case that the document is about; empty where nobody has looked."""
    page_labels: tuple[str, ...] = ()
    """The printed number of each page, or empty where none differs from the page of the file."""

    @property
    def case_id(self) -> str:
        """What counts as one review: the case, whatever number of documents it has."""
        return self.case or self.id

    def printed(self, page: int) -> str:
        """The number that is printed on a page (1-based), or an empty string where none is known."""
        if not self.page_labels:
            return str(page)
        return self.page_labels[page - 1] if 0 < page <= len(self.page_labels) else ""

    def value(self, field: str) -> str:
        """The value of a metadata field, or an empty string."""
        for fact in self.facts:
            if fact.field == field:
                return fact.value
        return ""

    @property
    def year(self) -> int | None:
        """The year of the review, else of its publication, if known."""
        value = self.value("year") or self.value("published")[:4]
        return int(value) if value.isdecimal() else None


IngestState = Literal["added", "updated", "unchanged"]


@dataclass(frozen=True, slots=True)
class Ingested:
    """A review that a file gave, and what that did to the store."""

    record: ReviewRecord
    state: IngestState
    source: str
    """The file as given; the record has another name where the store knew the text under that one."""
    note: str = ""
    """What the user should know of it, such as what it replaced."""
    copy_of: str = ""
    """The file whose review it is too: the same bytes, or the same text."""


@dataclass(frozen=True, slots=True)
class Example:
    """A typical recommendation of a theme, shortened at a sentence end."""

    recommendation: Recommendation
    excerpt: str


@dataclass(frozen=True, slots=True)
class Theme:
    """Recommendations that ask for the same kind of thing."""

    rank: int
    id: str
    label: str
    terms: tuple[str, ...]
    members: tuple[Recommendation, ...]
    """Most typical first."""
    examples: tuple[Example, ...]
    reviews: int
    share: float
    """Members as a share of all recommendations analysed, 0 to 1."""
    years: tuple[tuple[int, int], ...]
    """(year, number of reviews), ascending."""
    agencies: tuple[tuple[str, int], ...]
    """(agency, number of members), most frequent first."""
    also: tuple[str, ...] = ()
    """Of each member the id of a second theme that it belongs to, or empty; () where that was not asked."""
    parts: tuple[str, ...] = ()
    """Of a broad theme the labels of the themes in it, the first ones first."""
    colour: str = ""
    """"#rrggbb", if a codebook gives one."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a response says to a recommendation."""

    verdict: str
    """"accepted", "accepted in part", "rejected", "done"; "answered" where its words say none of them."""
    text: str
    """The first sentence of the answer, as printed."""
    page: int
    review_id: str
    """The response's."""


@dataclass(frozen=True, slots=True)
class Unit:
    """What the rows of a theme table are, in the words that people use."""

    name: str
    """As `themes --of` and JSON call it."""
    singular: str
    plural: str


RECOMMENDATIONS = Unit("recommendations", "recommendation", "recommendations")
FINDINGS = Unit("findings", "finding", "findings")
CONCERNS = Unit("concerns", "concern", "concerns")
"""What coroners report: matters of concern, those aside that ask for something."""
PASSAGES = Unit("sections", "passage", "passages")
"""Sections are mined passage by passage: one of them argues several matters."""


@dataclass(frozen=True, slots=True)
class ThemeTable:
    """The ranked themes of a set of recommendations, or of passages cut like such (`unit`)."""

    themes: tuple[Theme, ...]
    unthemed: tuple[Recommendation, ...]
    reviews: int
    recommendations: int
    method: tuple[tuple[str, str], ...]
    """Named steps and parameters, in order, for the record."""
    notes: tuple[str, ...] = ()
    """What the reader should know: close themes, a very large theme, few recommendations."""
    unit: Unit = RECOMMENDATIONS


@dataclass(frozen=True, slots=True)
class ThemeOptions:
    """How themes are found."""

    n_themes: int | None = None
    """Number of themes; None: chosen from the data. Fewer come out where the texts tell fewer apart."""
    min_reviews: int = 1
    """Themes in fewer reviews are not listed."""
    examples: int = 2
    """Excerpts a theme, at most."""
    random_state: int = 0
    """Seed of the steps that draw numbers; only very large sets have any."""
    broad: bool = False
    """List the broad themes that the themes make up, not the themes themselves."""
    words: bool = False
    """Cluster by words alone, without the sentence encoder's view of what texts mean."""
    unit: Unit = RECOMMENDATIONS
    """What the rows are: table and notes call them so."""
