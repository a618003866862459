"""How it was made, in words."""

from dataclasses import replace

import pytest

from srtminer.material import LIMITS, Making, account, repeats_told
from srtminer.render.wording import kind_name

COUNTS: dict[str, int | None] = {
    "reviews": 13,
    "with recommendations": 11,
    "recommendations": 1096,
    "themes": 12,
    "in no theme": 9,
    "in themes not listed": 0,
}


def told(change: dict[str, int | None] | None = None, /, **making: object) -> dict[str, str]:
    return dict(account(replace(Making(), **making), COUNTS | (change or {})))  # type: ignore[arg-type]


def test_what_was_read_and_how_it_was_divided() -> None:
    words = told()
    assert list(words) == [
        *("What was read", "What counts as a recommendation", "How themes are found", "How many themes"),
        *("How they are ranked", "What is left out"),
    ]
    assert words["What was read"] == (
        "Reviews: 13, all in the store. With recommendations: 11. Recommendations: 1,096."
    )
    assert words["How many themes"].startswith("The program chose the number: ")
    assert words["How many themes"].endswith(" Listed: 12.")
    assert words["What is left out"].startswith("In no theme, and not forced into one: 9. Running headers, ")


@pytest.mark.parametrize(
    ("change", "what", "part"),
    [
        ({"where": ("year=2009",)}, "What was read", "those that fit year=2009."),
        (
            {"where": ("board=Wexmoor", "year=2009", "Board = Zelby")},
            "What was read",
            "that fit board=Wexmoor; year=2009; Board = Zelby.",
        ),
        ({"number": 5}, "How many themes", "As many as the user asked for: 5. Listed: 12."),
        ({"min_reviews": 3}, "How many themes", "Listed, found in 3 or more reviews: 12."),
        ({"codebook": "Harm"}, "How themes are found", "those of the codebook “Harm”"),
        ({"codebook": "Harm"}, "How many themes", "Listed: 12."),
    ],
)
def test_choices(change: dict[str, object], what: str, part: str) -> None:
    assert part in told(None, **change)[what]


@pytest.mark.parametrize(
    ("change", "what", "part"),
    [
        ({"reviews": None}, "What was read", "Reviews: withheld, all"),
        ({"in themes not listed": None}, "What is left out", "to be listed: withheld."),
    ],
)
def test_counts(change: dict[str, int | None], what: str, part: str) -> None:
    assert part in told(change)[what]


def test_of_nothing_left_out_nothing_is_said() -> None:
    assert "theme" not in told({"in no theme": 0})["What is left out"]


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
