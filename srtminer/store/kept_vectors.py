"""Vectors of what stands in a review, kept until the review goes; each by the digest of its text.

What a vector says is known to the encoder alone. Each function runs inside the transaction of its caller.
"""

import hashlib
from collections.abc import Mapping, Sequence

from srtminer.model import Recommendation
from srtminer.store.database import Database

_OF_REVIEW = (
    "SELECT vectors.digest, substr(vector, ?, ?) FROM vectors JOIN reviews ON reviews.key = review "
    "WHERE id = ? AND encoder = ?"
)
_OF_PHRASE = "SELECT substr(vector, ?, ?) FROM phrase_vectors WHERE digest = ? AND encoder = ?"
_KEEP = (
    "INSERT OR REPLACE INTO vectors (review, encoder, digest, vector) "
    "SELECT key, ?, ?, ? FROM reviews WHERE id = ?"
)


def recall(
    database: Database, encoder: str, rows: Sequence[Recommendation], part: slice
) -> tuple[bytearray, list[str]]:
    """Give a part of the bytes of each distinct text's vector, one after the other, and what has none.

    Where a text has none there are zeros. Why one array: a dictionary of a million takes twice the memory.
    """
    texts = list(dict.fromkeys(row.text for row in rows))
    size = part.stop - part.start
    place = {_digest(text): at for at, text in enumerate(texts)}
    found = bytearray(size * len(texts))
    for review_id in dict.fromkeys(row.review_id for row in rows):
        kept = database.rows(_OF_REVIEW, (part.start + 1, size, review_id, encoder))
        for digest, vector in kept:
            if (at := place.pop(digest, None)) is not None:
                found[at * size : (at + 1) * size] = vector
    return found, [texts[at] for at in place.values()]


def recall_phrases(
    database: Database, encoder: str, phrases: Sequence[str], part: slice
) -> tuple[bytearray, list[str]]:
    """Give the same of phrases, each once."""
    size = part.stop - part.start
    found, unknown = bytearray(), []
    for phrase in phrases:
        vector = database.value(_OF_PHRASE, (part.start + 1, size, _digest(phrase), encoder))
        found += vector or bytes(size)
        if vector is None:
            unknown.append(phrase)
    return found, unknown


def keep_phrases(database: Database, encoder: str, vectors: Mapping[str, bytes]) -> None:
    """Keep the vectors of phrases until a review goes, which may be the one that they stand in."""
    database.write("DELETE FROM phrase_vectors WHERE encoder != ?", (encoder,))
    database.write_many(
        "INSERT OR REPLACE INTO phrase_vectors VALUES (?, ?, ?)",
        ((encoder, _digest(phrase), vector) for phrase, vector in vectors.items()),
    )


def keep(
    database: Database, encoder: str, rows: Sequence[Recommendation], vectors: Mapping[str, bytes]
) -> None:
    """Keep the vectors of rows, by their texts; those of other encoders go, and of no review none is kept."""
    database.write("DELETE FROM vectors WHERE encoder != ?", (encoder,))
    database.write_many(
        _KEEP,
        (
            (encoder, _digest(row.text), vectors[row.text], row.review_id)
            for row in rows
            if row.text in vectors
        ),
    )


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:16]
