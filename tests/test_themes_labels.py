"""Names of themes: phrases rather than words, whole phrases, one name for one thing."""

import pytest

from srtminer.themes.counts import PhraseCounts
from srtminer.themes.labels import (
    Candidate,
    choose_labels,
    cut_short,
    known_names,
    label_candidates,
    repeats,
    spelled_out,
    titled,
)
from srtminer.vectors import Phrase
from srtminer.vectors.aliases import one_name, renamed
from srtminer.vectors.matters import Matter, Name
from srtminer.vectors.terms import content_words, plain_stems

NEGLECT = Matter(
    frozenset(["neglect", "teeth"]),
    (Name(("chronic", "neglect"), "chronic neglect"), Name(("neglect",), "neglect")),
)
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
        (("death", "death"), True),
        (("home", "visit"), False),
        (("home",), False),
    ],
)
def test_a_name_says_no_word_twice(key: tuple[str, ...], expected: bool) -> None:
    assert repeats(key) is expected
    counts = counts_of([" ".join(key)], [" ".join(key)])
    found = label_candidates(counts, [dict.fromkeys(key, 0.5)])[0]
    assert bool(found) is not expected


def test_a_matter_needs_no_spelling_out() -> None:
    known = Candidate(("supervis",), "supervision", 1.0, known=True)
    assert spelled_out([known, phrase(0.9, "reflect", "supervis")]) == known


def known(*rows: list[str], outside: int = 3) -> dict[tuple[str, ...], str]:
    counts = PhraseCounts(2, (NEGLECT,))
    for theme, texts in enumerate([rows, [["home visit"]] * outside]):
        for row in texts:
            stems = {word for surface in row for word in surface.split()}
            counts.add(theme, [Phrase(tuple(surface.split()), surface) for surface in row], stems)
    return {key: printed for key, (_, printed) in known_names(counts, 0).items()}


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([["neglect"], ["teeth"], ["home"]], "neglect"),
        ([["neglect"], ["chronic neglect"], ["neglect"]], "chronic neglect"),
        ([["neglect"], ["teeth"], ["home"], ["visit"]], ""),  # half of the members
        ([["neglect"]], ""),  # one member
        ([["teeth"], ["teeth"], ["teeth"]], ""),  # the name stands in no member
        ([["home"], ["visit"]], ""),
    ],
)
def test_a_matter_names_a_theme_most_of_whose_members_speak_of_it(
    rows: list[list[str]], expected: str
) -> None:
    assert list(known(*rows).values()) == ([expected] if expected else [])


def test_minor_phrases_come_last() -> None:
    counts = PhraseCounts(1)
    for _ in range(2):
        visit, home = Phrase(("home", "visit"), "home visit", True), Phrase(("case", "file"), "case file")
        counts.add(0, [visit, home], ("home", "visit", "case", "file"))
    assert counts.is_minor(("home", "visit"))
    assert not counts.is_minor(("case", "file"))
    found = label_candidates(counts, [dict.fromkeys(("home", "visit", "case", "file"), 0.5)])[0]
    assert [candidate.surface for candidate in found] == ["case file", "home visit"]


def test_a_name_goes_to_the_theme_that_it_fits_best() -> None:
    weak, strong = phrase(1, "home", "visit"), phrase(2, "home", "visit")
    other = phrase(0.5, "case", "file")
    assert choose_labels([[weak, other], [strong]], ["a", "b"]) == ("Case file", "Home visit")


@pytest.mark.parametrize(
    ("forms", "expected"),
    [
        (["threshold", "thresholds"], "thresholds"),
        (["threshold", "threshold", "thresholds"], "thresholds"),
        (["threshold", "threshold", "threshold", "thresholds"], "threshold"),
        (["policy", "policies"], "policies"),
        (["child's wishes", "child wishes"], "child wishes"),
        (["CAF Forms", "CAF forms", "CAF forms"], "CAF forms"),
    ],
)
def test_of_two_forms_that_without_possessive_then_the_plural(forms: list[str], expected: str) -> None:
    counts = PhraseCounts(1)
    for form in forms:
        counts.add(0, [Phrase(("key",), form)], ())
    assert counts.surface(0, ("key",)) == expected


def test_the_wanted_form_is_printed_if_a_member_has_it() -> None:
    counts = PhraseCounts(2)
    for theme, form in [(0, "domestic abuse"), (0, "domestic violence"), (1, "domestic violence")]:
        counts.add(theme, [Phrase(("domest", "abus"), form)], ())
    key = ("domest", "abus")
    assert counts.surface(0, key, "domestic abuse") == "domestic abuse"
    assert counts.surface(0, key) == "domestic violence"
    assert counts.surface(1, key, "domestic abuse") == "domestic violence"


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


@pytest.mark.parametrize(
    ("label", "title"),
    [
        ("claimants'", "Claimants"),
        ("child's", "Child"),
        ("GP's records", "GP's records"),
        ("x", "X"),
        ("", ""),
    ],
)
def test_a_label_begins_with_a_capital_and_ends_in_no_possessive(label: str, title: str) -> None:
    assert titled(label) == title
