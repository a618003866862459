"""Help texts without what only programmers understand."""

from collections.abc import Iterator
from typing import Any


def without_types(command: Any) -> Any:
    """Take `<bool>` and `<list[Path]>` out of the help of a command and of those in it; gives the command.

    What stays is what has to be typed. Why here: typer adds its own options, of which nothing can be said
    where they are made.
    """
    for parameter in _parameters(command):
        if getattr(parameter, "is_flag", False):
            parameter.metavar = ""
        elif parameter.param_type_name == "argument":
            parameter.display_type_rich = lambda ctx: None
    for inner in getattr(command, "commands", {}).values():
        without_types(inner)
    return command


def _parameters(command: Any) -> Iterator[Any]:
    with command.make_context(command.name, [], resilient_parsing=True) as context:
        yield from command.get_params(context)
