"""Themes by groups, counted."""

from dataclasses import replace

import pytest

from srtminer.compare.groups import OTHER_AGENCIES, compare_groups, fold_small, group_by
from srtminer.comparisons import NOT_KNOWN, Comparison, Count, Group, GroupSize
from srtminer.errors import UsageError
from tests import render_values as values


def grouped(field: str) -> list[tuple[str, list[str]]]:
    groups = group_by(values.RECORDS, values.RECOMMENDATIONS, field)
    return [(group.name, [member.id for member in group.recommendations]) for group in groups]


def compared(field: str) -> Comparison:
    return compare_groups(values.TABLE, group_by(values.RECORDS, values.RECOMMENDATIONS, field), field)


def test_years_ascend() -> None:
    assert grouped("year") == [("2011", ["aaaaaaaaaaaa-1", "aaaaaaaaaaaa-2"]), ("2014", ["bbbbbbbbbbbb-1"])]


def test_boards_are_ordered_by_size() -> None:
    assert [name for name, _ in grouped("board")] == [
        "Norwick and Eastmere Safeguarding Children Board",
        "Saltby LSCB",
    ]


def test_agencies_are_grouped_by_kind_and_overlap() -> None:
    assert grouped("agency") == [
        ("health-commissioner", ["aaaaaaaaaaaa-2"]),
        (OTHER_AGENCIES, ["aaaaaaaaaaaa-1"]),
        ("police", ["aaaaaaaaaaaa-1"]),
        (NOT_KNOWN, ["bbbbbbbbbbbb-1"]),
    ]


def test_what_is_not_known_comes_last_whatever_its_size() -> None:
    records = (replace(values.CHILD_P, facts=()), values.CHILD_Q)
    for field in ("year", "kind", "board"):
        assert [group.name for group in group_by(records, values.RECOMMENDATIONS, field)][-1] == NOT_KNOWN


def test_an_unknown_field_names_the_known_ones() -> None:
    with pytest.raises(UsageError, match="'title'; choose one of year, board, agency, kind"):
        group_by(values.RECORDS, values.RECOMMENDATIONS, "title")


def test_counts_and_shares() -> None:
    comparison = compared("year")
    assert comparison.by == "year"
    assert comparison.groups == (GroupSize("2011", 1, 2), GroupSize("2014", 1, 1))
    sharing, training = comparison.rows
    assert sharing.theme is values.SHARING_THEME
    assert sharing.counts == (Count(1, 1, 1.0, 0.5), Count(1, 1, 1.0, 1.0))
    assert training.counts == (Count(1, 1, 1.0, 0.5), Count(0, 0, 0.0, 0.0))
    assert comparison.unthemed == (Count(0, 0, 0.0, 0.0), Count(0, 0, 0.0, 0.0))


def test_the_counts_of_a_group_without_overlap_add_up_to_it() -> None:
    table = replace(values.TABLE, themes=(values.SHARING_THEME,), unthemed=(values.TRAINING,))
    comparison = compare_groups(table, group_by(values.RECORDS, values.RECOMMENDATIONS, "board"))
    assert len(comparison.groups) > 1
    for n, group in enumerate(comparison.groups):
        themed = sum(row.counts[n].recommendations for row in comparison.rows)
        assert themed + comparison.unthemed[n].recommendations == group.recommendations


def test_an_empty_group_has_no_shares() -> None:
    comparison = compare_groups(values.TABLE, (Group("board=Nowhere", ()),))
    assert comparison.groups == (GroupSize("board=Nowhere", 0, 0),)
    assert comparison.unthemed == (Count(0, 0, 0.0, 0.0),)


def test_a_theme_that_stands_in_no_group_is_left_out() -> None:
    comparison = compare_groups(values.TABLE, (Group("board=Saltby", (values.SHARING_AGAIN,)),))
    assert [row.theme.rank for row in comparison.rows] == [1]


def test_boards_with_few_reviews_are_one_group() -> None:
    def group(name: str, reviews: int, without: int = 0) -> Group:
        found = [replace(values.RECOMMENDATIONS[0], review_id=f"{name}{n}") for n in range(reviews)]
        return Group(name, tuple(found), without)

    large, unknown = group("North", 2, 1), group(NOT_KNOWN, 1)
    folded = fold_small((large, group("East", 2), group("West", 1, 1), unknown))
    assert [(one.name, len(one.recommendations), one.without) for one in folded] == [
        ("North", 2, 1),
        ("2 others with fewer than 3 reviews each", 3, 1),
        (NOT_KNOWN, 1, 0),
    ]
    small = (group("East", 2), group("West", 1), unknown)
    assert fold_small(small) == small, "there is nothing to hold them against"
