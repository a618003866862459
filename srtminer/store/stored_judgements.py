"""The analyst's word on two recommendations, or on two documents: each pair once, in a fixed order."""

import hashlib
from collections.abc import Sequence

from srtminer.model import Recommendation
from srtminer.store.store_reader import StoreReader

_PAIR = "first_review = ? AND first_text = ? AND second_review = ? AND second_text = ?"


class StoredJudgements(StoreReader):
    """Which recommendations ask for the same, and which documents are of one case, as the analyst says."""

    def link(self, one: Recommendation, other: Recommendation, *, same: bool) -> None:
        """Keep that two recommendations ask for the same, or do not, in place of an earlier judgement."""
        with self._database.writing() as database:
            database.write("INSERT OR REPLACE INTO links VALUES (?, ?, ?, ?, ?)", (*_pair(one, other), same))

    def unlink(self, one: Recommendation, other: Recommendation) -> bool:
        """Take back what `link` kept of two recommendations; False if there is nothing."""
        with self._database.writing() as database:
            return database.write(f"DELETE FROM links WHERE {_PAIR}", _pair(one, other)) > 0

    def links(self) -> dict[tuple[str, str], bool]:
        """Give what `link` kept, by the ids of two recommendations in order; without those of lost texts."""
        rows = self._database.rows("SELECT * FROM links")
        id_of = {_key(one): one.id for one in self.recommendations()} if rows else {}
        found = {}
        for *pair, same in rows:
            ids = [id_of.get((review, text)) for review, text in (pair[:2], pair[2:])]
            if ids[0] and ids[1]:
                first, second = sorted((ids[0], ids[1]))
                found[first, second] = bool(same)
        return found

    def tell_case(self, one: str, other: str, *, same: bool | None) -> bool:
        """Keep whether two documents are of one case, as the analyst says; None takes that back.

        False if there is nothing to take back.
        """
        pair = sorted((one, other))
        with self._changing() as database:
            if same is None:
                return (
                    database.write("DELETE FROM cases WHERE first_review = ? AND second_review = ?", pair) > 0
                )
            database.write("INSERT OR REPLACE INTO cases VALUES (?, ?, ?)", (*pair, same))
        return True


def _pair(one: Recommendation, other: Recommendation) -> Sequence[str]:
    first, second = sorted((_key(one), _key(other)))
    return (*first, *second)


def _key(one: Recommendation) -> tuple[str, str]:
    return one.review_id, hashlib.sha256(one.text.encode("utf-8", "surrogatepass")).hexdigest()[:32]
