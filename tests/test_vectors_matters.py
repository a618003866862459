"""The matters of practice that themes are named by."""

from collections import Counter

import pytest

from srtminer.vectors.matters import Name, matters
from srtminer.vectors.phrases import named, phrases


def test_every_matter_has_words_and_names() -> None:
    for matter in matters():
        assert matter.stems
        assert matter.names
        assert all(name.key for name in matter.names)


def test_no_name_and_no_word_stands_for_two_matters() -> None:
    names = Counter(key for matter in matters() for key in {frozenset(name.key) for name in matter.names})
    words = Counter(stem for matter in matters() for stem in matter.stems)
    assert [key for key, count in names.items() if count > 1] == []
    assert [key for key, count in words.items() if count > 1] == []


@pytest.mark.parametrize("name", [name for matter in matters() for name in matter.names], ids=str)
def test_each_name_is_found_where_it_stands(name: Name) -> None:
    assert name.key in {phrase.key for phrase in phrases(f"Guidance is written about {name.printed}.")}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the Voice of the child", ["voice of the child"]),
        ("missed appointments", ["missed appointments"]),
        ("a missed appointment", ["missed appointment"]),
        ("professional curiosity", ["professional curiosity"]),
        ("home, education", []),
        ("voice of a child", []),
        ("discharge", []),
        ("", []),
    ],
)
def test_names_stand_word_by_word(text: str, expected: list[str]) -> None:
    assert [phrase.surface for phrase in named(text)] == expected
