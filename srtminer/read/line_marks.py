"""Printed numbers, list marks and headings, recognised from the words of a line alone.

A line cannot say whether "12 The Board" carries a number or a wrapped sentence; what depends on the
neighbours (the sequence of numbers, an open list) is left to the layout that calls."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Literal, NamedTuple
from unicodedata import numeric

from srtminer.text.names import ROMANS
from srtminer.text.words import MONTHS, NUMBER_OF

MarkKind = Literal["", "bullet", "number", "count", "bare", "letter", "roman", "label"]

BULLETS = "»•‣◦●○▪■□▫◆◇❖➢➤►▶✓✔✗∙·⁃→⇒" + "".join(map(chr, range(0xF000, 0xF100)))
"""Signs that are a bullet whatever follows; U+F0xx is where symbol fonts live (U+F0B7 is Word's bullet)."""

BULLETS_BEFORE_SPACE = "*o§Ø"
"""Bullets only when a space follows; § and Ø are what bullets of Wingdings become as plain letters."""

DASHES = "-‐‑‒–—―"


class Mark(NamedTuple):
    """What a line begins with; `rest` is the line without it.

    - `bullet`: no number, `number` is empty;
    - `number`: dotted, "4.12", "4.12.3", "B.2.1";
    - `count`: a plain number with a closing mark, "1.", "(2)", "3 –";
    - `bare`: a plain number before a capital letter, or alone on its line: "4 Recommendations", "4";
    - `letter`: "(a)", "b)", "c."; `roman`: "(iv)", "ii." (also "(i)", even after "(h)");
    - `label`: a word and a number, "Recommendation 3", "R7", "Action 2.1", printed as such;
    - empty: none of these, `rest` is the whole line.
    """

    kind: MarkKind
    number: str
    """As printed, without brackets, circle and closing mark."""
    rest: str


_DASH = f"[{re.escape(DASHES)}]"
_CLOSE = rf"(?:\s?[.:)\]]{{1,3}}(?:\s+{_DASH}(?=\s))?|\s?{_DASH}(?=\s|$))"
_CAPITAL = r"[A-ZÀ-ÖØ-Þ“‘\"'(\[]"
_BEFORE_TEXT = rf"(?:{_CLOSE}\s*|\s+(?={_CAPITAL})|\s*$)"
_PART = r"(?:0|[1-9][0-9]{0,2})"
_ROMAN = r"(?:x{1,3}(?:ix|iv|v?i{0,3})|ix|iv|vi{0,3}|i{1,3})"
_CAPITAL_ROMAN = _ROMAN.upper()
_LABEL_WORD = (
    r"(?:(?:safety|key|national|local|additional|further|priority|multi-agency|single agency|overview"
    r"|essential|immediate|urgent|policy|strategic|thematic|practice|specific|general|panel|overarching)\s)?"
    r"(?:recommendation|rec\.?|action(?:\spoint)?|learning(?:\spoint)?|lesson|finding|conclusion|priority|proposal|theme)"
)
_LABEL_NUMBER = (
    r"(?:\s?(?:(?:no\.?|number)\s?)?(?:[a-z]{1,3})?[0-9]{1,3}(?:\.[0-9]{1,3}){0,3}[a-z]?"
    r"|\s(?:one|two|three|four|five|six|seven|eight|nine|ten|[ivx]{1,5}|[a-h]))"
)

FEWEST_LETTERS = 3
"""Of a series; "A. Smith" and "B. Jones" may be two people."""
_CAPITAL_MARK = re.compile(r"([A-Z]|[IVX]{2,6})\.\s+(?=[A-Z“‘])")
_CODE = re.compile(r"([A-Z]{1,2})([1-9][0-9]{0,2})\s+(?=[A-Z“‘][a-z’]{0,20}(?:[\s,:]|$))")

_FORMS: tuple[tuple[MarkKind, str], ...] = (
    # Why: "Recommendation 3 was accepted" is a sentence and "recommendation 3." the end of one: a capital
    # begins the word, and a closing mark, a capital or the line's end comes after the number.
    ("label", rf"(?=[A-Z])((?i:{_LABEL_WORD}{_LABEL_NUMBER})){_BEFORE_TEXT}"),
    ("label", rf"(R\s?[0-9]{{1,3}}(?:\.[0-9]{{1,3}})?(?:-[0-9]{{1,3}})?[a-z]?){_BEFORE_TEXT}"),
    ("label", r"([A-Z]{1,3}[0-9]{1,3})[.:)]{1,2}(?:\s+|$)"),
    # Why: "4.5 million" and "10.30 am" go on in small letters, "10.05" is a time, "24.09.2014" a date.
    (
        "number",
        rf"\(?((?:[A-Z]\.?)?[1-9][0-9]{{0,2}}(?:\.{_PART}){{1,4}}[a-z]?)(?!\.?[0-9])"
        rf"(?:{_BEFORE_TEXT}|(?=[A-Z][a-z]))",
    ),
    # Why: "recommended that he:" stands above "6.1.1 set a time", and no amount has three parts.
    ("number", rf"([1-9][0-9]{{0,2}}(?:\.{_PART}){{2,4}})\s+(?=[a-z]{{2}})"),
    ("number", rf"([A-Z]\.[0-9]{{1,3}}){_BEFORE_TEXT}"),
    ("count", r"[(\[]([0-9]{1,3})[)\]]\s*(?=[^\W\d_]|[“‘\"']|$)"),
    # Why: "2 – 3 years" goes on with a digit and is no mark, "1. 16-year-olds should" is one.
    ("count", r"([0-9]{1,3})\s?[.)]{1,2}(?:\s+|$|(?=[A-Z“‘]))"),
    ("count", rf"([0-9]{{1,3}}){_CLOSE}(?:\s+(?=[^\W\d_]|[“‘\"'(])|$)"),
    ("count", r"([①-⑳❶-➓])\s*"),
    ("bare", rf"([0-9]{{1,3}})(?:\s+(?={_CAPITAL})|\s*$)"),
    ("roman", rf"\(({_ROMAN}|{_CAPITAL_ROMAN})\)\s*"),
    # Why: "I. Newton" is a person, so one capital alone needs brackets, or capitals after it.
    ("roman", rf"({_ROMAN}|(?=[IVX]{{2}}|[IVX]\.\s[A-Z]{{3}}){_CAPITAL_ROMAN})[.)](?:\s+|$)"),
    ("letter", r"\(([a-zA-Z])\)\s*(?=[^\W\d_]|[“‘\"'(]|$)"),
    ("letter", r"([A-Z](?=\))|[a-z])[.)](?:\s+(?=\D)|$)"),
    (
        "bullet",
        rf"(?:\(cid:[0-9]{{1,4}}\)|[{BULLETS}]|(?:[{BULLETS_BEFORE_SPACE}]|{_DASH})(?=\s|$))\s*",
    ),
)


# The first form that fits counts. Every repetition is bounded or cannot match what follows it: linear time.
_MARK = re.compile("|".join(f"({form})" for _, form in _FORMS))


@lru_cache(maxsize=4096)
def split_mark(line: str) -> Mark:
    """Split a line into its leading mark and the rest; expects a line as `clean` gives it."""
    line = line.strip()
    match = _MARK.match(line)
    if match is None or match.lastindex is None:
        return Mark("", "", line)
    kind, rest = _FORMS[match.lastindex // 2][0], line[match.end() :]  # a form's group holds its number's
    if kind != "bullet":
        number = match[match.lastindex + 1]
        return Mark(kind, number if number.isascii() else str(round(numeric(number))), rest)
    is_rule = bool(rest) and not any(map(str.isalnum, rest[:40]))  # of dashes: "- - -"
    return Mark("", "", line) if is_rule else Mark(kind, "", rest)


def marks_of(lines: Sequence[str]) -> list[Mark]:
    """Split each of some lines that stand below one another.

    A mark of a series needs the others: "M6 Motorway", "V. Woolf" and "B. Britten" begin a line as "C1 Every
    home" does, but nothing before them is M5, IV or A. And none is what closes a bracket of the line above:
    "(Paragraph", "20) The roof".
    """
    marks = [split_mark(line) for line in lines]
    for index, (above, line) in enumerate(pairwise(lines), 1):
        printed = line.removesuffix(marks[index].rest)
        if ")" in printed and "(" not in printed and above.rfind("(") > above.rfind(")"):
            marks[index] = Mark("", "", line)
    for index, mark in _series_marks(lines):
        marks[index] = mark
    return marks


def _series_marks(lines: Sequence[str]) -> Iterator[tuple[int, Mark]]:
    """Find the lines that begin with marks of one series, by index."""
    runs: dict[str, list[list[tuple[int, Mark]]]] = {}
    for index, line in enumerate(lines):
        for series, value, mark in _in_series(line):
            of_series = runs.setdefault(series, [])
            if value == 1:
                of_series.append([(index, mark)])
            elif of_series and value == len(of_series[-1]) + 1:
                of_series[-1].append((index, mark))
    for series, of_series in runs.items():
        fewest = FEWEST_LETTERS if series == "letter" else 2
        yield from (one for run in of_series if len(run) >= fewest for one in run)


def _in_series(line: str) -> Iterator[tuple[str, int, Mark]]:
    """Give each series in which a line may stand, and its place there."""
    if match := _CODE.match(line):
        yield match[1], int(match[2]), Mark("label", match[1] + match[2], line[match.end() :])
    elif match := _CAPITAL_MARK.match(line):
        number, rest = match[1], line[match.end() :]
        if value := ROMANS.get(number.lower()):
            yield "roman", value, Mark("roman", number, rest)
        if len(number) == 1:
            yield "letter", ord(number) - ord("A") + 1, Mark("letter", number, rest)


def is_date(mark: Mark) -> bool:
    """Tell "31 December 2012" from a numbered paragraph."""
    return mark.kind == "bare" and mark.rest[:3].lower() in NUMBER_OF


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

_CHAPTER_NAMES = (
    "executive summary,summary,foreword,preface,introduction,background,methodology,scope,terms of reference,"
    "findings,key findings,analysis,lessons,lessons learned,lessons learnt,learning point,learning points,"
    "conclusion,conclusions,recommendations,summary of recommendations,action,actions,action plan,glossary,"
    "references,bibliography,acknowledgement,acknowledgements,conclusion and recommendations,"
    "conclusions and recommendations,finding and recommendations,findings and recommendations,"
    "lessons and recommendations,learning and recommendations,calls to action,what we recommend,"
    "what needs to change,area for improvement,areas for improvement"
)
_CHAPTERS = frozenset(_CHAPTER_NAMES.split(","))
_PARTS = _set("appendix appendices annex chapter")
_NUMBERS = _set("one two three four five six seven eight nine")
_AGENCY_NAMES = (
    "constabulary police service services trust trusts council nhs hospital hospitals board scb lscb sscb"
    " lsab partnership ccg pct icb cafcass probation health healthcare school schools education housing"
    " midwifery gp gps college colleges department agency authority government ministry office charity"
)
_AGENCIES = _set(_AGENCY_NAMES) | {"social care", "general practice"}
_WORD = re.compile(r"[^\W\d_]+")

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
    words = _WORD.findall(text.lower()[-40:])
    ends = text.rstrip(" :)")[-1:].isalpha() and len(text.split()) <= 10
    return ends and not _AGENCIES.isdisjoint([words[-1], " ".join(words[-2:])])


def is_known(text: str) -> bool:
    """Tell whether a title is of the kind that every review has, or names agencies."""
    return text.rstrip(" :").lower() == "recommendation" or _is_chapter(text) or is_agency(text)


def _is_chapter(text: str) -> bool:
    """Tell "Findings", "Section 4: …", "Part three" and "Appendix B: …"."""
    title = text.rstrip(" :").lower()
    first, second = [*title.replace(":", " ").split(), "", ""][:2]
    is_counted = second[:1].isdecimal() or second in ROMANS or second in _NUMBERS
    return title in _CHAPTERS or first in _PARTS or (first in ("section", "part") and is_counted)


def level_of(text: str, number: str) -> int:
    """Give a heading's level, 1 the highest, from its printed number or its words.

    "Recommendation 3" and "R7" stand below their chapter.
    """
    if number:
        if number[0].isdigit() or ("." in number and " " not in number):
            return parts_of(number)
        return CHAPTER if set(number) <= set("IVX") else TOPIC
    if _is_chapter(text):
        return CHAPTER
    return AGENCY if is_agency(text) else TOPIC


def parts_of(number: str) -> int:
    """Count the parts of "4.1" and "B.2"; some number "4.0" the chapter whose paragraphs are "4.1", "4.2"."""
    return number.removesuffix(".0").count(".") + 1
