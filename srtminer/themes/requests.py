"""Which rows make the same request: word for word, whoever is asked."""

import re
from collections.abc import Sequence

import numpy as np

from srtminer.text.words import plain_words
from srtminer.themes.requirements import Labels

MODAL = re.compile(r"\b(?:should|must|shall|will|needs? to|ought to|is to|are to)\b")
LONGEST_SUBJECT = 120
"""Characters before the word that asks. Why: "the federal, provincial and territorial governments should"."""
SHORTEST_REQUEST = 3
"""Words. Why: "should be trained" after "staff" is another request than after "dogs"."""


def same_requests(texts: Sequence[str]) -> Labels:
    """Number the requests of texts, equal ones alike, in the order of their first text.

    A text without words asks for nothing that another would.
    """
    number: dict[object, int] = {}
    keys = (request(text) or row for row, text in enumerate(texts))
    return np.array([number.setdefault(key, len(number)) for key in keys], dtype=np.int64)


def request(text: str) -> tuple[str, ...]:
    """Give the words of what is asked for: all after the first word that asks, where it comes early."""
    plain = text.casefold()
    asks = MODAL.search(plain, 0, LONGEST_SUBJECT)
    asked = tuple(plain_words(plain[asks.end() :])) if asks else ()
    return asked if len(asked) >= SHORTEST_REQUEST else tuple(plain_words(plain))
