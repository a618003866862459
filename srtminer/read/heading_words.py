"""What looks like a heading, judged by its words, and how high it stands."""

import re

from srtminer.text.months import MONTHS

MOST_WORDS, MOST_CHARACTERS = 14, 110
"""A longer line is a sentence."""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Why: "The Board should publish its plan" is short and unpunctuated, and asks for something.
_VERBS = _set(
    "should must will shall would is are was were has have had been be did does do may can could needs "
    "said says ensure ensures ensuring recommend recommends"
)
_QUESTIONS = _set("what how why who when where which was were did is are")
# Why: title pages print "Author: Imelda Stroud", "Published 14 May 2013", "May 2013" among their titles.
_FIELDS = re.compile(
    r"(?:authors?|date|version|isbn|e-?mail|tel|telephone)\b[^:]{0,40}:"
    r"|(?:(?:published|completed|updated|issued)\b[: ]{0,2}(?:on |in )?)?(?:[0-9]{1,2} )?"
    rf"(?:{'|'.join(MONTHS)}) [0-9]{{4}}$",
    re.IGNORECASE,
)
# Why: "Appendix A: how we did the review" has a verb.
_DIVISION = re.compile(
    r"(?:appendix|annex|chapter) (?:[A-Z]|[0-9]{1,2}|[IVX]{1,4})[:.]? +(?=\S)", re.IGNORECASE
)

_CHAPTERS = re.compile(
    r"(?:executive summary|summary|foreword|preface|introduction|background|methodology|scope"
    r"|terms of reference|(?:key )?findings|analysis|lessons(?: learn(?:ed|t))?|learning points?"
    r"|conclusions?|recommendations|summary of recommendations|actions?|action plan|glossary|references"
    r"|bibliography|acknowledgements?|(?:conclusions?|findings|lessons|learning) and recommendations"
    r"|calls to action|what we recommend|what needs to change|areas? for improvement"
    r"|(?:section|part) (?:[0-9]|[ivx]{1,4}\b|one|two|three|four|five|six|seven|eight|nine).*"
    r"|(?:appendi(?:x|ces)|annex|chapter)\b.*)",
    re.IGNORECASE,
)
_AGENCIES = re.compile(
    r"\b(?:constabulary|police|services?|trusts?|council|nhs|hospitals?|board|[ls]?scb|lsab|partnership|ccg|pct"
    r"|icb|cafcass|probation|health|healthcare|social care|schools?|education|housing|midwifery|gps?"
    r"|general practice|colleges?|department|agency|authority|government|ministry|office|charity)$",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+")
_DIGITS = re.compile(r"[0-9]+")

CHAPTER, GROUP, AGENCY, TOPIC = 1, 2, 3, 4
"""Levels of headings without a printed number; a printed number tells its level by its parts."""


def is_title(text: str, *, period: bool = False) -> bool:
    """Tell whether a line reads like a heading: short, capital first, no sentence.

    `period` forgives a full stop at its end.
    """
    words = _WORD.findall(text[: MOST_CHARACTERS + 1].lower())
    if not words or len(words) > MOST_WORDS or len(text) > MOST_CHARACTERS or not text[0].isupper():
        return False
    if _DIVISION.match(text) and text[-1] not in ".!;,-–—":
        return True
    if _FIELDS.match(text):
        return False
    if text.endswith("?"):
        return words[0] in _QUESTIONS
    if text.endswith(":"):
        return len(words) <= 6 and not _VERBS & set(words)
    if text[-1] in ".!;,-–—" and not (period and text[-1] == "."):
        return False
    # "What happened to the family" and "How agencies worked together" are no sentences
    return words[0] in ("what", "how", "why", "who") or not _VERBS & set(words)


def is_agency(text: str) -> bool:
    """Tell whether a title reads like an agency's name."""
    return len(text.split()) <= 10 and bool(_AGENCIES.search(text.rstrip(" :)")))


def is_known(text: str) -> bool:
    """Tell whether a title is of the kind that every review has, or names agencies."""
    title = text.rstrip(" :")
    is_common = title.lower() == "recommendation" or _CHAPTERS.fullmatch(title)
    return bool(is_common) or is_agency(title)


def level_of(text: str, number: str) -> int:
    """Give a heading's level, 1 the highest, from its printed number or its words."""
    title = text.rstrip(" :")
    if number:
        return _level_of_number(number)
    if _CHAPTERS.fullmatch(title):
        return CHAPTER
    return AGENCY if is_agency(title) else TOPIC


def of_chapter(number: str) -> str:
    """Give "4" for "4.0": so some number the chapter whose paragraphs are "4.1", "4.2"."""
    return number.removesuffix(".0")


def _level_of_number(number: str) -> int:
    """Count the parts of "4.1" and "B.2"; "Recommendation 3" and "R7" stand below their chapter."""
    if number[0].isdigit() or ("." in number and " " not in number):
        return len(_DIGITS.findall(of_chapter(number))) + number[0].isalpha()
    return CHAPTER if set(number) <= set("IVX") else TOPIC
