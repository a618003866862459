"""What the tests let worker processes do: callables that answer, hang, crash or eat memory.

They are chosen by the words in a file's text. In a module of their own because a worker imports it.
"""

import ctypes
import os
import re
import signal
import time
from dataclasses import replace
from pathlib import Path

from srtminer.model import Analysis, Recommendation, Review, Section, Skipped
from srtminer.read.compose_review import Block, compose
from srtminer.read.read_file import ReadOptions, read_file
from srtminer.read.worker_process import Result


def analysis_of(text: str, source: str = "invented.txt") -> Analysis:
    """A review of one paragraph in which nothing was found."""
    review = compose([Block(text)], source=source, format="text", page_count=1)
    return Analysis(review, (), (), "nothing was looked for")


def plain(path: Path) -> Result:
    """What a reader does, at its cheapest."""
    return (analysis_of(path.read_text(encoding="utf-8"), str(path)),)


def read(path: Path) -> Result:
    """Read a file as it is read, and find nothing in it."""
    return tuple(
        Analysis(item, (), ()) if isinstance(item, Review) else item
        for item in read_file(path, ReadOptions())
    )


def perform(path: Path) -> Result:
    """Do what the file says, then read it."""
    for word in path.read_text(encoding="utf-8").split():
        ACTIONS.get(word, lambda: None)()
    return plain(path)


def process_id(path: Path) -> Result:
    """Tell which process worked on the file."""
    return (Skipped(path.name, str(os.getpid())),)


def cheap(options: ReadOptions, path: Path) -> Result:
    """`perform` with the signature of `srtminer.ingestion.read_and_analyse`."""
    return perform(path)


def one_a_line(options: ReadOptions, path: Path) -> Result:
    """A table: each line a review, "SKIP …" a reason, an empty file nothing."""
    return tuple(
        Skipped(str(path), line) if line.startswith("SKIP") else analysis_of(line, str(path))
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip()
    )


def stripped(options: ReadOptions, path: Path) -> Result:
    """Read files that differ in blanks alike."""
    return (analysis_of(path.read_text(encoding="utf-8").strip(), str(path)),)


def shown(options: ReadOptions, path: Path) -> Result:
    """Read a file whose name cannot be stored as it is."""
    return (analysis_of(path.read_text(encoding="utf-8")),)


def thorough(options: ReadOptions, path: Path) -> Result:
    """Do what the file says, then find a section and a recommendation in each of its paragraphs."""
    perform(path)
    paragraphs = path.read_text(encoding="utf-8").splitlines()
    review = compose(map(Block, paragraphs), source=str(path), format="text", page_count=1)
    sections = tuple(Section(f"Part {p.start}", (), "", 1, 1, p.start, p.end) for p in review.paragraphs)
    found = tuple(
        Recommendation(
            f"{review.id}-{p.start}", review.id, (), p.start, p.end, review.text[p.start : p.end], 1, 1
        )
        for p in review.paragraphs
    )
    return (Analysis(review, sections, found),)


def hang() -> None:
    while True:
        time.sleep(0.01)


def hang_inside_c() -> None:
    # Backtracks for hours and holds Python's lock meanwhile: no thread of the process runs.
    re.match("(a+)+$", "a" * 64 + "b")


def segfault() -> None:
    ctypes.string_at(0)


def eat_memory() -> None:
    hoard = []
    while True:
        hoard.append(bytes(2**24))


def kill_itself() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def abort() -> None:
    os.abort()


def leave() -> None:
    os._exit(7)


def raise_an_error() -> None:
    raise ValueError("odd\nvalue \x1b[31m")


def nest() -> None:
    nest()


def print_noise() -> None:
    print("noise on standard output", flush=True)
    os.write(2, b"noise on standard error\n")


def be_slow() -> None:
    time.sleep(0.3)


ACTIONS = {
    "HANG": hang,
    "HANG-IN-C": hang_inside_c,
    "SEGFAULT": segfault,
    "EAT": eat_memory,
    "KILL": kill_itself,
    "ABORT": abort,
    "EXIT": leave,
    "RAISE": raise_an_error,
    "NEST": nest,
    "NOISE": print_noise,
    "SLOW": be_slow,
}


def spaced(options: ReadOptions, path: Path) -> Result:
    """Read a text file; as "pdfminer" with another heading and a blank before each full stop."""
    if options.reader != "pdfminer":
        return thorough(options, path)
    (analysis,) = thorough(options, path)
    assert isinstance(analysis, Analysis)
    old = analysis.review
    texts = [old.text[place.start : place.end].replace(".", " .") for place in old.paragraphs]
    review = compose(
        map(Block, ["A heading that only this reader sees", *texts]),
        source=old.source,
        format="text",
        page_count=1,
    )
    found = tuple(
        replace(
            one,
            id=f"{review.id}-{place.start}",
            review_id=review.id,
            start=place.start,
            end=place.end,
            text=review.text[place.start : place.end],
        )
        for one, place in zip(analysis.recommendations, review.paragraphs[1:], strict=True)
    )
    return (Analysis(review, (), found),)
