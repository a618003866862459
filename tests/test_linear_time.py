"""Whatever a text repeats, every pattern and every reader takes time in proportion to its length."""

import importlib
import pkgutil
import re
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

import srtminer
from srtminer.agencies import address, is_agency_heading
from srtminer.codebooks.codebook_format import built_in, parse_codebook
from srtminer.codebooks.cues import cue_scores, words
from srtminer.errors import UsageError
from srtminer.metadata import find_facts
from srtminer.model import Recommendation
from srtminer.passages import find_findings, find_passages
from srtminer.read.compose_review import Block, compose
from srtminer.read.html import html_blocks
from srtminer.read.line_marks import split_mark
from srtminer.read.structured import to_blocks
from srtminer.read.table import read_table
from srtminer.read.text_cleaning import NotText
from srtminer.read.text_files import as_html, parse_text
from srtminer.redaction import Replacer
from srtminer.render.writers import escape, safe_cell
from srtminer.store.full_text import to_fts5
from srtminer.structure import outline
from srtminer.themes.naming import excerpt
from srtminer.vectors.phrases import phrases

ROOT = Path(srtminer.__file__).parent

LENGTHS = (400, 1_600, 6_400)
"""Characters. Each is four times the one before, so that a square takes sixteen times as long."""
MOST = 10
"""The longest text may take so many times the time of the one before."""
NOTICEABLE = 0.03
"""Seconds of processor time; what is faster than this is not compared. A square takes 0.1 s and more."""

LINES = (
    *(
        "a ",
        "a",
        "- ",
        "Aa ",
        "1.",
        "1 ",
        "(",
        ", and ",
        "\n",
        " \n",
        "no recommendations ",
        "in 2011 the Board ",
    ),
    *("the recommendations of ", "| ", "<a ", "12 March "),
)
"""What a pathological line repeats."""
UNITS = (
    *LINES,
    *"1.-i“”'•*[`<&=:;—é\\\"\f\x1b",
    *("(a)", "a.", "A. ", "4.2 ", "R1", "x-", "1/2/", "e.g. ", "www.", "Ab! ", "lead ", "Author: ", "Ada-"),
    *("<p>", "<br>", "<b>", "<li>a", "<tr><td>a<td>b", "&#", "- a\n", "| a |\n", "ab..... 3\n", "a\tb\n"),
    *("police and ", "the Board, ", "we also ", "the Board should be ", "of the Police ", "Ada Finch and "),
    *("We recommend that the Board, ", "Child Q and ", "published ", "response to ", "Finding 1 ", "share "),
    *("x-\n", "Contents\na 1\n", "Health\n", "Health\n\n", "4.2\n", "•\n", " 1\n", "a:\nb\n", "to "),
    *("Action\tLead\n1\ta\nb\n", "The Board should:\n4.2\nact\n"),
)
"""What a pathological text repeats: marks, words that readers wait for, lines."""
LONG = 12_000
SECONDS = 0.6
"""Of the processor, for `LONG` characters; where time grows with their square it takes much longer."""


def modules() -> Iterator[ModuleType]:
    for found in pkgutil.walk_packages(srtminer.__path__, "srtminer."):
        if not found.name.endswith("__main__"):
            yield importlib.import_module(found.name)


def patterns_of(value: object) -> Iterator[re.Pattern[str]]:
    """Find the patterns in a value, in containers too."""
    if isinstance(value, re.Pattern):
        if isinstance(value.pattern, str):
            yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from patterns_of(inner)
    elif isinstance(value, tuple | list | set | frozenset):
        for inner in value:
            yield from patterns_of(inner)


@cache
def uses() -> dict[str, set[str]]:
    """Give for each name the methods that the program calls of it."""
    found: dict[str, set[str]] = {}
    for path in ROOT.rglob("*.py"):
        for name, method in re.findall(r"\b(\w+)\.(\w+)\(", path.read_text(encoding="utf-8")):
            found.setdefault(name, set()).add(method)
    return found


def is_anchored(name: str) -> bool:
    """Tell a pattern that the program only ever holds against the beginning of a text."""
    return set() < uses().get(name, set()) <= {"match", "fullmatch"}


@cache
def patterns() -> tuple[tuple[re.Pattern[str], bool], ...]:
    """Give all patterns, each with whether it is anchored."""
    found: dict[str, tuple[re.Pattern[str], bool]] = {}
    for module in modules():
        for name, value in sorted(vars(module).items()):
            if not name.startswith("__"):
                anchored = isinstance(value, re.Pattern) and is_anchored(name)
                for pattern in patterns_of(value):
                    found.setdefault(pattern.pattern, (pattern, anchored))
    return tuple(found for _, found in sorted(found.items()))


def seconds(pattern: re.Pattern[str], text: str, *, anchored: bool) -> float:
    """Processor time of looking for all matches, unless anchored, and of matching at both ends."""
    start = time.process_time()
    if not anchored:
        for _ in pattern.finditer(text):
            pass
    pattern.match(text)
    pattern.fullmatch(text)
    return time.process_time() - start


def is_linear(pattern: re.Pattern[str], unit: str, *, anchored: bool = False) -> bool:
    """Tell whether time grows with the length; short texts go first, so that a bad one ends soon."""
    before = 0.0
    for length in LENGTHS:
        taken = seconds(pattern, (unit * length)[:length], anchored=anchored)
        if taken > NOTICEABLE and (length == LENGTHS[0] or taken > MOST * before):
            return False
        before = taken
    return True


def test_there_are_patterns_to_look_at() -> None:
    assert len(patterns()) > 100


@pytest.mark.parametrize("unit", LINES)
def test_every_pattern_is_linear(unit: str) -> None:
    slow = [found.pattern for found, anchored in patterns() if not is_linear(found, unit, anchored=anchored)]
    assert slow == []


def test_a_square_pattern_is_noticed() -> None:
    assert not is_linear(re.compile(r"\w+\s*:"), "a")


def _review(text: str) -> None:
    review = parse_text(f"Findings\n\n{text}", source="long.txt")
    sections = outline(review, is_agency_heading)
    find_facts(review)
    find_passages(review, sections, ())
    find_findings(review, sections, ())


def _title_page(text: str) -> None:
    find_facts(compose([Block(text), *[Block(text[:190])] * 40], source="a", format="text", page_count=1))


def _html(text: str) -> None:
    with suppress(NotText):  # too deep
        to_blocks(html_blocks(text)[0])


def _query(text: str) -> None:
    with suppress(UsageError):
        to_fts5(text)


def _addressees(text: str) -> None:
    address(Recommendation("r1", "v1", (), 0, len(text), text, 1, 1))
    is_agency_heading(text)


def _names(text: str) -> None:
    replacer = Replacer.of(("Ann Poole", "Ann Ann Ann Poole"))
    assert replacer
    replacer.replace(text + "Ann " * (LONG // 4))


BOOK = parse_codebook(built_in("safeguarding"), "x", "x")
READERS: dict[str, Callable[[str], object]] = {
    "review": _review,
    "title page": _title_page,
    "html": lambda text: _html(f"<table>{text}"),
    "markdown": lambda text: _html(as_html(text)),
    "mark": lambda text: split_mark(f"4.1{text}"),
    "addressees": _addressees,
    "cues": lambda text: cue_scores(BOOK, [words(text)]),
    "phrases": phrases,
    "excerpt": lambda text: excerpt(text, ("term",)),
    "query": _query,
    "names": _names,
    "markdown cell": escape,
    "csv cell": safe_cell,
}


@pytest.mark.slow
@pytest.mark.parametrize("reader", READERS)
def test_every_reader_is_linear(reader: str) -> None:
    assert [unit for unit in UNITS if _seconds_of(READERS[reader], unit) > SECONDS] == []


@pytest.mark.slow
def test_every_table_is_read_in_linear_time(tmp_path: Path) -> None:
    def read(text: str) -> None:
        quoted = text.replace('"', '""')
        path = tmp_path / "table.csv"
        path.write_text(
            f'text,page,year,agency\n"{quoted}","{quoted}","{quoted}","{quoted}"\n{text}', "utf-8"
        )
        read_table(path)

    assert [unit for unit in UNITS if _seconds_of(read, unit) > SECONDS] == []


def _seconds_of(reader: Callable[[str], object], unit: str) -> float:
    start = time.process_time()
    reader(unit * (LONG // len(unit)))
    return time.process_time() - start
