"""What differs between two codebooks, and what moved between two runs by them."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from srtminer.codebooks.codebook_format import Codebook, CodebookTheme
from srtminer.model import ThemeTable
from srtminer.text.names import counted

NOWHERE = ""
"""Stands for no theme."""


@dataclass(frozen=True, slots=True)
class Run:
    """Which theme each recommendation had."""

    themes: Mapping[str, str]
    """Names by id."""
    members: Mapping[str, str]
    """Ids of themes, or `NOWHERE`, by the ids of the recommendations."""


Moves = Mapping[str, str | None]
"""Where recommendations came from or went to, by their ids: None where the review is new or gone."""


@dataclass(frozen=True, slots=True)
class ThemeChange:
    """One theme then and now."""

    id: str
    before: str | None
    """Its name then; None if it was not there."""
    now: str | None
    """Its name now; None if it is gone."""
    stayed: int
    gained: Moves
    lost: Moves

    @property
    def changed(self) -> bool:
        """Whether there is anything to tell."""
        return self.before != self.now or bool(self.gained) or bool(self.lost)


def run_of(table: ThemeTable) -> Run:
    """Note which theme each recommendation has."""
    members = {one.id: theme.id for theme in table.themes for one in theme.members}
    members |= {one.id: NOWHERE for one in table.unthemed}
    return Run({theme.id: theme.label for theme in table.themes}, members)


def dump_run(run: Run) -> str:
    """Write a run as text."""
    return json.dumps({"themes": dict(run.themes), "members": dict(run.members)}, ensure_ascii=False)


def load_run(text: str) -> Run:
    """Read what `dump_run` wrote."""
    data = json.loads(text)
    return Run(data["themes"], data["members"])


def difference(before: Run, now: Run) -> tuple[ThemeChange, ...]:
    """Tell what moved: the themes as they are ranked now, then those that are gone, last what fits none."""
    gone = [theme for theme in before.themes if theme not in now.themes]
    return tuple(_change(before, now, theme) for theme in (*now.themes, *gone, NOWHERE))


def _change(before: Run, now: Run, theme: str) -> ThemeChange:
    was, has = ([one for one, of in run.members.items() if of == theme] for run in (before, now))
    there = None if theme else NOWHERE
    return ThemeChange(
        id=theme,
        before=before.themes.get(theme, there),
        now=now.themes.get(theme, there),
        stayed=sum(now.members.get(one) == theme for one in was),
        gained={one: other for one in has if (other := before.members.get(one)) != theme},
        lost={one: other for one in was if (other := now.members.get(one)) != theme},
    )


NAMED = {"cues": "cue", "hints": "hint", "merge": "part", "forbid": "forbidden name"}
"""What one of each list is called of which every text is told."""
COUNTED = {
    "examples": "example",
    "also": "shared recommendation",
    "never": "exclusion",
    "none": "unthemed recommendation",
}
"""The same of lists of which the number is told."""
SINGLE = ("description", "weight", "colour")


def book_changes(before: Codebook, after: Codebook) -> tuple[str, ...]:
    """Tell what changed, a line a thing: themes new, changed and gone, and lists of the codebook itself."""
    old, new = ({theme.id: theme for theme in book.themes} for book in (before, after))
    names = {theme.id: theme.name for theme in (*before.themes, *after.themes)}
    lines: list[str] = []
    for own_id, theme in new.items():
        was = old.get(own_id)
        lines += _theme_changes(was, theme, names) if was else [f"“{theme.name}” is new"]
    lines += (f"“{theme.name}” is gone" for own_id, theme in old.items() if own_id not in new)
    return (*lines, *_list_changes("the codebook", before, after, {}))


def _theme_changes(before: CodebookTheme, after: CodebookTheme, names: Mapping[str, str]) -> Iterator[str]:
    if before.name != after.name:
        yield f"“{before.name}” is called “{after.name}”"
    yield from _list_changes(f"“{after.name}”", before, after, names)
    for field in SINGLE:
        if getattr(before, field) != getattr(after, field):
            yield f"“{after.name}” has another {field}"


def _list_changes(name: str, before: object, after: object, names: Mapping[str, str]) -> Iterator[str]:
    for field, what in (NAMED | COUNTED).items():
        old, new = (getattr(one, field, ()) for one in (before, after))
        for verb, here, there in (("gains", new, old), ("loses", old, new)):
            these = [f"“{names.get(one, one)}”" for one in here if one not in there]
            if these and field in NAMED:
                yield f"{name} {verb} the {what}{'s' * (len(these) > 1)} {', '.join(these)}"
            elif these:
                yield f"{name} {verb} {counted(len(these), what)}"
