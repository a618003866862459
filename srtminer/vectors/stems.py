"""Words become stems, each word once."""

from functools import cache, lru_cache
from typing import Any

CACHED_WORDS = 200_000
"""More than the vocabulary of a country's reviews; bounds memory at some 30 MB."""


@cache
def _stemmer() -> Any:
    from nltk.stem.snowball import EnglishStemmer

    return EnglishStemmer()


@lru_cache(CACHED_WORDS)
def stem(key: str) -> str:
    """Give the Snowball (Porter2) stem of a token's key; an abbreviation is its own stem."""
    return key if key.isupper() else str(_stemmer().stem(key))
