"""What is recommended again and again, in every form of output."""

from collections.abc import Iterator, Sequence

from rich.console import RenderableType

from srtminer.comparisons import BoardYear, Chain, Repeats
from srtminer.render import as_csv, as_json, as_markdown, rows
from srtminer.render.catalogue import Catalogue
from srtminer.render.figures import counted, percent
from srtminer.render.layout import Below, Column, Entry, below, ledger, plain, to_text
from srtminer.render.screen import Screen

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


def table(repeats: Repeats, catalogue: Catalogue, screen: Screen) -> str:
    """The longest chains with their members, weakest link first; then how much each board repeats itself."""
    lines: list[RenderableType] = []
    for rank, chain in enumerate(repeats.chains[:SHOWN], 1):
        lines += _chain(rank, chain, catalogue)
    if len(repeats.chains) > SHOWN:
        lines += [plain(f"{len(repeats.chains) - SHOWN} more chains with --format json or csv"), plain("")]
    if repeats.boards:
        lines += [*_board_table(repeats.boards, screen), plain(_unlisted(repeats), "dim"), plain("")]
    return to_text([*lines, plain(summary(repeats))], screen)


def _unlisted(repeats: Repeats) -> str:
    """Say what the shares are of, and which reviews are not among them."""
    text = (
        "Repeated: recommendations that an earlier review of the same board made. Boards are listed under "
        "their latest name."
    )
    missing = repeats.reviews - sum(one.reviews for one in repeats.boards)
    return (
        f"{text} Not listed because the board or year is unknown: {counted(missing, 'review')}."
        if missing
        else text
    )


def json(repeats: Repeats, catalogue: Catalogue) -> str:
    """Render under `srtminer.compare-repeats/1`."""
    body = {
        "threshold": repeats.threshold,
        "reviews": repeats.reviews,
        "recommendations": repeats.recommendations,
        "left_out": [record.id for record in repeats.left_out],
        "chains": [_chain_json(rank, chain, catalogue) for rank, chain in enumerate(repeats.chains, 1)],
        "boards": [
            {
                "board": one.board,
                "year": one.year,
                "reviews": one.reviews,
                "recommendations": one.recommendations,
                "repeated": one.repeated,
                "share": round(one.repeated / one.recommendations, 4),
            }
            for one in repeats.boards
        ],
        "reviews_without_board_or_year": repeats.reviews - sum(one.reviews for one in repeats.boards),
    }
    return as_json.document("compare-repeats", body)


def csv(repeats: Repeats, catalogue: Catalogue) -> str:
    """One row per member of a chain, then one per board and year; `row` says which of the two it is."""
    header = (
        *("row", "chain", "reviews", "id", "review", "name", "board", "year", "reference", "page"),
        *("similarity", "centre", "text", "recommendations", "repeated", "share_repeated"),
    )
    body = [row for rank, chain in enumerate(repeats.chains, 1) for row in _csv_rows(rank, chain, catalogue)]
    return as_csv.from_rows(rows.Rows(header, (*body, *map(_csv_board, repeats.boards))))


def markdown(repeats: Repeats, catalogue: Catalogue) -> str:
    """A list of members per chain, and a table of boards."""
    escape = as_markdown.escape
    parts = []
    for rank, chain in enumerate(repeats.chains, 1):
        items = [
            f"- {escape(catalogue.cite(member))} ({similarity:.2f}): {escape(member.text)}"
            for member, similarity in chain.weakest_first
        ]
        parts.append("\n".join([f"**{rank}. {escape(_title(chain))}**", "", *items]))
    header = ("Board", "Year", "Reviews", "Recommendations", "Repeated", "Share")
    if repeats.boards:
        parts.append(
            as_markdown.from_rows(rows.Rows(header, tuple(map(_board_cells, repeats.boards)))).rstrip()
        )
        parts.append(escape(_unlisted(repeats)))
    return "\n\n".join([*parts, escape(summary(repeats))]) + "\n"


def _title(chain: Chain) -> str:
    years = f", {chain.years[0]}–{chain.years[-1]}" if len(chain.years) > 1 else ""
    boards = f", {counted(len(chain.boards), 'board')}" if chain.boards else ""
    return f"{counted(chain.reviews, 'review')}{years}{boards}"


def _chain(rank: int, chain: Chain, catalogue: Catalogue) -> Iterator[RenderableType]:
    yield plain(f"{rank:>2}. {_title(chain)}", "bold")
    yield below(Below(f"years: {', '.join(map(str, chain.years)) or 'not known'}", 4, "dim"))
    if chain.boards:
        yield below(Below(f"boards: {'; '.join(chain.boards)}", 4, "dim"))
    for member, similarity in chain.weakest_first:
        mark = "centre" if member.id == chain.centre.id else f"{similarity:.2f}"
        yield below(Below(f"{mark:>6}  {catalogue.cite(member)}", 4))
        yield below(Below(_excerpt(member.text), 12, "dim"))
    yield plain("")


def _excerpt(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= EXCERPT else f"{flat[:EXCERPT].rsplit(' ', 1)[0]} …"


def _board_table(boards: Sequence[BoardYear], screen: Screen) -> list[RenderableType]:
    columns = (
        Column("Board repeats itself", flexible=True),
        Column("Year"),
        Column("Reviews", "right"),
        Column("Recommendations", "right"),
        Column("Repeated", "right"),
        Column("Share", "right"),
    )
    return ledger(columns, [Entry(_board_cells(one)) for one in boards], screen)


def _board_cells(one: BoardYear) -> tuple[str, ...]:
    numbers = (one.year, one.reviews, one.recommendations, one.repeated)
    return (one.board, *map(str, numbers), percent(one.repeated / one.recommendations))


def _chain_json(rank: int, chain: Chain, catalogue: Catalogue) -> as_json.Json:
    return {
        "rank": rank,
        "reviews": chain.reviews,
        "recommendations": len(chain.members),
        "years": list(chain.years),
        "boards": list(chain.boards),
        "centre": chain.centre.id,
        "members": [
            {
                "id": member.id,
                "review": member.review_id,
                "source": catalogue.source(member.review_id),
                "citation": catalogue.cite(member),
                "reference": member.reference,
                "board": catalogue.records[member.review_id].value("board") or None,
                "year": catalogue.records[member.review_id].year,
                "page": member.page,
                "similarity": round(similarity, 4),
                "text": member.text,
            }
            for member, similarity in chain.weakest_first
        ],
    }


def _csv_rows(rank: int, chain: Chain, catalogue: Catalogue) -> Iterator[tuple[str, ...]]:
    for member, similarity in chain.weakest_first:
        record = catalogue.records[member.review_id]
        yield (
            *("member", str(rank), str(chain.reviews), member.id, record.id, catalogue.names[record.id]),
            *(record.value("board"), record.value("year"), member.reference, str(member.page)),
            *(f"{similarity:.4f}", "yes" if member.id == chain.centre.id else "no", member.text),
            *("", "", ""),
        )


def _csv_board(one: BoardYear) -> tuple[str, ...]:
    share = f"{one.repeated / one.recommendations:.4f}"
    return (
        *("board", "", str(one.reviews), "", "", "", one.board, str(one.year), *("",) * 5),
        *(str(one.recommendations), str(one.repeated), share),
    )
