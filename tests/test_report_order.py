"""Nothing on the page depends on a withheld count: no order, rank, bar, headline or attribute."""

from dataclasses import replace

import pytest
from lxml import html as parser

from srtminer.material import Material, Privacy
from srtminer.model import Agency, Recommendation, ReviewRecord, Theme, ThemeTable
from srtminer.report.page import grid, ordered_kinds, render_report, view, year_panels
from srtminer.report.small_counts import Counts, Key, count, placed
from tests import render_values as values
from tests.report_values import content

LEAST = Privacy(small_counts=3)
TEXTS = ("Beds at home", "Visits by night", "Keys and locks", "Dogs in the yard")


def record(place: int, year: str = "2011") -> ReviewRecord:
    source, subject = f"reviews/child-{place}.pdf", f"Child {place}"
    return values.record(f"r{place}", source, found=4, subject=subject, board="", year=year)


REVIEWS = tuple(map(record, range(9)))


def reports(*members: tuple[int, ...], records: tuple[ReviewRecord, ...] = REVIEWS) -> Material:
    """Give a theme "Theme A", "Theme B" … for each tuple of the numbers of reviews that it stands in."""
    groups = [tuple(says(n, place) for place in places) for n, places in enumerate(members)]
    sizes = [-len(group) for group in groups]
    ranked = sorted(range(len(groups)), key=lambda n: (sizes[n], n))
    total = sum(map(len, groups))
    themes = tuple(theme(rank, n, groups[n], total) for rank, n in enumerate(ranked, 1))
    found = tuple(sorted((one for group in groups for one in group), key=lambda one: one.review_id))
    table = ThemeTable(themes, (), len(REVIEWS), total, ())
    return content(table, records, found)


def says(number: int, place: int) -> Recommendation:
    text = f"{TEXTS[number % len(TEXTS)]} {place}"
    return Recommendation(
        f"r{place}-{number}",
        f"r{place}",
        (),
        0,
        len(text),
        text,
        1,
        1,
        agencies=(Agency("Norwick Police", "police"),),
    )


def theme(rank: int, number: int, members: tuple[Recommendation, ...], total: int) -> Theme:
    return Theme(
        rank=rank,
        id=f"theme-{number}",
        label=f"Theme {'ABCDEFG'[number]}",
        terms=("beds",),
        members=members,
        examples=(),
        reviews=len(members),
        share=len(members) / total,
        years=((2011, len(members)),),
        agencies=(("Norwick Police", len(members)),),
    )


SIX, FIVE = (0, 1, 2, 3, 4, 5), (1, 3, 5, 7, 8)


@pytest.mark.parametrize("privacy", [LEAST, Privacy(small_counts=4)], ids=["3", "4"])
def test_reports_that_differ_in_withheld_counts_only_are_the_same(privacy: Privacy) -> None:
    """Of reviews 6 to 8, theme C has two and theme D one, or the other way round."""
    one, other = reports(FIVE, SIX, (6, 7), (8,)), reports(FIVE, SIX, (6,), (7, 8))
    assert render_report(one) != render_report(other)
    assert render_report(one, privacy) == render_report(other, privacy)


def test_withheld_themes_have_no_rank_and_stand_last_by_name() -> None:
    whole = reports((6,), SIX, (7, 8), FIVE)
    document = parser.document_fromstring(render_report(whole, LEAST))
    bodies = document.xpath("//tbody[contains(@class, 'theme')]")
    assert [(body.get("data-rank"), body.get("data-label"), body.get("data-reviews")) for body in bodies] == [
        ("1", "Theme B", "6"),
        ("2", "Theme D", "5"),
        ("", "Theme A", ""),
        ("", "Theme C", ""),
    ]
    assert [body.get("data-recurs") is not None for body in bodies] == [True, True, False, False]
    assert document.xpath("string(//dt[text()='that recur']/../dd)").split() == ["*", "withheld"]
    assert "no rank and come last" in document.text_content()


def test_bars_are_as_long_as_what_is_shown() -> None:
    """The largest theme may be withheld, to hide another; the others' bars must not tell how large it is."""
    whole = reports(SIX, FIVE)
    known = count(whole, None)
    first = whole.table.themes[0]
    hidden = Counts(known.values, frozenset({("theme", first.id, "reviews"), ("theme", first.id, "size")}))
    shown = view(whole, LEAST, hidden)
    assert [(one["label"], one["rank"], one["recurs"]) for one in shown["themes"]] == [
        ("Theme B", 1, True),
        ("Theme A", None, False),
    ]
    assert shown["most"] == [5, 5]
    assert (shown["closed"], shown["recurring"]) == (1, None)


def test_years_are_withheld_with_the_count_of_one_of_them() -> None:
    whole = reports(SIX, FIVE)
    known = count(whole, None)
    assert [one["span"] for one in view(whole, LEAST, known)["themes"]] == ["2011", "2011"]
    first = whole.table.themes[0]
    hidden = Counts(known.values, frozenset({("year", "2011", first.id)}))
    assert [(one["span"], one["first_year"]) for one in view(whole, LEAST, hidden)["themes"]] == [
        (None, ""),
        ("2011", "2011"),
    ]


def test_a_panel_without_any_dated_review_says_so() -> None:
    undated = tuple(record(place, year="") for place in (2, 3))
    records = (record(0, year="2011"), record(1, year="2012"), *undated)
    known = count(whole := reports((0, 1, 2), (2, 3), records=records), None)
    panels = year_panels(grid(whole, known, "year"), known)
    assert [(one.label, one.told) for one in panels] == [
        ("Theme A", "2011: 1 of 1; 2012: 1 of 1"),
        ("Theme B", "no dated review"),
    ]
    document = parser.document_fromstring(render_report(whole))
    (panel,) = document.xpath("//div[contains(@aria-label, 'Theme B')]")
    assert panel.text_content().split() == ["2.", "Theme", "B", "no", "dated", "review"]
    assert not panel.xpath(".//svg")


def test_undated_reviews_are_told_beside_the_years() -> None:
    whole = reports(SIX)
    dated = replace(whole.table.themes[0], years=((2011, 4),))
    whole = replace(whole, table=replace(whole.table, themes=(dated,)))
    (shown,) = view(whole, Privacy(), count(whole, None))["themes"]
    assert (shown["span"], shown["first_year"]) == ("2011, 2 undated", "2011")


def test_a_withheld_size_does_not_order_themes_of_as_many_reviews() -> None:
    themes = tuple(replace(one, reviews=5) for one in reports(SIX, FIVE, FIVE).table.themes)
    values_of: dict[Key, int] = {("theme", one.id, "reviews"): 5 for one in themes}
    values_of |= {("theme", one.id, "size"): len(one.members) for one in themes}
    known = Counts(values_of, frozenset({("theme", themes[0].id, "size")}))
    assert [theme.label for theme, _ in placed(themes, known)] == ["Theme B", "Theme C", "Theme A"]


def test_kinds_of_agency_are_ordered_by_what_is_shown() -> None:
    sizes: dict[Key, int] = {
        ("agency", name): size for name, size in (("gp", 2), ("court", 1), ("police", 9), ("not known", 20))
    }
    names = ("police", "gp", "court", "not known")
    known = Counts(sizes, frozenset({("agency", "gp"), ("agency", "court")}))
    assert ordered_kinds(names, known) == ("court", "gp", "police", "not known")
    assert ordered_kinds(names, Counts(sizes, frozenset())) == names
