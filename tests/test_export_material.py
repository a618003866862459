"""Material for the tests of exports: invented reviews whose recommendations stand in their texts."""

import json
from collections.abc import Sequence
from dataclasses import replace

from srtminer.compare.groups import compare_by
from srtminer.export.flat_files import to_jsonl
from srtminer.material import Making, Material, account, entries, how_made
from srtminer.model import Agency, Example, Recommendation, Review, ReviewRecord, Theme, ThemeTable
from srtminer.render.wording import Catalogue
from tests.render_values import CHILD_P, CHILD_Q, HOSTILE, HOSTILE_RECORD, STATEMENT

SHARE = (
    "Eastmere Police should tell the school nurse of every incident:\n\n(a) in writing;\n\n(b) the same day."
)
TRAIN = "Norwick Primary Care Trust should train health visitors \U0001f476 to see the child alone."
AGAIN = "Agencies should share what they know about violence at home."
TEXTS = {
    CHILD_P.id: f"Serious Case Review\n\nChild P\n\n4.7 {SHARE}\n\n4.8 {TRAIN}\n\nEnd.",
    CHILD_Q.id: f"Child Q\n\n\U0001f600 Recommendation 1\n\n{AGAIN}",
    STATEMENT.id: "The Board is sorry.",
    HOSTILE_RECORD.id: f"{HOSTILE}\n\n{HOSTILE}",
}
POLICE = Agency("Eastmere Police", "police")
TRUST = Agency("Norwick Primary Care Trust", "commissioners")


def recommend(
    review_id: str, number: int, text: str, *agencies: Agency, reference: str = ""
) -> Recommendation:
    start = TEXTS[review_id].rindex(text)
    return Recommendation(
        f"{review_id}-{number}",
        review_id,
        (reference,) if reference else (),
        start,
        start + len(text),
        text,
        6,
        7,
        heading=("4 Recommendations",),
        agencies=agencies,
        rule="numbered list",
        confidence=0.91236,
    )


SHARE_P = recommend(CHILD_P.id, 1, SHARE, POLICE, TRUST, reference="4.7")
TRAIN_P = recommend(CHILD_P.id, 2, TRAIN, TRUST, reference="4.8")
AGAIN_Q = recommend(CHILD_Q.id, 1, AGAIN)
HOSTILE_D = recommend(HOSTILE_RECORD.id, 1, HOSTILE, Agency(HOSTILE, ""), reference="=1+1")
RECORDS = (CHILD_P, CHILD_Q, STATEMENT)


def theme(rank: int, label: str, members: Sequence[Recommendation], of: int) -> Theme:
    reviews = {member.review_id for member in members}
    years = {CHILD_P.id: 2011, CHILD_Q.id: 2014, HOSTILE_RECORD.id: 2012}
    return Theme(
        rank=rank,
        id=f"theme-{rank}",
        label=label,
        terms=(label.lower(), "share"),
        members=tuple(members),
        examples=(Example(members[0], members[0].text),),
        reviews=len(reviews),
        share=len(members) / of,
        years=tuple(sorted((years[review], 1) for review in reviews)),
        agencies=tuple((agency.name, 1) for agency in members[0].agencies),
    )


def material(
    records: Sequence[ReviewRecord] = RECORDS,
    found: Sequence[Recommendation] = (SHARE_P, TRAIN_P, AGAIN_Q),
    themes: Sequence[Theme] | None = None,
    making: Making | None = None,
) -> Material:
    """By default two recommendations of two reviews in one theme, one in none, and a review without any."""
    if themes is None:
        themes = (theme(1, "Sharing of information", (SHARE_P, AGAIN_Q), 3),)
    themed = {member.id for one in themes for member in one.members}
    unthemed = tuple(one for one in found if one.id not in themed)
    table = ThemeTable(
        tuple(themes), unthemed, len(records), len(found), (("clusters", "by hand"),), ("few",)
    )
    return Material(
        records=tuple(records),
        recommendations=tuple(found),
        catalogue=Catalogue.of(records),
        table=table,
        by_agency=compare_by(table, records, found, "agency"),
        by_year=compare_by(table, records, found, "year"),
        making=making or Making(),
    )


def hostile() -> Material:
    """Everything that can be hostile is."""
    return material(
        (HOSTILE_RECORD,),
        (HOSTILE_D,),
        (theme(1, HOSTILE, (HOSTILE_D,), 1),),
        Making(where=(HOSTILE,), corpus=HOSTILE),
    )


def without_themes(*found: Recommendation) -> Material:
    return material(RECORDS, found, ())


def review(record: ReviewRecord) -> Review:
    return Review(record.id, record.source, record.format, TEXTS[record.id], (), record.pages)


def test_how_it_was_made() -> None:
    made = how_made(material(making=Making(("year=2011",), "abc", "2026-03-01")))
    assert made[1:] == (
        ("date", "2026-03-01"),
        ("reviews chosen", "year=2011"),
        ("codebook", "none"),
        ("themes asked for", "no number"),
        ("reviews a theme, at least", "1"),
        ("reviews", "3"),
        ("recommendations", "3"),
        ("themes", "1"),
        ("recommendations in no theme", "1"),
        ("recommendations in themes not listed", "0"),
        ("digest of the store", "abc"),
        ("method: clusters", "by hand"),
        ("note", "few"),
    )


def test_what_is_in_themes_that_are_not_listed_is_counted() -> None:
    full = material()
    hidden = replace(full, table=replace(full.table, themes=()))
    assert dict(how_made(hidden))["recommendations in themes not listed"] == "2"


def test_no_clock() -> None:
    assert dict(how_made(material()))["date"] == "not given"
    assert Making().moment.isoformat() == "1980-01-01T00:00:00"


def test_it_is_told_in_words_too() -> None:
    whole = material(making=Making(("year=2011",), number=4, min_reviews=2, codebook="b"))
    told = dict(account(whole.making, whole.counts))
    assert told["What was read"].startswith("Reviews: 3, those that fit year=2011. With recommendations: 2.")
    assert told["How many themes"].startswith(
        "As many as the user asked for: 4. Listed, found in 2 or more reviews: 1."
    )
    assert "the codebook “b”" in told["How themes are found"]
    assert told["What is left out"].startswith("In no theme, and not forced into one: 1.")


def test_what_is_in_two_themes_leaves_none_unlisted() -> None:
    """A codebook may put one under two codes."""
    twice = (theme(1, "Sharing", (SHARE_P, AGAIN_Q), 3), theme(2, "Training", (TRAIN_P, SHARE_P), 3))
    assert dict(how_made(material(themes=twice)))["recommendations in themes not listed"] == "0"


def test_a_second_theme_is_told_of() -> None:
    first, training = theme(1, "Sharing", (SHARE_P, AGAIN_Q), 3), theme(2, "Training", (TRAIN_P,), 3)
    whole = material(themes=(replace(first, also=("", training.id)), training))
    assert whole.seconds_of == {AGAIN_Q.id: training}
    assert [entry.second for entry in entries(whole)[1]] == [None, None, training]
    assert [json.loads(line)["also"] for line in to_jsonl(whole).splitlines()[-3:]] == [
        *("", "", training.id)
    ]
