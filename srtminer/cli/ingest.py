"""`srtminer ingest`."""

import os
import sys
from collections.abc import Iterator, Sequence, Set
from pathlib import Path
from typing import Literal

from srtminer.cases import groups_of
from srtminer.cli.output import Target, read_text, write
from srtminer.cli.selection import outdated
from srtminer.cli.session import Session, is_missing, progress
from srtminer.cli.themes import tuned
from srtminer.errors import UsageError
from srtminer.ingestion import NAMED, Given, IngestOptions, IngestResult, of_other_kinds, require_readable
from srtminer.ingestion import ingest as bring_in
from srtminer.model import ATTACHED, Ingested, Skipped
from srtminer.read.programs import INSTALL_OCR, ocr_installed
from srtminer.read.programs import TIME_LIMIT as OCR_TIME_LIMIT
from srtminer.read.read_file import KIND_OF_EXTENSION, search
from srtminer.read.worker_process import USUAL, Limits
from srtminer.render.review_tables import ingest_result
from srtminer.render.wording import Catalogue, left_out, phrase
from srtminer.text.names import counted
from srtminer.text.thesaurus import own_agencies

DEFAULTS = IngestOptions()

Reader = Literal["auto", "pdfium", "pdfminer"]


def ingest(
    session: Session,
    target: Target,
    paths: tuple[Path, ...],
    metadata: Path | None = None,
    agencies: Path | None = None,
    strict: bool = False,
    encode: bool = False,
    reader: Reader = "auto",
    ocr: bool = DEFAULTS.ocr,
    jobs: int = DEFAULTS.jobs,
    executor: str | None = None,
    time_limit: float | None = None,
    memory_limit: int = USUAL.megabytes,
) -> None:
    """Run `srtminer ingest`."""
    options = IngestOptions(
        jobs=jobs,
        reader=reader,
        ocr=ocr,
        limits=Limits(time_limit or (OCR_TIME_LIMIT if ocr else USUAL.seconds), memory_limit),
        agencies=(*(_named_in(agencies) if agencies else ()), *own_agencies()),
        cluster=_cluster(executor) if executor else "",
    )
    if ocr and not ocr_installed():
        raise UsageError(f"--ocr needs OCRmyPDF: {INSTALL_OCR}, or leave --ocr out")
    named = tuple(one for path in paths for one in (_listed() if path == Path("-") else (path,)))
    given: Given = ()
    if metadata:
        from srtminer.read.table import read_metadata  # most have no such table

        given = read_metadata(metadata)
    result = _bring_in(session, options, named, given)
    if result.reviews or result.skipped:
        write(session, target, ingest_result(result.reviews, result.skipped, every=session.verbose))
    _tell(session, result)
    if encode:
        from srtminer.compare.similarity import parts_of  # scipy

        tuned(session, parts_of(session.opened().recommendations()))
    require_readable(result, named, strict=strict)


def _cluster(executor: str) -> str:
    """Give HOST:PORT of "dask:HOST:PORT"; raises `UsageError` for anything else."""
    kind, _, address = executor.partition(":")
    host, _, port = address.rpartition(":")
    if kind != "dask" or not host or not port.isdecimal():
        raise UsageError(f"--executor {executor} is not understood: write dask:HOST:PORT")
    return address


def _named_in(path: Path) -> tuple[tuple[str, str], ...]:
    """Read (name, kind) of agencies, one per line; raises `UsageError` for a kind that there is not."""
    from srtminer.agencies import agency_kinds  # as above

    lines = read_text(path, "--agencies", "write one name per line").splitlines()
    parts = [line.partition("=") for line in lines if line.strip() and not line.startswith("#")]
    named = tuple((" ".join(name.split()), kind.strip().casefold()) for name, _, kind in parts)
    for name, kind in named:
        if kind and kind not in agency_kinds():
            known = ", ".join(sorted(agency_kinds()))
            raise UsageError(
                f"--agencies {path}: “{kind}” ({name}) is not a kind of agency; they are {known}"
            )
    return named


def _listed() -> Sequence[Path]:
    data = sys.stdin.buffer.read() if sys.stdin is not None else b""
    lines = data.split(b"\0" if b"\0" in data else b"\n")  # `find -print0` parts names by NUL
    paths = [Path(os.fsdecode(line.rstrip(b"\r"))) for line in lines if line.strip()]
    if not paths:
        raise UsageError("no paths on standard input; give one path per line, or name files instead of -")
    return paths


def _bring_in(session: Session, options: IngestOptions, paths: Sequence[Path], given: Given) -> IngestResult:
    if is_missing(session.store):  # a wrong name must not make an empty store
        found = search(paths)
        skipped = tuple(item for item in found.inputs if isinstance(item, Skipped))
        if len(skipped) == len(found.inputs):
            return IngestResult((), skipped, found.ignored)
    store = session.opened(create=True)
    with progress(session, "reading files") as report:
        try:
            return bring_in(paths, store, options, given, report)
        except KeyboardInterrupt:
            session.note(f"{counted(len(store.records()), 'review')} in the store {session.store}")
            raise


def _tell(session: Session, result: IngestResult) -> None:
    """Say what else to know of the files, the reviews and the store."""
    if result.ignored:
        some = len(result.ignored) > NAMED and not session.verbose
        more = "; srtminer --verbose ingest … lists them all" if some else ""
        session.note(f"left out: {of_other_kinds(result.ignored)}{more}")
    for path in result.ignored if session.verbose else ():
        session.note(f"left out: {path}")
    for source in result.unmatched:
        session.note(f"{source} in the metadata is not among the files")
    for item in result.reviews:
        for note in (*(_left_out(item) if item.state != "unchanged" else ()), *filter(None, [item.note])):
            session.note(f"{item.source}: {note}")
    if result.reviews:
        for warning in outdated(session.opened().made_by()):
            session.note(warning)
        _tell_cases(session, {item.record.id for item in result.reviews if item.state != "unchanged"})
        if not any(item.record.recommendations for item in result.reviews):
            session.note(f"no recommendations in any of them; `{session.command('reviews')}` says why")


def _left_out(item: Ingested) -> Iterator[str]:
    """Say what of a document was not read, and which corrections it has lost."""
    for part in left_out(item.record.omissions):
        if part.words:
            yield f"left out: {phrase(part)}"
        elif part.what.startswith(ATTACHED) and Path(part.what).suffix.lower() in KIND_OF_EXTENSION:
            yield f"not read: {part.what}; save it as a file, and ingest that"
    if number := item.record.lost_corrections:
        yield f"{counted(number, 'correction')} no longer fit what is found; see `srtminer correct`"


def _tell_cases(session: Session, new: Set[str]) -> None:
    """Say which of the new documents are of one case with others: they count as one review."""
    if not new or session.quiet:
        return
    records, _ = session.opened().reviews_and_recommendations()
    catalogue = Catalogue.of(records)
    for group in groups_of({record.id: record.case for record in records}):
        if new & set(group):
            files = [Path(catalogue.records[one].source).name for one in group]
            names = ", ".join(files if len({*files}) == len(files) else group)
            session.note(
                f"one case, counted as one review: {names} (`srtminer case --apart A B` separates them)"
            )
