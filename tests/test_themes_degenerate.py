"""Sets that are too small, too equal, too different or not English still give a clear table."""

import re

import pytest

from srtminer.model import Recommendation, ThemeTable
from srtminer.themes import find_themes
from srtminer.vectors import term_matrix
from tests.test_themes_corpus import mine, recommendation


def table(*texts: str) -> ThemeTable:
    return mine(tuple(recommendation(number, text) for number, text in enumerate(texts)))


def members(result: ThemeTable) -> list[list[str]]:
    return [sorted(member.id for member in theme.members) for theme in result.themes]


def test_none() -> None:
    result = table()
    assert (result.themes, result.unthemed, result.notes) == ((), (), ("no recommendations",))


def test_one() -> None:
    result = table("Fathers should be assessed.")
    assert result.themes == ()
    assert len(result.unthemed) == 1
    assert result.notes == (
        "only 1 recommendation: read the themes as tentative",
        "no two recommendations make a theme: they share no term, or too many themes were asked for",
    )


def test_two_on_one_matter() -> None:
    result = table("Assess fathers before birth.", "Fathers should be assessed.")
    assert members(result) == [["r000", "r001"]]
    assert result.themes[0].label == "Fathers"


def test_two_on_two_matters() -> None:
    assert len(table("Assess fathers.", "Record injuries.").unthemed) == 2


def test_five_in_two_themes() -> None:
    result = table(
        "Bruising in babies should be referred to a paediatrician.",
        "Paediatricians should examine bruising in babies.",
        "Chronologies should be kept in every school.",
        "Schools should keep chronologies.",
        "Interpreters should be independent.",
    )
    assert members(result) == [["r000", "r001"], ["r002", "r003"]]
    assert [left.id for left in result.unthemed] == ["r004"]


def test_all_equal() -> None:
    result = table(*["Keep chronologies of neglect."] * 30)
    assert len(result.themes) == 1
    assert result.themes[0].share == 1
    assert result.themes[0].examples[0].excerpt == "Keep chronologies of neglect."


def test_all_different() -> None:
    words = ["neglect", "bruising", "fathers", "housing", "passports", "epilepsy", "ligatures", "fostering"]
    result = table(*words)
    assert result.themes == ()
    assert len(result.unthemed) == 8


@pytest.mark.parametrize("texts", [("", ""), ("the", "of the"), ("12 %", "2014")])
def test_no_vocabulary(texts: tuple[str, str]) -> None:
    result = table(*texts)
    assert result.themes == ()
    assert len(result.unthemed) == 2


def test_themes_of_general_words_are_called_by_them() -> None:
    asked = ["improve practice with families", "improve practice with children across the area"]
    texts = [f"The {body} should {what}." for what in asked for body in ("Board", "council", "trust")]
    labels = [theme.label for theme in table(*texts, "Keep a chronology.", "Keep one chronology.").themes]
    assert len(labels) == len(set(labels)) > 1
    assert not any(re.match(r"Other|.*\d", label) for label in labels)


def test_another_language() -> None:
    result = table(
        "Das Jugendamt soll die Kinder allein befragen.",
        "Kinder sollen allein befragt werden.",
        "Die Schule meldet Fehlzeiten dem Jugendamt.",
        "Fehlzeiten meldet jede Schule.",
        "学校は欠席を報告する。",
        "Школа сообщает о пропусках.",
    )
    assert sum(len(theme.members) for theme in result.themes) + len(result.unthemed) == 6
    assert all(theme.label for theme in result.themes)


def test_more_themes_asked_for_than_there_are() -> None:
    found = tuple(
        recommendation(i, text) for i, text in enumerate(["neglect of teeth", "neglect of teeth", "fathers"])
    )
    assert len(mine(found, n_themes=50).themes) == 1


def test_one_theme_asked_for() -> None:
    found = tuple(
        recommendation(i, text) for i, text in enumerate(["neglect teeth", "neglect home", "home visits"])
    )
    assert len(mine(found, n_themes=1).themes) == 1


def test_rows_and_recommendations_must_agree() -> None:
    found: tuple[Recommendation, ...] = (recommendation(0, "neglect"),)
    with pytest.raises(ValueError, match="0 rows for 1 recommendations"):
        find_themes(found, (), term_matrix([]))
