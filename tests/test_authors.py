"""Authors on title pages, in signatures and in running text; and what only looks like one."""

import pytest

from srtminer.metadata import find_facts
from srtminer.metadata.front_page import Front, Line
from srtminer.metadata.title_page import find_authors
from srtminer.model import FOUND, Fact
from srtminer.read.compose_review import Block, compose

FILLER = "The family had moved four times in two years, and no agency held the whole of their history. " * 4


def line(text: str, page: int = 1) -> Line:
    return Line(text, page, 0.0, False, False)


def on_title_page(*texts: str) -> str | None:
    lines = tuple(map(line, texts))
    found = find_authors(Front(lines, lines, ()))
    return found[0] if found else None


@pytest.mark.parametrize(
    ("texts", "authors"),
    [
        (("Independent Author: Tamsin Orrell",), "Tamsin Orrell"),
        (("Lead reviewers: Ada Finch and Bram Holloway",), "Ada Finch; Bram Holloway"),
        (("Report author – Dr J. R. Pettigrew",), "Dr J. R. Pettigrew"),
        (("Hugo Trask, independent overview author",), "Hugo Trask"),
        (("Tamsin Orrell", "Independent Overview Author"), "Tamsin Orrell"),
        (("Overview report writer", "Ann-Marie O'Dowd, QPM"), "Ann-Marie O'Dowd, QPM"),
        (("Report of the Independent Reviewer, Tamsin Orrell",), "Tamsin Orrell"),
        (("The author, who is a nurse, met Father.",), None),
        (("This report was written by Tamsin Orrell, who has no tie to the agencies.",), "Tamsin Orrell"),
        (("Prepared by the independent author, Ada Finch",), "Ada Finch"),
        (("Tamsin Orrell Independent Author and Chair",), "Tamsin Orrell"),
        (("Author: Ada Finch, Bram Holloway & Cleo Marsh",), "Ada Finch; Bram Holloway; Cleo Marsh"),
        (("Author: Saltby Safeguarding Children Board",), None),
        (("Written by the Board",), None),
        (("The author met Mother twice.",), None),
        (("Each agency's author should be independent.",), None),
        (("Individual management reviews were written by managers of the agencies.",), None),
        (("Author: Company Secretary",), None),
        (("Published by Harrowmere Council",), None),
        (("Independent Chair: Ada Finch",), None),
        (("Author", "March 2012"), None),
        (("Serious Case Review", "Independent Overview Author"), None),
    ],
)
def test_authors_are_found_where_they_are_named(texts: tuple[str, ...], authors: str | None) -> None:
    assert on_title_page(*texts) == authors


def test_the_title_page_goes_before_the_signature_and_that_before_the_text() -> None:
    title, end, text = (
        line("Author: Ada Finch"),
        line("Author: Bram Holloway", 9),
        line("Author: Cleo Marsh", 2),
    )
    assert find_authors(Front((title,), (title, text), (end,))) == ("Ada Finch", 1)
    assert find_authors(Front((), (text,), (end,))) == ("Bram Holloway", 9)
    assert find_authors(Front((), (text,), ())) == ("Cleo Marsh", 2)


def test_by_alone_means_the_author_on_a_title_page_only() -> None:
    assert find_authors(Front((), (line("By Ada Finch"),), ())) is None


def test_authors_are_a_field_of_the_metadata() -> None:
    blocks = [Block("Overview Report", role="heading", level=1), Block(FILLER), Block("Dr Ada Finch", page=7)]
    review = compose(
        [*blocks, Block("Independent Author", page=7)], source="r.txt", format="text", page_count=7
    )
    assert Fact("authors", "Dr Ada Finch", FOUND, 7) in find_facts(review)
