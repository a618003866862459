"""The steps of finding themes, each by itself."""

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from srtminer.blended_rows import Labels, Rows, unit
from srtminer.model import Theme
from srtminer.text.names import slug, unique
from srtminer.text.words import Phrase
from srtminer.themes import clusters as clustering
from srtminer.themes.clusters import (
    UNTHEMED,
    belonging,
    closeness,
    compact,
    finest,
    fits,
    points,
    same_requests,
    with_repeats,
)
from srtminer.themes.find import notes
from srtminer.themes.naming import PhraseCounts, theme_terms
from srtminer.vectors import no_vectors


def rows_of(words: sp.csr_array) -> Rows:
    """Rows of words alone, of length 1."""
    lengths = np.sqrt(words.multiply(words).sum(axis=1))
    scaled = sp.csr_array(sp.diags_array(1 / np.maximum(lengths, 1e-12)) @ words)
    return Rows(scaled, unit(no_vectors([""] * words.shape[0])))


def blocks(groups: int, size: int, noise: float = 0.3) -> Rows:
    """Unit rows in groups that share a term each; every second row has a term of its own as well."""
    rows = np.zeros((groups * size, groups + groups * size))
    for row in range(groups * size):
        rows[row, row // size] = 1
        rows[row, groups + row] = noise * (row % 2)
    return rows_of(sp.csr_array(rows))


def different(rows: Rows) -> Labels:
    """Requests of which no two are the same."""
    return np.arange(len(rows))


def test_meaning_stands_beside_words() -> None:
    words = sp.csr_array(np.eye(3))
    near = np.array([[1, 0], [1, 0], [0, 1]], dtype=np.float32)
    rows = Rows(words, unit(near))
    assert rows.products(rows).tolist() == [[1, 0.4, 0], [0.4, 1, 0], [0, 0, 1]]
    means = rows.means(np.array([0, 0, -1]), 1)
    assert means.products(rows).tolist() == [[0.7, 0.7, 0]]


@pytest.mark.parametrize(("groups", "size"), [(3, 10), (8, 10), (12, 25)])
def test_clear_groups_are_the_themes(groups: int, size: int) -> None:
    rows = blocks(groups, size)
    labels = clustering.cluster(rows, different(rows), None, 0)
    assert labels.tolist() == [row // size for row in range(groups * size)]


def test_large_sets_go_through_micro_clusters(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clustering, "MOST_ROWS", 40)
    monkeypatch.setattr(clustering, "MICRO_CLUSTERS", 30)
    rows = blocks(6, 20)
    place = points(rows, 0)
    assert place.max() < 30
    assert place.shape == (120,)
    labels = clustering.cluster(rows, different(rows), None, 0)
    for group in range(6):
        assert len(set(labels[group * 20 : group * 20 + 20].tolist()) - {UNTHEMED}) == 1


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["The Board should keep one file.", "Police should keep one file."], [0, 0]),
        (["The Board should keep one file.", "Police should keep two files."], [0, 1]),
        (["Staff should be trained.", "Dogs should be trained."], [0, 1]),
        (["Keep ONE file.", "Keep one file", "Keep a file"], [0, 0, 1]),
        (["", ""], [0, 1]),
        ([], []),
    ],
)
def test_the_same_request_whoever_is_asked(texts: list[str], expected: list[int]) -> None:
    assert same_requests(texts).tolist() == expected


def test_a_row_without_shared_terms_is_never_themed() -> None:
    rows = rows_of(sp.csr_array(np.eye(4)[[0, 0, 1, 2]]))
    assert clustering.cluster(rows, different(rows), None, 0).tolist() == [0, 0, -1, -1]


def test_equal_requests_are_together() -> None:
    labels, same = np.array([0, 0, -1, 1, -1, -1, 2]), np.array([0, 1, 1, 2, 3, 3, 4])
    assert compact(with_repeats(labels, same)).tolist() == [0, 0, 0, -1, -1, -1, -1]


def test_what_is_asked_more_than_once_is_never_in_none() -> None:
    rows = rows_of(sp.csr_array(np.eye(3)))
    assert belonging(rows, np.array([0, 0, 0]), np.array([0, 0, 1])).tolist() == [0, 0, -1]


def test_closeness_of_themes_and_the_closest_pairs_first() -> None:
    rows, labels = blocks(3, 4, noise=0.2), np.array([0, 0, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3])
    close = closeness(fits(rows, labels), labels)
    assert (close[0, 1] > 0.9, close[2, 3]) == (True, 0)


def test_the_closest_themes_are_told_first() -> None:
    themes = [Theme(n, name, name, (), (), (), 2, 0.1, (), ()) for n, name in enumerate("abc", 1)]
    close = np.array([[0, 0.6, 0.59], [0.6, 0, 0.7], [0.59, 0.7, 0]])
    assert "similar themes that may be one: “b” and “c”; “a” and “b”" in "".join(
        notes(themes, close, 99, 0, 0)
    )


def test_finest_number_of_themes() -> None:
    assert [finest(rows) for rows in (1, 8, 20, 40, 100, 300, 3_000)] == [2, 2, 5, 9, 16, 31, 60]
    assert (finest(36, 12), finest(3_000, 200)) == (12, 60)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(0, 30))
def test_any_rows_get_a_theme_of_two_or_more_or_none(seed: int, size: int) -> None:
    drawn = np.random.default_rng(seed)
    rows = rows_of(sp.csr_array(drawn.random((size, 12)) * (drawn.random((size, 12)) < 0.2)))
    labels = clustering.cluster(rows, different(rows), None, 0)
    themed = labels[labels >= 0]
    assert labels.shape == (size,)
    assert all(count >= 2 for count in np.bincount(themed))
    assert sorted(set(themed.tolist())) == list(range(len(set(themed.tolist()))))


def counts_of(*themes: list[list[str]]) -> PhraseCounts:
    counts = PhraseCounts(len(themes))
    for theme, rows in enumerate(themes):
        for row in rows:
            counts.add(theme, [Phrase(tuple(surface.lower().split()), surface) for surface in row])
    return counts


def test_terms_are_phrases_of_the_theme_that_do_not_repeat_words() -> None:
    counts = counts_of([["home visit", "visit plan", "lost keys"], ["home visit"]], [["lost keys"]])
    assert theme_terms(counts, 0) == ("home visit", "lost keys")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Children’s voice", "childrens-voice"),
        ("CAF & CIN", "caf-cin"),
        ("Élan", "elan"),
        ("学校", "theme"),
        ("", "theme"),
    ],
)
def test_slug(name: str, expected: str) -> None:
    assert slug(name) == expected


def test_slugs_are_made_unique() -> None:
    taken: set[str] = set()
    assert [unique(name, taken) for name in ["a", "a", "a-2", "a"]] == ["a", "a-2", "a-2-2", "a-3"]


@pytest.mark.parametrize(
    ("total", "expected"),
    [(0, ["no recommendations"]), (1, ["only 1 recommendation: read the themes as tentative"]), (20, [])],
)
def test_notes_on_size(total: int, expected: list[str]) -> None:
    assert list(notes((), np.zeros((0, 0)), total, 0, 0)) == expected
