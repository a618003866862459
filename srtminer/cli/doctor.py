"""`srtminer doctor`."""

import importlib
import platform
import re
import shutil
import sqlite3
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import metadata
from typing import Annotated

import typer

from srtminer import __version__
from srtminer.cli.ingest import SummaryForm
from srtminer.cli.output import emit, screen_of
from srtminer.cli.parameters import RESULT, option
from srtminer.cli.provenance import described, mixed, outdated
from srtminer.cli.session import Session, is_missing
from srtminer.errors import StoreError
from srtminer.read import programs
from srtminer.render.diagnostics import Check, as_json, as_table
from srtminer.render.figures import counted
from srtminer.store.schema import VERSION, has_full_text

PROGRAM, READERS, SCANS, STORE = "Program", "Readers", "Scanned documents", "Store"

KINDS = (
    ("PDF", ("pypdfium2", "pdfminer.six")),
    ("Word (.docx)", ("python-docx",)),
    ("HTML", ("lxml",)),
    ("Markdown", ("markdown-it-py",)),
    ("text, e-mail, CSV, JSONL", ()),
)
"""What is read, and by which libraries, the first one first."""

_REQUIREMENT = re.compile(r"[A-Za-z0-9._-]+")

REINSTALL = "install it again: pip install --force-reinstall srtminer"
NO_FULL_TEXT = "install a Python whose SQLite has FTS5, such as the one from python.org"
USE_OCR = "`srtminer ingest --ocr` recognises the text of scanned pages."


def doctor(
    context: typer.Context,
    form: Annotated[
        SummaryForm, option("Format of the result.", "--format", panel=RESULT)
    ] = SummaryForm.TABLE,
) -> None:
    """Check that everything needed is installed and that the store is sound.

    Shows versions, what can be read, whether scans can be made readable,
    and the state of the store. Nothing is changed. The exit code is 5 if
    the store is damaged.

    Examples:
      srtminer doctor
      srtminer --store old.db doctor --format json
    """
    checks = (*_store(context.obj), *_readers(), *_office(), *_scans(), *_program())
    emit(as_json(checks) if form is SummaryForm.JSON else as_table(checks, screen_of(None)))
    for check in checks:
        if check.group == STORE and not check.ok:
            raise StoreError(check.advice or check.value)


def _program() -> Iterator[Check]:
    yield Check(PROGRAM, "srtminer", __version__)
    yield Check(PROGRAM, "Python", f"{platform.python_version()} ({sys.executable})")
    full_text = has_full_text()
    words = "with full-text search" if full_text else "without full-text search"
    yield Check(
        PROGRAM, "SQLite", f"{sqlite3.sqlite_version}, {words}", full_text, "" if full_text else NO_FULL_TEXT
    )
    yield from (_library(PROGRAM, name, name) for name in _required())


def _required() -> list[str]:
    """List the libraries that srtminer is installed with, in the order of pyproject.toml."""
    requirements = metadata.requires("srtminer") or []
    found = (_REQUIREMENT.match(line) for line in requirements if "extra ==" not in line)
    return [match.group() for match in found if match]


def _library(group: str, name: str, distribution: str) -> Check:
    try:
        version = metadata.version(distribution)
        for module in _modules(distribution):
            importlib.import_module(module)
        return Check(group, name, version)
    except metadata.PackageNotFoundError:
        return Check(group, name, "not installed", ok=False, advice=REINSTALL)
    except ImportError as error:
        return Check(group, name, f"cannot be loaded: {error}", ok=False, advice=REINSTALL)


def _modules(distribution: str) -> list[str]:
    """List what a library is imported as, which need not be its name: scikit-learn is sklearn."""
    wanted = _normal(distribution)
    return sorted(
        module
        for module, distributions in _distributions().items()
        if module.isidentifier() and wanted in map(_normal, distributions)
    )


@cache
def _distributions() -> Mapping[str, list[str]]:
    return metadata.packages_distributions()


def _normal(name: str) -> str:
    return name.lower().replace("_", "-")


def _readers() -> Iterator[Check]:
    for kind, libraries in KINDS:
        checks = [_library(READERS, kind, library) for library in libraries]
        value = ", then ".join(
            f"{library} {check.value}" for library, check in zip(libraries, checks, strict=True)
        )
        ok = all(check.ok for check in checks)
        yield Check(READERS, kind, value or "built in", ok, "" if ok else REINSTALL)


def _scans() -> Iterator[Check]:
    advice = (
        USE_OCR
        if programs.ocr_installed()
        else f"Pages without text are left out; to read them, {programs.INSTALL_OCR}."
    )
    yield Check(SCANS, "tesseract", shutil.which("tesseract") or "not found")
    yield Check(SCANS, programs.OCR_PROGRAM, shutil.which(programs.OCR_PROGRAM) or "not found", advice=advice)


def _office() -> Iterator[Check]:
    found = programs.office_program()
    advice = (
        ""
        if found
        else f"{programs.OFFICE_KINDS} files are skipped; to read them, {programs.INSTALL_OFFICE}."
    )
    yield Check(READERS, f"{programs.OFFICE} ({programs.OFFICE_KINDS})", found or "not found", advice=advice)


def _store(session: Session) -> Iterator[Check]:
    path = session.store.absolute()
    yield Check(STORE, "path", str(path))
    if is_missing(session.store):
        yield Check(STORE, "state", "none yet", advice=f"Begin with `{session.command('ingest FOLDER')}`.")
        return
    try:
        yield from _content(session)
    except StoreError as error:
        yield Check(STORE, "state", "cannot be used", ok=False, advice=str(error))


def _content(session: Session) -> Iterator[Check]:
    store = session.opened()
    integrity, schema, made, records = store.integrity(), store.schema(), store.made_by(), store.records()
    sound = integrity == "ok"
    damage = f"store {session.store}: it is damaged; restore a copy, or move it away and ingest again"
    yield Check(STORE, "integrity", integrity, sound, "" if sound else damage)
    yield Check(STORE, "schema", f"{schema}, the newest this program knows is {VERSION}")
    found = counted(sum(record.recommendations for record in records), "recommendation")
    yield Check(STORE, "content", f"{counted(len(records), 'review')}, {found}")
    yield Check(STORE, "analysed", described(made), advice="; ".join((*outdated(made), *mixed(made))))
