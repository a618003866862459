"""Speed and memory beside other libraries, measured in one run: `make bench`.

    python -m tests.bench [FOLDER]      start, encoder, growth to 30,000 recommendations, and reading the PDFs
                                        of FOLDER; without it the reviews of examples/, 30 times as long
    python -m tests.bench --quick       the same of less, in about a minute
    python -m tests.bench --large       growth to 300,000 recommendations
    python -m tests.bench --stability   only tell how much stays if one review of examples/ is left out

Seconds are the processor's, not the clock's, and drift from machine to machine all the same; the ratios hold.
Every measurement runs in a process of its own, so that its peak memory is its own. No test depends on it.
"""

import argparse
import contextlib
import dataclasses
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from tests import bench_stability, growth

EXAMPLES = Path(__file__).parent.parent / "examples"
TIMES = 30
"""How often the text of an example is repeated in a file to be read."""
QUICK_SIZES, SIZES = [300, 1_000], [300, 3_000, 30_000]
"""Recommendations in the stores on which growth is measured."""

Measure = Callable[[list[str]], int]
MEASURES: dict[str, Measure] = {}


def measure(name: str) -> Callable[[Measure], Measure]:
    """Register a measurement: it takes arguments and returns how many units (pages, rows) it did."""

    def register(function: Measure) -> Measure:
        MEASURES[name] = function
        return function

    return register


@measure("pypdfium2, raw text")
def with_pdfium(paths: list[str]) -> int:
    import pypdfium2

    pages = 0
    for path in paths:
        document = pypdfium2.PdfDocument(path)
        for page in document:
            page.get_textpage().get_text_range()
        pages += len(document)
        document.close()
    return pages


@measure("pdfminer.six, extract_text")
def with_pdfminer(paths: list[str]) -> int:
    from pdfminer.high_level import extract_text

    return sum(extract_text(path).count("\x0c") for path in paths)


@measure("srtminer, read and layout")
def with_reader(paths: list[str]) -> int:
    from srtminer.model import Review
    from srtminer.read.pdf import read_pdf

    reviews = (read_pdf(Path(path)) for path in paths)
    return sum(review.page_count for review in reviews if isinstance(review, Review))


@measure("srtminer, read and analyse")
def with_analysis(paths: list[str]) -> int:
    from srtminer.model import Review
    from srtminer.pipeline import analyse
    from srtminer.read.pdf import read_pdf

    reviews = (read_pdf(Path(path)) for path in paths)
    return sum(analyse(review).review.page_count for review in reviews if isinstance(review, Review))


def _ingest(paths: list[str], jobs: str) -> int:
    from srtminer.__main__ import main

    with tempfile.TemporaryDirectory() as folder:
        store = f"{folder}/bench.db"
        with Path(os.devnull).open("w", encoding="utf-8") as nowhere, contextlib.redirect_stdout(nowhere):
            main(["--quiet", "--store", store, "ingest", *paths, "--jobs", jobs])
        main(["--quiet", "--store", store, "reviews", "--output", f"{folder}/reviews.json"])
        reviews = json.loads(Path(folder, "reviews.json").read_text(encoding="utf-8"))["reviews"]
    return sum(review["pages"] for review in reviews)


@measure("srtminer ingest --jobs 1")
def with_one_job(paths: list[str]) -> int:
    return _ingest(paths, "1")


@measure("srtminer ingest --jobs 2")
def with_two_jobs(paths: list[str]) -> int:
    return _ingest(paths, "2")


def invented(count: int) -> Iterator[str]:
    """Make recommendations out of the words of the examples' own, some of them alike."""
    key = Path(__file__).parent / "examples_key.jsonl"
    texts = (path.read_text(encoding="utf-8") for path in sorted(EXAMPLES.glob("*.txt")))
    words = " ".join(texts).split()
    rows = [json.loads(line) for line in key.read_text(encoding="utf-8").splitlines()]
    draw = random.Random(0)
    for _ in range(count):
        row = draw.choice(rows)
        at = draw.randrange(len(words) - 20)
        yield f"{row['starts']} {' '.join(words[at : at + 20])} {row['ends']}"


def _processor() -> float:
    """Give the seconds of the processor that this process and those that it started have used."""
    both = (resource.getrusage(of) for of in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(used.ru_utime + used.ru_stime for used in both)


def run(name: str, arguments: list[str]) -> tuple[int, float, float, float] | None:
    """Run a measurement in a process of its own; None if it cannot.

    Gives units, seconds of the processor and of the clock, and peak memory in MB.
    """
    command = [sys.executable, "-m", "tests.bench", "--measure", name, *arguments]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        print(f"{name}: failed", file=sys.stderr)
        return None
    units, used, seconds, memory = json.loads(done.stdout.splitlines()[-1])
    return units, used, seconds, memory


def _measure_here(name: str, arguments: list[str]) -> None:
    if arguments and Path(arguments[0]).exists():
        with Path(os.devnull).open("w", encoding="utf-8") as nowhere, contextlib.redirect_stdout(nowhere):
            MEASURES[name](arguments[:1])  # imports are not what is compared
    start, used = time.perf_counter(), _processor()
    units = MEASURES[name](arguments)
    seconds, used = time.perf_counter() - start, _processor() - used
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    print(json.dumps([units, used, seconds, max(own, children) / 1024]))


def _long_reviews(folder: Path, times: int) -> None:
    """Make the PDFs of examples/ again with their text many times over."""
    from tests.make_examples import SOURCES, read_source
    from tests.pdfs import LAYOUTS

    for source in sorted(SOURCES.glob("*.txt")):
        content = read_source(source)
        longer = dataclasses.replace(content, parts=content.parts * times)
        (folder / f"{source.stem}.pdf").write_bytes(LAYOUTS[content.layout](longer))


def _read_bench(paths: list[str]) -> None:
    print(f"\nReading {len(paths)} PDFs")
    print(f"{'':32}{'pages/s':>9}{'of PDFium':>11}{'x pdfminer':>12}{'peak MB':>9}")
    rates: dict[str, float] = {}
    by_clock: dict[str, float] = {}
    for name in MEASURES:
        result = run(name, paths)
        if result is None:
            continue
        pages, used, seconds, memory = result
        rates[name], by_clock[name] = pages / used, pages / seconds
        of_pdfium = rates[name] / rates["pypdfium2, raw text"]
        of_pdfminer = rates[name] / rates.get("pdfminer.six, extract_text", rates[name])
        print(f"{name:32}{rates[name]:9.1f}{of_pdfium:11.2f}{of_pdfminer:12.1f}{memory:9.0f}")
    one, two = by_clock.get("srtminer ingest --jobs 1"), by_clock.get("srtminer ingest --jobs 2")
    if one and two:
        print(f"two jobs are {two / one:.2f} times as fast as one by the clock ({os.cpu_count()} cores)")


def _start_bench(runs: int) -> None:
    """Hold commands against the start of the library that understands command lines."""
    print("\nStart, on a store of examples/ whose themes are known: times `import typer`")
    with tempfile.TemporaryDirectory() as folder:
        own = ("-m", "srtminer", "--quiet", "--store", f"{folder}/start.db")
        for arguments in (["ingest", str(EXAMPLES)], ["themes"]):
            growth.cost(*own, *arguments)
        _usual(1, *own, "reviews")  # writes bytecode where there is none
        peer = _usual(runs, "-c", "import typer")
        for arguments in (["--version"], ["--help"], ["reviews"], ["search", "risk"], ["themes"]):
            print(f"{' '.join(arguments):32}{_usual(runs, *own, *arguments) / peer:9.2f}")


def _usual(runs: int, *command: str) -> float:
    return statistics.median(growth.cost(*command)[0] for _ in range(runs))


def _encoder_bench(number: int) -> None:
    """Hold the encoder against its own largest matrices, multiplied and nothing else."""
    import numpy as np
    from threadpoolctl import threadpool_limits

    from srtminer.vectors import encoder
    from srtminer.vectors.encoder import pieces

    texts = list(dict.fromkeys(invented(number)))
    encoder.encode(texts[:1])
    start = time.process_time()
    encoder.encode(texts)
    seconds = time.process_time() - start
    rows = sum(len(pieces(text)) for text in texts)
    # A layer multiplies each row by 12 matrices of width x width; both views have nine layers between them.
    state, weights = np.ones((256, encoder.WIDTH), np.float32), np.ones((encoder.WIDTH,) * 2, np.float32)
    with threadpool_limits(1):
        start = time.process_time()
        for _ in range(200):
            state @ weights
        peer = (time.process_time() - start) / 200 / len(state) * rows * 12 * 9
    print(f"\nEncoder: {len(texts):,} texts of {rows / len(texts):.0f} pieces, both views")
    print(f"{seconds:.1f} s of one core, {seconds / peer:.2f} times their matrices alone")


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--quick", action="store_true", help="less of everything, in a minute")
    parser.add_argument("--large", action="store_true", help="also 300,000 recommendations")
    parser.add_argument("--stability", action="store_true", help="leave each example out in turn")
    parser.add_argument("--measure", nargs="+", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        _measure_here(options.measure[0], options.measure[1:])
        return
    if options.stability:
        bench_stability.report([])
        return
    print(f"load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    _start_bench(3 if options.quick else 9)
    _encoder_bench(50 if options.quick else 1_000)
    growth.report(QUICK_SIZES if options.quick else [*SIZES, *([300_000] if options.large else [])])
    with tempfile.TemporaryDirectory() as made:
        if options.folder is None:
            _long_reviews(Path(made), 3 if options.quick else TIMES)
        _read_bench([str(path) for path in sorted((options.folder or Path(made)).rglob("*.pdf"))])


if __name__ == "__main__":
    main()
