"""Words become stems, each word once."""

from functools import cache, lru_cache
from typing import Any

from srtminer.vectors.tokens import CACHED_WORDS


@cache
def _stemmer() -> Any:
    # Why not nltk's of the same algorithm: loading it takes as long as finding the themes of a thousand rows.
    import snowballstemmer

    return snowballstemmer.stemmer("english")


APART = {"training": "training", "trained": "training", "trainer": "training", "trainers": "training"}
"""Why: where trains run, "training" is another matter than "trains"."""


@lru_cache(CACHED_WORDS)
def stem(key: str) -> str:
    """Give the Snowball (Porter2) stem of a token's key; an abbreviation is its own stem."""
    return APART.get(key) or (key if key.isupper() else str(_stemmer().stemWord(key)))
