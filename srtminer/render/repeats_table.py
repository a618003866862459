"""What is recommended again and again, as a result."""

from collections.abc import Iterator
from functools import partial

from srtminer.comparisons import BoardYear, Chain, Repeats
from srtminer.render.catalogue import Catalogue
from srtminer.render.figures import counted, percent
from srtminer.render.result import (
    Block,
    Column,
    Json,
    Records,
    Result,
    Screen,
    Table,
    Text,
    ledger,
    renamed,
)
from srtminer.render.result_columns import fields_of, of_entries
from srtminer.render.safe_text import begun

SHOWN = 20
"""Chains in a table for people; the other forms have all."""
EXCERPT = 240
"""Characters of a member in a table for people."""


def summary(repeats: Repeats) -> str:
    """Say on one line what was looked through and found."""
    parts = [
        counted(len(repeats.chains), "chain"),
        counted(repeats.reviews, "review"),
        counted(repeats.recommendations, "recommendation"),
        f"{sum(len(chain.members) for chain in repeats.chains):,} in a chain",
        f"likelihood {repeats.threshold:.2f} or more",
    ]
    if repeats.left_out:
        number = len(repeats.left_out)
        quoting = "response or statement" if number == 1 else "responses or statements"
        parts.append(f"left out because they quote others: {number:,} {quoting}")
    return " · ".join(parts)


COLUMNS = (
    Column("row", "member of a chain, or board: a board and year."),
    Column("chain", "Rank of the chain."),
    Column("reviews", "Reviews of the chain, or of the board in the year."),
    *renamed(of_entries("id review name board year reference page")),
    Column("similarity", "How likely it asks for the same as the centre of the chain, 0 to 1."),
    Column("centre", "Whether it is the most typical of the chain."),
    *renamed(of_entries("text")),
    Column("recommendations", "Recommendations of the board in the year."),
    Column("repeated", "Those that an earlier review of the same board made."),
    Column("share_repeated", "Their share, 0 to 1."),
)
"""One row per member of a chain, then one per board and year; `row` says which of the two it is."""


def repeats_result(repeats: Repeats, catalogue: Catalogue) -> Result:
    """Give the chains with their members, weakest link first; then how much each board repeats itself."""
    members = (row for rank, chain in enumerate(repeats.chains, 1) for row in _rows(rank, chain, catalogue))
    boards = ({"row": "board", "share_repeated": row["share"]} | row for row in map(_board, repeats.boards))
    return Result(
        "compare-repeats",
        Table.of(COLUMNS, (*members, *boards)),
        _body(repeats, catalogue),
        partial(_blocks, repeats, catalogue),
    )


def _blocks(repeats: Repeats, catalogue: Catalogue, screen: Screen) -> Iterator[Block]:
    for rank, chain in enumerate(repeats.chains[:SHOWN], 1):
        yield from _chain(rank, chain, catalogue)
    if len(repeats.chains) > SHOWN:
        yield from (Text(f"{len(repeats.chains) - SHOWN} more chains with --format json or csv"), Text())
    if repeats.boards:
        heads = ("Board repeats itself", "Year", "Reviews", "Recommendations", "Repeated", "Share")
        rows = (
            (*(str(value) for value in list(board.values())[:-1]), percent(board["share"]))
            for board in map(_board, repeats.boards)
        )
        yield ledger(heads, rows, words=2)
        yield from (Text(_unlisted(repeats), style="dim"), Text())
    yield Text(summary(repeats))


def _body(repeats: Repeats, catalogue: Catalogue) -> Json:
    return {
        "threshold": repeats.threshold,
        "reviews": repeats.reviews,
        "recommendations": repeats.recommendations,
        "left_out": [record.id for record in repeats.left_out],
        "chains": [_chain_json(rank, chain, catalogue) for rank, chain in enumerate(repeats.chains, 1)],
        "boards": list(map(_board, repeats.boards)),
        "reviews_without_board_or_year": repeats.reviews - sum(one.reviews for one in repeats.boards),
    }


def _unlisted(repeats: Repeats) -> str:
    """Say what the shares are of, and which reviews are not among them."""
    missing = repeats.reviews - sum(one.reviews for one in repeats.boards)
    unknown = f" Not listed because the board or year is unknown: {counted(missing, 'review')}."
    return (
        "Repeated: recommendations that an earlier review of the same board made. Boards are listed under "
        f"their latest name.{unknown if missing else ''}"
    )


def _chain(rank: int, chain: Chain, catalogue: Catalogue) -> Iterator[Block]:
    years = f", {chain.years[0]}–{chain.years[-1]}" if len(chain.years) > 1 else ""
    boards = f", {counted(len(chain.boards), 'board')}" if chain.boards else ""
    yield Text(f"{rank:>2}. {counted(chain.reviews, 'review')}{years}{boards}", style="bold")
    yield Text(f"years: {', '.join(map(str, chain.years)) or 'not known'}", 4, "dim")
    if chain.boards:
        yield Text(f"boards: {'; '.join(chain.boards)}", 4, "dim")
    rows = []
    for member, similarity in chain.weakest_first:
        mark = "centre" if member.id == chain.centre.id else f"{similarity:.2f}"
        place = Text(f"{mark:>6}  {catalogue.cite(member)}", 4, head="Likelihood and source")
        rows.append((place, Text(begun(member.text, EXCERPT), 12, "dim", head="Text")))
    yield Records(("Likelihood and source", "Text"), tuple(rows), apart=False)


def _chain_json(rank: int, chain: Chain, catalogue: Catalogue) -> Json:
    return {
        "rank": rank,
        "reviews": chain.reviews,
        "recommendations": len(chain.members),
        "years": list(chain.years),
        "boards": list(chain.boards),
        "centre": chain.centre.id,
        "members": [
            fields_of(member, catalogue, "id review source citation reference board year page")
            | {"similarity": similarity, "text": member.text}
            for member, similarity in chain.weakest_first
        ],
    }


def _rows(rank: int, chain: Chain, catalogue: Catalogue) -> Iterator[Json]:
    for member, similarity in chain.weakest_first:
        yield fields_of(member, catalogue, "id review name board year reference page text") | {
            "row": "member",
            "chain": rank,
            "reviews": chain.reviews,
            "similarity": similarity,
            "centre": member.id == chain.centre.id,
        }


def _board(one: BoardYear) -> Json:
    return {
        "board": one.board,
        "year": one.year,
        "reviews": one.reviews,
        "recommendations": one.recommendations,
        "repeated": one.repeated,
        "share": one.repeated / one.recommendations,
    }
