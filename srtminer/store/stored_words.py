"""The words of the store: which are forms of one word, and which is meant by one that is not there.

Forms of one word have one stem. Why not an index of stems: a word in quotation marks is searched in its own
form only, and a second index would be as large as the first.
"""

from collections.abc import Iterator

from srtminer.store.database import Database
from srtminer.text.typed_names import nearest as like
from srtminer.text.words import stem

_SAME_BEGINNING = 3
"""Letters that the forms of a word have in common; a shorter word has no forms."""
_LAST = "\U0010ffff"
_INDEXES = ("recommendation_words", "section_words")


def forms(database: Database, word: str) -> tuple[str, ...]:
    """Give a word and then its other forms in the store, in alphabetical order: discharged, discharging."""
    if not word.isascii() or not word.isalpha() or len(word) < _SAME_BEGINNING:
        return (word,)
    own = word.lower()
    beginning = own[:_SAME_BEGINNING]
    others = sorted({found for found in _words(database, beginning, beginning + _LAST) if found != own})
    return (word, *(other for other in others if stem(other) == stem(own)))


def nearest(database: Database, word: str) -> str:
    """Give the word of the store that is most like this one; empty if this one is there, or none is."""
    own = word.casefold()
    words = {found for found in _words(database, "", _LAST) if not found.isdigit()}
    return "" if own in words else "".join(like(own, words, 1))


def _words(database: Database, first: str, last: str) -> Iterator[str]:
    for index in _INDEXES:
        table = f"temp.{index}_vocabulary"
        database.write(
            f"CREATE VIRTUAL TABLE IF NOT EXISTS {table} USING fts5vocab('main', '{index}', 'row')"
        )
        rows = database.rows(f"SELECT term FROM {table} WHERE term >= ? AND term < ?", (first, last))
        yield from (row[0] for row in rows)
