"""A comparison of groups as text and back, so that the store can keep it; imports nothing that computes."""

import json
from collections.abc import Sequence
from dataclasses import astuple
from typing import Any

from srtminer.comparisons import Contrast, Finding, Overlap, Term, Tested, Unplaced
from srtminer.model import Comparison, Count, GroupSize, ReviewRecord, ThemeRow, ThemeTable

FORMAT = 2
"""Counts up when what is written changes."""


def dump_tested(tested: Tested, table: ThemeTable) -> str:
    """Write a comparison of the themes of a table; themes as their places in it, reviews by their ids."""
    place = {theme.id: number for number, theme in enumerate(table.themes)}
    counts = tested.counts
    values = {
        "by": counts.by,
        "groups": [astuple(group) for group in counts.groups],
        "rows": [(place[row.theme.id], [astuple(count) for count in row.counts]) for row in counts.rows],
        "unthemed": [astuple(count) for count in counts.unthemed],
        "contrasts": [astuple(contrast) for contrast in tested.contrasts],
        "findings": [[astuple(finding) for finding in row] for row in tested.findings],
        "terms": [[astuple(term) for term in terms] for terms in tested.terms],
        "trend": tested.trend,
        "overlap": astuple(tested.overlap),
        "unplaced": [
            (one.field, [record.id for record in one.reviews], one.recommendations) for one in tested.unplaced
        ],
        "without": tested.without,
        "method": tested.method,
    }
    return json.dumps(values, ensure_ascii=False)


def load_tested(text: str, table: ThemeTable, records: Sequence[ReviewRecord]) -> Tested:
    """Read what `dump_tested` wrote of the same table."""
    values = json.loads(text)
    by_id = {record.id: record for record in records}
    return Tested(
        counts=_comparison(values, table),
        contrasts=tuple(
            Contrast(first, second, Overlap(*overlap), (own[0], own[1]))
            for first, second, overlap, own in values["contrasts"]
        ),
        findings=tuple(tuple(Finding(*finding) for finding in row) for row in values["findings"]),
        terms=tuple(tuple(Term(*term) for term in terms) for terms in values["terms"]),
        trend=values["trend"],
        overlap=Overlap(*values["overlap"]),
        unplaced=tuple(
            Unplaced(field, tuple(by_id[review] for review in reviews), number)
            for field, reviews, number in values["unplaced"]
        ),
        without=values["without"],
        method=tuple((name, value) for name, value in values["method"]),
    )


def _comparison(values: dict[str, Any], table: ThemeTable) -> Comparison:
    return Comparison(
        by=values["by"],
        groups=tuple(GroupSize(*group) for group in values["groups"]),
        rows=tuple(
            ThemeRow(table.themes[place], tuple(Count(*count) for count in counts))
            for place, counts in values["rows"]
        ),
        unthemed=tuple(Count(*count) for count in values["unthemed"]),
    )
