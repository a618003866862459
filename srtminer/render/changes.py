"""What moved between two runs by a codebook, and corrections before they are made, as results."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile

from srtminer.codebooks.codebook_changes import NOWHERE, Difference, Move, ThemeChange
from srtminer.corrections.correction_plan import Plan, summarised
from srtminer.model import Correction, Recommendation
from srtminer.render.catalogue import Catalogue
from srtminer.render.figures import counted
from srtminer.render.result import Json, Result, Table, Text, described
from srtminer.render.safe_text import one_line

NO_THEME = "no theme"
MOVED = described(
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
        "themes": [_theme_json(change) for change in moved.themes],
    }
    themes = (_theme(change, moved, named) for change in moved.themes if change.changed)
    told = (*map(Text, changes), *((Text(),) if changes else ()))
    blocks = (*told, *(block for theme in themes for block in theme), Text(totals(moved)))
    return Result("codebook-diff", Table.of(MOVED, _rows(moved, named)), body, blocks)


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


def _theme_json(change: ThemeChange) -> Json:
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
        for what, move in ((what, move) for what, _, _, moves in _sides(change) for move in moves):
            cited = named.get(move.recommendation, move.recommendation)
            other = {"other_theme": move.other or "none", "other_name": _name(move.other, moved)}
            came = {"change": what, "id": move.recommendation, "recommendation": cited}
            yield head | came | (other if move.known else {})


CONTEXT = 5
"""Words shown on either side of what differs."""
SHOWN = 40
"""Words of a text that is added, deleted or differs all over."""

NO_NUMBER = "without a number"
LOST = "what this corrects is no longer found; your version is kept"

CORRECTED = described(
    ("review", "Id of the review."),
    ("change", "Edited, added, restored or deleted."),
    ("line", "Line of the edited table."),
    ("id", "Id of the recommendation."),
    ("field", "What differs."),
    ("was", "What it was."),
    ("now", "What it will be, or is."),
)

Field = tuple[str, str, str]
"""Its name, what it was and what it will be."""


def correction_result(plans: Sequence[Plan], catalogue: Catalogue, *, applied: bool) -> Result:
    """Show the changes of each review, and their changes_told; `applied` says whether they stand."""
    body = {
        "applied": applied,
        "reviews": [
            {
                "review": plan.review_id,
                "source": catalogue.source(plan.review_id),
                "changes": [_change_json(change) for change in plan.changes],
            }
            for plan in plans
        ],
        "warnings": list(summarised(remark for plan in plans for remark in plan.remarks)),
    }
    rows = tuple(
        (plan.review_id, change.kind, change.line, _id(change), *field)
        for plan in plans
        for change in plan.changes
        for field in fields_of(change)
    )
    lines = [line for plan in plans for line in _review(plan, catalogue)]
    total = Text(changes_told(plans) if plans or not applied else "No corrections in the store.")
    return Result("correct", Table(CORRECTED, rows), body, (*lines, total))


def changes_told(plans: Sequence[Plan]) -> str:
    """Give "2 edited · 1 deleted in 2 reviews"."""
    kinds = Counter(change.kind for plan in plans for change in plan.changes)
    if not kinds:
        return "No differences."
    reviews = counted(sum(bool(plan.changes) for plan in plans), "review")
    return f"{' · '.join(f'{number:,} {kind}' for kind, number in sorted(kinds.items()))} in {reviews}"


def fields_of(change: Correction) -> tuple[Field, ...]:
    """List the fields that differ."""
    before, after = _values(change.before), _values(change.after)
    return tuple((name, before[name], after[name]) for name in before if before[name] != after[name])


def excerpts(was: str, now: str) -> tuple[str, str]:
    """Cut two texts to where they differ, with a few words around it."""
    old, new = was.split(), now.split()
    first = _alike(old, new)
    last = _alike(old[first:][::-1], new[first:][::-1])
    return _cut(old, first, last), _cut(new, first, last)


def _alike(one: Sequence[str], other: Sequence[str]) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _cut(words: Sequence[str], same_before: int, same_after: int) -> str:
    start = max(0, same_before - CONTEXT)
    end = min(len(words), len(words) - same_after + CONTEXT)
    shown = [*words[start:end]]
    if len(shown) > 2 * SHOWN:
        shown = [*shown[:SHOWN], "[…]", *shown[-SHOWN:]]
    return " ".join(["…"] * (start > 0) + shown + ["…"] * (end < len(words)))


def _review(plan: Plan, catalogue: Catalogue) -> Iterator[Text]:
    if not plan.changes:
        return
    yield Text(catalogue.names[plan.review_id], style="bold")
    yield Text(f"{plan.review_id}  {catalogue.source(plan.review_id)}", 2, "dim")
    for change in plan.changes:
        yield from _change(change, catalogue)
    yield Text()


def _change(change: Correction, catalogue: Catalogue) -> Iterator[Text]:
    one = change.before or change.after
    place = ", ".join(filter(None, (one.reference or NO_NUMBER, catalogue.pages(one)))) if one else ""
    line = f" (line {change.line})" if change.line else ""
    yield Text(f"{change.kind}: {place}{line}", 2, "bold")
    if not change.fits:
        yield Text(LOST, 4)
    if change.kind == "edited":
        for name, was, now in fields_of(change):
            old, new = excerpts(was, now) if name == "text" else (was, now)
            yield Text(f"{name}:", 4, "dim")
            yield from (Text(f"- {old or '(empty)'}", 4), Text(f"+ {new or '(empty)'}", 4))
    elif shown := change.before if change.kind == "deleted" else change.after:
        words = shown.text.split()
        yield Text(" ".join(("-+"[shown is change.after], *words[:SHOWN], *["…"] * (len(words) > SHOWN))), 4)


def _change_json(change: Correction) -> Json:
    return {
        "change": change.kind,
        "line": change.line,
        "id": _id(change),
        "fits": change.fits,
        "fields": [{"field": name, "was": was, "now": now} for name, was, now in fields_of(change)],
    }


def _id(change: Correction) -> str | None:
    one = change.after or change.before
    return one.id if one else None


def _values(one: Recommendation | None) -> dict[str, str]:
    """Give what can be corrected as cells; empty ones where there is no recommendation."""
    pages = one and (str(one.page) if one.page == one.last_page else f"{one.page}–{one.last_page}")
    return {
        "reference": "; ".join(one.references) if one else "",
        "text": one.text if one else "",
        "agency": "; ".join(agency.name for agency in one.agencies) if one else "",
        "lead": one_line(one.lead) if one else "",
        "date": one_line(one.date) if one else "",
        "page": pages or "",
    }
