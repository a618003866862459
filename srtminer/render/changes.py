"""What moved between two runs by a codebook, and corrections before they are made, as results."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile

from srtminer.codebooks.codebook_changes import ThemeChange
from srtminer.correction_plan import Plan, summarised
from srtminer.model import Correction, Recommendation
from srtminer.render.result import Column, Json, Result, Table, Text
from srtminer.render.safe_text import begun, one_line
from srtminer.render.wording import Catalogue, page_range
from srtminer.text.names import counted

MOVED = (
    Column("theme", "Id of the theme; none for no theme."),
    Column("name", "Its name."),
    Column("state", "What became of the theme: new, gone, renamed or kept."),
    Column("change", "gained or lost; the state again where the row is about the theme itself."),
    Column("id", "Of the recommendation that came or went."),
    Column("recommendation", "Its source."),
    Column("other_theme", "Id of the theme that it came from or went to."),
    Column("other_name", "Its name."),
)
"""One row per recommendation that came or went; a theme that is new, gone or renamed has one without."""

SIDES = (("gained", "+", "from", "new"), ("lost", "-", "to", "gone"))
"""What came and went: its key in JSON, its sign, the key of the other theme, and what has no other."""
MARKS = {"new": " (new)", "gone": " (gone)", "renamed": " (was called {})", "kept": ""}

Named = Mapping[str, str]
"""Citations by the ids of recommendations; of those that are gone there is none."""
Names = Mapping[str | None, str]
"""Of themes by their ids."""


def diff_result(moved: Sequence[ThemeChange], named: Named, changes: Sequence[str] = ()) -> Result:
    """Give what came to each theme and what went, and how much stayed.

    `changes` are those of the codebook itself; without a store there is nothing that moved.
    """
    themes = [_theme_json(change) for change in moved]
    names = {one["id"]: one["now"] or one["before"] or "No theme" for one in themes}
    stayed = sum(one.stayed for one in moved)
    both = stayed + sum(move["known"] for one in themes for move in one["gained"])
    body = {"changes": list(changes), "recommendations": both, "stayed": stayed, "themes": themes}
    told = (*map(Text, changes), *((Text(),) if changes else ()))
    changed = [one for one, change in zip(themes, moved, strict=True) if change.changed]
    total = f"{stayed:,} of {counted(both, 'recommendation')} stayed where they were."
    lines = (line for one in changed for line in _theme(one, names, named))
    rows = (row for one in themes for row in _rows(one, names, named))
    return Result("codebook-diff", Table.of(MOVED, rows), body, (*told, *lines, Text(total)))


def _theme_json(change: ThemeChange) -> Json:
    state = "kept" if change.before == change.now else "renamed"
    if change.before is None or change.now is None:
        state = "new" if change.before is None else "gone"
    entry: Json = {
        "id": change.id or None,
        "before": change.before or None,
        "now": change.now or None,
        "state": state,
        "stayed": change.stayed,
    }
    for (what, _, word, _), moves in zip(SIDES, (change.gained, change.lost), strict=True):
        entry[what] = [
            {"id": one, word: other or None, "known": other is not None} for one, other in moves.items()
        ]
    return entry


def _theme(theme: Json, names: Names, named: Named) -> Iterator[Text]:
    before, after = (theme["stayed"] + len(theme[what]) for what in ("lost", "gained"))
    mark = MARKS[theme["state"]].format(theme["before"])
    yield Text(f"{names[theme['id']]}{mark}: {before} → {after}", style="bold")
    for what, sign, word, alone in SIDES:
        for move in theme[what]:
            known = f"{word} {names[move[word]]}" if move["known"] else alone
            yield Text(f"{sign} {named.get(move['id'], move['id'])}, {known}", 2)
    yield Text()


def _rows(theme: Json, names: Names, named: Named) -> Iterator[Json]:
    head = {"theme": theme["id"] or "none", "name": names[theme["id"]], "state": theme["state"]}
    if theme["state"] != "kept":
        yield head | {"change": theme["state"]}
    for what, _, word, _ in SIDES:
        for move in theme[what]:
            came = {"change": what, "id": move["id"], "recommendation": named.get(move["id"], move["id"])}
            other = {"other_theme": move[word] or "none", "other_name": names[move[word]]}
            yield head | came | (other if move["known"] else {})


SHOWN = 480
"""Characters of a text that is added or deleted."""
AROUND = 5
"""Words shown on either side of what differs."""
NO_NUMBER = "without a number"
LOST = "what this corrects is no longer found"

CORRECTED = (
    Column("review", "Id of the review."),
    Column("change", "Edited, added, restored or deleted."),
    Column("line", "Line of the edited table."),
    Column("id", "Id of the recommendation."),
    Column("field", "What differs."),
    Column("was", "What it was."),
    Column("now", "What it will be, or is."),
)


def correction_result(plans: Sequence[Plan], catalogue: Catalogue, *, applied: bool) -> Result:
    """Show the changes of each review, and how many there are; `applied` says whether they are made."""
    reviews: list[Json] = [
        {
            "review": plan.review_id,
            "source": catalogue.records[plan.review_id].source,
            "changes": [_change_json(change) for change in plan.changes],
        }
        for plan in plans
    ]
    warnings = list(summarised(remark for plan in plans for remark in plan.remarks))
    rows = (
        {"review": review["review"]} | change | field
        for review in reviews
        for change in review["changes"]
        for field in change["fields"]
    )
    lines = [line for plan in plans if plan.changes for line in _review(plan, catalogue)]
    total = Text(changes_told(plans) if plans or not applied else "No corrections in the store.")
    body = {"applied": applied, "reviews": reviews, "warnings": warnings}
    return Result("correct", Table.of(CORRECTED, rows), body, (*lines, total))


def changes_told(plans: Sequence[Plan]) -> str:
    """Give "2 edited · 1 deleted in 2 reviews"."""
    kinds = Counter(change.kind for plan in plans for change in plan.changes)
    if not kinds:
        return "No differences."
    reviews = counted(sum(bool(plan.changes) for plan in plans), "review")
    return f"{' · '.join(f'{number:,} {kind}' for kind, number in sorted(kinds.items()))} in {reviews}"


def _fields(change: Correction) -> tuple[tuple[str, str, str], ...]:
    """List the fields that differ: name, what it was, what it will be."""
    before, after = ({} if one is None else _values(one) for one in (change.before, change.after))
    pairs = ((name, before.get(name, ""), after.get(name, "")) for name in before or after)
    return tuple((name, was, now) for name, was, now in pairs if was != now)


def _where_they_differ(was: str, now: str) -> Iterator[str]:
    """Cut two texts to where they differ, with a few words around it; a line break differs from a space."""
    old, new = was.split(" "), now.split(" ")
    before = _alike(old, new)
    after = _alike(old[before:][::-1], new[before:][::-1])
    start = max(0, before - AROUND)
    for words in (old, new):
        end = min(len(words), len(words) - after + AROUND)
        yield " ".join(["…"] * (start > 0) + words[start:end] + ["…"] * (end < len(words)))


def _alike(one: Sequence[str], other: Sequence[str]) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _review(plan: Plan, catalogue: Catalogue) -> Iterator[Text]:
    record = catalogue.records[plan.review_id]
    yield Text(catalogue.names[record.id], style="bold")
    yield Text(f"{record.id}  {record.source}", 2, "dim")
    for change in plan.changes:
        one = change.before or change.after
        pages = page_range(record, one.page, one.last_page) if one else ""
        place = ", ".join(filter(None, (one.reference or NO_NUMBER, pages))) if one else ""
        line = f" (line {change.line})" if change.line else ""
        yield Text(f"{change.kind}: {place}{line}", 2, "bold")
        if not change.fits:
            now = "your version is kept" if change.after else "found in other words, it is back"
            yield Text(f"{LOST}; {now}", 4)
        if change.kind == "edited":
            for name, was, now in _fields(change):
                old, new = _where_they_differ(was, now)
                yield Text(f"{name}:", 4, "dim")
                yield from (Text(f"- {old or '(empty)'}", 4), Text(f"+ {new or '(empty)'}", 4))
        elif one := change.before if change.kind == "deleted" else change.after:
            yield Text(f"{'-' if change.kind == 'deleted' else '+'} {begun(one.text, SHOWN)}", 4)
    yield Text()


def _change_json(change: Correction) -> Json:
    one = change.after or change.before
    return {
        "change": change.kind,
        "line": change.line,
        "id": one.id if one else None,
        "fits": change.fits,
        "fields": [{"field": name, "was": was, "now": now} for name, was, now in _fields(change)],
    }


def _values(one: Recommendation) -> dict[str, str]:
    """Give what can be corrected as cells."""
    return {
        "reference": "; ".join(one.references),
        "text": one.text,
        "agency": "; ".join(agency.name for agency in one.agencies),
        "lead": one_line(one.lead),
        "date": one_line(one.date),
        "page": str(one.page) if one.page == one.last_page else f"{one.page}–{one.last_page}",
    }
