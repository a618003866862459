"""A store for other programs: its reviews and recommendations as data frames, or as rows of plain values."""

from collections.abc import Iterable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from srtminer.render.result import Column, Table
from srtminer.render.result_columns import (
    RECOMMENDATION_COLUMNS,
    RESPONSE,
    REVIEW_COLUMNS,
    Entry,
    ReviewEntry,
)
from srtminer.render.wording import Catalogue
from srtminer.store import Store

_ELSEWHERE = {"theme_rank", "theme", "second_theme", *(column.name for column in RESPONSE)}


class OpenStore:
    """What a store holds; each call reads it anew and lets the file go.

    With pandas installed, the methods give a `pandas.DataFrame`; without it, a list of dicts with the same
    names in the same order. The columns are those of the workbook that `srtminer export` writes.
    """

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)

    def reviews(self) -> Any:
        """Give one row for each review; raises `StoreError` if there is no store."""
        with Store.open(self.path) as store:
            records = store.records()
        names = Catalogue.of(records).names
        return _frame(REVIEW_COLUMNS, (ReviewEntry(record, names[record.id]) for record in records))

    def recommendations(self) -> Any:
        """Give one row for each recommendation; raises `StoreError` if there is no store."""
        with Store.open(self.path) as store:
            records, found = store.reviews_and_recommendations()
        catalogue = Catalogue.of(records)
        columns = [column for column in RECOMMENDATION_COLUMNS if column.name not in _ELSEWHERE]
        return _frame(columns, (Entry(one, catalogue) for one in found))


open_store = OpenStore
"""Opens a store that `srtminer ingest` made; the file is read when rows are asked for."""


def _frame(columns: Sequence[Column], entries: Iterable[Any]) -> Any:
    names = [column.name for column in columns]
    rows = [dict(zip(names, row, strict=True)) for row in Table.of(columns, entries).rows]
    if find_spec("pandas") is None:
        return rows
    import pandas

    return pandas.DataFrame(rows, columns=names)
