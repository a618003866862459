"""Codes that number a recommendation across reports: "2019/117", "R-16-02", "M09-03", "R/2022/181".

Accident investigations print them in front of the text, behind it in brackets, on a line of their own
above or below it, or in a small table above it.
"""

import re

_CODE = (
    r"(?:(?:19|20)\d\d[-/]\d{3}|[A-NP-Z]{1,4}/(?:19|20)\d\d/\d{1,3}|[A-Z]{1,4}-(?:19|20)\d\d-\d{1,2}"
    r"|[A-Z]{1,3}-(?:19|20)\d\d-\d{1,3}-SR-\d{1,3}|[A-Z]-?\d\d-\d{1,3}|\d{3}/\d{2})(?![-/\w])"
)
"""Why not "O/2022/160": so are safety observations numbered; nor "MO-2014-201": so are investigations."""
_IN_FRONT = re.compile(rf"\(?({_CODE})\)?[:.]?\s+(?=[A-Z])")
_ALONE = re.compile(
    rf"(?:(?:[A-Z][\w’'-]{{0,20}} ){{0,3}}recommendation (?:no\.? ?|number:? ?)?)?({_CODE})[:.]?",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"((?:(?:safety|key|national|local) )?recommendation (?:no\.? ?)?"
    r"(?=[\w.]{0,4}\d|[IVX]|[A-Z]\b)[\w.]{1,6}?)"
    r"(?:\s?[:.)]|\s[-–—])\s+(?=[A-Z“‘(])",
    re.IGNORECASE,
)
_LABEL_BEHIND = re.compile(
    r"[\[(]((?:recommendation|rec\.?) ?\d{1,3}[a-z]?|R ?\d{1,3})[\])]\.?$", re.IGNORECASE
)
_NUMBER_LINE = re.compile(r"action number: ?([A-Z]{1,3}-\d{4}-\d{1,3}-SR-\d{1,3})", re.IGNORECASE)


def code_in_front(text: str) -> tuple[str, int]:
    """Give the code that a text begins with, and where the words begin; empty and 0 if there is none."""
    match = _IN_FRONT.match(text)
    return (match[1], match.end()) if match else ("", 0)


def label_in_front(text: str) -> tuple[str, int]:
    """Give the label that a numbered paragraph begins with, and where its words begin; empty and 0 if none.

    Why: "5.2 Recommendation 1: The Board should …".
    """
    match = _LABEL.match(text)
    return (match[1], match.end()) if match else ("", 0)


def label_behind(text: str) -> tuple[str, int]:
    """Give the label in brackets that ends a paragraph, "(Recommendation 4)", and where its words end."""
    match = _LABEL_BEHIND.search(text, max(0, len(text) - 40))
    return (match[1], len(text[: match.start()].rstrip())) if match else ("", len(text))


def code_alone(line: str) -> str:
    """Give the code of a line that says nothing else: "MSB Recommendation M09-03"; or an empty string."""
    match = _ALONE.fullmatch(line[:90])
    return match[1] if match else code_of_table(line)


def code_of_table(line: str) -> str:
    """Give the code of the line of a small table over a recommendation: "Action number: …-SR-021"."""
    match = _NUMBER_LINE.fullmatch(line[:90])
    return match[1] if match else ""
