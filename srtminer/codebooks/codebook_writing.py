"""A codebook as text, and changes of one: written into its file, whose comments stay, and told in words."""

from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from typing import Any

import tomlkit
from tomlkit.items import Array, Item, Table

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
    """Write changes into a codebook that has been read: names, lists and new themes; all else stays."""
    document = tomlkit.parse(text)
    if before.forbid != after.forbid and "forbid" not in document:
        document = tomlkit.parse(f"forbid = []\n{text}")
    _change(document, "forbid", before.forbid, after.forbid, {})
    known, themes = {theme.id: theme for theme in before.themes}, document["theme"]
    for place, theme in enumerate(after.themes):
        if theme.id not in known:
            table = table_of(theme, remarks)
            tail, _ = _taken_tail(themes[place - 1]), _taken_tail(table)
            themes[place - 1].add(tomlkit.nl())
            _put(table, tail)
            themes.insert(place, table)
            continue
        table, old = themes[place], known[theme.id]
        if theme.name != old.name:
            if "id" not in table:
                _add(table, "id", theme.id)
            table["name"] = theme.name
        for key in LISTS:
            _change(table, key, getattr(old, key), getattr(theme, key), remarks)
    return tomlkit.dumps(document)


def _change(
    holder: Any, key: str, before: Sequence[str], after: Sequence[str], remarks: Mapping[str, str]
) -> None:
    """Change a list, a line a text; what stands there already is left as it is."""
    listed = holder.get(key)
    in_lines = isinstance(listed, Array) and "\n" in listed.as_string()
    for verb, these in _moved(before, after):
        if verb == "gains" and not isinstance(listed, Array):
            _add(holder, key, array(these, remarks))
        elif verb == "gains":
            for one in these:
                listed.add_line(one, comment=remarks.get(one) or None)
            if not in_lines:
                listed.add_line(indent="")
        elif isinstance(listed, Array):
            for one in [one for one in listed if single_spaced(one) in these]:
                listed.remove(one)


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


LISTED = {"cues": "cue", "hints": "hint", "merge": "part"}
COUNTED = {"examples": "example", "also": "shared recommendation", "never": "exclusion"}
"""What one of each list of a theme is called: those told word for word, and those of which the number is."""
SINGLE = ("description", "weight", "colour")


def book_changes(before: Codebook, after: Codebook) -> tuple[str, ...]:
    """Tell what changed, a line a thing: themes new, changed and gone, and forbidden names."""
    old = {theme.id: theme for theme in before.themes}
    new = {theme.id: theme for theme in after.themes}
    names = {theme.id: theme.name for theme in (*before.themes, *after.themes)}
    lines: list[str] = []
    for own_id, theme in new.items():
        lines.extend(_changes(old[own_id], theme, names) if own_id in old else [f"“{theme.name}” is new"])
    lines.extend(f"“{theme.name}” is gone" for own_id, theme in old.items() if own_id not in new)
    for verb, these in _moved(before.forbid, after.forbid):
        lines.append(f"the list of forbidden names {verb} {_quoted(these)}")
    for verb, these in _moved(before.none, after.none):
        lines.append(f"the list of what is in no theme {verb} {len(these)}")
    return tuple(lines)


def _changes(before: CodebookTheme, after: CodebookTheme, names: Mapping[str, str]) -> Iterator[str]:
    if before.name != after.name:
        yield f"“{before.name}” is called “{after.name}”"
    for field, what in (LISTED | COUNTED).items():
        old, new = ([names.get(one, one) for one in getattr(theme, field)] for theme in (before, after))
        for verb, these in _moved(old, new):
            called = f"{what}{'s' * (len(these) > 1)}"
            told = f"the {called} {_quoted(these)}" if field in LISTED else f"{len(these)} {called}"
            yield f"“{after.name}” {verb} {told}"
    for field in SINGLE:
        if getattr(before, field) != getattr(after, field):
            yield f"“{after.name}” has another {field}"


def _moved(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    for verb, here, there in (("gains", after, before), ("loses", before, after)):
        known = set(there)
        if these := [one for one in here if one not in known]:
            yield verb, these


def _quoted(names: Sequence[str]) -> str:
    return ", ".join(f"“{name}”" for name in names)
