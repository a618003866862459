"""The report as text: what is in it, what must not be, and that it is always the same."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as parser

from srtminer import __version__
from srtminer.comparisons import BoardYear, Chain, Repeats
from srtminer.material import Making, Material, Privacy
from srtminer.model import Agency, Omission, Recommendation, ReviewRecord, Skipped, ThemeTable
from srtminer.render.safe_text import visible
from srtminer.render.wording import Catalogue
from srtminer.report.page import MOST_BYTES, _environment, grid, render_report, shade
from srtminer.report.small_counts import UNLISTED, count
from tests import render_values as values
from tests.report_values import HOSTILE, SMALL, content, many

BEDS = "Midwives should discuss the risks of bed sharing with every mother."
TAXIS = "The Council should vet taxi drivers who carry pupils with special needs."
DOGS = "The Trust should publish a leaflet on dangerous dogs for parents of babies."


def asking(name: str, year: str, board: str) -> ReviewRecord:
    return values.record(name, f"{name}.pdf", found=2, subject=f"Child {name}", year=year, board=board)


def says(name: str, number: int, text: str, *agencies: Agency) -> Recommendation:
    return Recommendation(
        *(f"{name}-{number}", name, (str(number),), number, number + len(text), text, 1, 1), agencies=agencies
    )


REPEATING = content(
    ThemeTable((), (), 3, 6, ()),
    (
        asking("A", "2010", "Norwick LSCB"),
        asking("B", "2012", "Saltby LSCB"),
        asking("C", "2015", "Norwick LSCB"),
    ),
    (
        says("A", 1, BEDS, Agency("Norwick Hospital", "hospital-trust")),
        says("A", 2, TAXIS),
        says("B", 1, BEDS),
        says("B", 2, DOGS),
        says("C", 1, BEDS),
        says("C", 2, TAXIS),
    ),
)
EMPTY = ThemeTable((), values.RECOMMENDATIONS, 3, 3, (), ("no two recommendations share a term",))


def page(whole: Material, privacy: Privacy | None = None) -> parser.HtmlElement:
    return parser.document_fromstring(render_report(whole, privacy))


def text_of(node: parser.HtmlElement) -> str:
    """Its text, elements set apart by blanks."""
    return " ".join(" ".join(node.itertext()).split())


def rows(document: parser.HtmlElement, caption: str) -> list[list[str]]:
    (table,) = document.xpath(f'//table[caption/@id="{caption}"]')
    return [[text_of(cell) for cell in row.xpath("./th|./td")] for row in table.xpath(".//tr[not(@class)]")]


def test_headline_numbers() -> None:
    document = page(SMALL)
    pairs = [
        (text_of(part.find("dt")), text_of(part.find("dd")))
        for part in document.xpath('//dl[@class="headline"]/div')
    ]
    assert pairs == [
        ("Reviews", "3"),
        ("with recommendations", "2"),
        ("Recommendations", "3"),
        ("Themes", "2"),
        ("that recur", "1"),
    ]
    assert "is in 2 of the 2 reviews" in text_of(document)


def test_theme_table_and_what_unfolds() -> None:
    document = page(SMALL)
    assert rows(document, "themes-caption")[1:] == [
        ["1", values.SHARING_THEME.label, "2", "2", "67%", "2011–2014"],
        ["2", "Training of health visitors", "1", "1", "33%", "2011"],
    ]
    more = text_of(document.xpath('//tr[@id="more-1"]')[0])
    assert "Child P (2011) 4.7, pp. 6–7 · to Eastmere Police, Saltby Home Watch" in more
    assert "Child Q (2014) Recommendation 1, p. 3" in more
    assert "Words that mark it domestic abuse, share, school nurse" in more


def test_members_that_are_cited_alike_are_named_once() -> None:
    sharing = values.SHARING_THEME
    last = sharing.members[-1]
    later = replace(last, id="later", page=5, last_page=5)
    members = (*sharing.members, replace(last, id="again"), later)
    theme = replace(sharing, examples=sharing.examples[:1], members=members)
    document = page(content(replace(values.TABLE, themes=(theme,)), values.RECORDS, values.RECOMMENDATIONS))
    told = text_of(document.xpath('//tr[@id="more-1"]')[0])
    places = "Recommendation 1, p. 3 (2 recommendations) · Recommendation 1, p. 5"
    assert f"Also in Child Q (2014): {places}" in " ".join(told.split())


def test_years_and_agencies() -> None:
    document = page(SMALL)
    assert rows(document, "years-caption") == [
        ["Theme", "2011", "2014", "All"],
        [f"1. {values.SHARING_THEME.label}", "1", "1", "2"],
        ["2. Training of health visitors", "1", "–", "1"],
        ["All reviews with recommendations", "1", "1", "2"],
    ]
    heat = rows(document, "agencies-caption")
    assert heat[0][0] == "Theme"
    assert sorted(heat[0][1:]) == ["All", "Health commissioner", "Not known", "Other agencies", "Police"]
    assert heat[-1][0] == "All recommendations"
    assert heat[-1][-1] == "3"
    (first, _) = document.xpath('//div[@class="multiple"]')
    assert (
        first.get("aria-label")
        == f"{values.SHARING_THEME.label}, reviews by year: 2011: 1 of 1; 2014: 1 of 1"
    )


def test_coverage_says_which_reviews_gave_none_and_why() -> None:
    document = page(SMALL)
    coverage = text_of(document.xpath('//section[@aria-labelledby="coverage"]')[0])
    assert "1 of 3 reviews made no recommendations: Statement of the Board: no heading of" in coverage
    assert "Left out on reading, over all reviews: running header or footer (2 lines)." in coverage
    assert rows(document, "coverage-caption")[1] == [
        "Child P (2011) reviews/child-p.pdf",
        "Norwick and Eastmere Safeguarding Children Board",
        "SCR",
        "12",
        "2",
        "80 paragraphs; left out: running header or footer (1 line)",
    ]


def test_what_was_left_out_is_summed_up() -> None:
    omissions = (
        Omission("page without text", 2, 0),
        Omission("page without text", 5, 0),
        Omission("contents page", 1, 24),
    )
    records = (replace(values.CHILD_P, omissions=omissions), values.CHILD_Q)
    whole = replace(SMALL, records=records)
    assert "contents page (24 lines), page without text (2 pages)" in render_report(whole)


def test_how_it_was_made_is_told() -> None:
    made = text_of(
        page(replace(SMALL, making=replace(SMALL.making, day="3 March 2026"))).xpath(
            '//section[@aria-labelledby="made"]'
        )[0]
    )
    for part in (
        f"srtminer {__version__}",
        "Date 3 March 2026",
        "Reviews: 3, all in the store. With recommendations: 2. Recommendations: 3.",
        "As many as the user asked for: 2. Listed: 2.",
        "a board and the partnership that followed it are one board",
        "Themes asked for 2",
        f"SHA-256 {'0' * 64}",
        "Vectors TF-IDF Clustering Ward",
        "Small counts shown",
    ):
        assert part in made
    assert "Date not given" in text_of(page(SMALL))


def test_withheld_counts_are_withheld_from_the_words_too() -> None:
    made = text_of(page(SMALL, Privacy(small_counts=4)).xpath('//section[@aria-labelledby="made"]')[0])
    assert "Reviews: withheld, all in the store." in made
    assert "With recommendations: withheld. Recommendations: withheld." in made


def test_files_that_could_not_be_read_are_named() -> None:
    unread = (Skipped("reviews/scan<1>.pdf", "no text in it"), Skipped("reviews/b.pdf", "needs a password"))
    shown = text_of(page(replace(SMALL, skipped=unread)))
    assert "Files not read 2" in " ".join(shown.split())
    assert "2 files could not be read, and nothing of them is in this report" in shown
    assert "reviews/scan<1>.pdf: no text in it" in " ".join(shown.split())
    assert "not read" not in text_of(page(SMALL))


def test_notes_are_a_list_and_a_theme_without_years_has_a_dash() -> None:
    (first, *others) = values.TABLE.themes
    table = replace(values.TABLE, themes=(replace(first, years=()), *others), notes=("one <b>", "two"))
    html = render_report(replace(SMALL, table=table))
    assert "<li>one &lt;b&gt;</li>" in html
    assert "<li>two</li>" in html
    assert '<td class="less">–</td>' in html


def test_what_repeats_is_told_with_its_first_and_latest_wording() -> None:
    document = page(REPEATING)
    (section,) = document.xpath('//section[@aria-labelledby="repeats"]')
    assert "5 of 6 recommendations ask for what another review asks for too." in text_of(section)
    (first, second) = section.xpath('.//ol[@class="repeats"]/li')
    assert text_of(first.find(".//summary")) == f"3 reviews, 2010–2015: {BEDS}"
    assert [text_of(one) for one in first.xpath('.//p[@class="when"]')] == ["First", "Latest"]
    assert [text_of(one) for one in first.xpath(".//figcaption")] == [
        "Child A (2010) 1, p. 1 · to Norwick Hospital",
        "Child C (2015) 1, p. 1",
    ]
    assert "Boards: Norwick LSCB; Saltby LSCB" in text_of(first)
    assert "Also in Child B (2012): 1, p. 1" in text_of(first)
    assert text_of(second.find(".//summary")) == f"2 reviews, 2010–2015: {TAXIS}"


def test_boards_are_told_how_much_they_repeat_themselves() -> None:
    assert rows(page(REPEATING), "boards-caption") == [
        ["Board", "Made before", "of all", "Share", "Year by year"],
        ["Norwick LSCB", "2", "4", "50%", "2010: 0 of 2; 2015: 2 of 2"],
    ]


def test_a_board_with_one_review_repeats_nothing_and_is_left_out() -> None:
    assert [years[0].board for years in REPEATING.repeats.boards] == ["Norwick LSCB", "Saltby LSCB"]
    assert "How much each board repeats itself" not in render_report(SMALL)
    assert "No request comes back in two or more reviews." in text_of(page(SMALL))


def test_a_chain_without_two_years_has_no_first_and_latest() -> None:
    records = tuple(asking(name, "", board) for name, board in (("A", "Norwick LSCB"), ("B", "Saltby LSCB")))
    whole = content(EMPTY, records, (says("A", 1, BEDS), says("B", 1, BEDS)))
    shown = text_of(page(whole).xpath('//ol[@class="repeats"]')[0])
    assert shown.startswith(f"2 reviews: {BEDS} Boards: Norwick LSCB; Saltby LSCB Once {BEDS} Child A 1")
    assert "Again" in shown


def test_without_themes_the_report_says_so() -> None:
    document = page(content(EMPTY, values.RECORDS, values.RECOMMENDATIONS))
    assert "There are no themes: no two recommendations share a term." in text_of(document)


def test_a_recommendation_in_two_themes_leaves_none_unlisted() -> None:
    """A codebook may put one under two codes."""
    both = replace(values.TRAINING_THEME, members=(values.TRAINING, values.SHARING))
    whole = content(
        replace(values.TABLE, themes=(values.SHARING_THEME, both)), values.RECORDS, values.RECOMMENDATIONS
    )
    assert count(whole, None).shown(*UNLISTED) == 0
    assert "too few reviews to be listed" not in render_report(whole)


def test_unthemed_and_unlisted_recommendations_are_counted() -> None:
    table = replace(values.TABLE, themes=(values.SHARING_THEME,))
    shown = text_of(page(content(table, values.RECORDS, values.RECOMMENDATIONS)))
    assert "1 are in themes of too few reviews to be listed." in shown
    table = replace(table, unthemed=(values.TRAINING,))
    shown = text_of(page(content(table, values.RECORDS, values.RECOMMENDATIONS)))
    assert "1 of 3 recommendations fit no theme" in shown
    assert "too few reviews to be listed" not in shown
    smaller = replace(values.SHARING_THEME, members=values.SHARING_THEME.members[:1])
    shown = text_of(page(content(replace(table, themes=(smaller,)), values.RECORDS, values.RECOMMENDATIONS)))
    assert "not forced into one. 1 are in" in " ".join(shown.split())


@pytest.mark.parametrize("whole", [SMALL, HOSTILE], ids=["small", "hostile"])
def test_the_same_content_gives_the_same_bytes(whole: Material) -> None:
    privacy = Privacy(small_counts=3, names=("Saltby",))
    assert render_report(whole) == render_report(whole)
    assert render_report(whole, privacy) == render_report(whole, privacy)


def test_hostile_text_stays_text() -> None:
    html = render_report(HOSTILE)
    document = parser.document_fromstring(html)
    assert "<script>alert" not in html
    assert len(document.xpath("//script")) == 1
    assert not document.xpath("//@*[starts-with(name(), 'on')]")
    assert "\x1b" not in html
    assert "\u202e" not in html
    assert "\x9b" not in html
    shown = " ".join(visible(values.HOSTILE).split())
    assert text_of(document.xpath("//h1")[0]) == shown
    assert text_of(document.xpath("//th[@class='label']")[0]) == shown
    assert text_of(document.xpath("//blockquote")[0]) == shown
    assert document.xpath("//tbody/@data-label") == [visible(values.HOSTILE)]


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(codec=None), max_size=40))
def test_no_text_changes_what_the_page_is_made_of(text: str) -> None:
    """Whatever a review says: the same elements with the same attributes, and it can be written as UTF-8."""
    html = render_report(_saying(text))
    html.encode("utf-8")
    assert _skeleton(html) == PLAIN_SKELETON


def _saying(text: str) -> Material:
    """The hostile content with other words, never empty ones, for those leave elements out."""
    said = f"x{text}x"
    member = replace(
        values.HOSTILE_RECOMMENDATION,
        text=said,
        references=(said,),
        agencies=(replace(values.HOSTILE_RECOMMENDATION.agencies[0], name=said),),
    )
    theme = replace(
        values.HOSTILE_THEME,
        label=said,
        terms=(said,),
        members=(member,),
        examples=(replace(values.HOSTILE_THEME.examples[0], recommendation=member, excerpt=said),),
        agencies=((said, 1),),
    )
    record = values.record(
        "dddddddddddd", said, found=1, subject=said, board=said, kind=said, year="2012", why=said
    )
    table = replace(values.HOSTILE_TABLE, themes=(theme,), unthemed=(), method=((said, said),))
    return content(table, (record,), (member,), title=said, date=said)


def _skeleton(html: str) -> list[tuple[str, list[str]]]:
    return [(node.tag, sorted(node.attrib)) for node in parser.document_fromstring(html).iter()]


PLAIN_SKELETON = _skeleton(render_report(_saying(" plain words ")))


@pytest.mark.parametrize("whole", [SMALL, HOSTILE, many(5)], ids=["small", "hostile", "many"])
def test_nothing_is_fetched(whole: Material) -> None:
    """No address in any place where a browser would look one up, and a policy that forbids it anyway."""
    document = page(whole)
    assert not document.xpath(
        "//@src | //@srcset | //@data | //@action | //@poster | //link | //base | //iframe"
    )
    assert {address[0] for address in document.xpath("//@href")} == {"#"}
    (style,) = document.xpath("//style/text()")
    assert "url(" not in style
    assert "@import" not in style
    (policy,) = document.xpath('//meta[@http-equiv="Content-Security-Policy"]/@content')
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy
    outside = re.sub(r"http://x", "", render_report(whole))
    assert "http:" not in outside
    assert "https:" not in outside


def test_no_style_attributes_that_the_policy_would_forbid() -> None:
    assert not page(many(5)).xpath("//@style")


def test_links_inside_the_report_lead_somewhere() -> None:
    document = page(SMALL)
    ids = document.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {address[1:] for address in document.xpath("//@href")} <= set(ids)
    assert set(" ".join(document.xpath("//@aria-labelledby")).split()) <= set(ids)


def test_tables_have_captions_and_headings() -> None:
    tables = page(SMALL).xpath("//table")
    assert len(tables) > 3
    for table in tables:
        assert text_of(table.find("caption"))
        assert set(table.xpath(".//th/@scope")) == {"col", "row"}
        assert not table.xpath(".//th[not(@scope)]")


def test_a_hundred_reviews_stay_under_two_megabytes() -> None:
    assert len(render_report(many(25)).encode()) < MOST_BYTES / 8


def test_small_counts_are_withheld_everywhere() -> None:
    html = render_report(many(9, each=4, themes=6), Privacy(small_counts=4))
    document = parser.document_fromstring(html)
    numbers = [text_of(cell) for cell in document.xpath("//td[not(contains(@class, 'rank'))]")]
    assert not {"1", "2", "3"} & set(numbers)
    assert "* withheld" in numbers
    assert not document.xpath("//dt[text()='Also in']")
    assert "Counts under 4 are withheld" in text_of(document)
    assert not {"1", "2", "3"} & set(document.xpath("//tbody/@data-reviews | //tbody/@data-size"))
    assert not re.search(r": [123] of|of [123]\b", " ".join(document.xpath("//div/@aria-label")))


def test_a_theme_in_too_few_reviews_is_only_named() -> None:
    document = page(SMALL, Privacy(small_counts=2))
    (more,) = document.xpath('//tr[@id="more-2"]')
    assert text_of(more) == "Withheld: too few reviews have this theme for it to be described."
    assert values.TRAINING.text not in render_report(SMALL, Privacy(small_counts=2))


def test_small_repeats_are_withheld() -> None:
    document = page(REPEATING, Privacy(small_counts=3))
    (section,) = document.xpath('//section[@aria-labelledby="repeats"]')
    shown = text_of(section)
    assert "3 reviews, 2010–2015" in shown
    assert TAXIS not in shown
    assert "What comes back in fewer than 3 reviews is withheld." in shown
    assert "Also in" not in shown
    assert "recommendations ask for what another review asks for too" not in shown
    assert not document.xpath("//*[@id='boards-caption']")
    assert "How much each board repeats itself, and what responses answer, is not shown." in text_of(document)


def test_redaction_keeps_boards_apart_that_it_makes_look_alike() -> None:
    records = tuple(
        asking(name, year, board)
        for name, year, board in (
            *(("A", "2010", "Norwick LSCB"), ("B", "2012", "Norwick LSCB")),
            *(("C", "2010", "Saltby LSCB"), ("D", "2012", "Saltby LSCB")),
        )
    )
    whole = content(EMPTY, records, tuple(says(name, 1, BEDS) for name in "ABCD"))
    shown = rows(page(whole, Privacy(names=("Norwick", "Saltby"))), "boards-caption")[1:]
    assert [row[0] for row in shown] == ["[redacted] LSCB"] * 2
    assert [row[-1] for row in shown] == ["2010: 0 of 1; 2012: 1 of 1"] * 2


def test_notes_go_where_counts_are_withheld() -> None:
    notes = (
        "only 7 recommendations: read the themes as tentative",
        "close themes that may be one: 1 and 2 (merge them in a codebook)",
        "they share no term",
    )
    whole = replace(SMALL, table=replace(values.TABLE, notes=notes))
    assert "only 7 recommendations" in render_report(whole)
    shown = render_report(whole, Privacy(small_counts=3))
    assert "only 7" not in shown
    assert "1 and 2" not in shown  # ranks, and the page has others
    assert "they share no term" not in shown


def test_grids_agree_with_the_comparison() -> None:
    whole = many(30)
    known = count(whole, None)
    years = grid(whole, known, "year")
    assert [row.total for row in years.rows] == [theme.reviews for theme in whole.table.themes]
    assert all(sum(cell or 0 for cell in row.cells) == row.total for row in years.rows)
    agencies = grid(whole, known, "agency")
    assert list(agencies.sizes.cells) == [
        sum(row.cells[n] or 0 for row in agencies.rows) for n in range(len(agencies.columns))
    ]


@pytest.mark.parametrize(
    ("value", "largest", "step"),
    [(0, 10, 0), (None, 10, 0), (1, 10, 1), (2, 10, 1), (3, 10, 2), (10, 10, 5), (1, 1, 5), (0, 0, 0)],
)
def test_shade(value: int | None, largest: int, step: int) -> None:
    assert shade(value, largest) == step


def test_charts() -> None:
    drawing = macro("barred")(3, 7)
    assert 'width="42.86"' in drawing
    assert 'width="0.0"' in macro("barred")(None, 7)
    drawing = macro("drawing")([(2009, 1, 2), (2010, 0, 0)], 2)
    assert re.findall(
        r'class="(pale|solid)" x="([0-9.]+)" y="[0-9.]+" width="12" height="([0-9.]+)"', drawing
    ) == [
        ("pale", "2", "56.0"),
        ("solid", "2", "28.0"),
    ]


def macro(name: str) -> Callable[..., str]:
    found: Callable[..., str] = getattr(_environment().get_template("macros.html").module, name)
    return found


def test_colours_have_contrast() -> None:
    """Text on every ground it stands on, in both schemes: at least 4.5 (WCAG 2.2, 1.4.3)."""
    (style,) = page(SMALL).xpath("//style/text()")
    light, dark = (
        dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6});", part))
        for part in re.findall(r":root \{(.*?)\}", style, re.S)
    )
    for colours in (light, dark):
        pairs = [(ink, ground) for ink in ("text", "quiet", "accent") for ground in ("page", "panel")]
        pairs += [("on-pale", f"heat-{n}") for n in (1, 2, 3)] + [("on-deep", f"heat-{n}") for n in (4, 5)]
        low = [pair for pair in pairs if contrast(colours[pair[0]], colours[pair[1]]) < 4.5]
        assert low == []
        assert contrast(colours["solid"], colours["page"]) >= 3


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_hostile_text_that_repeats_stays_text() -> None:
    one = values.HOSTILE_RECOMMENDATION
    chain = Chain(one, (one, one), (1.0, 1.0), 2, (2012,), (values.HOSTILE,))
    year = BoardYear(values.HOSTILE, 2012, 2, 2, 1)
    repeats = Repeats((chain,), ((year,),), frozenset(), 0.5, 2, 2, ())
    whole = replace(
        HOSTILE,
        repeats=repeats,
        making=Making(where=(values.HOSTILE,), codebook=values.HOSTILE),
    )
    records = (values.HOSTILE_RECORD, replace(values.HOSTILE_RECORD, id="x"))
    html = render_report(replace(whole, records=records, catalogue=Catalogue.of(records)))
    assert "<script>alert" not in html
    assert "\x1b" not in html
    assert "\u202e" not in html
    section = parser.document_fromstring(html).xpath('//section[@aria-labelledby="repeats"]')[0]
    assert text_of(section.xpath(".//tbody/tr/th")[0]) == " ".join(visible(values.HOSTILE).split())


def test_the_gist_of_a_chain_is_short() -> None:
    long = f"{BEDS} {TAXIS}"
    records = tuple(asking(name, "2010", "") for name in "AB")
    whole = content(EMPTY, records, tuple(says(name, 1, long) for name in "AB"))
    gist = text_of(page(whole).xpath('//ol[@class="repeats"]//summary')[0])
    assert gist == f"2 reviews, 2010: {BEDS} The …"
