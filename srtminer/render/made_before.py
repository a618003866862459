"""What was recommended before, and what is recommended again and again, as results."""

import re
from collections.abc import Iterator, Sequence

from srtminer.comparisons import Asked, Chain, Repeats, ReviewComparison
from srtminer.excerpts import marked
from srtminer.model import ReviewRecord
from srtminer.render.recommendation_tables import closed_up
from srtminer.render.result import (
    Block,
    Column,
    Json,
    Records,
    Result,
    Table,
    Text,
    Value,
    as_object,
    attributes,
    cells,
    ledger,
    pick,
    prefixed,
)
from srtminer.render.result_columns import Entry, fields_of, of_entries
from srtminer.render.safe_text import begun, one_line
from srtminer.render.wording import Catalogue, percent
from srtminer.text.names import counted

TIMES = {1: "once", 2: "twice"}
UNDATED = "undated, so it may be earlier or later"
MAY_BE = "may be the same"
PLACE = "id review source citation reference board year page"


def summary(compared: ReviewComparison) -> str:
    """Say in one sentence how much was made before, and how much a person has to judge."""
    total, counts = len(compared.asked), compared.counts
    before, perhaps = counts["made_before"], counts["may_have_been"]
    to = f" ({counts['same_board']} to the same board, {counts['same_agency']} to the same agency)"
    parts = (
        f"Made before: {before} of {counted(total, 'recommendation')}{to if before else ''}",
        f"perhaps: {perhaps}" if perhaps else "",
        f"new: {counts['new']}",
    )
    return f"{'; '.join(filter(None, parts))}."


def scope(compared: ReviewComparison) -> str:
    """Say what it was compared with, how sure a match is, and what that leaves open."""
    if compared.record.year is None:
        others = counted(compared.compared, "other review")
        said = f"The review has no date: compared with all {others}, which may be later."
    else:
        said = f"Compared with {counted(compared.compared, 'earlier review')}."
    said += f" “Made before” means a likelihood of {compared.threshold:.2f} or more"
    if compared.precision is not None:
        said += (
            f"; {compared.precision:.0%} of such matches were right in tests. What may be the same is for you"
        )
        said += " to judge"
    undated = counted(len(compared.undated), "review")
    left = f" Not counted: {undated} without a date, which may be earlier or later."
    return f"{said}.{left if compared.undated else ''}"


def story(one: Asked) -> str:
    """Say whether a recommendation is new, or how often it was made and to whom."""
    if one.found:
        asked = f"this board was asked in {', '.join(map(str, one.board_years))}" if one.board_years else ""
        times = f"made before {TIMES.get(one.found) or counted(one.found, 'time')}"
        return "; ".join(filter(None, (times, asked, "the same agency was asked" * one.same_agency)))
    if one.may_be:
        return f"may have been made before: {counted(len(one.may_be), 'recommendation')} for you to judge"
    return "new: nothing similar was found earlier"


_MATCH = (
    Column("similarity", "How likely the two ask for the same, 0 to 1."),
    Column("grade", "same, or may be."),
    Column("linked", "Whether you linked the two."),
    Column("same_board", "Whether the same board was asked."),
    Column("same_agency", "Whether the same agency was asked."),
    Column("years_earlier", "Years between the two reviews, if known."),
    Column("text", "The exact words of the other.", "recommendation.text"),
    Column(
        "shared",
        "The words that both have.",
        lambda match: tuple(one_line(match.recommendation.text[start:end]) for start, end in match.shared),
        json="shared",
    ),
)
_OWN = of_entries("id review reference text")
_STORY = (
    Column("made_before", "How many earlier reviews made it.", "found"),
    Column("board_years", "Years in which the same board was asked."),
)
_OTHER = prefixed("earlier_", of_entries("id review name reference board year page"))
_ALIKE = pick(_MATCH, "similarity same_board same_agency years_earlier shared")
BEFORE = (
    *(*_OWN, *_STORY),
    Column("match", "earlier, or may be: which the row gives; empty for what is new."),
    *(*_OTHER, *_ALIKE),
    *prefixed("earlier_", of_entries("text")),
)
"""One row per recommendation and match: earlier, or to judge; one without for what is new."""


def before_result(compared: ReviewComparison, catalogue: Catalogue) -> Result:
    """Give every recommendation and the nearest earlier ones."""
    record = compared.record
    told = {
        "text": summary(compared),
        "scope": scope(compared),
        "recommendations": len(compared.asked),
        **compared.counts,
        **attributes(compared, "threshold precision"),
        "compared_with": compared.compared,
        "dated": record.year is not None,
        "undated_reviews": [other.id for other in compared.undated],
    }
    body = {
        "review": record.id,
        "source": record.source,
        "subject": record.value("subject") or None,
        "board": record.value("board") or None,
        "year": record.year,
        "recommendations": [_asked_json(one, catalogue) for one in compared.asked],
        "summary": told,
    }
    head = Text(catalogue.names[record.id], style="bold"), Text(summary(compared))
    listed = (block for one in compared.asked for block in _asked(one, catalogue, compared.undated))
    rows = tuple(row for one in compared.asked for row in _rows(one, catalogue))
    blocks = (*head, Text(scope(compared), style="dim"), Text(), *listed)
    return Result("compare-review", Table(BEFORE, rows), body, blocks)


def _rows(one: Asked, catalogue: Catalogue) -> Iterator[tuple[Value, ...]]:
    head = (*cells(_OWN, Entry(one.recommendation, catalogue)), *cells(_STORY, one))
    for sort, matches in (("earlier", one.earlier), ("may be", one.may_be)):
        for match in matches:
            other = cells(_OTHER, Entry(match.recommendation, catalogue))
            yield (*head, sort, *other, *cells(_ALIKE, match), match.recommendation.text)
    if not one.earlier and not one.may_be:
        yield (*head, *(None,) * (len(BEFORE) - len(head)))


def _asked(one: Asked, catalogue: Catalogue, undated: Sequence[ReviewRecord]) -> Iterator[Block]:
    yield Text(catalogue.cite(one.recommendation), style="bold")
    yield Text(closed_up(one.recommendation.text), 2)
    yield Text(f"→ {story(one)}", 2)
    for match in (*one.earlier, *one.may_be):
        earlier, text = match.years_earlier or 0, match.recommendation.text
        place = (
            catalogue.cite(match.recommendation),
            MAY_BE * (match.grade == "may be" and match.record not in undated),
            "linked by you" * match.linked,
            UNDATED * (match.record in undated),
            f"{counted(earlier, 'year')} earlier" if earlier > 0 else "",
            "same board" * match.same_board,
            "same agency" * match.same_agency,
            "" if match.same_board else match.record.value("board"),
        )
        yield Text(f"{match.similarity:.2f}  {' · '.join(filter(None, place))}", 4, "dim")
        parts = ((re.sub(r"\s+", " ", part), is_mark) for part, is_mark in marked(text, match.shared))
        yield Text(tuple(parts), 10)
    yield Text()


def _asked_json(one: Asked, catalogue: Catalogue) -> Json:
    told = {
        sort: [
            fields_of(match.recommendation, catalogue, PLACE) | as_object(_MATCH, match) for match in matches
        ]
        for sort, matches in (("earlier", one.earlier), ("may_be", one.may_be))
    }
    own = fields_of(one.recommendation, catalogue, "id reference page text")
    return own | as_object(_STORY, one) | {"same_agency": one.same_agency} | told


SHOWN = 20
"""Chains in a table for people; the other forms have all."""
EXCERPT = 240
"""Characters of a member in a table for people."""
REPEATED = (
    Column("row", "member of a chain, or board: a board and year."),
    Column("chain", "Rank of the chain."),
    Column("reviews", "Reviews of the chain, or of the board in the year."),
    *of_entries("id review name board year reference page"),
    Column("similarity", "How likely it asks for the same as the centre of the chain, 0 to 1."),
    Column("centre", "Whether it is the most typical of the chain."),
    *of_entries("text"),
    Column("recommendations", "Recommendations of the board in the year."),
    Column("repeated", "Those that an earlier review of the same board made."),
    Column("share_repeated", "Their share, 0 to 1."),
)
"""One row per member of a chain, then one per board and year; `row` says which of the two it is."""


def chains_told(repeats: Repeats) -> str:
    """Say on one line what was looked through and found."""
    parts = [
        counted(len(repeats.chains), "chain"),
        counted(repeats.reviews, "review"),
        counted(repeats.recommendations, "recommendation"),
        f"{sum(len(chain.members) for chain in repeats.chains):,} in a chain",
        f"likelihood {repeats.threshold:.2f} or more",
    ]
    if repeats.left_out:
        parts.append(f"left out, as they quote others (responses, statements): {len(repeats.left_out):,}")
    return " · ".join(parts)


def repeats_result(repeats: Repeats, catalogue: Catalogue) -> Result:
    """Give the chains with their members, weakest link first; then how much each board repeats itself."""
    years = [year for board in repeats.boards for year in board]
    missing = repeats.reviews - sum(one.reviews for one in years)
    chains = [_chain_json(rank, chain, catalogue) for rank, chain in enumerate(repeats.chains, 1)]
    boards = [
        attributes(one, "board year reviews recommendations repeated")
        | {"share": one.repeated / one.recommendations}
        for one in years
    ]
    body = attributes(repeats, "threshold reviews recommendations") | {
        "left_out": [record.id for record in repeats.left_out],
        "chains": chains,
        "boards": boards,
        "reviews_without_board_or_year": missing,
    }
    members = (
        member
        | {"row": "member", "chain": chain["rank"], "reviews": chain["reviews"]}
        | {"name": catalogue.names[member["review"]], "centre": member["id"] == chain["centre"]}
        for chain in chains
        for member in chain["members"]
    )
    own = (board | {"row": "board", "share_repeated": board["share"]} for board in boards)
    table = Table.of(REPEATED, (*members, *own))
    return Result("compare-repeats", table, body, tuple(_blocks(repeats, boards, missing, catalogue)))


def _blocks(repeats: Repeats, boards: Sequence[Json], missing: int, catalogue: Catalogue) -> Iterator[Block]:
    for rank, chain in enumerate(repeats.chains[:SHOWN], 1):
        yield from _chain(rank, chain, catalogue)
    if len(repeats.chains) > SHOWN:
        yield from (Text(f"{len(repeats.chains) - SHOWN} more chains with --format json or csv"), Text())
    if boards:
        heads = ("Board repeats itself", "Year", "Reviews", "Recommendations", "Repeated", "Share")
        rows = (one | {"year": str(one["year"]), "share": percent(one["share"])} for one in boards)
        unknown = f" Not listed because the board or year is unknown: {counted(missing, 'review')}."
        legend = "Repeated: recommendations that an earlier review of the same board made. Boards are listed"
        yield ledger(heads, (row.values() for row in rows), words=2)
        yield Text(f"{legend} under their latest name.{unknown if missing else ''}", style="dim")
        yield Text()
    yield Text(chains_told(repeats))


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
    yield Records(tuple(rows), apart=False)


def _chain_json(rank: int, chain: Chain, catalogue: Catalogue) -> Json:
    members = [
        fields_of(member, catalogue, PLACE) | {"similarity": similarity, "text": member.text}
        for member, similarity in chain.weakest_first
    ]
    return {
        "rank": rank,
        "reviews": chain.reviews,
        "recommendations": len(chain.members),
        **attributes(chain, "years boards"),
        "centre": chain.centre.id,
        "members": members,
    }
