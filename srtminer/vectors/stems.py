"""Words become stems, each word once."""

from functools import cache, lru_cache
from typing import Any

from srtminer.vectors.tokens import CACHED_WORDS


@cache
def _stemmer() -> Any:
    from nltk.stem.snowball import EnglishStemmer

    return EnglishStemmer()


@lru_cache(CACHED_WORDS)
def stem(key: str) -> str:
    """Give the Snowball (Porter2) stem of a token's key; an abbreviation is its own stem."""
    return key if key.isupper() else str(_stemmer().stem(key))
