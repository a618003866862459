"""What the reader of a report cannot type is not told to type."""

from dataclasses import replace

import pytest

from srtminer.model import Skipped
from srtminer.report.page import fact, reason, render_report
from tests import render_values as values
from tests.report_values import SMALL


@pytest.mark.parametrize(
    ("note", "told"),
    [
        ("close themes: 9 and 12 (merge them in a codebook)", "close themes: 9 and 12"),
        ("only 7 recommendations: read the themes as tentative",) * 2,
        ("the (older) reviews are few",) * 2,
    ],
)
def test_fact(note: str, told: str) -> None:
    assert fact(note) == told


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("it is a scan; ingest it with --ocr to have its text recognised", "it is a scan"),
        ("took longer than 60 s; raise --time-limit", "took longer than 60 s"),
        ("the same as x.pdf; `srtminer remove ab` takes it out", "the same as x.pdf"),
        ("--ocr needs OCRmyPDF: install it", "it could not be read"),
        ("needs a password; nobody gave one",) * 2,
        ("a well--known fault",) * 2,
    ],
)
def test_reason(said: str, told: str) -> None:
    assert reason(said) == told


def test_a_report_tells_nobody_what_to_type() -> None:
    table = replace(values.TABLE, notes=("close themes that may be one: 1 and 2 (merge them in a codebook)",))
    skipped = (Skipped("reviews/scan.pdf", "it is a scan; ingest it with --ocr"),)
    lost = replace(SMALL.records[0], corrections=3, lost_corrections=1)
    records = (lost, *SMALL.records[1:])
    html = render_report(replace(SMALL, table=table, skipped=skipped, records=records))
    assert "close themes that may be one: 1 and 2<" in html
    assert "it is a scan<" in html
    assert "1 of them to recommendations no longer found<" in html
    assert "codebook)" not in html
    assert "--ocr" not in html
    assert "<code>srtminer" not in html
    assert "`srtminer" not in html
