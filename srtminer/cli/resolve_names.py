"""Which review, recommendation or theme is meant: by id, by name, or by a part of a name."""

import shlex
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from srtminer.errors import UnreadableInput, UsageError
from srtminer.model import Analysis, Recommendation, ReviewRecord
from srtminer.render.catalogue import Catalogue
from srtminer.render.figures import few
from srtminer.text.typed_names import suggestions
from srtminer.text.words import plain_words
from srtminer.where import plain

SHORTEST_BEGINNING = 4
"""Characters of the beginning of an id. Why: "a" would be a subject as likely."""
SHOWN = 3
ARTICLE = "the "


def review_named(name: str, catalogue: Catalogue) -> ReviewRecord | None:
    """Find the review of the store that is meant, or None; raises `UsageError` where several may be.

    The beginning of a title goes before its middle, for a response is called after what it answers.
    """
    wanted, said, cited = plain(name.strip()), _words(name), catalogue.names
    path, records = Path(name).absolute(), [*catalogue.records.values()]
    long = len(wanted) >= SHORTEST_BEGINNING and said != ""

    def called(record: ReviewRecord) -> tuple[str, ...]:
        file = Path(record.source)
        names = (cited[record.id], record.value("title"), record.value("subject"), file.name, file.stem)
        return tuple(map(_words, names))

    def begins(title: str) -> bool:
        return title.removeprefix(ARTICLE).startswith(said.removeprefix(ARTICLE))

    tests: tuple[Callable[[ReviewRecord], object], ...] = (
        lambda record: plain(record.id) == wanted or record.source == name,
        lambda record: record.source.endswith(path.name) and Path(record.source).absolute() == path,
        lambda record: plain(cited[record.id]) == wanted,
        lambda record: long and plain(record.id).startswith(wanted),
        lambda record: said and said in called(record),
        lambda record: long and any(map(begins, called(record)[:3])),
        lambda record: long and any(said in title for title in called(record)[:3]),
        lambda record: long and any(said in file for file in called(record)[3:]),
    )
    for test in tests:
        found = [record for record in records if test(record)]
        if len(found) == 1:
            return found[0]
        if found:
            some = few([with_id(cited[record.id], record.id) for record in found], SHOWN, "; ")
            raise UsageError(
                f"{name}: {len(found)} reviews are called that: {some}; give more of the name, or an id"
            )
    return None


def with_id(name: str, review_id: str) -> str:
    """Name a review and its id, which stands in the name of one that nothing else tells from another."""
    return name if review_id in name else f"{name}, id {review_id}"


def require_review(name: str, records: Sequence[ReviewRecord]) -> ReviewRecord:
    """Find the review of the store that is meant; raises `UsageError` where there is none, or several."""
    if record := review_named(name, Catalogue.of(records)):
        return record
    raise UsageError(f"{name}: no such review in the store; {did_you_mean(name, records)}")


def require_reference(reference: str, own: Sequence[Recommendation], review: str) -> Recommendation:
    """Find the recommendation of a review that is meant: "3" finds "Recommendation 3"; raises `UsageError`.

    `own` are the recommendations of the review, and `review` is what it is called.
    """
    if not own:
        raise UsageError(f"{review} has no recommendations; `srtminer check` says why")
    wanted = plain(reference.strip())
    called = [(one, plain(known)) for one in own for known in (one.id, *one.references)]
    for is_meant in (wanted.__eq__, lambda known: known.rpartition(" ")[2] == wanted):
        found = [one for one, known in called if is_meant(known)]
        if found:
            return found[0]
    near = [one.reference for one, known in called if known.rpartition(" ")[2].startswith(wanted)]
    near = near or suggestions(wanted, (one.reference for one in own if one.reference))
    meant = f"did you mean {', '.join(dict.fromkeys(near[:SHOWN]))}? " if near else ""
    listed = f"`srtminer recommendations --where {shlex.quote(f'review={review}')}` lists all {len(own)}"
    raise UsageError(f"{review} has no recommendation {reference}; {meant}{listed}")


def did_you_mean(name: str, records: Sequence[ReviewRecord]) -> str:
    """Name the reviews that are called nearly so, and their ids, which nothing else has."""
    names = Catalogue.of(records).names
    near = [with_id(names[record.id], record.id) for record in reviews_like(name, records)]
    return f"did you mean {', or '.join(near)}?" if near else "see `srtminer reviews`"


def _words(name: str) -> str:
    """Make names comparable that differ in signs only: "child-f" is "Child F"."""
    return " ".join(plain_words(plain(name)))


def reviews_like(name: str, records: Sequence[ReviewRecord]) -> tuple[ReviewRecord, ...]:
    """Find the reviews whose subject, title or some words of them are most like a name, nearest first."""
    called: defaultdict[str, list[ReviewRecord]] = defaultdict(list)
    for record in sorted(records, key=lambda record: record.id):
        for text in ("subject", "title"):
            called[plain(record.value(text))].append(record)
    near = suggestions(plain(name.strip()), filter(None, called))
    return tuple(dict.fromkeys(record for spelling in near for record in called[spelling]))[:SHOWN]


def read_review(path: Path) -> Analysis:
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


def record_of(analysis: Analysis) -> ReviewRecord:
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


def require_theme(wanted: str, names: Mapping[str, str], advice: str) -> str:
    """Find the id of the theme that is meant, among names by id.

    Raises `UsageError` where several may be meant; where none is, with the nearest names, else with `advice`.
    """
    word = plain(wanted.strip())
    same = [own_id for own_id, name in names.items() if word in (plain(own_id), plain(name))]
    having = [own_id for own_id, name in names.items() if word and word in plain(name)]
    for found in (same, having):
        if len(found) == 1:
            return found[0]
        if found:
            some = few([f"“{names[own_id]}”" for own_id in found])
            raise UsageError(
                f"{len(found)} themes have {wanted!r} in their names: {some}; give more of the name"
            )
    near = suggestions(word, [plain(name) for name in (*names, *names.values())])
    meant = few(
        [
            f"“{name}”" if plain(name) in near else f"“{name}” ({own_id})"
            for own_id, name in names.items()
            if {plain(name), plain(own_id)} & {*near}
        ]
    )
    raise UsageError(f"no theme {wanted!r}; {f'did you mean {meant}?' if meant else advice}")
