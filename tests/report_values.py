"""Contents of reports: the small invented values of rendering, and a large set made by number."""

from srtminer.compare.groups import compare_by
from srtminer.compare.repeats import find_repeats
from srtminer.comparisons import CompareOptions
from srtminer.material import Making, Material
from srtminer.model import Agency, Example, Recommendation, ReviewRecord, Theme, ThemeTable
from srtminer.render.wording import Catalogue
from tests import render_values as values
from tests.encoding import index

WORDS = (
    "police",
    "school",
    "nurse",
    "health",
    "visitor",
    "child",
    "record",
    "meeting",
    "plan",
    "father",
    "home",
)
KINDS = ("police", "gp", "childrens-social-care", "safeguarding-board", "")


def content(
    table: ThemeTable,
    records: tuple[ReviewRecord, ...],
    found: tuple[Recommendation, ...],
    title: str = "Themes in Norwick",
    date: str = "",
) -> Material:
    repeats = find_repeats(records, found, index(found), CompareOptions())
    return Material(
        table=table,
        by_year=compare_by(table, records, found, "year"),
        by_agency=compare_by(table, records, found, "agency"),
        recommendations=found,
        records=records,
        catalogue=Catalogue.of(records),
        making=Making(number=2, day=date, corpus="0" * 64),
        title=title,
        repeats=repeats,
    )


SMALL = content(values.TABLE, values.RECORDS, values.RECOMMENDATIONS)
HOSTILE = content(
    values.HOSTILE_TABLE,
    (values.HOSTILE_RECORD,),
    (values.HOSTILE_RECOMMENDATION,),
    title=values.HOSTILE,
    date=values.HOSTILE,
)


def many(reviews: int, each: int = 15, themes: int = 30) -> Material:
    """Reviews with recommendations of 300 characters, dealt out to themes in turn."""
    records = tuple(
        values.record(
            f"r{n:03}",
            f"reviews/child-{n}.pdf",
            found=each,
            subject=f"Child {n}",
            board=f"Board {n % 7}",
            year=str(2005 + n % 15),
        )
        for n in range(reviews)
    )
    found = tuple(_recommendation(n, k, each) for n in range(reviews) for k in range(each))
    dealt = [found[number::themes] for number in range(themes)]
    table = ThemeTable(
        themes=tuple(_theme(number, members, len(found)) for number, members in enumerate(dealt, 1)),
        unthemed=(),
        reviews=reviews,
        recommendations=len(found),
        method=(("clusters", "by number"),),
    )
    return content(table, records, found)


def _recommendation(n: int, k: int, each: int) -> Recommendation:
    number = n * each + k
    text = " ".join(WORDS[(number * 7 + i * i) % len(WORDS)] for i in range(50))
    return Recommendation(
        f"r{n:03}-{k}",
        f"r{n:03}",
        (f"5.{k}",),
        0,
        len(text),
        text,
        k + 1,
        k + 1,
        agencies=(Agency(f"Agency {number % 9}", KINDS[number % len(KINDS)]),),
    )


def _theme(number: int, members: tuple[Recommendation, ...], total: int) -> Theme:
    ids = {member.review_id for member in members}
    years: dict[int, int] = {}
    for review in sorted(ids):
        year = 2005 + int(review[1:]) % 15
        years[year] = years.get(year, 0) + 1
    return Theme(
        rank=number,
        id=f"theme-{number}",
        label=f"Theme number {number}",
        terms=("police", "school"),
        members=members,
        examples=tuple(Example(member, member.text[:200]) for member in members[:3]),
        reviews=len(ids),
        share=len(members) / total,
        years=tuple(sorted(years.items())),
        agencies=(("Agency 1", len(members)),),
    )
