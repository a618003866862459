"""What a web page shows as its text, and what is hidden, deleted, a note or the site around it."""

from pathlib import Path

import pytest

from srtminer.model import COVERED, STRUCK, UNSEEN, Omission
from srtminer.read.web_parts import MAY_HIDE
from tests.paragraphs import numbered_texts, texts
from tests.test_read_html import read

NOT_SEEN = {
    "<p><del>not this</del>": STRUCK,
    "<p><s>not this</s>": STRUCK,
    "<p><strike>not this</strike>": STRUCK,
    "<p style='text-decoration: line-through'>not this": STRUCK,
    "<p class=old>not this": STRUCK,
    "<p hidden>not this": UNSEEN,
    "<p popover>not this": UNSEEN,
    "<p class=i style=display:block>not this": UNSEEN,
    "<p style='display:/**/none'>not this": UNSEEN,
    "<p style='display:none !important;display:block'>not this": UNSEEN,
    "<div style='DISPLAY : none !important'><p>not this</div>": UNSEEN,
    "<p style=visibility:hidden>not this": UNSEEN,
    "<p><span style='font-size:0'>not this</span>": UNSEEN,
    "<p><span style='mso-hide:all'>not this</span>": UNSEEN,
    "<p class='a x'>not this": UNSEEN,
    "<p id=y>not this": UNSEEN,
    "<p><span class=sr-only>not this</span>": UNSEEN,
    "<table><tr hidden><td>not this</table>": UNSEEN,
    "<table style=visibility:hidden><tr><td>not this</table>": UNSEEN,
    "<p class=m>not this": UNSEEN,
    "<p data-x=1>not this": UNSEEN,
    "<p class='k l'>not this": UNSEEN,
    "<p style='d\\69splay:none'>not this": UNSEEN,
    "<div style='color:white'><p>not this</div>": UNSEEN,
    "<p>" + "<font color=#fdfdfd>not this</font>": UNSEEN,
    **{
        f"<p style='{style}'>not this": UNSEEN
        for style in (
            "color:transparent",
            "color:rgba(0,0,0,0)",
            "color:hsl(0 0% 100%)",
            "font-size:1px",
            "font:0/0 a",
            "position:absolute;left:-9999px",
            "clip:rect(1px, 1px, 1px, 1px)",
            "clip-path:inset(50%)",
            "max-height:0;overflow:hidden",
            "transform:scale(0)",
            "filter:opacity(0)",
            "filter:grayscale(1) blur(8px)",
            "color:black;-webkit-text-fill-color:transparent",
            "transform:translateX(-9999px)",
        )
    },
    "<table><tr><td class=x>not this</table>": UNSEEN,
    **{
        f"<table><{part}><tr><td>not this</{part.split()[0]}></table>": why
        for part, why in (
            ("tbody hidden", UNSEEN),
            ("thead class=x", UNSEEN),
            ("tfoot style='text-decoration:line-through'", STRUCK),
        )
    },
    "<table><caption class=x>not this</caption><tr><td></table>": UNSEEN,
    "<main hidden>not this</main>": UNSEEN,
    "<div class=x><main>not this</main></div>": UNSEEN,
    "<del><main>not this</main></del>": STRUCK,
}
SHEET = (
    "<style><!-- /* .z{display:none} */ .x, p#y, #y {display:none} p.old{text-decoration:line-through}"
    "@media print { .z {display:none} p {display:none} } .z{color:red}"
    "@media screen and (min-width:1px) {.m{display:none}} p:hover{display:none} "
    "[data-x], p.k.l{display:none} .i{display:none!important} .k{display:block} --></style>"
)


@pytest.mark.parametrize("html", NOT_SEEN)
def test_what_is_not_seen_is_left_out_and_told(tmp_path: Path, html: str) -> None:
    review = read(tmp_path, f"{SHEET}<p>before</p>{html}</p><p class=z>after")
    assert texts(review) == ["before", "after"]
    assert review.omissions == (Omission(NOT_SEEN[html], 1, 0, 2),)


SEEN = [
    "<p aria-hidden=true>this",
    "<style media=print>p{display:none}</style><p>this",
    "<style>@media print{p{display:none}} @keyframes fade{from{opacity:0}}</style><p>this",
    "<details><summary>this</summary></details>",
    "<p><ins>this</ins>",
    "<div style=visibility:hidden><p style=visibility:visible>this</div>",
    "<div style='font-size:0'><p style='font-size:9pt'>this</div>",
    "<div style='background-image:url(a.png);color:white'><p>this</div>",
    "<p style='text-indent:-18pt;opacity:.9;transform:translate(0,0);height:40px;overflow:hidden'>this",
    "<p><u>this",
    "<p>this<audio>Get a newer browser.</audio><noembed>or this</noembed>",
    "<p><ruby>this<rp>(</rp></ruby><datalist><option>not this</datalist>",
    "<p style='filter:blur(0)'>this",
]


@pytest.mark.parametrize("html", SEEN)
def test_what_is_seen_is_read(tmp_path: Path, html: str) -> None:
    assert texts(read(tmp_path, html)) == ["this"]


@pytest.mark.parametrize(
    "rule",
    [
        "[data-x='1']{display:none}",
        "p + .y{display:none}",
        "p:nth-of-type(2){position:absolute;left:-9999px}",
        "@media (max-width:9px){.y{visibility:hidden}}",
        "@media not print{.y{display:none}}",
        ":root{--d:none}.y{display:var(--d)}",
    ],
)
def test_a_rule_that_may_hide_text_is_told(tmp_path: Path, rule: str) -> None:
    review = read(tmp_path, f"<style>{rule}</style><p>this<p class=y data-x=1>and this")
    assert texts(review) == ["this", "and this"]
    assert review.omissions == (Omission(MAY_HIDE, 1, 1),)


def test_items_that_are_struck_keep_their_number_and_hidden_ones_have_none(tmp_path: Path) -> None:
    review = read(
        tmp_path,
        "<ol><li>Act.<li><del>Stop.</del><li hidden>Hide.<li>Report in <del>ten</del> "
        "<ins>two</ins> days.</ol>",
    )
    assert numbered_texts(review) == [("1", "Act."), ("3", "Report in two days.")]


def test_a_column_of_numbers_becomes_the_numbers_of_its_rows(tmp_path: Path) -> None:
    review = read(
        tmp_path,
        "<table><tr><td>1<td>The Tarn Board should act.<tr><td>2<td>The police should share.</table>"
        "<table><tr><td>Recommendation 3<td>Schools should ask.<tr><td>Recommendation "
        "4<td>Homes should.</table>"
        "<table><tr><th>Year<th>Deaths<tr><td>1<td>7</table>",
    )
    assert numbered_texts(review) == [
        ("1", "The Tarn Board should act."),
        ("2", "The police should share."),
        ("Recommendation 3", "Schools should ask."),
        ("Recommendation 4", "Homes should."),
        ("", "Year | Deaths"),
        ("", "1 | 7"),
    ]


def test_a_table_that_lays_out_a_page_gives_its_paragraphs(tmp_path: Path) -> None:
    review = read(
        tmp_path,
        "<table><tr><td colspan=2>Tarn Council<tr><td><p>Home<td><h1>Child T</h1><h2>Recommendations</h2>"
        "<table><tr><th>No<th>Recommendation<tr><td>1<td>Act.</table><p>2. The police should share.</table>",
    )
    assert [(p.role, p.number, text) for p, text in zip(review.paragraphs, texts(review), strict=True)] == [
        ("text", "", "Tarn Council"),
        ("text", "", "Home"),
        ("heading", "", "Child T"),
        ("heading", "", "Recommendations"),
        ("row", "1", "Act."),
        ("text", "2", "The police should share."),
    ]


def test_lists_in_cells(tmp_path: Path) -> None:
    review = read(
        tmp_path,
        "<table><tr><th>Agency<th>Recommendations<th>Actions"
        "<tr><td rowspan=2>Police<td><ul><li>Share it.<li>Record it.</ul><td><ol><li>Write.<li>Post.</ol>"
        "<tr><td><ol><li>Follow up.<ul><li>by telephone<li>by letter</ul></ol><td>Ring.</table>"
        "<table><tr><td>Police<td><p>(a) Share it.<p>(b) Record it.<tr><td>Health<td>Follow up.</table>",
    )
    assert numbered_texts(review) == [
        ("", "Police | Share it. | (1) Write. (2) Post."),
        ("", "Police | Record it. | (1) Write. (2) Post."),
        ("1", "Police | Follow up. by telephone by letter | Ring."),
        ("", "Police"),
        ("a", "Share it."),
        ("b", "Record it."),
        ("", "Health | Follow up."),
    ]


def test_a_row_that_only_looks_like_a_header(tmp_path: Path) -> None:
    review = read(
        tmp_path, "<table><tr><td>Recommendation 1<td>The Tarn Board should act.<tr><td>Lead<td>Chair</table>"
    )
    assert texts(review) == ["Recommendation 1 | The Tarn Board should act.", "Lead | Chair"]


WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta name=Generator
content="Microsoft
Word 15"><style><!-- p.MsoNormal {margin:0cm} --></style></head><body><div class=WordSection1>
<p class=MsoTitle>Review: Child T<o:p></o:p></p><h1>Recommendations</h1>
<p class=MsoListParagraph style='margin-left:36.0pt;text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if
!supportLists]><span style='mso-list:Ignore'>1.<span style='font:7.0pt "Times"'>&nbsp;&nbsp;
</span></span><![endif]>The
Board – “our own” – should act.<span class=MsoCommentReference><a href="#_msocom_1">[A1]</a></span></p>
<p class=MsoListParagraph style='mso-list:l0 level2 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'><span
style='font-family:Symbol'>\xb7<span>&nbsp;</span></span></span><![endif]>Schools should ask.<a
href="#_ftn1"><span
class=MsoFootnoteReference>[1]</span></a></p><p class=MsoNormal><del cite="mailto:A">Stop all
visits.</del></p>
<p class=MsoNormal><span style='display:none;mso-hide:all'>Pay them.</span></p></div>
<div style='mso-element:footnote-list'><div style='mso-element:footnote' id=ftn1><p><a
href="#_ftnref1">[1]</a> A
note.</p></div></div><div style='mso-element:comment-list'><div style='mso-element:comment'><p>The lawyer
objects.</p></div></div></body></html>"""


def test_a_page_saved_by_word(tmp_path: Path) -> None:
    review = read(tmp_path, WORD.encode("cp1252"))
    assert [
        (p.role, p.level, p.number, text) for p, text in zip(review.paragraphs, texts(review), strict=True)
    ] == [
        ("heading", 1, "", "Review: Child T"),
        ("heading", 1, "", "Recommendations"),
        ("text", 0, "1", "The Board – “our own” – should act."),
        ("item", 1, "", "Schools should ask."),
    ]
    assert {(o.what, o.words) for o in review.omissions if o.words} == {(STRUCK, 3), (UNSEEN, 2)}
    assert {o.what for o in review.omissions if o.lines} == {"comment", "footnote"}


SITE = [
    "<div class='cookie-banner'><p>We use cookies.</p></div>",
    "<div id=CookieConsent>We use cookies.</div>",
    "<ol class=breadcrumb><li>News</ol>",
    "<ul><li><a href=/1>Town hall opens</a><li><a href=/2>Road shut</a><li><a href=/3>Fair tonight</a></ul>",
    "<section class='related-content'><h2>Related</h2><p><a href=/1>Other</a></section>",
    "<div class=share-buttons>Share</div>",
    "<div id=comments><ol class=comment-list><li>They should all be sacked.</ol></div>",
    "<div class=site-footer><p>Copyright Tarn News</div>",
]


@pytest.mark.parametrize("html", SITE)
def test_the_site_around_an_article_is_dropped_and_told(tmp_path: Path, html: str) -> None:
    review = read(
        tmp_path, f"<body class='has-sidebar menu'><h1>Child T</h1><p>{'A long story. ' * 9}</p>{html}"
    )
    assert len(review.paragraphs) == 2
    assert [o.what for o in review.omissions] == ["navigation"]


def test_links_in_a_text_are_no_navigation(tmp_path: Path) -> None:
    review = read(
        tmp_path,
        "<h2>Recommendations</h2><ul><li><a href=/1>The Board should act.</a><li><a href=/2>The Trust should "
        "act.</a><li><a href=/3>The police should act.</a></ul><p>See <a href=/a>one</a>, "
        "<a href=/b>two</a> and "
        "<a href=/c>three</a> for what is meant by it.</p><div class='related-to-health'><p>"
        + "Much more. "
        * 40,
    )
    assert len(review.paragraphs) == 6


def test_a_heading_with_line_breaks_is_one(tmp_path: Path) -> None:
    assert texts(read(tmp_path, "<h1>Serious Case Review<br>Child T<br />2014</h1>")) == [
        "Serious Case Review Child T 2014"
    ]


def test_how_a_paragraph_is_set_is_kept(tmp_path: Path) -> None:
    review = read(
        tmp_path,
        "<p><b><i>All</i></b> <span style='font-weight:bold;font-style:italic;font-size:14pt'>of it, "
        "all of it.</span><p>As <b>it</b> is.",
    )
    first, second = review.paragraphs
    assert (first.bold, first.italic, first.size) == (True, True, 14.0)
    assert (second.bold, second.italic) == (False, False)


HEADED = "<table><tr style='color:#fff'><th style='background:black'>kept</table>"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>Let <span style='background:black;mso-highlight:black'>Ann Orr</span> go.", "Let [covered] go."),
        ("<style>.r{background:#000;color:#000}</style><p>Tell <b class=r>Ann</b><b class=r> Orr</b> now.",
         "Tell [covered] now."),
        ("<p>Tell <i style='background:#111;color:#0a0a0a'>Ann Orr</i> now.", "Tell [covered] now."),
        ("<link rel=stylesheet href=a.css><p style='background:#111;color:#111'><b>Ann Orr</b>", "[covered]"),
        ("<style>a:link, b:nth-child(2){color:blue}</style><p style='background:black'>Ann Orr", "[covered]"),
        ("<style>[x=y]{background:black}</style><p style='color:white'>Ann Orr", "Ann Orr"),
        ("<p style='background:rgb(0 0 0) 0 0;color:hsl(9,50%,1%)'>Ann Orr", "[covered]"),
        ("<p style='background:black;color:gold'>Ann Orr", "Ann Orr"),
        ("<body bgcolor=black text=white><p>Ann Orr", "Ann Orr"),
        ("<p>Tell <mark style='background:yellow'>Ann Orr</mark> now.", "Tell Ann Orr now."),
        ("<p>Tell <b style='background:black;color:white'>Ann Orr</b> now.", "Tell Ann Orr now."),
        ("<link rel=stylesheet href=a.css><p style='background:black'>Ann Orr", "Ann Orr"),
        (HEADED, "kept"),
    ],
)  # fmt: skip
def test_words_in_the_colour_of_what_lies_behind_them_are_covered(
    tmp_path: Path, html: str, text: str
) -> None:
    review = read(tmp_path, html)
    assert " ".join(texts(review)) == text
    words = sum(omission.words for omission in review.omissions if omission.what == COVERED)
    assert words == (2 if "[covered]" in text else 0)


@pytest.mark.parametrize(
    ("selector", "seen"), [("ol .gone", False), ("div > ol .gone", False), ("ul .gone", True), ("p ol", True)]
)
def test_a_style_for_what_stands_in_something(tmp_path: Path, selector: str, seen: bool) -> None:
    sheet = f"<style>{selector} {{text-decoration: line-through red}}</style>"
    review = read(tmp_path, f"{sheet}<div><ol><li>One<li class=gone>Two</ol></div>")
    assert texts(review) == (["One", "Two"] if seen else ["One"])
