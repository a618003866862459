"""What the same body was told more than once."""

from collections.abc import Mapping, Sequence

from srtminer.model import Recommendation, ReviewRecord, Theme, ThemeTable
from srtminer.report.values import Repeat


def repeats_by_board(table: ThemeTable, records: Sequence[ReviewRecord]) -> tuple[Repeat, ...]:
    """Find the themes that stand in two or more reviews of one board; most reviews first, then by rank.

    Of each review the theme's most typical recommendation is taken. Boards compare without regard to case.
    """
    boards = {record.id: record.value("board") for record in records}
    order = {record.id: n for n, record in enumerate(records)}
    found = [repeat for theme in table.themes for repeat in _of_theme(theme, boards, order)]
    return tuple(sorted(found, key=lambda repeat: -len(repeat.recommendations)))


def _of_theme(theme: Theme, boards: Mapping[str, str], order: Mapping[str, int]) -> list[Repeat]:
    by_board: dict[str, dict[str, Recommendation]] = {}
    for member in theme.members:
        if boards.get(member.review_id):
            reviews = by_board.setdefault(_same(boards[member.review_id]), {})
            reviews.setdefault(member.review_id, member)
    repeats = []
    for _, reviews in sorted(by_board.items()):
        if len(reviews) > 1:
            found = sorted(reviews.values(), key=lambda one: order[one.review_id])
            repeats.append(Repeat(theme.label, boards[found[-1].review_id], tuple(found)))
    return repeats


def _same(board: str) -> str:
    return " ".join(board.casefold().split())
