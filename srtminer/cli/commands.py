"""The commands by name: what each does in a line, and the module that is imported when it is called.

Why a table: importing every command to print their names, or to run one of them, costs more than any of them.
A test holds each line against the command's own help.
"""

import textwrap
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from srtminer.cli.session import STOPPED
from srtminer.errors import UsageError

HELP = {"help_option_names": ["--help", "-h"], "max_content_width": 100}
UNCHANGED = "stopped; nothing was changed"
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


PANELS = {
    "Bring reviews in": (
        ("ingest", "Read reviews and keep what they say in the store."),
        ("listings.reviews", "List the reviews in the store, and say why some have no recommendations."),
        (
            "listings.recommendations",
            "List every recommendation in its exact words, with its reference, page and addressee.",
        ),
        ("listings.check", "Check each document: what was found, and what needs a look."),
        ("passage.show", "Show a recommendation in its context, or a page."),
        ("correct", "Correct the recommendations that were found, in a spreadsheet."),
        ("judgements.set_", "Correct a review's title, subject, board, kind, dates or authors."),
        ("judgements.case", "Say that two documents are about one case, or that they are not."),
        (
            "judgements.remove",
            "Take reviews out of the store, with everything found in them, given for them or corrected.",
        ),
    ),
    "Look into them": (
        ("themes", "Rank the themes that recur in the recommendations."),
        ("compare", "Show what was recommended before, and compare groups of reviews."),
        ("judgements.link", "Say that two recommendations ask for the same thing, or that they do not."),
        ("summary", "Count reviews, recommendations, themes and what was made before."),
        ("search", "Find words in recommendations and sections."),
        ("evaluate", "Measure how far the themes agree with people, and people with each other."),
        ("codebook", "Write your themes down, so that they last."),
    ),
    "Pass results on": (
        ("report", "Write a report for a meeting, as a page or a Word document."),
        ("export", "Write a file for other programs: a workbook, a QDA project, CSV or JSON Lines."),
    ),
    "When something is wrong": (
        ("guide", "Explain methods, statistics, JSON fields and use in scripts."),
        ("doctor", "Check that everything needed is installed and that the store is sound."),
    ),
}
"""The commands by the panel of the help that lists them: where each is, and what it does."""
COMMANDS = tuple(Entry(place, panel, about) for panel, listed in PANELS.items() for place, about in listed)


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
