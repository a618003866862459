"""`srtminer compare` and `summary`."""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache, partial
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING

from srtminer import pipeline
from srtminer.cases import count_without
from srtminer.cli.commands import By
from srtminer.cli.output import ROWS, Target, write
from srtminer.cli.selection import (
    Selection,
    did_you_mean,
    load,
    load_recommendations,
    review_named,
)
from srtminer.cli.session import Session, progress
from srtminer.cli.themes import chosen_codebook, index_of_store, mine, repeats_of, tuned
from srtminer.comparisons import CompareOptions, Group
from srtminer.errors import NothingToAnalyse, StoreError, UnreadableInput, UsageError
from srtminer.model import Analysis, Recommendation, ReviewRecord, ThemeOptions
from srtminer.render.group_tables import annual_result, comparison_result
from srtminer.render.made_before import before_result, repeats_result
from srtminer.render.result import Result
from srtminer.render.wording import Catalogue
from srtminer.text.names import counted
from srtminer.where import advise, named, parse_where, select

if TYPE_CHECKING:
    from srtminer.compare.similarity import RequestIndex
    from srtminer.store import Store

DEFAULTS = CompareOptions()
ONE_OF = (
    "give either --by year|board|agency|kind, or two groups such as board=Wexmoor board=Pellingshire, "
    "or --review REVIEW, or --repeats"
)
IDLE = {
    "codebook": (("review", "repeats"), "--codebook is about themes; leave it out"),
    "small_counts": (("review", "repeats"), ROWS),
    "threshold": (("by", "groups"), "--threshold is for --review and --repeats; leave it out"),
    "hits": (("by", "groups", "repeats"), "--hits is for --review; leave it out"),
}
"""Options by parameter: the ways of comparing in which they would do nothing, and what is said then."""


def compare(
    session: Session,
    target: Target,
    groups: tuple[str, ...] = (),
    by: By | None = None,
    review: str | None = None,
    repeats: bool = False,
    threshold: float | None = None,
    hits: int | None = None,
    codebook: str | None = None,
    small_counts: int | None = None,
    where: tuple[str, ...] = (),
) -> None:
    """Run `srtminer compare`."""
    chosen = {"by": by is not None, "groups": bool(groups), "review": review is not None, "repeats": repeats}
    ways = [way for way, is_chosen in chosen.items() if is_chosen]
    if len(ways) != 1 or (groups and len(groups) != 2):
        raise UsageError(ONE_OF)
    given = {"codebook": codebook, "small_counts": small_counts, "threshold": threshold, "hits": hits}
    for option, (idle_in, message) in IDLE.items():
        if ways[0] in idle_in and given[option] is not None:
            raise UsageError(message)
    if threshold is not None and not 0 < threshold <= 1:
        raise UsageError(f"--threshold {threshold:g}: give a share above 0 and at most 1, such as 0.5")
    options = CompareOptions(threshold, DEFAULTS.hits if hits is None else hits)
    book = chosen_codebook(codebook)
    if review is not None:
        result = _review(session, review, load(session, where, texts=False), options)
    elif repeats:
        found = load_recommendations(session, where)
        result = repeats_result(repeats_of(session, found, options), found.catalogue)
    else:
        found = load_recommendations(session, where)
        parts = [_group(expression, found) for expression in groups]
        fields = [by] if by else [parse_where(expression).field for expression in groups]
        table = mine(session, found, ThemeOptions(), book)
        with progress(session, f"comparing {counted(len(table.themes), 'theme')}"):
            tested = pipeline.weigh(table, found.records, found.recommendations, fields, parts)
        result = comparison_result(tested, found.catalogue)
        if small_counts is not None:
            from srtminer.report.small_counts import protected_groups

            result = protected_groups(tested.counts, small_counts)
    write(session, target, result)


def _group(expression: str, found: Selection) -> Group:
    where = named(parse_where(expression, "group"), found.records, found.catalogue.names)
    records, recommendations = select(found.records, found.recommendations, (where,))
    if not records:
        advice = advise((where,), found.records, found.recommendations)
        raise NothingToAnalyse(f"no review is in the group {expression}; {advice}")
    if not recommendations:
        reviews = counted(len(records), "review")
        raise NothingToAnalyse(
            f"no recommendations in {reviews} of the group {expression}; `srtminer reviews` says why"
        )
    return Group(expression, recommendations, count_without(records, recommendations))


def _review(session: Session, name: str, found: Selection, options: CompareOptions) -> Result:
    store = session.opened()
    record, asked, catalogue = _named(name, found, store)
    if not asked:
        raise NothingToAnalyse(f"no recommendations in {record.source}: {record.why_none}")
    from srtminer.compare.repeats import Candidates, find_earlier  # scipy
    from srtminer.compare.similarity import index_of

    index = index_of_store(session, found.digest)
    own = index_of(asked, partial(tuned, session))
    case_of = {review_id: case for review_id, case, _ in index.reviews}
    record, *records = (replace(one, case=case_of.get(one.id, "")) for one in (record, *found.records))
    chosen = None if found.unread else {one.id for one in found.recommendations}
    number = sum(one.recommendations for one in records) if chosen is None else len(chosen)
    with progress(session, f"comparing with {number:,} recommendations"):
        candidates = Candidates(index, _reader(store, index), chosen)
        compared = find_earlier(record, asked, own, records, candidates, options, store.links())
    return before_result(compared, catalogue)


def _reader(store: "Store", index: "RequestIndex") -> Callable[[int], Recommendation]:
    """Give what reads a recommendation by its number in the index; raises `StoreError` if it is not there."""
    read, ends = cache(store.recommendations_of), [*accumulate(number for *_, number in index.reviews)]

    def numbered(number: int) -> Recommendation:
        at = bisect_right(ends, number)
        own = read(index.reviews[at][0])
        place = number - ends[at] + index.reviews[at][2]
        if place >= len(own) or own[place].id != index.ids[number]:
            raise StoreError("the store was changed in the meantime; run the same command again")
        return own[place]

    return numbered


def _named(
    name: str, found: Selection, store: "Store"
) -> tuple[ReviewRecord, Sequence[Recommendation], Catalogue]:
    """Find a review in the store, whatever --where leaves of it, or read it from a file."""
    catalogue = found.catalogue
    record = review_named(name, catalogue)
    if record is None and Path(name).is_file():
        analysis = _read(Path(name))
        record = catalogue.records.get(analysis.review.id)
        if record is None:
            record = _record_of(analysis)
            return record, analysis.recommendations, Catalogue.of((*catalogue.records.values(), record))
    if record is None:
        advice = did_you_mean(name, catalogue)
        raise UsageError(f"--review {name}: no such review in the store, and no such file; {advice}")
    return record, store.recommendations_of(record.id), catalogue


def _read(path: Path) -> Analysis:
    """Read and analyse a file without storing it, in a process of its own as `ingest` does.

    Raises `UnreadableInput` if it cannot be read, `UsageError` if it holds several reviews.
    """
    from srtminer.ingestion import read_and_analyse
    from srtminer.read.read_file import ReadOptions
    from srtminer.read.worker import work_through

    work = partial(read_and_analyse, ReadOptions())
    results = [item for _, result in work_through(work, [(path, path)]) for item in result]
    found = [item for item in results if isinstance(item, Analysis)]
    if len(found) > 1:
        raise UsageError(f"{path} holds {len(found)} reviews; ingest it and name one with --review ID")
    if not found:
        reasons = "; ".join(item.reason for item in results if not isinstance(item, Analysis))
        raise UnreadableInput(f"{path} cannot be read: {reasons or 'there is no review in the file'}")
    return found[0]


def _record_of(analysis: Analysis) -> ReviewRecord:
    """Tell of an analysed review what the store would tell of it."""
    review = analysis.review
    return ReviewRecord(
        id=review.id,
        source=review.source,
        format=review.format,
        facts=review.facts,
        pages=review.page_count,
        paragraphs=len(review.paragraphs),
        sections=len(analysis.sections),
        recommendations=len(analysis.recommendations),
        why_none=analysis.why_none,
        omissions=review.omissions,
        page_labels=review.page_labels,
    )


def summary(
    session: Session,
    target: Target,
    by: By = "year",
    financial_years: bool = False,
    codebook: str | None = None,
    small_counts: int | None = None,
    where: tuple[str, ...] = (),
) -> None:
    """Run `srtminer summary`."""
    if financial_years and by != "year":
        raise UsageError("--financial-years applies to --by year; leave one of them out")
    book = chosen_codebook(codebook)
    found = load_recommendations(session, where)
    table = mine(session, found, ThemeOptions(), book)
    before = repeats_of(session, found, CompareOptions()).made_before
    ordered = by == "year"
    from srtminer.compare.groups import FINANCIAL_YEAR, group_by, summarise

    field = FINANCIAL_YEAR if financial_years else by
    groups = group_by(found.records, found.recommendations, field, every=True)
    rows = summarise(groups, table, before, ordered=ordered)
    result = annual_result(rows, by, ordered=ordered)
    if small_counts is not None:
        from srtminer.report.small_counts import protected_summary

        result = protected_summary(rows, by, result.table.names[1:], small_counts)
    write(session, target, result)
