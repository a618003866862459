"""Every pattern that sees the text of documents takes time in proportion to its length."""

import importlib
import pkgutil
import re
import time
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

import srtminer

ROOT = Path(srtminer.__file__).parent

LENGTHS = (400, 1_600, 6_400)
"""Characters. Each is four times the one before, so that a square takes sixteen times as long."""
MOST = 10
"""The longest text may take so many times the time of the one before."""
NOTICEABLE = 0.03
"""Seconds of processor time; what is faster than this is not compared. A square takes 0.1 s and more."""

LINES = (
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
    "the recommendations of ",
    "in 2011 the Board ",
    "| ",
    "<a ",
    "12 March ",
)
"""What a pathological line repeats."""


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


SOURCE = "\n".join(path.read_text(encoding="utf-8") for path in sorted(ROOT.rglob("*.py")))


def is_anchored(name: str) -> bool:
    """Tell a pattern that the program only ever holds against the beginning of a text."""
    uses = set(re.findall(rf"\b{re.escape(name)}\.(\w+)\(", SOURCE))
    return bool(uses) and uses <= {"match", "fullmatch"}


def patterns() -> dict[str, tuple[re.Pattern[str], bool]]:
    """Give all patterns, each with whether it is anchored."""
    found: dict[str, tuple[re.Pattern[str], bool]] = {}
    for module in modules():
        for name, value in sorted(vars(module).items()):
            if not name.startswith("__"):
                anchored = isinstance(value, re.Pattern) and is_anchored(name)
                for pattern in patterns_of(value):
                    found.setdefault(pattern.pattern, (pattern, anchored))
    return found


PATTERNS = [found for _, found in sorted(patterns().items())]


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
    assert len(PATTERNS) > 100


@pytest.mark.parametrize("unit", LINES)
def test_every_pattern_is_linear(unit: str) -> None:
    slow = [found.pattern for found, anchored in PATTERNS if not is_linear(found, unit, anchored=anchored)]
    assert slow == []


def test_a_square_pattern_is_noticed() -> None:
    assert not is_linear(re.compile(r"\w+\s*:"), "a")
