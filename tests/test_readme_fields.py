"""How the fields of a JSON document are listed."""

import json

import pytest

from tests.readme_fields import fields_of


@pytest.mark.parametrize(
    ("document", "fields"),
    [
        ({"ok": True, "checks": []}, "ok, checks"),
        ({"corpus": {"reviews": 3, "notes": []}}, "corpus {reviews, notes}"),
        ({"themes": [{"id": 1, "years": [{"year": 2}]}]}, "themes [id, years [year]]"),
        ({"hits": [{"id": 1}, {"id": 2, "also": None}]}, "hits [id, also]"),
        ({"hits": [{"best": None}, {"best": {"id": 1}}]}, "hits [best {id}]"),
        ({"groups": [{"terms": []}, {"terms": [{"term": "x"}]}]}, "groups [terms [term]]"),
        ({"a": 1, "b": [2], "c": {"d": 3}, "e": 4}, "a, b,\nc {d},\ne"),
    ],
)
def test_fields(document: dict[str, object], fields: str) -> None:
    lines = fields_of(json.dumps({"schema": "x/1"} | document), 80)
    assert lines.removeprefix('schema "x/1",').strip() == fields


def test_long_lists_are_broken_between_names() -> None:
    document = {"schema": "x/1", "themes": [{"share of reviews": 1, "years": [{"year": 2, "reviews": 3}]}]}
    assert fields_of(json.dumps(document), 30) == (
        'schema "x/1",\nthemes [share of reviews,\n  years [year, reviews]]'
    )
