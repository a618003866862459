"""A codebook as text, and changes in its file, which keep comments and all that they are not about."""

from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Any

import tomlkit
from tomlkit.items import Array, Item, Table
from tomlkit.toml_document import TOMLDocument

from srtminer.codebooks.codebook_format import WHOLE, Codebook, CodebookTheme
from srtminer.text.typed_names import slug


def to_toml(codebook: Codebook, file: str, remarks: Mapping[str, str]) -> str:
    """Write a codebook; `remarks` are one-line comments beside examples, by recommendation id."""
    document = tomlkit.document()
    guide = (files("srtminer") / "data" / "codebook_guide.txt").read_text(encoding="utf-8")
    for line in guide.format(file=file).splitlines():
        document.add(tomlkit.comment(line) if line else tomlkit.comment(""))
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
    table.add("id", theme.id)
    table.add("name", theme.name)
    table.add("description", theme.description)
    if theme.colour:
        table.add("colour", theme.colour)
    for key in ("cues", "hints"):
        table.add(key, array(getattr(theme, key), {}))
    table.add("examples", array(theme.examples, remarks))
    for key in ("also", "never", "merge"):
        if getattr(theme, key):
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


def renamed(text: str, theme: str, name: str) -> str:
    """Give a theme, by its id, another name; the id stays."""
    document, tables = _opened(text)
    _name(tables[theme], theme)
    tables[theme]["name"] = name
    return tomlkit.dumps(document)


def merged_into(text: str, theme: str, others: Sequence[str]) -> str:
    """Make other themes, which stay in the file, part of one."""
    document, tables = _opened(text)
    _extend(tables[theme], "merge", others, {})
    return tomlkit.dumps(document)


def kept_out(text: str, theme: str, ids: Sequence[str], remarks: Mapping[str, str]) -> str:
    """Let recommendations never belong to a theme."""
    document, tables = _opened(text)
    for key in ("examples", "also"):
        _take_out(tables[theme], key, ids)
    _extend(tables[theme], "never", ids, remarks)
    return tomlkit.dumps(document)


def with_forbidden(text: str, phrases: Sequence[str]) -> str:
    """Let no new theme be made whose name says one of these."""
    document, _ = _opened(text)
    if "forbid" not in document:
        document, _ = _opened(f"forbid = []\n{text}")
    _extend(document, "forbid", phrases, {})
    return tomlkit.dumps(document)


def split_off(
    text: str, kept: CodebookTheme, parts: Sequence[CodebookTheme], remarks: Mapping[str, str]
) -> str:
    """Put parts of a theme behind it as themes of their own; `kept` is what stays of it."""
    document, tables = _opened(text)
    table = tables[kept.id]
    _name(table, kept.id)
    for key in ("cues", "examples"):
        wanted = getattr(kept, key)
        _take_out(table, key, [one for one in table.get(key, ()) if one not in wanted])
        _extend(table, key, [one for one in wanted if one not in table.get(key, ())], remarks)
    themes = document["theme"]
    place = [*tables].index(kept.id) + 1
    after, new = _taken_tail(table), [table_of(part, remarks) for part in parts]
    table.add(tomlkit.nl())
    _taken_tail(new[-1])
    _put(new[-1], after)
    for part in reversed(new):
        themes.insert(place, part)
    return tomlkit.dumps(document)


def _opened(text: str) -> tuple[TOMLDocument, dict[str, Table]]:
    """Open a codebook that has been read before, and give its themes by their ids, in order."""
    document = tomlkit.parse(text)
    themes = document["theme"]
    return document, {theme.get("id") or slug(theme["name"]): theme for theme in themes}


def _name(table: Table, own_id: str) -> None:
    """Write down the id that a theme without one has by its name."""
    if "id" not in table:
        _add(table, "id", own_id)


def _extend(holder: Any, key: str, texts: Sequence[str], remarks: Mapping[str, str]) -> None:
    """Add texts to a list, a line each; one that is there already is left as it is."""
    old = holder.get(key)
    new = [one for one in texts if one not in (old or ())]
    if not isinstance(old, Array):
        if new:
            _add(holder, key, array(new, remarks))
        return
    in_lines = "\n" in old.as_string()
    for one in new:
        old.add_line(one, comment=remarks.get(one) or None)
    if new and not in_lines:
        old.add_line(indent="")


def _add(table: Table, key: str, value: Item | str) -> None:
    """Add a key before the comments at the end of a table, which are about what follows."""
    after = _taken_tail(table)
    table.add(key, value)
    _put(table, after)


def _taken_tail(table: Table) -> list[Any]:
    """Take the comments and empty lines off the end of a table."""
    body = table.value.body
    keys = [place for place, (key, _) in enumerate(body, 1) if key is not None]
    tail = [item for _, item in body[keys[-1] :]]
    del body[keys[-1] :]
    return tail


def _put(table: Table, items: Sequence[Any]) -> None:
    for item in items:
        table.add(item)


def _take_out(table: Table, key: str, texts: Sequence[str]) -> None:
    found = table.get(key)
    for one in texts:
        if isinstance(found, Array) and one in found:
            found.remove(one)
