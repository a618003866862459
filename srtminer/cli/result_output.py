"""What a result is written as, and where; and the small files that options name."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from srtminer.cli.output import emit, emit_bytes, emit_csv, is_file, require_place, screen_of, why
from srtminer.cli.session import Session, require_other_than_store
from srtminer.errors import UsageError

if TYPE_CHECKING:
    from srtminer.render.result import Result

Form = Literal["table", "json", "csv", "markdown", "xlsx"]
FORM_OF_ENDING: dict[str, Form] = {
    ".json": "json",
    ".csv": "csv",
    ".md": "markdown",
    ".markdown": "markdown",
    ".xlsx": "xlsx",
    ".txt": "table",
}
ROWS = (
    "--small-counts would hide nothing here: whoever has the rows can count them again; it is for "
    "`summary`, `themes`, `compare --by` and `report`"
)


@dataclass(frozen=True, slots=True)
class Target:
    """What a result is written as, and the file that it goes to, if to one."""

    form: Form | None
    """None: what suits the output."""
    output: Path | None


def target_of(form: Form | None, output: Path | None) -> Target:
    """Say what to write: what was asked for, else what the file's ending means, else a table.

    Raises `UsageError`, before anything is computed, where nothing can be written to the output.
    """
    if output is not None:
        require_place(output)
    elif form == "xlsx":
        raise UsageError("a workbook cannot go to a terminal or a pipe; name a file: --output FILE.xlsx")
    if form is not None or output is None:
        return Target(form or "table", output)
    try:
        return Target(FORM_OF_ENDING[output.suffix.lower()], output)
    except KeyError:
        endings = ", ".join(FORM_OF_ENDING)
        raise UsageError(f"cannot tell the format of {output} (known: {endings}); add --format") from None


def write(session: Session, target: Target, result: "Result") -> None:
    """Bring a result where it was asked for, in the form that was asked for."""
    if target.output is not None:
        require_other_than_store(session, target.output)
    if target.form in ("csv", "xlsx"):  # the others have the notes with the rows
        for note in result.notes:
            session.note(note)
    if target.form == "xlsx":
        from srtminer.export.xlsx import result_workbook

        assert target.output is not None
        emit_bytes(result_workbook(result), target.output)
    elif target.form == "csv":
        from srtminer.render import as_csv

        emit_csv(as_csv.write(result), target.output)
    else:
        emit(_text(target, result), target.output)
    if target.output is not None:
        session.note(f"wrote {target.output}")


def _text(target: Target, result: "Result") -> str:
    if target.form == "json":
        from srtminer.render import as_json

        return as_json.write(result)
    if target.form == "markdown":
        from srtminer.render import as_markdown

        return as_markdown.write(result)
    from srtminer.model import GENERATOR
    from srtminer.render import layout

    text = layout.write(result, screen_of(target.output))
    return f"{text}\ngenerator: {GENERATOR}\n" if is_file(target.output) else text


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
