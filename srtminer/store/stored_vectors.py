"""Vectors of what stands in a review, kept until the review goes; each by the digest of its text.

What a vector says is known to the encoder alone.
"""

import hashlib
from collections.abc import Mapping, Sequence

from srtminer.model import Recommendation
from srtminer.store.store_file import StoreFile

_OF_REVIEW = (
    "SELECT vectors.digest, substr(vector, ?, ?) FROM vectors JOIN reviews ON reviews.key = review "
    "WHERE id = ? AND encoder = ?"
)
_OF_PHRASE = "SELECT substr(vector, ?, ?) FROM phrase_vectors WHERE digest = ? AND encoder = ?"
_KEEP = "INSERT OR REPLACE INTO vectors SELECT key, ?, ?, ? FROM reviews WHERE id = ?"


class StoredVectors(StoreFile):
    """Vectors by text and encoder; where nothing can be written, none are kept."""

    def recall_vectors(
        self, encoder: str, rows: Sequence[Recommendation], part: slice
    ) -> tuple[bytearray, list[str]]:
        """Give a part of the bytes of each distinct text's vector, one after the other, and what has none.

        Where a text has none there are zeros. Why one array: a dictionary of a million takes twice the
        memory.
        """
        texts = list(dict.fromkeys(row.text for row in rows))
        size = part.stop - part.start
        place = {_digest(text): at for at, text in enumerate(texts)}
        found = bytearray(size * len(texts))
        with self._database.reading() as database:
            for review_id in dict.fromkeys(row.review_id for row in rows):
                kept = database.rows(_OF_REVIEW, (part.start + 1, size, review_id, encoder))
                for digest, vector in kept:
                    if (at := place.pop(digest, None)) is not None:
                        found[at * size : (at + 1) * size] = vector
        return found, [texts[at] for at in place.values()]

    def recall_phrases(
        self, encoder: str, phrases: Sequence[str], part: slice
    ) -> tuple[bytearray, list[str]]:
        """Give the same of distinct phrases that stand in some review or other."""
        size = part.stop - part.start
        with self._database.reading() as database:
            vectors = [
                database.value(_OF_PHRASE, (part.start + 1, size, _digest(phrase), encoder))
                for phrase in phrases
            ]
        unknown = [phrase for phrase, vector in zip(phrases, vectors, strict=True) if vector is None]
        return bytearray().join(vector or bytes(size) for vector in vectors), unknown

    def keep_vectors(
        self, encoder: str, rows: Sequence[Recommendation], vectors: Mapping[str, bytes]
    ) -> None:
        """Keep the vectors of rows, by their texts, until their review is removed; other encoders' go."""
        if self._database.read_only:
            return
        known = (row for row in rows if row.text in vectors)
        with self._database.writing() as database:
            database.write("DELETE FROM vectors WHERE encoder != ?", (encoder,))
            database.write_many(
                _KEEP, ((encoder, _digest(row.text), vectors[row.text], row.review_id) for row in known)
            )

    def keep_phrases(self, encoder: str, vectors: Mapping[str, bytes]) -> None:
        """Keep the vectors of phrases until any review is removed, which may be the one they stand in."""
        if self._database.read_only:
            return
        with self._database.writing() as database:
            database.write("DELETE FROM phrase_vectors WHERE encoder != ?", (encoder,))
            database.write_many(
                "INSERT OR REPLACE INTO phrase_vectors VALUES (?, ?, ?)",
                ((encoder, _digest(phrase), vector) for phrase, vector in vectors.items()),
            )


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:16]
