"""The word indexes of one review's sections and recommendations.

Each function runs inside the transaction that writes the review, so that index and text agree always.
"""

from srtminer.store.database import Database, Row


def add(database: Database, key: int) -> None:
    """Index the words of a review, whose rows have just been written."""
    database.write_many(
        "INSERT INTO section_words (rowid, heading, text) VALUES (?, ?, ?)", _sections(database, key)
    )
    add_recommendations(database, key)


def remove(database: Database, key: int) -> None:
    """Take the words of a review out, whose rows are still there: FTS5 has to be told the old text."""
    database.write_many(
        "INSERT INTO section_words (section_words, rowid, heading, text) VALUES ('delete', ?, ?, ?)",
        _sections(database, key),
    )
    remove_recommendations(database, key)


def add_recommendations(database: Database, key: int) -> None:
    """Index the words of a review's recommendations only, which have just been written."""
    database.write(
        "INSERT INTO recommendation_words (rowid, text) "
        "SELECT key, text FROM recommendations WHERE review = ?",
        (key,),
    )


def remove_recommendations(database: Database, key: int) -> None:
    """Take the words of a review's recommendations out, which are still there."""
    database.write(
        "INSERT INTO recommendation_words (recommendation_words, rowid, text) "
        "SELECT 'delete', key, text FROM recommendations WHERE review = ?",
        (key,),
    )


def _sections(database: Database, key: int) -> list[Row]:
    # Cut here and not by the view, which loads the review and counts its characters for every section.
    text = database.value("SELECT text FROM reviews WHERE key = ?", (key,))
    sections = database.rows("SELECT key, heading, start, stop FROM sections WHERE review = ?", (key,))
    return [(section, heading, text[start:stop]) for section, heading, start, stop in sections]
