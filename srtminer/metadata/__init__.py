"""What a document is: title, subject, board, kind, year and date, found in its own text."""

from srtminer.metadata.front_page import find_date, find_kind, front, is_accident
from srtminer.metadata.title_page import find_authors, find_board, find_subject, find_title
from srtminer.model import FOUND, METADATA_FIELDS, Fact, Review

__all__ = ["find_facts"]


def find_facts(review: Review) -> tuple[Fact, ...]:
    """Find the metadata of a review, in the order of `METADATA_FIELDS`, each with the page that says so.

    A field that is not said is left out, never guessed; a field that the review has already is not repeated.
    """
    opening = front(review)
    accident = is_accident(opening)
    kind = find_kind(opening)
    name = kind[0] if kind else ""
    dated = find_date(opening, kind=name, accident=accident)
    title = find_title(opening)
    found: dict[str, tuple[str, int] | None] = {
        "title": title,
        "subject": find_subject(opening, name, title[0] if title else "", accident=accident),
        "board": find_board(opening, name),
        "kind": kind,
        "year": (str(dated.year), dated.page) if dated else None,
        "published": (dated.published, dated.page) if dated and dated.published else None,
        "authors": find_authors(opening),
    }
    known = {fact.field for fact in review.facts}
    return tuple(
        Fact(field, place[0], FOUND, place[1])
        for field in METADATA_FIELDS
        if field not in known and (place := found[field]) is not None
    )
