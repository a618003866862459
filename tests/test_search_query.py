"""What a user may type, and what is said if it cannot be understood."""

from contextlib import closing, suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srtminer.errors import UsageError
from srtminer.store.full_text import Marker, to_fts5


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
    "query",
    [
        *("", "& –", '""', '"routine enquiry', "*", "ne*ct", "*glect"),
        *("school OR", "AND school", "-school", "NOT school", "a OR OR b", "a AND &", "(a OR) b"),
        *("(a", "a AND (b", "a)", "a ()", "(" * 500 + "a" + ")" * 500, "(b NOT " * 500 + "c" + ")" * 500),
    ],
)
def test_malformed_queries(query: str) -> None:
    with pytest.raises(UsageError, match="cannot be understood: write it like '"):
        Marker(to_fts5(query))


PIECES = st.sampled_from([*'ab()"*&:^+-', " ", "AND", "OR", "NOT", "NEAR", "é", "’s", "\ud800", "\n", "4.1"])


@given(st.lists(PIECES, max_size=30).map("".join))
def test_a_query_is_understood_or_its_user_told(query: str) -> None:
    with suppress(UsageError), closing(Marker(to_fts5(query))) as marker:
        assert marker.marks("") == ()


def test_a_whole_page_of_words_can_be_searched() -> None:
    with closing(Marker(to_fts5("a OR " * 1000 + "a"))) as marker:
        assert marker.marks("b a") == ((2, 3),)
