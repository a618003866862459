"""Where results and notes go, and in what form; and the small files that options name."""

import os
import stat
import sys
import textwrap
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeVar

from srtminer.errors import UsageError
from srtminer.render.result import Screen
from srtminer.render.safe_text import one_line
from srtminer.text.names import BYTE_ORDER_MARK

if TYPE_CHECKING:
    from srtminer.cli.session import Session
    from srtminer.render.result import Result

NARROWEST, WIDEST = 40, 120
"""Characters; longer lines are hard to read however wide the terminal is."""
PLAIN_WIDTH = 100
ERROR = "error:"
BOLD_RED, RESET = "\x1b[1;31m", "\x1b[0m"

NEW_FILE = 0o666
"""What any program asks for; the umask decides."""


def say(message: str) -> None:
    """Write one line to stderr; nothing in it can steer a terminal. A closed stderr is no error.

    On a terminal it is broken between words, an error in red; in a log it is one line, however long.
    """
    if sys.stderr is not None:
        line = one_line(message)
        if sys.stderr.isatty():
            line = textwrap.fill(
                line, width_asked() or terminal_width(), break_long_words=False, break_on_hyphens=False
            )
            if line.startswith(ERROR) and not _is_plain(os.environ):
                line = f"{BOLD_RED}{ERROR}{RESET}{line.removeprefix(ERROR)}"
        with suppress(BrokenPipeError):
            print(line, file=sys.stderr, flush=True)


def emit(text: str, output: Path | None = None) -> None:
    """Write a result to stdout, or to a file that is there whole or not at all.

    Raises `UsageError` where it cannot be written. A closed pipe is no error: the reader has seen enough.
    """
    if output is not None:
        emit_bytes(_encode(text), output)
    elif sys.stdout is not None:
        _write_stdout(text)


def emit_bytes(data: bytes, output: Path, option: str = "--output") -> None:
    """Write a result to a file that is there whole or not at all; `option` is what named it.

    Raises `UsageError` where it cannot be written. A closed named pipe is no error.
    """
    target = output.resolve()
    try:
        if target.exists() and not target.is_file():
            target.write_bytes(data)  # a device or a named pipe cannot be replaced
        else:
            _replace(target, data)
    except BrokenPipeError:
        return
    except OSError as error:
        raise UsageError(f"{output} cannot be written ({why(error)}); name another with {option}") from error


def require_output(
    session: "Session", output: Path, option: str = "--output", endings: Sequence[str] = (), what: str = ""
) -> None:
    """Raise `UsageError`, before anything is computed, where nothing can be written to a file.

    It is a folder, has none to go to, is the store, or has none of the endings; `what` says what has these.
    """
    target = output.resolve()
    if target.is_dir():
        raise UsageError(f"{option} {output} is a folder; name a file in it")
    if not target.parent.is_dir():
        raise UsageError(f"there is no folder {output.parent} to write {output.name} to; create it first")
    if target == session.store.resolve():
        raise UsageError(f"{output} is the store itself; name another file with {option}")
    if endings and output.suffix.lower() not in endings:
        raise UsageError(f"{what}: write {option} {output.with_suffix(endings[0])}")


def emit_csv(text: str, output: Path | None = None) -> None:
    """Write CSV as `emit` does, a file with a byte order mark.

    Why: without it Excel and LibreOffice take UTF-8 for Windows-1252 when the file is double-clicked. What
    reads a pipe, and takes the mark for a part of the first column's name, gets none.
    """
    is_pipe = output is None or (output.exists() and not output.is_file())
    emit(text if is_pipe else f"{BYTE_ORDER_MARK}{text}", output)


def screen_of(output: Path | None, environment: Mapping[str, str] = os.environ) -> Screen:
    """Say how wide tables are and whether they may be bold; files are the same everywhere."""
    terminal = output is None and sys.stdout is not None and sys.stdout.isatty()
    stays = not terminal and is_file(output)
    columns = width_asked(environment) or (PLAIN_WIDTH if stays else terminal_width())
    return Screen(max(NARROWEST, min(columns, WIDEST)), color=terminal and not _is_plain(environment))


def width_asked(environment: Mapping[str, str] = os.environ) -> int:
    """Give the columns that the environment asks for, 0 for none."""
    asked = environment.get("COLUMNS", "")
    return int(asked) if asked.isdecimal() else 0


def terminal_width() -> int:
    """Give the columns of the terminal where a result is read, there or through a pager; else a fixed number.

    Why stderr too: with `| less` it is all that is left of the terminal.
    """
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and stream.isatty():
            with suppress(OSError):
                return os.get_terminal_size(stream.fileno()).columns or PLAIN_WIDTH
    return PLAIN_WIDTH


def is_file(output: Path | None) -> bool:
    """Tell whether text goes to a file that stays, and not to a person or a pipe."""
    if output is not None or sys.stdout is None:
        return output is not None
    with suppress(OSError):  # a closed stdout
        return stat.S_ISREG(os.fstat(sys.stdout.fileno()).st_mode)
    return False


def _is_plain(environment: Mapping[str, str]) -> bool:
    return bool(environment.get("NO_COLOR")) or environment.get("TERM") == "dumb"


def _write_stdout(text: str) -> None:
    # Bytes, so that line ends and characters are the same on every machine; only a terminal has its own.
    terminal = sys.stdout.isatty()
    data = text.encode(sys.stdout.encoding, "replace") if terminal else _encode(text)
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        abandon_stdout()
    except OSError as error:
        abandon_stdout()
        raise UsageError(f"the result cannot be written ({why(error)}); use --output FILE") from error


def abandon_stdout() -> None:
    """Point stdout to nothing, so that Python does not complain when it flushes it at the end."""
    with open(os.devnull, "wb") as nothing:  # noqa: PTH123 (os.devnull is no path on Windows)
        os.dup2(nothing.fileno(), sys.stdout.fileno())


def _encode(text: str) -> bytes:
    # A file name may hold bytes that are no UTF-8; in JSON the replacement is a valid escape.
    return text.encode("utf-8", "backslashreplace")


def _replace(target: Path, data: bytes) -> None:
    beside = target.with_name(f".{target.name[:200]}.{os.getpid()}.tmp")
    # What its owner has closed to others stays closed.
    mode = stat.S_IMODE(target.stat().st_mode) if target.exists() else NEW_FILE
    try:
        with open(beside, "xb", opener=partial(os.open, mode=mode)) as stream:
            stream.write(data)
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)


def why(error: OSError) -> str:
    """Say why the system refuses."""
    return (error.strerror or type(error).__name__).lower()


Kind = TypeVar("Kind")
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
    "--small-counts would hide nothing here: anyone who has the rows can count them; it is for "
    "`summary`, `themes`, `compare --by` and `report`"
)


@dataclass(frozen=True, slots=True)
class Target:
    """What a result is written as, and the file that it goes to, if to one."""

    form: Form
    output: Path | None


def target_of(session: "Session", form: Form | None, output: Path | None) -> Target:
    """Say what to write: what was asked for, else what the file's ending means, else a table.

    Raises `UsageError` where nothing can be written to the output.
    """
    if output is None:
        if form == "xlsx":
            raise UsageError("a workbook cannot go to a terminal or a pipe; name a file: --output FILE.xlsx")
        return Target(form or "table", None)
    require_output(session, output)
    return Target(form_of(output, FORM_OF_ENDING, "--format") if form is None else form, output)


def form_of(output: Path, forms: Mapping[str, Kind], option: str) -> Kind:
    """Give what the ending of a file means; raises `UsageError` where it means nothing."""
    try:
        return forms[output.suffix.lower()]
    except KeyError:
        known = ", ".join(forms)
        advice = f"add {option}"
        if output.suffix.lower() in (".html", ".docx"):
            advice = "`srtminer report` writes pages and Word documents"
        raise UsageError(f"cannot tell the format of {output} (known: {known}); {advice}") from None


def write(session: "Session", target: Target, result: "Result") -> None:
    """Bring a result where it was asked for, in the form that was asked for."""
    from srtminer.model import GENERATOR
    from srtminer.render import writers

    if target.form in ("csv", "xlsx"):  # the others have the notes with the rows
        for note in result.notes:
            session.note(note)
    if target.form == "xlsx":
        from srtminer.export.workbook import result_workbook

        assert target.output is not None
        emit_bytes(result_workbook(result), target.output)
    elif target.form == "csv":
        emit_csv(writers.to_csv(result), target.output)
    elif target.form in ("json", "markdown"):
        emit((writers.to_json if target.form == "json" else writers.to_markdown)(result), target.output)
    else:
        from srtminer.render import layout

        text = layout.write(result, screen_of(target.output))
        mark = f"\ngenerator: {GENERATOR}\n" if is_file(target.output) else ""
        emit(f"{text}{mark}", target.output)
    if target.output is not None:
        session.note(f"wrote {target.output}")


def read_text(path: Path, option: str, advice: str) -> str:
    """Read the file that an option names; raises `UsageError` with the advice where it cannot be read."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(f"{option} {path} is not UTF-8 text; save it as UTF-8") from error
    except OSError as error:
        raise UsageError(f"{option} {path} cannot be read ({why(error)}); {advice}") from error
