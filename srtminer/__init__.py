"""Find the themes that recur in the recommendations of serious case reviews.

For other programs: `ThemeMiner`, an estimator of scikit-learn, and `open_store`. What they need is imported
when they are used, as scikit-learn takes more than a second to load.
"""

from collections.abc import Iterable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from srtminer.miner import ThemeMiner
    from srtminer.render.result import Column

__all__ = ["ThemeMiner", "__version__", "open_store"]
__version__ = "0.2.0"


def __getattr__(name: str) -> object:
    """Import the estimator when it is asked for."""
    if name == "ThemeMiner":
        from srtminer.miner import ThemeMiner

        return ThemeMiner
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


class open_store:  # noqa: N801
    """A store that `srtminer ingest` made; each call reads it anew and lets the file go.

    With pandas installed, the methods give a `pandas.DataFrame`; without it, a list of dicts with the same
    names in the same order. The columns are those of the workbook that `srtminer export` writes. They raise
    `StoreError` if there is no store.
    """

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)

    def reviews(self) -> Any:
        """Give one row for each review."""
        from srtminer.render.result_columns import REVIEW_COLUMNS, ReviewEntry
        from srtminer.render.wording import Catalogue
        from srtminer.store import Store

        with Store.open(self.path) as store:
            records = store.records()
        names = Catalogue.of(records).names
        return _frame(REVIEW_COLUMNS, (ReviewEntry(record, names[record.id]) for record in records))

    def recommendations(self) -> Any:
        """Give one row for each recommendation, without its theme and without answers to it."""
        from srtminer.render.result_columns import RECOMMENDATION_COLUMNS, RESPONSE, Entry
        from srtminer.render.wording import Catalogue
        from srtminer.store import Store

        with Store.open(self.path) as store:
            records, found = store.reviews_and_recommendations()
        catalogue = Catalogue.of(records)
        elsewhere = {"theme_rank", "theme", "second_theme", *(column.name for column in RESPONSE)}
        columns = [column for column in RECOMMENDATION_COLUMNS if column.name not in elsewhere]
        return _frame(columns, (Entry(one, catalogue) for one in found))


def _frame(columns: "Sequence[Column]", entries: Iterable[Any]) -> Any:
    from srtminer.render.result import Table

    names = [column.name for column in columns]
    rows = [dict(zip(names, row, strict=True)) for row in Table.of(columns, entries).rows]
    if find_spec("pandas") is None:
        return rows
    import pandas

    return pandas.DataFrame(rows, columns=names)
