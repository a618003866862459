"""Conventions: each has a reason and examples, and the examples are its test."""

import re

import pytest

from srtminer.structure.conventions import entries, heading_says, is_label

IDS = [f"{number}-{entry['of']}-{entry['says']}" for number, entry in enumerate(entries())]


@pytest.mark.parametrize("entry", entries(), ids=IDS)
def test_a_convention_fits_its_examples_and_nothing_that_it_must_not_fit(entry: dict[str, str]) -> None:
    pattern = re.compile(entry["pattern"])
    known = str if entry.get("case") else str.casefold
    assert entry["why"]
    assert entry["examples"]
    assert [text for text in entry["examples"] if not pattern.search(known(text))] == []
    words = entry.get("words", ("",))
    assert all(any(word in text.casefold() for word in words) for text in entry["examples"])
    assert [text for text in entry.get("not", ()) if pattern.search(known(text))] == []


@pytest.mark.parametrize(
    "heading",
    [
        "Panel recommendations",
        "Recommendations on the monitoring of bruising in babies",
        "Considerations for the Board",
        "Improvement priorities",
    ],
)
def test_headings_over_recommendations_in_other_words(heading: str) -> None:
    assert "own" in heading_says(heading)


@pytest.mark.parametrize(("text", "label"), [("Priority 1", True), ("Priorities", False), ("4.12", False)])
def test_labels(text: str, label: bool) -> None:
    assert is_label(text) is label
