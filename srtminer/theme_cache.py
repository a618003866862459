"""A table of themes as text and back, so that the store can keep it.

Recommendations are written as their positions among those that were mined: whoever keeps a table keeps with
it which they were. Imports none of the libraries that find themes.
"""

import json
from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from srtminer.model import Example, Recommendation, Theme, ThemeTable, Unit


def dump_table(table: ThemeTable, recommendations: Sequence[Recommendation]) -> str:
    """Write a table that was found in these recommendations."""
    place = {recommendation: i for i, recommendation in enumerate(recommendations)}

    def plain(value: object) -> object:
        if isinstance(value, Recommendation):
            return place[value]
        if isinstance(value, Theme | ThemeTable | Unit):
            return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
        if isinstance(value, Example):
            return [plain(value.recommendation), value.excerpt]
        return [plain(item) for item in value] if isinstance(value, tuple) else value

    return json.dumps(plain(table), ensure_ascii=False)


def load_table(text: str, recommendations: Sequence[Recommendation]) -> ThemeTable:
    """Read what `dump_table` wrote of the same recommendations in the same order."""
    values = {name: _frozen(value) for name, value in json.loads(text).items()}
    for theme in values["themes"]:
        theme["members"] = tuple(recommendations[i] for i in theme["members"])
        theme["examples"] = tuple(Example(recommendations[i], excerpt) for i, excerpt in theme["examples"])
    values["themes"] = tuple(Theme(**theme) for theme in values["themes"])
    values["unthemed"] = tuple(recommendations[i] for i in values["unthemed"])
    values["unit"] = Unit(**values["unit"])
    return ThemeTable(**values)


def _frozen(value: Any) -> Any:
    """Make the lists of JSON tuples again, those in objects too."""
    if isinstance(value, dict):
        return {name: _frozen(item) for name, item in value.items()}
    return tuple(map(_frozen, value)) if isinstance(value, list) else value
