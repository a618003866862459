"""The program: its own options, its commands, completion in shells, and what becomes of errors."""

import os
import signal
import sys
import traceback
from collections.abc import Sequence, Set
from contextlib import closing, suppress
from functools import partial
from pathlib import Path
from typing import Annotated, Any, get_args

import typer

from srtminer import __version__
from srtminer.cli.commands import COMMANDS, HELP, CommandTable, plain
from srtminer.cli.output import ROWS, Form, abandon_stdout, emit, read_text, say
from srtminer.cli.session import STORE_VARIABLE, TERMS_VARIABLE, Job, Session
from srtminer.errors import ExitCode, SrtminerError, UsageError

SHOW, INSTALL = "--show-completion", "--install-completion"
SHELLS = ("bash", "zsh", "fish", "powershell", "pwsh")
VARIABLE = "_SRTMINER_COMPLETE"
"""Says, by its presence, that a shell asks what can follow."""


class CompletionFailed(SrtminerError):
    """There is no completion for the shell."""


def complete(arguments: Sequence[str]) -> None:
    """Show or install the completion of a shell: the one that is named, else the one that runs.

    Raises `CompletionFailed` for a shell that has none, or that cannot be found out.
    """
    from typer._completion_shared import _get_shell_name, get_completion_script, install

    option, *named = arguments
    shell = named[0].lower() if named else _get_shell_name()
    if shell not in SHELLS:
        which = f"no completion for {shell!r}" if shell else "cannot tell which shell this is"
        raise CompletionFailed(f"{which}; name one: `srtminer {option} {SHELLS[0]}` ({', '.join(SHELLS)})")
    if option == SHOW:
        script = get_completion_script(prog_name="srtminer", complete_var=VARIABLE, shell=shell)
        emit(f"{script}\n")
    else:
        _, path = install(shell=shell, prog_name="srtminer", complete_var=VARIABLE)
        say(f"note: wrote {path}; completion works in the next terminal")


INTERRUPTED = 130
"""What shells expect of a program that was ended by Ctrl-C."""

_PACKAGE = Path(__file__).parent.parent
_DEFAULTS = Session()
_DONE = Job(lambda: None)
_TYPER_ERROR: type[Any] = typer.BadParameter.__mro__[1]
"""Any wrong usage that typer finds. Why by its child: typer has moved the class between packages."""

app = typer.Typer(
    name="srtminer",
    cls=CommandTable,
    help="Find the themes that recur in the recommendations of serious case reviews.",
    epilog="Start with: srtminer ingest FOLDER, then srtminer themes. Nothing ever leaves this machine.",
    context_settings=HELP,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"srtminer {__version__}")
        raise typer.Exit


@app.callback()
def program(
    context: typer.Context,
    store: Annotated[
        str,
        typer.Option(metavar="FILE", envvar=STORE_VARIABLE, help="Where reviews are kept."),
    ] = str(_DEFAULTS.store),
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="No progress and no notes on stderr; only errors.")
    ] = _DEFAULTS.quiet,
    terms: Annotated[
        str | None,
        typer.Option(
            metavar="FILE",
            envvar=TERMS_VARIABLE,
            help="Your own names of things: see `srtminer guide terms`.",
        ),
    ] = None,
    verbose: Annotated[
        bool,
        typer.Option(
            "--verbose", "-v", help="Show every file in the summary of ingest, and where a bug happened."
        ),
    ] = _DEFAULTS.verbose,
    version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and stop."),
    ] = False,
) -> None:
    """Find the themes that recur in the recommendations of serious case reviews."""
    from srtminer.text.thesaurus import parse_terms, thesaurus, use_own

    use_own(())
    if terms:
        text = read_text(Path(terms), "--terms", "name a file as `srtminer guide terms` describes it")
        use_own(parse_terms(text, f"--terms {terms}", thesaurus().concepts))
    context.obj = Session(store=Path(store), quiet=quiet, verbose=verbose)


class Stopped(KeyboardInterrupt):
    """Another program asked this one to end: it ends as after Ctrl-C, and says what was done."""


def _stop(number: int, _frame: object) -> None:
    raise Stopped(number)


def run(argv: Sequence[str] | None = None) -> int:
    """Understand a command line, do what it says, and return the exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv) or ["--help"]
    if arguments[0] == "help":
        arguments = [*arguments[1:], "--help"]
    for number in (getattr(signal, name, 0) for name in ("SIGTERM", "SIGHUP")):
        if number and signal.getsignal(number) is signal.SIG_DFL:  # what nohup ignores stays ignored
            with suppress(ValueError):  # only the main thread can
                signal.signal(number, _stop)
    job = _DONE
    try:
        job = _understand(arguments)
        with closing(job.session or _DEFAULTS):
            outcome = job.action()
            if all(stream is not None and stream.isatty() for stream in (sys.stdout, sys.stderr)):
                for line in job.hint(outcome).splitlines():  # for a person: never into a log or a pipe
                    say(line)
    except SrtminerError as error:
        say(f"error: {error}")
        return error.exit_code
    except KeyboardInterrupt as stop:
        say(job.on_stop)
        return 128 + stop.args[0] if isinstance(stop, Stopped) else INTERRUPTED
    except Exception as error:  # the one place that answers for what nobody thought of
        _confess(error, verbose=bool({"--verbose", "-v"} & {*arguments}))
        return ExitCode.BUG
    return ExitCode.DONE


def _understand(arguments: Sequence[str]) -> Job:
    """Turn a command line into a job; the job of `--help` and `--version` is done already."""
    if arguments[0] in (SHOW, INSTALL):
        return Job(partial(complete, arguments))
    try:
        outcome = plain(typer.main.get_command(app)).main(
            arguments, prog_name=app.info.name, standalone_mode=False
        )
    except _TYPER_ERROR as error:
        raise UsageError(_explain(error)) from error
    except (BrokenPipeError, SystemExit) as stop:  # typer makes the one of `--help | head -1` the other
        abandon_stdout()
        if VARIABLE in os.environ and isinstance(stop, SystemExit) and stop.code:
            again = "install it again: `srtminer --install-completion`"
            raise CompletionFailed(f"the shell asked for {os.environ[VARIABLE]!r}; {again}") from stop
        return _DONE
    if outcome == INTERRUPTED:
        raise KeyboardInterrupt
    return outcome if isinstance(outcome, Job) else _DONE


def _explain(error: Any) -> str:
    """Say what was typed wrongly, and what to type instead."""
    option, message = getattr(error, "option_name", ""), error.format_message().rstrip(".")
    if option == "--small-counts" and "such option" in message:
        return ROWS
    if any(option in parameter.opts for parameter in typer.main.get_command(app).params):
        return f"{option} belongs before the command; see `srtminer --help`"
    command = error.ctx and error.ctx.command
    path = error.ctx.command_path if error.ctx else app.info.name
    if instead := _instead(option, message, {one.name for one in command.params} if command else set()):
        return f"{message.partition(' (Possible')[0]}; {instead}; see `{path} --help`"
    return f"{message}{'' if message.endswith('?') else ';'} see `{path} --help`"


def _instead(option: str, message: str, taken: Set[str]) -> str:
    """Say where a word belongs that is in the wrong place, or nothing; `taken` are parameters."""
    from srtminer.text.names import few
    from srtminer.where import FIELDS

    field = option.lstrip("-")
    if "extra argument" in message and "codebook" in taken:
        return "the codebook's file is named with --codebook FILE"
    if "extra argument" in message and "where" in taken:
        return "reviews are chosen with --where review=NAME"
    if not taken or "such option" not in message:
        return ""
    if field in FIELDS and taken & {"values", "groups", "where"}:
        return f"write {'' if taken & {'values', 'groups'} else '--where '}{field}=VALUE"
    if field in get_args(Form) and "form" in taken:
        return f"write --format {field}"
    having = [one.name for one in COMMANDS if any(option in taken.opts for taken in one.load().params)]
    return f"it belongs to {few(having)}" if having else ""


def _confess(error: Exception, *, verbose: bool) -> None:
    """Say where the bug is, and nothing of what the program was working on: it may be confidential."""
    if verbose:
        traceback.print_exception(error)
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if Path(frame.filename).is_relative_to(_PACKAGE)]
    last = (ours or frames)[-1]
    where = f"{type(error).__name__} in {Path(last.filename).name}, line {last.lineno}"
    advice = "please report it" if verbose else "run again with --verbose for the traceback"
    say(f"error: this is a bug in srtminer: {where}; {advice}")
