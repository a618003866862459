"""Fit the weights by which series are chosen, and say how good the choice is, in sample and left out.

    python -m tests.fit_series [--documents FOLDER ...] [--gold FILE ...] [--none FILE ...] [--write]

A gold file has one JSON object a line with "file" and "text"; a file of --none names documents that make no
recommendation, one a line. The annotated documents of the tests are always among those that it learns from.

Left out means: the documents of one publisher are read with weights and a calibration that
were fitted without any of them. A publisher is what a name begins with, up to the first "_" or "-"; behind
the two letters of a country, the next word too.
"""

import json
import re
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit
from sklearn.linear_model import LogisticRegression

from srtminer import agencies, metadata
from srtminer.model import Review
from srtminer.read.read_file import ReadOptions, read_file
from srtminer.recommendations import chosen_of, kind_of, merged_of, proposed
from srtminer.recommendations.features import surroundings
from srtminer.recommendations.series_choice import (
    Described,
    Weights,
    calibrated,
    describe,
    log_odds,
    second_look,
)
from srtminer.structure import nodes_of, outline
from tests.fresh import batch
from tests.long_reviews import documents as long_reviews
from tests.scoring import match, overlap, read_expected, tokens

HERE = Path(__file__).parent
EXAMPLES = HERE.parent / "examples"
OUT = HERE.parent / "srtminer" / "data" / "series.json"
CORPORA = ("corpus", "corpus_heldout")
L2 = 1.0
REAL = 3
"""An item of a real document counts as so many of an invented one …"""
LONG = 2
"""… an item of an invented one of real size as so many …"""
FILES = 1.5
"""… and one of the examples or of the batches of files, each a publisher. With 3, real documents lose
.03 of F left out."""
FOLDS = 5
"""The invented documents are left out in so many parts, by the names that they begin with."""
STEPS = 25
TOLERANCE = 0.01
Array = NDArray[np.float64]
Bounds = Sequence[tuple[float | None, float | None]]


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
    series = proposed(review, nodes)
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


def fit(documents: Sequence[Document], without: frozenset[str] = frozenset()) -> Weights:
    """Fit the weights of both looks; `without` are features that are left out."""
    sizes = _sizes(documents)
    first = _fitted([one.found for one in documents], documents, sizes, without)
    seconds = [second_look(one.found, first) for one in documents]
    return {"first": first, "second": _fitted(seconds, documents, sizes, without)}


def _fitted(
    found: Sequence[Described], documents: Sequence[Document], sizes: Array, without: frozenset[str]
) -> dict[str, float]:
    names = sorted({name for one in found for _, rows in one for row in rows for name in row} - without)
    data = np.concatenate([_figures(one, names) for one in found])
    rights = np.array([right for one in documents for some in one.rights for right in some])
    weights = logistic(data, rights, sizes, names)
    return {name: round(float(weight), 3) for name, weight in zip(names, weights, strict=True)}


def _figures(found: Described, names: Sequence[str]) -> Array:
    rows = [[row.get(name, 0.0) for name in names] for _, rows in found for row in rows]
    return np.array(rows).reshape(len(rows), len(names))


def _weight(publisher: str) -> float:
    return (
        {"T": 1, "L": LONG, "C": FILES, "E": FILES}.get(publisher[0], REAL) if publisher[1:2] == ":" else REAL
    )


def _sizes(documents: Sequence[Document]) -> Array:
    """Weigh items so that neither a long document nor a publisher of many says it all."""
    many = Counter(document.publisher for document in documents)
    counts = [sum(map(len, document.rights)) for document in documents]
    sizes = [
        _weight(one.publisher) * (many[one.publisher] * max(1, count)) ** -0.5
        for one, count in zip(documents, counts, strict=True)
    ]
    return np.repeat(sizes, counts)


AGAINST = [
    "response",
    "foreign title",
    "statement",
    "unannounced",
    "foreign",
    "aside",
    "appendix",
    "short",
    "quoted",
    "conclusion",
    "past",
    "foreign says",
    "article told",
    "reply",
    "introduces",
    "announcing",
    "other type",
]
FOR = [
    "asks",
    "contrast",
    "set apart twice",
    "recommends",
    "announced list",
    "asking lead-in",
    "asks alone",
]
"""What can only speak against an item, or for it: another sign is chance."""


def logistic(data: Array, rights: Array, sizes: Array, names: Sequence[str]) -> Array:
    """Fit a log-linear score by Newton steps, with an L2 penalty and only the signs that make sense."""
    sizes = sizes / sizes.mean()
    bounds = [(0.0 if name in FOR else None, 0.0 if name in AGAINST else None) for name in names]
    weights, loss = np.zeros(len(names)), np.inf
    for _ in range(STEPS):
        chances = expit(data @ weights)
        slope = data.T @ (sizes * (chances - rights)) + L2 * weights
        curve = (data * (sizes * chances * (1 - chances))[:, None]).T @ data + L2 * np.eye(len(names))
        target = _lowest(weights, slope, curve, bounds)
        for share in (1.0, 0.5, 0.25, 0.125):
            moved = weights + share * (target - weights)
            scores = data @ moved
            now = float(sizes @ (np.logaddexp(0, scores) - rights * scores) + L2 * moved @ moved / 2)
            if now < loss:
                break
        if loss - now < TOLERANCE:
            break
        weights, loss = moved, now
    return weights


def _lowest(
    weights: Array, slope: Array, curve: Array, bounds: Sequence[tuple[float | None, float | None]]
) -> Array:
    def near(moved: Array) -> tuple[float, Array]:
        step = moved - weights
        return float(step @ slope + step @ curve @ step / 2), slope + curve @ step

    found: Array = minimize(near, weights, jac=True, method="L-BFGS-B", bounds=bounds).x
    return found


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was found in a document, against its gold."""

    name: str
    publisher: str
    wanted: int
    matched: int
    exact: int
    """Of the matched, those that are right word for word."""
    sure: tuple[tuple[float, bool], ...]
    """(confidence, right) of each that was found."""

    @property
    def f(self) -> float:
        """F of this document; 1 where nothing is wanted and nothing found."""
        total = self.wanted + len(self.sure)
        return 2 * self.matched / total if total else 1.0


def outcome(document: Document, fitted: Weights) -> Outcome:
    """Choose with some weights, and count."""
    found = merged_of(chosen_of(document.found, fitted), document.review)
    texts = [one.text for one in found]
    pairs = match(document.gold, texts)
    right = {column for _, column in pairs}
    exact = sum(overlap(tokens(document.gold[row]), tokens(texts[column])) >= 0.95 for row, column in pairs)
    sure = tuple((one.confidence, place in right) for place, one in enumerate(found))
    return Outcome(document.name, document.publisher, len(document.gold), len(pairs), exact, sure)


def left_out(documents: Sequence[Document], without: frozenset[str] = frozenset()) -> list[Outcome]:
    """Read the documents of each publisher with what is fitted on all the others; not calibrated."""
    parts: dict[str, list[Document]] = defaultdict(list)
    for one in documents:
        parts[_part(one.publisher)].append(one)
    return [
        outcome(one, fitted)
        for name, part in sorted(parts.items())
        for fitted in [fit([one for one in documents if _part(one.publisher) != name], without)]
        for one in part
    ]


def _part(publisher: str) -> str:
    if publisher[1:2] != ":":
        return publisher
    return f"{publisher[:2]}{sum(map(ord, publisher)) % FOLDS}"


# How sure -------------------------------------------------------------------------------------------------


def calibrate(outcomes: Sequence[Outcome]) -> dict[str, float]:
    """Fit slope and offset of the log odds (Platt), publishers weighed as in the fit."""
    many = Counter(one.publisher for one in outcomes for _ in one.sure)
    rows = [
        (sure, right, _weight(one.publisher) * many[one.publisher] ** -0.5)
        for one in outcomes
        for sure, right in one.sure
    ]
    odds = np.array([[log_odds(sure)] for sure, _, _ in rows])
    model = LogisticRegression(C=10.0)
    model.fit(odds, [right for _, right, _ in rows], sample_weight=[weight for _, _, weight in rows])
    return {"slope": round(float(model.coef_[0, 0]), 3), "offset": round(float(model.intercept_[0]), 3)}


def calibrated_apart(outcomes: Sequence[Outcome]) -> list[Outcome]:
    """Calibrate what each publisher's documents give on those of all the others."""
    of = {
        publisher: calibrate([one for one in outcomes if one.publisher != publisher])
        for publisher in {one.publisher for one in outcomes}
    }
    return [
        replace(one, sure=tuple((calibrated(sure, of[one.publisher]), right) for sure, right in one.sure))
        for one in outcomes
    ]


# What it says ---------------------------------------------------------------------------------------------


def report(title: str, outcomes: Sequence[Outcome]) -> None:
    """Print how good a choice is: of real documents, and of the invented ones."""
    for name, some in (
        ("real", [one for one in outcomes if one.publisher[1:2] != ":"]),
        ("tests", [one for one in outcomes if one.publisher.startswith("T:")]),
        ("long", [one for one in outcomes if one.publisher.startswith("L:")]),
        ("batch", [one for one in outcomes if one.publisher[:2] in ("F:", "C:")]),
    ):
        if some:
            print(f"{title:9} {name:5} {figures(some)}")


def figures(outcomes: Sequence[Outcome]) -> str:
    """Give P, R, F over all, the mean of F over documents and over publishers, exact, and the Brier score."""
    matched, wanted = sum(one.matched for one in outcomes), sum(one.wanted for one in outcomes)
    sure = [pair for one in outcomes for pair in one.sure]
    by = defaultdict(list)
    for one in outcomes:
        by[one.publisher].append(one.f)
    return (
        f"P {matched / max(1, len(sure)):.3f} R {matched / max(1, wanted):.3f}"
        f" F {2 * matched / max(1, len(sure) + wanted):.3f}"
        f" documents {np.mean([one.f for one in outcomes]):.3f}"
        f" publishers {np.mean([np.mean(some) for some in by.values()]):.3f}"
        f" exact {sum(one.exact for one in outcomes) / max(1, matched):.3f}"
        f" Brier {np.mean([(chance - right) ** 2 for chance, right in sure] or [0.0]):.3f}"
    )


def reliability(outcomes: Sequence[Outcome]) -> None:
    """Print how many of those are right that are said to be right so often."""
    for low, high in pairwise((0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.01)):
        some = [pair for one in outcomes for pair in one.sure if low <= pair[0] < high]
        if some:
            said, right = (float(np.mean(column)) for column in zip(*some, strict=True))
            print(f"  {low:.2f}–{min(1, high):.2f}: {len(some):4} found, said {said:.2f}, right {right:.2f}")


# Documents ------------------------------------------------------------------------------------------------


def publisher_of(name: str) -> str:
    """Give the publisher that a file's name begins with: "PA_Near_Death.pdf" is "PA_Near"'s."""
    first, *rest = re.split("[-_.]", name)
    return f"{first}_{rest[0]}" if len(first) == 2 and first.isupper() else first


def read(folder: Path, gold: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, str, Review, Sequence[str]]]:
    """Read the annotated documents of a folder."""
    for path in sorted(folder.iterdir()):
        if path.name in gold:
            (review,) = read_file(path, ReadOptions())
            if isinstance(review, Review):
                mark = "T:" if HERE in path.parents else ""
                yield path.name, mark + publisher_of(path.name), review, gold[path.name]


def of_tests(folder: Path) -> dict[str, list[str]]:
    """Give the gold of a folder of the tests: beside each document stands its key."""
    keys = {path.stem: path for path in folder.glob("*.jsonl") if path.stem != "index"}
    texts = {stem: [item.text for item in read_expected(path)] for stem, path in keys.items()}
    return {
        path.name: texts[path.stem]
        for path in folder.iterdir()
        if path.stem in texts and path.suffix != ".jsonl"
    }


def invented(mark: str, write: Callable[[str], None]) -> Iterator[tuple[str, str, Review, Sequence[str]]]:
    """Write invented documents as PDFs, and read them; each is its own publisher."""
    with TemporaryDirectory() as folder:
        write(folder)
        wanted = annotated([Path(folder) / "recommendations.jsonl"], [Path(folder) / "none.txt"])
        for name, _, review, gold in read(Path(folder), wanted):
            yield name, f"{mark}:{name}", review, gold


def examples() -> Iterator[tuple[str, str, Review, Sequence[str]]]:
    """Read the examples, whose key says how a recommendation begins and ends; each is its own publisher."""
    lines = (HERE / "examples_key.jsonl").read_text(encoding="utf-8").splitlines()
    keys = [json.loads(line) for line in lines]
    names = [path.name for path in EXAMPLES.iterdir() if path.suffix in (".md", ".pdf", ".txt")]
    for name, _, review, _ in read(EXAMPLES, dict.fromkeys(names, ())):
        gold = []
        for key in (key for key in keys if key["file"] == name):
            start = review.text.rindex(key["starts"])
            end = review.text.index(key["ends"], start) + len(key["ends"])
            gold.append(review.text[start:end])
        yield name, f"E:{name}", review, gold


def annotated(gold: Sequence[Path], none: Sequence[Path]) -> dict[str, list[str]]:
    """Give the texts of each annotated document."""
    wanted: dict[str, list[str]] = defaultdict(list)
    for path in gold:
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            wanted[row["file"]].append(row["text"])
    for path in none:
        for name in path.read_text(encoding="utf-8").splitlines():
            wanted[name.strip()] = []
    return wanted


def main() -> None:
    """Fit, say how good it is in sample and left out, and with --write keep the weights."""
    parser = ArgumentParser(description=__doc__, formatter_class=RawDescriptionHelpFormatter)
    for name in ("documents", "gold", "none"):
        parser.add_argument(f"--{name}", type=Path, action="append", default=[])
    parser.add_argument("--write", action="store_true", help=f"write {OUT.name}")
    parser.add_argument("--ablate", action="store_true", help="leave each feature out, one after the other")
    options = parser.parse_args()
    wanted = annotated(options.gold, options.none)
    rows = [row for folder in options.documents for row in read(folder, wanted)]
    rows += [row for name in CORPORA for row in read(HERE / name, of_tests(HERE / name))]
    files = annotated([batch.FILES / "recommendations.jsonl"], [batch.FILES / "none.txt"])
    rows += [(name, f"C:{name}", review, gold) for name, _, review, gold in read(batch.FILES, files)]
    rows += examples()
    rows += [*invented("L", long_reviews.main), *invented("F", batch.write_seen)]
    with ProcessPoolExecutor(2) as pool:
        documents = list(pool.map(prepare, *zip(*rows, strict=True)))
    run(documents, write=options.write, ablate=options.ablate)


def run(documents: Sequence[Document], *, write: bool = False, ablate: bool = False) -> None:
    """Fit and report on documents that are read."""
    raw = left_out(documents)
    apart = calibrated_apart(raw)
    fitted = {**fit(documents), "calibration": calibrate(raw)}
    inside = [outcome(one, fitted) for one in documents]
    table(inside, apart)
    report("in sample", inside)
    report("left out", apart)
    reliability([one for one in apart if one.publisher[1:2] != ":"])
    for name in sorted(fitted["second"]) if ablate else ():
        report(f"- {name}", calibrated_apart(left_out(documents, frozenset([name]))))
    if write:
        OUT.write_text(json.dumps(fitted, indent=0, sort_keys=True) + "\n", encoding="utf-8")


def table(inside: Sequence[Outcome], apart: Sequence[Outcome]) -> None:
    """Print each document in which something is wrong."""
    other = {one.name: one for one in apart}
    for one in inside:
        pair = (one, other[one.name])
        if min(some.f for some in pair) < 1:
            shown = (f"{some.matched:3} of {len(some.sure):3}, F {some.f:.2f}" for some in pair)
            print(f"{one.name:48.48} wanted {one.wanted:3}; " + "; left out ".join(shown))


if __name__ == "__main__":
    main()
