"""The report in a real browser: it opens without a complaint, sorts, filters, unfolds and prints."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from srtminer.material import Material, Privacy
from srtminer.report.page import render_report
from tests.browser import Browser, chromium
from tests.report_values import HOSTILE, SMALL, many

BINARY = chromium()
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(BINARY is None, reason="no Chromium on this machine to open the report with"),
]

ENTER, TAB = ("Enter", 13), ("Tab", 9)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    assert BINARY is not None
    with Browser(BINARY) as running:
        yield running


def open_report(browser: Browser, folder: Path, whole: Material, privacy: Privacy | None = None) -> Path:
    path = folder / "report.html"
    path.write_text(render_report(whole, privacy), encoding="utf-8")
    browser.size(1280, 900)
    browser.open(path)
    return path


def shown_ranks(browser: Browser) -> list[str]:
    found: list[str] = browser.run(
        "[...document.querySelectorAll('tbody.theme')].filter(b => b.offsetHeight).map(b => b.dataset.rank)"
    )
    return found


def type_into(browser: Browser, text: str) -> None:
    browser.run("document.getElementById('find').select()")
    browser.call("Input.insertText", text=text)


@pytest.mark.parametrize("whole", [SMALL, HOSTILE, many(20)], ids=["small", "hostile", "many"])
def test_opens_without_a_complaint_and_asks_for_nothing(
    browser: Browser, tmp_path: Path, whole: Material
) -> None:
    path = open_report(browser, tmp_path, whole)
    assert browser.complaints() == []
    assert browser.requests() == [path.as_uri()]
    assert browser.run("document.querySelectorAll('tr.more:not([hidden])').length") == 0


def test_a_breach_of_the_policy_would_be_heard(browser: Browser, tmp_path: Path) -> None:
    """The test above can fail: a script that is not ours is refused, and the refusal is logged."""
    path = tmp_path / "report.html"
    path.write_text(render_report(SMALL).replace("</main>", "<script>document.title = 1</script></main>"))
    browser.open(path)
    assert "Content Security Policy" in " ".join(browser.complaints())
    assert browser.run("document.title") == "Themes in Norwick"


def test_sorting(browser: Browser, tmp_path: Path) -> None:
    open_report(browser, tmp_path, SMALL)
    order = "document.querySelector('th[data-sort=label]').getAttribute('aria-sort')"
    click = "document.querySelector('th[data-sort=label] button').click()"
    assert shown_ranks(browser) == ["1", "2"]
    browser.run(click)
    assert (shown_ranks(browser), browser.run(order)) == (["1", "2"], "ascending")
    browser.run(click)
    assert (shown_ranks(browser), browser.run(order)) == (["2", "1"], "descending")
    assert browser.run("document.querySelectorAll('th[aria-sort]').length") == 1
    assert browser.run("document.getElementById('status').textContent") == (
        "Sorted by theme, descending. 2 of 2 themes shown."
    )


def test_figures_sort_as_numbers_and_most_first(browser: Browser, tmp_path: Path) -> None:
    open_report(browser, tmp_path, many(20, each=7, themes=12))
    sizes = "[...document.querySelectorAll('tbody.theme')].map(b => +b.dataset.size)"
    browser.run("document.querySelector('th[data-sort=size] button').click()")
    first = browser.run(sizes)
    assert first == sorted(first, reverse=True)
    assert len(set(first)) > 1
    browser.run("document.querySelector('th[data-sort=size] button').click()")
    assert browser.run(sizes) == sorted(first)


def test_what_is_withheld_sorts_last(browser: Browser, tmp_path: Path) -> None:
    open_report(browser, tmp_path, many(9, each=4, themes=7), Privacy(small_counts=6))
    sizes = "[...document.querySelectorAll('tbody.theme')].map(b => b.dataset.size)"
    for _ in range(2):
        browser.run("document.querySelector('th[data-sort=size] button').click()")
        found = browser.run(sizes)
        cut = found.index("")
        assert set(found[cut:]) == {""}


def test_filters(browser: Browser, tmp_path: Path) -> None:
    open_report(browser, tmp_path, SMALL)
    type_into(browser, "health VISITORS")
    assert shown_ranks(browser) == ["2"]
    type_into(browser, "school nurse")
    assert shown_ranks(browser) == ["1"]
    type_into(browser, "nothing like it")
    assert shown_ranks(browser) == []
    assert browser.run("document.getElementById('status').textContent") == "0 of 2 themes shown."
    type_into(browser, " ")
    assert shown_ranks(browser) == ["1", "2"]
    browser.run("kind.value = 'police'; kind.dispatchEvent(new Event('change'))")
    assert shown_ranks(browser) == ["1"]
    browser.run("kind.value = ''; kind.dispatchEvent(new Event('change'))")
    browser.run("recurring.click()")
    assert shown_ranks(browser) == ["1"]


def test_unfolding_with_the_keyboard(browser: Browser, tmp_path: Path) -> None:
    open_report(browser, tmp_path, SMALL)
    expanded = "document.activeElement.getAttribute('aria-expanded')"
    height = "document.getElementById('more-1').offsetHeight"
    browser.run("document.querySelector('th.label button').focus()")
    assert (browser.run(expanded), browser.run(height)) == ("false", 0)
    browser.press(*ENTER)
    assert browser.run(expanded) == "true"
    assert browser.run(height) > 50
    browser.press(*ENTER)
    assert (browser.run(expanded), browser.run(height)) == ("false", 0)
    browser.run("unfold.click()")
    assert browser.run("document.querySelectorAll('tr.more[hidden]').length") == 0
    browser.run("unfold.click()")
    assert browser.run("document.querySelectorAll('tr.more[hidden]').length") == 2


def test_the_first_stop_of_the_keyboard_skips_to_the_report(browser: Browser, tmp_path: Path) -> None:
    open_report(browser, tmp_path, SMALL)
    browser.press(*TAB)
    assert browser.run("document.activeElement.className") == "skip"
    browser.press(*ENTER)
    assert browser.run("location.hash") == "#main"


def test_every_control_and_chart_has_a_name(browser: Browser, tmp_path: Path) -> None:
    open_report(browser, tmp_path, SMALL)
    nodes = browser.call("Accessibility.getFullAXTree")["nodes"]
    roles = {"button", "link", "image", "table", "region", "searchbox", "combobox", "checkbox", "navigation"}
    named = [
        (node["role"]["value"], node["name"]["value"])
        for node in nodes
        if not node["ignored"] and node["role"]["value"] in roles
    ]
    assert {role for role, _ in named} == roles
    assert [role for role, name in named if not name] == []


@pytest.mark.parametrize("whole", [SMALL, HOSTILE, many(20)], ids=["small", "hostile", "many"])
def test_no_wider_than_a_phone(browser: Browser, tmp_path: Path, whole: Material) -> None:
    open_report(browser, tmp_path, whole)
    browser.size(390, 844)
    browser.run("unfold.click(); document.querySelectorAll('details').forEach(d => d.open = true)")
    assert browser.run("document.documentElement.scrollWidth") <= 390


BROKEN_WORDS = """(() => {
  const broken = [];
  for (const node of document.querySelectorAll(".themes th.label, .multiple p, .grid th, .boards th")) {
    const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      for (const word of walker.currentNode.data.matchAll(/[\\p{L}\\p{N}]+/gu)) {
        const range = document.createRange();
        range.setStart(walker.currentNode, word.index);
        range.setEnd(walker.currentNode, word.index + word[0].length);
        if (new Set([...range.getClientRects()].map((box) => box.top)).size > 1) broken.push(word[0]);
      }
    }
  }
  return broken;
})()"""


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_names_of_themes_break_between_words(browser: Browser, tmp_path: Path, width: int) -> None:
    label = "Safeguarding responsibilities of multidisciplinary management"
    whole = many(20)
    named = replace(whole.table, themes=tuple(replace(one, label=label) for one in whole.table.themes))
    open_report(browser, tmp_path, replace(whole, table=named))
    browser.size(width, 844)
    browser.run("unfold.click(); document.querySelectorAll('details').forEach(d => d.open = true)")
    assert browser.run(BROKEN_WORDS) == []


def test_dark_where_the_reader_likes_it_dark(browser: Browser, tmp_path: Path) -> None:
    open_report(browser, tmp_path, SMALL)
    ground = "getComputedStyle(document.body).backgroundColor"
    assert browser.run(ground) == "rgb(255, 255, 255)"
    browser.size(1280, 900, dark=True)
    assert browser.run(ground) == "rgb(20, 23, 27)"


def test_print_shows_what_is_folded_on_the_screen(browser: Browser, tmp_path: Path) -> None:
    open_report(browser, tmp_path, SMALL)
    document = pypdfium2.PdfDocument(browser.pdf())
    text = " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())
    for part in (
        "Training of health visitors",
        "should train health visitors to see the child alone.",
        "The figures of all themes by year",
        "All reviews with recommendations",
        "reviews/child-q.pdf",
    ):
        assert part in text
    assert "Unfold all" not in text
    assert "Skip to the report" not in text


def test_without_script_everything_can_be_read(browser: Browser, tmp_path: Path) -> None:
    browser.call("Emulation.setScriptExecutionDisabled", value=True)
    try:
        open_report(browser, tmp_path, SMALL)
        assert browser.run("document.getElementById('more-2').offsetHeight") > 50
        assert browser.run("document.getElementById('controls').offsetHeight") == 0
    finally:
        browser.call("Emulation.setScriptExecutionDisabled", value=False)
