"""A codebook as text, and changes of one written into its file, whose comments stay."""

from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Any

import tomlkit
from tomlkit.items import Array, Table

from srtminer.codebooks.codebook_format import LISTS, WHOLE, Codebook, CodebookTheme
from srtminer.text.words import single_spaced

SHOWN = ("cues", "hints", "examples")
"""Lists that are written even where they are empty."""


def to_toml(codebook: Codebook, file: str, remarks: Mapping[str, str]) -> str:
    """Write a codebook; `remarks` are one-line comments beside examples, by recommendation id."""
    document = tomlkit.document()
    guide = (files("srtminer") / "data" / "codebook_guide.txt").read_text(encoding="utf-8")
    for line in guide.format(file=file).splitlines():
        document.add(tomlkit.comment(line))
    document.add(tomlkit.nl())
    document.add("title", tomlkit.string(codebook.title))
    document.add("forbid", array(codebook.forbid, {}))
    if codebook.none:
        document.add("none", array(codebook.none, remarks))
    themes = tomlkit.aot()
    for theme in codebook.themes:
        themes.append(table_of(theme, remarks))
    document.add("theme", themes)
    return "\n".join(line.rstrip() for line in tomlkit.dumps(document).split("\n")).rstrip("\n") + "\n"


def table_of(theme: CodebookTheme, remarks: Mapping[str, str]) -> Table:
    """Write a theme, with remarks beside its recommendations."""
    table = tomlkit.table()
    for key in ("id", "name", "description"):
        table.add(key, getattr(theme, key))
    if theme.colour:
        table.add("colour", theme.colour)
    for key in LISTS:
        if getattr(theme, key) or key in SHOWN:
            table.add(key, array(getattr(theme, key), remarks))
    if theme.weight != WHOLE:
        table.add("weight", theme.weight)
    table.add(tomlkit.nl())
    return table


def array(texts: Sequence[str], remarks: Mapping[str, str]) -> Array:
    """Give a list with a text a line, so that version control shows what changed."""
    array = tomlkit.array()
    for text in texts:
        array.add_line(text, comment=remarks.get(text) or None)
    if texts:
        array.add_line(indent="")
    return array


def rewritten(text: str, before: Codebook, after: Codebook, remarks: Mapping[str, str]) -> str:
    """Write changes into a codebook's file: names, lists, and new themes at its end; all else stays."""
    if before.forbid != after.forbid and "forbid" not in tomlkit.parse(text):
        text = f"forbid = []\n{text}"
    document = tomlkit.parse(text)
    _change(document, "forbid", before.forbid, after.forbid, {})
    themes: Any = document["theme"]
    for table, old, theme in zip(themes, before.themes, after.themes, strict=False):
        if theme.name != old.name:
            if "id" not in table:
                table.value._insert_after("name", "id", tomlkit.item(theme.id))
            table["name"] = theme.name
        for key in LISTS:
            _change(table, key, getattr(old, key), getattr(theme, key), remarks)
    for theme in after.themes[len(before.themes) :]:
        themes[-1].add(tomlkit.nl())
        themes.append(table_of(theme, remarks))
    return tomlkit.dumps(document)


def _change(
    holder: Any, key: str, before: Sequence[str], after: Sequence[str], remarks: Mapping[str, str]
) -> None:
    """Change a list, a line a text; what stands there already is left as it is."""
    gains, listed = [one for one in after if one not in before], holder.get(key)
    if not isinstance(listed, Array):
        if gains:
            holder.value._insert_after("name", key, array(gains, remarks))
        return
    in_lines = "\n" in listed.as_string()
    for one in [one for one in listed if single_spaced(one) in {*before} - {*after}]:
        listed.remove(one)
    for one in gains:
        listed.add_line(one, comment=remarks.get(one) or None)
    if gains and not in_lines:
        listed.add_line(indent="")
