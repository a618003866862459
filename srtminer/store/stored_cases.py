"""Which documents are of one case, as the analyst says or as is found; runs in the store's transactions."""

from collections.abc import Sequence
from dataclasses import replace

from srtminer.cases import case_ids, groups_of
from srtminer.model import Recommendation, ReviewRecord
from srtminer.store.database import Database


def told(database: Database) -> dict[tuple[str, str], bool]:
    """Give what the analyst said of two documents, by their ids in order."""
    rows = database.rows("SELECT first_review, second_review, same FROM cases ORDER BY 1, 2")
    return {(first, second): bool(same) for first, second, same in rows}


def tell(database: Database, one: str, other: str, *, same: bool | None) -> bool:
    """Keep what the analyst says of two documents; None takes it back. False if there is nothing."""
    pair = sorted((one, other))
    known = bool(
        database.value("SELECT count(*) FROM cases WHERE first_review = ? AND second_review = ?", pair)
    )
    if same is None:
        database.write("DELETE FROM cases WHERE first_review = ? AND second_review = ?", pair)
        return known
    database.write("INSERT OR REPLACE INTO cases VALUES (?, ?, ?)", (*pair, same))
    return True


def with_cases(
    database: Database, records: Sequence[ReviewRecord], recommendations: Sequence[Recommendation]
) -> tuple[tuple[ReviewRecord, ...], tuple[Recommendation, ...]]:
    """Say of each document, and of what it recommends, which case it is of."""
    case_of = case_ids(records, recommendations, told(database))
    several = {review_id for group in groups_of(case_of) for review_id in group}
    return (
        tuple(replace(record, case=case_of[record.id]) for record in records),
        tuple(
            replace(one, case=case_of[one.review_id]) if one.review_id in several else one
            for one in recommendations
        ),
    )
