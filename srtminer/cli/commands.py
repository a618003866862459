"""The commands, of which `data/options.toml` has a list: each is imported when it is called.

Beside them the guides, and what to type next.

Why a list: importing every command to print their names, or to run one of them, costs more than any of them.
Why not typer's annotations and its checks: one option is then written out wherever it is taken, its errors
speak of types, and checking a single text loads pydantic, which takes twice as long as all of typer.
"""

import inspect
import textwrap
import tomllib
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, partial
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple, get_args, get_origin, get_type_hints

import typer
from typer.core import TyperCommand, TyperGroup

from srtminer.cli.output import Form, emit, target_of
from srtminer.cli.session import STOPPED, Job, Session
from srtminer.errors import UsageError

HELP = {"help_option_names": ["--help", "-h"], "max_content_width": 100}
UNCHANGED = "stopped; nothing was changed"
DATA = Path(__file__).parents[1] / "data"
"""Why not by `importlib.resources`: that takes as long to load as half of this package."""
ON_STOP = {
    "ingest": "stopped; what was ingested so far is in the store; run the same command again to carry on",
    "correct": UNCHANGED,
    "remove": UNCHANGED,
}
"""What to say after Ctrl-C, by command, where there is more to say than that it stopped."""
SHORT = {"--output": ("-o",), "--format": ("-f",)}
"""Options that people type often, in short."""
By = Literal["year", "board", "agency", "kind"]
"""Fields that make groups."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A command, or a group of them, that is not imported yet."""

    place: str
    """The module in this package and its function, "module.function", or the name of both."""
    panel: str
    help: str
    """What it does, the first line in short."""

    @property
    def about(self) -> str:
        """What it does, in one line."""
        return self.help.strip().partition("\n")[0]

    @property
    def module(self) -> str:
        """The name of its module in this package."""
        return self.place.partition(".")[0]

    @property
    def name(self) -> str:
        """What is typed."""
        return self.place.rpartition(".")[2].rstrip("_")

    def load(self) -> Any:
        """Import it and give the command."""
        found = getattr(import_module(f"srtminer.cli.{self.module}"), self.place.rpartition(".")[2])
        if isinstance(found, typer.Typer):
            return plain(typer.main.get_command(found))
        app = typer.Typer(add_completion=False, context_settings=HELP, rich_markup_mode=None)
        job = as_job(found, self.help, ON_STOP.get(self.name, STOPPED))
        app.command(name=self.name, cls=PlainCommand)(job)
        return plain(typer.main.get_command(app))


@cache
def texts() -> Mapping[str, Any]:
    """Read what the help says of commands and options."""
    return tomllib.loads((DATA / "options.toml").read_text(encoding="utf-8"))


COMMANDS = tuple(
    Entry(place, panel, text)
    for panel, listed in texts()["commands"].items()
    for place, text in listed.items()
)


class PlainHelp:
    """Shows `--help` as text, section by section, without naming a Python type beside an option.

    Why not with rich, as typer does: that takes three times as long to load as typer itself.
    """

    def get_help_option(self, ctx: Any) -> Any:
        """Give the option."""
        return _plain(super().get_help_option(ctx))  # type: ignore[misc]

    def format_help_text(self, ctx: Any, formatter: Any) -> None:
        """Write what the command does, line by line."""
        formatter.write_paragraph()
        for line in self.help.splitlines():  # type: ignore[attr-defined]
            for part in textwrap.wrap(line, formatter.width - 2, break_on_hyphens=False) or [""]:
                formatter.write(f"  {part}".rstrip() + "\n")

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """List arguments, options and commands below the titles of their sections."""
        sections: dict[str, list[tuple[str, str]]] = {"Arguments": []}
        for one in self.get_params(ctx):  # type: ignore[attr-defined]
            usual = "Arguments" if one.param_type_name == "argument" else "Options"
            if record := one.get_help_record(ctx):
                sections.setdefault(one.rich_help_panel or usual, []).append(record)
        for name, command in getattr(self, "commands", {}).items():
            about = command.help.partition("\n")[0]
            sections.setdefault(command.rich_help_panel or "Commands", []).append((name, about))
        for title, records in sections.items():
            if records:
                with formatter.section(title):
                    formatter.write_dl(records)


class PlainCommand(PlainHelp, TyperCommand):
    """A command with such a help."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Understand what was typed.

        Raises `UsageError` for an option without a value, or with another option for one, or given twice,
        and for "-word" of a search.
        """
        typed, see = args[: args.index("--")] if "--" in args else args, f"see `{ctx.command_path} --help`"
        typed = [] if ctx.resilient_parsing else typed  # a shell asks what can follow
        options = {name for one in self.params for name in one.opts if name.startswith("-")}
        valued = {name: one for one in self.params if not getattr(one, "is_flag", True) for name in one.opts}
        given = Counter(valued[name].opts[0] for arg in typed if (name := arg.partition("=")[0]) in valued)
        for before, arg in pairwise(("", *typed, "--")):
            if before in valued and (arg == "--" or arg in options):
                raise UsageError(f"{before} needs a value after it; {see}")
            if arg[:1] == "-" and len(arg) > 2 and arg[1:].isalpha() and before not in valued:
                how = "put words to search for in quotes ('a -b'), a space before a value (-f json)"
                raise UsageError(f"{arg} is not an option; {how}; {see}")
        for name, times in given.items():
            if times > 1 and not valued[name].multiple:
                raise UsageError(f"{name} is given {times} times; give it once; {see}")
        return super().parse_args(ctx, args)


class PlainGroup(PlainHelp, TyperGroup):
    """A group of commands with such a help."""


class CommandTable(PlainGroup):
    """A group that lists `COMMANDS` from the table and imports the one that is called."""

    def __init__(self, **settings: Any) -> None:
        listed = {
            entry.name: TyperCommand(entry.name, help=entry.about, rich_help_panel=entry.panel)
            for entry in COMMANDS
        }
        super().__init__(**(settings | {"commands": listed}))

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Replace what is listed by the command itself."""
        name, listed, rest = super().resolve_command(ctx, args)
        return name, next((entry.load() for entry in COMMANDS if entry.name == name), listed), rest


def plain(command: Any) -> Any:
    """Leave what was typed to `converted`, and Python's types out of the help; inner ones too."""
    for parameter in command.params:
        _plain(parameter)
    for inner in getattr(command, "commands", {}).values():
        plain(inner)
    return command


def _plain(parameter: Any) -> Any:
    if getattr(parameter, "is_flag", False):
        parameter.metavar = ""
    elif parameter.param_type_name == "argument":
        parameter.display_type_rich = lambda ctx: None
    parameter.process_value = partial(_as_typed, parameter)
    return parameter


def _as_typed(parameter: Any, context: Any, value: Any) -> Any:
    see = f"see `{context.command_path} --help`"
    if parameter.required and parameter.value_is_missing(value):
        raise UsageError(f"{parameter.metavar} is missing; {see}")
    given = value if isinstance(value, (list, tuple)) else (value,)
    if value != parameter.default and any(isinstance(one, str) and not one.strip() for one in given):
        name = parameter.opts[0] if parameter.param_type_name == "option" else parameter.metavar
        # as a path it is this folder
        raise UsageError(f"{name} is empty, perhaps because a variable of the shell is not set; {see}")
    if value is None and (parameter.multiple or parameter.nargs == -1):
        value = ()
    return value if parameter.callback is None else parameter.callback(context, parameter, value)


class Described(NamedTuple):
    """What the help says of a parameter."""

    panel: str
    typed: str
    """"--themes" as it is typed; of an argument the name of the parameter."""
    metavar: str
    least: int | None
    help: str


def as_job(command: Callable[..., object], text: str, on_stop: str = STOPPED) -> Callable[..., Job]:
    """Make of a function a command for typer that hands itself back as a job, and says then what to do next.

    The function takes a session first; its parameter `target` is the options --format and --output, and an
    underscore at the end of a name is not typed. `text` is its help.
    """
    hints = get_type_hints(command) | {"form": Form | None, "output": Path | None}
    own, *others = inspect.signature(command).parameters.values()
    named = {one.name: one for one in others}
    if target := named.pop("target", None):
        named |= {name: target.replace(name=name, default=None) for name in ("form", "output")}
    known = options_of(command.__name__.rstrip("_"))

    def job(**options: Any) -> Job:
        context = options.pop("context")
        given = {
            name: converted(value, hints[name], known[name.rstrip("_")], context.command_path)
            for name, value in options.items()
        }
        if target:
            given["target"] = target_of(context.obj, given.pop("form"), given.pop("output"))
        told = partial(hint, command.__name__, context.obj)
        return Job(partial(command, **{own.name: context.obj}, **given), on_stop, told, context.obj)

    context = inspect.Parameter("context", inspect.Parameter.KEYWORD_ONLY, annotation=typer.Context)
    parameters = [_parameter(one, hints[name], known[name.rstrip("_")]) for name, one in named.items()]
    job.__name__, job.__doc__, job.__annotations__ = command.__name__, text.strip(), {}
    job.__signature__ = inspect.Signature([context, *parameters])  # type: ignore[attr-defined]
    return job


def options_of(command: str) -> dict[str, Described]:
    """Give what the help says of parameters by their names, those of the command after those of all."""
    found = {}
    for commands, panels in texts().items():
        if command not in commands.split() and commands != "all":
            continue
        for panel, key, text in ((panel, *pair) for panel, part in panels.items() for pair in part.items()):
            typed, _, value = key.partition(" ")
            metavar, _, least = value.partition(">=")
            name = typed.removeprefix("--").replace("-", "_")
            found[name] = Described(panel, typed, metavar, int(least) if least else None, text)
    return found | {"form": found["format"]}


def _parameter(one: inspect.Parameter, kind: Any, known: Described) -> inspect.Parameter:
    info: Any
    shared: Any = {"help": known.help, "metavar": known.metavar or None, "readable": False}
    if known.typed.startswith("--"):
        names = known.typed, *SHORT.get(known.typed, ())
        panel = None if known.panel == "Options" else known.panel
        info = typer.Option(*names, rich_help_panel=panel, min=known.least, **shared)
    else:
        info = typer.Argument(show_default=False, **shared)
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
        value = value.lower()
        fault = "" if value in choices else f"give {', '.join(choices[:-1])} or {choices[-1]}"
    elif Path in kinds:
        if (known.typed, value) == ("--output", "-"):
            fault = "name a file; what goes to standard output needs no --output"
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


def hint(command: str, session: Session, outcome: object) -> str:
    """Say what to do after a command, one thing a line; nothing where it found nothing: 0."""
    steps = {} if session.quiet or outcome == 0 else texts()["next"].get(command, {})
    return "\n".join(f"next: `{session.command(arguments)}` {what}" for arguments, what in steps.items())


def topics() -> tuple[str, ...]:
    """Give the names of the guides, in alphabetical order."""
    return tuple(sorted(file.name.removesuffix(".md") for file in (DATA / "guide").iterdir()))


def guide(session: Session, topic: str = "") -> None:
    """Run `srtminer guide`; raises `UsageError` for a topic that there is none of."""
    if topic and topic not in topics():
        raise UsageError(f"there is no guide “{topic}”; the guides are {', '.join(topics())}")
    read = {one: (DATA / "guide" / f"{one}.md").read_text(encoding="utf-8") for one in topics()}
    titles = ((one, text.partition("\n")[0].removeprefix("# ")) for one, text in read.items())
    emit(read[topic] if topic else "".join(f"srtminer guide {one:<11} {title}\n" for one, title in titles))
