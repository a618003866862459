"""Reviews put together from a few blocks, and what is found in them."""

from srtminer.agencies import is_agency_heading
from srtminer.model import Recommendation, Review, Section
from srtminer.read.compose_review import Block, compose
from srtminer.recommendations import find_recommendations
from srtminer.structure import outline


def heading(text: str, level: int = 1, number: str = "") -> Block:
    return Block(text, role="heading", level=level, number=number)


def text(words: str, number: str = "") -> Block:
    return Block(words, number=number)


def item(words: str, number: str = "") -> Block:
    return Block(words, role="item", number=number)


def row(**cells: str) -> Block:
    return Block("", role="row", cells=tuple((name.replace("_", " "), cell) for name, cell in cells.items()))


def review_of(*blocks: Block, format: str = "pdf") -> Review:
    return compose(blocks, source="review", format=format, page_count=1)


def sections_of(*blocks: Block, format: str = "pdf") -> tuple[Section, ...]:
    return outline(review_of(*blocks, format=format), is_agency_heading)


def found_in(*blocks: Block, kind: str = "", format: str = "pdf") -> tuple[Recommendation, ...]:
    review = review_of(*blocks, format=format)
    return find_recommendations(review, outline(review, is_agency_heading), kind)[0]


def why_none(*blocks: Block, kind: str = "") -> str:
    review = review_of(*blocks)
    return find_recommendations(review, outline(review, is_agency_heading), kind)[1]
