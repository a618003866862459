"""The tables, as numbered migrations: each is applied once and recorded in the table `migrations`.

A migration that has been released is never changed; a new one is added after it. The SQL keeps to what
SQLite 3.26 knows, the oldest that a supported Python is likely to meet.
"""

from collections.abc import Callable

from srtminer.errors import StoreError
from srtminer.store.database import NO_PERMISSION, Database, missing, printable

APPLICATION_ID = int.from_bytes(b"srtm", "big")
"""Stands in the header of every store, so that `file` and we can tell it from other SQLite files."""

_RECOMMENDATION = """
    key INTEGER PRIMARY KEY,
    review INTEGER NOT NULL REFERENCES reviews(key) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    id TEXT NOT NULL,
    refs TEXT NOT NULL,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    text TEXT NOT NULL,
    page INTEGER NOT NULL,
    last_page INTEGER NOT NULL,
    heading TEXT NOT NULL,
    agencies TEXT NOT NULL,
    lead TEXT NOT NULL,
    date TEXT NOT NULL,
    rule TEXT NOT NULL,
    confidence REAL NOT NULL,
    UNIQUE (review, id),
    UNIQUE (review, position)
"""


def prepare(database: Database, *, create: bool) -> None:
    """Recognise a store and bring it up to date; a blank file becomes one if `create`.

    Raises `StoreError` for a file that is not ours, a blank one, and a schema newer than this program.
    Nothing is written to a file that is not ours.
    """
    _recognise(database, create=create)
    if database.read_only:
        _require_readable(database, create=create)
        return
    if database.value("PRAGMA journal_mode") != "wal":
        database.write("PRAGMA journal_mode = WAL")
    database.write("PRAGMA synchronous = NORMAL")  # in WAL mode safe against damage, and fast
    database.write("PRAGMA foreign_keys = ON")
    database.write("PRAGMA secure_delete = ON")  # a replaced review leaves no text behind
    if _version(database) < len(MIGRATIONS):
        migrate(database)
    _refuse_newer(database)


def _require_readable(database: Database, *, create: bool) -> None:
    """Refuse a store that can only be read where it is to be written, or is not up to date."""
    if create:
        raise StoreError(f"store {printable(database.path)}: {NO_PERMISSION}")
    _refuse_newer(database)
    if _version(database) < len(MIGRATIONS):
        raise StoreError(
            f"store {printable(database.path)} was made by an older srtminer, and cannot be brought up "
            "to date where it is: copy it to a folder that you can write to"
        )


def migrate(database: Database) -> None:
    """Apply the missing migrations in one transaction."""
    with database.writing():
        # Asked again inside: another process may have migrated while this one waited.
        for number in range(_version(database) + 1, len(MIGRATIONS) + 1):
            migration = MIGRATIONS[number - 1]
            migration(database)
            database.write("INSERT INTO migrations VALUES (?, ?)", (number, migration.__name__))


def _recognise(database: Database, *, create: bool) -> None:
    if database.value("PRAGMA application_id") == APPLICATION_ID:
        return
    if database.value("SELECT count(*) FROM sqlite_master"):
        raise StoreError(
            f"{printable(database.path)} is another program's database: name a store of srtminer with --store"
        )
    if not create:
        raise missing(database.path)


def _version(database: Database) -> int:
    if not database.value("SELECT count(*) FROM sqlite_master WHERE name = 'migrations'"):
        return 0
    return int(database.value("SELECT coalesce(max(number), 0) FROM migrations"))


def _refuse_newer(database: Database) -> None:
    if (version := _version(database)) > len(MIGRATIONS):
        raise StoreError(
            f"store {printable(database.path)} was made by a newer srtminer (schema {version}, "
            f"this one knows {len(MIGRATIONS)}): run `pip install --upgrade srtminer`, "
            f"or name another with --store"
        )


def reviews_and_findings(database: Database) -> None:
    """Create the tables of what was read and found."""
    database.write(f"PRAGMA application_id = {APPLICATION_ID}")
    for statement in _TABLES:
        database.write(statement)


def full_text(database: Database) -> None:
    """Create the word indexes over sections and recommendations.

    They are FTS5 tables with external content: the words are indexed, the text is not stored twice. For
    sections the content is a view, because a section is a slice of its review. `bm25` needs no content;
    `snippet` and `highlight` cut the slice, so a search ranks and limits first and asks for them last.
    """
    for statement in _FULL_TEXT:
        database.write(statement)


def bookkeeping(database: Database) -> None:
    """Create the tables of files seen, settings and cached results."""
    for statement in _BOOKKEEPING:
        database.write(statement)


def corrections(database: Database) -> None:
    """Create the tables of what the analyst corrects, and of files that could not be read."""
    for statement in _CORRECTIONS:
        database.write(statement)


def contents_of_files(database: Database) -> None:
    """Create the table of which reviews the bytes of a file gave when they were read last."""
    for statement in _CONTENTS:
        database.write(statement)


def vectors(database: Database) -> None:
    """Create the table of the vectors of what stands in reviews."""
    database.write(_VECTORS)


def links(database: Database) -> None:
    """Create the table of which recommendations the analyst says ask for the same, or do not."""
    database.write(_LINKS)


def pdfs_read_blindly(database: Database) -> None:
    """Mark the reviews of PDFs: they were read without asking what their pages cover and hide."""
    database.write(_RECHECKS)
    database.write("INSERT INTO rechecks SELECT key FROM reviews WHERE format = 'pdf'")


def cases(database: Database) -> None:
    """Create the table of which documents the analyst says are of one case, or are not."""
    database.write(_CASES)


def explanations(database: Database) -> None:
    """Create the table of why recommendations were found; files are known no more, so that it is filled."""
    database.write(_EXPLANATIONS)
    database.write("DELETE FROM files")


def phrase_vectors(database: Database) -> None:
    """Create the table of the vectors of phrases that stand in some review or other."""
    database.write(_PHRASE_VECTORS)


def views_for_other_programs(database: Database) -> None:
    """Create two views for SQL, and make the words of recommendations anew so that Datasette finds them.

    It looks for `content="recommendations"` in the schema, with these very quotation marks.
    """
    for statement in _VIEWS:
        database.write(statement)


MIGRATIONS: tuple[Callable[[Database], None], ...] = (
    reviews_and_findings,
    full_text,
    bookkeeping,
    corrections,
    contents_of_files,
    vectors,
    links,
    pdfs_read_blindly,
    cases,
    explanations,
    phrase_vectors,
    views_for_other_programs,
)

_TABLES = (
    "CREATE TABLE migrations (number INTEGER PRIMARY KEY, name TEXT NOT NULL)",
    # The text comes last: SQLite does not touch the pages of a long one for a query of the other columns.
    """CREATE TABLE reviews (
        key INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        digest TEXT NOT NULL,
        source NOT NULL,
        format TEXT NOT NULL,
        page_count INTEGER NOT NULL,
        page_labels TEXT NOT NULL,
        omissions TEXT NOT NULL,
        why_none TEXT NOT NULL,
        paragraphs INTEGER NOT NULL,
        sections INTEGER NOT NULL,
        recommendations INTEGER NOT NULL,
        text TEXT NOT NULL
    )""",
    """CREATE TABLE paragraphs (
        review INTEGER NOT NULL REFERENCES reviews(key) ON DELETE CASCADE,
        position INTEGER NOT NULL,
        start INTEGER NOT NULL,
        stop INTEGER NOT NULL,
        page INTEGER NOT NULL,
        role TEXT NOT NULL,
        number TEXT NOT NULL,
        level INTEGER NOT NULL,
        size REAL NOT NULL,
        bold INTEGER NOT NULL,
        indent REAL NOT NULL,
        cells TEXT NOT NULL,
        PRIMARY KEY (review, position)
    ) WITHOUT ROWID""",
    """CREATE TABLE facts (
        review INTEGER NOT NULL REFERENCES reviews(key) ON DELETE CASCADE,
        position INTEGER NOT NULL,
        field TEXT NOT NULL,
        value TEXT NOT NULL,
        origin TEXT NOT NULL,
        page INTEGER,
        PRIMARY KEY (review, position)
    ) WITHOUT ROWID""",
    # What the user said about a review stays when the review is read anew, so it has a table of its own.
    """CREATE TABLE given_facts (
        review INTEGER NOT NULL REFERENCES reviews(key) ON DELETE CASCADE,
        field TEXT NOT NULL,
        value TEXT NOT NULL,
        origin TEXT NOT NULL,
        page INTEGER,
        PRIMARY KEY (review, field)
    ) WITHOUT ROWID""",
    """CREATE TABLE sections (
        key INTEGER PRIMARY KEY,
        review INTEGER NOT NULL REFERENCES reviews(key) ON DELETE CASCADE,
        position INTEGER NOT NULL,
        heading TEXT NOT NULL,
        path TEXT NOT NULL,
        number TEXT NOT NULL,
        level INTEGER NOT NULL,
        page INTEGER NOT NULL,
        start INTEGER NOT NULL,
        stop INTEGER NOT NULL,
        UNIQUE (review, position)
    )""",
    f"CREATE TABLE recommendations ({_RECOMMENDATION})",
    # As they stood in the user's table, before the analysis filled in who is addressed.
    f"CREATE TABLE ready_recommendations ({_RECOMMENDATION})",
)

_FULL_TEXT = (
    """CREATE VIEW section_texts AS
        SELECT sections.key AS key, heading, substr(text, start + 1, stop - start) AS text
        FROM sections JOIN reviews ON reviews.key = sections.review""",
    """CREATE VIRTUAL TABLE section_words
        USING fts5(heading, text, content='section_texts', content_rowid='key')""",
    """CREATE VIRTUAL TABLE recommendation_words
        USING fts5(text, content='recommendations', content_rowid='key')""",
)

_BOOKKEEPING = (
    "CREATE TABLE files (digest TEXT PRIMARY KEY, review_ids TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE cache (key TEXT PRIMARY KEY, value TEXT NOT NULL)",
)

_CORRECTIONS = (
    "ALTER TABLE recommendations ADD COLUMN correction TEXT NOT NULL DEFAULT ''",
    # Of reviews with corrections only: what was found, while `recommendations` holds what is wanted.
    f"CREATE TABLE found_recommendations ({_RECOMMENDATION})",
    # By the review's id, not its key: a correction must outlive whatever happens to the review's row.
    """CREATE TABLE corrections (
        review_id TEXT NOT NULL,
        position INTEGER NOT NULL,
        before TEXT NOT NULL,
        after TEXT NOT NULL,
        fits INTEGER NOT NULL,
        PRIMARY KEY (review_id, position)
    ) WITHOUT ROWID""",
    "CREATE TABLE skipped (source PRIMARY KEY NOT NULL, reason TEXT NOT NULL) WITHOUT ROWID",
)

_CONTENTS = (
    # `reading` names options and program; `owner` says whose reading the review's rows are.
    """CREATE TABLE contents (
        content TEXT NOT NULL,
        review_id TEXT NOT NULL,
        reading TEXT NOT NULL,
        owner INTEGER NOT NULL,
        PRIMARY KEY (content, review_id)
    ) WITHOUT ROWID""",
    "CREATE INDEX contents_by_review ON contents (review_id)",
)

_VECTORS = """CREATE TABLE vectors (
    review INTEGER NOT NULL REFERENCES reviews(key) ON DELETE CASCADE,
    encoder TEXT NOT NULL,
    digest BLOB NOT NULL,
    vector BLOB NOT NULL,
    PRIMARY KEY (review, encoder, digest)
) WITHOUT ROWID"""

# By review and digest of the text: a link must outlive that the review is read anew.
_LINKS = """CREATE TABLE links (
    first_review TEXT NOT NULL,
    first_text TEXT NOT NULL,
    second_review TEXT NOT NULL,
    second_text TEXT NOT NULL,
    same INTEGER NOT NULL,
    PRIMARY KEY (first_review, first_text, second_review, second_text)
) WITHOUT ROWID"""

_RECHECKS = "CREATE TABLE rechecks (review INTEGER PRIMARY KEY REFERENCES reviews(key) ON DELETE CASCADE)"

# By the reviews' ids, the smaller one first.
_CASES = """CREATE TABLE cases (
    first_review TEXT NOT NULL,
    second_review TEXT NOT NULL,
    same INTEGER NOT NULL,
    PRIMARY KEY (first_review, second_review)
) WITHOUT ROWID"""

_EXPLANATIONS = """CREATE TABLE explanations (
    review INTEGER NOT NULL REFERENCES reviews(key) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    id TEXT NOT NULL,
    shares TEXT NOT NULL,
    left_out TEXT NOT NULL,
    PRIMARY KEY (review, position)
) WITHOUT ROWID"""

_PHRASE_VECTORS = """CREATE TABLE phrase_vectors (
    encoder TEXT NOT NULL,
    digest BLOB NOT NULL,
    vector BLOB NOT NULL,
    PRIMARY KEY (encoder, digest)
) WITHOUT ROWID"""


def _known(field: str) -> str:
    """Give what is known of a review: what the user gave, else what was found."""
    return (
        f"coalesce((SELECT value FROM given_facts WHERE review = reviews.key AND field = '{field}'), "
        f"(SELECT value FROM facts WHERE review = reviews.key AND field = '{field}' ORDER BY position))"
    )


_VIEWS = (
    f"""CREATE VIEW recommendation_view AS SELECT
        recommendations.id AS recommendation,
        reviews.id AS review,
        {_known("subject")} AS subject,
        {_known("title")} AS title,
        {_known("board")} COLLATE NOCASE AS board,
        {_known("kind")} AS kind,
        CAST({_known("year")} AS INTEGER) AS year,
        {_known("published")} AS published,
        json_extract(refs, '$[0]') AS reference,
        page,
        json_extract(agencies, '$[0][0]') AS agency,
        json_extract(agencies, '$[0][1]') AS agency_kind,
        recommendations.text AS text,
        date,
        confidence,
        correction,
        source
    FROM recommendations JOIN reviews ON reviews.key = recommendations.review""",
    """CREATE VIEW theme_view AS SELECT
        meta.key AS run,
        names.value AS theme,
        recommendation_view.*
    FROM meta
    JOIN json_each(meta.value, '$.members') AS members
    JOIN recommendation_view ON recommendation_view.recommendation = members.key
    LEFT JOIN json_each(meta.value, '$.themes') AS names ON names.key = members.value
    WHERE meta.key LIKE 'themes run%' OR meta.key LIKE 'codebook run%'""",
    "DROP TABLE recommendation_words",
    """CREATE VIRTUAL TABLE recommendation_words
        USING fts5(text, content="recommendations", content_rowid="key")""",
    "INSERT INTO recommendation_words (recommendation_words) VALUES ('rebuild')",
)
