"""The fields of a JSON document, in the order in which they stand in it."""

import json
import textwrap
from itertools import groupby
from typing import Any

Fields = dict[str, "Shape"]
Shape = tuple[str, str, Fields] | None
"""Brackets and what stands between them; None for a plain value, or a list of such."""

_UNBROKEN = "\N{NO-BREAK SPACE}"


def fields_of(text: str, width: int) -> str:
    """List the fields of a document, those that hold more on lines of their own.

    `name {…}` holds fields, `name […]` a list of things with these fields. What stands in a list is described
    together: a field counts that one of its things has. The schema is given with its value.
    """
    document = json.loads(text)
    fields: Fields = {f'schema "{document.pop("schema")}"': None} | _fields([document])
    runs = groupby(fields, key=lambda name: fields[name] and name)
    return ",\n".join(_filled(_words({name: fields[name] for name in names}), width) for _, names in runs)


def _filled(words: str, width: int) -> str:
    filled = textwrap.fill(
        words, width, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False
    )
    return filled.replace(_UNBROKEN, " ")


def _fields(things: list[dict[str, Any]]) -> Fields:
    names = dict.fromkeys(name for thing in things for name in thing)
    return {name: _shape([thing[name] for thing in things if name in thing]) for name in names}


def _shape(values: list[Any]) -> Shape:
    lists = [value for value in values if isinstance(value, list)]
    inside = [item for value in lists for item in value] if lists else values
    things = [item for item in inside if isinstance(item, dict)]
    if not things:
        return None
    return ("[", "]", _fields(things)) if lists else ("{", "}", _fields(things))


def _words(fields: Fields) -> str:
    return ", ".join(_described(name.replace(" ", _UNBROKEN), shape) for name, shape in fields.items())


def _described(name: str, shape: Shape) -> str:
    if shape is None:
        return name
    opening, closing, fields = shape
    return f"{name}{_UNBROKEN}{opening}{_words(fields)}{closing}"
