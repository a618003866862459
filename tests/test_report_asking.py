"""A text is made shorter at its findings and not at its request."""

import time

import pytest

from srtminer.report.quotes import gist, shortened

FINDING = "The owner and the master did not keep to the standards of navigation at the time. "
BEFORE = "Nobody knew. "


@pytest.mark.parametrize(
    ("text", "width", "shown"),
    [
        # short enough: whole, blanks apart
        (f"{BEFORE}The  Board should\nask.", 60, "Nobody knew. The Board should ask."),
        # too long: from the sentence that asks
        (f"{FINDING}The Board should ask.", 60, "…\u00a0The Board should ask."),
        (f"{FINDING}The Board recommends an audit of it.", 60, "…\u00a0The Board recommends an audit of it."),
        (f"{FINDING}We therefore recommend an audit.", 60, "…\u00a0We therefore recommend an audit."),
        (f"{FINDING}Schools need to ask at once.", 60, "…\u00a0Schools need to ask at once."),
        # what should have been is no request, nor what somebody recommended once
        (
            f"{FINDING}They should have asked. The Board must ask.",
            60,
            "…\u00a0The Board must ask.",
        ),
        # what is recommended comes before what should be otherwise
        (
            f"Owners should keep a log. {FINDING}It is recommended that owners be fined.",
            60,
            "…\u00a0It is recommended that owners be fined.",
        ),
        # a request at the beginning stays there
        (
            "The Board should ask everybody. " + FINDING,
            60,
            "The Board should ask everybody. The owner and the master\u00a0…",
        ),
        # nothing asks: the beginning
        (FINDING, 40, "The owner and the master did not keep\u00a0…"),
        # an initial is no end of a sentence
        (f"{FINDING}The unit of Dr. A. Poole should ask.", 60, "…\u00a0The unit of Dr. A. Poole should ask."),
        # a request far into its sentence
        (
            f"As {FINDING.rstrip('. ').lower()}, the Board should ask all owners to keep a log of it",
            60,
            "…\u00a0the time, the Board should ask all owners to keep a log of\u00a0…",
        ),
    ],
)
def test_shortened(text: str, width: int, shown: str) -> None:
    assert shortened(text, width) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("The Board should ask.", "The Board should ask."),
        (f"{FINDING}The Board should ask all owners.", "…\u00a0The Board should ask all owners."),
        # a sentence is begun at its beginning, wherever in it the request stands
        (
            "Where nobody can tell who keeps the log of the ship the Board should ask.",
            "Where nobody can tell who keeps the log\u00a0…",
        ),
        (FINDING, "The owner and the master did not keep to\u00a0…"),
    ],
)
def test_gist(text: str, shown: str) -> None:
    assert gist(text, 42) == shown


@pytest.mark.parametrize("line", ["a. A" * 250_000, "to " * 300_000, "we also " * 120_000, ". " * 500_000])
def test_a_long_line_takes_no_time(line: str) -> None:
    start = time.process_time()
    shortened(line + " should", 600)
    assert time.process_time() - start < 2
