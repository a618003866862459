"""What of a review was recommended before, as a result."""

from collections.abc import Iterator, Sequence

from srtminer.comparisons import Asked, Match, ReviewComparison
from srtminer.render.catalogue import Catalogue
from srtminer.render.figures import counted
from srtminer.render.recommendation_table import closed_up
from srtminer.render.result import (
    Block,
    Column,
    Json,
    Marked,
    Result,
    Table,
    Text,
    as_object,
    pick,
    renamed,
)
from srtminer.render.result_columns import Entry, fields_of, of_entries
from srtminer.render.safe_text import one_line
from srtminer.search_hits import marked

TIMES = {1: "once", 2: "twice"}
UNDATED = "undated, so it may be earlier or later"
MAY_BE = "may be the same"


def summary(compared: ReviewComparison) -> str:
    """Say in one sentence how much was made before, and how much a person has to judge."""
    total, before = len(compared.asked), compared.made_before
    to = f" ({compared.made_to_board} to the same board, {compared.made_to_agency} to the same agency)"
    parts = (
        f"Made before: {before} of {counted(total, 'recommendation')}{to if before else ''}",
        f"perhaps: {compared.may_have_been}" if compared.may_have_been else "",
        f"in undated reviews only: {compared.only_undated}" if compared.only_undated else "",
        f"new: {compared.new}",
    )
    return f"{'; '.join(filter(None, parts))}."


def scope(compared: ReviewComparison) -> str:
    """Say what it was compared with, how sure a match is, and what that leaves open."""
    others = counted(compared.compared, "other review")
    parts = [
        f"The review has no date: compared with all {others}, which may be later."
        if compared.record.year is None
        else f"Compared with {counted(compared.compared, 'earlier review')}.",
        f"“Made before” means a likelihood of {compared.threshold:.2f} or more"
        + (
            "."
            if compared.precision is None
            else f"; {compared.precision:.0%} of such matches were right in "
            "tests. What may be the same is for you to judge."
        ),
    ]
    if compared.undated:
        undated = counted(len(compared.undated), "review")
        parts.append(f"{undated} without a date may be earlier or later; none of them counts as made before.")
    return " ".join(parts)


def story(one: Asked) -> str:
    """Say whether a recommendation is new, or how often it was made and to whom."""
    if one.found:
        asked = f"this board was asked in {', '.join(map(str, one.board_years))}" if one.board_years else ""
        times = f"made before {TIMES.get(one.found) or counted(one.found, 'time')}"
        return "; ".join(filter(None, (times, asked, "the same agency was asked" * one.same_agency)))
    if one.found_undated:
        return f"no dated review asks for it, but undated ones do: {one.found_undated}"
    if one.may_be:
        return f"may have been made before: {counted(len(one.may_be), 'recommendation')} to judge"
    return "new: nothing earlier is near"


_OF_MATCHES = (
    Column("similarity", "How likely the two ask for the same, 0 to 1."),
    Column("grade", "same, or may be."),
    Column("linked", "Whether you linked the two."),
    Column("same_board", "Whether the same board was asked."),
    Column("same_agency", "Whether the same agency was asked."),
    Column("years_earlier", "Years between the two reviews, if known."),
    Column("text", "The exact words of the other.", "recommendation.text"),
    Column("shared", "The words that both have."),
)
_EARLIER = of_entries("id review name reference board year page text")
COLUMNS = (
    *renamed(of_entries("id review reference text")),
    Column("made_before", "How many earlier reviews made it."),
    Column("board_years", "Years in which the same board was asked."),
    Column("match", "earlier, undated, or may be: which the row gives; empty for what is new."),
    *renamed(_EARLIER[:-1], "earlier_"),
    *renamed(pick(_OF_MATCHES, "similarity same_board same_agency years_earlier shared")),
    *renamed(_EARLIER[-1:], "earlier_"),
)
"""One row per recommendation and match: earlier, undated, or to judge; one without for what is new."""


def before_result(compared: ReviewComparison, catalogue: Catalogue) -> Result:
    """Give every recommendation and the nearest earlier ones."""
    rows = (row for one in compared.asked for row in _rows(one, catalogue))
    return Result(
        "compare-review",
        Table.of(COLUMNS, rows),
        _body(compared, catalogue),
        lambda _: _blocks(compared, catalogue),
    )


def _blocks(compared: ReviewComparison, catalogue: Catalogue) -> Iterator[Block]:
    """Every recommendation and under it the nearest earlier ones, shared words between « and »."""
    yield Text(catalogue.names[compared.record.id], style="bold")
    yield Text(summary(compared))
    yield Text(scope(compared), style="dim")
    yield Text()
    for one in compared.asked:
        yield from _entry(one, catalogue)


def _body(compared: ReviewComparison, catalogue: Catalogue) -> Json:
    record = compared.record
    return {
        "review": record.id,
        "source": record.source,
        "subject": record.value("subject") or None,
        "board": record.value("board") or None,
        "year": record.year,
        "recommendations": [_asked_json(one, catalogue) for one in compared.asked],
        "summary": {
            "text": summary(compared),
            "scope": scope(compared),
            "recommendations": len(compared.asked),
            "made_before": compared.made_before,
            "may_have_been": compared.may_have_been,
            "same_board": compared.made_to_board,
            "same_agency": compared.made_to_agency,
            "only_undated": compared.only_undated,
            "new": compared.new,
            "threshold": compared.threshold,
            "precision": compared.precision,
            "compared_with": compared.compared,
            "dated": record.year is not None,
            "undated_reviews": [other.id for other in compared.undated],
        },
    }


def _entry(one: Asked, catalogue: Catalogue) -> Iterator[Block]:
    yield Text(catalogue.cite(one.recommendation), style="bold")
    yield Text(closed_up(one.recommendation.text), 2)
    yield Text(f"→ {story(one)}", 2)
    for match in (*one.earlier, *one.undated, *one.may_be):
        earlier = match.years_earlier or 0
        place = (
            catalogue.cite(match.recommendation),
            MAY_BE * (match.grade == "may be"),
            "linked by you" * match.linked,
            UNDATED * (match in one.undated),
            f"{counted(earlier, 'year')} earlier" if earlier > 0 else "",
            "same board" * match.same_board,
            "same agency" * match.same_agency,
            "" if match.same_board else match.record.value("board"),
        )
        yield Text(f"{match.similarity:.2f}  {' · '.join(filter(None, place))}", 4, "dim")
        yield Text(marked_text(match), 10)
    yield Text()


def _asked_json(one: Asked, catalogue: Catalogue) -> Json:
    def told(matches: Sequence[Match]) -> list[Json]:
        fields = "id review source citation reference board year page"
        return [
            fields_of(match.recommendation, catalogue, fields) | as_object(_OF_MATCHES, match)
            for match in matches
        ]

    return {
        **fields_of(one.recommendation, catalogue, "id reference page text"),
        "made_before": one.found,
        "board_years": list(one.board_years),
        "same_agency": one.same_agency,
        "earlier": told(one.earlier),
        "undated_found": one.found_undated,
        "undated": told(one.undated),
        "may_be": told(one.may_be),
    }


def _rows(one: Asked, catalogue: Catalogue) -> Iterator[Json]:
    own = fields_of(one.recommendation, catalogue, "id review reference text")
    own |= {"made_before": one.found, "board_years": one.board_years}
    sorts = (("earlier", one.earlier), ("undated", one.undated), ("may be", one.may_be))
    for sort, match in ((sort, match) for sort, matches in sorts for match in matches):
        other = as_object(_EARLIER, Entry(match.recommendation, catalogue))
        more = {"match": sort, "shared": shared_words(match)}
        yield as_object(_OF_MATCHES, match) | own | {f"earlier_{key}": other[key] for key in other} | more
    if not one.earlier and not one.undated and not one.may_be:
        yield own


def marked_text(match: Match) -> Marked:
    """Give the text of an earlier recommendation on one line, each part with whether it is in common."""
    return tuple(
        ("".join(" " if one.isspace() else one for one in part).replace("  ", " "), is_mark)
        for part, is_mark in marked(match.recommendation.text, match.shared)
    )


def shared_words(match: Match) -> tuple[str, ...]:
    """Give what is in common as it is printed, in order."""
    text = match.recommendation.text
    return tuple(one_line(text[start:end]) for start, end in match.shared)
