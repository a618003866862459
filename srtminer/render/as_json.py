"""Results as JSON: `schema` and `generator` first, keys in a fixed order, text as it is, a final newline.

Numbers between 0 and 1 are rounded to four places.
"""

import json

from srtminer.model import GENERATOR
from srtminer.render.result import Json, Result
from srtminer.render.safe_text import ESCAPES


def write(result: Result) -> str:
    """Write what a result is under the schema of its name."""
    return document(result.name, result.body)


def document(name: str, body: Json) -> str:
    """Write a body under the schema of the given name."""
    whole = {"schema": f"srtminer.{name}/1", "generator": GENERATOR} | body
    return json.dumps(whole, ensure_ascii=False, indent=2).translate(ESCAPES) + "\n"


def rounded(value: float | None) -> float | None:
    """Round to four places; what is not defined stays so."""
    return None if value is None else round(value, 4)
