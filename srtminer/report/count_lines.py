"""Counts under keys, and the lines in which they add up."""

from dataclasses import dataclass

Key = tuple[str, ...]
"""The same count may stand in several tables; there it has the same key."""


@dataclass(frozen=True, slots=True)
class Line:
    """Counts that add up, or nearly so, to another one that is shown too."""

    total: Key
    parts: tuple[Key, ...]
