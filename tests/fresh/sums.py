"""How well the program reads documents that nobody looks into: sums, and never one document.

python -m tests.fresh.sums [FOLDER]     documents with recommendations.jsonl and none.txt; `files_unseen`
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from srtminer.model import Review
from srtminer.pipeline import analyse
from srtminer.read.read_file import ReadOptions, read_file
from tests.fit_series import annotated
from tests.scoring import match

UNSEEN = Path(__file__).parent / "files_unseen"


def counts(folder: Path) -> Iterator[tuple[int, int, int]]:
    """Give of each document the number of recommendations wanted, found and right."""
    for name, gold in annotated([folder / "recommendations.jsonl"], [folder / "none.txt"]).items():
        (review,) = read_file(folder / name, ReadOptions())
        if isinstance(review, Review):
            found = [one.text for one in analyse(review).recommendations]
            yield len(gold), len(found), len(match(gold, found))


def report(folder: Path) -> str:
    """Say what the sums and the mean over documents are."""
    known = list(counts(folder))
    wanted, found, right = map(sum, zip(*known, strict=True))
    mean = sum(2 * both / (asked + told) if asked + told else 1 for asked, told, both in known) / len(known)
    return (
        f"{len(known)} documents, {wanted} recommendations: precision {right / max(1, found):.3f}, "
        f"recall {right / wanted:.3f}, F {2 * right / (wanted + found):.3f}, mean over documents {mean:.3f}"
    )


if __name__ == "__main__":
    print(report(Path(sys.argv[1]) if sys.argv[1:] else UNSEEN))
