"""Inside a list of recommendations: which paragraphs make one recommendation.

What carries the number decides: a numbered paragraph owns the bullets and unnumbered paragraphs below
it; without numbers, bullets below a lead-in are recommendations of their own.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, takewhile, zip_longest

from srtminer.recommendations import directives, running
from srtminer.recommendations import request_phrases as phrases
from srtminer.recommendations.accident_reports import operative_groups, operative_units
from srtminer.recommendations.listing_parts import Part, Unit, Zone, without_replies
from srtminer.recommendations.number_carriers import (
    argues,
    bulleted_apart,
    is_carrier,
    is_label,
    labels_carry,
    without_preamble,
)
from srtminer.recommendations.printed_codes import code_alone
from srtminer.recommendations.running import wishes

MIN_DIRECTIVE = 0.5
"""In a chapter of conclusions and recommendations every numbered paragraph counts if half of them ask."""
MIN_OPERATIVE = 0.5
"""Where this share of what asks is "the Commission recommended that …", nothing else is a recommendation."""
FEW = 3
"""A list that says that no recommendations are made, and has no more entries than this, has none."""
TITLE = 90
"""Characters; a longer labelled paragraph is no title."""
FEWEST_LETTERED = 4
"""Letters below a lead-in that are a section's list."""
_SINGLE = re.compile(r"recommendation:?", re.IGNORECASE)
NESTED = 9
"""Depth of a plain number inside dotted ones."""


@dataclass(slots=True)
class _Group:
    """A numbered part and what it owns, in the making."""

    parts: list[Part]
    depth: int
    lead_in: str = ""


def units_of(zone: Zone) -> list[Unit]:
    """Find the recommendations of a zone."""
    parts = [part for part in without_replies(zone.parts) if part.paragraph.role != "row"]
    labelled = _labelled_sections(parts)
    rest = _beside_labels(zone, parts, labelled)
    units = _tagged([*labelled, *_listed(rest, zone.pure, zone.is_mixed)])
    units = _beside_tables(units, zone)
    if not zone.pure:
        units = _coded(parts) or units
    if not labelled and len(units) <= FEW and any(phrases.SAYS_NONE.search(part.text) for part in parts):
        return []
    return list(map(_trimmed, units))


def _beside_labels(zone: Zone, parts: Sequence[Part], labelled: Sequence[Unit]) -> list[Part]:
    """Give what is left beside the sections that are headed by labels.

    Where a chapter argues before it recommends, and has such sections, only labelled paragraphs are left.
    """
    taken = {id(part) for unit in labelled for part in unit.parts}
    rest = [part for part in parts if id(part) not in taken and not part.label]
    if labelled and zone.is_mixed:
        return [part for part in rest if is_label(part.number)]
    if not _SINGLE.fullmatch(zone.heading):
        return rest
    return [part for _, inside in groupby(rest, key=_section_of) for part in _first_of(list(inside), zone)]


def _coded(parts: Sequence[Part]) -> list[Unit]:
    """Find the sentences that a code on a line of its own closes.

    Why: under "Safety action required" each argument ends "Therefore, the Board recommends that", and below
    what is recommended stands "MSB Recommendation M09-03".
    """
    units = running.sentence_units(parts) if any(code_alone(part.code) for part in parts) else ()
    return [unit for unit in units if any(code_alone(part.code) for part in unit.parts)]


def _section_of(part: Part) -> int:
    return part.section


def _first_of(parts: Sequence[Part], zone: Zone) -> list[Part]:
    """Give what stands below a line "Recommendation" up to the next paragraph of the chapter's own count.

    Below headings of its own that is all of it.

    Why: committees print "Recommendation" over a paragraph, and go on to argue in the next one.
    """
    numbers = [part.number for part in parts if is_carrier(part)]
    head = parts[0]
    below = head.path.index(zone.heading) < len(head.path) - 1
    if below or not numbers or numbers[0] == "1":
        return list(parts)
    own = f"{head.number}." if is_carrier(head) else ""
    return list(
        takewhile(
            lambda part: part is head or not is_carrier(part) or (own and part.number.startswith(own)), parts
        )
    )


def _beside_tables(units: Sequence[Unit], zone: Zone) -> list[Unit]:
    """Leave out plain paragraphs of a section whose recommendations stand in a table.

    Why: below an action plan stands "Agencies should report progress a week before each meeting."
    """
    tables = {part.section for part in zone.parts if part.paragraph.role == "row"}
    return [
        unit for unit in units if unit.rule != "paragraph in a list" or unit.parts[0].section not in tables
    ]


def labelled_units(parts: Iterable[Part]) -> list[Unit]:
    """Find recommendations that carry their label with them, outside any list."""
    parts = [part for part in without_replies(parts) if part.paragraph.role != "row"]
    units = _labelled_sections(parts)
    units += _numbered(
        [part for part in parts if not part.label], lambda part: is_label(part.number), "label"
    )
    return [
        unit
        for unit in map(_trimmed, units)
        if any(directives.is_directive(part.text) for part in unit.parts)
    ]


def _tagged(units: list[Unit]) -> list[Unit]:
    """Keep what is tagged as a recommendation where a committee tags each entry of its list."""
    wanted = [
        unit
        for unit in units
        if "recommendation" in (directives.tag(unit.parts[0].text), directives.tag(unit.parts[-1].text))
    ]
    return wanted or units


def _labelled_sections(parts: Sequence[Part]) -> list[Unit]:
    """Take what stands below a heading such as "Recommendation 3" for one recommendation."""
    found = []
    for (_, label), group in groupby(parts, key=lambda part: (part.section, part.label)):
        inside = tuple(group)
        if label and not phrases.SUBHEADING_ENDS.search(inside[0].path[-1]):
            found.append(Unit(_asked_below(inside, label), "labelled heading"))
    return found


def _asked_below(parts: tuple[Part, ...], label: str) -> tuple[Part, ...]:
    """Give what a label stands over: all of it, but of investigators' arguments only where they recommend.

    Why: below "Recommendation one" come points of the chapter's count, and "2.2.3 On 2 August 2016 the
    Commission recommended that …" closes them.
    """
    points = (place for place, part in enumerate(parts) if phrases.OPERATIVE.search(part.text))
    place = next(points, 0)
    if not place or not parts[place].number:
        return _until_other_number(parts)
    first, *more = operative_units(parts[place:])[0].parts
    return (replace(first, paragraph=replace(first.paragraph, number=label)), *more)


def _until_other_number(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """Stop at the next paragraph of the chapter's own numbering."""
    for index, part in enumerate(parts[1:], start=1):
        if "." in part.number and part.paragraph.role == "text" and "." not in parts[0].number:
            return parts[:index]
    return parts


def _listed(parts: Sequence[Part], pure: bool, mixed: bool) -> list[Unit]:
    parts = without_preamble(parts)
    carriers = [part for part in parts if is_carrier(part)]
    if labels_carry(carriers, mixed):
        return _numbered(parts, lambda part: is_label(part.number), "label")
    if not carriers:
        return unnumbered(parts, pure=pure)
    parts, apart = bulleted_apart(parts)
    groups = _numbered(parts, is_carrier, "numbered list")
    answers = [] if pure and not mixed else answered_units(groups)
    if len(answers) >= MIN_DIRECTIVE * len([group for group in groups if len(group.parts) > 1]) > 0:
        return answers
    if pure and apart:
        return [*_listed(parts, pure, mixed), *unnumbered(apart)]
    if pure and not mixed and argues(groups):
        return list(running.sentence_units(parts))
    if pure and not mixed:
        groups = [group for group in groups if not directives.narrates(group.parts[0].text)]
    return _asked_of(groups, pure)


def _asked_of(groups: list[Unit], pure: bool) -> list[Unit]:
    """Choose among numbered paragraphs: what the investigators recommend, what asks, or all of them."""
    operative = operative_groups(groups)
    asking = [group for group in groups if directives.is_directive(group.parts[0].text)]
    plain = [group for group in asking if not operative_units(group.parts)]
    if operative and len(operative) >= MIN_OPERATIVE * len(plain):
        return operative
    if not pure and len(asking) < MIN_DIRECTIVE * len(groups):
        return [group for group in groups if directives.recommends(group.parts[0].text)]
    return groups


def answered_units(groups: Iterable[Unit]) -> list[Unit]:
    """Find what follows "Recommendation:" in numbered conclusions; the conclusion's number is its reference.

    Why: committees on accounts print "1. The Department does not know …" and below it "Recommendation: The
    Department should …".
    """
    found = []
    for group in groups:
        matches = ((place, phrases.ANSWERS.match(part.text)) for place, part in enumerate(group.parts))
        place, match = next(((place, match) for place, match in matches if place and match), (0, None))
        if match:
            first = group.parts[place]
            named = replace(first, paragraph=replace(first.paragraph, number=group.label))
            found.append(Unit((named, *group.parts[place + 1 :]), group.rule, group.lead_in, match.end()))
    return found


def _numbered(parts: Sequence[Part], carries: Callable[[Part], bool], rule: str) -> list[Unit]:
    """Group parts below the numbered (or labelled) paragraphs that own them."""
    dotted = any("." in part.number for part in parts if carries(part))
    groups: list[_Group] = []
    is_open = False
    lead_in = ""
    for part, after in zip_longest(parts, parts[1:]):
        depth = _depth(part.number, dotted)
        if after is not None and carries(after) and _addresses(part):
            is_open, lead_in = False, part.text
        elif carries(part) and not (groups and _owns(groups[-1], part, depth)):
            lead_in = lead_in if not groups or groups[-1].parts[0].section == part.section else ""
            groups.append(_Group([part], depth, lead_in))
            is_open = True
        elif groups and groups[-1].parts[0].section == part.section:
            apart = part.paragraph.boxed != groups[-1].parts[0].paragraph.boxed  # a box beside the list
            is_open = is_open and not apart and not (is_carrier(part) and not _owns(groups[-1], part, depth))
            if is_open:
                groups[-1].parts.append(part)
    return [unit for group in groups for unit in _unfolded(group.parts, rule, group.lead_in)]


def _addresses(part: Part) -> bool:
    """Tell a line over numbered recommendations that says who is asked: "The Board is recommended to:"."""
    return not part.number and running.leads(part)


def _unfolded(parts: Sequence[Part], rule: str, lead_in: str) -> list[Unit]:
    """Turn a group into a recommendation, or into those of the list that its head only opens."""
    head = parts[0].text
    if directives.only_talks(head):
        return unnumbered(parts[1:])
    if directives.is_bare_lead_in(head) and any(
        part.number for part in parts[1:] if part.paragraph.role == "item"
    ):
        return _items(parts[1:], head)
    return [Unit(_without_title(parts), rule, lead_in)]


def _without_title(parts: Sequence[Part]) -> tuple[Part, ...]:
    """Leave out what only names a labelled recommendation: "Recommendation 2: A list of those who are safer".

    The label goes to what asks below it.
    """
    head, below = parts[0], parts[1] if len(parts) > 1 else parts[0]
    named = is_label(head.number) and len(head.text) <= TITLE and head.text[-1].isalnum()
    asks = directives.is_directive(below.text) and not below.number and below.paragraph.role == "text"
    if not named or not asks or directives.is_directive(head.text) or phrases.GOES_ON.match(below.text):
        return tuple(parts)
    return (replace(below, paragraph=replace(below.paragraph, number=head.number)), *parts[2:])


def _depth(number: str, dotted: bool) -> int:
    return number.count(".") if "." in number or not dotted else NESTED


def _owns(group: _Group, part: Part, depth: int) -> bool:
    """Tell whether a deeper number is a part of the recommendation above instead of one itself."""
    head = group.parts[0]
    if depth != NESTED or group.depth == NESTED or part.section != head.section or is_label(part.number):
        return False
    return not directives.only_talks(head.text) and directives.is_directive(head.text)


def unnumbered(parts: Sequence[Part], *, pure: bool = False) -> list[Unit]:
    """Find recommendations where no paragraph carries a number, section by section.

    `pure` says that nothing but recommendations is announced.
    """
    units: list[Unit] = []
    for _, group in groupby(parts, key=lambda part: part.section):
        units += _unnumbered_section(list(group), pure)
    return units


def _unnumbered_section(parts: Sequence[Part], pure: bool) -> list[Unit]:
    units: list[Unit] = []
    blocks = groupby(parts, key=lambda part: part.paragraph.role == "item")
    lead = ""
    for is_items, block in blocks:
        inside = list(block)
        if not is_items:
            units += _paragraphs(inside, pure)
            lead = inside[-1].text if _opens_items(inside[-1].text) else ""
        elif units and not lead and _are_the_list(units[-1].parts[-1], parts, inside):
            units[-1:] = _items(inside, units[-1].parts[-1].text)
        elif units and not lead and units[-1].parts[-1].paragraph.role != "item":
            units[-1] = units[-1].extended(inside)
        else:
            units += _items(inside, lead if lead.endswith(":") else "")
    return units


def _are_the_list(opener: Part, parts: Sequence[Part], items: Sequence[Part]) -> bool:
    """Tell lettered points that are all of a section's list from the parts of one recommendation.

    Why: "The panel asks the Board to see that:" and below it a) to g), each of another matter.
    """
    lettered = sum(bool(part.number) for part in items)
    alone = sum(part.paragraph.role == "text" and part.text.endswith(":") for part in parts) == 1
    return opener.text.endswith(":") and alone and lettered >= FEWEST_LETTERED


def _paragraphs(parts: Sequence[Part], pure: bool) -> list[Unit]:
    units: list[Unit] = []
    for part in parts:
        split = wishes(part.text)
        if len(split) > 1:
            units += [Unit((part,), "paragraph in a list", begin=start, finish=end) for start, end in split]
        elif units and phrases.GOES_ON.match(part.text):
            units[-1] = units[-1].extended([part])
        elif (
            (directives.is_directive(part.text) or (pure and directives.assigns(part.text)))
            and not directives.is_about(part.text)
            and not directives.is_bare_lead_in(part.text)
        ):
            units.append(Unit((part,), "paragraph in a list"))
    return units


def _items(parts: Sequence[Part], lead_in: str) -> list[Unit]:
    """Take each bullet for one recommendation; below lettered ones, bullets without a letter are parts."""
    units: list[Unit] = []
    lettered = bool(parts and parts[0].number)
    for part in parts:
        if units and ((lettered and not part.number) or _is_deeper(part, parts[0], units[-1].parts[0])):
            units[-1] = units[-1].extended([part])
        else:
            units.append(Unit((part,), "listed item", lead_in))
    return units


def _is_deeper(part: Part, first: Part, head: Part) -> bool:
    """Tell a bullet that is a part of the one above: set in, or of another sign below "… at night by:"."""
    if part.paragraph.level > first.paragraph.level + 3:
        return True
    return head.text.endswith(":") and part.paragraph.level > head.paragraph.level


def _opens_items(text: str) -> bool:
    return directives.is_bare_lead_in(text) or directives.is_about(text) or not directives.is_directive(text)


def _trimmed(unit: Unit) -> Unit:
    """Cut what trails behind a recommendation: outcomes, signatures, talk about all of them."""
    parts = list(unit.parts)
    for index, part in enumerate(parts[1:], start=1):
        if part.paragraph.role == "text" and _ends_before(part.text):
            parts = parts[:index]
            break
    while len(parts) > 1 and _is_signature(parts):
        parts.pop()
    return replace(unit, parts=tuple(parts))


def _ends_before(text: str) -> bool:
    if phrases.KEY_VALUE.match(text):
        return True
    return directives.is_about(text) and "recommendations" in text.lower()


def _is_signature(parts: Sequence[Part]) -> bool:
    """Tell a short line at the end that is no sentence, unless a list was opened."""
    last = parts[-1]
    if last.paragraph.role != "text" or any(part.text.endswith(":") for part in parts[:-1]):
        return False
    return len(last.text) < 80 and not last.text.endswith((".", ":", ";", "!", "?", ")"))
