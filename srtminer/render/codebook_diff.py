"""What moved between two runs by a codebook, as a result."""

from collections.abc import Iterator, Mapping, Sequence

from srtminer.codebooks.history import NOWHERE, Difference, Move, ThemeChange
from srtminer.render.figures import counted
from srtminer.render.result import Json, Result, Table, Text, described

NO_THEME = "no theme"
COLUMNS = described(
    ("theme", "Id of the theme; none for no theme."),
    ("name", "Its name."),
    ("state", "What became of the theme: new, gone, renamed or kept."),
    ("change", "gained or lost; the state again where the row is about the theme itself."),
    ("id", "Of the recommendation that came or went."),
    ("recommendation", "Its source."),
    ("other_theme", "Id of the theme that it came from or went to."),
    ("other_name", "Its name."),
)
"""One row per recommendation that came or went; a theme that is new, gone or renamed has one without."""

Named = Mapping[str, str]
"""Citations by the ids of recommendations; of those that are gone there is none."""


def diff_result(moved: Difference | None, named: Named, changes: Sequence[str] = ()) -> Result:
    """Give what came to each theme and what went, and how much stayed.

    `changes` are those of the codebook itself; without a store there is nothing that moved.
    """
    moved = moved or Difference((), {}, 0, 0)
    body = {
        "changes": list(changes),
        "recommendations": moved.recommendations,
        "stayed": moved.stayed,
        "themes": [_entry(change) for change in moved.themes],
    }
    themes = (_theme(change, moved, named) for change in moved.themes if change.changed)
    told = (*map(Text, changes), *((Text(),) if changes else ()))
    blocks = (*told, *(block for theme in themes for block in theme), Text(totals(moved)))
    return Result("codebook-diff", Table.of(COLUMNS, _rows(moved, named)), body, lambda _: blocks)


def totals(moved: Difference) -> str:
    """Give "94 of 96 recommendations stayed where they were"."""
    if not moved.recommendations:
        return "No recommendation is in both."
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


def _sides(change: ThemeChange) -> tuple[tuple[str, str, str, Sequence[Move]], ...]:
    return ("gained", "+", "from", change.gained), ("lost", "-", "to", change.lost)


def _theme(change: ThemeChange, moved: Difference, named: Named) -> Iterator[Text]:
    before, after = change.stayed + len(change.lost), change.stayed + len(change.gained)
    marks = {"new": " (new)", "gone": " (gone)", "renamed": f" (was called {change.before})"}
    mark = marks.get(state(change), "")
    yield Text(f"{_name(change.id, moved)}{mark}: {before} → {after}", style="bold")
    for _, sign, word, moves in _sides(change):
        gone = "new" if word == "from" else "gone"
        for move in moves:
            where = f"{word} {_name(move.other, moved)}" if move.known else gone
            yield Text(f"{sign} {named.get(move.recommendation, move.recommendation)}, {where}", 2)
    yield Text()


def _name(theme: str, moved: Difference) -> str:
    return NO_THEME.capitalize() if theme == NOWHERE else moved.names[theme]


def _entry(change: ThemeChange) -> Json:
    entry: Json = {
        "id": change.id or None,
        "before": change.before or None,
        "now": change.now or None,
        "state": state(change),
        "stayed": change.stayed,
    }
    for what, _, word, moves in _sides(change):
        entry[what] = [
            {"id": move.recommendation, word: move.other or None, "known": move.known} for move in moves
        ]
    return entry


def _rows(moved: Difference, named: Named) -> Iterator[Json]:
    for change in moved.themes:
        head = {"theme": change.id or "none", "name": _name(change.id, moved), "state": state(change)}
        if state(change) != "kept":
            yield head | {"change": state(change)}
        for what, _, _, moves in _sides(change):
            for move in moves:
                known = {"other_theme": move.other or "none", "other_name": _name(move.other, moved)}
                yield (
                    head
                    | {
                        "change": what,
                        "id": move.recommendation,
                        "recommendation": named.get(move.recommendation, move.recommendation),
                    }
                    | (known if move.known else {})
                )
