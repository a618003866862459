"""Compare groups for a command, or take the comparison from the store where it has been made before."""

import hashlib
import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

from srtminer.cli.mining import keep, mine, rules_digest, table_key
from srtminer.cli.progress import waiting
from srtminer.cli.session import Session
from srtminer.kept_tested import FORMAT, dump_tested, load_tested
from srtminer.options import ThemeOptions
from srtminer.render.figures import counted
from srtminer.store import Store

if TYPE_CHECKING:
    from srtminer.cli.selection import Selection
    from srtminer.codebooks import Codebook
    from srtminer.comparisons import Tested
    from srtminer.model import Group, ThemeTable

RULES = ("compare",)
"""The part of the package on which a comparison depends, besides those that the themes depend on."""


def weigh(
    session: Session,
    found: "Selection",
    groups: "Sequence[Group]",
    fields: Sequence[str],
    codebook: "Codebook | None",
) -> "Tested":
    """Set groups side by side, or if there are none, all that the only field makes."""
    table = mine(session, found, ThemeOptions(), codebook)
    key = _key(table_key(found, ThemeOptions(), codebook), groups, fields)
    with Store.open(session.store) as store:
        kept = store.cached(key)
    if kept is not None:
        return load_tested(kept, table, found.records)
    tested = _weigh(session, found, table, groups, fields)
    keep(session, key, dump_tested(tested, table), "differences")
    return tested


def _weigh(
    session: Session,
    found: "Selection",
    table: "ThemeTable",
    groups: "Sequence[Group]",
    fields: Sequence[str],
) -> "Tested":
    with waiting(session, f"comparing {counted(len(table.themes), 'theme')}"):
        from srtminer import pipeline  # its libraries take a second to load

        if groups:
            return pipeline.weigh(table, groups, fields, found.records, found.recommendations)
        return pipeline.weigh_by(table, found.records, found.recommendations, *fields)


def _key(table: str, groups: "Sequence[Group]", fields: Sequence[str]) -> str:
    """Name a comparison by what it depends on: the themes, who is in which group, and the program."""
    members = [[group.name, group.without, [one.id for one in group.recommendations]] for group in groups]
    parts = [FORMAT, rules_digest(RULES), table, members, list(fields)]
    return "compare " + hashlib.sha256(json.dumps(parts).encode()).hexdigest()
