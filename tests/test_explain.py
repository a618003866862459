"""`recommendations --explain`, and what `reviews` tells of coverage."""

import csv
import io
import json
from dataclasses import replace

import pytest

from srtminer.model import Explanation, Omission, Skipped
from srtminer.read.table import RULE
from srtminer.recommendations import CUT
from srtminer.recommendations.series_choice import weights
from srtminer.render import layout
from srtminer.render.recommendation_tables import recommendation_result
from srtminer.render.result import Screen
from srtminer.render.review_tables import review_result
from srtminer.render.wording import (
    EVIDENCE,
    REASONS,
    Catalogue,
    LeftOut,
    corrections,
    coverage,
    left_out,
    why,
)
from srtminer.render.writers import to_csv, to_json, to_markdown
from tests.render_values import CHILD_P, HOSTILE_RECORD, RECORDS, SHARING, TRAINING

CATALOGUE = Catalogue.of((*RECORDS, HOSTILE_RECORD))
SCREEN = Screen(80)
EXPLANATION = Explanation(
    (("first bullet", 2.9), ("past", -1.1), ("first paragraph", -2.2)), ((4, "Share\n\nmore."),)
)
LISTED = replace(SHARING, rule="numbered list", explanation=EXPLANATION)
EDITED = replace(TRAINING, rule="sentence", confidence=0.65, correction="edited")


def test_every_rule_is_explained() -> None:
    assert {*CUT.values(), RULE} <= set(REASONS)
    assert all(text and not text.endswith(".") for text in REASONS.values())


def test_every_feature_is_put_in_words() -> None:
    assert {"asks"} <= {*weights()["second"]} <= set(EVIDENCE)


def test_a_rule_without_an_explanation_is_named() -> None:
    assert why(replace(SHARING, rule="something new")) == "something new"


def test_a_table_explains_below_each_recommendation() -> None:
    shown = layout.write(recommendation_result((LISTED, EDITED), CATALOGUE, explain=True), SCREEN)
    assert shown.endswith(
        """\
  lead: The Board recommends that:
  date: by March 2012
  below: 4 Recommendations > Police
  found as: numbered list (confidence 0.91): it carries a printed number below a
  heading that announces recommendations
  for it (+) and against it (−): it tells of the past −1.1; nothing in its
  chapter of recommendations has a stronger mark +0.7
  also printed on p. 4: Share more.

Child P (2011) 4.8, p. 7 (corrected)
  to Norwick Primary Care Trust
    Norwick Primary Care Trust should train health visitors to see the child
    alone.
  below: 4 Recommendations
  found as: sentence (confidence 0.65): it is a sentence of the running text
  such as "We recommend that …"
  edited by correction

2 recommendations
"""
    )


def test_without_explain_nothing_is_said_of_rules() -> None:
    assert "found as" not in layout.write(recommendation_result((LISTED,), CATALOGUE), SCREEN)
    assert "why" not in recommendation_result((LISTED,), CATALOGUE).body["recommendations"][0]
    assert "rule" not in to_csv(recommendation_result((LISTED,), CATALOGUE)).splitlines()[0]


def test_json_csv_and_markdown_explain_too() -> None:
    (entry,) = recommendation_result((EDITED,), CATALOGUE, explain=True).body["recommendations"]
    assert (entry["rule"], entry["confidence"], entry["why"]) == ("sentence", 0.65, REASONS["sentence"])
    assert (entry["corrected"], entry["correction"]) == (True, "edited")
    (row,) = csv.DictReader(io.StringIO(to_csv(recommendation_result((EDITED,), CATALOGUE, explain=True))))
    assert (row["rule"], row["confidence"], row["why"]) == ("sentence", "0.6500", REASONS["sentence"])
    assert (row["lead"], row["date"], row["corrected"]) == ("", "", "true")
    assert (entry["evidence"], entry["also_printed"], row["evidence"]) == ([], [], "")
    header = to_markdown(recommendation_result((EDITED,), CATALOGUE, explain=True)).splitlines()[0]
    assert header == ("| Source | Agency | Text | Lead | Date | Found as |")


def test_json_csv_and_markdown_hold_all_of_the_evidence() -> None:
    result = recommendation_result((LISTED,), CATALOGUE, explain=True)
    (entry,) = result.body["recommendations"]
    assert [(one["feature"], one["share"]) for one in entry["evidence"]] == list(EXPLANATION.shares)
    assert entry["evidence"][1]["says"] == "it tells of the past"
    assert entry["also_printed"] == [{"page": 4, "text": "Share\n\nmore."}]
    (row,) = csv.DictReader(io.StringIO(to_csv(result)))
    assert (
        row["evidence"]
        == "it tells of the past −1.1; nothing in its chapter of recommendations has a stronger mark +0.7"
    )
    assert row["also_printed"] == "p. 4: Share more."
    assert "p. 4: Share more." in to_markdown(result)


OMISSIONS = (
    Omission("running header or footer", 1, 2),
    Omission("page without text", 4, 0),
    Omission("running header or footer", 2, 1),
    Omission("page without text", 5, 0),
    Omission("contents page", 2, 20),
    Omission("footnote", 3, 1),
)


def test_omissions_are_summed_up_by_kind() -> None:
    assert left_out(OMISSIONS) == (
        LeftOut("contents page", (2,), 20, 0),
        LeftOut("footnote", (3,), 1, 0),
        LeftOut("page without text", (4, 5), 0, 0),
        LeftOut("running header or footer", (1, 2), 3, 0),
    )
    assert left_out(()) == ()


@pytest.mark.parametrize(
    ("omissions", "said"),
    [
        ((), "80 paragraphs"),
        (OMISSIONS[5:], "80 paragraphs; left out: footnote (1 line)"),
        (
            OMISSIONS,
            "80 paragraphs; left out: contents page (20 lines), footnote (1 line), page without text "
            "(2 pages), running header or footer (3 lines, 2 pages)",
        ),
    ],
)
def test_coverage_is_said_on_one_line(omissions: tuple[Omission, ...], said: str) -> None:
    assert coverage(replace(CHILD_P, omissions=omissions)) == said


@pytest.mark.parametrize(
    ("made", "lost", "said"),
    [
        (0, 0, ""),
        (1, 0, "1 correction by hand"),
        (3, 1, "3 corrections by hand; 1 of them to recommendations no longer found: see `srtminer correct`"),
    ],
)
def test_corrections_are_counted(made: int, lost: int, said: str) -> None:
    assert corrections(replace(CHILD_P, corrections=made, lost_corrections=lost)) == said


def test_files_that_were_not_read_are_listed_with_their_reason() -> None:
    skipped = (Skipped("scans/[b]x.pdf", "it is a scan"),)
    shown = layout.write(review_result((CHILD_P,), CATALOGUE, skipped), SCREEN)
    assert "Not read: 1 file\n  scans/[b]x.pdf: it is a scan\n" in shown
    listed = json.loads(to_json(review_result((CHILD_P,), CATALOGUE, skipped)))
    assert listed["skipped"] == [{"source": "scans/[b]x.pdf", "reason": "it is a scan"}]
    left = {"what": "running header or footer", "pages": 1, "lines": 1, "words": 0}
    assert listed["reviews"][0]["left_out"] == [left]
    *_, row = csv.DictReader(io.StringIO(to_csv(review_result((CHILD_P,), CATALOGUE, skipped))))
    assert (row["id"], row["source"], row["why_none"]) == ("", "scans/[b]x.pdf", "not read: it is a scan")
    assert "b\\]x.pdf: it is a scan" in to_markdown(review_result((CHILD_P,), CATALOGUE, skipped))
