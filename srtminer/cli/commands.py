"""The commands by name: what each does in a line, and the module that is imported when it is called.

Why a table: importing every command to print their names, or to run one of them, costs more than any of them.
A test holds each line against the command's own help.
"""

from dataclasses import dataclass
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from srtminer.cli.session import STOPPED

HELP = {"help_option_names": ["--help", "-h"]}
UNCHANGED = "stopped; nothing was changed"
BRING_IN, LOOK, PASS_ON, WRONG = (
    "Bring reviews in",
    "Look into them",
    "Pass results on",
    "When something is wrong",
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A command, or a group of them, that is not imported yet."""

    name: str
    panel: str
    about: str
    module: str = ""
    """In this package; by default called like the command."""
    function: str = ""
    """By default called like the command."""
    on_stop: str = STOPPED
    """What to say after Ctrl-C."""

    def load(self) -> Any:
        """Import it and give the command."""
        from srtminer.cli.hints import as_job

        place = import_module(f"srtminer.cli.{self.module or self.name}")
        found = getattr(place, self.function or self.name)
        if isinstance(found, typer.Typer):
            return plain(typer.main.get_command(found))
        app = typer.Typer(add_completion=False, context_settings=HELP, rich_markup_mode="rich")
        app.command(name=self.name, cls=PlainCommand)(as_job(found, self.on_stop))
        return plain(typer.main.get_command(app))


COMMANDS = (
    Entry(
        "ingest",
        BRING_IN,
        "Read reviews and keep what they say in the store.",
        on_stop="stopped; what was ingested so far is in the store; run the same command again to carry on",
    ),
    Entry(
        "reviews",
        BRING_IN,
        "List the reviews in the store, and say why some have no recommendations.",
        "listings",
    ),
    Entry(
        "recommendations",
        BRING_IN,
        "List every recommendation in its exact words, with its reference, its page and who is asked to act.",
        "listings",
    ),
    Entry(
        "check",
        BRING_IN,
        "Check each document: what was found, and what needs a look.",
        "listings",
    ),
    Entry("show", BRING_IN, "Show a recommendation in its context, or a page.", "passage"),
    Entry(
        "correct",
        BRING_IN,
        "Correct the recommendations that were found, in a spreadsheet.",
        on_stop=UNCHANGED,
    ),
    Entry(
        "set",
        BRING_IN,
        "Correct a review's title, subject, board, kind, dates or authors.",
        "judgements",
        "set_",
    ),
    Entry(
        "case",
        BRING_IN,
        "Say that two documents are about one case, or that they are not.",
        "judgements",
    ),
    Entry(
        "remove",
        BRING_IN,
        "Take reviews out of the store, with everything found in them, given for them or corrected.",
        "judgements",
        on_stop=UNCHANGED,
    ),
    Entry("themes", LOOK, "Rank the themes that recur in the recommendations."),
    Entry("compare", LOOK, "Show what was recommended before, and compare groups of reviews."),
    Entry(
        "link",
        LOOK,
        "Say that two recommendations ask for the same thing, or that they do not.",
        "judgements",
    ),
    Entry("summary", LOOK, "Count reviews, recommendations, themes and what was made before."),
    Entry("search", LOOK, "Find words in recommendations and sections."),
    Entry("evaluate", LOOK, "Measure how far the themes agree with people, and people with each other."),
    Entry("codebook", LOOK, "Write your themes down, so that they last."),
    Entry("report", PASS_ON, "Write a report for a meeting, as a page or a Word document."),
    Entry(
        "export", PASS_ON, "Write a file for other programs: a workbook, a QDA project, CSV or JSON Lines."
    ),
    Entry("guide", WRONG, "Explain methods, statistics, JSON fields and use in scripts."),
    Entry("doctor", WRONG, "Check that everything needed is installed and that the store is sound."),
)


class PlainHelp:
    """Shows `--help` without naming a Python type beside it."""

    def get_help_option(self, ctx: Any) -> Any:
        """Give the option."""
        return _plain(super().get_help_option(ctx))  # type: ignore[misc]


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

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Draw the options and the commands."""
        from srtminer.cli.overview import overview

        typer.echo(overview(self, ctx))

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Replace what is listed by the command itself."""
        name, listed, rest = super().resolve_command(ctx, args)
        entry = next((entry for entry in COMMANDS if listed is not None and entry.name == name), None)
        return name, entry.load() if entry else listed, rest


def plain(command: Any) -> Any:
    """Take `<bool>` and `<list[Path]>` out of the help of a command and of those in it, and what is slow."""
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
    if hasattr(parameter, "type_descriptor"):  # typer since it has a use for pydantic
        parameter.process_value = partial(_taken, parameter, parameter.process_value)
    return parameter


def _taken(parameter: Any, check: Any, context: Any, value: Any) -> Any:
    """Take texts, paths and defaults as they are; typer checks the rest.

    Why: it loads pydantic to check anything, which takes twice as long as all of typer.
    """
    if not _needs_no_check(parameter, value):
        return check(context, value)
    if parameter.type_descriptor.annotation is Path and value is not None:
        value = Path(value)
    if value is None and (parameter.multiple or parameter.nargs == -1):
        value = ()
    return value if parameter.callback is None else parameter.callback(context, parameter, value)


def _needs_no_check(parameter: Any, value: Any) -> bool:
    """Tell whether there is nothing to check in a value."""
    if value is None or value == ():
        return not parameter.required
    if value is parameter.default or isinstance(value, bool):
        return True
    kind, info = parameter.type_descriptor.annotation, parameter.type_descriptor.parameter_info
    if kind is Path:
        return isinstance(value, str) and not info.readable
    texts = value if kind == list[str] else [value] if kind is str else [None]
    return all(isinstance(text, str) for text in texts)
