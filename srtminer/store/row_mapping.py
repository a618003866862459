"""The frozen types as rows of the tables, and back: a column for each field, tuples as JSON."""

import json
from collections.abc import Callable, Sequence
from dataclasses import astuple, fields, is_dataclass
from functools import lru_cache, partial
from typing import Any, Generic, TypeVar, get_args, get_origin

from srtminer.model import Explanation, Fact, Paragraph, Recommendation, Review, ReviewRecord, Section
from srtminer.store.database import Row

Made = TypeVar("Made")

_COLUMN_OF = {"end": "stop", "references": "refs", "pages": "page_count"}
"""Columns that are not called as their field is: `end` and `references` are words of SQL."""
REPEATED = 4_096
"""Small columns that are remembered as values. Why: tens of thousands of recommendations stand under the same
headings and go to the same agencies, and reading JSON is what loading them costs."""


class Mapping(Generic[Made]):
    """A type and those of its fields that a table keeps, in the order of its columns."""

    def __init__(self, make: Callable[..., Made], names: str) -> None:
        types: dict[str, Any] = {field.name: field.type for field in fields(make)}  # type: ignore[arg-type]
        self._make, self._names = make, tuple(names.split())
        readers = ((place, _reader(name, types[name])) for place, name in enumerate(self._names))
        self._readers = tuple((place, reader) for place, reader in readers if reader is not None)
        self.columns = ", ".join(_COLUMN_OF.get(name, name) for name in self._names)
        """As SQL names them."""

    def row(self, value: Made) -> Row:
        """Give the columns of a value."""
        return tuple(_column(name, getattr(value, name)) for name in self._names)

    def made(self, row: Sequence[Any], **others: Any) -> Made:
        """Make a value of its columns, and of the fields that are no columns."""
        values = list(row)
        for place, read in self._readers:
            values[place] = read(values[place])
        return self._make(**dict(zip(self._names, values, strict=True)), **others)


def _column(name: str, value: Any) -> Any:
    if isinstance(value, tuple):
        return pack(value)
    return path_column(value) if name == "source" else value


def _reader(name: str, kind: Any) -> Callable[[Any], Any] | None:
    """Give what reads a column; None of what is kept as it is."""
    if get_origin(kind) is tuple:
        item = get_args(kind)[0]
        parts: Any = item if is_dataclass(item) else tuple if get_origin(item) is tuple else None
        return partial(_unpacked, parts=parts)
    return path_text if name == "source" else bool if kind is bool else None


@lru_cache(REPEATED)
def _unpacked(column: str, parts: Any) -> tuple[Any, ...]:
    values = unpack(column)
    if parts is None:
        return tuple(values)
    return tuple(tuple(one) if parts is tuple else parts(*one) for one in values)


def pack(values: Sequence[object]) -> str:
    """Write a small sequence as JSON, in ASCII so that any character of a file's name can be stored."""
    return json.dumps(values, separators=(",", ":"), default=astuple) if values else "[]"


def unpack(column: str) -> list[Any]:
    """Read what `pack` wrote."""
    return json.loads(column) if column != "[]" else []


def path_column(path: str) -> str | bytes:
    """Give a path for storing: as bytes where the name is not valid Unicode, which SQLite's text must be."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return path.encode(errors="surrogatepass")
    return path


def path_text(column: str | bytes) -> str:
    """Read what `path_column` gave."""
    return column if isinstance(column, str) else column.decode(errors="surrogatepass")


_FOUND = "id references start end text page last_page heading agencies lead date rule confidence"
PARAGRAPH = Mapping(Paragraph, "start end page role number level size bold cells")
FACT = Mapping(Fact, "field value origin page")
SECTION = Mapping(Section, "heading path number level page start end")
RECOMMENDATION = Mapping(Recommendation, _FOUND)
CORRECTED = Mapping(Recommendation, f"{_FOUND} correction")
EXPLANATION = Mapping(Explanation, "shares left_out")
REVIEW = Mapping(Review, "id source format page_count page_labels omissions text")
RECORD = Mapping(
    ReviewRecord, "id source format pages page_labels omissions why_none paragraphs sections recommendations"
)
