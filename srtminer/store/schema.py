"""The tables, and what makes a store of an older program one of this program.

Tables that an older store has not are created, what is derived from tables is made anew, and what else it
needs stands in `CHANGES`. A new version counts `VERSION` up. The SQL keeps to what SQLite 3.26 knows, the
oldest that a supported Python is likely to meet.
"""

import sqlite3
from contextlib import closing

from srtminer.errors import StoreError
from srtminer.store.database import (
    EXPLANATION,
    FACTS,
    FOUND,
    NO_PERMISSION,
    PARAGRAPHS,
    RECOMMENDATIONS,
    SECTIONS,
    Database,
    missing,
)
from srtminer.text.names import printable

APPLICATION_ID = int.from_bytes(b"srtm", "big")
"""Stands in the header of every store, so that `file` and we can tell it from other SQLite files."""
VERSION = 16
"""Of this program's stores, as the table `migrations` records it."""

_REVIEW = "review INTEGER NOT NULL REFERENCES reviews(key) ON DELETE CASCADE"


def _listed(name: str, columns: str) -> str:
    """Describe a table of what stands in a review, in its order; `columns` are those of its row format."""
    rows = f"{_REVIEW}, position INTEGER NOT NULL, {columns}"
    return f"{name} ({rows}, PRIMARY KEY (review, position)) WITHOUT ROWID"


def _indexed(name: str, columns: str) -> str:
    """Describe one whose rows have a key, by which their words are indexed."""
    rows = f"key INTEGER PRIMARY KEY, {_REVIEW}, position INTEGER NOT NULL, {columns}"
    return f"{name} ({rows}, UNIQUE (review, position))"


def _pairs(name: str, *columns: str) -> str:
    """Describe a table of what the analyst says of two, in order."""
    return (
        f"{name} ({', '.join(f'{column} TEXT NOT NULL' for column in columns)}, "
        f"same INTEGER NOT NULL, PRIMARY KEY ({', '.join(columns)})) WITHOUT ROWID"
    )


# Which reviews the bytes of a file gave when they were read last; `reading` names options and program.
_CONTENTS = """contents (content TEXT NOT NULL, review_id TEXT NOT NULL, reading TEXT NOT NULL,
    PRIMARY KEY (content, review_id)) WITHOUT ROWID"""

_TABLES = (
    "migrations (number INTEGER PRIMARY KEY, name TEXT NOT NULL)",
    # The text comes last: SQLite does not touch the pages of a long one for a query of the other columns.
    """reviews (key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, digest TEXT NOT NULL, source NOT NULL,
        format TEXT NOT NULL, page_count INTEGER NOT NULL, page_labels TEXT NOT NULL, omissions TEXT NOT NULL,
        why_none TEXT NOT NULL, paragraphs INTEGER NOT NULL, sections INTEGER NOT NULL,
        recommendations INTEGER NOT NULL, text TEXT NOT NULL)""",
    _listed("paragraphs", PARAGRAPHS.columns),
    _listed("facts", FACTS.columns),
    _listed("explanations", f"id, {EXPLANATION.columns}"),
    _indexed("sections", SECTIONS.columns),
    _indexed("recommendations", f"{RECOMMENDATIONS.columns} DEFAULT ''"),
    # Of reviews with corrections only: what was found, while `recommendations` holds what is wanted.
    _indexed("found_recommendations", FOUND.columns),
    # What the user said about a review stays when the review is read anew, so it has a table of its own.
    f"given_facts ({_REVIEW}, {FACTS.columns}, PRIMARY KEY (review, field)) WITHOUT ROWID",
    # By the review's id, not its key: a correction must outlive whatever happens to the review's row.
    """corrections (review_id TEXT NOT NULL, position INTEGER NOT NULL, before TEXT NOT NULL,
        after TEXT NOT NULL, fits INTEGER NOT NULL, PRIMARY KEY (review_id, position)) WITHOUT ROWID""",
    _CONTENTS,
    "skipped (source PRIMARY KEY NOT NULL, reason TEXT NOT NULL) WITHOUT ROWID",
    "meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    "cache (key TEXT PRIMARY KEY, value TEXT NOT NULL)",
    f"""vectors ({_REVIEW}, encoder TEXT NOT NULL, digest BLOB NOT NULL, vector BLOB NOT NULL,
        PRIMARY KEY (review, encoder, digest)) WITHOUT ROWID""",
    """phrase_vectors (encoder TEXT NOT NULL, digest BLOB NOT NULL, vector BLOB NOT NULL,
        PRIMARY KEY (encoder, digest)) WITHOUT ROWID""",
    # By review and digest of the text: a link must outlive that the review is read anew.
    _pairs("links", "first_review", "first_text", "second_review", "second_text"),
    _pairs("cases", "first_review", "second_review"),
)


def _known(field: str) -> str:
    """Give what is known of a review: what the user gave, else what was found."""
    return (
        f"coalesce((SELECT value FROM given_facts WHERE review = reviews.key AND field = '{field}'), "
        f"(SELECT value FROM facts WHERE review = reviews.key AND field = '{field}' ORDER BY position))"
    )


# FTS5 with external content: the words are indexed, the text is not stored twice. For sections the content is
# a view, because a section is a slice of its review. `bm25` needs no content; `snippet` and `highlight` cut
# the slice, so a search ranks and limits first and asks for them last. Datasette looks for
# `content="recommendations"` in the schema, with these very quotation marks. The words of recommendations
# follow by triggers; each section would load the whole text of its review.
_DERIVED = (
    "INDEX contents_by_review ON contents (review_id)",
    """VIEW section_texts AS
        SELECT sections.key AS key, heading, substr(text, start + 1, stop - start) AS text
        FROM sections JOIN reviews ON reviews.key = sections.review""",
    # For other programs, as the next one is; the guide tells of them.
    f"""VIEW recommendation_view AS SELECT
        recommendations.id AS recommendation,
        reviews.id AS review,
        {_known("subject")} AS subject,
        {_known("title")} AS title,
        {_known("board")} COLLATE NOCASE AS board,
        {_known("kind")} AS kind,
        CAST(coalesce({_known("year")}, {_known("published")}) AS INTEGER) AS year,
        {_known("published")} AS published,
        json_extract(refs, '$[0]') AS reference,
        page,
        json_extract(agencies, '$[0][0]') AS agency,
        json_extract(agencies, '$[0][1]') AS agency_kind,
        recommendations.text AS text, date, confidence, correction, source
    FROM recommendations JOIN reviews ON reviews.key = recommendations.review""",
    """VIEW theme_view AS SELECT meta.key AS run, names.value AS theme, recommendation_view.*
    FROM meta
    JOIN json_each(meta.value, '$.members') AS members
    JOIN recommendation_view ON recommendation_view.recommendation = members.key
    LEFT JOIN json_each(meta.value, '$.themes') AS names ON names.key = members.value
    WHERE meta.key LIKE 'themes run%' OR meta.key LIKE 'codebook run%'""",
    "VIRTUAL TABLE section_words USING fts5(heading, text, content='section_texts', content_rowid='key')",
    """VIRTUAL TABLE recommendation_words
        USING fts5(text, content="recommendations", content_rowid="key")""",
    """TRIGGER recommendation_added AFTER INSERT ON recommendations BEGIN
        INSERT INTO recommendation_words (rowid, text) VALUES (new.key, new.text);
    END""",
    """TRIGGER recommendation_deleted AFTER DELETE ON recommendations BEGIN
        INSERT INTO recommendation_words (recommendation_words, rowid, text)
        VALUES ('delete', old.key, old.text);
    END""",
)

CHANGES = (
    (4, ("ALTER TABLE recommendations ADD COLUMN correction TEXT NOT NULL DEFAULT ''",)),
    # Why no reading: the first line of one is what its reviews were analysed with, as no older store has it.
    (
        14,
        (
            "ALTER TABLE contents RENAME TO former_contents",
            f"CREATE TABLE {_CONTENTS}",
            "INSERT INTO contents SELECT content, review_id, '' FROM former_contents",
            *(
                f"DROP TABLE IF EXISTS {name}"
                for name in ("former_contents", "files", "rechecks", "ready_recommendations")
            ),
            "DELETE FROM meta WHERE key LIKE 'made by %'",
        ),
    ),
)
"""What a store needs whose version is lower than a number, once it has all tables and nothing derived."""


def prepare(database: Database, *, create: bool) -> None:
    """Recognise a store and bring it up to date; a blank file becomes one if `create`.

    Raises `StoreError` for a file that is not ours, a blank one, a version newer than this program, and a
    store that can only be read where it has to be written. Nothing is written to a file that is not ours.
    """
    name = printable(database.path)
    if database.value("PRAGMA application_id") != APPLICATION_ID:
        if database.value("SELECT count(*) FROM sqlite_master"):
            raise StoreError(f"{name} is another program's database: name a store of srtminer with --store")
        if not create:
            raise missing(database.path)
    if (found := version(database)) > VERSION:
        raise StoreError(
            f"store {name} was made by a newer srtminer (schema {found}, this one knows {VERSION}): "
            "run `pip install --upgrade srtminer`, or name another with --store"
        )
    if database.read_only:
        if create:
            raise StoreError(f"store {name}: {NO_PERMISSION}")
        if found < VERSION:
            raise StoreError(
                f"store {name} was made by an older srtminer, and cannot be brought up to date where it "
                "is: copy it to a folder that you can write to"
            )
        return
    if database.value("PRAGMA journal_mode") != "wal":
        database.write("PRAGMA journal_mode = WAL")
    database.write("PRAGMA synchronous = NORMAL")  # in WAL mode safe against damage, and fast
    database.write("PRAGMA foreign_keys = ON")
    database.write("PRAGMA secure_delete = ON")  # a replaced review leaves no text behind
    if found < VERSION:
        _migrate(database)


def _migrate(database: Database) -> None:
    """Bring a store up to date, or make one, in one transaction."""
    with database.writing():
        before = version(database)  # asked again: another process may have done it while this one waited
        if before >= VERSION:
            return
        database.write(f"PRAGMA application_id = {APPLICATION_ID}")
        for part in reversed(_DERIVED):
            kind, name, *_ = part.removeprefix("VIRTUAL ").split()
            database.write(f"DROP {kind} IF EXISTS {name}")
        for table in _TABLES:
            database.write(f"CREATE TABLE IF NOT EXISTS {table}")
        for statement in (sql for number, some in CHANGES if 0 < before < number for sql in some):
            database.write(statement)
        for part in _DERIVED:
            database.write(f"CREATE {part}")
        rebuild_words(database)
        database.write("INSERT INTO migrations VALUES (?, '')", (VERSION,))


def rebuild_words(database: Database) -> None:
    """Make the word indexes anew, without any word that stands in no text any more."""
    for index in ("section_words", "recommendation_words"):
        database.write(f"INSERT INTO {index} ({index}) VALUES ('rebuild')")


def version(database: Database) -> int:
    """Give the version of a store; 0 if it has none yet."""
    if not database.value("SELECT count(*) FROM sqlite_master WHERE name = 'migrations'"):
        return 0
    return int(database.value("SELECT coalesce(max(number), 0) FROM migrations"))


def has_full_text() -> bool:
    """Tell whether this Python's SQLite was built with FTS5; a few are not."""
    with closing(sqlite3.connect(":memory:")) as connection:
        return "ENABLE_FTS5" in {row[0] for row in connection.execute("PRAGMA compile_options")}
