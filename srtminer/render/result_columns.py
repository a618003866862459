"""The columns of reviews, recommendations and themes, each with its meaning, in one place for all forms.

CSV, JSON, workbook, flat table and `srtminer.open_store` choose from these by name; what people read stands
on the left of a workbook, what programs need on the right.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from srtminer.excerpts import Hit
from srtminer.model import (
    GIVEN,
    METADATA_FIELDS,
    RECOMMENDATIONS,
    Answer,
    Explanation,
    Omission,
    Recommendation,
    ReviewRecord,
    Theme,
    ThemeTable,
    Unit,
)
from srtminer.render.result import Column, Json, as_object, attributes, pick
from srtminer.render.wording import (
    EVIDENCE,
    Catalogue,
    evidence,
    left_out,
    phrase,
    printings,
    undated,
    why,
    with_second,
    year_span,
)


@dataclass(frozen=True, slots=True)
class ReviewEntry:
    """A review, or a file that could not be read, and the name it is cited by."""

    record: ReviewRecord
    name: str = ""
    check: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A recommendation and the reviews; it may have themes and an answer, or be what a search found."""

    one: Recommendation
    catalogue: Catalogue
    theme: Theme | None = None
    second: Theme | None = None
    answer: Answer | None = None
    hit: Hit | None = None
    rank: int = 0
    """Of the hit."""

    @property
    def record(self) -> ReviewRecord:
        """Its review."""
        return self.catalogue.records[self.one.review_id]

    @property
    def name(self) -> str:
        """What its review is called."""
        return self.catalogue.names[self.one.review_id]

    @property
    def citation(self) -> str:
        """Where it is printed."""
        return self.catalogue.cite(self.one)

    @property
    def agencies(self) -> tuple[str, ...]:
        """Who is asked to act, as printed."""
        return tuple(agency.name for agency in self.one.agencies)


@dataclass(frozen=True, slots=True)
class ThemeEntry:
    """A theme, its table, and the catalogue by which its examples are cited."""

    theme: Theme
    table: ThemeTable
    catalogue: Catalogue


def _fact(field: str, meaning: str, width: int) -> Column:
    """Give a field of what is known of a review; a year that is no number stays as it is printed."""
    year = field == "year"
    return Column(
        field,
        meaning,
        lambda row: (year and row.record.year) or row.record.value(field),
        width,
        json="record.year" if year else "",
        empty=None,
    )


def left_out_json(omissions: Iterable[Omission]) -> list[Json]:
    """Give what was left out, by what it is."""
    return [attributes(one, "what pages lines words") for one in left_out(omissions)]


_FACTS = (
    _fact("title", "Title of the document.", 34),
    _fact("subject", "The child or adult whom it is about, as named there.", 18),
    _fact("board", "The board or partnership that commissioned it.", 30),
    _fact("kind", "SCR, CSPR, SAR, DHR, PFD, inquiry, response, statement, article or other.", 8),
    _fact("year", "Year of the document.", 8),
    _fact("published", "Date of publication, as far as known.", 12),
    _fact("authors", "Who wrote it.", 24),
)
_ALL_FACTS = " ".join(METADATA_FIELDS)


_OF_REVIEWS = (
    Column("name", "Name of the review in citations; no two have the same.", width=26),
    Column(
        "case",
        "Id of its case; documents of one case count as one review.",
        "record.case_id",
    ),
    *_FACTS,
    Column(
        "given",
        "The fields that the user gave; the others were found in the text.",
        lambda row: tuple(fact.field for fact in row.record.facts if fact.origin == GIVEN),
    ),
    Column("pages", "Pages of the document.", "record.pages", 8),
    Column("recommendations", "Recommendations of the review in the store.", "record.recommendations", 17),
    Column("why_none", "Why there are no recommendations, if so.", "record.why_none", 36, empty=None),
    Column("check", "What calls for a look; `srtminer check` says more.", width=24),
    Column("source", "The file it was read from, as given.", "record.source", 34),
    Column("format", "pdf, text, markdown, html, docx or table.", "record.format", 10),
    Column("paragraphs", "Paragraphs read.", "record.paragraphs"),
    Column("sections", "Sections found.", "record.sections"),
    Column(
        "left_out",
        "What of the document is not in the text: running headers, contents pages and the like.",
        lambda row: tuple(map(phrase, left_out(row.record.omissions))),
        40,
        json=lambda row: left_out_json(row.record.omissions),
    ),
    Column("corrections", "Corrections of its recommendations.", "record.corrections"),
    Column("lost_corrections", "Corrections of what is no longer found.", "record.lost_corrections"),
    Column("facts", "What is known of it, and where that was found.", "record.facts"),
    Column("omissions", "What was left out, page by page.", "record.omissions"),
    Column("id", "The review's id, which follows from its text.", "record.id", 15),
)

REVIEW_LIST = pick(
    _OF_REVIEWS,
    f"id case source {_ALL_FACTS} pages paragraphs sections recommendations check why_none left_out "
    "corrections",
)
CHECK = pick(_OF_REVIEWS, "check")
REVIEW_JSON = pick(
    _OF_REVIEWS,
    f"id case source format {_ALL_FACTS} pages paragraphs sections recommendations why_none facts "
    "corrections lost_corrections left_out omissions",
)
REVIEW_COLUMNS = pick(
    _OF_REVIEWS,
    f"name {_ALL_FACTS} given pages recommendations why_none source format paragraphs sections left_out id",
)

VERDICTS = "accepted, accepted in part, rejected or done; answered, if it does not say"
RESPONSE = (
    Column("response", f"What a response says: {VERDICTS}.", "answer.verdict", 16),
    Column("response_text", "First sentence of the answer, as printed.", "answer.text", 40),
    Column("response_page", "Page of the answer.", "answer.page", 9),
    Column("response_review", "Id of the response.", "answer.review_id", 15),
)
"""What a response says, with `--with-response`."""

OF_ENTRIES: tuple[Column, ...] = (
    Column("citation", "Review, printed reference and page, for people.", width=26),
    Column("name", "Name of its review."),
    Column("text", "Its exact words.", "one.text", 90),
    Column(
        "agency",
        "Who is asked to act, as printed.",
        "agencies",
        28,
        json=lambda row: row.agencies[0] if row.agencies else None,
    ),
    Column(
        "agency_kind",
        "The kinds of these agencies.",
        lambda row: tuple(dict.fromkeys(agency.kind for agency in row.one.agencies if agency.kind)),
        18,
    ),
    Column(
        "agencies",
        "Who is asked to act, and what kind of agency it is; of a hit the names alone.",
        json=lambda row: [attributes(agency, "name kind") for agency in row.one.agencies],
    ),
    Column("heading", "The headings above it, outermost first.", "one.heading", 30, joint=" > "),
    Column("reference", "Its printed numbers or labels.", "one.references", 18, json="one.reference"),
    Column("references", "All of its printed numbers or labels.", "one.references"),
    Column("page", "Page on which it begins; 1 is the first of the file.", "one.page", 7),
    Column("last_page", "Page on which it ends.", "one.last_page", 10),
    Column("source", "The file it was read from, as given.", "record.source", 30),
    Column("review", "Id of its review.", "record.id", 15),
    *pick(_FACTS, "subject board year"),
    Column("corrected", "Whether the analyst changed or added it.", "one.corrected"),
    Column("theme_rank", "Rank of its theme; empty if it fits none that is listed.", "theme.rank"),
    Column("theme", "Label of its theme.", "theme.label", 30),
    Column("second_theme", "Label of a second theme; it counts in the first.", "second.label", 24),
    Column("also", "Id of a second theme that it belongs to.", "second.id"),
    Column("date", "By when it is to be done, as printed.", "one.date", 14),
    Column("lead", "The words that introduce it.", "one.lead", 30),
    Column("id", "The recommendation's id.", "one.id", 18),
    Column("rule", "Name of the rule that found it.", "one.rule", 16),
    Column("confidence", "How sure that rule is, 0 to 1.", lambda row: round(row.one.confidence, 4), 11),
    Column("why", "Why it was found.", lambda row: why(row.one)),
    Column(
        "evidence",
        "What speaks for it (+) and against it (−), with shares of the log odds; the weightiest first.",
        lambda row: evidence(row.one.explanation),
        40,
        json=lambda row: _shares(row.one.explanation),
    ),
    Column(
        "also_printed",
        "Other printings of it in other words, with their pages, which are not listed.",
        lambda row: printings(row.one, row.record),
        40,
        json=lambda row: [
            {"page": page, "text": text}
            for page, text in (row.one.explanation.left_out if row.one.explanation else ())
        ],
    ),
    Column("correction", "edited or added, if the analyst corrected it.", "one.correction", 11, empty=None),
    *RESPONSE,
)


@cache
def of_entries(names: str) -> tuple[Column, ...]:
    """Choose columns of recommendations and hits by their names."""
    return pick(OF_ENTRIES, names)


RECOMMENDATION_LIST = of_entries(
    "id review source subject board year citation reference page last_page agency agency_kind heading text "
    "lead date corrected"
)
EXPLAINED = of_entries("rule confidence why evidence also_printed")
WHY = of_entries("why evidence also_printed")
ALSO = of_entries("also")
"""Of the table of one theme: the id of a second theme."""
RECOMMENDATION_JSON = of_entries(
    "id review source citation reference references page last_page agency agencies heading text lead date "
    "rule confidence corrected correction"
)
RECOMMENDATION_COLUMNS = of_entries(
    "citation text agency agency_kind theme_rank theme second_theme date response response_text "
    "response_page response_review heading lead reference page last_page source review id rule confidence "
    "correction"
)


def fields_of(one: Recommendation, catalogue: Catalogue, names: str) -> Json:
    """Give fields of a recommendation in JSON, by their names."""
    return as_object(of_entries(names), Entry(one, catalogue))


def pointer(one: Recommendation, catalogue: Catalogue) -> Json:
    """Name a recommendation in JSON."""
    return fields_of(one, catalogue, "id review source reference corrected")


def _shares(explanation: Explanation | None) -> list[Json]:
    shares = explanation.shares if explanation else ()
    return [{"feature": name, "says": EVIDENCE.get(name, name), "share": value} for name, value in shares]


@cache
def theme_columns(names: str, unit: Unit = RECOMMENDATIONS) -> tuple[Column, ...]:
    """Choose columns of themes; what is counted goes by the name of its unit."""
    counted = unit.plural
    columns = (
        Column("rank", "Place by number of reviews, then of recommendations.", "theme.rank", 7),
        Column("label", "A phrase from its recommendations.", "theme.label", 34),
        Column("reviews", "Reviews with a recommendation in it.", "theme.reviews", 9),
        Column(counted, f"{counted.capitalize()} in it.", lambda row: len(row.theme.members), 17),
        Column(
            "share",
            f"Its {counted} as a share of all, 0 to 1.",
            lambda row: round(row.theme.share, 4),
            8,
            percent=True,
        ),
        Column(
            "years",
            "Years of the earliest and the latest review in it.",
            lambda row: year_span(row.theme.years),
            json=lambda row: [{"year": year, "reviews": count} for year, count in row.theme.years],
        ),
        Column("first_year", "Year of the earliest review in it.", lambda row: _years(row.theme)[0], 11),
        Column("last_year", "Year of the latest review in it.", lambda row: _years(row.theme)[-1], 11),
        Column("undated", "Reviews in it whose year is not known.", lambda row: undated(row.theme), 9),
        Column(
            "examples",
            "Typical excerpts, each with its source.",
            lambda row: tuple(f"{text}\n({source})" for text, source in excerpts(row)),
            90,
            joint="\n\n",
            json=_examples_json,
        ),
        Column(
            "agencies",
            "Who is asked to act, each with its number of recommendations.",
            lambda row: tuple(f"{agency} ({count})" for agency, count in row.theme.agencies),
            40,
            json=lambda row: [{"agency": agency, counted: count} for agency, count in row.theme.agencies],
        ),
        Column("terms", "Terms that set it apart.", "theme.terms", 34),
        Column("id", "The theme's id.", "theme.id", 26),
        Column("parts", "What a broad theme is made of.", "theme.parts"),
        Column("members", "What is in it, by id.", json=_members_json),
    )
    return pick(columns, names)


def theme_json(unit: Unit) -> tuple[Column, ...]:
    """Give the columns of a theme in JSON."""
    return theme_columns(
        f"rank id label terms reviews {unit.plural} share years undated agencies examples parts members", unit
    )


def excerpts(row: ThemeEntry) -> Sequence[tuple[str, str]]:
    """Give the typical excerpts and where each stands."""
    return [(one.excerpt, row.catalogue.cite(one.recommendation)) for one in row.theme.examples]


def _years(theme: Theme) -> Sequence[int | None]:
    return sorted(year for year, _ in theme.years) or (None,)


def _examples_json(row: ThemeEntry) -> list[Json]:
    return [
        fields_of(one.recommendation, row.catalogue, "id review source citation reference page")
        | {"excerpt": one.excerpt, "corrected": one.recommendation.corrected}
        for one in row.theme.examples
    ]


def _members_json(row: ThemeEntry) -> list[Json]:
    return [
        pointer(member, row.catalogue) | {"also": second.id if second else None}
        for member, second in with_second(row.table, row.theme)
    ]


THEME_COLUMNS = theme_columns(
    "rank label reviews recommendations share first_year last_year undated examples agencies terms id"
)
