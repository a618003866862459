"""Broad themes over the themes of a codebook: groups of those whose members are alike."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from srtminer.codebooks.codebook_assignment import NONE
from srtminer.coding.codebook_match import Coded
from srtminer.model import ReviewRecord, Theme
from srtminer.options import ThemeOptions
from srtminer.themes.codebook_themes import Given, given_themes
from srtminer.themes.levels import broaden


def broad_themes(
    known: Sequence[Theme],
    new: Sequence[Theme],
    coded: Coded,
    records: Sequence[ReviewRecord],
    options: ThemeOptions,
) -> tuple[Theme, ...]:
    """Gather themes into broad ones, each called by its largest theme: "Neglect, and 2 more".

    A theme that the codebook knows names a group before a new one; of several as large the first one given
    does. `Theme.parts` names all in a group. A theme that stands alone stays as it is, id and name.
    """
    themes = (*known, *new)
    place = {member.id: number for number, theme in enumerate(themes) for member in theme.members}
    labels = np.array([place.get(one.id, NONE) for one in coded.recommendations], dtype=np.int64)
    group_of = broaden(coded.terms.features[np.arange(len(labels))], labels)
    groups: defaultdict[int, list[Theme]] = defaultdict(list)
    for number in sorted(range(len(themes)), key=lambda n: (n >= len(known), -len(themes[n].members))):
        groups[int(group_of[number])].append(themes[number])
    broad = np.where(labels >= 0, np.append(group_of, NONE)[labels], NONE)
    names = [_name(groups[group]) for group in range(len(groups))]
    parts = {name.id: tuple(part.label for part in groups[group]) for group, name in enumerate(names)}
    found = given_themes(coded.recommendations, records, coded.terms, broad, names, options)
    return tuple(replace(theme, parts=parts[theme.id]) for theme in found)


def _name(parts: Sequence[Theme]) -> Given:
    first, more = parts[0], len(parts) - 1
    if not more:
        return Given(first.id, first.label, first.colour)
    return Given(f"{first.id}-and-{more}", f"{first.label}, and {more} more", first.colour)
