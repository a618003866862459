"""The counts that a report shows, each under a key, and the lines in which they add up.

Why keys: the same count stands in several tables, and one that is withheld must be withheld in all of them.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from srtminer.model import Comparison, Theme
from srtminer.report.count_lines import Key, Line
from srtminer.report.report_data import BoardHistory, Content
from srtminer.report.small_counts import withheld

REVIEWS: Key = ("reviews",)
WITH: Key = ("reviews", "with recommendations")
WITHOUT: Key = ("reviews", "without recommendations")
RECOMMENDATIONS: Key = ("recommendations",)
UNTHEMED: Key = ("recommendations", "in no theme")
UNLISTED: Key = ("recommendations", "in themes not listed")
ANSWERED: Key = ("answers",)
"""Recommendations of the reviews that a response answers."""
VERDICTS = ("accepted", "accepted in part", "rejected", "done", "answered", "no answer found")
NO_THEME = ""
"""Stands for a theme's id in the keys of recommendations that are in none."""


def theme_reviews(theme: Theme) -> Key:
    """Key of the number of reviews in which a theme stands."""
    return ("theme", theme.id, "reviews")


def theme_size(theme: Theme) -> Key:
    """Key of the number of a theme's recommendations."""
    return ("theme", theme.id, "recommendations")


def in_year(theme_id: str, year: str) -> Key:
    """Key of the number of reviews of a year in which a theme stands."""
    return ("year", year, "theme", theme_id)


def year_size(year: str) -> Key:
    """Key of the number of reviews of a year that have recommendations."""
    return ("year", year)


def to_agency(theme_id: str, kind: str) -> Key:
    """Key of the number of a theme's recommendations to a kind of agency."""
    return ("agency", kind, "theme", theme_id)


def agency_size(kind: str) -> Key:
    """Key of the number of recommendations to a kind of agency."""
    return ("agency", kind)


def of_review(review_id: str) -> Key:
    """Key of the number of a review's recommendations."""
    return ("review", review_id)


def answered(verdict: str, review_id: str = "") -> Key:
    """Key of the number of recommendations that are answered so, of a review or of all."""
    return ("answers", verdict, review_id)


def board_size(board: BoardHistory, year: int | None = None) -> Key:
    """Key of the number of a board's recommendations, of one year or of all."""
    return _of_board(board, "recommendations", year)


def board_repeated(board: BoardHistory, year: int | None = None) -> Key:
    """Key of the number of those that repeat an earlier one of the same board."""
    return _of_board(board, "repeated", year)


def board_new(board: BoardHistory, year: int | None = None) -> Key:
    """Key of the number of those that do not; nowhere shown, but it can be worked out."""
    return _of_board(board, "new", year)


def _of_board(board: BoardHistory, what: str, year: int | None) -> Key:
    return ("board", board.id, what, "" if year is None else str(year))


@dataclass(frozen=True, slots=True)
class Counts:
    """All counts by key, and which of them are withheld."""

    values: Mapping[Key, int]
    hidden: frozenset[Key]

    def shown(self, *key: str) -> int | None:
        """Give a count, or None where it is withheld."""
        return None if key in self.hidden else self.values[key]


def count(content: Content, small_counts: int | None) -> Counts:
    """Count everything once, and withhold small counts if asked to."""
    values = dict(_counts(content))
    hidden = frozenset() if small_counts is None else withheld(values, tuple(_lines(content)), small_counts)
    return Counts(values, hidden)


def _counts(content: Content) -> Iterator[tuple[Key, int]]:
    table = content.table
    found = Counter(recommendation.review_id for recommendation in content.recommendations)
    for record in content.records:
        yield of_review(record.id), found[record.id]
    having = sum(found[record.id] > 0 for record in content.records)
    yield from ((REVIEWS, len(content.records)), (WITH, having), (WITHOUT, len(content.records) - having))
    placed = {one.id for group in (*(t.members for t in table.themes), table.unthemed) for one in group}
    yield RECOMMENDATIONS, len(content.recommendations)
    yield UNTHEMED, len(table.unthemed)
    yield UNLISTED, sum(one.id not in placed for one in content.recommendations)
    for theme in table.themes:
        yield theme_reviews(theme), theme.reviews
        yield theme_size(theme), len(theme.members)
    yield from _years(content.by_year)
    yield from _agencies(content.by_agency)
    for board in content.boards:
        yield from _board(board)
    yield from _answers(content)


def answered_reviews(content: Content) -> tuple[str, ...]:
    """Give the ids of the reviews that a response answers, in the order of the records."""
    having = {one.review_id for one in content.recommendations if one.id in content.answers}
    return tuple(record.id for record in content.records if record.id in having)


def _answers(content: Content) -> Iterator[tuple[Key, int]]:
    reviews = answered_reviews(content)
    said = Counter(
        (content.answers[one.id].verdict if one.id in content.answers else VERDICTS[-1], one.review_id)
        for one in content.recommendations
        if one.review_id in reviews
    )
    yield ANSWERED, said.total()
    for verdict in VERDICTS:
        yield from ((answered(verdict, review), said[verdict, review]) for review in reviews)
        yield answered(verdict), sum(said[verdict, review] for review in reviews)


def _years(by_year: Comparison) -> Iterator[tuple[Key, int]]:
    for n, group in enumerate(by_year.groups):
        yield year_size(group.name), group.reviews
        for row in by_year.rows:
            yield in_year(row.theme.id, group.name), row.counts[n].reviews


def _agencies(by_agency: Comparison) -> Iterator[tuple[Key, int]]:
    for n, group in enumerate(by_agency.groups):
        yield agency_size(group.name), group.recommendations
        yield to_agency(NO_THEME, group.name), by_agency.unthemed[n].recommendations
        for row in by_agency.rows:
            yield to_agency(row.theme.id, group.name), row.counts[n].recommendations


def _board(board: BoardHistory) -> Iterator[tuple[Key, int]]:
    for year in board.years:
        yield board_size(board, year.year), year.recommendations
    for year in board.later:
        yield board_repeated(board, year.year), year.repeated
        yield board_new(board, year.year), year.recommendations - year.repeated
    size, repeated = sum(one.recommendations for one in board.years), sum(one.repeated for one in board.years)
    yield from (
        (board_size(board), size),
        (board_repeated(board), repeated),
        (board_new(board), size - repeated),
    )


def _lines(content: Content) -> Iterator[Line]:
    """Give the sums.

    Recommendations to two kinds of agency make some of them no sum; that errs on the safe side.
    """
    themes = content.table.themes
    years = [group.name for group in content.by_year.groups]
    kinds = [group.name for group in content.by_agency.groups]
    yield Line(REVIEWS, (WITH, WITHOUT))
    yield Line(RECOMMENDATIONS, (*map(theme_size, themes), UNTHEMED, UNLISTED))
    yield Line(RECOMMENDATIONS, tuple(of_review(record.id) for record in content.records))
    yield Line(RECOMMENDATIONS, tuple(map(agency_size, kinds)))
    yield Line(WITH, tuple(map(year_size, years)))
    for kind in kinds:
        yield Line(agency_size(kind), tuple(to_agency(i, kind) for i in (*(t.id for t in themes), NO_THEME)))
    for theme in themes:
        yield Line(theme_reviews(theme), tuple(in_year(theme.id, year) for year in years))
        yield Line(theme_size(theme), tuple(to_agency(theme.id, kind) for kind in kinds))
    yield Line(UNTHEMED, tuple(to_agency(NO_THEME, kind) for kind in kinds))
    for board in content.boards:
        yield from _board_lines(board)
    yield from _answer_lines(answered_reviews(content))


def _answer_lines(reviews: Sequence[str]) -> Iterator[Line]:
    for review in reviews:
        yield Line(of_review(review), tuple(answered(verdict, review) for verdict in VERDICTS))
    for verdict in VERDICTS:
        yield Line(answered(verdict), tuple(answered(verdict, review) for review in reviews))
    yield Line(ANSWERED, tuple(map(answered, VERDICTS)))
    yield Line(ANSWERED, tuple(map(of_review, reviews)))


def _board_lines(board: BoardHistory) -> Iterator[Line]:
    """Give the sums of a board. All of a first year is new, and anybody knows that nought of it is not."""
    later = [one.year for one in board.later]
    first = [board_size(board, one.year) for one in board.years[: len(board.years) - len(later)]]
    yield Line(board_size(board), tuple(board_size(board, one.year) for one in board.years))
    yield Line(board_repeated(board), tuple(board_repeated(board, year) for year in later))
    yield Line(board_new(board), (*first, *(board_new(board, year) for year in later)))
    for year in (None, *later):
        yield Line(board_size(board, year), (board_repeated(board, year), board_new(board, year)))
    for one in board.years:
        yield Line(board_size(board, one.year), tuple(map(of_review, one.review_ids)))
