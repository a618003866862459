"""The dense store, the queries put to it, and what was judged of their answers.

`store.jsonl`: invented child-protection recommendations with many near misses.
`queries.jsonl`: 80 recommendations in the sector's usual wording, written before the store; for 21 of them it
has no answer. Every second one is fitted on, the others are read only to tell what the result is worth.
`judgements.jsonl`: "same" request or same "topic"; what is not listed is neither. The ten nearest of five
methods (TF-IDF of words, of stems, of characters, BM25, encoder) were pooled and judged twice: once by line
and act of the store's makers (`source`), once by reading them shuffled; the same only if both say so. Both
passes are by one hand and agree on 0.995 of 1,769 pairs (kappa 0.98), so they hide no doubt of the judge's.
What was not pooled has the first judgement only.
"""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from srtminer.compare.similarity import Requests, all_pairs, requests_of
from srtminer.model import Recommendation
from tests.encoding import index

HERE = Path(__file__).parent
SAME, TOPIC = 2, 1
Values = NDArray[np.float64]
Grades = NDArray[np.int64]


def read(name: str) -> list[dict[str, Any]]:
    text = (HERE / name).read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def _recommendation(id: str, text: str) -> Recommendation:
    return Recommendation(id, id, ("1",), 0, len(text), text, 1, 1)


@dataclass(frozen=True, slots=True)
class Yardstick:
    """Queries against a store; shapes are (queries, recommendations)."""

    asked: Requests
    store: Requests
    grades: Grades
    """`SAME`, `TOPIC` or 0."""
    fitted: NDArray[np.bool_]
    """Of each query, whether weights were fitted on it."""

    def scores(self) -> Values:
        """Give the likelihoods of all pairs, 0 where it is next to none."""
        found = all_pairs(self.asked, self.store, 1e-4)
        likely = np.zeros(self.grades.shape)
        likely[found["first"], found["second"]] = found["likelihood"]
        return likely


@cache
def dense() -> Yardstick:
    """Read and encode all: half a minute on one core."""
    store = [_recommendation(row["id"], row["text"]) for row in read("store.jsonl")]
    queries = [_recommendation(f"q{row['query']}", row["text"]) for row in read("queries.jsonl")]
    place = {one.id: number for number, one in enumerate(store)}
    grades = np.zeros((len(queries), len(store)), dtype=np.int64)
    for row in read("judgements.jsonl"):
        grades[row["query"], place[row["id"]]] = {"same": SAME, "topic": TOPIC}[row["grade"]]
    asked, known = index(queries), index(store)
    return Yardstick(
        asked=requests_of(asked, [known, asked]),
        store=requests_of(known, [known, asked]),
        grades=grades,
        fitted=np.array([row["half"] == "fit" for row in read("queries.jsonl")]),
    )


@dataclass(frozen=True, slots=True)
class Ranking:
    """How well answers are ranked, over queries that have one."""

    first: float
    among_three: float
    ndcg: float
    """Of the first ten; gain 3 for the same request, 1 for the topic."""


def ranking(likely: Values, grades: Grades) -> Ranking:
    """Measure the ranking; ties go to the earlier recommendation."""
    answered = (grades == SAME).any(axis=1)
    order = np.argsort(-likely[answered], axis=1, kind="stable")[:, :10]
    known = grades[answered]
    got = np.take_along_axis(known, order, axis=1)
    discount = 1 / np.log2(np.arange(2, 12))
    best = np.sort(known, axis=1)[:, ::-1][:, :10]
    ndcg = ((2.0**got - 1) @ discount) / ((2.0**best - 1) @ discount)
    right = got == SAME
    return Ranking(float(right[:, 0].mean()), float(right[:, :3].any(axis=1).mean()), float(ndcg.mean()))


@dataclass(frozen=True, slots=True)
class Answers:
    """What is called the same: up to three a query."""

    precision: float
    answered: float
    """Share of the queries with an answer that get one, right or wrong."""
    found: float
    """Share of the queries with an answer that get a right one."""
    new: int
    """Queries without an answer that get one."""


def answers(likely: Values, grades: Grades, least: float) -> Answers:
    """Measure what is called the same from a likelihood on."""
    order = np.argsort(-likely, axis=1, kind="stable")[:, :3]
    called = np.take_along_axis(likely, order, axis=1) >= least
    right = called & (np.take_along_axis(grades, order, axis=1) == SAME)
    known = (grades == SAME).any(axis=1)
    return Answers(
        precision=float(right.sum() / max(1, called.sum())),
        answered=float(called[known].any(axis=1).mean()),
        found=float(right[known].any(axis=1).mean()),
        new=int(called[~known].any(axis=1).sum()),
    )
