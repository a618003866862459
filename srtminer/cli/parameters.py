"""Options that several commands have in common, and what follows from them."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from srtminer.cli.output import emit, emit_bytes, emit_csv, is_file, require_place, screen_of, why
from srtminer.cli.session import Session, require_other_than_store
from srtminer.errors import UsageError

if TYPE_CHECKING:
    from srtminer.render.result import Result


def option(help: str, *names: str, panel: str | None = None, **more: Any) -> Any:
    """Describe an option; whether a file can be read is found out when it is read."""
    return typer.Option(*names, help=help, rich_help_panel=panel, readable=False, **more)


def argument(help: str, **more: Any) -> Any:
    """Describe an argument in the same way."""
    return typer.Argument(help=help, readable=False, **({"show_default": False} | more))


SELECTION = "Which reviews"
RESULT = "Result"


class Form(StrEnum):
    """What a result can be written as."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    MARKDOWN = "markdown"
    XLSX = "xlsx"


class By(StrEnum):
    """Fields that make groups."""

    YEAR = "year"
    BOARD = "board"
    AGENCY = "agency"
    KIND = "kind"


@dataclass(frozen=True, slots=True)
class Target:
    """What a result is written as, and the file that it goes to, if to one."""

    form: Form
    output: Path | None


FORM_OF_ENDING = {
    ".json": Form.JSON,
    ".csv": Form.CSV,
    ".md": Form.MARKDOWN,
    ".markdown": Form.MARKDOWN,
    ".xlsx": Form.XLSX,
    ".txt": Form.TABLE,
}

WhereOption = Annotated[
    list[str] | None,
    option(
        "Keep reviews and recommendations that match: board=Wexmoor, year=2009..2014, "
        "agency=police. Repeat it with the same field "
        "for alternatives, with another field to narrow down.",
        "--where",
        panel=SELECTION,
        metavar="FIELD=VALUE",
    ),
]
FormOption = Annotated[
    Form | None,
    option(
        "Format of the result. By default the ending of the output file decides; without a file, a table.",
        "--format",
        panel=RESULT,
    ),
]
OutputOption = Annotated[
    Path | None,
    option(
        "Write the result to a file (.json, .csv, .xlsx, .md or .txt) and nothing to the terminal.",
        "--output",
        panel=RESULT,
        metavar="FILE",
    ),
]

PRIVACY = "What is kept back"
RedactOption = Annotated[
    Path | None,
    option(
        "Replace the names in FILE everywhere: one a line, or “name = pseudonym”.",
        "--redact",
        panel=PRIVACY,
        metavar="FILE",
    ),
]
ROWS = (
    "--small-counts would hide nothing here: whoever has the rows can count them again; it is for "
    "`summary`, `themes`, `compare --by` and `report`"
)
SmallCountsOption = Annotated[
    int | None,
    option(
        "Withhold counts below N, and others from which one could be worked out.",
        panel=PRIVACY,
        min=2,
        metavar="N",
    ),
]
PathsOption = Annotated[
    bool,
    option("Name files with their folders, not by their names alone.", "--paths", panel=PRIVACY),
]


def read_text(path: Path, option: str, advice: str) -> str:
    """Read the file that an option names; raises `UsageError` with the advice where it cannot be read."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(f"{option} {path} is not UTF-8 text; save it as UTF-8") from error
    except OSError as error:
        raise UsageError(f"{option} {path} cannot be read ({why(error)}); {advice}") from error


def read_names(path: Path | None) -> tuple[str, ...]:
    """Read the names to be replaced, one a line, each with its pseudonym if it has one.

    Raises `UsageError` if there is no name in the file, or it cannot be read.
    """
    from srtminer.redaction import name_pattern

    if path is None:
        return ()
    lines = read_text(path, "--redact", "write one name a line").splitlines()
    names = tuple(dict.fromkeys(line.strip() for line in lines if line.strip()))
    for name in names:
        if name_pattern((name,)) is None:
            raise UsageError(f"--redact {path}: {name!r} has no letter or digit; write one name a line")
    if not names:
        raise UsageError(f"--redact {path} has no names; write one name a line")
    return names


def tell_unused(session: Session, path: Path | None, names: tuple[str, ...], value: object) -> None:
    """Say which names occur nowhere in what was written: they may be misspelt."""
    from srtminer.redaction import unused
    from srtminer.render.figures import counted

    if missing := unused(value, names):
        session.note(
            f"{len(missing)} of {counted(len(names), 'name')} to be replaced do not occur; check "
            f"the spelling in {path} of number {', '.join(map(str, missing))}"
        )


def target_of(form: Form | None, output: Path | None) -> Target:
    """Say what to write: what was asked for, else what the file's ending means, else a table.

    Raises `UsageError`, before anything is computed, where nothing can be written to the output.
    """
    if output is not None:
        require_place(output)
    elif form is Form.XLSX:
        raise UsageError("a workbook cannot go to a terminal or a pipe; name a file: --output FILE.xlsx")
    if form is not None or output is None:
        return Target(form or Form.TABLE, output)
    try:
        return Target(FORM_OF_ENDING[output.suffix.lower()], output)
    except KeyError:
        endings = ", ".join(FORM_OF_ENDING)
        raise UsageError(f"cannot tell the format of {output} (known: {endings}); add --format") from None


def write(session: Session, target: Target, result: "Result") -> None:
    """Bring a result where it was asked for, in the form that was asked for."""
    if target.output is not None:
        require_other_than_store(session, target.output)
    if target.form in (Form.CSV, Form.XLSX):  # the others have the notes with the rows
        for note in result.notes:
            session.note(note)
    _emit(target, result)
    if target.output is not None:
        session.note(f"wrote {target.output}")


def _emit(target: Target, result: "Result") -> None:
    if target.form is Form.XLSX:
        from srtminer.export.xlsx import result_workbook

        assert target.output is not None
        emit_bytes(result_workbook(result), target.output)
    elif target.form is Form.CSV:
        from srtminer.render import as_csv

        emit_csv(as_csv.write(result), target.output)
    else:
        emit(_text(target, result), target.output)


def _text(target: Target, result: "Result") -> str:
    from srtminer.model import GENERATOR
    from srtminer.render import as_json, as_markdown, layout

    if target.form is Form.JSON:
        return as_json.write(result)
    if target.form is Form.MARKDOWN:
        return as_markdown.write(result)
    text = layout.write(result, screen_of(target.output))
    return f"{text}\ngenerator: {GENERATOR}\n" if is_file(target.output) else text
