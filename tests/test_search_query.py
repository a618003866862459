"""What a user may type, and what is said if it cannot be understood."""

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srtminer.errors import UsageError
from srtminer.store.full_text import MAX_DEPTH, MAX_WORDS, to_fts5


@pytest.mark.parametrize(
    ("query", "expression"),
    [
        ("neglect", '"neglect"'),
        ("neglect school", '"neglect" AND "school"'),
        ("neglect AND school", '"neglect" AND "school"'),
        ("a AND b OR c d", '"a" AND "b" OR "c" AND "d"'),
        ("a NOT b c", '"a" NOT "b" AND "c"'),
        ("a AND NOT b", '"a" NOT "b"'),
        ("a -b", '"a" NOT "b"'),
        ('a -"b c" - d', '"a" NOT "b c" AND "d"'),
        ("a NOT b NOT c", '"a" NOT "b" NOT "c"'),
        ("(nurse OR midwife) alcohol", '( "nurse" OR "midwife" ) AND "alcohol"'),
        ("((a))", '( ( "a" ) )'),
        ('"routine enquiry"', '"routine enquiry"'),
        ("“routine enquiry”", '"routine enquiry"'),
        ("neglect*", '"neglect" *'),
        ('"routine enq"*', '"routine enq" *'),
        ('say"now then"', '"say" AND "now then"'),
        # What means something to FTS5 and nothing to a person who looks for it.
        ("multi-agency", '"multi-agency"'),
        ("child's 4.12", '"child\'s" AND "4.12"'),
        ("heading:x ^y a+b", '"heading:x" AND "^y" AND "a+b"'),
        ("NEAR and or not", '"NEAR" AND "and" AND "or" AND "not"'),
        ("health & safety – today", '"health" AND "safety" AND "today"'),
        ("'; DROP TABLE reviews; --", '"DROP" AND "TABLE" AND "reviews;"'),
    ],
)
def test_queries(query: str, expression: str) -> None:
    assert to_fts5(query) == expression


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("", "it has no words; write a phrase as '\"routine enquiry\"' (the outer quotes"),
        ("& –", "it has no words"),
        ('""', "it has no words"),
        ('"routine enquiry', "a quotation mark is not closed; write a phrase as"),
        (
            "school OR",
            "OR has no word after it; write school OR nursery, or, to search for the word, in small",
        ),
        ("AND school", "AND has no word before it"),
        ("-school", "NOT has no word before it; write school NOT nursery"),
        ("NOT school", "NOT has no word before it; write school NOT nursery"),
        ("a OR OR b", "OR has no word before it"),
        ("a AND &", "AND has no word after it"),
        ("(a OR) b", "OR has no word after it"),
        ("(a", "an opening bracket is not closed; write (school OR nursery) AND nurse"),
        ("a AND (b", "an opening bracket is not closed"),
        ("a)", "a closing bracket has no opening one"),
        ("a ()", "there is nothing in its brackets"),
        ("*", "a * stands only at the end of a word's beginning; write neglect*"),
        ("ne*ct", "a * stands only at the end"),
        ("*glect", "a * stands only at the end"),
        ("(" * (MAX_DEPTH + 1) + "a" + ")" * (MAX_DEPTH + 1), "its brackets are nested too deeply"),
        ("a " * (MAX_WORDS + 1), f"it has {MAX_WORDS + 1} words; give at most {MAX_WORDS}"),
    ],
)
def test_malformed_queries(query: str, message: str) -> None:
    with pytest.raises(UsageError) as error:
        to_fts5(query)
    assert str(error.value).startswith(f"the query cannot be understood: {message}")


@pytest.fixture(scope="module")
def index() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE texts USING fts5(heading, text)")
    return connection


PIECES = st.sampled_from([*'ab()"*&:^+-', " ", "AND", "OR", "NOT", "NEAR", "é", "’s", "\ud800", "\n", "4.1"])


@given(st.lists(PIECES, max_size=30).map("".join))
def test_whatever_is_understood_is_understood_by_fts5(index: sqlite3.Connection, query: str) -> None:
    try:
        expression = to_fts5(query)
    except UsageError:
        return
    assert index.execute("SELECT * FROM texts WHERE texts MATCH ?", (expression,)).fetchall() == []


@pytest.mark.parametrize("query", ["a OR " * (MAX_WORDS - 1) + "a", "a NOT " * (MAX_WORDS - 1) + "a"])
def test_the_limits_are_within_those_of_fts5(index: sqlite3.Connection, query: str) -> None:
    deep = "(b OR " * MAX_DEPTH + "c" + ")" * MAX_DEPTH
    for one in (query, deep):
        index.execute("SELECT * FROM texts WHERE texts MATCH ?", (to_fts5(one),)).fetchall()
