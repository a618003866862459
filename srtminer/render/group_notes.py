"""What the reader of a comparison should know of its groups: who is in none, in several, or not counted."""

from collections.abc import Iterator, Sequence

from srtminer.comparisons import NOT_KNOWN, Finding, Tested, Unplaced
from srtminer.model import GroupSize
from srtminer.render.catalogue import Catalogue
from srtminer.render.figures import counted

SHOWN = 5
"""Reviews that are named; of more their number is given."""
GIVE = "; fill it in with `srtminer ingest --metadata FILE`"


def remarks(tested: Tested, catalogue: Catalogue) -> Iterator[str]:
    """Give one sentence or two for each thing that the figures leave open."""
    for one in tested.unplaced:
        yield _unplaced(one, catalogue, grouped=bool(tested.counts.by))
    if len(tested.contrasts) > 1:
        yield from _overlap_of_several(tested)
    elif not tested.trend:
        yield from _overlap_of_two(tested)
    if len([group for group in tested.counts.groups if group.name != NOT_KNOWN]) == 1:
        yield f"There is only one {'period' if tested.trend else 'group'}, and nothing to compare it with."
    if not tested.counts.rows:
        yield "No recommendation is in a theme: there is no difference to be tested."
    if holding := sum(_holds_zero(one) for findings in tested.findings for one in findings):
        yield (
            f"Found although the interval holds 0: {counted(holding, 'difference')}. The interval is that of "
            "the share of all recommendations, to which long reviews add most; the test counts reviews more "
            "evenly."
        )
    if tested.without:
        yield _without(tested)


def _holds_zero(one: Finding) -> bool:
    return (
        one.verdict == "differs" and one.low is not None and one.high is not None and one.low <= 0 <= one.high
    )


def _unplaced(one: Unplaced, catalogue: Catalogue, *, grouped: bool) -> str:
    reviews, asked = counted(len(one.reviews), "review"), counted(one.recommendations, "recommendation")
    where = f"shown under “{NOT_KNOWN}” and compared with nothing" if grouped else "left out of both groups"
    if one.field == "agency":
        return f"No agency is named in {asked} of {reviews}, {where}."
    return f"No {one.field} is known of {reviews} with {asked}, {where}: {_names(one, catalogue)}{GIVE}."


def _names(one: Unplaced, catalogue: Catalogue) -> str:
    names = [catalogue.names[record.id] for record in one.reviews]
    more = len(names) - SHOWN
    return ", ".join(names[:SHOWN]) + (f" and {more:,} more" if more > 0 else "")


def _overlap_of_two(tested: Tested) -> Iterator[str]:
    for contrast in tested.contrasts:
        overlap = contrast.overlap
        reviews = counted(overlap.reviews, "review")
        if contrast.alike:
            yield "Both groups are the same recommendations: there is no difference to be found."
        elif overlap.recommendations:
            stand, have = _verb(overlap.recommendations, "stand"), _verb(overlap.reviews, "have")
            asked = counted(overlap.recommendations, "recommendation")
            yield (
                f"The groups overlap: {asked} {stand} in both, and {reviews} {have} recommendations in both. "
                "These count on both sides, and the test allows for it."
            )
        elif overlap.reviews:
            verb = _verb(overlap.reviews, "have")
            yield f"{reviews} {verb} recommendations in both groups; the test allows for it."


def _overlap_of_several(tested: Tested) -> Iterator[str]:
    overlap = tested.overlap
    if overlap.reviews:
        too = counted(overlap.recommendations, "recommendation")
        several = f", as {_verb(overlap.recommendations, 'do')} {too}" if overlap.recommendations else ""
        yield (
            f"The groups overlap: {counted(overlap.reviews, 'review')} {_verb(overlap.reviews, 'stand')} in "
            f"several{several}. Each group is compared with what is only in others; the test allows for "
            "reviews on both sides."
        )


def _without(tested: Tested) -> str:
    groups = [group for group in tested.counts.groups if group.without]
    parts = list(dict.fromkeys(_of_group(group) for group in groups))
    listed = f" ({_listed(parts)})" if parts else ""
    verb = _verb(tested.without, "be")
    return f"{counted(tested.without, 'review')} without recommendations {verb} not counted{listed}."


def _of_group(group: GroupSize) -> str:
    return f"{group.without:,} {group.name if group.name == NOT_KNOWN else f'of {group.name}'}"


def _listed(parts: Sequence[str]) -> str:
    more = len(parts) - SHOWN
    return ", ".join(parts[:SHOWN]) + (f" and {more:,} more groups" if more > 0 else "")


def _verb(number: int, plural: str) -> str:
    """Give the form of a verb for a number."""
    singular = {"have": "has", "be": "is", "do": "does"}.get(plural, f"{plural}s")
    return singular if number == 1 else {"be": "are"}.get(plural, plural)
