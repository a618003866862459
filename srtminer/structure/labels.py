"""Codes and labels that number a recommendation: "2019/117", "R-16-02", "M09-03", "Recommendation 4".

Authors print them in front of the text, behind it in brackets, or on a line of their own above or below.
"""

import re
from functools import lru_cache

_CODE = (
    r"(?:(?:19|20)\d\d[-/]\d{3}|[A-NP-Z]{1,4}/(?:19|20)\d\d/\d{1,3}|[A-Z]{1,4}-(?:19|20)\d\d-\d{1,2}"
    r"|[A-Z]{1,3}-(?:19|20)\d\d-\d{1,3}-SR-\d{1,3}|[A-Z]-?\d\d-\d{1,3}|\d{3}/\d{2})(?![-/\w])"
)
"""Why not "O/2022/160": so are safety observations numbered; nor "MO-2014-201": so are investigations."""
_WORD = r"(?:(?:safety|key|national|local|panel|practice|urgent) )?recommendation"
_IN_FRONT = re.compile(rf"\(?({_CODE})\)?[:.]?\s+(?=[A-Z])")
_ALONE = re.compile(
    r"(?:(?:[A-Z][\w’'-]{0,20} ){0,3}recommendation (?:no\.? ?|number:? ?)?|action number: ?)?"
    rf"({_CODE})[:.]?",
    re.IGNORECASE,
)
_LABEL = re.compile(
    rf"({_WORD} (?:no\.? ?)?(?=[\w.]{{0,4}}\d|[IVX]|[A-Z]\b)[\w.]{{1,6}}?)"
    r"(?:(?: (?:for|to) [\w’',& -]{2,60}?)?\s?[:.)]|\s[-–—])\s+(?=[A-Z“‘(])",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"(?:our )?recommendations?(?P<whom> (?:for|to) [\w’',& -]{2,60})?\s?[:–-]\s*(?=[A-Z“])", re.IGNORECASE
)
_BEHIND = re.compile(
    r"(?<!\s)\s*[\[(](?:(?P<label>(?:recommendation|rec\.?) ?\d{1,3}[a-z]?|R ?\d{1,3})"
    r"|(?P<code>[A-Z]{0,4}[-/ ]?\d{2,4}[-/]\d{2,4})"
    r"|(?:[^()]{0,40}?\b)?(?P<tag>recommendation|conclusion)s?\b[^()]{0,40}"
    r"|(?:see )?para(?:graph|s|\.)?s? ?[\d., –-]{1,40}(?:and \d+(?:\.\d+)*)?)[\])][.,;]?\s*$",
    re.IGNORECASE,
)
_TAG_IN_FRONT = re.compile(r"[\[(](recommendation|conclusion)[\])]\s*", re.IGNORECASE)


def in_front(text: str) -> tuple[str, int]:
    """Give the label or code that a text begins with, and where its words begin; empty and 0 if none."""
    match = _IN_FRONT.match(text) or _LABEL.match(text)
    return (match[1], match.end()) if match else ("", 0)


def bare_label(text: str) -> tuple[str, int]:
    """Give "Recommendation:" or "Recommendation for the Board:" and where the words behind it begin."""
    match = _BARE.match(text)
    return (match[0].rstrip(" :–-") + ":", match.end()) if match else ("", 0)


def alone(line: str) -> str:
    """Give the code of a line that says nothing else: "MSB Recommendation M09-03"; or an empty string."""
    match = _ALONE.fullmatch(line[:90])
    return match[1] if match else ""


@lru_cache(maxsize=8192)
def behind(text: str) -> tuple[str, str, int]:
    """Give the reference and the tag in brackets that end a text, and where its words end.

    The tag is "recommendation", "conclusion" or empty: "(Recommendation, Paragraph 17)" has no reference.
    Cached, as the end of every item is asked again and again.
    """
    match = _BEHIND.search(text, max(0, len(text) - 70))
    if match is None:
        front = _TAG_IN_FRONT.match(text)
        return "", front[1].lower() if front else "", len(text)
    return match["label"] or match["code"] or "", (match["tag"] or "").lower(), match.start()
