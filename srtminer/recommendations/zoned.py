"""Series from the stretches below headings of recommendations, and from labels, tags and lead-ins."""

from collections.abc import Iterable, Iterator, Sequence

from srtminer.model import Review, Section
from srtminer.recommendations import running
from srtminer.recommendations.asks import asks
from srtminer.recommendations.candidates import Item, Series, opened
from srtminer.recommendations.extent import even
from srtminer.recommendations.listing_parts import (
    Part,
    Unit,
    is_foreign,
    parts_of,
    without_contents,
    without_quotations,
    zones,
)
from srtminer.recommendations.units import labelled_units, units_of
from srtminer.structure import Node


def zoned(review: Review, sections: Sequence[Section], nodes: Sequence[Node], kind: str) -> Iterator[Series]:
    """Propose what each stretch lists, and what is labelled, tagged, announced or said in sentences."""
    whole = tuple(without_contents(parts_of(review, sections), sections))
    by_end = {node.paragraph.end: node for node in nodes}
    for maker, units in (*_listed(tuple(without_quotations(whole)), kind), *_loose(whole)):
        items = [part for unit in units if (item := _item(unit, by_end)) for part in opened(item)]
        marked = [item for item in items if item.nodes[0].kind or item.reference]
        plain = [item for item in items if not (item.nodes[0].kind or item.reference)]
        if marked:
            closed = not asks(marked[-1].nodes[-1].text)
            yield Series(maker, even(marked) if closed else tuple(marked))
        if plain:
            yield Series(maker, tuple(plain))


def _listed(parts: Sequence[Part], kind: str) -> list[tuple[str, list[Unit]]]:
    """Follow headings, labels and lead-ins as most reports mean them; take what is loose if nothing is."""
    if kind in ("response", "foreign title"):
        return []
    strict = kind in ("article", "statement")
    found: list[tuple[str, list[Unit]]] = []
    inside: set[int] = set()
    for zone in sorted(zones(parts), key=lambda zone: not zone.pure):
        if zone.pure or not strict:
            inside |= {id(part) for part in zone.parts}
            narrative = bool(found) and zone.is_mixed and not zone.is_tagged
            units = list(running.sentence_units(zone.parts)) if narrative else units_of(zone)
            found.append(("pure" if zone.pure else "impure", units))
    outside = [part for part in parts if id(part) not in inside and not is_foreign(part)]
    if not strict:
        found.append(("outside", [*labelled_units(outside), *running.labelled_by_word(outside)]))
        found.append(("outside", running.tagged_units(outside)))
    if any(units for _, units in found):
        return found
    own = [part for part in parts if not is_foreign(part)]
    announced = running.announced_units(own)
    if strict or announced:
        return [("only", announced)]
    return [("only", [*running.led_units(own), *running.sentence_units(own)])]


def _loose(parts: Sequence[Part]) -> list[tuple[str, list[Unit]]]:
    labels = [("label", group) for group in _by_stem(labelled_units(parts))]
    return [*labels, ("tag", running.tagged_units(parts)), ("sentence", list(running.sentence_units(parts)))]


def _by_stem(units: Iterable[Unit]) -> list[list[Unit]]:
    groups: dict[tuple[str, str], list[Unit]] = {}
    for unit in units:
        stem = "".join(letter for letter in unit.label.casefold() if letter.isalpha())[:14]
        groups.setdefault((stem, unit.rule), []).append(unit)
    return list(groups.values())


def _item(unit: Unit, by_end: dict[int, Node]) -> Item | None:
    nodes = tuple(by_end[part.paragraph.end] for part in unit.parts if part.paragraph.end in by_end)
    if len(nodes) < len(unit.parts):
        return None
    shift = unit.parts[0].paragraph.start - nodes[0].start
    finish = unit.finish
    if finish is not None:
        finish += unit.parts[-1].paragraph.start - nodes[-1].start
    return Item(nodes, unit.label, unit.lead_in, unit.begin + shift, finish, rule=unit.rule)
