"""Inside a list of recommendations: which paragraphs make one recommendation.

What carries the number decides: a numbered paragraph owns the bullets and unnumbered paragraphs below
it; without numbers, bullets below a lead-in are recommendations of their own.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from srtminer.recommendations import judge, phrases
from srtminer.recommendations.parts import Part, Zone, without_replies

MIN_DIRECTIVE = 0.5
"""In a chapter of conclusions and recommendations every numbered paragraph counts if half of them ask."""
MIN_OPERATIVE = 0.5
"""Where this share of what asks is "the Commission recommended that …", nothing else is a recommendation."""
MAX_FINDING = 2.5
"""A finding up to this many times as long as the recommendation after it is kept with it."""
NESTED = 9
"""Depth of a plain number inside dotted ones."""


@dataclass(frozen=True, slots=True)
class Unit:
    """The paragraphs of one recommendation."""

    parts: tuple[Part, ...]
    rule: str
    lead_in: str = ""
    """The line that opened the list it stands in."""

    @property
    def label(self) -> str:
        """The printed reference: the paragraph's number, or the label above it."""
        return self.parts[0].number or self.parts[0].label


def units_of(zone: Zone) -> list[Unit]:
    """Find the recommendations of a zone."""
    parts = [part for part in without_replies(zone.parts) if part.paragraph.role != "row"]
    labelled = _labelled_sections(parts)
    taken = {id(part) for unit in labelled for part in unit.parts}
    rest = [part for part in parts if id(part) not in taken and not part.label]
    units = [*labelled, *_listed(rest, zone.pure)]
    if any(judge.tag(unit.parts[-1].text) == "recommendation" for unit in units):
        units = [unit for unit in units if judge.tag(unit.parts[-1].text) == "recommendation"]
    return [unit for unit in map(_trimmed, units) if unit is not None]


def labelled_units(parts: Iterable[Part]) -> list[Unit]:
    """Find recommendations that carry their label with them, outside any list."""
    parts = [part for part in without_replies(parts) if part.paragraph.role != "row"]
    units = [*_labelled_sections(parts), *_numbered([p for p in parts if not p.label], labels_only=True)]
    return [unit for unit in map(_trimmed, units) if unit is not None]


def _labelled_sections(parts: Sequence[Part]) -> list[Unit]:
    """Take what stands below a heading such as "Recommendation 3" for one recommendation."""
    found = []
    for (_, label), group in groupby(parts, key=lambda part: (part.section, part.label)):
        inside = tuple(group)
        if label and not phrases.SUBHEADING_ENDS.search(inside[0].path[-1]):
            found.append(Unit(inside, "labelled heading"))
    return found


def _listed(parts: Sequence[Part], pure: bool) -> list[Unit]:
    groups = _numbered(parts, labels_only=any(is_label(part.number) for part in parts))
    if not groups:
        return _unnumbered(parts)
    operative = [unit for group in groups for unit in _operative(group)]
    asking = [group for group in groups if judge.is_directive(group.parts[0].text)]
    plain = [group for group in asking if not _operative(group)]
    if operative and len(operative) >= MIN_OPERATIVE * len(plain):
        return operative
    if not pure and len(asking) < MIN_DIRECTIVE * len(groups):
        return [group for group in groups if judge.recommends(group.parts[0].text)]
    return groups


def is_label(number: str) -> bool:
    """Tell "Recommendation 3" or "R7" from "4.12"."""
    return bool(phrases.LABELLED.match(number) or phrases.CODED.fullmatch(number))


def _numbered(parts: Sequence[Part], *, labels_only: bool) -> list[Unit]:
    """Group parts below the numbered (or labelled) paragraphs that own them."""
    dotted = any("." in part.number for part in parts)
    groups: list[list[Part]] = []
    depths: list[int] = []
    for part in parts:
        carrier = is_label(part.number) if labels_only else _is_carrier(part)
        depth = _depth(part.number, dotted)
        if carrier and not (groups and _owns(groups[-1], depths[-1], part, depth)):
            groups.append([part])
            depths.append(depth)
        elif groups and groups[-1][0].section == part.section:
            groups[-1].append(part)
    rule = "label" if labels_only else "numbered list"
    return [Unit(tuple(group), rule) for group in groups if not _is_only_talk(group[0].text)]


def _is_carrier(part: Part) -> bool:
    return bool(part.number) and part.paragraph.role in ("text", "heading")


def _depth(number: str, dotted: bool) -> int:
    if "." in number or not dotted:
        return number.count(".")
    return NESTED


def _owns(group: Sequence[Part], depth: int, part: Part, part_depth: int) -> bool:
    """Tell whether a deeper number is a part of the recommendation above instead of one itself."""
    head = group[0]
    if part_depth <= depth or part.section != head.section:
        return False
    return not _is_only_talk(head.text) and judge.is_directive(head.text) and part_depth == NESTED


def _is_only_talk(text: str) -> bool:
    return judge.only_talks(text) or (
        judge.is_lead_in(text) and not judge.is_directive(text.rsplit(".", 1)[0])
    )


def _operative(group: Unit) -> list[Unit]:
    """Split a numbered group at "the Commission recommended that"; the finding before goes with it."""
    found: list[list[Part]] = []
    waiting: list[Part] = []
    for part in group.parts:
        if phrases.OPERATIVE.search(part.text):
            found.append([*waiting, part])
            waiting = []
        elif found and part.paragraph.role == "item":
            found[-1].append(part)
        else:
            waiting.append(part)
    return [Unit(tuple(_with_finding(parts)), "operative sentence") for parts in found]


def _with_finding(parts: Sequence[Part]) -> Sequence[Part]:
    """Keep the finding that a recommendation answers if it is not much longer than what is asked."""
    start = next(index for index, part in enumerate(parts) if phrases.OPERATIVE.search(part.text))
    finding = sum(len(part.text) for part in parts[:start])
    asked = sum(len(part.text) for part in parts[start:])
    return parts if finding <= MAX_FINDING * asked else parts[start:]


def _unnumbered(parts: Sequence[Part]) -> list[Unit]:
    units: list[Unit] = []
    for _, group in groupby(parts, key=lambda part: part.section):
        units += _unnumbered_section(list(group))
    return units


def _unnumbered_section(parts: Sequence[Part]) -> list[Unit]:
    units: list[Unit] = []
    lead = ""
    for part in parts:
        if part.paragraph.role == "item":
            if units and not lead and units[-1].rule != "listed item":
                units[-1] = Unit((*units[-1].parts, part), units[-1].rule)
            else:
                units.append(Unit((part,), "listed item", lead))
            continue
        lead = part.text if part.text.endswith(":") and _opens_items(part.text) else ""
        if not lead and judge.is_directive(part.text) and not judge.is_about(part.text):
            units.append(Unit((part,), "paragraph in a list"))
    return units


def _opens_items(text: str) -> bool:
    return judge.is_lead_in(text) or judge.is_about(text) or not judge.is_directive(text)


def _trimmed(unit: Unit) -> Unit | None:
    """Cut what trails behind a recommendation: signatures, talk about all of them."""
    parts = list(unit.parts)
    for index, part in enumerate(parts[1:], start=1):
        if (
            part.paragraph.role == "text"
            and judge.is_about(part.text)
            and "recommendations" in part.text.lower()
        ):
            parts = parts[:index]
            break
    while len(parts) > 1 and parts[-1].paragraph.role == "text" and _is_signature(parts[-1].text):
        parts.pop()
    return Unit(tuple(parts), unit.rule, unit.lead_in) if parts else None


def _is_signature(text: str) -> bool:
    return len(text) < 80 and not text.endswith((".", ":", ";", "!", "?", ")"))
