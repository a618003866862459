import json
import random
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from srtminer.blended_rows import STEPS
from srtminer.vectors import encoder
from srtminer.vectors.encoder import LONGEST, WIDTH, encode, pieces
from tests.make_encoder import DATA

HERE = Path(__file__).parent
REFERENCE = [
    json.loads(line) for line in (HERE / "encoder_reference.jsonl").read_text(encoding="utf-8").splitlines()
]
TEXTS = [str(entry["text"]) for entry in REFERENCE]
"""Our own writing; numbers and vectors come from the original weights in float32."""


@pytest.mark.parametrize("entry", REFERENCE, ids=[text[:20] for text in TEXTS])
def test_pieces_are_those_of_the_original(entry: dict[str, list[int]]) -> None:
    assert pieces(str(entry["text"])) == entry["ids"]


def test_vectors_are_near_those_of_the_original() -> None:
    with_words = [entry for entry in REFERENCE if entry["text"]]
    original = np.array([entry["vector"] for entry in with_words])
    cosines = (original * encode([entry["text"] for entry in with_words]).frozen).sum(axis=1)
    assert cosines.min() > 0.998


def test_vectors_are_rows_of_length_one_in_whole_steps() -> None:
    found = encode(TEXTS)
    for rows in (found.frozen, found.tuned):
        assert rows.shape == (len(TEXTS), WIDTH)
        assert rows.dtype == np.float32
        assert np.linalg.norm(rows, axis=1) == pytest.approx(1, abs=2e-3)
        assert (rows * STEPS == np.rint(rows * STEPS)).all()


def test_no_text_gives_no_row() -> None:
    assert encode([]).frozen.shape == (0, WIDTH)


def test_a_text_has_one_vector_whatever_stands_around_it() -> None:
    alone = np.concatenate([encode([text]).frozen for text in TEXTS])
    order = random.Random(1).sample(range(len(TEXTS)), len(TEXTS))
    together = encode([TEXTS[i] for i in order] * 2).frozen
    assert (together == np.concatenate([alone[order]] * 2)).all()


def test_sums_are_of_whole_numbers_that_float32_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    largest = [0.0]
    multiply = encoder.Linear.__call__

    def watched(self: encoder.Linear, whole: encoder.Floats) -> encoder.Floats:
        assert (whole == np.rint(whole)).all()
        largest[0] = max(largest[0], float((np.abs(whole) @ np.abs(self.weight)).max()))
        return multiply(self, whole)

    monkeypatch.setattr(encoder.Linear, "__call__", watched)
    encode([*TEXTS, "!" * 300, "é 安 0 " * 90, "the " * 250])
    assert 2**18 < largest[0] < 2**24


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=400))
def test_any_text_has_pieces(text: str) -> None:
    found = pieces(text)
    assert 2 <= len(found) <= LONGEST
    assert found == pieces(text.replace(" ", "  "))
    assert len(pieces("word, " * 1_000)) == LONGEST


def test_weights_are_those_that_the_source_tells_of() -> None:
    for name, told in (("minilm.npz", "SOURCE"), ("head.npz", "TUNED")):
        digest = sha256((DATA / name).read_bytes()).hexdigest()
        assert f"sha256 of {name}: {digest}" in (DATA / told).read_text(encoding="utf-8")
    assert "Apache License" in (DATA / "LICENSE").read_text(encoding="utf-8")
