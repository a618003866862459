"""PDFs as safeguarding boards publish them, made on the fly: text in, bytes out.

Every layout takes a `Content` and returns the bytes of a PDF, the same bytes each time:

    from tests.pdfs import margin_numbers, parse
    pdf = margin_numbers(parse("# Title\n\n4.1 The Board should …"))
"""

from tests.pdfs.content import Content, Part, parse
from tests.pdfs.layouts import (
    LAYOUTS,
    action_plan,
    agency_headings,
    boxed_recommendations,
    footnotes,
    margin_numbers,
    running_headers,
    two_columns,
)

__all__ = [
    "LAYOUTS",
    "Content",
    "Part",
    "action_plan",
    "agency_headings",
    "boxed_recommendations",
    "footnotes",
    "margin_numbers",
    "parse",
    "running_headers",
    "two_columns",
]
