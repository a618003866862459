"""Two kinds of processor give the same vectors, bit for bit, the same themes and the same matches."""

import os
import platform
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from srtminer.vectors.encoder import encode
from tests.stores import of_examples
from tests.test_encoder import TEXTS

ROOT = Path(__file__).parents[1]
NAMES = ("wexmoor-child-a-2008.txt", "wexmoor-child-n-2020.md", "pellingshire-child-b-2009.txt")
OLD = {"OPENBLAS_CORETYPE": "Prescott", "NPY_DISABLE_CPU_FEATURES": "AVX512F AVX512_SKX X86_V4 AVX2 FMA3"}
NEWER = {"OPENBLAS_CORETYPE": "Haswell"}
KINDS = (OLD, NEWER)
"""What numpy and its linear algebra take from the environment to work as on other processors."""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        platform.machine().lower() not in ("x86_64", "amd64"), reason="names kinds of x86 processors"
    ),
]


def run(kind: dict[str, str], *arguments: str) -> str:
    """Run Python as on a kind of processor; numpy warns of what this processor cannot do anyway."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", *arguments],
        env=os.environ | kind,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def digest(texts: list[str]) -> str:
    found = encode(texts)
    return sha256(found.frozen.tobytes() + found.tuned.tobytes()).hexdigest()


@pytest.mark.parametrize("kind", KINDS, ids=["old", "newer"])
def test_vectors_are_the_same_bit_for_bit(kind: dict[str, str]) -> None:
    code = "from tests.test_processors import TEXTS, digest; print(digest(TEXTS[:6]))"
    assert run(kind, "-c", code).strip() == digest(TEXTS[:6])


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Give each kind of processor a store of its own: each makes its vectors, and finds no themes kept."""
    folders = [tmp_path_factory.mktemp("store") for _ in KINDS]
    return [of_examples(folder, *NAMES) for folder in folders]


@pytest.mark.parametrize(
    "command", [("themes",), ("compare", "--repeats"), ("search", "--like", "see children alone")]
)
def test_results_are_the_same(stores: list[Path], command: tuple[str, ...]) -> None:
    results = [
        run(kind, "-m", "srtminer", "--store", str(store), "--quiet", *command, "--format", "json")
        for kind, store in zip(KINDS, stores, strict=True)
    ]
    assert results[0] == results[1]
    assert results[0].count("\n") > 10


GATHERED = """
import hashlib, numpy as np, scipy.sparse as sp
from srtminer.blended_rows import Rows
from srtminer.themes.clusters import cluster
rng = np.random.default_rng(0)
words = sp.csr_array(sp.random(6_000, 900, 0.02, random_state=0))
meaning = (np.rint(rng.normal(0, 0.05, (6_000, 384)) * 2_048) / 2_048).astype(np.float16)
labels = cluster(Rows(words, meaning), np.arange(6_000), None, 0)
print(hashlib.sha256(labels.tobytes()).hexdigest())
"""


def test_a_large_set_has_the_same_themes_on_one_processor_and_on_two() -> None:
    results = {run({f"{kind}_NUM_THREADS": n for kind in ("OPENBLAS", "OMP")}, "-c", GATHERED) for n in "12"}
    assert len(results) == 1
