"""Names of themes: phrases rather than words, whole phrases, one name for one thing."""

import pytest

from srtminer.themes.labels import Candidate, PhraseCounts, cut_short, label_candidates, repeats, spelled_out
from srtminer.vectors import Phrase
from srtminer.vectors.aliases import one_name, renamed
from srtminer.vectors.terms import content_words, plain_stems

SUPERVISION = Candidate(("supervis",), "supervision", 1.0)


def phrase(score: float, *key: str) -> Candidate:
    return Candidate(key, " ".join(key), score)


@pytest.mark.parametrize(
    ("others", "expected"),
    [
        ([], "supervision"),
        ([phrase(0.14, "reflect", "supervis")], "supervision"),
        ([phrase(0.15, "reflect", "supervis")], "reflect supervis"),
        ([phrase(0.44, "case", "neglect")], "supervision"),
        ([phrase(0.45, "case", "neglect")], "case neglect"),
        ([phrase(0.45, "case", "neglect"), phrase(0.4, "reflect", "supervis")], "case neglect"),
        ([phrase(0.9, "a", "b", "c", "supervis")], "supervision"),
        ([phrase(0.9, "case")], "supervision"),
    ],
)
def test_a_single_word_is_spelled_out_where_a_phrase_is_worth_it(
    others: list[Candidate], expected: str
) -> None:
    found = spelled_out([SUPERVISION, *others])
    assert found is not None
    assert found.surface == expected


def test_a_phrase_needs_no_spelling_out() -> None:
    best = phrase(1, "home", "visit")
    assert spelled_out([best, SUPERVISION]) == best
    assert spelled_out([]) is None


def counts_of(*rows: list[str], words: tuple[str, ...] = ()) -> PhraseCounts:
    counts = PhraseCounts(1)
    for row in rows:
        stems = {word for surface in row for word in surface.split()} | set(words)
        counts.add(0, [Phrase(tuple(surface.split()), surface) for surface in row], stems)
    return counts


def test_half_a_phrase_is_no_name() -> None:
    counts = counts_of(["parental drug", "parental drug misuse"])
    assert cut_short(counts, counts.rows[0], 0) == {("parental", "drug")}


def test_the_beginning_of_two_phrases_is_a_name() -> None:
    counts = counts_of(["home visit", "home visit plan"], ["home visit", "home visit record"])
    assert cut_short(counts, counts.rows[0], 0) == set()


def test_the_beginning_that_more_members_speak_of_is_a_name() -> None:
    counts = counts_of(["sharing advice", "sharing advice sheet"], ["advice", "sharing"])
    assert ("sharing", "advice") not in cut_short(counts, counts.rows[0], 0)


def test_members_are_covered_by_words_in_any_order() -> None:
    counts = counts_of(["home visit"], ["visit", "home"], ["visit"])
    assert counts.covered(0, ("home", "visit")) == 2
    assert counts.covered(0, ("visit",)) == 3
    assert counts.covered(0, ("garden",)) == 0


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        (("claim", "claimant"), True),
        (("claimant", "claim"), True),
        (("home", "visit"), False),
        (("home",), False),
    ],
)
def test_a_name_says_no_word_twice(key: tuple[str, ...], expected: bool) -> None:
    assert repeats(key) is expected
    counts = counts_of([" ".join(key)], [" ".join(key)])
    found = label_candidates(counts, [dict.fromkeys(key, 0.5)])[0]
    assert bool(found) is not expected


@pytest.mark.parametrize(
    ("forms", "expected"),
    [
        (["threshold", "thresholds"], "thresholds"),
        (["threshold", "threshold", "thresholds"], "threshold"),
        (["child's wishes", "child wishes"], "child wishes"),
    ],
)
def test_of_two_forms_that_without_possessive_then_the_longer(forms: list[str], expected: str) -> None:
    counts = PhraseCounts(1)
    for form in forms:
        counts.add(0, [Phrase(("key",), form)], ())
    assert counts.surface(("key",)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("domestic violence", ["domest", "abus"]),
        ("Domestic violence and abuse", ["domest", "abus"]),
        ("domestic incidents", ["domest", "abus"]),
        ("violence at school", ["violenc", "school"]),
        ("family doctors", ["GP"]),
        ("family life", ["famili", "life"]),
        ("the common assessment framework", ["CAF"]),
        ("domestic", ["domest"]),
        ("", []),
    ],
)
def test_one_thing_has_one_name(text: str, expected: list[str]) -> None:
    assert plain_stems(text) == expected
    assert [word.stem for word in content_words(text)] == expected


def test_other_names_are_found_where_they_stand() -> None:
    stems = ("see", "domest", "violenc", "and", "domest", "violenc", "abus")
    assert one_name(stems) == [(1, 3, ("domest", "abus")), (4, 7, ("domest", "abus"))]
    assert renamed(stems) == ("see", "domest", "abus", "and", "domest", "abus")
