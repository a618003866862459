"""Help texts without what only programmers understand."""

from typing import Any


def without_types(command: Any, parent: Any = None) -> Any:
    """Take `<bool>` and `<list[Path]>` out of the help of a command and of those in it; gives the command.

    What stays is what has to be typed. Why here: typer adds its own options, of which nothing can be said
    where they are made.
    """
    # A context with its parent, because a command keeps the help option that it makes for its first one.
    with command.make_context(command.name, [], parent=parent, resilient_parsing=True) as context:
        for parameter in command.get_params(context):
            if getattr(parameter, "is_flag", False):
                parameter.metavar = ""
            elif parameter.param_type_name == "argument":
                parameter.display_type_rich = lambda ctx: None
        for inner in getattr(command, "commands", {}).values():
            without_types(inner, context)
    return command
