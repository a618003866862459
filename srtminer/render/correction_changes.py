"""Corrections as people check them before they agree: what was and what will be, side by side."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import takewhile

from srtminer.corrections.correction_plan import Change, Plan, summarised
from srtminer.model import Recommendation
from srtminer.render.catalogue import Catalogue
from srtminer.render.figures import counted
from srtminer.render.result import Json, Result, Table, Text, described
from srtminer.render.safe_text import one_line

CONTEXT = 5
"""Words shown on either side of what differs."""
SHOWN = 40
"""Words of a text that is added, deleted or differs all over."""

NO_NUMBER = "without a number"
LOST = "what this corrects is no longer found; your version is kept"

COLUMNS = described(
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
    """Show the changes of each review, and their totals; `applied` says whether they stand."""
    body = {
        "applied": applied,
        "reviews": [
            {
                "review": plan.review_id,
                "source": catalogue.source(plan.review_id),
                "changes": [_entry(change) for change in plan.changes],
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
    total = Text(totals(plans) if plans or not applied else "No corrections in the store.")
    return Result("correct", Table(COLUMNS, rows), body, lambda _: (*lines, total))


def totals(plans: Sequence[Plan]) -> str:
    """Give "2 edited · 1 deleted in 2 reviews"."""
    kinds = Counter(change.kind for plan in plans for change in plan.changes)
    if not kinds:
        return "No differences."
    reviews = counted(sum(bool(plan.changes) for plan in plans), "review")
    return f"{' · '.join(f'{number:,} {kind}' for kind, number in sorted(kinds.items()))} in {reviews}"


def fields_of(change: Change) -> tuple[Field, ...]:
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
    """Count the words that both begin with."""
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


def _change(change: Change, catalogue: Catalogue) -> Iterator[Text]:
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


def _entry(change: Change) -> Json:
    return {
        "change": change.kind,
        "line": change.line,
        "id": _id(change),
        "fits": change.fits,
        "fields": [{"field": name, "was": was, "now": now} for name, was, now in fields_of(change)],
    }


def _id(change: Change) -> str | None:
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
