"""What moved between two runs by a codebook."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from rich.console import RenderableType

from srtminer.codebooks.history import NOWHERE, Difference, Move, ThemeChange
from srtminer.render import as_csv as spreadsheets
from srtminer.render import as_markdown as markdown
from srtminer.render.characters import ESCAPES
from srtminer.render.figures import counted
from srtminer.render.layout import Below, below, plain, to_text
from srtminer.render.rows import Rows
from srtminer.render.screen import Screen

NO_THEME = "no theme"
HEADER = ("theme", "name", "state", "change", "id", "recommendation", "other_theme", "other_name")

Named = Mapping[str, str]
"""Citations by the ids of recommendations; of those that are gone there is none."""


def as_table(moved: Difference, named: Named, screen: Screen) -> str:
    """Show what came to each theme and what went, and how much stayed."""
    lines = [line for change in moved.themes if change.changed for line in _theme(change, moved, named)]
    return to_text([*lines, plain(totals(moved))], screen)


def as_json(moved: Difference) -> str:
    """Render under `srtminer.codebook-diff/1`."""
    document = {
        "schema": "srtminer.codebook-diff/1",
        "recommendations": moved.recommendations,
        "stayed": moved.stayed,
        "themes": [_entry(change) for change in moved.themes],
    }
    return json.dumps(document, ensure_ascii=False, indent=2).translate(ESCAPES) + "\n"


def as_csv(moved: Difference, named: Named) -> str:
    """One row per recommendation that came or went; a theme that is new, gone or renamed has one without."""
    return spreadsheets.from_rows(_rows(moved, named))


def as_markdown(moved: Difference, named: Named) -> str:
    """The same rows, and the totals."""
    return f"{markdown.from_rows(_rows(moved, named))}\n{markdown.escape(totals(moved))}\n"


def totals(moved: Difference) -> str:
    """Give "94 of 96 recommendations stayed where they were"."""
    if not moved.recommendations:
        return "None of these recommendations was in the last run."
    noun = counted(moved.recommendations, "recommendation")
    if moved.stayed == moved.recommendations and not any(change.changed for change in moved.themes):
        return f"Nothing moved: {noun} as before."
    return f"{moved.stayed:,} of {noun} stayed where they were."


def state(change: ThemeChange) -> str:
    """Say what became of the theme itself."""
    if change.before is None:
        return "new"
    if change.now is None:
        return "gone"
    return "renamed" if change.before != change.now else "kept"


def _theme(change: ThemeChange, moved: Difference, named: Named) -> Iterator[RenderableType]:
    before, after = change.stayed + len(change.lost), change.stayed + len(change.gained)
    name = _name(change.id, moved)
    marks = {"new": "new", "gone": "gone", "renamed": f"was called {change.before}"}
    mark = f" ({marks[state(change)]})" if state(change) in marks else ""
    yield plain(f"{name}{mark}: {before} → {after}", "bold")
    for sign, word, these in (("+", "from", change.gained), ("-", "to", change.lost)):
        for move in these:
            yield below(Below(f"{sign} {_cited(move, named)}, {_where(word, move, moved)}", 2))
    yield plain("")


def _where(word: str, move: Move, moved: Difference) -> str:
    if move.known:
        return f"{word} {_name(move.other, moved)}"
    return "new" if word == "from" else "gone"


def _cited(move: Move, named: Named) -> str:
    return named.get(move.recommendation, move.recommendation)


def _name(theme: str, moved: Difference) -> str:
    return NO_THEME.capitalize() if theme == NOWHERE else moved.names[theme]


def _entry(change: ThemeChange) -> dict[str, Any]:
    return {
        "id": change.id or None,
        "before": change.before or None,
        "now": change.now or None,
        "state": state(change),
        "stayed": change.stayed,
        "gained": [
            {"id": move.recommendation, "from": move.other or None, "known": move.known}
            for move in change.gained
        ],
        "lost": [
            {"id": move.recommendation, "to": move.other or None, "known": move.known} for move in change.lost
        ],
    }


def _rows(moved: Difference, named: Named) -> Rows:
    rows = []
    for change in moved.themes:
        head = (change.id or "none", _name(change.id, moved), state(change))
        if state(change) != "kept":
            rows.append((*head, state(change), "", "", "", ""))
        for word, these in (("gained", change.gained), ("lost", change.lost)):
            for move in these:
                other = (move.other or "none", _name(move.other, moved)) if move.known else ("", "")
                rows.append((*head, word, move.recommendation, _cited(move, named), *other))
    return Rows(HEADER, tuple(rows))
