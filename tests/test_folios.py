"""Printed page numbers: found in heads and feet that run on, and cited beside the page of the file."""

import pytest

from srtminer.model import Recommendation, ReviewRecord
from srtminer.read.page_furniture import printed_numbers
from srtminer.read.pdf.geometry import Page, Run
from srtminer.render.wording import citation


def page(number: int, foot: str = "", *, head: str = "", label: str = "", text: str = "12 lamps") -> Page:
    runs = [Run(text, 50, 500, 400, 10)]
    runs += [Run(foot, 50, 500, 780, 10)] if foot else []
    runs += [Run(head, 50, 500, 20, 10)] if head else []
    return Page(number, label, 595, 842, tuple(runs))


def numbered(*feet: str) -> tuple[str, ...]:
    return printed_numbers([page(number, foot) for number, foot in enumerate(feet, 1)])


@pytest.mark.parametrize(
    ("feet", "expected"),
    [
        (("", "", "1", "2", "3"), ("", "", "1", "2", "3")),
        (("", "i", "ii", "iii", "1", "2", "", "4"), ("", "i", "ii", "iii", "1", "2", "3", "4")),
        (("", "Harle | 1", "2 | Harle", "Harle | 3"), ("", "1", "2", "3")),
        (("1", "2", "3", "4"), ()),
        (("", "7", "", "2031"), ()),
        (("", "May 2031", "May 2031", "May 2031"), ()),
        ((), ()),
    ],
)
def test_numbers_that_run_on(feet: tuple[str, ...], expected: tuple[str, ...]) -> None:
    assert numbered(*feet) == expected


def test_what_stands_in_the_text_is_no_page_number() -> None:
    pages = [page(number, text=f"{number + 6}") for number in range(1, 9)]
    assert printed_numbers(pages) == ()


def test_the_labels_of_a_file_count_where_nothing_is_printed_and_they_are_numbers() -> None:
    labels = ("i", "ii", "1", "2")
    assert printed_numbers([page(n, label=label) for n, label in enumerate(labels, 1)]) == labels
    odd = ("Sec1:1", "C-2", "fca", "")
    assert printed_numbers([page(n, label=label) for n, label in enumerate(odd, 1)]) == ()


@pytest.mark.parametrize(
    ("first", "last", "cited"),
    [(3, 3, "p. 1 (PDF 3)"), (3, 4, "pp. 1–2 (PDF 3–4)"), (1, 1, "PDF 1"), (5, 5, "p. 5")],
)
def test_both_pages_are_cited_where_they_differ(first: int, last: int, cited: str) -> None:
    record = ReviewRecord("v", "a.pdf", "pdf", (), 5, 9, 9, 1, "", page_labels=("", "", "1", "2", "5"))
    one = Recommendation("r", "v", ("4.1",), 0, 0, "Mend it.", first, last)
    assert citation(record, one, "Child Q") == f"Child Q 4.1, {cited}"
