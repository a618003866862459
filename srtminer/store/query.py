"""What a user searches for, as an expression of FTS5, and the words of the store that are meant by it.

Why not FTS5's own language: there "multi-agency", "child's" and "4.12" are errors that speak of columns and
syntax. Here every word goes to FTS5 in quotes, so that nothing in it can have a meaning, and what is wrong
with a query is said in the user's terms. NOT binds closest, then AND, which may be left out, then OR.

Forms of one word have one stem. Why not an index of stems: a word in quotation marks is searched in its own
form only, and a second index would be as large as the first.
"""

import re
from collections.abc import Callable, Iterator, Sequence

from srtminer.errors import UsageError
from srtminer.store.database import Database
from srtminer.text.typed_names import nearest as like
from srtminer.text.words import stem

OPERATORS = ("AND", "OR", "NOT")
_MARKS = (*OPERATORS, "(", ")")
MAX_WORDS = 100
MAX_DEPTH = 10
"""Brackets in brackets; FTS5 gives up at about three times as many."""

PHRASE_HELP = """write a phrase as '"routine enquiry"' (the outer quotes are for the shell)"""
BRACKETS_HELP = "write (school OR nursery) AND nurse"

_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»", '"'))
"""Why: a query pasted from a letter has typographic quotation marks."""
_TOKEN = re.compile(r'[()]|-?"[^"]*"?\**|[^\s()"]+')

Forms = Callable[[str], Sequence[str]]
"""Gives the forms of a word, itself first."""


def to_fts5(query: str, forms: Forms = lambda word: (word,)) -> str:
    """Give the FTS5 expression of a query; raises `UsageError` that says what is wrong with it.

    `forms` gives the words that count as one another's: discharge, discharged, discharging. A word in
    quotation marks has its own form only.
    """
    pieces = _TOKEN.findall(query.encode(errors="replace").decode().translate(_QUOTES))
    tokens = [token for piece in pieces for part in _parts(piece) if (token := _token(part, forms))]
    words = len([token for token in tokens if token not in _MARKS])
    if not tokens:
        raise _wrong("it has no words", PHRASE_HELP)
    if words > MAX_WORDS:
        raise _wrong(f"it has {words} words", f"give at most {MAX_WORDS}, or find similar texts with --like")
    return " ".join(_joined(tokens))


def _parts(piece: str) -> tuple[str, ...]:
    """Take the sign off "-school", which is what people write for NOT school."""
    return ("NOT", piece[1:]) if piece.startswith("-") and _has_word(piece) else (piece,)


def _joined(tokens: Sequence[str]) -> Iterator[str]:
    """Check that operators stand between words and that brackets match; write the AND that is left out."""
    before, depth = "", 0
    for token, after in zip(tokens, (*tokens[1:], ""), strict=True):
        opens = before in ("", "(", *OPERATORS)
        if token == "AND" and after == "NOT":
            continue  # "nurse AND NOT school" is what people write; to FTS5 it is "nurse NOT school"
        if opens and token in (")", *OPERATORS):
            raise _missing(token, before)
        if not opens and token not in (")", *OPERATORS):
            yield "AND"
        depth += (token == "(") - (token == ")")
        if depth < 0:
            raise _wrong("a closing bracket has no opening one", BRACKETS_HELP)
        if depth > MAX_DEPTH:
            raise _wrong("its brackets are nested too deeply", f"use at most {MAX_DEPTH} in each other")
        yield token
        before = token
    if before in OPERATORS:
        raise _missing("", before)
    if depth:
        raise _wrong("an opening bracket is not closed", BRACKETS_HELP)


def _missing(token: str, before: str) -> UsageError:
    operator = next((one for one in (token, before) if one in OPERATORS), "")
    if not operator:
        return _wrong("there is nothing in its brackets", BRACKETS_HELP)
    return _wrong(
        f"{operator} has no word {'before' if operator == token else 'after'} it",
        f"write school {operator} nursery, or, to search for the word, in small letters",
    )


def _token(text: str, forms: Forms) -> str:
    """Give a word as FTS5 has it, in quotes; an operator or a bracket as it is; nothing for mere marks."""
    if text in _MARKS:
        return text
    body = text.rstrip("*")
    prefix = len(body) < len(text)
    quoted = body.startswith('"')
    if quoted:
        if len(body) < 2 or not body.endswith('"'):
            raise _wrong("a quotation mark is not closed", PHRASE_HELP)
        body = body[1:-1]
    if "*" in body or (prefix and not _has_word(body)):
        raise _wrong("a * stands only at the end of a word's beginning", "write neglect* for neglected too")
    # A dash or an ampersand alone is no word: "health & safety" is "health safety".
    if not _has_word(body):
        return ""
    if prefix:
        return f'"{body}" *'
    words = " OR ".join(f'"{word}"' for word in ((body,) if quoted else forms(body)))
    return f"({words})" if " OR " in words else words


def _has_word(text: str) -> bool:
    return any(character.isalnum() for character in text)


def _wrong(problem: str, advice: str) -> UsageError:
    return UsageError(f"the query cannot be understood: {problem}; {advice}")


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
