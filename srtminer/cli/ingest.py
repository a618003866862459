"""`srtminer ingest`."""

import os
import sys
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from srtminer.agencies import agency_kinds
from srtminer.cases import groups_of
from srtminer.cli.mining import vectors_of
from srtminer.cli.output import emit, screen_of
from srtminer.cli.parameters import RESULT, Form, argument, option, read_text
from srtminer.cli.progress import progress
from srtminer.cli.provenance import made_by, outdated
from srtminer.cli.session import Session, is_missing
from srtminer.errors import UsageError
from srtminer.ingestion import (
    NAMED,
    Given,
    Ingested,
    IngestOptions,
    IngestResult,
    of_other_kinds,
    require_readable,
)
from srtminer.ingestion import ingest as bring_in
from srtminer.model import ATTACHED, Skipped
from srtminer.read.file_kinds import KIND_OF_EXTENSION
from srtminer.read.programs import INSTALL_OCR, ocr_installed, workspace
from srtminer.read.programs import TIME_LIMIT as OCR_TIME_LIMIT
from srtminer.read.read_file import search
from srtminer.read.table import read_metadata
from srtminer.render.catalogue import Catalogue
from srtminer.render.figures import counted, left_out, told
from srtminer.render.ingest_table import Outcome, as_json, as_table
from srtminer.render.result import Screen
from srtminer.text.thesaurus import own_agencies

READING = "How files are read"
DEFAULTS = IngestOptions()
ONE_LINE = 10_000
"""Characters, more than a path can have."""


class Reader(StrEnum):
    """The PDF library."""

    AUTO = "auto"
    PDFIUM = "pdfium"
    PDFMINER = "pdfminer"


DEFAULT_READER = Reader(DEFAULTS.reader)


class SummaryForm(StrEnum):
    """What a summary can be written as."""

    TABLE = Form.TABLE.value
    JSON = Form.JSON.value


PathsArgument = Annotated[
    list[Path],
    argument("Files, folders, or - for a list of paths on standard input.", metavar="PATH"),
]
MetadataOption = Annotated[
    Path | None,
    option(
        "A table of known facts about the files: a column `source` (path or file name) and any of "
        "title, subject, board, kind, year, published, authors. It overrides what is found in the text.",
        metavar="FILE.csv",
    ),
]
AgenciesOption = Annotated[
    Path | None,
    option("Names of agencies that srtminer should know, one a line, or “name = kind”.", metavar="FILE"),
]
StrictOption = Annotated[
    bool,
    option("Exit with code 3 if any file could not be read, not only if none.", "--strict"),
]
EncodeOption = Annotated[
    bool,
    option(
        "Also make the vectors that themes and comparisons need; without it the first of those "
        "commands does, at some 40 recommendations a second.",
        "--encode",
    ),
]
ReaderOption = Annotated[
    Reader,
    option("The PDF library; auto takes PDFium, and pdfminer where that fails.", panel=READING),
]
OcrOption = Annotated[
    bool,
    option("Recognise the text of scanned pages; OCRmyPDF must be installed.", "--ocr", panel=READING),
]
JobsOption = Annotated[int, option("Read N files at a time.", panel=READING, min=1, metavar="N")]
ExecutorOption = Annotated[
    str | None,
    option(
        "Send the files to the machines of a Dask cluster to be read; HOST:PORT is its scheduler.",
        panel=READING,
        metavar="dask:HOST:PORT",
    ),
]
TimeLimitOption = Annotated[
    float | None,
    option(
        f"Skip a file that takes longer to read; {DEFAULTS.time_limit:g} unless given, "
        f"{OCR_TIME_LIMIT:g} with --ocr.",
        panel=READING,
        min=1,
        metavar="SECONDS",
    ),
]
MemoryLimitOption = Annotated[
    int,
    option("Skip a file that needs more memory to read.", panel=READING, min=128, metavar="MB"),
]
FormOption = Annotated[SummaryForm, option("Format of the summary.", "--format", panel=RESULT)]


def ingest(
    context: typer.Context,
    paths: PathsArgument,
    metadata: MetadataOption = None,
    agencies: AgenciesOption = None,
    strict: StrictOption = False,
    encode: EncodeOption = False,
    reader: ReaderOption = DEFAULT_READER,
    ocr: OcrOption = DEFAULTS.ocr,
    jobs: JobsOption = DEFAULTS.jobs,
    executor: ExecutorOption = None,
    time_limit: TimeLimitOption = None,
    memory_limit: MemoryLimitOption = DEFAULTS.memory_limit,
    form: FormOption = SummaryForm.TABLE,
) -> None:
    """Read reviews and keep what they say in the store.

    PDF, Word, HTML, text, Markdown and e-mail files, what LibreOffice opens
    where it is installed (.doc, .odt, .rtf, .pptx), and tables (CSV, JSONL)
    of ready recommendations with the columns review, reference and text,
    and if you like agency, board, year and page.
    A file that is in the store already is not read again.

    Examples:
      srtminer ingest reviews/
      srtminer ingest --metadata boards.csv reviews/ child-f.pdf
      srtminer ingest --ocr scans/
      find . -name '*.pdf' -mtime -7 | srtminer ingest -
    """
    session: Session = context.obj
    options = IngestOptions(
        jobs=jobs,
        reader=reader.value,
        ocr=ocr,
        time_limit=time_limit or (OCR_TIME_LIMIT if ocr else DEFAULTS.time_limit),
        memory_limit=memory_limit,
        agencies=(*(_named_in(agencies) if agencies else ()), *own_agencies()),
        cluster=_cluster(executor) if executor else "",
    )
    if ocr and not ocr_installed():
        raise UsageError(f"--ocr needs OCRmyPDF: {INSTALL_OCR}, or leave --ocr out")
    named = tuple(_paths(paths))
    given = read_metadata(metadata) if metadata else ()
    if is_missing(session.store):
        _require_files(session, form, named)
    result, made = _bring_in(session, options, named, given)
    emit(_summary(session, result, form))
    _tell(session, result, made)
    _tell_cases(session, {item.record.id for item in result.reviews if item.state != "unchanged"})
    if encode:
        vectors_of(session, session.opened().recommendations())
    require_readable(result, strict=strict)


def _cluster(executor: str) -> str:
    """Give HOST:PORT of "dask:HOST:PORT"; raises `UsageError` for anything else."""
    kind, _, address = executor.partition(":")
    host, _, port = address.rpartition(":")
    if kind != "dask" or not host or not port.isdecimal():
        raise UsageError(f"--executor {executor} is not understood: write dask:HOST:PORT")
    return address


def _named_in(path: Path) -> tuple[tuple[str, str], ...]:
    """Read (name, kind) of agencies, one a line; raises `UsageError` for a kind that there is not."""
    lines = read_text(path, "--agencies", "write one name a line").splitlines()
    parts = [line.partition("=") for line in lines if line.strip() and not line.startswith("#")]
    named = tuple((" ".join(name.split()), kind.strip().casefold()) for name, _, kind in parts)
    for name, kind in named:
        if kind and kind not in agency_kinds():
            known = ", ".join(sorted(agency_kinds()))
            raise UsageError(
                f"--agencies {path}: “{kind}” ({name}) is not a kind of agency; they are {known}"
            )
    return named


def _tell_cases(session: Session, new: Set[str]) -> None:
    """Say which of the new documents are of one case with others: they count as one review."""
    if not new or session.quiet:
        return
    records, _ = session.opened().reviews_and_recommendations()
    catalogue = Catalogue.of(records)
    for group in groups_of({record.id: record.case for record in records}):
        if new & set(group):
            names = ", ".join(Path(catalogue.source(one)).name for one in group)
            session.note(f"one case, counted as one review: {names} (`srtminer case --apart A B` parts them)")


def _bring_in(
    session: Session, options: IngestOptions, paths: Sequence[Path], given: Given
) -> tuple[IngestResult, Mapping[str, int]]:
    """Read the files into the store; gives also `Store.made_by` of all that is in it then."""
    made = made_by(f"{options.reader}{' --ocr' if options.ocr else ''}")
    store = session.opened(create=True)
    with progress(session, "reading files") as report:
        try:
            with workspace():
                result = bring_in(paths, store, options, given, report)
        except KeyboardInterrupt:
            session.note(f"{counted(len(store.records()), 'review')} in the store {session.store}")
            raise
        store.set_made_by((item.record.id for item in result.reviews), made)
    return result, store.made_by()


def _require_files(session: Session, form: SummaryForm, paths: Sequence[Path]) -> None:
    """Raise `UnreadableInput` where there is no file to read: a wrong name must not make an empty store."""
    found = search(paths)
    skipped = tuple(item for item in found.inputs if isinstance(item, Skipped))
    if len(skipped) < len(found.inputs):
        return
    nothing = IngestResult((), skipped, found.ignored)
    if skipped:
        emit(_summary(session, nothing, form))
    require_readable(nothing, strict=False)


def _paths(given: Sequence[Path]) -> Iterator[Path]:
    for path in given:
        if path == Path("-"):
            yield from _listed()
        else:
            yield path


def _listed() -> Iterator[Path]:
    data = sys.stdin.buffer.read() if sys.stdin is not None else b""
    lines = data.split(b"\0" if b"\0" in data else b"\n")  # `find -print0` parts names by NUL
    paths = [Path(os.fsdecode(line.rstrip(b"\r"))) for line in lines if line.strip()]
    if not paths:
        raise UsageError("no paths on standard input; give one path a line, or name files instead of -")
    yield from paths


def _summary(session: Session, result: IngestResult, form: SummaryForm) -> str:
    # Each under the name that it was given this time.
    outcomes = [
        Outcome(replace(item.record, source=item.source), item.state, item.note or _copy(item))
        for item in result.reviews
    ]
    new = [outcome for outcome in outcomes if outcome.state != "unchanged"]
    known = [outcome for outcome in outcomes if outcome.state == "unchanged"]
    if form is SummaryForm.JSON:
        return as_json(new, known, result.skipped)
    copies = {item.source: item.copy_of for item in result.reviews if item.copy_of}
    shown, rest = (
        [outcome.record for outcome in part if outcome.record.source not in copies] for part in (new, known)
    )
    # a script, which reads what goes elsewhere than to a terminal, wants names whole and a line each
    screen = screen_of(None) if sys.stdout is not None and sys.stdout.isatty() else Screen(ONE_LINE)
    every = session.verbose
    return as_table(shown, rest, result.skipped, screen, every=every, copies=copies)


def _copy(item: Ingested) -> str:
    return f"a copy of {item.copy_of}" if item.copy_of else ""


def _tell_ignored(session: Session, paths: Sequence[str]) -> None:
    if paths:
        some = len(paths) > NAMED and not session.verbose
        more = "; srtminer --verbose ingest … lists them all" if some else ""
        session.note(f"left out: {of_other_kinds(paths)}{more}")
    for path in paths if session.verbose else ():
        session.note(f"left out: {path}")


def _tell(session: Session, result: IngestResult, made: Mapping[str, int]) -> None:
    _tell_ignored(session, result.ignored)
    for source in result.unmatched:
        session.note(f"{source} in the metadata is not among the files")
    for warning in outdated(made):
        session.note(warning)
    for item in result.reviews:
        for part in left_out(item.record.omissions) if item.state != "unchanged" else ():
            if part.words:
                session.note(f"{item.source}: left out: {told(part)}")
            elif part.what.startswith(ATTACHED) and Path(part.what).suffix.lower() in KIND_OF_EXTENSION:
                session.note(f"{item.source}: not read: {part.what}; save it as a file, and ingest that")
        if item.note:
            session.note(f"{item.source}: {item.note}")
        if item.record.lost_corrections and item.state != "unchanged":
            lost = counted(item.record.lost_corrections, "correction")
            session.note(f"{item.source}: {lost} no longer fit what is found; see `srtminer correct`")
    if result.reviews and not any(item.record.recommendations for item in result.reviews):
        session.note(f"no recommendations in any of them; `{session.command('reviews')}` says why")
