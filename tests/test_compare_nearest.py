"""Of a large set only likely pairs are looked at: nearly all are found, and none is another than it is."""

import numpy as np
import pytest

from srtminer.compare import nearest_pairs
from srtminer.compare.nearest_pairs import pairs_within
from srtminer.compare.similarity import Pairs, Requests, calibration, index_of, requests_of
from srtminer.model import Recommendation
from tests.growth import cheap_vectors, recommendations

RECALL = 0.98


def asked(number: int) -> Requests:
    texts = list(dict.fromkeys(recommendations(number)))
    texts += [f"{one} {other}" for one, other in zip(texts[:20], texts[20:40], strict=True)]
    found = [Recommendation(f"r{i:05}", f"v{i}", (), 0, 1, text, 1, 1) for i, text in enumerate(texts)]
    index = index_of(found, lambda rows: cheap_vectors([row.text for row in rows]))
    return requests_of(index)


def by_pair(pairs: Pairs) -> dict[tuple[int, int], float]:
    assert (pairs["first"] < pairs["second"]).all()
    assert sorted(zip(pairs["first"].tolist(), pairs["second"].tolist(), strict=True)) == [
        (one, other) for one, other, _ in pairs.tolist()
    ]
    return {(one, other): likely for one, other, likely in pairs.tolist()}


@pytest.mark.slow
@pytest.mark.parametrize("least", [calibration().chains, 0.3])
def test_nearly_all_pairs_of_a_large_set_are_found(monkeypatch: pytest.MonkeyPatch, least: float) -> None:
    requests = asked(2_000)
    exact = by_pair(pairs_within(requests, least))
    monkeypatch.setattr(nearest_pairs, "COMPARED_WITH_ALL", 0)
    found = by_pair(pairs_within(requests, least))
    assert len(exact) > 100
    assert len(found) >= RECALL * len(exact)
    assert found == {pair: exact[pair] for pair in found}


def test_chosen_recommendations_keep_their_parts() -> None:
    requests = asked(40)
    numbers = np.array([45, 3, 45])
    chosen = requests.chosen(numbers)
    blocks = [block for _, block in requests.blocks(1)]
    assert np.array_equal(np.concatenate([block.meaning for block in blocks]), requests.meaning)
    for (_, one), number in zip(chosen.blocks(1), numbers.tolist(), strict=True):
        assert np.array_equal(one.meaning, blocks[number].meaning)
        assert (one.words != blocks[number].words).nnz == 0
