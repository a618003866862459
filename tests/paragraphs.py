"""The paragraphs of a review as the tests of readers look at them."""

from srtminer.model import Review

Shown = tuple[str, int, str, str]


def shown(review: Review) -> list[Shown]:
    """Role, level, number and text of each paragraph."""
    return [(p.role, p.level, p.number, review.text[p.start : p.end]) for p in review.paragraphs]


def texts(review: Review) -> list[str]:
    """The text of each paragraph."""
    return [text for _, _, _, text in shown(review)]


def numbered_texts(review: Review) -> list[tuple[str, str]]:
    """Number and text of each paragraph."""
    return [(number, text) for _, _, number, text in shown(review)]
