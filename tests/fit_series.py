"""Fit the weights by which series are chosen: `python -m tests.fit_series DOCUMENTS GOLD [NONE] [--write]`.

DOCUMENTS is a folder; GOLD has one JSON object a line with "file" and "text", NONE the names of documents
that make no recommendation. The annotated documents of the tests are always among those that it learns from.
Prints F with each publisher left out; a publisher is what a name begins with, up to the first "_" or "-".
"""

import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit

from srtminer import agencies, metadata
from srtminer.model import Recommendation, Review
from srtminer.read.files import ReadOptions, read_file
from srtminer.recommendations import chosen_of, kind_of, merged_of, proposed
from srtminer.recommendations.choice import Described, Weights, describe, with_rivals
from srtminer.recommendations.features import Features, surroundings
from srtminer.structure import nodes_of, outline
from tests.scoring import match, overlap, read_expected, tokens

HERE = Path(__file__).parent
OUT = HERE.parent / "srtminer" / "data" / "series.json"
L2 = 1.0


@dataclass(slots=True)
class Document:
    """A document with its gold and its candidates."""

    name: str
    publisher: str
    review: Review
    gold: tuple[str, ...]
    kind: str
    found: Described
    rights: list[list[float]]


def prepare(name: str, publisher: str, review: Review, gold: Sequence[str]) -> Document:
    """Propose the series of a document, and say of each item how right it is."""
    facts = (*review.facts, *metadata.find_facts(review))
    review = replace(review, facts=facts)
    sections = outline(review, agencies.is_agency_heading)
    nodes = nodes_of(review, sections)
    kind = kind_of(review, nodes, next((fact.value for fact in facts if fact.field == "kind"), ""))
    series = proposed(review, sections, nodes, kind)
    counted = [tokens(text) for text in gold]
    right: dict[tuple[int, int], float] = {}
    for one in series:
        for item in one.items:
            if item.span not in right:
                words = tokens(review.text[slice(*item.span)])
                size = words.total()
                near = (
                    other for other in counted if size < 3.5 * other.total() and other.total() < 3.5 * size
                )
                best = max((overlap(words, other) for other in near), default=0.0)
                right[item.span] = min(1.0, max(0.0, (best - 0.5) / 0.4))
    rights = [[right[item.span] for item in one.items] for one in series]
    return Document(
        name, publisher, review, tuple(gold), kind, describe(series, surroundings(nodes, kind)), rights
    )


def fit(
    documents: Sequence[Document], leave_out: frozenset[str] = frozenset()
) -> dict[str, dict[str, float]]:
    """Fit both passes: the second knows how strong the best other series is."""
    many = Counter(document.publisher for document in documents)
    rights = np.array([right for document in documents for one in document.rights for right in one])
    counts = [sum(map(len, document.rights)) for document in documents]
    real = {one.publisher: 1 if one.publisher.startswith("T:") else 3 for one in documents}
    sizes = np.repeat(
        [
            real[one.publisher] * (many[one.publisher] * max(1, n)) ** -0.5
            for one, n in zip(documents, counts, strict=True)
        ],
        counts,
    )
    first = logistic(_rows(documents, None, leave_out), rights, sizes)
    return {"first": first, "second": logistic(_rows(documents, first, leave_out), rights, sizes)}


def _rows(
    documents: Sequence[Document], first: dict[str, float] | None, leave_out: frozenset[str]
) -> list[Features]:
    found = (one.found if first is None else with_rivals(one.found, first) for one in documents)
    rows = (values for described in found for _, features in described for values in features)
    return (
        [{k: v for k, v in values.items() if k not in leave_out} for values in rows]
        if leave_out
        else list(rows)
    )


AGAINST = [
    "statement",
    "article",
    "response",
    "foreign title",
    "passed on",
    "unannounced",
    "foreign",
    "aside",
    "appendix",
    "bare",
    "short",
    "talks",
    "told",
    "quoted",
    "conclusion",
    "announces",
    "cut otherwise",
    "past",
    "rival",
    "behind",
    "leads in",
]
FOR = [
    "asks",
    "share asking",
    "contrast",
    "above the rest",
    "complete",
    "printed twice",
    "recommends",
    "recommending",
    "own",
    "mixed",
    "tag",
    "announced list",
    "asking lead-in",
    "cites back",
    "listed",
    "other type",
    "like the others",
]
"""What can only speak against an item, or for it: another sign is chance."""


def logistic(
    rows: Sequence[Features], rights: NDArray[np.float64], sizes: NDArray[np.float64]
) -> dict[str, float]:
    """Fit a log-linear score, with an L2 penalty on all but the constant and the signs that make sense."""
    names = sorted({name for row in rows for name in row})
    data = np.array([[row.get(name, 0.0) for name in names] for row in rows])
    sizes = sizes / sizes.mean()
    penalty = np.array([0.0 if name == "one" else L2 for name in names])
    bounds = [(0.0 if name in FOR else None, 0.0 if name in AGAINST else None) for name in names]

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        scores = data @ weights
        value = sizes @ (np.logaddexp(0, scores) - rights * scores) + penalty @ weights**2 / 2
        return float(value), data.T @ (sizes * (expit(scores) - rights)) + penalty * weights

    found = minimize(
        loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 300}
    )
    return {name: round(float(weight), 3) for name, weight in zip(names, found.x, strict=True)}


def found_in(document: Document, fitted: Weights) -> tuple[Recommendation, ...]:
    """Give what is found with some weights."""
    return merged_of(chosen_of(document.found, fitted), document.review)


def score(
    document: Document, found: Sequence[Recommendation]
) -> tuple[float, int, list[tuple[float, bool]], int]:
    """Give F, the number matched, (confidence, right) of each found, and how many are word for word."""
    texts = [one.text for one in found]
    pairs = match(document.gold, texts)
    right = {column for _, column in pairs}
    f = 2 * len(pairs) / (len(document.gold) + len(texts)) if document.gold or texts else 1.0
    exact = sum(overlap(tokens(document.gold[row]), tokens(texts[column])) >= 0.95 for row, column in pairs)
    return f, len(pairs), [(one.confidence, place in right) for place, one in enumerate(found)], exact


def read(folder: Path, gold: dict[str, list[str]]) -> Iterator[Document]:
    """Read the annotated documents of a folder."""
    for path in sorted(folder.iterdir()):
        if path.name in gold:
            (review,) = read_file(path, ReadOptions())
            if isinstance(review, Review):
                publisher = re.split("[-_]", path.stem)[0]
                here = HERE in path.parents
                yield prepare(path.name, f"T:{publisher}" if here else publisher, review, gold[path.name])


def of_tests(folder: Path) -> dict[str, list[str]]:
    """Give the gold of a folder of the tests: beside each document stands its key."""
    keys = {path.stem: path for path in folder.glob("*.jsonl") if path.stem != "index"}
    texts = {stem: [item.text for item in read_expected(path)] for stem, path in keys.items()}
    return {
        path.name: texts[path.stem]
        for path in folder.iterdir()
        if path.stem in texts and path.suffix != ".jsonl"
    }


def main(folder: str, gold: str, none: str = "", *options: str) -> None:
    """Fit, say how good it is with each publisher left out, and with --write keep the weights."""
    wanted: dict[str, list[str]] = defaultdict(list)
    for line in Path(gold).read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        wanted[row["file"]].append(row["text"])
    for name in Path(none).read_text(encoding="utf-8").split() if none and none != "--write" else ():
        wanted[name] = []
    documents = list(read(Path(folder), wanted))
    for corpus in ("corpus", "corpus_heldout"):
        documents += read(HERE / corpus, of_tests(HERE / corpus))
    for publisher in sorted({one.publisher for one in documents}):
        left = fit([one for one in documents if one.publisher != publisher])
        scores = [score(one, found_in(one, left))[0] for one in documents if one.publisher == publisher]
        print(f"{publisher:30} {len(scores):3} documents F {np.mean(scores):.3f}")
    if "--write" in (none, *options):
        OUT.write_text(json.dumps(fit(documents), indent=0, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
