"""How it was made, in words."""

from dataclasses import replace

import pytest

from srtminer.render.figures import kind_name
from srtminer.render.methodology import LIMITS, Made, account, repeats_told

MADE = Made(
    reviews=13,
    with_recommendations=11,
    recommendations=1096,
    themes=12,
    unthemed=9,
    unlisted=0,
    where=(),
    number=None,
    min_reviews=1,
    codebook="",
)


def told(made: Made) -> dict[str, str]:
    return dict(account(made))


def test_what_was_read_and_how_it_was_divided() -> None:
    words = told(MADE)
    assert list(words) == [
        *("What was read", "What counts as a recommendation", "How themes are found", "How many themes"),
        *("How they are ranked", "What is left out"),
    ]
    assert words["What was read"] == (
        "13 reviews: all in the store. 11 of them make recommendations, 1,096 in all."
    )
    assert words["How many themes"].startswith("The program chose the number: ")
    assert words["How many themes"].endswith(" 12 are listed.")
    assert words["What is left out"].startswith(
        "9 recommendations fit no theme and are not forced into one. Running headers, "
    )


@pytest.mark.parametrize(
    ("change", "what", "part"),
    [
        ({"where": ("year=2009",)}, "What was read", "that fit year=2009."),
        (
            {"where": ("board=Wexmoor", "year=2009", "Board = Zelby")},
            "What was read",
            "that fit board=Wexmoor or Board = Zelby, and year=2009.",
        ),
        ({"reviews": 1}, "What was read", "1 review: all"),
        ({"reviews": None}, "What was read", "A withheld number of reviews: all"),
        (
            {"recommendations": None},
            "What was read",
            "11 of them make recommendations, a withheld number in all.",
        ),
        ({"number": 5, "themes": 4}, "How many themes", "5 themes, as the user asked for. 4 are listed."),
        ({"themes": 1}, "How many themes", "1 is listed."),
        ({"min_reviews": 3}, "How many themes", "12 are listed, those found in 3 or more reviews."),
        ({"unthemed": 1}, "What is left out", "1 recommendation fits no theme and is not forced into one."),
        ({"unlisted": 1}, "What is left out", "1 recommendation is in themes that too few reviews have"),
        ({"unlisted": None}, "What is left out", "A withheld number of recommendations are in themes"),
        ({"codebook": "Harm"}, "How themes are found", "those of the codebook “Harm”"),
    ],
)
def test_variants(change: dict[str, object], what: str, part: str) -> None:
    assert part in told(replace(MADE, **change))[what]  # type: ignore[arg-type]


def test_of_nothing_left_out_nothing_is_said() -> None:
    assert "theme" not in told(replace(MADE, unthemed=0))["What is left out"]


def test_with_a_codebook_the_program_did_not_choose_the_number() -> None:
    assert told(replace(MADE, codebook="Harm"))["How many themes"] == "12 are listed."


def test_repeats_and_limits() -> None:
    assert "0.60 or more on a scale from 0" in repeats_told(0.6)[1]
    assert all(limit.endswith(".") for limit in LIMITS)


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("gp", "GPs"),
        ("childrens-social-care", "Children’s social care"),
        ("hospital-trust", "Hospital trust"),
        ("not known", "Not known"),
        ("", ""),
    ],
)
def test_kind_name(key: str, name: str) -> None:
    assert kind_name(key) == name
