"""Which documents are about one case: the final report, its reissue, its summary, the statement about it.

Pure: what is known of documents and what they recommend go in, a case for each document comes out.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, pairwise
from types import MappingProxyType

from srtminer.model import Recommendation, ReviewRecord
from srtminer.text.words import plain_words, single_spaced

APART_YEARS = 3
"""Years between two documents about one case, at most. Why a limit: boards begin again with "Child A"."""
SHARED = 0.6
"""Share of the shorter document's recommendations that stand word for word in the other, of one case."""
AT_LEAST = 2
"""Recommendations that two documents must share."""
QUOTING = frozenset({"response", "article"})
"""Kinds that repeat the recommendations of others; they are no document of the case."""
SPREAD = 20
"""Documents with one recommendation in common from which it is boilerplate."""

_BODY_WORDS = (
    "local safeguarding children childrens child adult adults s board boards partnership partnerships "
    "lscb scb lscp scp sab acpc area protection committee council county and the of for"
)
_BODY = frozenset(_BODY_WORDS.split())
"""Words for a kind of board. Why: the board of Wexmoor became the partnership of Wexmoor."""

Told = Mapping[tuple[str, str], bool]
"""What the analyst says of two documents, by their ids in order: whether they are of one case."""


def board_key(record: ReviewRecord) -> str:
    """Give the place that a board is of, by which its names over the years compare; empty if not known."""
    words = plain_words(record.value("board"))
    place = [word for word in words if word not in _BODY]
    return " ".join(place or words)


def board_names(records: Iterable[ReviewRecord]) -> dict[str, str]:
    """Give each board, by its key, the name that its latest review prints; in capitals only if all do.

    Why: the title page of one review shouts, and a board would be two in a table.
    """
    last = sorted(records, key=lambda one: (not one.value("board").isupper(), one.year or 0, one.id))
    return {board_key(record): record.value("board") for record in last if board_key(record)}


def case_ids(
    records: Iterable[ReviewRecord],
    recommendations: Iterable[Recommendation] = (),
    told: Told = MappingProxyType({}),
) -> dict[str, str]:
    """Give of each document the id of its case: the smallest id of a document in it.

    Documents belong together that are of one board and subject and of neighbouring years, or that share most
    recommendations; what the analyst says goes before both. Records that all have a case keep it.
    """
    by_id = {record.id: record for record in sorted(records, key=lambda record: record.id)}
    if all(record.case for record in by_id.values()):
        return {record.id: record.case for record in by_id.values()}
    apart = {pair for pair, same in told.items() if not same}
    cases = {record_id: {record_id} for record_id in by_id}
    said = (pair for pair, same in sorted(told.items()) if same and set(pair) <= set(by_id))
    for one, other in (*said, *_of_subject(by_id), *_sharing(by_id, recommendations)):
        first, second = cases[one], cases[other]
        kept_apart = any((min(a, b), max(a, b)) in apart for a in first for b in second)
        if first is not second and not kept_apart:
            first |= second
            cases.update(dict.fromkeys(second, first))
    return {record_id: min(cases[record_id]) for record_id in by_id}


def _of_subject(by_id: Mapping[str, ReviewRecord]) -> Iterator[tuple[str, str]]:
    """Give neighbours in time of one board and subject; what is undated goes with the first."""
    groups: defaultdict[tuple[str, str], list[ReviewRecord]] = defaultdict(list)
    for record in by_id.values():
        groups[board_key(record), _subject(record)].append(record)
    for (board, subject), group in groups.items():
        ordered = sorted(group, key=lambda record: (record.year or 0, record.id))
        yield from ((a.id, b.id) for a, b in pairwise(ordered) if board and subject and _near(a, b))


def _subject(record: ReviewRecord) -> str:
    return single_spaced(record.value("subject").casefold())


def _near(one: ReviewRecord, other: ReviewRecord) -> bool:
    return one.year is None or other.year is None or abs(other.year - one.year) <= APART_YEARS


def _sharing(
    by_id: Mapping[str, ReviewRecord], recommendations: Iterable[Recommendation]
) -> Iterator[tuple[str, str]]:
    """Give documents that share most recommendations word for word, where subjects do not differ."""
    holders: defaultdict[str, set[str]] = defaultdict(set)
    texts: defaultdict[str, set[str]] = defaultdict(set)
    own = {record.id for record in by_id.values() if record.value("kind") not in QUOTING}
    for one in recommendations:
        if one.review_id in own:
            words = " ".join(plain_words(one.text))
            holders[words].add(one.review_id)
            texts[one.review_id].add(words)
    shared = Counter(
        pair for ids in holders.values() if len(ids) <= SPREAD for pair in combinations(sorted(ids), 2)
    )
    for (one_id, other_id), count in sorted(shared.items()):
        fewest = min(len(texts[one_id]), len(texts[other_id]))
        if count >= max(AT_LEAST, SHARED * fewest) and _agree(by_id[one_id], by_id[other_id]):
            yield one_id, other_id


def _agree(one: ReviewRecord, other: ReviewRecord) -> bool:
    """Tell whether nothing that is known of two documents says that they are of different cases."""
    known = ((key(one), key(other)) for key in (board_key, _subject))
    return _near(one, other) and not any(all(pair) and pair[0] != pair[1] for pair in known)


def groups_of(case_of: Mapping[str, str]) -> tuple[tuple[str, ...], ...]:
    """Give the cases of more than one document, each with the ids of its documents in their order."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for review_id, case in case_of.items():
        found[case].append(review_id)
    return tuple(tuple(members) for members in found.values() if len(members) > 1)


def case_years(records: Iterable[ReviewRecord]) -> dict[str, int | None]:
    """Give the year of each case by its id: the first that a document of it is of."""
    years: dict[str, int | None] = {}
    for record in records:
        case, year = record.case_id, record.year
        known = years.get(case)
        years[case] = min(known, year) if known is not None and year is not None else known or year
    return years


def count_cases(records: Sequence[ReviewRecord]) -> int:
    """Count the cases of documents."""
    return len({record.case_id for record in records})


def count_without(records: Iterable[ReviewRecord], recommendations: Iterable[Recommendation]) -> int:
    """Count the cases of which no document makes a recommendation."""
    return len({record.case_id for record in records} - {one.case_id for one in recommendations})
