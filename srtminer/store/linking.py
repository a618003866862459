"""Which recommendations the analyst says ask for the same, or do not: each pair once, in a fixed order.

Each function runs inside the transaction of the store's method that calls it.
"""

import hashlib
from collections.abc import Iterable

from srtminer.model import Recommendation
from srtminer.store.database import Database

_PAIR = "first_review = ? AND first_text = ? AND second_review = ? AND second_text = ?"


def link(database: Database, one: Recommendation, other: Recommendation, *, same: bool) -> None:
    """Keep a judgement in place of an earlier one of the same pair."""
    database.write("INSERT OR REPLACE INTO links VALUES (?, ?, ?, ?, ?)", (*_pair(one, other), same))


def unlink(database: Database, one: Recommendation, other: Recommendation) -> bool:
    """Take a judgement back; False if there is none."""
    pair = _pair(one, other)
    found = bool(database.value(f"SELECT count(*) FROM links WHERE {_PAIR}", pair))
    database.write(f"DELETE FROM links WHERE {_PAIR}", pair)
    return found


def links(database: Database, recommendations: Iterable[Recommendation]) -> dict[tuple[str, str], bool]:
    """Give the judgements by the ids of the two recommendations, in order; without those of lost texts."""
    rows = database.rows("SELECT first_review, first_text, second_review, second_text, same FROM links")
    id_of = {_key(one): one.id for one in recommendations} if rows else {}
    found = {}
    for *pair, same in rows:
        ids = [id_of.get((review, text)) for review, text in (pair[:2], pair[2:])]
        if ids[0] and ids[1]:
            first, second = sorted((ids[0], ids[1]))
            found[first, second] = bool(same)
    return found


def _pair(one: Recommendation, other: Recommendation) -> tuple[str, ...]:
    first, second = sorted((_key(one), _key(other)))
    return (*first, *second)


def _key(one: Recommendation) -> tuple[str, str]:
    return one.review_id, hashlib.sha256(one.text.encode("utf-8", "surrogatepass")).hexdigest()[:32]
