"""Bring files into the store: find them, read and analyse those that are new, write review by review."""

import hashlib
import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from srtminer import __version__
from srtminer.errors import UnreadableInput
from srtminer.model import Analysis, Fact, Ingested, IngestState, Skipped
from srtminer.read.read_file import (
    KIND_OF_EXTENSION,
    NOTHING_SHOWN,
    ReadOptions,
    because,
    read_file,
    search,
)
from srtminer.read.worker import work_on_cluster, work_through
from srtminer.read.worker_process import USUAL, Limits, Result
from srtminer.text.names import counted, few, printable
from srtminer.text.words import composed

if TYPE_CHECKING:  # the worker processes import this module and have no use for a database
    from srtminer.store import Added, Content, Store

_REASON = "skipped "
"""Setting of the store by the digest of a file that cannot be read: why. Finding that out may take long."""
_PASSING = ("the reader ", "OCRmyPDF", "LibreOffice", "cannot be read: ", "; raise --")
"""In reasons that lie in the machine, and may be gone the next time: a kill, a limit, a missing program."""

Given = Sequence[tuple[str, tuple[Fact, ...]]]
"""(source, facts): the source names a file by its path or by its name alone."""
EMPTY = "there is no review in the file"
WORD_PROCESSED = (".pages", ".wpd")
"""How files end that may well be reviews, and that another program has to save as what is read."""
NAMED = 3
"""Files of other kinds that are named unless all are asked for."""
Progress = Callable[[int, int, str], None]
"""Takes the number of files done, that of all files, and the name of the file that is waited for."""


@dataclass(frozen=True, slots=True)
class IngestOptions(ReadOptions):
    """How files are read, and where; the command line takes its defaults from here."""

    jobs: int = 1
    """Number of files that are read at the same time, each in a process of its own."""
    limits: Limits = USUAL
    cluster: str = ""
    """HOST:PORT of the scheduler of a Dask cluster that reads the files, and not this machine."""


@dataclass(frozen=True, slots=True)
class IngestResult:
    """What came of all files, in the order of their paths."""

    reviews: tuple[Ingested, ...]
    skipped: tuple[Skipped, ...]
    ignored: tuple[str, ...] = ()
    """Paths of files in folders that are of no kind that is read."""
    unmatched: tuple[str, ...] = ()
    """Sources in the given metadata that are none of the files."""


def ingest(
    paths: Iterable[Path],
    store: "Store",
    options: IngestOptions,
    given: Given = (),
    on_progress: Progress | None = None,
    *,
    work: Callable[[ReadOptions, Path], Result] | None = None,
) -> IngestResult:
    """Bring files and folders into the store; a file that cannot be read never stops the others.

    A file whose bytes the store knows is not read again unless it is to be read otherwise, nor is one that
    could not be read; if it then gives other reviews, those replace the ones it gave before. Given metadata
    goes to new and known reviews alike. Only this process writes, each review in one transaction: after
    Ctrl-C, which ends the reading at once, or a kill, the next call goes on from there. `work` is done in the
    worker processes and has to be picklable; it is `read_and_analyse` unless told otherwise. A script that
    calls this needs a main guard, as with all of `multiprocessing`.
    """
    paths = tuple(paths)
    found = search(paths)
    batch = _Batch(store, options, given)
    names = [item.source if isinstance(item, Skipped) else printable(item) for item in found.inputs] + [""]
    report = on_progress or (lambda done, total, name: None)
    report(0, len(found.inputs), names[0])
    reader, turns = partial(work or read_and_analyse, options), batch.turns(found.inputs)
    if options.cluster:
        outcomes = work_on_cluster(reader, turns, options.cluster, options.limits)
    else:
        outcomes = work_through(reader, turns, jobs=options.jobs, limits=options.limits)
    with closing(outcomes):
        for done, (turn, result) in enumerate(outcomes, 1):
            batch.settle(turn, result)
            report(done, len(found.inputs), names[done])
    batch.forget_gone(paths)
    store.sweep()
    return IngestResult(batch.reviews(), tuple(batch.skipped), found.ignored, tuple(batch.unmatched))


def read_and_analyse(options: ReadOptions, path: Path) -> Result:
    """Read a file and analyse each review in it."""
    from srtminer.pipeline import analyse  # only the worker processes need it

    reviews = read_file(path, options)
    return tuple(item if isinstance(item, Skipped) else analyse(item, options.agencies) for item in reviews)


def require_readable(result: IngestResult, paths: Sequence[Path], *, strict: bool) -> None:
    """Raise `UnreadableInput` if nothing could be read or, when `strict`, if anything could not."""
    if result.skipped and (strict or not result.reviews):
        raise UnreadableInput(
            f"{counted(len(result.skipped), 'input')} could not be read for the reasons above: correct the "
            "paths or leave those files out, and run it again (what has been read stays)"
        )
    if result.reviews:
        return
    other = f", only {of_other_kinds(result.ignored)}" if result.ignored else ""
    named = few([*map(printable, paths)], NAMED)
    kinds = "PDF, DOCX, HTML, text, Markdown, e-mail, CSV or JSONL files"
    raise UnreadableInput(f"no documents found in {named}{other}; give {kinds}")


def of_other_kinds(paths: Sequence[str]) -> str:
    """Count files, name the first few, documents of word processors before others, and say what helps."""
    endings = {path: Path(path).suffix.lower() for path in paths}
    first = sorted(paths, key=lambda path: endings[path] not in WORD_PROCESSED)
    names = few([Path(path).name for path in first], NAMED)
    known = sorted(set(WORD_PROCESSED) & set(endings.values()))
    advice = f": save {' and '.join(known)} files as .docx or PDF" if known else ""
    own = " or made by srtminer" if any(ending in KIND_OF_EXTENSION for ending in endings.values()) else ""
    return f"{counted(len(paths), 'file')} of other kinds{own} ({names}){advice}"


@dataclass(frozen=True, slots=True)
class _Turn:
    """A file when it is its turn."""

    path: Path
    content: "Content | None" = None
    """Its bytes and how they are read; None where they cannot be had."""
    reason: str = ""
    """Why they cannot."""


Came = tuple[Sequence[str], Sequence[str]]
"""What came of a file: ids of its reviews, and reasons for what is not among them."""


class _Batch:
    """The files of one call, and what has come of them so far."""

    def __init__(self, store: "Store", options: IngestOptions, given: Given) -> None:
        self.skipped: list[Skipped] = []
        self.unmatched = {source: None for source, _ in given}
        """Sources of given metadata that were none of the files."""
        self._store, self._options, self._given = store, options, _by_place(given)
        self._settled: list[tuple[str, IngestState, str, str]] = []
        self._came_of: dict[str, Came | None] = {}
        """By the bytes of a file and how they are read; None until they are read."""
        self._remembered = {skip.source: skip.reason for skip in store.skipped()}
        self._sources = {record.id: record.source for record in store.records()}

    def turns(self, inputs: Iterable[Path | Skipped]) -> Iterator[tuple[_Turn, Path | None]]:
        """Give file by file, and not before it is needed, its turn and the path if it has to be read."""
        for item in inputs:
            turn = self._turn(item)
            to_read = False
            if turn.content and turn.content.key not in self._came_of:
                came = self._came_of[turn.content.key] = self._came_before(turn.content)
                to_read = came is None
            yield turn, turn.path if to_read else None

    def settle(self, turn: _Turn, result: Result) -> None:
        """Write down what came of a file; one without a result is known, or has a twin before it."""
        facts, source = self._facts_for(turn.path), printable(turn.path)
        reasons: Sequence[str] = (turn.reason,)
        if turn.content:
            came = self._came_of[turn.content.key]
            ids, reasons = came or self._write(turn, turn.content, result, facts)
            self._came_of[turn.content.key] = ids, reasons
            for review_id in ids if came else ():
                self._note(review_id, "unchanged", turn.path, facts)
        self.skipped.extend(Skipped(source, reason) for reason in reasons)
        self._remember(source, "; ".join(dict.fromkeys(reasons)) if turn.content else "")

    def forget_gone(self, paths: Sequence[Path]) -> None:
        """Let the store list no more what could not be read in folders that do not hold it any longer."""
        folders = tuple(f"{_place(path)}{os.sep}" for path in paths if path.is_dir())
        for source in self._remembered.keys() - {skip.source for skip in self.skipped}:
            if _place(source).startswith(folders):
                self._remember(source, "")

    def reviews(self) -> tuple[Ingested, ...]:
        """List the reviews with what the store says of them at the end."""
        gave = {(review_id, _place(source)) for review_id, _, source, _ in self._settled}
        places = {place for _, place in gave}
        moved = [self._moved(review_id, source, gave, places) for review_id, _, source, _ in self._settled]
        records = {record.id: record for record in self._store.records()}
        now = {review_id for review_id, _ in gave}
        former: defaultdict[str, list[str]] = defaultdict(list)
        for record in records.values():
            if record.id not in now:
                former[_place(record.source)].append(record.id)
        return tuple(
            Ingested(
                records[review_id],
                state,
                source,
                note or told or (_note_of(former[_place(source)]) if state == "added" else ""),
                "" if _place(records[review_id].source) == _place(source) else records[review_id].source,
            )
            for (review_id, state, source, note), told in zip(self._settled, moved, strict=True)
            if review_id in records  # another process may have read the file otherwise in the meantime
        )

    def _turn(self, item: Path | Skipped) -> _Turn:
        if isinstance(item, Skipped):
            return _Turn(Path(item.source), reason=item.reason)
        try:
            return _Turn(item, _digest(item, self._options))
        except OSError as error:
            return _Turn(item, reason=because(error))

    def _came_before(self, content: "Content") -> Came | None:
        known = self._store.known_file(content.digest, content.reading)
        if known is not None:
            return known, ()
        reason = self._store.meta(_REASON + content.key)
        return ((), (reason,)) if reason else None

    def _write(self, turn: _Turn, content: "Content", result: Result, facts: Sequence[Fact]) -> Came:
        reasons = [item.reason for item in result if isinstance(item, Skipped)]
        analyses = [item for item in result if isinstance(item, Analysis)]
        added = self._store.add_file(content, analyses, whole=not reasons) if result else ()
        for one in added:
            self._note(one.review_id, one.state, turn.path, facts, _what_was_replaced(one))
        if len(result) == 1 and reasons:
            if not any(part in reasons[0] for part in _PASSING):  # skipped at once next time
                self._store.set_meta(_REASON + content.key, reasons[0])
            if NOTHING_SHOWN in reasons[0]:
                self._store.drop_hidden(content)
        return [one.review_id for one in added], reasons if result else (EMPTY,)

    def _note(
        self, review_id: str, state: IngestState, path: Path, facts: Sequence[Fact], note: str = ""
    ) -> None:
        if facts and self._store.set_facts(review_id, facts) and state == "unchanged":
            state = "updated"
        self._settled.append((review_id, state, printable(path), note))

    def _remember(self, source: str, reason: str) -> None:
        """Let the store list what could not be read, and no longer what can, or is gone."""
        if reason != self._remembered.get(source, ""):
            self._store.remember_skipped(Skipped(source, reason))

    def _moved(self, review_id: str, now: str, gave: Set[tuple[str, str]], places: Set[str]) -> str:
        """Name a review by a file that gives it now, if its own is gone or gives another one; tells so.

        `gave` holds what came of this call: ids of reviews with the `places` of their files.
        """
        before = self._sources.get(review_id, "")
        place = _place(before)
        stays = place not in places and Path(before).exists()
        if not before or (review_id, place) in gave or stays:
            return ""
        self._store.move(review_id, now)
        self._sources[review_id] = now
        return f"known as {before} until now"

    def _facts_for(self, path: Path) -> tuple[Fact, ...]:
        """Put together what was given for a file: its path says more than its name alone."""
        facts: dict[str, Fact] = {}
        for place in (_name(path.name), _place(path)):
            for source, some in self._given.get(place, ()):
                self.unmatched.pop(source, None)
                facts.update((fact.field, fact) for fact in some)
        return tuple(facts.values())


def _by_place(given: Given) -> dict[str, list[tuple[str, tuple[Fact, ...]]]]:
    """Index given facts by what their source may mean: a name alone, or a path from the current folder."""
    places: defaultdict[str, list[tuple[str, tuple[Fact, ...]]]] = defaultdict(list)
    for source, facts in given:
        for place in {_name(source), _place(source)}:
            places[place].append((source, facts))
    return places


def _name(path: str | Path) -> str:
    return composed(printable(path))


def _place(path: str | Path) -> str:
    return _name(os.path.normpath(Path(path).absolute()))


def _digest(path: Path, reading: ReadOptions) -> "Content":
    """Hash all that a reading depends on: the bytes and the extension, the options and this program."""
    from srtminer.store import Content  # as above: only this process has use for it

    with path.open("rb") as file:
        content = hashlib.file_digest(file, "sha256").hexdigest()
    made_by = f"{__version__} {reading.reader}{' --ocr' if reading.ocr else ''}"
    return Content(f"{content}{path.suffix.lower()}", "\n".join([made_by, *map(str, reading.agencies)]))


def _what_was_replaced(added: "Added") -> str:
    """Say what became of other reviews and of corrections; empty where there is nothing to say."""
    if not added.replaced:
        return ""
    carried, lost = counted(added.carried, "correction"), counted(added.lost, "correction or given value")
    return "; ".join(
        (
            f"read differently this time: replaces review {', '.join(added.replaced)}",
            *([f"{carried} carried over"] if added.carried else []),
            *([f"{lost} lost, as this review is another one or has its own"] if added.lost else []),
        )
    )


def _note_of(former: Sequence[str]) -> str:
    """Say that a file held another text when it was read before, and how to take that out.

    Why is it not replaced: "report.pdf" in another folder may be another review.
    """
    if not former:
        return ""
    return (
        "this file had another text before, which is still in the store: "
        f"`srtminer remove {' '.join(former)}` takes it out, with what was given and corrected of it"
    )
