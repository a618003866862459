"""What a codebook says; its text becomes one, or an error that says what to change where."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from string import hexdigits
from typing import Any

from srtminer.errors import UsageError
from srtminer.text.names import BYTE_ORDER_MARK, checked_entry, nearest, slug
from srtminer.text.thesaurus import thesaurus

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

    def changed(self, theme: CodebookTheme, *new: CodebookTheme) -> "Codebook":
        """Give the codebook with another theme of the same id, and new ones at its end."""
        return replace(self, themes=(*(theme if one.id == theme.id else one for one in self.themes), *new))


def merged(codebook: Codebook) -> Codebook:
    """Give the codebook with merged themes taken into those that merge them, with all they have."""
    by_name = {name: theme for theme in codebook.themes for name in (theme.id, theme.name)}

    def whole(theme: CodebookTheme) -> CodebookTheme:
        parts = [whole(by_name[name]) for name in theme.merge]
        lists: dict[str, Any] = {
            field: tuple(dict.fromkeys(text for one in (theme, *parts) for text in getattr(one, field)))
            for field in JOINED
        }
        return replace(theme, merge=(), **lists)

    gone = {by_name[name].id for theme in codebook.themes for name in theme.merge}
    return replace(codebook, themes=tuple(whole(one) for one in codebook.themes if one.id not in gone))


def colour_of(written: str) -> str:
    """Give a colour as "#rrggbb", also of "#rgb"; nothing of what is none."""
    mark, digits = written[:1], written[1:].lower()
    if len(digits) == 3:
        digits = "".join(2 * digit for digit in digits)
    return f"#{digits}" if mark == "#" and len(digits) == 6 and set(digits) <= set(hexdigits) else ""


BUILT_IN = ("safeguarding",)
"""Codebooks that come with the program."""

LISTS = (*JOINED, "merge")
RESERVED = ("none", "new")
"""Why: "none" stands for what fits no theme, "new" for what a codebook does not know."""
WEIGHTS = (0.1, 10.0)
LONGEST_NAME = 200
"""Characters."""


def built_in(name: str) -> str:
    """Give the text of a codebook that comes with the program."""
    return (files("srtminer") / "data" / f"{name}.toml").read_text(encoding="utf-8")


def parse_codebook(text: str, file: str, title: str) -> Codebook:
    """Read a codebook; `file` is what errors call it, `title` its title if it names none.

    Raises `UsageError` with the theme and the key, and what to do about it.
    """
    try:
        data = tomllib.loads(text.removeprefix(BYTE_ORDER_MARK))
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{file} is not valid TOML: {error}; phrases stand between double quotes") from error
    entries = data.pop("theme", [])
    if not isinstance(entries, list) or not entries or not all(isinstance(entry, dict) for entry in entries):
        raise UsageError(f"{file} has no theme; begin each with a line [[theme]] and give it a name")
    place = file
    try:
        top = checked_entry(data, ("title",), ("forbid", "none"))
        themes: list[CodebookTheme] = []
        into: dict[str, str] = {}
        for number, entry in enumerate(entries, 1):
            place = f"{file}, theme {number}"
            themes.append(_theme(entry, themes))
        for number, theme in enumerate(themes, 1):
            place = f"{file}, theme {number}"
            _check_merges(theme, themes, into)
    except ValueError as error:
        raise UsageError(f"{place}: {error}") from error
    return Codebook(**{"title": title, "themes": tuple(themes)} | {key: top[key] for key in top if top[key]})


def _theme(entry: Mapping[str, Any], before: Sequence[CodebookTheme]) -> CodebookTheme:
    """Read a theme; raises `ValueError` for a name or an id that one before it has, too."""
    found = checked_entry(entry, ("id", "name", "description", "colour"), ("concepts", *LISTS), ("weight",))
    name = found.get("name", "")
    if not 0 < len(name) <= LONGEST_NAME:
        advice = 'write a line such as name = "Information sharing"'
        raise ValueError(f"its name has {len(name)} characters, not 1 to {LONGEST_NAME}; {advice}")
    found["cues"] = tuple(dict.fromkeys((*_names(found.pop("concepts", ())), *found.get("cues", ()))))
    if not any(found.get(key) for key in ("cues", "examples", "merge")):
        raise ValueError(f"{name!r} has neither cues nor examples, so nothing can belong to it; add cues")
    found["id"] = _id(found.get("id") or slug(name))
    weight, written, (low, high) = found.get("weight", WHOLE), found.get("colour", ""), WEIGHTS
    if isinstance(weight, bool) or not isinstance(weight, int | float) or not low <= weight <= high:
        raise ValueError(f"the weight is a number from {low} to {high:g}, not {weight!r}")
    if written and not colour_of(written):
        raise ValueError(f'{written!r} is not a colour; write red, green and blue as in "#1f77b4"')
    theme = CodebookTheme(**found | {"weight": float(weight), "colour": colour_of(written)})
    for number, other in enumerate(before, 1):
        for key in ("id", "name"):
            value: str = getattr(theme, key)
            if value.casefold() == getattr(other, key).casefold():
                advice = f"give one another {key}, or merge them"
                raise ValueError(f"the {key} {value!r} is that of theme {number}, too; {advice}")
    return theme


def _names(labels: Sequence[str]) -> Iterator[str]:
    """Give all that the concepts of a theme are called in the thesaurus."""
    for label in labels:
        try:
            yield from thesaurus().names(label)
        except KeyError as error:
            near = nearest(label, (one.label for one in thesaurus().concepts), 1)
            advice = f"did you mean {near[0]!r}?" if near else "add it with --terms FILE"
            raise ValueError(f"{label!r} is not a label of the thesaurus; {advice}") from error


def _id(chosen: str) -> str:
    if slug(chosen) != chosen or chosen in RESERVED or chosen.startswith(NEW_ID):
        raise ValueError(
            f"{chosen!r} cannot be an id; use small letters, digits and hyphens, as in “childs-voice”, "
            f"and not {', '.join(RESERVED)} or {NEW_ID}…"
        )
    return chosen


def _check_merges(theme: CodebookTheme, themes: Sequence[CodebookTheme], into: dict[str, str]) -> None:
    """Note in `into`, by id, what each theme is merged into; nothing goes two ways or round."""
    known = {name: one.id for one in themes for name in (one.id, one.name)}
    for name in theme.merge:
        if name not in known:
            raise ValueError(f"no theme is called {name!r}; keep merged themes in the file")
        whole = theme.id
        while whole in into and whole != known[name]:
            whole = into[whole]
        if known[name] in (whole, *into):
            raise ValueError(f"{name!r} cannot be merged twice, or into itself")
        into[known[name]] = theme.id
