"""What a store keeps for comparing: the answer is that of one that keeps nothing, whatever came before."""

import shutil
import sqlite3
import tempfile
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from srtminer.__main__ import main
from srtminer.compare.similarity import dump_index, index_of, load_index, requests_of
from srtminer.errors import StoreError
from srtminer.model import FOUND, GIVEN, Fact, Recommendation
from srtminer.store import Store
from srtminer.vectors import encoder
from tests.encoding import encoded, index
from tests.test_store import an_analysis

TEXTS = (
    "Midwives should discuss the risks of bed sharing with every mother.",
    "Maternity staff should talk with all mothers about the dangers of bed sharing.",
    "Police should tell the school of every call to a home. The Board should audit the calls of each year.",
    "Officers must inform schools whenever they are called to a house.",
    "The Council should vet taxi drivers who carry pupils.",
    "The Trust should publish a leaflet on dangerous dogs.",
)
WHERE = ((), ("--where", "agency=police"), ("--where", "year=2008..2011"), ("--where", "text=bed"))

numbers, texts = st.integers(0, 5), st.sampled_from(TEXTS)
steps = st.one_of(
    st.tuples(st.just("add"), numbers, st.lists(texts, min_size=1, max_size=3, unique=True)),
    st.tuples(st.just("remove"), numbers),
    st.tuples(st.just("correct"), numbers, st.one_of(st.none(), texts)),
    st.tuples(st.just("year"), numbers, st.integers(2008, 2013)),
    st.tuples(st.just("case"), numbers, numbers, st.booleans()),
    st.tuples(st.just("link"), numbers, numbers, st.booleans()),
    st.tuples(st.just("compare"), numbers, st.sampled_from(WHERE)),
)


@pytest.fixture(autouse=True)
def _each_text_is_encoded_once(monkeypatch: pytest.MonkeyPatch) -> None:
    made = encoder.encode

    def remembered(texts: Sequence[str], progress: Any = None) -> Any:
        return encoded([Recommendation(text, "", (), 0, 0, text, 1, 1) for text in texts])

    monkeypatch.setattr("tests.encoding.encode", made)
    monkeypatch.setattr(encoder, "encode", remembered)


def analysis(number: int, said: Sequence[str]) -> Any:
    facts = {"subject": f"Child {number}", "board": f"Board {number % 3}", "year": str(2008 + number)}
    return an_analysis(f"Child {number}", *said, facts=tuple(Fact(*one, FOUND) for one in facts.items()))


def take(store: Store, step: Sequence[Any]) -> None:
    kind, number, *rest = step
    ids = [record.id for record in store.records()]
    one, other = ids[number % len(ids)], ids[(rest[0] if isinstance(rest[0], int) else 0) % len(ids)]
    if kind == "correct":
        seen = store.recommendations_of(one)
        edited = [replace(first, text=rest[0], correction="edited") for first in seen[:1] if rest[0]]
        store.correct(one, (*edited, *seen[1:]), seen)
    elif kind == "year":
        store.set_facts(one, (Fact("year", str(rest[0]), GIVEN),))
    elif kind == "case" and one != other:
        store.tell_case(one, other, same=rest[1])
    elif kind == "link" and one != other:
        first, second = store.recommendations_of(one)[:1], store.recommendations_of(other)[:1]
        for pair in zip(first, second, strict=False):
            store.link(*pair, same=rest[1])


def answer(path: Path, review: str, where: Sequence[str]) -> tuple[int, str]:
    output = path.with_suffix(".json")
    output.unlink(missing_ok=True)
    command = ["--quiet", "--store", str(path), "compare", "--review", review, "--output", str(output)]
    code = main([*command, *where])
    return code, output.read_text(encoding="utf-8") if output.exists() else ""


def compare(path: Path, number: int, where: Sequence[str]) -> None:
    """Ask twice of the store, and once of a copy that keeps nothing."""
    with Store.open(path) as store:
        ids = [record.id for record in store.records()]
    forgetful = path.with_name("forgetful.db")
    shutil.copy(path, forgetful)
    with closing(sqlite3.connect(forgetful)) as connection, connection:
        connection.execute("DELETE FROM cache")
        connection.execute("DELETE FROM vectors")
    asked = ids[number % len(ids)], where
    code, said = answer(path, *asked)
    assert (code, said) == answer(path, *asked) == answer(forgetful, *asked)
    assert where or (code == 0 and '"made_before"' in said) or code == 4


@pytest.mark.slow
@settings(max_examples=20, deadline=None)
@given(st.lists(steps, max_size=6))
def test_what_is_kept_changes_no_answer(taken: list[tuple[Any, ...]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "s.db")
        with Store.open(path, create=True) as store:
            for number in range(4):
                store.add(analysis(number, TEXTS[number : number + 2]))
        compare(path, 3, ())
        for step in taken:
            with Store.open(path) as store:
                if step[0] == "add":
                    store.add(analysis(step[1], step[2]))
                elif step[0] == "remove" and len(ids := [one.id for one in store.records()]) > 1:
                    store.remove([ids[step[1] % len(ids)]])
                elif step[0] not in ("remove", "compare"):
                    take(store, step)
            compare(path, step[1], step[2] if step[0] == "compare" else ())


def test_an_index_comes_back_whole() -> None:
    found = [one for number in range(3) for one in analysis(number, TEXTS[number:5]).recommendations]
    made = index(found)
    kept = load_index(dump_index(made))
    assert [tuple(one) for one in kept.reviews] == made.reviews
    assert (kept.ids, kept.stems) == (made.ids, made.stems)
    for name in ("starts", "meaning"):
        assert np.array_equal(getattr(kept, name), getattr(made, name))
    one, other = (requests_of(some).words for some in (made, kept))
    assert (one != other).nnz == 0


def test_nothing_has_an_index_too() -> None:
    kept = load_index(dump_index(index_of((), lambda rows: encoded(rows).tuned)))
    assert (len(kept.ids), kept.meaning.shape) == (0, (0, encoder.WIDTH))


def test_a_store_that_changes_meanwhile_is_told(tmp_path: Path) -> None:
    from srtminer.cli.compare import _reader

    path = tmp_path / "s.db"
    with Store.open(path, create=True) as store:
        first, second = (analysis(number, TEXTS[number : number + 2]) for number in range(2))
        store.add(first)
        made = index(store.recommendations())
        read = _reader(store, made)
        assert read(1) == store.recommendations()[1]
        store.correct(first.review.id, first.recommendations[:1], first.recommendations)
        with pytest.raises(StoreError, match="changed in the meantime"):
            _reader(store, made)(1)
        store.add(second)
