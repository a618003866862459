"""Names of themes against those that people would accept: a second invented corpus, of adults as well.

Written before the rules for names that it tests.
"""

import re
from collections import Counter
from pathlib import Path

import pytest
from sklearn.metrics import adjusted_mutual_info_score

from srtminer.model import Recommendation, ReviewRecord, Theme, ThemeOptions, ThemeTable
from srtminer.pipeline import mine
from tests.bench_stability import Material, stability

KEY = Path(__file__).with_name("themes_labels_key.txt")
REVIEWS = 9


def rows() -> list[tuple[str, str, str]]:
    """(planned theme, what a name of it says, text); "# theme | one|another" heads the lines below it."""
    found, theme, names = [], "", ""
    for line in KEY.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            theme, _, names = line[2:].partition(" | ")
        elif line:
            found.append((theme, names, line))
    return found


@pytest.fixture(scope="module")
def material() -> Material:
    found = tuple(
        Recommendation(f"r{n:03}", f"v{n % REVIEWS}", (str(n),), 0, len(text), text, 1, 1)
        for n, (_, _, text) in enumerate(rows())
    )
    records = tuple(ReviewRecord(f"v{n}", f"v{n}", "table", (), 1, 1, 1, 1, "") for n in range(REVIEWS))
    return Material(found, records)


@pytest.fixture(scope="module")
def table(material: Material) -> ThemeTable:
    return mine(material.recommendations, material.records, ThemeOptions())


def accepted(theme: Theme) -> bool:
    """Tell whether a label says what most of the theme's members were written about."""
    planned = {f"r{n:03}": (name, words) for n, (name, words, _) in enumerate(rows())}
    counts = Counter(planned[member.id] for member in theme.members)
    most = max(counts.values())
    return any(re.search(words, theme.label, re.IGNORECASE) for (_, words), n in counts.items() if n == most)


def test_labels_say_what_was_planned(table: ThemeTable) -> None:
    """The floor only goes up."""
    themed = sum(len(theme.members) for theme in table.themes)
    assert sum(len(theme.members) for theme in table.themes if accepted(theme)) >= 0.93 * themed


def test_labels_are_as_people_would_write_them(table: ThemeTable) -> None:
    labels = {theme.label for theme in table.themes}
    assert {"Mental capacity", "Criminal exploitation", "Self-neglect"} <= labels
    assert {"Interpreters", "Missing episodes", "Transition planning", "Pressure ulcer"} <= labels


def test_agreement_with_the_plan_keeps_its_floor(table: ThemeTable) -> None:
    """The floor only goes up."""
    found = {member.id: theme.id for theme in table.themes for member in theme.members}
    guess = [found.get(f"r{n:03}", "") for n in range(len(rows()))]
    assert adjusted_mutual_info_score([theme for theme, _, _ in rows()], guess) >= 0.88


@pytest.mark.slow
def test_one_review_more_leaves_themes_and_names(material: Material) -> None:
    """The floors only go up; that of the names fell when the lists of words of each matter went."""
    found = stability(material, every=3)
    assert found.assignments >= 0.92
    assert found.labels >= 0.84
