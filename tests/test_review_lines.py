"""The list of reviews on a screen: a line a document."""

from dataclasses import replace

import pytest

from srtminer.cli.selection import review_named
from srtminer.errors import UsageError
from srtminer.model import ReviewRecord
from srtminer.render import layout
from srtminer.render.result import Screen
from srtminer.render.review_tables import FURTHER, review_result
from srtminer.render.wording import Catalogue
from tests import render_values as values


def shown(records: tuple[ReviewRecord, ...], width: int, *, every: bool = False) -> list[str]:
    result = review_result(records, Catalogue.of(records), every=every)
    return layout.write(result, Screen(width)).splitlines()


@pytest.mark.parametrize("width", [80, 120])
def test_each_document_is_one_line_and_only_a_long_name_takes_more(width: int) -> None:
    lines = shown(values.RECORDS, width)
    assert len(lines) == 2 + len(values.RECORDS) + 2
    long = values.record("b" * 12, "long.pdf", title="A most careful account of what was known of the family")
    lines = shown((*values.RECORDS, long, values.HOSTILE_RECORD), width)
    assert max(map(len, lines)) <= width
    assert "\x1b" not in "".join(lines)
    for word in ["A", "most", "careful", "account", "of", "what", "was", "known", "of", "the", "family"]:
        assert any(word in line for line in lines)


def test_documents_of_one_case_stand_together_and_the_further_ones_are_marked() -> None:
    first, second, third = values.RECORDS
    records = (replace(first, case="x"), replace(second, case="y"), replace(third, case="x"))
    names = [line.split("  ")[0] for line in shown(records, 120)[2:5]]
    assert names == ["Child P", f"{FURTHER}Statement of the Board", "Child Q"]


def test_all_that_is_known_of_a_document_is_shown_where_asked_for() -> None:
    assert any("reviews/child-p.pdf" in line for line in shown(values.RECORDS, 80, every=True))
    assert not any("reviews/child-p.pdf" in line for line in shown(values.RECORDS, 80))


def test_the_beginning_of_a_title_goes_before_its_middle() -> None:
    """Why: a response is called after what it answers."""
    report = values.record("a" * 12, "report.pdf", title="The Harbour Economy: act now")
    response = values.record(
        "b" * 12, "harbour-economy-response.pdf", title="Response to The Harbour Economy"
    )
    records = (response, report)
    assert review_named("harbour economy", Catalogue.of(records)) == report
    assert review_named("economy response", Catalogue.of(records)) == response
    with pytest.raises(UsageError, match=r"2 reviews are called that: .*give more of the name, or an id"):
        review_named("economy", Catalogue.of(records))
