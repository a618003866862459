"""Accident investigations: "On 3 May the Commission recommended that …" after the finding it answers."""

from collections.abc import Sequence

from srtminer.recommendations import request_phrases as phrases
from srtminer.recommendations.listing_parts import Part, Unit

MAX_FINDING = 2.5
"""A finding up to this many times as long as the recommendation after it is kept with it."""


def operative_units(parts: Sequence[Part]) -> list[Unit]:
    """Split a numbered group at its operative sentences; empty if it has none."""
    found: list[list[Part]] = []
    waiting: list[Part] = []
    for part in parts:
        if phrases.OPERATIVE.search(part.text):
            found.append([*waiting, part])
            waiting = []
        elif found and (part.paragraph.role == "item" or _is_open(found[-1])):
            found[-1].append(part)
        else:
            waiting.append(part)
    return [Unit(_with_finding(parts), "operative sentence") for parts in found]


def operative_groups(groups: Sequence[Unit]) -> list[Unit]:
    """Give the recommendations of numbered groups; each point below "6.1 … recommended that he:" is one.

    Why: "6.1.1 set a time … (001/04)" and "6.1.2 check the wagons … (002/04)" each have a code.
    """
    found: list[Unit] = []
    for group in groups:
        points = _points(group, groups) if phrases.OPERATIVE.search(group.parts[0].text) else []
        found += points or operative_units(group.parts)
    return found


def _points(opener: Unit, groups: Sequence[Unit]) -> list[Unit]:
    """Give the numbered points of a line that only opens them: "6.1.1", "6.1.2" of "6.1"."""
    text = opener.parts[0].text
    if len(opener.parts) > 1 or not text.endswith(":"):
        return []
    points = (group for group in groups if group.label.startswith(f"{opener.label}."))
    return [Unit(point.parts, "operative sentence", text) for point in points]


def _is_open(parts: Sequence[Part]) -> bool:
    """Tell an operative sentence that says no more than "… address the following safety issue:"."""
    return len(parts) == 1 and parts[0].text.endswith(":")


def _with_finding(parts: Sequence[Part]) -> tuple[Part, ...]:
    """Keep the finding that a recommendation answers if it is not much longer than what is asked."""
    start = next(index for index, part in enumerate(parts) if phrases.OPERATIVE.search(part.text))
    finding = sum(len(part.text) for part in parts[:start])
    asked = sum(len(part.text) for part in parts[start:])
    return tuple(parts if finding <= MAX_FINDING * asked else parts[start:])
