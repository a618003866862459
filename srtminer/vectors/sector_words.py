"""What people in safeguarding call the matters of practice."""

import tomllib
from functools import cache
from importlib.resources import files

from srtminer.text.form_words import vocabulary
from srtminer.text.words import keys, stem


@cache
def matters() -> frozenset[tuple[str, ...]]:
    """Read data/matters.toml: the stems of the content words of each name."""
    names = tomllib.loads((files("srtminer") / "data" / "matters.toml").read_text(encoding="utf-8"))["names"]
    function = vocabulary().function
    return frozenset(tuple(stem(key) for key in keys(name) if key not in function) for name in names)
