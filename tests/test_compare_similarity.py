"""What two recommendations have in common: figures that are the same on every processor, and in any order."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from srtminer.blended_rows import STEPS, unit
from srtminer.compare.nearest_pairs import pairs_within
from srtminer.compare.similarity import (
    Requests,
    Values,
    all_pairs,
    calibration,
    floats,
    index_of,
    likelihood,
    meanings,
    parts,
    requests_of,
    stems,
)
from srtminer.model import Recommendation


def invented(n: int, seed: int) -> Requests:
    """Make requests of one or two parts with vectors near one another."""
    rng = np.random.default_rng(seed)
    texts = [f"word{i} word{i % 3} word" for i in range(n)]
    found = [Recommendation(f"r{i:03}", f"v{i}", (), 0, 1, text, 1, 1) for i, text in enumerate(texts)]
    middle = rng.standard_normal(32)
    known = {text: unit(middle[None] + rng.standard_normal((1, 32)))[0] for text in texts}
    return compared(found, known)


def compared(found: list[Recommendation], known: dict[str, NDArray[np.float32]]) -> Requests:
    index = index_of(found, lambda rows: np.array([known[row.text] for row in rows], dtype=np.float32))
    return requests_of(index)


def dense(asked: Requests) -> Values:
    meaning = meanings(asked, asked).astype(np.float64)
    return likelihood(meaning, (asked.words @ asked.words.T).toarray())


@settings(max_examples=30, deadline=None)
@given(st.integers(2, 12), st.integers(0, 1000), st.floats(0.02, 0.98))
def test_pairs_are_those_that_are_likely_enough(n: int, seed: int, least: float) -> None:
    asked = invented(n, seed)
    likely = dense(asked)
    first, second = np.nonzero(np.triu(likely >= least, 1))
    found = pairs_within(asked, least)
    assert list(zip(found["first"].tolist(), found["second"].tolist(), strict=True)) == list(
        zip(first.tolist(), second.tolist(), strict=True)
    )
    assert len(all_pairs(asked, asked, least)) == (likely >= least).sum()


@given(st.integers(0, 1000))
def test_cosines_are_whole_steps_and_so_exact(seed: int) -> None:
    asked = invented(6, seed)
    whole = asked.meaning.astype(np.int64)
    assert STEPS == 2048  # as the likelihoods were fitted on
    assert np.array_equal(floats(asked.meaning) @ floats(asked.meaning).T, (whole @ whole.T) / STEPS**2)


def test_the_nearest_parts_count_as_much_as_the_whole() -> None:
    first, second = "Midwives should warn of bed sharing.", "The Council must vet drivers of taxis."
    both = f"{first} {second}"
    assert parts(both) == (both, first, second)
    assert parts(first) == (first,)
    assert parts("Publish it. By March.") == ("Publish it. By March.",)
    assert parts(f"Two babies died in their parents’ beds. {first}")[1:] == (first,)
    assert parts(
        "The Board should:\n• train all midwives about bed sharing\n• vet the drivers of taxis for pupils"
    )[1:] == ("train all midwives about bed sharing", "vet the drivers of taxis for pupils")
    found = [Recommendation(text, text, (), 0, 1, text, 1, 1) for text in (both, second)]
    known = dict(zip((both, parts(both)[1], second), np.eye(3, dtype=np.float32), strict=True))
    asked = compared(found, known)
    assert meanings(asked, asked)[0, 1] == 0.5


def test_likelihood_grows_with_meaning_and_with_words() -> None:
    steps = np.linspace(0, 1, 20)
    for values in (likelihood(steps, steps * 0), likelihood(steps * 0, steps)):
        assert (np.diff(values) >= 0).all()
    assert likelihood(np.ones(1), np.ones(1))[0] > calibration().same > calibration().may_be


def test_words_that_say_nothing_are_left_out() -> None:
    text = "The Board should ensure that the child’s records are kept"
    assert stems(text) == stems("board child record kept")
