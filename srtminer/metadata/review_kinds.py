"""What kind of document it is: by its title page, else by how it is written."""

import re

from srtminer.metadata.front_page import Front
from srtminer.model import Kind, Review

_ACCIDENT = re.compile(
    r"\b(?:(?:marine|rail|railway|aviation|air|aircraft|maritime) "
    r"(?:inquiry|accident|occurrence|investigation)"
    r"|transport(?:ation)? safety|accident (?:investigation|report)|occurrence (?:investigation|report|file)"
    r"|(?:inquiry|report|recommendation) (?:[a-z]{2}-)?\d{2,4}-\d{3})\b",
    re.IGNORECASE,
)
_PRINTED_FOR = (
    r"(?:^|\b(?:our|the|government|department|ministry|board|council|partnership|trust|agency)(?:[’']?s)? )"
)
_ANSWERED = r"(?:report|recommendations?|review|inquiry|committee|investigation)\b"

_TITLE_PATTERNS: tuple[tuple[Kind, tuple[str, ...]], ...] = (
    # Why the words in front: "Police response to the 2024 disorder" is the title of a report.
    (
        "response",
        (
            rf"{_PRINTED_FOR}(?:formal |joint )?responses? to (?:\S+ ){{0,12}}?{_ANSWERED}",
            r"^(?:the )?(?:formal |joint )?response (?:of|by|from) (?:\S+ ){1,12}?to (?:the|a|our|its|this) "
            rf"(?:\S+ ){{0,12}}?{_ANSWERED}",
            r"\b(?:government|ministerial) responses?\b",
        ),
    ),
    (
        "statement",
        (
            r"\b(?:media|press) (?:statement|release)\b",
            r"\bnews release\b",
            r"^embargoed\b",
            r"^statement (?:on behalf of|by|from|following|about|on)\b",
        ),
    ),
    (
        "PFD",
        (r"\bregulation 28\b", r"\b(?:prevention of|prevent) future deaths\b", r"\breport under rule 43\b"),
    ),
    ("other", (r"^(?:terms of reference|action plan)\b.",)),
    ("DHR", (r"\bdomestic homicide (?:review|overview)", r"\bdomestic abuse related death review\b")),
    ("SAR", (r"\bsafeguarding adults? review\b", r"\b(?:serious adult|adult serious case) review\b")),
    (
        "CSPR",
        (r"\bpractice review\b", r"\bL?CSPR\b", r"\brapid review\b(?=.*\b(?:child|baby|safeguarding)\b)"),
    ),
    (
        "SCR",
        (r"\b(?:serious )?case (?:management )?review\b", r"\bSCR\b", r"\bindividual management review\b"),
    ),
    (
        "other",
        (
            r"^terms of reference$|\b(?:annual report|business plan|inspection|minutes of)\b",
            r"\b(?:near|child) fatalit|\breport on the fatality\b|^fatalities\b",
            r"\binvestigation into the care and treatment\b",
            r"\b(?:serious incident|rapid review)\b",
            r"\b(?:independent (?:report|review)|(?:learning|national) review)\b",
        ),
    ),
    (
        "inquiry",
        (
            r"\b(?:inquiry|committee|inquest|coroner[’']s jury|coroner[’']?s (?:court|act))\b",
            r"\b(?:public hearing|royal commission|commission of)\b",
            r"\bindependent (?:panel|investigation)\b",
        ),
    ),
)
_TITLE_RULES: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    *((kind, re.compile("|".join(some), re.IGNORECASE)) for kind, some in _TITLE_PATTERNS),
    ("inquiry", _ACCIDENT),
)
TIERS = (_TITLE_RULES[:3], _TITLE_RULES[3:8], _TITLE_RULES[8:])
"""What a title page says counts for more than all of the next tier; in a tier, what it says first."""

_ARTICLE_PLAIN = re.compile(
    r"^(?:posted (?:by|on|in)\b|leave a (?:comment|reply)|share this|filed under|read more:|tags: )",
    re.IGNORECASE,
)
_BYLINE = re.compile(
    r"^by [A-Z][\w'’-]+ [A-Z][\w'’-]+, .{0,40}\b(?:reporter|correspondent|editor)\b", re.IGNORECASE
)
_ARTICLE_SIGNS = (
    re.compile(r"\bspokes(?:man|woman|person) (?:for [\w ]{1,40} )?said\b", re.IGNORECASE),
    re.compile(r"\b(?:last night|yesterday|earlier today)\b", re.IGNORECASE),
    re.compile(r"[”\"] (?:he|she|they) said\b|, said: ?[“\"]", re.IGNORECASE),
)
_REVIEW = re.compile(r"\breview\b", re.IGNORECASE)
_ADULTS_BOARD = re.compile(r"\bsafeguarding adults? board\b", re.IGNORECASE)
ENOUGH_SIGNS = 3
"""Signs of a news report that make one; quotations and "yesterday" stand in many reviews."""


def find_kind(review: Review, front: Front) -> tuple[Kind, int] | None:
    """Give the kind of a document and the page that says so, or None."""
    return _by_line(front) or _by_title(front) or _by_board(front) or _by_style(review, front)


def is_accident(front: Front) -> bool:
    """Tell whether the title page is that of an accident investigation."""
    return any(_ACCIDENT.search(line.text) for line in front.title_page)


def _by_line(front: Front) -> tuple[Kind, int] | None:
    """Tell an article by who reports it, before the review that it reports can be taken for its own kind."""
    return next((("article", line.page) for line in front.title_page if _BYLINE.match(line.text)), None)


def _by_title(front: Front) -> tuple[Kind, int] | None:
    """Take what answers, announces or is sent before reviews, and those before committees and inquiries.

    Why in the order of the page: "Chapter 20: The failure of inspection" stands below "The Harle Inquiry",
    and "Terms of reference" below the title.
    """
    said = ((line, *rule) for rules in TIERS for line in front.title_page for rule in rules)
    return next(((kind, line.page) for line, kind, rule in said if rule.search(line.text)), None)


def _by_board(front: Front) -> tuple[Kind, int] | None:
    """Take a review that an adults board prints its name on for a SAR, whatever it is called.

    Why: "Dunmoor Safeguarding Adults Board", below it "Out in the cold: a thematic review of seven deaths".
    """
    review = next((line for line in front.title_page if _REVIEW.search(line.text)), None)
    adults = any(_ADULTS_BOARD.search(line.text) for line in front.title_page)
    return ("SAR", review.page) if review is not None and adults else None


def _by_style(review: Review, front: Front) -> tuple[Kind, int] | None:
    """Recognise an article: it says that it was posted or who reports, or is written like news."""
    plain = next((line for line in (*front.opening, *front.ending) if _ARTICLE_PLAIN.match(line.text)), None)
    if plain is not None:
        return "article", plain.page
    if any(paragraph.number for paragraph in review.paragraphs):
        return None
    signs = sum(any(sign.search(line.text) for line in front.opening) for sign in _ARTICLE_SIGNS)
    return ("article", 1) if signs >= ENOUGH_SIGNS else None
