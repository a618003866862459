"""Fit the weights of who is asked (srtminer/data/agency_weights.toml) on the annotated documents.

Run as `python -m tests.fit_agencies`: prints the share of recommendations whose addressee is right, in sample
and with one kind of document left out at a time (the first word of a file name), then writes the weights.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from srtminer import agencies
from srtminer.agencies import addressee_choice
from srtminer.agencies.agency_names import tokenise
from srtminer.model import Agency, Review
from srtminer.pipeline import analyse
from srtminer.read.read_file import ReadOptions, read_file
from srtminer.text.words import fold
from tests import scoring
from tests.test_agencies import ASKED, NOBODY, recommendation

HERE = Path(__file__).parent
WEIGHTS = HERE.parent / "srtminer" / "data" / "agency_weights.toml"
STRENGTH = 2.0
"""Inverse of the L2 penalty; from 0.5 to 8 the left-out figure moves by less than 0.005."""
ROUNDS = 3
"""The feature "words name somebody" looks at the weights; they settle after two rounds."""

# What is proposed does not hang on the weights, and the same words are looked at in every round.
agencies.in_words = cache(agencies.in_words)  # type: ignore[attr-defined]
agencies.heading_agencies = cache(agencies.heading_agencies)  # type: ignore[attr-defined]

Row = tuple[str, tuple[addressee_choice.Candidate, ...], tuple[tuple[str, str], ...]]
"""Kind of document, candidates, annotated (name, kind)."""


def read_rows() -> list[tuple[str, object, str, tuple[tuple[str, str], ...]]]:
    """Give kind of document, recommendation, lead-in and annotated agencies of every match."""
    rows = []
    for corpus in ("corpus", "corpus_heldout"):
        for entry in map(json.loads, (HERE / corpus / "index.jsonl").read_text("utf-8").splitlines()):
            path = HERE / corpus / entry["file"]
            expected = scoring.read_expected(path.with_suffix(".jsonl"))
            (review,) = read_file(path, ReadOptions())
            assert isinstance(review, Review)
            analysis = analyse(review)
            texts = [one.text for one in analysis.recommendations]
            opened = agencies.lead_ins(analysis.review, analysis.sections, analysis.recommendations)
            for row, column in scoring.match([item.text for item in expected], texts):
                found = analysis.recommendations[column]
                rows.append((path.name.split("-")[0], found, opened[column], expected[row].agencies))
    sentences = [*ASKED, *((text, []) for text in NOBODY)]
    return [
        *rows,
        *(
            ("sentence", recommendation(text), "", tuple((name, "") for name in names))
            for text, names in sentences
        ),
    ]


def is_right(agency: Agency, wanted: Iterable[tuple[str, str]]) -> bool:
    """Whether an agency is one of the annotated, in fewer or more words ("the Board"), or by half of them."""
    mine = {token.word for token in tokenise(fold(agency.name))}
    for name, _ in wanted:
        other = {token.word for token in tokenise(fold(name))}
        if mine <= other or other <= mine or len(mine & other) >= 0.5 * max(len(mine), len(other)):
            return True
    return False


def fit(rows: Sequence[Row]) -> dict[str, float]:
    """Fit a logistic regression on the candidates; one weight a feature and "always"."""
    names = sorted({name for _, found, _ in rows for one in found for name in one.features})
    place = {name: index for index, name in enumerate(names)}
    every = [(one, wanted) for _, found, wanted in rows for one in found]
    matrix = np.zeros((len(every), len(names)))
    for index, (one, _) in enumerate(every):
        matrix[index, [place[name] for name in one.features]] = 1
    labels = [any(is_right(agency, wanted) for agency in one.agencies) for one, wanted in every]
    model = LogisticRegression(C=STRENGTH, max_iter=5000).fit(matrix, labels)
    return {"always": float(model.intercept_[0])} | dict(zip(names, map(float, model.coef_[0]), strict=True))


def use(weights: dict[str, float]) -> None:
    """Let the program weigh with these."""
    addressee_choice.weights = lambda: weights  # type: ignore[assignment]


def candidates_of(raw: Sequence[tuple[str, object, str, tuple[tuple[str, str], ...]]]) -> list[Row]:
    """Propose candidates with the weights in use."""
    return [(group, agencies.candidates(found, lead_in), wanted) for group, found, lead_in, wanted in raw]  # type: ignore[arg-type]


def settled(raw: Sequence[tuple[str, object, str, tuple[tuple[str, str], ...]]]) -> dict[str, float]:
    """Fit until the features that look at the weights are those of the weights."""
    weights = {"always": 0.0}
    for _ in range(ROUNDS):
        use(weights)
        weights = fit(candidates_of(raw))
    return weights


def right(row: Row) -> bool:
    """Whether the first three names hold an annotated one, or nobody is named where nobody is annotated."""
    _, found, wanted = row
    chosen = addressee_choice.choose(found)[:3]
    return any(is_right(one, wanted) for one in chosen) if wanted else not chosen


def main() -> None:
    """Print the figures and write the weights."""
    raw = read_rows()
    groups = defaultdict(list)
    for row in raw:
        groups[row[0]].append(row)
    left_out = {}
    for group, rows in groups.items():
        weights = settled([row for row in raw if row[0] != group])
        use(weights)
        left_out[group] = (sum(map(right, candidates_of(rows))), len(rows))
    weights = settled(raw)
    use(weights)
    inside = sum(map(right, candidates_of(raw)))
    out = sum(count for count, _ in left_out.values())
    mean = np.mean([count / size for count, size in left_out.values()])
    print(f"in sample {inside / len(raw):.3f}, left out {out / len(raw):.3f}, mean over kinds {mean:.3f}")
    lines = [f'"{name}" = {round(weights[name], 2)}' for name in sorted(weights)]
    WEIGHTS.write_text("# Written by tests/fit_agencies.py.\n[weights]\n" + "\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
