"""What moved between two runs by a codebook, and what changed in the codebook itself, in words."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from srtminer.codebooks.codebook_format import Codebook, CodebookTheme
from srtminer.model import ThemeTable

NOWHERE = ""
"""Stands for no theme."""


@dataclass(frozen=True, slots=True)
class Run:
    """Which theme each recommendation had."""

    themes: Mapping[str, str]
    """Names by id."""
    members: Mapping[str, str]
    """Ids of themes, or `NOWHERE`, by the ids of the recommendations."""


@dataclass(frozen=True, slots=True)
class Move:
    """A recommendation that came or went."""

    recommendation: str
    """Its id."""
    other: str
    """Id of the theme that it came from or went to, or `NOWHERE`."""
    known: bool
    """False: it came with a new review, or went with one that is no longer there."""


@dataclass(frozen=True, slots=True)
class ThemeChange:
    """One theme then and now."""

    id: str
    before: str | None
    """Its name then; None if it was not there."""
    now: str | None
    """Its name now; None if it is gone."""
    stayed: int
    gained: tuple[Move, ...]
    lost: tuple[Move, ...]

    @property
    def changed(self) -> bool:
        """Whether there is anything to tell."""
        return self.before != self.now or bool(self.gained) or bool(self.lost)


@dataclass(frozen=True, slots=True)
class Difference:
    """What moved; the themes as they are ranked now, then those that are gone, last what fits none."""

    themes: tuple[ThemeChange, ...]
    names: Mapping[str, str]
    """Of all themes then and now, by id; now where both."""
    recommendations: int
    """In both runs."""
    stayed: int
    """Of those, with the same theme."""


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


def difference(before: Run, now: Run) -> Difference:
    """Tell what moved."""
    gone = [theme for theme in before.themes if theme not in now.themes]
    both = [one for one in now.members if one in before.members]
    return Difference(
        themes=tuple(_change(before, now, theme) for theme in (*now.themes, *gone, NOWHERE)),
        names=dict(before.themes) | dict(now.themes),
        recommendations=len(both),
        stayed=sum(before.members[one] == now.members[one] for one in both),
    )


def _change(before: Run, now: Run, theme: str) -> ThemeChange:
    was = [one for one, of in before.members.items() if of == theme]
    has = [one for one, of in now.members.items() if of == theme]
    return ThemeChange(
        id=theme,
        before=before.themes.get(theme, NOWHERE if theme == NOWHERE else None),
        now=now.themes.get(theme, NOWHERE if theme == NOWHERE else None),
        stayed=sum(now.members.get(one) == theme for one in was),
        gained=tuple(_move(one, before) for one in has if before.members.get(one) != theme),
        lost=tuple(_move(one, now) for one in was if now.members.get(one) != theme),
    )


def _move(recommendation: str, other: Run) -> Move:
    return Move(recommendation, other.members.get(recommendation, NOWHERE), recommendation in other.members)


LISTED = {"cues": "cue", "hints": "hint", "merge": "part"}
COUNTED = {"examples": "example", "also": "second member", "never": "exclusion"}
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
