"""Fit how likely two recommendations ask for the same, and say what that is worth.

Run `python -m tests.retrieval.calibrate` when the encoder changes: it fits the weights on one half of the
queries, writes `data/same_request.toml`, and prints both halves.
"""

from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np

from srtminer.compare.similarity import Calibration, meanings
from tests.retrieval.dense import SAME, Grades, Values, Yardstick, answers, dense, ranking

WANTED, WANTED_OF_CHAINS = 0.83, 0.9
"""Precision of what is called the same, on the fitted queries; and of what makes chains."""
WORDS = 0.35
"""Weight of words against meaning. Why not fitted: invented boards repeat phrases more than real ones do; on
rewordings of real recommendations of other sectors, more than this loses first places."""
MAY_BE = 0.05
TEXT = """# How likely two recommendations ask for the same. Written by `python -m tests.retrieval.calibrate`.
# Likelihood: 1 / (1 + exp(-(intercept + meaning * cosine of vectors + words * cosine of TF-IDF of stems))).
intercept = {0.intercept}
meaning = {0.meaning}
words = {0.words}
# From this likelihood on two are called the same, or make a chain; what is below `may_be` is not shown.
same = {0.same}
chains = {0.chains}
may_be = {0.may_be}
# Of those called the same, the share that was judged the same, on the queries that were not fitted.
precision = {0.precision}
"""


def cosines(yard: Yardstick) -> tuple[Values, Values]:
    """Give the cosines of meaning and of words of all queries with all recommendations."""
    meaning = meanings(yard.asked, yard.store).astype(np.float64)
    return meaning, (yard.asked.words @ yard.store.words.T).toarray()


def fit(yard: Yardstick) -> Calibration:
    """Fit the weights on one half of the queries, and choose the threshold for the wanted precision."""
    from sklearn.linear_model import LogisticRegression

    meaning, words = cosines(yard)
    score, half = meaning + WORDS * words, yard.fitted
    same = (yard.grades[half] == SAME).ravel()
    model: Any = LogisticRegression(C=1e3, max_iter=1000).fit(score[half].reshape(-1, 1), same)
    weight, intercept = float(model.coef_[0, 0]), float(model.intercept_[0])
    likely = 1 / (1 + np.exp(-(intercept + weight * score)))
    least = threshold(likely[half], yard.grades[half], WANTED)
    chains = threshold(likely[half], yard.grades[half], WANTED_OF_CHAINS)
    precision = answers(likely[~half], yard.grades[~half], least).precision
    values = (intercept, weight, WORDS * weight, least, chains, MAY_BE, precision)
    return Calibration(*(round(value, 2) for value in values))


def threshold(likely: Values, grades: Grades, wanted: float) -> float:
    """Give the lowest likelihood down to which the precision stays as wanted."""
    least = 0.95
    for step in np.arange(0.95, 0.09, -0.01):
        if answers(likely, grades, step).precision < wanted:
            break
        least = float(step)
    return least


def main() -> None:
    """Fit, write and print."""
    yard = dense()
    found = fit(yard)
    Path(str(files("srtminer") / "data" / "same_request.toml")).write_text(TEXT.format(found), "utf-8")
    meaning, words = cosines(yard)
    likely = 1 / (1 + np.exp(-(found.intercept + found.meaning * meaning + found.words * words)))
    print(found)
    for name, half in (("fitted", yard.fitted), ("untouched", ~yard.fitted)):
        print(name, ranking(likely[half], yard.grades[half]))
        print(name, answers(likely[half], yard.grades[half], found.same))


if __name__ == "__main__":
    main()
