"""`srtminer doctor`."""

import importlib
import platform
import shutil
import sqlite3
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import metadata
from itertools import groupby, takewhile

from srtminer import __version__
from srtminer.cli.output import Target, write
from srtminer.cli.selection import outdated
from srtminer.cli.session import Session, is_missing
from srtminer.errors import StoreError
from srtminer.read import programs
from srtminer.render.layout import GAP
from srtminer.render.result import Column, Result, Style, Table, Text, as_object
from srtminer.store.schema import VERSION, has_full_text
from srtminer.text.names import counted

ADVICE_INDENT = 4
_MARK = "! "
"""Before what is wrong."""
STORE, PROGRAM, OPTIONAL = "Store", "Program", "Optional"
REINSTALL = "install it again: pip install --force-reinstall srtminer"
NO_FULL_TEXT = "install a Python whose SQLite has FTS5, such as the one from python.org"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at."""

    group: str
    name: str
    value: str
    ok: bool = True
    """False: srtminer cannot do its work with it."""
    advice: str = ""
    """What to do, or what it means."""


COLUMNS = (
    Column("group", "What it belongs to."),
    Column("name", "What was looked at."),
    Column("value", "What was found."),
    Column("ok", "Whether srtminer can do its work with it."),
    Column("advice", "What to do, or what it means.", empty=None),
)


def doctor(session: Session, target: Target) -> None:
    """Run `srtminer doctor`."""
    checks = (*_store(session), *_program(), *_libraries(_required()), *_optional())
    write(session, target, doctor_result(checks))
    for check in checks:
        if check.group == STORE and not check.ok:
            raise StoreError(check.advice or check.value)


def doctor_result(checks: Sequence[Check]) -> Result:
    """List what was looked at, group by group, what is wrong with a mark of its own."""
    width = max(len(check.name) for check in checks)
    lines = []
    for group, members in groupby(checks, key=lambda check: check.group):
        lines.append(Text(group, style="bold"))
        for check in members:
            style: Style = "" if check.ok else "bold"
            name = f"{'  ' if check.ok else _MARK}{check.name}"
            lines.append(Text(check.value, width + len(_MARK) + GAP, style, hanging=name))
            lines += [Text(check.advice, ADVICE_INDENT)] if check.advice else []
    wrong = sum(not check.ok for check in checks)
    told = f"{counted(wrong, 'problem')}, marked with !" if wrong else "no problems found"
    body = {"ok": not wrong, "checks": [as_object(COLUMNS, check) for check in checks]}
    return Result("doctor", Table.of(COLUMNS, checks), body, (*lines, Text(), Text(told, style="bold")))


def _store(session: Session) -> Iterator[Check]:
    yield Check(STORE, "path", str(session.store.absolute()))
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
    parts = []
    for read, number in made.items():
        version, _, reader = read.partition(" ")
        what = f"srtminer {version}, --reader {reader}" if read else "not known (an ingest was stopped)"
        parts.append(f"{counted(number, 'review')}: {what}")
    analysed = "; ".join(parts) or "nothing yet"
    yield Check(STORE, "analysed", analysed, advice="; ".join(outdated(made)))


def _program() -> Iterator[Check]:
    yield Check(PROGRAM, "srtminer", __version__)
    yield Check(PROGRAM, "Python", f"{platform.python_version()} ({sys.executable})")
    found = has_full_text()
    words = "with full-text search" if found else "without full-text search"
    yield Check(PROGRAM, "SQLite", f"{sqlite3.sqlite_version}, {words}", found, "" if found else NO_FULL_TEXT)


def _required() -> list[str]:
    requirements = metadata.requires("srtminer") or []
    named = [line for line in requirements if "extra ==" not in line]
    return ["".join(takewhile(lambda one: one.isalnum() or one in "._-", line)) for line in named]


def _libraries(names: list[str]) -> Iterator[Check]:
    """Look for libraries and load them, whose modules may be called otherwise: scikit-learn is sklearn."""
    owners = metadata.packages_distributions()
    for name in names:
        try:
            version = metadata.version(name)
            for module, found in owners.items():
                if module.isidentifier() and _plain(name) in map(_plain, found):
                    importlib.import_module(module)
            yield Check(PROGRAM, name, version)
        except metadata.PackageNotFoundError:
            yield Check(PROGRAM, name, "not installed", ok=False, advice=REINSTALL)
        except ImportError as error:
            yield Check(PROGRAM, name, f"cannot be loaded: {error}", ok=False, advice=REINSTALL)


def _plain(name: str) -> str:
    return name.lower().replace("_", "-")


def _optional() -> Iterator[Check]:
    scans = f"Pages without text are left out; to read them, {programs.INSTALL_OCR}."
    if programs.ocr_installed():
        scans = "`srtminer ingest --ocr` recognises the text of scanned pages."
    yield Check(OPTIONAL, "tesseract", shutil.which("tesseract") or "not found")
    found = shutil.which(programs.OCR_PROGRAM) or "not found"
    yield Check(OPTIONAL, programs.OCR_PROGRAM, found, advice=scans)
    skipped = f"{programs.OFFICE_KINDS} files are skipped; to read them, {programs.INSTALL_OFFICE}."
    office = programs.office_program()
    yield Check(OPTIONAL, programs.OFFICE, office or "not found", advice="" if office else skipped)
