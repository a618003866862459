"""From a function with plain parameters to a command: `data/options.toml` says what they are called and mean.

Why not typer's annotations and its checks: one option is then written out wherever it is taken, its errors
speak of types, and checking a single text loads pydantic, which takes twice as long as all of typer.
"""

import inspect
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple, get_args, get_origin, get_type_hints

import typer

from srtminer.cli.commands import texts
from srtminer.cli.hints import hint
from srtminer.cli.result_output import Form, target_of
from srtminer.cli.session import STOPPED, Job
from srtminer.errors import UsageError

By = Literal["year", "board", "agency", "kind"]
"""Fields that make groups."""


STANDARD_OUTPUT = "name a file; what goes to standard output needs no --output"


class Described(NamedTuple):
    """What the help says of a parameter."""

    panel: str
    typed: str
    """"--themes" as it is typed; of an argument the name of the parameter."""
    metavar: str
    least: int | None
    help: str


def as_job(command: Callable[..., object], on_stop: str = STOPPED) -> Callable[..., Job]:
    """Make of a function a command for typer that hands itself back as a job, and says then what to do next.

    The function takes a session first; its parameter `target` is the options --format and --output, and an
    underscore at the end of a name is not typed.
    """
    hints = get_type_hints(command) | {"form": Form | None, "output": Path | None}
    own, *others = inspect.signature(command).parameters.values()
    named = {one.name: one for one in others}
    if target := named.pop("target", None):
        named |= {name: target.replace(name=name, default=None) for name in ("form", "output")}
    known = _described(command.__name__.rstrip("_"), command.__module__.rpartition(".")[2])

    def job(**options: Any) -> Job:
        context = options.pop("context")
        given = {
            name: converted(value, hints[name], known[name.rstrip("_")], context.command_path)
            for name, value in options.items()
        }
        if target:
            given["target"] = target_of(given.pop("form"), given.pop("output"))
        told = partial(hint, command.__name__, context.obj)
        return Job(partial(command, **{own.name: context.obj}, **given), on_stop, told, context.obj)

    context = inspect.Parameter("context", inspect.Parameter.KEYWORD_ONLY, annotation=typer.Context)
    parameters = [_parameter(one, hints[name], known[name.rstrip("_")]) for name, one in named.items()]
    job.__name__, job.__doc__, job.__annotations__ = command.__name__, command.__doc__, {}
    job.__signature__ = inspect.Signature([context, *parameters])  # type: ignore[attr-defined]
    return job


def _described(command: str, module: str) -> dict[str, Described]:
    """Give what the help says of parameters by their names, those of the command before those of all."""
    found = {}
    for table in ("all", module, command):
        for panel, described in texts().get(table, {}).items():
            for key, text in described.items():
                typed, _, value = key.partition(" ")
                metavar, _, least = value.partition(">=")
                name = typed.removeprefix("--").replace("-", "_")
                found[name] = Described(panel, typed, metavar, int(least) if least else None, text)
    return found | {"form": found["format"]}


def _parameter(one: inspect.Parameter, kind: Any, known: Described) -> inspect.Parameter:
    """Describe a parameter to typer."""
    info: Any
    if known.typed.startswith("--"):
        panel = None if known.panel == "Options" else known.panel
        info = typer.Option(
            known.typed,
            help=known.help,
            rich_help_panel=panel,
            metavar=known.metavar or None,
            min=known.least,
            readable=False,
        )
    else:
        info = typer.Argument(help=known.help, metavar=known.metavar, show_default=False, readable=False)
    several = get_origin(kind) is tuple
    default = None if one.default == () else one.default
    annotation: Any = Annotated[list[str] | None if several else kind, info]
    return one.replace(kind=inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)


def converted(value: Any, kind: Any, known: Described, command: str) -> Any:
    """Make of what was typed what a function takes; raises `UsageError` where it cannot be that.

    What was not typed is the default already.
    """
    if get_origin(kind) is tuple:
        return tuple(converted(one, get_args(kind)[0], known, command) for one in value or ())
    if not isinstance(value, str):
        return value
    kinds = get_args(kind) or (kind,)
    choices = next((get_args(one) for one in (kind, *kinds) if get_origin(one) is Literal), ())
    fault = ""
    if choices:
        found = value.lower()
        fault = "" if found in choices else f"give {', '.join(choices[:-1])} or {choices[-1]}"
        value = found
    elif Path in kinds:
        fault = STANDARD_OUTPUT if (known.typed, value) == ("--output", "-") else ""
        value = Path(value)
    elif int in kinds or float in kinds:
        value, fault = _number(value, int if int in kinds else float, known.least)
    if fault:
        raise UsageError(f"{known.typed} {value}: {fault}; see `{command} --help`")
    return value


def _number(text: str, kind: type[int] | type[float], least: int | None) -> tuple[Any, str]:
    """Read a number; gives the text, and what to give, where it is none or too small."""
    try:
        number = kind(text)
    except ValueError:
        number = None
    if number is not None and number == number and (least is None or number >= least):
        return number, ""
    what = "a whole number" if kind is int else "a number"
    return text, f"give {what}{'' if least is None else f', {least} or more'}"
