"""Recommendations to the themes of a codebook."""

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from srtminer.codebooks import Codebook, CodebookTheme
from srtminer.codebooks.codebook_changes import Run, ThemeChange, difference, dump_run, load_run
from srtminer.codebooks.codebook_drafts import draft
from srtminer.codebooks.codebook_format import built_in, parse_codebook
from srtminer.codebooks.cues import (
    Fit,
    assign,
    compile_cue,
    cue_scores,
    index_of,
    occurrences,
    scores,
    seconds,
    words,
)
from srtminer.coding import code, mine_by
from srtminer.errors import UsageError
from srtminer.model import Recommendation, ThemeOptions, ThemeTable
from tests.test_themes_corpus import recommendations as corpus

KEY = Path(__file__).parent / "examples_key.jsonl"

VOICE = CodebookTheme("voice", "Voice", cues=("voice of the child", "seen alone"), hints=("listen",))
DRUGS = CodebookTheme("drugs", "Drugs", cues=("drug", "methadone"), weight=0.5)
SHARING = CodebookTheme("sharing", "Sharing", cues=("share … information",))
BOOK = Codebook("b", (VOICE, DRUGS, SHARING))


def recommendation(number: int, text: str, review: str = "") -> Recommendation:
    return Recommendation(f"r{number:02}-x", review or f"review{number % 3}", (), 0, len(text), text, 1, 1)


def assigned(book: Codebook, *texts: str) -> dict[str, str]:
    table = mine_by(book, [recommendation(n, t) for n, t in enumerate(texts)], (), ThemeOptions())
    of = {member.text: theme.id for theme in table.themes for member in theme.members}
    return {text: of.get(text, "") for text in texts}


@pytest.mark.parametrize(
    ("cue", "text", "stands"),
    [
        ("referral", "They REFERRED nobody: a referral.", True),
        ("assess", "all assessments", True),
        ("refer", "all referrals", False),
        ("referral", "the referee's preference", False),
        ("voice of the child", "hear the child's voice", False),
        ("voice of the child", "the voice of a child", True),
        ("voice of the child", "The voices of her child", True),
        ("voice of the child", "a voice for every child", False),
        ("share ... information", "share all of the information", True),
        ("share…information", "sharing information", True),
        ("share ... information", "share one two three four five six information", True),
        ("share ... information", "share one two three four five six seven information", False),
        ("share ... information", "information was shared", False),
        ("share ... information ... police", "share such information at once with police", True),
        ("GP", "the GPs’ letters", True),
        ("GP", "a gp", False),
        ("pre-birth", "a pre-birth meeting", True),
        ("pre birth", "a pre-birth meeting", False),
        ("mental health", "mental and physical health", False),
        ("child's", "his child’s", True),
    ],
)
def test_where_a_cue_stands(cue: str, text: str, stands: bool) -> None:
    compiled = compile_cue(cue, 0)
    assert compiled is not None
    assert bool(list(occurrences(words(text), index_of([compiled])))) is stands


@pytest.mark.parametrize("cue", ["the", "…", "a ... the", "I", "—", "A & E"])
def test_a_cue_that_can_match_nothing_is_an_error(cue: str) -> None:
    assert compile_cue(cue, 0) is None
    with pytest.raises(
        UsageError, match=r"codebook 'b', theme 'T': .* in cues has no word of two letters or more"
    ):
        cue_scores(Codebook("b", (CodebookTheme("t", "T", cues=(cue,)),)), [()])


@pytest.mark.parametrize(
    ("text", "score"),
    [
        ("health", 1),
        ("health, health, health", 1),
        ("mental health", 1),
        ("nurse and mental health", 2),
        ("school nurse team: health", 2),
    ],
)
def test_each_cue_counts_once_and_none_within_a_longer_one(text: str, score: int) -> None:
    phrases = ("mental health", "health", "nurse", "school nurse team")
    index = index_of(cue for phrase in phrases if (cue := compile_cue(phrase, 0)))
    assert scores(words(text), index) == {0: score}
    assert scores(words("Listen."), index) == {}


def test_scores_of_cues_and_hints_are_weighted() -> None:
    cues, hints = cue_scores(BOOK, [words(one) for one in ["methadone: listen", "seen alone"]])
    assert cues.tolist() == [[0, 0.5, 0], [1, 0, 0]]
    assert hints.tolist() == [[1, 0, 0], [0, 0, 0]]


def test_each_goes_where_it_fits_best() -> None:
    assert assigned(
        BOOK,
        "Every child should be seen alone.",
        "Store drugs safely.",
        "Children of drug users should be seen alone.",
        "Listen to staff.",
        "Share such information about drugs.",
    ) == {
        "Every child should be seen alone.": "voice",
        "Store drugs safely.": "drugs",
        "Children of drug users should be seen alone.": "voice",
        "Listen to staff.": "",
        "Share such information about drugs.": "sharing",
    }


@pytest.mark.parametrize("outside", ["r01-x", "Store drugs safely."])
def test_what_is_to_be_in_no_theme_is_in_none_and_in_no_new_one(outside: str) -> None:
    book = replace(BOOK, none=(outside, "r02-x", "r03-x"))
    same = ("Fit alarms in bedrooms.", "Fit alarms in each bedroom.")
    assert set(assigned(book, "A drug cabinet.", "Store drugs safely.", *same).values()) == {"drugs", ""}
    assert assigned(replace(BOOK, none=()), "Store drugs safely.")["Store drugs safely."] == "drugs"


def test_an_example_belongs_where_it_is_an_example_and_draws_its_like() -> None:
    book = Codebook(
        "b",
        (
            DRUGS,
            CodebookTheme("bruises", "Bruises", examples=("r00-x", "not-there")),
            CodebookTheme("fire", "Fire", examples=("Smoke alarms should be fitted in every bedroom.",)),
        ),
    )
    texts = (
        "A drug worker who sees a bruise on a baby should fetch a paediatrician.",
        "Bruises on babies should be seen by a paediatrician at once.",
        "Landlords should fit smoke alarms in bedrooms.",
        "Minutes should be shorter.",
    )
    assert list(assigned(book, *texts).values()) == ["bruises", "bruises", "fire", ""]


def rest() -> list[Recommendation]:
    lines = [
        "Landlords should fit smoke alarms in every flat.",
        "Smoke alarms in flats should be tested by landlords.",
        "Minutes of meetings should reach families within a week.",
        "Families should have the minutes of meetings within a week.",
        "Drug workers should store methadone safely.",
    ]
    return [recommendation(number, text) for number, text in enumerate(lines)]


def table_of(book: Codebook) -> ThemeTable:
    return mine_by(book, rest(), (), ThemeOptions())


def test_what_fits_none_becomes_new_themes_that_say_so() -> None:
    table = table_of(Codebook("b", (DRUGS, VOICE)))
    assert [(theme.id, theme.label) for theme in table.themes] == [
        ("new-minutes-of-meetings", "New: Minutes of meetings"),
        ("new-smoke-alarms", "New: Smoke alarms"),
        ("drugs", "Drugs"),
    ]
    assert [theme.rank for theme in table.themes] == [1, 2, 3]
    assert sum(theme.share for theme in table.themes) == pytest.approx(1)
    assert "2 themes are not in the codebook 'b' and called new" in table.notes
    assert "no recommendation fits these themes of the codebook: Voice" in table.notes
    assert dict(table.method)["codebook"] == "b"


def test_a_forbidden_name_makes_no_theme() -> None:
    table = table_of(Codebook("b", (DRUGS,), ("Smoke alarm", "minutes")))
    assert [theme.id for theme in table.themes] == ["drugs"]
    assert [one.id for one in table.unthemed] == ["r00-x", "r01-x", "r02-x", "r03-x"]


@pytest.mark.parametrize("number", [0, 1, 2])
def test_few_recommendations(number: int) -> None:
    table = mine_by(BOOK, rest()[:number], (), ThemeOptions())
    assert table.recommendations == number == len(table.unthemed) + sum(len(t.members) for t in table.themes)


def test_themes_in_too_few_reviews_are_not_listed() -> None:
    table = mine_by(BOOK, rest(), (), ThemeOptions(min_reviews=2))
    assert all(theme.reviews >= 2 for theme in table.themes)
    assert "1 theme is not listed: in too few reviews" in table.notes


def test_a_draft_assigns_as_the_table_did_that_it_was_made_of() -> None:
    first = table_of(Codebook("b", (DRUGS,)))
    book = draft(first, rest(), "ours", 1, Codebook("b", (DRUGS,)))
    assert book.title == "ours"
    assert replace(book.themes[0], colour="") == DRUGS
    assert len({theme.colour for theme in book.themes}) == len(book.themes)
    again = table_of(book)
    members = {frozenset(member.id for member in theme.members) for theme in again.themes}
    assert members == {frozenset(member.id for member in theme.members) for theme in first.themes}
    assert not [theme.id for theme in again.themes if theme.id.startswith("new-")]
    assert not [theme.label for theme in again.themes if theme.label.startswith("New")]


def test_the_built_in_codebook_finds_what_was_written_into_the_examples() -> None:
    """Cues written before the misses were looked at found 70 %; improved after, 77 %."""
    from srtminer.pipeline import analyse
    from srtminer.read.read_file import ReadOptions, read_file

    folder = Path(__file__).parents[1] / "examples"
    key = [json.loads(line) for line in KEY.read_text(encoding="utf-8").splitlines()]
    found = [
        (path.name, one)
        for path in sorted(folder.iterdir())
        if path.name in {entry["file"] for entry in key}
        for review in read_file(path, ReadOptions())
        for one in analyse(review).recommendations  # type: ignore[arg-type]
    ]
    book = parse_codebook(built_in("safeguarding"), "safeguarding", "safeguarding")
    table = mine_by(book, [one for _, one in found], (), ThemeOptions())
    of = {member.id: theme.id for theme in table.themes for member in theme.members}
    outcome = Counter(_outcome(entry, found, of) for entry in key)
    assert outcome["right"] / len(key) >= 0.76
    assert outcome["none"] / len(key) <= 0.05


PLANNED = {
    "pre-birth-discharge": {"pre-birth", "discharge-transitions"},
    "gp-role": {"gp-health"},
    "voice-of-child": {"voice-daily-life"},
}


def _outcome(entry: dict[str, str], found: list[tuple[str, Recommendation]], of: dict[str, str]) -> str:
    one = next(
        one
        for name, one in found
        if name == entry["file"] and " ".join(one.text.split()).startswith(entry["starts"])
    )
    theme = of.get(one.id, "new-")
    wanted = PLANNED.get(entry["theme"], {entry["theme"]})
    if theme in wanted or (entry["theme"] == "one-off" and theme.startswith("new-")):
        return "right"
    return "none" if theme.startswith("new-") else "wrong"


def test_what_moved() -> None:
    before = Run({"a": "A", "b": "B", "c": "C"}, {"1": "a", "2": "a", "3": "b", "4": "", "5": "c"})
    now = Run({"a": "Ah", "b": "B", "d": "D"}, {"1": "a", "2": "b", "3": "b", "4": "d", "6": "d", "7": ""})
    assert load_run(dump_run(before)) == before
    found = difference(before, now)
    assert found == (
        ThemeChange("a", "A", "Ah", 1, {}, {"2": "b"}),
        ThemeChange("b", "B", "B", 1, {"2": "a"}, {}),
        ThemeChange("d", None, "D", 0, {"4": "", "6": None}, {}),
        ThemeChange("c", "C", None, 0, {}, {"5": None}),
        ThemeChange("", "", "", 0, {"7": None}, {"4": "d"}),
    )
    assert not any(change.changed for change in difference(now, now))


def test_a_second_theme_is_one_that_a_cue_speaks_for_nearly_as_much() -> None:
    fit = Fit(
        np.array([[1.0, 0.8, 0], [1.0, 0.79, 0], [0, 0, 0], [1, 0, 0], [0.7, 0.7, 0.6]]),
        np.array([[0, 0, 0], [0, 0, 0], [9, 9, 9], [0, 9, 0], [0, 0, 0.0]]),
        np.array([[0, 0, 0], [0, 0, 0], [0, 0, 0], [0, 0, 0.3], [0, 0, 0.0]]),
    )
    labels = assign(fit)
    assert labels.tolist() == [0, 0, -1, 2, 0]
    assert seconds(fit, labels).tolist() == [1, -1, -1, 0, 1]
    moved = np.array([1, 1, -1, 2, 2])
    assert seconds(fit, moved).tolist() == [0, 0, -1, 0, 0]


def test_second_themes_stand_beside_the_members() -> None:
    book = Codebook("b", (CodebookTheme("a", "A", cues=("alarm",)), CodebookTheme("f", "F", cues=("flat",))))
    more = recommendation(9, "Every flat should have a sprinkler.")
    table = mine_by(book, [*rest(), more], (), ThemeOptions())
    found = {theme.id: (tuple(member.id for member in theme.members), theme.also) for theme in table.themes}
    assert found["a"] == (("r00-x", "r01-x"), ("f", "f"))
    assert found["f"] == (("r09-x",), ())
    without = mine_by(book, rest(), (), ThemeOptions())
    assert all(theme.also == () for theme in without.themes)


def test_what_is_left_over_makes_a_new_theme_only_where_it_is_alike() -> None:
    cases = corpus()
    first = sorted({one.review_id for one in cases})
    book = Codebook("b", (CodebookTheme("d", "D", cues=("domestic",), examples=("x y",)),))
    coded = code(book, cases)
    alike = [one for one in cases if "discharge" in one.text.lower()]
    mixed = [next(one for one in cases if one.review_id == review) for review in first[:6]]
    overall = coded.likeness(coded.recommendations)
    assert coded.likeness(alike) > 2 * overall
    rows = coded.terms.features[np.arange(len(cases))]
    cosines = rows.products(rows)
    assert overall == pytest.approx((cosines.sum() - np.trace(cosines)) / (80 * 79))
    named = {one.id for one in alike}
    known = Codebook(
        "b", (CodebookTheme("o", "O", examples=tuple(one.id for one in cases if one.id not in named)),)
    )
    new = [theme for theme in mine_by(known, cases, (), ThemeOptions()).themes if theme.id != "o"]
    assert new
    assert {member.id for theme in new for member in theme.members} <= named
    named = {one.id for one in mixed}
    known = Codebook(
        "b", (CodebookTheme("o", "O", examples=tuple(one.id for one in cases if one.id not in named)),)
    )
    table = mine_by(known, cases, (), ThemeOptions())
    assert [theme.id for theme in table.themes if theme.id != "o"] == []


def test_never_outweighs_cues_and_lets_the_next_theme_have_it() -> None:
    texts = ("Methadone and the voice of the child.", "The voice of the child.")
    never = replace(VOICE, never=("r00-x", "r01-x", "not there"))
    assert assigned(Codebook("b", (VOICE, DRUGS)), *texts) == {texts[0]: "voice", texts[1]: "voice"}
    assert assigned(Codebook("b", (never, DRUGS)), *texts) == {texts[0]: "drugs", texts[1]: ""}


def test_also_gives_a_second_theme_or_the_first_where_there_is_none() -> None:
    sharing = replace(SHARING, also=("r00-x", "r01-x", "not there"))
    ones = [recommendation(0, "Methadone."), recommendation(1, "Plain words.")]
    coded = code(Codebook("b", (DRUGS, sharing)), ones)
    assert (coded.labels.tolist(), coded.seconds.tolist()) == ([0, 1], [1, -1])
