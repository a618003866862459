"""Tokens, stems and their keys."""

import pytest

from srtminer.text.words import is_shouting, key_of, stem, tokens


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("the child’s plan", ["the", "child", "plan"]),
        ("parents' views", ["parents", "views"]),
        ("Children's Services", ["children", "services"]),
        ("don't", ["don't"]),
        ("multi-agency meetings", ["multiagency", "meetings"]),
        ("multiagency meetings", ["multiagency", "meetings"]),
        ("front-line staff", ["front", "line", "staff"]),
        ("policies/procedures", ["policies", "procedures"]),
        ("GP", ["GP"]),
        ("GPs", ["GP"]),
        ("a CAF, CIN or MARAC", ["a", "CAF", "CIN", "or", "MARAC"]),
        ("SUDI protocol", ["SUDI", "protocol"]),
        ("IT and it", ["IT", "and", "it"]),
        ("S47 enquiries, 24 hours", ["S47", "enquiries", "24", "hours"]),
        ("Lüneburg naïve", ["lüneburg", "naïve"]),
        ("self- harm", ["self", "harm"]),
        ("snake_case", ["snake", "case"]),
        ("", []),
        ("… — ''", []),
    ],
)
def test_keys(text: str, keys: list[str]) -> None:
    assert [token.key for token in tokens(text)] == keys


def test_tokens_know_where_they_stand() -> None:
    text = "No pre-birth plan"
    assert [text[token.start : token.end] for token in tokens(text)] == ["No", "pre-birth", "plan"]
    assert [token.joined for token in tokens(text)] == [False, True, False]


def test_capitals_mean_nothing_in_a_text_of_capitals() -> None:
    assert [token.key for token in tokens("THE BOARD SHOULD ACT")] == ["the", "board", "should", "act"]
    assert is_shouting("THE BOARD SHOULD ACT")
    assert not is_shouting("The GP should see CAF FORMS")
    assert not is_shouting("")


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("sharing", "share"),
        ("shared", "share"),
        ("referrals", "referr"),
        ("GP", "GP"),
        ("DNA", "DNA"),
        ("child", "child"),
    ],
)
def test_stem(key: str, expected: str) -> None:
    assert stem(key) == expected


def test_key_of_a_single_capital_is_lower_case() -> None:
    assert key_of("A") == "a"
