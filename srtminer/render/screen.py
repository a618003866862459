"""Where a table will be seen."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Screen:
    """A place to show a table."""

    width: int = 100
    """In characters."""
    color: bool = False
    """Whether bold and dim may be used. They never carry a meaning of their own."""
