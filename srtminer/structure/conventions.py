"""What words of headings, labels, columns and sentences mean; the entries are data/conventions.toml.

Below them the codes and labels that number a recommendation: "2019/117", "R-16-02", "Recommendation 4".
Authors print them in front of the text, behind it in brackets, or on a line of their own above or below.
"""

import re
import tomllib
from functools import cache, lru_cache
from importlib import resources
from typing import NamedTuple

HEADING_KINDS = ("own", "mixed", "foreign", "aside")


@cache
def entries() -> tuple[dict[str, str], ...]:
    """Give the conventions as they are written."""
    text = resources.files("srtminer.data").joinpath("conventions.toml").read_text(encoding="utf-8")
    return tuple(tomllib.loads(text)["entry"])


class _Convention(NamedTuple):
    words: tuple[str, ...]
    """One of them is in every text that fits, in small letters; an empty one where nothing is known."""
    pattern: re.Pattern[str]
    case: bool
    """Whether capitals matter."""


@cache
def _fitting(of: str, says: str) -> tuple[_Convention, ...]:
    """Give all conventions of one meaning."""
    return tuple(
        _Convention(tuple(entry.get("words", ("",))), re.compile(entry["pattern"]), bool(entry.get("case")))
        for entry in entries()
        if (entry["of"], entry["says"]) == (of, says)
    )


@lru_cache(maxsize=16384)
def says(of: str, what: str, text: str) -> bool:
    """Tell whether a text says something by one of the conventions; cached, as each series asks again."""
    folded = _folded(text)
    for words, pattern, case in _fitting(of, what):  # the loops that analysis spends most time in
        for word in words:
            if word in folded:
                if pattern.search(text if case else folded):
                    return True
                break
    return False


_folded = lru_cache(maxsize=256)(str.casefold)


def may_say(of: str, what: str, text: str) -> bool:
    """Tell whether a text has one of the words without which nothing in it says something."""
    folded = _folded(text)
    return any(word in folded for one in _fitting(of, what) for word in one.words)


def opens(of: str, what: str, text: str) -> bool:
    """Tell whether a text says something with its first words."""
    folded = _folded(text)
    return any(one.pattern.match(folded) for one in _fitting(of, what))


@lru_cache(maxsize=4096)
def heading_says(heading: str) -> frozenset[str]:
    """Give all that a heading says; cached, as every paragraph below it asks again."""
    found = {kind for kind in HEADING_KINDS if says("heading", kind, heading)}
    if not found and "recommendation" in heading.casefold() and not is_label(heading):
        return frozenset({"mixed"})
    return frozenset(found - {"own"} if found & {"mixed", "foreign"} else found)


def is_label(text: str) -> bool:
    """Tell a printed label that numbers a recommendation, "Recommendation 3", from "4.12"."""
    return len(text) < LONGEST_LABEL and says("label", "own", text)


LONGEST_LABEL = 60
"""Characters."""

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
    r"|(?!see )(?:[^()]{0,40}?\b)?(?P<tag>recommendation|conclusion)s?\b[^()]{0,40}"
    r"|(?:see )?para(?:graph|s|\.)?s? {0,2}[\d., –-]{1,40}(?:and \d+(?:\.\d+)*)?)[\])][.,;]?\s*$",
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
