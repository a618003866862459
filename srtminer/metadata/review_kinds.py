"""What kind of document it is: by its title page, else by how it is written."""

import re

from srtminer.metadata.front_page import Front, any_of, rules
from srtminer.model import Kind, Review

_KINDS = rules()["kinds"]
_SAYS: tuple[tuple[int, Kind, re.Pattern[str]], ...] = tuple(
    (entry["tier"], entry["kind"], any_of(entry["says"])) for entry in _KINDS.values()
)
_ACCIDENT = any_of(_KINDS["accident"]["says"])
_ARTICLES = rules()["articles"]
_BYLINE, _AROUND = any_of([_ARTICLES["byline"]]), any_of([_ARTICLES["around"]])
_ARTICLE_SIGNS = tuple(any_of([sign]) for sign in _ARTICLES["signs"])
_REVIEW = re.compile(r"\breview\b", re.IGNORECASE)
_ADULTS_BOARD = re.compile(r"\bsafeguarding adults? board\b", re.IGNORECASE)
ENOUGH_SIGNS = 3
"""Signs of a news report that make one; quotations and "yesterday" stand in many reviews."""


def find_kind(review: Review, front: Front) -> tuple[Kind, int] | None:
    """Give the kind of a document and the page that says so, or None."""
    return _by_line(front) or _by_title(front) or _by_board(front) or _by_style(review, front)


def is_accident(front: Front) -> bool:
    """Tell whether the title page is that of an accident investigation."""
    return any(_ACCIDENT.search(line.text) for line in front.title_page)


def _by_line(front: Front) -> tuple[Kind, int] | None:
    """Tell an article by who reports it, before the review that it reports can be taken for its own kind."""
    return next((("article", line.page) for line in front.title_page if _BYLINE.match(line.text)), None)


def _by_title(front: Front) -> tuple[Kind, int] | None:
    """Take the plainest words of the title page, of those what is printed first.

    Why in the order of the page: "Chapter 20: The failure of inspection" stands below "The Harle Inquiry",
    and "Terms of reference" below the title.
    """
    said = [
        (tier, place, kind, line.page)
        for place, line in enumerate(front.title_page)
        for tier, kind, says in _SAYS
        if says.search(line.text)
    ]
    _, _, kind, page = min(said, key=lambda one: one[:2], default=(0, 0, None, 0))
    return (kind, page) if kind else None


def _by_board(front: Front) -> tuple[Kind, int] | None:
    """Take a review that an adults board prints its name on for a SAR, whatever it is called.

    Why: "Dunmoor Safeguarding Adults Board", below it "Out in the cold: a thematic review of seven deaths".
    """
    review = next((line for line in front.title_page if _REVIEW.search(line.text)), None)
    adults = any(_ADULTS_BOARD.search(line.text) for line in front.title_page)
    return ("SAR", review.page) if review is not None and adults else None


def _by_style(review: Review, front: Front) -> tuple[Kind, int] | None:
    """Recognise an article: it says that it was posted or who reports, or is written like news."""
    plain = next((line for line in (*front.opening, *front.ending) if _AROUND.match(line.text)), None)
    if plain is not None:
        return "article", plain.page
    if any(paragraph.number for paragraph in review.paragraphs):
        return None
    signs = sum(any(sign.search(line.text) for line in front.opening) for sign in _ARTICLE_SIGNS)
    return ("article", 1) if signs >= ENOUGH_SIGNS else None
