"""Vectors of what stands in a review, kept until the review goes; each by the digest of its text.

What a vector says is known to the encoder alone. Each function runs inside the transaction of its caller.
"""

import hashlib
from collections.abc import Mapping, Sequence

from srtminer.model import Recommendation
from srtminer.store.database import Database

_OF_REVIEW = (
    "SELECT vectors.digest, vector FROM vectors JOIN reviews ON reviews.key = review "
    "WHERE id = ? AND encoder = ?"
)
_KEEP = (
    "INSERT OR REPLACE INTO vectors (review, encoder, digest, vector) "
    "SELECT key, ?, ?, ? FROM reviews WHERE id = ?"
)


def recall(database: Database, encoder: str, rows: Sequence[Recommendation]) -> dict[str, bytes]:
    """Give what is kept of an encoder's vectors of these rows, by their texts."""
    kept: dict[bytes, bytes] = {}
    for review_id in dict.fromkeys(row.review_id for row in rows):
        kept.update(database.rows(_OF_REVIEW, (review_id, encoder)))
    texts = {_digest(row.text): row.text for row in rows} if kept else {}
    return {text: kept[digest] for digest, text in texts.items() if digest in kept}


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
