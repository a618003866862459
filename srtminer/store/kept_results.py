"""The file of a store: opened and closed; settings, results and vectors that it keeps besides reviews.

A table of themes is kept as text, its recommendations as their positions among those that were mined: whoever
keeps a table keeps with it which they were.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path
from typing import Any, Self

from srtminer.model import Example, Recommendation, Theme, ThemeTable, Unit
from srtminer.store.database import Database, Row, require_file
from srtminer.store.schema import prepare, version


class KeptResults:
    """One SQLite file. A context manager.

    Any method raises `StoreError` where the file is damaged, locked or unreadable.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    @classmethod
    def open(cls, path: Path, *, create: bool = False) -> Self:
        """Open a store, brought up to this program's schema; make an empty one if there is none and `create`.

        Raises `StoreError` if there is none, or the file is no store, damaged, locked, or newer.
        """
        require_file(path, create=create)
        database = Database(path)
        try:
            prepare(database, create=create)
        except BaseException:
            database.close()
            raise
        return cls(database)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let the file go."""
        self._database.close()

    @contextmanager
    def _changing(self) -> Iterator[Database]:
        """Change the corpus in one transaction, after which results that were kept are of another one."""
        with self._database.writing() as database:
            yield database
            database.write("DELETE FROM cache")

    def meta(self, key: str) -> str | None:
        """Give a setting of the store, or None."""
        value: str | None = self._database.value("SELECT value FROM meta WHERE key = ?", (key,))
        return value

    def set_meta(self, key: str, value: str) -> None:
        """Keep a setting of the store."""
        with self._database.writing() as database:
            database.write("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    def schema(self) -> int:
        """Give the version of the store."""
        return version(self._database)

    def integrity(self) -> str:
        """Give what SQLite says of the file's inner order: "ok", or what is wrong, on one line.

        Where the damage is such that SQLite cannot even look, it is a `StoreError` as everywhere.
        """
        return "; ".join(" ".join(row[0].split()) for row in self._database.rows("PRAGMA integrity_check"))

    def cached(self, key: str) -> Any:
        """Give a result kept by `cache`, text or bytes, or None."""
        return self._database.value("SELECT value FROM cache WHERE key = ?", (key,))

    def cache(self, key: str, value: str | bytes) -> None:
        """Keep a result until the corpus changes; where nothing can be written, nothing is kept.

        Let the key hold the `corpus_digest()` read before the work began: another process may have changed
        the corpus in the meantime.
        """
        if not self._database.read_only:
            with self._database.writing() as database:
                database.write("INSERT OR REPLACE INTO cache VALUES (?, ?)", (key, value))

    def recall_vectors(
        self, encoder: str, rows: Sequence[Recommendation], part: slice
    ) -> tuple[bytearray, list[str]]:
        """Give a part of the bytes of each distinct text's vector, one after the other, and what has none.

        Where a text has none there are zeros.
        """
        sql = (
            "SELECT vectors.digest, substr(vector, ?, ?) FROM vectors JOIN reviews ON reviews.key = review "
            "WHERE id = ? AND encoder = ?"
        )
        texts = list(dict.fromkeys(row.text for row in rows))
        return self._recall(sql, encoder, texts, dict.fromkeys(row.review_id for row in rows), part)

    def recall_phrases(
        self, encoder: str, phrases: Sequence[str], part: slice
    ) -> tuple[bytearray, list[str]]:
        """Give the same of distinct phrases that stand in some review or other."""
        sql = "SELECT digest, substr(vector, ?, ?) FROM phrase_vectors WHERE digest = ? AND encoder = ?"
        return self._recall(sql, encoder, phrases, map(text_digest, phrases), part)

    def _recall(
        self, sql: str, encoder: str, texts: Sequence[str], keys: Iterable[object], part: slice
    ) -> tuple[bytearray, list[str]]:
        # Why one array: a dictionary of a million takes twice the memory.
        size = part.stop - part.start
        place = {text_digest(text): at for at, text in enumerate(texts)}
        found = bytearray(size * len(texts))
        with self._database.reading() as database:
            for key in keys:
                for digest, vector in database.rows(sql, (part.start + 1, size, key, encoder)):
                    if (at := place.pop(digest, None)) is not None:
                        found[at * size : (at + 1) * size] = vector
        return found, [texts[at] for at in place.values()]

    def keep_vectors(
        self, encoder: str, rows: Sequence[Recommendation], vectors: Mapping[str, bytes]
    ) -> None:
        """Keep the vectors of rows, by their texts, until their review is removed; other encoders' go."""
        known = (row for row in rows if row.text in vectors)
        sql = "INSERT OR REPLACE INTO vectors SELECT key, ?, ?, ? FROM reviews WHERE id = ?"
        kept = ((encoder, text_digest(row.text), vectors[row.text], row.review_id) for row in known)
        self._keep("vectors", encoder, sql, kept)

    def keep_phrases(self, encoder: str, vectors: Mapping[str, bytes]) -> None:
        """Keep the vectors of phrases until any review is removed, which may be the one they stand in."""
        sql = "INSERT OR REPLACE INTO phrase_vectors VALUES (?, ?, ?)"
        kept = ((encoder, text_digest(phrase), vector) for phrase, vector in vectors.items())
        self._keep("phrase_vectors", encoder, sql, kept)

    def _keep(self, table: str, encoder: str, sql: str, rows: Iterable[Row]) -> None:
        if not self._database.read_only:
            with self._database.writing() as database:
                database.write(f"DELETE FROM {table} WHERE encoder != ?", (encoder,))
                database.write_many(sql, rows)


def text_digest(text: str) -> bytes:
    """Give the digest by which a text is known in tables."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:16]


def dump_table(table: ThemeTable, recommendations: Sequence[Recommendation]) -> str:
    """Write a table that was found in these recommendations."""
    place = {recommendation: i for i, recommendation in enumerate(recommendations)}

    def plain(value: Any) -> Any:
        if isinstance(value, Recommendation):
            return place[value]
        parts = {field.name: getattr(value, field.name) for field in fields(value)}
        return [*parts.values()] if isinstance(value, Example) else parts

    return json.dumps(table, default=plain, ensure_ascii=False)


def load_table(text: str, recommendations: Sequence[Recommendation]) -> ThemeTable:
    """Read what `dump_table` wrote of the same recommendations in the same order."""
    values = {name: _frozen(value) for name, value in json.loads(text).items()}
    for theme in values["themes"]:
        theme["members"] = tuple(recommendations[i] for i in theme["members"])
        theme["examples"] = tuple(Example(recommendations[i], excerpt) for i, excerpt in theme["examples"])
    values["themes"] = tuple(Theme(**theme) for theme in values["themes"])
    values["unthemed"] = tuple(recommendations[i] for i in values["unthemed"])
    return ThemeTable(**values | {"unit": Unit(**values["unit"])})


def _frozen(value: Any) -> Any:
    """Make the lists of JSON tuples again, those in objects too."""
    if isinstance(value, dict):
        return {name: _frozen(item) for name, item in value.items()}
    return tuple(map(_frozen, value)) if isinstance(value, list) else value
