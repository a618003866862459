"""The commands, of which `data/options.toml` has a list: each is imported when it is called.

Why a list: importing every command to print their names, or to run one of them, costs more than any of them.
A test holds each line against the command's own help.
"""

import textwrap
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, partial
from importlib import import_module
from pathlib import Path
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from srtminer.cli.session import STOPPED
from srtminer.errors import UsageError

HELP = {"help_option_names": ["--help", "-h"], "max_content_width": 100}
UNCHANGED = "stopped; nothing was changed"
TEXTS = Path(__file__).parents[1] / "data" / "options.toml"
"""Why not by `importlib.resources`: that takes as long to load as half of this package."""
ON_STOP = {
    "ingest": "stopped; what was ingested so far is in the store; run the same command again to carry on",
    "correct": UNCHANGED,
    "remove": UNCHANGED,
}
"""What to say after Ctrl-C, by command, where there is more to say than that it stopped."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A command, or a group of them, that is not imported yet."""

    place: str
    """The module in this package and its function, "module.function", or the name of both."""
    panel: str
    about: str

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
        from srtminer.cli.parameters import as_job

        found = getattr(import_module(f"srtminer.cli.{self.module}"), self.place.rpartition(".")[2])
        if isinstance(found, typer.Typer):
            return plain(typer.main.get_command(found))
        app = typer.Typer(add_completion=False, context_settings=HELP, rich_markup_mode=None)
        job = as_job(found, ON_STOP.get(self.name, STOPPED))
        app.command(name=self.name, cls=PlainCommand)(job)
        return plain(typer.main.get_command(app))


@cache
def texts() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    """Read what the help says of commands and options."""
    return tomllib.loads(TEXTS.read_text(encoding="utf-8"))


COMMANDS = tuple(
    Entry(place, panel, about)
    for panel, listed in texts()["commands"].items()
    for place, about in listed.items()
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
        entry = next((entry for entry in COMMANDS if listed is not None and entry.name == name), None)
        return name, entry.load() if entry else listed, rest


def plain(command: Any) -> Any:
    """Leave what was typed to `parameters.converted`, and Python's types out of the help; inner ones too."""
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
    if parameter.required and parameter.value_is_missing(value):
        raise UsageError(f"{parameter.metavar} is missing; see `{context.command_path} --help`")
    if value is None and (parameter.multiple or parameter.nargs == -1):
        value = ()
    return value if parameter.callback is None else parameter.callback(context, parameter, value)
