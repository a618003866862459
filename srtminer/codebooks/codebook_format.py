"""What a codebook says; its text becomes one, or an error that says what to change where."""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from typing import Any

from srtminer.errors import UsageError
from srtminer.text.thesaurus import thesaurus
from srtminer.text.typed_names import nearest, slug

WHOLE = 1.0
NEW_ID = "new-"
NEW_LABEL = "New: "
"""Before the names of themes that the codebook does not know."""


@dataclass(frozen=True, slots=True)
class CodebookTheme:
    """One theme of a codebook."""

    id: str
    """Stays as it is when the name changes."""
    name: str
    description: str = ""
    cues: tuple[str, ...] = ()
    """Phrases any of which makes a recommendation a candidate for the theme."""
    hints: tuple[str, ...] = ()
    """Phrases that tip the balance between themes; alone they make no member."""
    examples: tuple[str, ...] = ()
    """Ids of recommendations that belong to it, or texts like those that do."""
    merge: tuple[str, ...] = ()
    """Ids or names of the themes of the same codebook that are part of this one."""
    weight: float = WHOLE
    """What a cue counts. Grows: more recommendations that speak of several themes come here."""
    colour: str = ""
    """"#rrggbb", or empty."""
    also: tuple[str, ...] = ()
    """Ids of recommendations that belong to it as well, after a theme of their own."""
    never: tuple[str, ...] = ()
    """Ids of recommendations that do not belong to it, whatever speaks for it."""


JOINED = ("cues", "hints", "examples", "also", "never")
"""Lists of a theme that a theme takes over with it."""


@dataclass(frozen=True, slots=True)
class Codebook:
    """Themes in the order of the file."""

    title: str
    themes: tuple[CodebookTheme, ...]
    forbid: tuple[str, ...] = ()
    """No new theme is made whose name says one of these."""
    none: tuple[str, ...] = ()
    """Ids of recommendations, or their texts, that are in no theme, nor in a new one."""


def merged(codebook: Codebook) -> Codebook:
    """Give the codebook with merged themes taken into those that merge them, with all they have."""
    by_name = {name: theme for theme in codebook.themes for name in (theme.id, theme.name)}
    gone = {by_name[name].id for theme in codebook.themes for name in theme.merge}
    kept = (_with_parts(theme, by_name) for theme in codebook.themes if theme.id not in gone)
    return replace(codebook, themes=tuple(kept))


def _with_parts(theme: CodebookTheme, by_name: dict[str, CodebookTheme]) -> CodebookTheme:
    parts = [_with_parts(by_name[name], by_name) for name in theme.merge]
    lists: dict[str, tuple[str, ...]] = {
        field: tuple(dict.fromkeys(text for one in (theme, *parts) for text in getattr(one, field)))
        for field in JOINED
    }
    return replace(theme, merge=(), **lists)  # type: ignore[arg-type]


BUILT_IN = ("safeguarding",)
"""Codebooks that come with the program."""

TOP_KEYS = ("title", "forbid", "none", "theme")
LISTS = ("cues", "hints", "examples", "also", "never", "merge")
THEME_KEYS = ("id", "name", "description", "colour", "concepts", *LISTS, "weight")
RESERVED = ("none", "new")
"""Why: "none" stands for what fits no theme, "new" for what a codebook does not know."""
WEIGHTS = (0.1, 10.0)
LONGEST_NAME = 200
"""Characters."""

_THEME_HEAD = re.compile(r"^[ \t]*\[\[[ \t]*\"?theme\"?[ \t]*\]\]", re.MULTILINE)
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}\Z")
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")


def built_in(name: str) -> str:
    """Give the text of a codebook that comes with the program."""
    return (files("srtminer") / "data" / f"{name}.toml").read_text(encoding="utf-8")


def unlike(name: str, taken: set[str]) -> str:
    """Give a name, numbered where it is taken, and take it; `taken` are names in small letters."""
    found, number = name, 2
    while found.casefold() in taken:
        found, number = f"{name} ({number})", number + 1
    taken.add(found.casefold())
    return found


def parse_codebook(text: str, file: str, title: str) -> Codebook:
    """Read a codebook; `file` is what errors call it, `title` its title if it names none.

    Raises `UsageError` with the line, the theme and the key, and what to do about it.
    """
    try:
        data = tomllib.loads(text.removeprefix("\ufeff"))
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{file} is not valid TOML: {error}; phrases stand between double quotes") from error
    lines = _Lines(text, file)
    for key in data:
        if key not in TOP_KEYS:
            raise lines.wrong(None, key, f"unknown key {key!r}; known are {', '.join(TOP_KEYS)}")
    entries = data.get("theme", [])
    if not isinstance(entries, list) or not entries or not all(isinstance(entry, dict) for entry in entries):
        raise UsageError(f"{file} has no theme; begin each with a line [[theme]] and give it a name")
    themes = tuple(_theme(entry, lines.of(number)) for number, entry in enumerate(entries))
    _check_names(themes, lines)
    _check_merges(themes, lines)
    wrong = lines.of(None)
    forbid, none = (_strings(data, key, wrong) for key in ("forbid", "none"))
    return Codebook(_text(data, "title", wrong) or title, themes, forbid, none)


Wrong = Callable[[str, str], UsageError]
"""Makes an error of a key and what is wrong with it."""


class _Lines:
    """Where what stands in a file, so that errors can say it: TOML parsers do not tell."""

    def __init__(self, text: str, file: str) -> None:
        self._text = text
        self._file = file
        self._heads = [match.start() for match in _THEME_HEAD.finditer(text)]

    def of(self, number: int | None) -> Wrong:
        """Give a maker of errors about one theme, or about the file as a whole."""
        return lambda key, what: self.wrong(number, key, what)

    def wrong(self, number: int | None, key: str, what: str) -> UsageError:
        """Make an error about a key of the numbered theme (from 0), or of none."""
        theme = f", theme {number + 1}" if number is not None else ""
        return UsageError(f"{self._file}, line {self._line(number, key)}{theme}: {what}")

    def _line(self, number: int | None, key: str) -> int:
        heads = [*self._heads, len(self._text)]
        start, end = 0, heads[0]
        if number is not None and number + 1 < len(heads):
            start, end = heads[number], heads[number + 1]
        found = re.compile(rf"^[ \t]*[\"']?{re.escape(key)}[\"']?[ \t]*=", re.MULTILINE).search(
            self._text, start, end
        )
        return self._text.count("\n", 0, found.start() if found else start) + 1


def _theme(entry: Mapping[str, Any], wrong: Wrong) -> CodebookTheme:
    for key in entry:
        if key not in THEME_KEYS:
            raise wrong(key, f"unknown key {key!r}; known are {', '.join(THEME_KEYS)}")
    name = " ".join(_text(entry, "name", wrong).split())
    if not name:
        raise wrong("name", 'it has no name; add a line such as name = "Information sharing"')
    if len(name) > LONGEST_NAME:
        raise wrong("name", f"its name has {len(name)} characters; keep it under {LONGEST_NAME}")
    lists = {key: _strings(entry, key, wrong) for key in LISTS}
    lists["cues"] = tuple(dict.fromkeys((*_names(entry, wrong), *lists["cues"])))
    if not any(lists[key] for key in ("cues", "examples", "merge")):
        raise wrong("cues", f"{name!r} has neither cues nor examples, so nothing can belong to it; add cues")
    return CodebookTheme(
        id=_id(entry, name, wrong),
        name=name,
        description=" ".join(_text(entry, "description", wrong).split()),
        weight=_weight(entry, wrong),
        colour=_colour(entry, wrong),
        **lists,
    )


def _names(entry: Mapping[str, Any], wrong: Wrong) -> Iterator[str]:
    """Give all that the concepts of a theme are called in the thesaurus."""
    for label in _strings(entry, "concepts", wrong):
        try:
            yield from thesaurus().names(label)
        except KeyError as error:
            near = nearest(label, (one.label for one in thesaurus().concepts), 1)
            advice = f"did you mean {near[0]!r}?" if near else "add it with --terms FILE"
            raise wrong("concepts", f"{label!r} is not a label of the thesaurus; {advice}") from error


def _id(entry: Mapping[str, Any], name: str, wrong: Wrong) -> str:
    chosen = _text(entry, "id", wrong) or slug(name)
    if not _ID.match(chosen):
        raise wrong("id", f"{chosen!r} is not an id; use small letters, digits and hyphens: {slug(chosen)!r}")
    if chosen in RESERVED or chosen.startswith("new-"):
        raise wrong("id", f"the id {chosen!r} is taken by the program; use another")
    return chosen


def _weight(entry: Mapping[str, Any], wrong: Wrong) -> float:
    value = entry.get("weight", WHOLE)
    low, high = WEIGHTS
    if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
        raise wrong("weight", f"the weight is a number from {low} to {high:g}, not {value!r}")
    return float(value)


def _colour(entry: Mapping[str, Any], wrong: Wrong) -> str:
    value = _text(entry, "colour", wrong)
    if value and not _COLOUR.match(value):
        raise wrong("colour", f'{value!r} is not a colour; write red, green and blue as in "#1f77b4"')
    return value.lower()


def _text(entry: Mapping[str, Any], key: str, wrong: Wrong) -> str:
    value = entry.get(key, "")
    if not isinstance(value, str):
        raise wrong(key, f"{key} is one text between double quotes, not {value!r}")
    return value.strip()


def _strings(entry: Mapping[str, Any], key: str, wrong: Wrong) -> tuple[str, ...]:
    value = entry.get(key, [])
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise wrong(key, f'{key} is a list of texts: {key} = ["…", "…"]')
    cleaned = [" ".join(one.split()) for one in value]
    if not all(cleaned):
        raise wrong(key, f"{key} has an empty text in it; take it out")
    return tuple(dict.fromkeys(cleaned))


def _check_names(themes: Sequence[CodebookTheme], lines: _Lines) -> None:
    for key in ("id", "name"):
        seen: dict[str, int] = {}
        for number, theme in enumerate(themes):
            value: str = getattr(theme, key).casefold()
            if value in seen:
                raise lines.wrong(
                    number,
                    key,
                    f"the {key} {getattr(theme, key)!r} is that of theme {seen[value] + 1}, too; "
                    f"give one another {key}, or merge them",
                )
            seen[value] = number


def _check_merges(themes: Sequence[CodebookTheme], lines: _Lines) -> None:
    known = {name: theme.id for theme in themes for name in (theme.id, theme.name)}
    into: dict[str, str] = {}
    for number, theme in enumerate(themes):
        for name in theme.merge:
            if name not in known:
                raise lines.wrong(
                    number,
                    "merge",
                    f"no theme is called {name!r}; keep merged themes in the file",
                )
            into.setdefault(known[name], theme.id)
            if into[known[name]] != theme.id or _leads_to(theme.id, known[name], into):
                raise lines.wrong(number, "merge", f"{name!r} cannot be merged twice, or into itself")


def _leads_to(start: str, wanted: str, into: Mapping[str, str]) -> bool:
    """Tell whether following the merges from a theme comes to another one, or is that one."""
    for _ in range(len(into) + 1):
        if start == wanted:
            return True
        if start not in into:
            return False
        start = into[start]
    return True
