"""The steps of finding themes, each by itself."""

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from srtminer.themes import cluster as clustering
from srtminer.themes import points as points_module
from srtminer.themes.closeness import closeness, merge, merge_namesakes
from srtminer.themes.consensus import co_association, cut, ward
from srtminer.themes.counts import PhraseCounts
from srtminer.themes.labels import Candidate, choose_labels, label_candidates
from srtminer.themes.notes import close_pairs, notes
from srtminer.themes.number import finest, silhouette
from srtminer.themes.points import Matrix, distinct, points, unit_rows
from srtminer.themes.similarity import centred, cosines, nearest, smoothed, views
from srtminer.themes.slugs import slug, unique_slugs
from srtminer.themes.terms import distinctiveness, theme_terms
from srtminer.vectors import Phrase


def blocks(groups: int, size: int, noise: float = 0.3) -> sp.csr_array:
    """Unit rows in groups that share a term each; every second row has a term of its own as well."""
    rows = np.zeros((groups * size, groups + groups * size))
    for row in range(groups * size):
        rows[row, row // size] = 1
        rows[row, groups + row] = noise * (row % 2)
    return unit_rows(sp.csr_array(rows))


def test_cosines_and_views() -> None:
    similarity = cosines(blocks(2, 2))
    assert similarity[0, 0] == pytest.approx(1)
    assert similarity[0, 2] == 0
    assert len(list(views(similarity))) == 10


def test_centring_takes_away_what_all_share() -> None:
    similarity = np.array([[1.0, 0.5], [0.5, 1.0]])
    assert centred(similarity).round(6).tolist() == [[1, -1], [-1, 1]]


def test_smoothing_brings_the_neighbours_of_neighbours_together() -> None:
    similarity = np.array([[1, 0.6, 0], [0.6, 1, 0.6], [0, 0.6, 1]])
    assert smoothed(similarity, nearest(similarity, 1))[0, 2] > 0
    assert smoothed(similarity[:1, :1], nearest(similarity[:1, :1], 3)).tolist() == [[1]]


def test_co_association_of_clear_groups() -> None:
    association = co_association(views(cosines(blocks(3, 4))), 3)
    assert association[0, 1] > association[0, 4]
    assert np.diag(association).tolist() == [1] * 12


def test_a_consensus_needs_a_view() -> None:
    with pytest.raises(ValueError, match="at least one view"):
        co_association([], 3)


def test_cut_gives_the_number_asked_for_where_there_are_so_many() -> None:
    tree = ward(np.array([[0.0, 1, 9], [1, 0, 9], [9, 9, 0]]))
    assert cut(tree, 2).tolist() in ([0, 0, 1], [1, 1, 0])
    assert len(set(cut(tree, 99).tolist())) == 3


def test_silhouette() -> None:
    distances = np.array([[0, 0, 1, 1], [0, 0, 1, 1], [1, 1, 0, 0], [1, 1, 0, 0]], dtype=float)
    assert silhouette(distances, np.array([0, 0, 1, 1])) == 1
    assert silhouette(distances, np.array([0, 1, 0, 1])) == -0.5
    assert silhouette(distances, np.array([0, 0, 0, 0])) == -1
    assert silhouette(distances * 0, np.array([0, 0, 1, 2])) == 0


@pytest.mark.parametrize(
    ("rows", "number"), [(1, 2), (8, 2), (20, 5), (40, 10), (100, 16), (300, 28), (3_000, 60), (300_000, 60)]
)
def test_finest_number_of_themes(rows: int, number: int) -> None:
    assert finest(rows) == number


@pytest.mark.parametrize(("groups", "size"), [(3, 10), (8, 10), (12, 25)])
def test_clear_groups_are_the_themes(groups: int, size: int) -> None:
    labels = clustering.cluster(blocks(groups, size), None, 0)
    assert labels.tolist() == [row // size for row in range(groups * size)]


def test_large_sets_go_through_micro_clusters(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(points_module, "MOST_ROWS", 40)
    monkeypatch.setattr(points_module, "MICRO_CLUSTERS", 30)
    rows = blocks(6, 20)
    place, centres = points(rows, 0)
    assert centres.shape[0] <= 30
    assert place.shape == (120,)
    labels = clustering.cluster(rows, None, 0)
    for group in range(6):
        assert len(set(labels[group * 20 : group * 20 + 20].tolist()) - {clustering.UNTHEMED}) == 1


def test_equal_rows_are_one_point() -> None:
    labels, firsts = distinct(sp.csr_array(np.array([[1.0, 0], [0, 1], [1, 0]])))
    assert (labels.tolist(), firsts) == ([0, 1, 0], [0, 1])


def test_a_row_without_shared_terms_is_never_themed() -> None:
    rows = sp.csr_array(np.eye(4)[[0, 0, 1, 2]])
    assert clustering.cluster(rows, None, 0).tolist() == [0, 0, -1, -1]


@pytest.mark.parametrize(("size", "allowed"), [(9, 0), (10, 1), (11, 1), (20, 2)])
def test_at_most_a_tenth_is_left_out(size: int, allowed: int) -> None:
    support = np.array([0.0] * 5 + [1.0] * (size - 5))
    assert int(clustering.weakest(support).sum()) == allowed


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(0, 30))
def test_any_rows_get_a_theme_of_two_or_more_or_none(seed: int, size: int) -> None:
    drawn = np.random.default_rng(seed)
    rows = unit_rows(sp.csr_array(drawn.random((size, 12)) * (drawn.random((size, 12)) < 0.2)))
    labels = clustering.cluster(rows, None, 0)
    themed = labels[labels >= 0]
    assert labels.shape == (size,)
    assert all(count >= 2 for count in np.bincount(themed))
    assert sorted(set(themed.tolist())) == list(range(len(set(themed.tolist()))))


def test_two_themes_that_are_one_are_merged() -> None:
    rows = blocks(3, 4, noise=0.2)
    halved = np.array([0, 0, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3])
    assert closeness(rows, halved)[0, 1] > 0.9
    assert closeness(rows, halved)[2, 3] == 0
    assert merge(rows, halved).tolist() == [0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2]


def test_the_last_two_themes_are_not_merged() -> None:
    assert merge(blocks(1, 4), np.array([0, 0, 1, 1])).tolist() == [0, 0, 1, 1]


def counts_of(*themes: list[list[str]]) -> PhraseCounts:
    counts = PhraseCounts(len(themes))
    for theme, rows in enumerate(themes):
        for row in rows:
            counts.add(
                theme,
                [Phrase(tuple(surface.lower().split()), surface) for surface in row],
                " ".join(row).lower().split(),
            )
    return counts


def test_a_label_is_frequent_inside_and_rare_outside() -> None:
    counts = counts_of(
        [["home visit", "case file"], ["home visit", "case file"]], [["case file"], ["case file"]]
    )
    found = label_candidates(counts, [dict.fromkeys(("home", "visit", "case", "file"), 0.5)] * 2)
    assert [theme[0].surface for theme in found] == ["home visit", "case file"]


def test_labels_are_distinct() -> None:
    first = Candidate(("neglect",), "neglect", 2)
    wider = Candidate(("chronic", "neglect"), "chronic neglect", 1)
    other = Candidate(("teeth",), "teeth", 0.5)
    assert choose_labels([[first], [first, wider, other], [wider]], ["a", "b", "c"]) == (
        "Neglect",
        "Teeth",
        "C",
    )
    assert choose_labels([[], [], []], ["x", "x", "x"]) == ("X", "X 2", "X 3")


def test_terms_are_exclusive_and_do_not_repeat() -> None:
    means = np.array([[0.5, 0.4, 0.4, 0.0], [0.5, 0.0, 0.0, 0.3]])
    scores = distinctiveness(means)
    counts = counts_of([["b c"]], [["d"]])
    shown = theme_terms(scores[0], ("b c", "b", "c", "d"), ("bs cs", "bs", "cs", "ds"), counts, 0)
    assert shown == ("bs", "cs")
    exclusive: Matrix = distinctiveness(np.array([[0.5, 0.0], [0.1, 0.3]]))
    assert theme_terms(exclusive[0], ("b c", "d"), ("bs cs", "ds"), counts, 0) == ("b c",)


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
    assert unique_slugs(["a", "a", "a-2", "a"]) == ["a", "a-2", "a-2-2", "a-3"]


def test_close_pairs_the_closest_first() -> None:
    close = np.array([[0, 0.6, 0.59], [0.6, 0, 0.7], [0.59, 0.7, 0]])
    assert close_pairs(close) == [(1, 2), (0, 1)]


@pytest.mark.parametrize(
    ("total", "expected"),
    [(0, ["no recommendations"]), (1, ["only 1 recommendation: read the themes as tentative"]), (20, [])],
)
def test_notes_on_size(total: int, expected: list[str]) -> None:
    assert list(notes((), np.zeros((0, 0)), total, 0, 0)) == expected


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ({0: ("a", "b"), 1: ("a", "b"), 2: ("c", "d")}, [0, 0, 0, 0, 1, 1]),
        ({0: ("a", "b"), 1: ("c", "d"), 2: ("a", "b")}, [0, 0, 1, 1, 2, 2]),
        ({0: ("a", "b"), 2: ("c", "d")}, [0, 0, 1, 1, 2, 2]),
    ],
)
def test_close_themes_of_one_name_are_merged(names: dict[int, tuple[str, ...]], expected: list[int]) -> None:
    rows = unit_rows(
        sp.csr_array(
            [[1, 0, 1, 0], [1, 0, 1, 0], [1, 0, 0, 1], [1, 0, 0, 1], [0, 1, 0, 0], [0, 1, 0, 0]],
            dtype=float,
        )
    )
    labels = np.array([0, 0, 1, 1, 2, 2])
    merged, changed = merge_namesakes(rows, labels, names)
    assert merged.tolist() == expected
    assert changed is (expected != labels.tolist())
