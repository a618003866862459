"""An invented corpus: eighty recommendations of twelve reviews in eight planned themes, and its floor."""

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from srtminer import themes, vectors
from srtminer.model import FOUND, Agency, Fact, Recommendation, ReviewRecord, ThemeOptions, ThemeTable
from srtminer.vectors import encoder
from srtminer.vectors.matrix import Remembering

CORPUS = Path(__file__).with_name("themes_corpus.txt")
REVIEWS = 12
ENCODE = Remembering(lambda texts: encoder.encode(texts).frozen)
"""Each text is encoded once."""


def corpus() -> list[tuple[str, str]]:
    """(planned theme, text) of each recommendation; a line with "#" names the theme of the lines below."""
    found, theme = [], ""
    for line in CORPUS.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            theme = line[2:]
        elif line:
            found.append((theme, line))
    return found


def recommendations() -> tuple[Recommendation, ...]:
    """The corpus, theme by theme; a theme's ten stand in ten different reviews."""
    return tuple(recommendation(number, text) for number, (_, text) in enumerate(corpus()))


def recommendation(number: int, text: str) -> Recommendation:
    return Recommendation(
        f"r{number:03}",
        f"review{number % REVIEWS:02}",
        (f"{number}",),
        0,
        len(text),
        text,
        1,
        1,
        agencies=(Agency(text.split(" should")[0], ""),) if number < 2 else (),
    )


def records() -> tuple[ReviewRecord, ...]:
    return tuple(record(f"review{i:02}", 2008 + i // 3) for i in range(REVIEWS))


def record(identity: str, year: int | None) -> ReviewRecord:
    facts = (Fact("year", str(year), FOUND),) if year else ()
    return ReviewRecord(identity, f"{identity}.pdf", "pdf", facts, 1, 1, 1, 1, "")


def planned() -> list[str]:
    return [theme for theme, _ in corpus()]


@cache
def mine(found: tuple[Recommendation, ...], **options: Any) -> ThemeTable:
    texts = [recommendation.text for recommendation in found]
    terms = vectors.term_matrix(texts, ENCODE)
    return themes.find_themes(found, records(), terms, ThemeOptions(**options))


def labels_of(table: ThemeTable) -> dict[str, str]:
    """The theme id of each recommendation."""
    found = {member.id: theme.id for theme in table.themes for member in theme.members}
    return found | {left.id: "unthemed" for left in table.unthemed}


def agreement(table: ThemeTable) -> float:
    from sklearn.metrics import adjusted_mutual_info_score

    found = labels_of(table)
    return float(adjusted_mutual_info_score(planned(), [found[f"r{i:03}"] for i in range(len(planned()))]))


def test_agreement_with_the_plan_keeps_its_floor() -> None:
    """The floor only goes up."""
    assert agreement(mine(recommendations())) >= 0.74
    assert agreement(mine(recommendations(), n_themes=8)) >= 0.74


def test_at_most_a_tenth_is_unthemed() -> None:
    assert len(mine(recommendations()).unthemed) <= 8


def test_every_recommendation_stands_once() -> None:
    table = mine(recommendations())
    everywhere = [member.id for theme in table.themes for member in theme.members] + [
        r.id for r in table.unthemed
    ]
    assert sorted(everywhere) == [r.id for r in recommendations()]


def test_ranks_ids_and_shares() -> None:
    table = mine(recommendations())
    assert [theme.rank for theme in table.themes] == list(range(1, len(table.themes) + 1))
    keys = [(-theme.reviews, -len(theme.members), theme.label) for theme in table.themes]
    assert keys == sorted(keys)
    assert (
        len({theme.id for theme in table.themes})
        == len({theme.label for theme in table.themes})
        == len(table.themes)
    )
    assert all(theme.share == len(theme.members) / 80 for theme in table.themes)
    assert (table.reviews, table.recommendations) == (12, 80)


def test_labels_stand_in_the_texts() -> None:
    table = mine(recommendations())
    assert len(table.themes) > 5
    for theme in table.themes:
        texts = " ".join(member.text.lower() for member in theme.members)
        assert theme.label.lower() in texts
        assert theme.label[0].isupper()


def test_labels_are_what_was_planned() -> None:
    labels = {theme.label for theme in mine(recommendations()).themes}
    expected = {"Information sharing", "Domestic abuse", "Professional curiosity"}
    assert (
        expected | {"Safe sleeping", "Voice of the child", "Missing education", "Discharge planning"}
        <= labels
    )


def test_examples_are_members_of_different_reviews() -> None:
    themes = mine(recommendations(), examples=3).themes
    assert len(themes) > 3
    for theme in themes:
        shown = [example.recommendation for example in theme.examples]
        assert len(shown) > 1
        assert set(shown) <= set(theme.members)
        assert len({member.review_id for member in shown}) == min(len(shown), theme.reviews)


def test_years_and_agencies_are_counted() -> None:
    table = mine(recommendations())
    for theme in table.themes:
        assert sum(count for _, count in theme.years) == theme.reviews
        assert [year for year, _ in theme.years] == sorted({year for year, _ in theme.years})
    agencies = [pair for theme in table.themes for pair in theme.agencies]
    assert ("The Harbour Bay Safeguarding Board", 1) in agencies


def test_themes_in_too_few_reviews_are_hidden_but_not_unthemed() -> None:
    whole, part = mine(recommendations()), mine(recommendations(), min_reviews=10)
    assert {theme.label for theme in part.themes} == {
        theme.label for theme in whole.themes if theme.reviews >= 10
    }
    assert part.unthemed == whole.unthemed
    hidden = len(whole.themes) - len(part.themes)
    assert hidden
    assert any(f"{hidden} theme" in note and "not listed: in too few reviews" in note for note in part.notes)


def test_reviews_are_counted_not_rows() -> None:
    one = tuple(replace(r, review_id="review00") for r in recommendations())
    table = mine(one)
    assert {theme.reviews for theme in table.themes} == {1}
    assert "no theme recurs: none stands in two or more reviews" in table.notes


@settings(max_examples=8, deadline=None)
@given(st.permutations(range(24)))
def test_no_permutation_changes_the_table(order: list[int]) -> None:
    given_first = recommendations()[20:44]
    assert mine(tuple(given_first[i] for i in order)) == mine(given_first)
