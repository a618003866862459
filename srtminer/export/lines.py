"""Everything as JSON Lines: one object a line, its `type` first.

The objects are those of `--format json`, so their figures cannot differ from it. Their types, in this order:

- export: the first line, `schema` and `made`, a list of [name, value] that says how the results were made;
- theme: as in `srtminer themes`, without `members`;
- review: as in `srtminer reviews`;
- recommendation: as in `srtminer recommendations`, with `theme` and `also`, the ids of its theme and of its
  second one; null if it has none, or one that is not listed.
"""

import json
from collections.abc import Iterator
from typing import Any

from srtminer.export.material import Material, how_made
from srtminer.render import as_json
from srtminer.render.characters import ESCAPES

SCHEMA = "srtminer.export/1"


def to_jsonl(material: Material) -> str:
    """Give all lines."""
    return "".join(
        f"{json.dumps(line, ensure_ascii=False).translate(ESCAPES)}\n" for line in _lines(material)
    )


def _lines(material: Material) -> Iterator[dict[str, Any]]:
    catalogue, themes, seconds = material.catalogue, material.themes_of, material.seconds_of
    yield {"type": "export", "schema": SCHEMA, "made": how_made(material)}
    for theme in json.loads(as_json.themes(material.table, catalogue))["themes"]:
        yield {"type": "theme"} | {key: value for key, value in theme.items() if key != "members"}
    for review in json.loads(as_json.reviews(material.records))["reviews"]:
        yield {"type": "review"} | review
    found = json.loads(as_json.recommendations(material.recommendations, catalogue))["recommendations"]
    for entry in found:
        theme, second = themes.get(entry["id"]), seconds.get(entry["id"])
        placed = {"theme": theme.id if theme else None, "also": second.id if second else None}
        yield {"type": "recommendation"} | entry | placed
