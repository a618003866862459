"""The estimator: scikit-learn's own checks, and what they do for arrays done for texts."""

import pickle
import subprocess
import sys
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest
from sklearn.base import clone
from sklearn.exceptions import NotFittedError, SkipTestWarning
from sklearn.utils import estimator_checks as checks
from sklearn.utils import get_tags

import srtminer
from srtminer import ThemeMiner
from tests.test_themes_corpus import corpus

pytestmark = pytest.mark.slow

TEXTS = [text for _, text in corpus()]
NEW = [
    "Managers should use reflective supervision to stop drift in cases of neglect.",
    "Schools should treat poor attendance as a sign of neglect before an exclusion.",
    "Zzyzx qwertz.",
]


@pytest.fixture(scope="module")
def fitted() -> ThemeMiner:
    return ThemeMiner().fit(TEXTS)


def test_scikit_learn_accepts_the_estimator() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SkipTestWarning)  # the checks on arrays of numbers do not apply
        checks.check_estimator(ThemeMiner(), on_skip=None)


@pytest.mark.parametrize(
    "check",
    [
        checks.check_estimator_cloneable,
        checks.check_estimator_tags_renamed,
        checks.check_valid_tag_types,
        checks.check_estimator_repr,
        checks.check_no_attributes_set_in_init,
        checks.check_do_not_raise_errors_in_init_or_set_params,
        checks.check_mixin_order,
        checks.check_parameters_default_constructible,
        checks.check_get_params_invariance,
        checks.check_set_params,
    ],
    ids=lambda check: check.__name__,
)
def test_the_checks_that_need_no_array_pass(check: Callable[[str, Any], None]) -> None:
    check("ThemeMiner", ThemeMiner())


def test_tags_say_that_rows_are_texts() -> None:
    tags = get_tags(ThemeMiner())
    assert (tags.input_tags.string, tags.input_tags.two_d_array) == (True, False)
    assert tags.estimator_type == "clusterer"


def test_fit_gives_a_label_and_a_name(fitted: ThemeMiner) -> None:
    assert fitted.labels_.shape == (80,)
    assert set(fitted.labels_.tolist()) - {-1} == set(range(fitted.n_clusters_))
    assert len(fitted.theme_names_) == len(fitted.theme_terms_) == fitted.n_clusters_
    sizes = np.bincount(fitted.labels_[fitted.labels_ >= 0])
    assert sizes.tolist() == sorted(sizes.tolist(), reverse=True)


def test_fit_is_idempotent_and_leaves_parameters_alone() -> None:
    miner = ThemeMiner(n_clusters=5, random_state=3)
    before = miner.get_params()
    assert miner.fit(TEXTS) is miner
    first = miner.labels_
    assert miner.fit(TEXTS).labels_.tolist() == first.tolist()
    assert miner.get_params() == before
    assert miner.n_clusters_ == 5
    assert -1 not in first


def test_new_texts_go_to_the_theme_they_fit(fitted: ThemeMiner) -> None:
    supervision, attendance, neither = fitted.predict(NEW).tolist()
    managers = next(i for i, text in enumerate(TEXTS) if text.startswith("Managers should record reflective"))
    assert supervision == fitted.labels_[managers] >= 0
    alike = next(i for i, text in enumerate(TEXTS) if "poor school attendance" in text)
    assert attendance == fitted.labels_[alike] >= 0
    assert neither == -1


STRANGERS = [
    "Bananas are yellow and grow in bunches.",
    "Beat the egg whites until stiff.",
    "The match was drawn two all after extra time.",
    "Turn left at the church.",
    "",
]


def test_strangers_go_to_no_theme(fitted: ThemeMiner) -> None:
    assert fitted.predict(STRANGERS).tolist() == [-1] * len(STRANGERS)


def test_a_text_is_placed_alone_as_among_others(fitted: ThemeMiner) -> None:
    alone = [fitted.predict([text])[0] for text in NEW]
    assert alone == fitted.predict(NEW).tolist()


def test_fitted_texts_are_mostly_placed_where_they_were(fitted: ThemeMiner) -> None:
    inside = fitted.labels_ >= 0
    assert (fitted.predict(TEXTS) == fitted.labels_)[inside].mean() >= 0.9


def test_a_clone_is_unfitted(fitted: ThemeMiner) -> None:
    with pytest.raises(NotFittedError):
        clone(fitted).predict(NEW)


def test_a_fitted_miner_can_be_pickled(fitted: ThemeMiner) -> None:
    copy = pickle.loads(pickle.dumps(fitted))
    assert copy.predict(NEW).tolist() == fitted.predict(NEW).tolist()


def test_any_series_of_texts_will_do(fitted: ThemeMiner) -> None:
    array = np.array(TEXTS, dtype=object)
    assert ThemeMiner().fit(array).labels_.tolist() == fitted.labels_.tolist()
    assert fitted.predict(iter(NEW)).tolist() == fitted.predict(np.array(NEW)).tolist()


@pytest.mark.parametrize("texts", [["one"], ["same", "same"], ["alpha", "beta"], ["", "the"]])
def test_small_and_empty_sets(texts: list[str]) -> None:
    miner = ThemeMiner().fit(texts)
    assert miner.labels_.shape == (len(texts),)
    assert miner.predict(texts).shape == (len(texts),)


@pytest.mark.parametrize(
    "texts",
    [
        "one text",
        [],
        ["a", None],
        [b"bytes"],
        [["nested"]],
        {"text": TEXTS},
        pd.DataFrame({"text": TEXTS}),
    ],
)
def test_what_is_no_series_of_texts_is_refused(texts: Any) -> None:
    with pytest.raises(ValueError, match=r"X must be a series of texts, one or more; .* X\['text'\]"):
        ThemeMiner().fit(texts)


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        ({"n_clusters": 0}, "n_clusters=0 for 80 texts; give 1 to 80, or None"),
        ({"n_clusters": 81}, "n_clusters=81 for 80 texts; give 1 to 80, or None"),
        ({"n_clusters": "many"}, "n_clusters='many' for 80 texts; give 1 to 80, or None"),
        ({"random_state": None}, "random_state must be a whole number, not None"),
    ],
)
def test_parameters_are_checked_by_fit(parameters: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        ThemeMiner(**parameters).fit(TEXTS)


def test_to_import_the_package_loads_nothing_heavy() -> None:
    code = "import sys, srtminer; print(sorted({'sklearn', 'numpy', 'scipy', 'nltk'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
    assert sorted(srtminer.__all__) == ["ThemeMiner", "__version__", "open_store"]
    with pytest.raises(AttributeError, match="no attribute 'Nothing'"):
        srtminer.Nothing  # noqa: B018
