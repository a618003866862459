"""What moved between two runs by a codebook."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

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
