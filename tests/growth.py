"""Large stores made of invented writing, to measure what grows: `python -m tests.growth 300 3000 30000`.

Recommendations are put together from those of `requests.jsonl`, with words exchanged; one in twenty is nearly
the same as an earlier one. Vectors are not the encoder's, which takes 20 ms a text: each is the sum of one
random vector a word, so that texts with words in common lie near each other.
"""

import argparse
import json
import math
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from functools import cache
from hashlib import sha256
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from srtminer.blended_rows import unit
from srtminer.compare.similarity import parts_of
from srtminer.model import FOUND, Analysis, Fact, Paragraph, Recommendation, Review, Section
from srtminer.store import Store
from srtminer.vectors import encoder

REQUESTS = Path(__file__).parent / "requests.jsonl"
PER_REVIEW = 25
EXCHANGED, REPEATED = 0.25, 0.05
"""Share of words that are exchanged for others, and of texts that nearly repeat an earlier one."""
BOARDS = (
    "Wexmoor",
    "Pellingshire",
    "Brackenford",
    "Sallowby",
    "Thornley",
    "Eastmere",
    "Oakshire",
    "Harbour Bay",
)
TOGETHER = 200
"""Reviews whose vectors are made and kept together."""


def recommendations(number: int, seed: int = 0) -> Iterator[str]:
    """Invent recommendations."""
    draw = random.Random(seed)
    bases, words, weights = _writing()
    made: list[str] = []
    for _ in range(number):
        if made and draw.random() < REPEATED:
            parts = draw.choice(made).split()
            parts[draw.randrange(len(parts))] = draw.choices(words, cum_weights=weights)[0]
        else:
            first, second = draw.choice(bases), draw.choice(bases)
            half = len(first) // 2
            parts = [
                draw.choices(words, cum_weights=weights)[0] if draw.random() < EXCHANGED else word
                for word in (*first[:half], *second[len(second) // 2 :])
            ]
        made.append(" ".join(parts))
        yield made[-1]


@cache
def _writing() -> tuple[list[list[str]], list[str], list[float]]:
    """Give the texts to begin with, words to exchange, and how often each is taken, summed up.

    Most words are made up, and the more words there are the rarer each is, as in any writing.
    """
    texts: list[list[str]] = []
    for line in REQUESTS.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        texts += [text.split() for text in (*row["same"], *row["hard"])]
    known = sorted({word.strip(".,;:()").lower() for text in texts for word in text} - {""})
    words = [*known, *(f"{one[:5]}{other[-4:]}" for one, other in zip(known, known[7:], strict=False))]
    random.Random(1).shuffle(words)
    return texts, words, np.cumsum(1 / np.arange(5, len(words) + 5)).tolist()


@cache
def _word(word: str) -> NDArray[np.float32]:
    seed = int.from_bytes(sha256(word.encode()).digest()[:8], "big")
    return np.random.default_rng(seed).standard_normal(encoder.WIDTH).astype(np.float32)


def cheap_vectors(texts: Sequence[str]) -> NDArray[np.float32]:
    """Give vectors that cost next to nothing."""
    long = ([word for word in text.lower().split() if len(word) > 3] for text in texts)
    sums = np.array([sum(map(_word, words), np.zeros(encoder.WIDTH, np.float32)) for words in long])
    return unit(sums / np.sqrt(np.maximum((sums**2).sum(axis=1, keepdims=True), 1e-9))).astype(np.float32)


def analyses(number: int) -> Iterator[Analysis]:
    """Make reviews of `PER_REVIEW` recommendations each, until there are so many recommendations."""
    texts = recommendations(number)
    for index in range(-(-number // PER_REVIEW)):
        yield _analysis(index, list(islice(texts, PER_REVIEW)))


def _analysis(index: int, texts: Sequence[str]) -> Analysis:
    board, year = BOARDS[index % len(BOARDS)], 2004 + index % 19
    review_id = sha256(f"{index}".encode()).hexdigest()[:12]
    facts = {"subject": f"Child {index}", "board": f"{board} Safeguarding Board", "year": str(year)}
    starts = np.cumsum([0, *(len(text) + 1 for text in texts)]).tolist()
    found = [
        Recommendation(f"{review_id}-{n}", review_id, (str(n + 1),), start, start + len(text), text, 1, 1)
        for n, (start, text) in enumerate(zip(starts, texts, strict=False))
    ]
    review = Review(
        id=review_id,
        source=f"review-{index}.txt",
        format="text",
        text="\n".join(texts),
        paragraphs=tuple(Paragraph(one.start, one.end, 1) for one in found),
        page_count=1,
        facts=tuple(Fact(name, value, FOUND) for name, value in facts.items()),
    )
    section = Section("Recommendations", ("Recommendations",), "", 1, 1, 0, starts[-1] - 1)
    return Analysis(review, (section,), tuple(found))


def make_store(path: Path, number: int) -> None:
    """Fill a store with so many recommendations, and with the vectors that themes and comparisons need."""
    coming = analyses(number)
    with Store.open(path, create=True) as store:
        while group := list(islice(coming, TOGETHER)):
            for analysis in group:
                store.add(analysis)
            rows = parts_of(one for analysis in group for one in analysis.recommendations)
            vectors = cheap_vectors([row.text for row in rows])
            packed = encoder.pack(vectors, vectors)
            store.keep_vectors(encoder.ENCODER, rows, {r.text: v for r, v in zip(rows, packed, strict=True)})


WATCH = """
import json, resource, subprocess, sys
done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([done.returncode, used.ru_utime + used.ru_stime, used.ru_maxrss]))
"""
COMMANDS = {
    "reviews": ["reviews"],
    "search": ["search", "risk"],
    "search --like": ["search", "--like", "talk to fathers"],
    "themes": ["themes"],
    "themes again": ["themes"],
    "compare --review": ["compare", "--review", "Child 7"],
    "the same again": ["compare", "--review", "Child 7"],
    "compare --repeats": ["compare", "--repeats"],
}


def cost(*command: str) -> tuple[float, float]:
    """Run a Python command: (seconds of the processor, most megabytes at a time)."""
    # By a small process between: what this one holds would count as held by its child.
    watched = [sys.executable, "-c", WATCH, sys.executable, *command]
    compiled = os.environ | {"PYTHONDONTWRITEBYTECODE": ""}  # as in an installed program
    done = subprocess.run(watched, stdout=subprocess.PIPE, text=True, check=True, env=compiled)
    code, seconds, kilobytes = json.loads(done.stdout)
    if code:
        print(f"{' '.join(command)}: failed", file=sys.stderr)
    return seconds, kilobytes / 1024


def report(sizes: Sequence[int]) -> None:
    """Print what commands cost by the size of the store, and with which power of it that grows."""
    print("\nGrowth: seconds of the processor (megabytes), without the first encoding of recommendations")
    print(f"{'':20}" + "".join(f"{size:>16,}" for size in sizes) + f"{'power':>8}")
    with tempfile.TemporaryDirectory() as folder:
        stores = [Path(folder, f"{size}.db") for size in sizes]
        for store, size in zip(stores, sizes, strict=True):
            make_store(store, size)
        for name, arguments in COMMANDS.items():
            used = [cost("-m", "srtminer", "--quiet", "--store", str(store), *arguments) for store in stores]
            cells = "".join(f"{f'{seconds:.1f} ({memory:.0f})':>16}" for seconds, memory in used)
            print(f"{name:20}{cells}{_power(sizes, [seconds for seconds, _ in used]):>8}", flush=True)


def _power(sizes: Sequence[int], seconds: Sequence[float]) -> str:
    """Give the exponent of growth between the last two sizes."""
    if len(sizes) < 2:
        return ""
    return f"{math.log(seconds[-1] / seconds[-2]) / math.log(sizes[-1] / sizes[-2]):.2f}"


def main() -> None:
    """Print the table, or only make a store to look at."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("sizes", nargs="+", type=int)
    parser.add_argument("--store", type=Path, help="make a store of the first size there, and no table")
    options = parser.parse_args()
    if options.store:
        make_store(options.store, options.sizes[0])
    else:
        report(options.sizes)


if __name__ == "__main__":
    main()
