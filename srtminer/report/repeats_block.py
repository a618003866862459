"""What is recommended again and again, as the report shows it: chains of requests, and boards."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from srtminer.comparisons import Chain, Repeats
from srtminer.model import Recommendation
from srtminer.render.catalogue import Catalogue
from srtminer.render.figures import counted, percent, year_span
from srtminer.report import small_counts as counts
from srtminer.report.quotes import Quote, gist, quote, shortened
from srtminer.report.report_data import BoardHistory, Content
from srtminer.report.small_counts import Counts

CHAINS_SHOWN = 20
"""Those of the most reviews. Grows: a list that nobody reads at a meeting."""
OPEN = 3
"""Chains that are unfolded from the start, so that one sees what there is to unfold."""
FEWEST = 2
"""Reviews of a chain, at least."""
GIST_WIDTH = 80
"""Characters of what a chain asks for, in its heading."""
QUOTE_WIDTH = 600
"""Characters of a recommendation; nine of ten are shorter, and shown whole."""


@dataclass(frozen=True, slots=True)
class ChainView:
    """One request that several reviews make."""

    gist: str
    """What the one asks for that all others are like, or its beginning."""
    reviews: str
    span: str
    """First and last year, or empty."""
    boards: tuple[str, ...]
    quotes: tuple[tuple[str, Quote], ...]
    """What each is ("First", "Latest"), and its words."""
    others: tuple[str, ...]
    """Where those stand that are not quoted."""
    unfolded: bool


@dataclass(frozen=True, slots=True)
class YearView:
    """What a board recommended in a year, and how much of it was its own from before; None: withheld."""

    year: int
    repeated: int | None
    recommendations: int | None


@dataclass(frozen=True, slots=True)
class BoardView:
    """How much a board repeats itself; None where a count is withheld."""

    board: str
    recommendations: int | None
    repeated: int | None
    share: str
    years: tuple[YearView, ...]


@dataclass(frozen=True, slots=True)
class RepeatsView:
    """The part of the report on what repeats."""

    chains: tuple[ChainView, ...]
    left_out: int
    """Chains for which there is no room."""
    withheld: bool
    """Whether chains in few reviews are not told of, be there any or not."""
    members: int | None
    """Number of recommendations in a chain; None where counts are withheld."""
    recommendations: int | None
    boards: tuple[BoardView, ...]


def histories(repeats: Repeats) -> tuple[BoardHistory, ...]:
    """Gather the years of each board that has more than one review: one alone can repeat nothing."""
    boards = [(board, tuple(years)) for board, years in groupby(repeats.boards, key=lambda one: one.board)]
    return tuple(
        BoardHistory(board, years) for board, years in boards if sum(one.reviews for one in years) > 1
    )


def repeats_view(content: Content, least: int, known: Counts, catalogue: Catalogue) -> RepeatsView:
    """Arrange what repeats; chains of fewer reviews than `least` are withheld."""
    chains = content.repeats.chains
    told = [chain for chain in chains if chain.reviews >= least]
    withheld = least > FEWEST
    whole = not withheld and not known.hidden
    return RepeatsView(
        chains=tuple(
            _chain(n, chain, content, known, catalogue) for n, chain in enumerate(told[:CHAINS_SHOWN])
        ),
        left_out=len(told[CHAINS_SHOWN:]),
        withheld=withheld,
        members=sum(len(chain.members) for chain in chains) if whole else None,
        recommendations=content.repeats.recommendations if whole else None,
        boards=tuple(sorted((_board(one, known) for one in content.boards), key=_most_repeated)),
    )


def _chain(number: int, chain: Chain, content: Content, known: Counts, catalogue: Catalogue) -> ChainView:
    quoted = tuple(_quoted(chain, catalogue))
    ids = {one.id for _, one in quoted}
    others = () if known.hidden else tuple(catalogue.cite(one) for one in chain.members if one.id not in ids)
    return ChainView(
        gist=gist(chain.centre.text, GIST_WIDTH),
        reviews=counted(chain.reviews, "review"),
        span=year_span([(year, 1) for year in chain.years]),
        boards=chain.boards,
        quotes=tuple(
            (what, quote(one, shortened(one.text, QUOTE_WIDTH), content, known, catalogue))
            for what, one in quoted
        ),
        others=others,
        unfolded=number < OPEN,
    )


def _quoted(chain: Chain, catalogue: Catalogue) -> Iterator[tuple[str, Recommendation]]:
    """Give the first and the latest, and between them what all are like, if that is neither."""
    dated = [one for one in chain.members if catalogue.records[one.review_id].year is not None]
    several = len(chain.years) > 1
    first, last = (dated[0], dated[-1]) if several else (chain.members[0], chain.members[-1])
    yield "First" if several else "Once", first
    if chain.centre.id not in (first.id, last.id):
        yield "Most typical", chain.centre
    yield "Latest" if several else "Again", last


def _board(history: BoardHistory, known: Counts) -> BoardView:
    size, repeated = (
        known.shown(*counts.of_board(history, "size")),
        known.shown(*counts.of_board(history, "repeated")),
    )
    return BoardView(
        board=history.board,
        recommendations=size,
        repeated=repeated,
        share=percent(repeated / size) if size and repeated is not None else "",
        years=tuple(_years(history, known)),
    )


def _years(history: BoardHistory, known: Counts) -> Iterator[YearView]:
    for one in history.years:
        repeated = known.shown(*counts.of_board(history, "repeated", one.year)) if one in history.later else 0
        yield YearView(one.year, repeated, known.shown(*counts.of_board(history, "size", one.year)))


def _most_repeated(one: BoardView) -> tuple[float, int, str]:
    """Order by share; what is withheld comes last, so that its place tells nothing."""
    share = one.repeated / one.recommendations if one.repeated is not None and one.recommendations else -1.0
    return -share, -(one.recommendations or 0), one.board
