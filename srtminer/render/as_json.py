"""Results as JSON: `schema` and `generator` first, keys in a fixed order, text as it is, a final newline.

Numbers are rounded to four places; a dataclass is an object of its fields.
"""

import json
from dataclasses import fields, is_dataclass
from typing import Any

from srtminer.model import GENERATOR
from srtminer.render.result import Json, Result
from srtminer.render.safe_text import ESCAPES


def write(result: Result) -> str:
    """Write what a result is under the schema of its name."""
    return document(result.name, result.body)


def document(name: str, body: Json) -> str:
    """Write a body under the schema of the given name."""
    whole = {"schema": f"srtminer.{name}/1", "generator": GENERATOR} | body
    return json.dumps(plain(whole), ensure_ascii=False, indent=2).translate(ESCAPES) + "\n"


def plain(value: Any) -> Any:
    """Give what JSON knows: figures rounded to four places, and an object for a dataclass."""
    if isinstance(value, float):
        return round(value, 4)
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return list(map(plain, value))
    if is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    return value
