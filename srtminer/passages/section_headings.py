"""What headings say of what stands below them: findings, recommendations, or nothing about the case.

Patterns are linear: bounded repeats, no nested quantifiers.
"""

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from srtminer.model import Section

Path = tuple[str, ...]
"""The headings above something, outermost first."""

_I = re.IGNORECASE

FOUND = re.compile(
    r"(?:(?:[\w’'&]+[\s/,:–-]{1,3}){0,5}"
    r"(?:findings?|analys[ei]s|appraisals?|lessons?|learning|conclusions?|discussion|good practice|strengths"
    r"|weaknesses|deficiencies|missed opportunities|learned|learnt)"
    r"|(?:(?:key|main|emerging|practice|overarching|common|further|the|and|other) ){1,3}(?:themes?|issues?))"
    r"(?: ?(?:[:–—-]|\d+\b|and|as|from|for|to|of|in|on|by|about|arising|points?|themes?|identified|learned"
    r"|learnt|drawn).{0,120})?\W{0,3}"
    r"|(?:[\w’'&]+ ){0,2}(?:theme|line of enquiry) \d{1,2}\b.{0,150}"
    r"|(?:key )?lines of enquiry|.{0,40}\b(?:predictab|preventab)\w{2,6}\b.{0,40}|what went wrong.{0,20}"
    r"|what (?:went|worked|could have been|should have been) .{0,20}\b(?:well|better|differently)\b.{0,20}"
    r"|what .{1,50}\b(?:found|learn(?:s|ed|t)?|tells? us|concluded)\b.{0,60}",
    _I,
)
"""A heading over what a review found: "Analysis of practice", "What was learned", "Lessons for health"."""

LABEL = re.compile(
    r"(?:(?:key|systems?|practice|additional) )?(?:finding|lesson|learning point|learning) "
    r"(?:no\.? ?)?\d{1,2}[a-z]?(?=\s?(?:[:.–-]|$))",
    _I,
)
"""What numbers a finding: "Finding 3: nobody asked who the father was"."""

ASKING = re.compile(
    r"(?!.{0,60}\b(?:findings?|analysis|lessons?|learning|conclusions?|discussion)\b.{0,40}\brecommendation)"
    r".{0,120}\b(?:recommendations?|action plans?)\b",
    _I,
)
"""A heading over recommendations, and not "Conclusions and recommendations"."""

ASIDE = re.compile(
    r"^actions?\b|\bsafety actions?\b|^next steps\b|\bcriminal (?:investigation|proceedings)\b"
    r"|\blearning (?:disabilit|difficult|need)",
    _I,
)
"""Another heading below which, in a chapter of findings too, something else stands."""

APPENDIX = re.compile(r"append(?:ix|ices)\b|annex(?:es)?\b", _I)

LISTS = re.compile(
    r"(?:append(?:ix|ices)\b.{0,5}[:.–-] ?)?(?:list of |table of )?"
    r"(?:contents|references|bibliography|citations?|further reading|glossary|abbreviations|acronyms"
    r"|definitions|figures|tables|legend|end ?notes|foot ?notes|acknowledge?ments?|witnesses|formal minutes"
    r"|(?:published )?(?:written|oral) evidence|contacts?|contact details|current membership"
    r"|declarations? of interests?|notes to editors|important notes|publications?|publishing information"
    r"|document (?:retrieval|control|history)|distribution list|(?:general|further) information"
    r"|terms of reference|(?:(?:the )?review )?(?:process|method(?:s|ology)?)|conduct of th(?:e|is) \w+"
    r"|membership|members of the (?:panel|board|committee|review)\b.{0,40}|leave a (?:comment|reply)"
    r"|privacy notice)"
    r"(?: (?:and|of|for|in) .{1,80}| information)?\W{0,3}"
    r"|list of .{1,120}|how .{1,40} (?:carried out|conducted|done)",
    _I,
)
"""A heading over what is not about the case: references, glossary, members, how the review was made."""

LONGEST_HEADING = 200
"""Characters; what is longer is a sentence that looks like a heading."""

TITLE_SHARE = 0.6
"""A heading at the beginning over more than this share of the text, with chapters below it, is the title.

Why: in "Learning from the life of Baby D" not all is a finding.
"""

OPENING = 3
"""Sections with which a review begins, at least."""

LIST_SHARE = 0.2
"""A heading over more than this share of the text is not only over a list.

Why: where "Contents" has the looks of a title, all chapters seem to stand below it.
"""


class Headings:
    """The headings of a review, and how much of its text stands below each."""

    def __init__(self, sections: Sequence[Section]) -> None:
        sizes: Counter[Path] = Counter()
        own: Counter[Path] = Counter()
        for section in sections:
            own[section.path] += section.end - section.start
            for depth in range(len(section.path)):
                sizes[section.path[: depth + 1]] += section.end - section.start
        whole = sum(own.values()) or 1
        self._shares = {path: size / whole for path, size in sizes.items()}
        first = sections[: max(OPENING, len(sections) // 20)]
        opening = {section.path[:depth] for section in first for depth in range(1, len(section.path) + 1)}
        self._titles = {
            path
            for path in opening
            if self._shares[path] > TITLE_SHARE and own[path] < sizes[path] / 2  # chapters stand below it
        }

    def place(self, path: Path) -> str:
        """Give the heading by which something is found; empty where most of the review stands below it."""
        return path[-1] if path and self._shares[path] <= TITLE_SHARE else ""

    def are_aside(self, path: Path) -> bool:
        """Tell by the headings above it what is not about the case: lists and notices."""
        return any(
            _is_list(path[depth - 1]) and (depth == len(path) or self._shares[path[:depth]] <= LIST_SHARE)
            for depth in range(1, len(path) + 1)
        )

    def tell_findings(self, path: Path) -> bool:
        """Ask the headings from the innermost one outwards; nothing in an appendix is a finding."""
        for depth in range(len(path), 0, -1):
            if path[:depth] in self._titles:
                continue
            if is_asking(path[depth - 1]) or _is_aside(path[depth - 1]):
                return False
            if _is_finding(path[depth - 1]):
                return not any(map(_is_appendix, path[:depth]))
        return False


def label_of(text: str) -> str:
    """Give the label that a text begins with ("Finding 3"), or an empty string."""
    match = LABEL.match(text)
    return match[0] if match else ""


@lru_cache(maxsize=4096)
def is_asking(heading: str) -> bool:
    """Tell a heading over recommendations."""
    return bool(ASKING.match(heading))


@lru_cache(maxsize=4096)
def _is_list(heading: str) -> bool:
    return bool(LISTS.fullmatch(heading[:LONGEST_HEADING]))


@lru_cache(maxsize=4096)
def _is_finding(heading: str) -> bool:
    return bool(label_of(heading) or FOUND.fullmatch(heading[:LONGEST_HEADING]))


@lru_cache(maxsize=4096)
def _is_aside(heading: str) -> bool:
    return bool(ASIDE.search(heading[:LONGEST_HEADING]))


@lru_cache(maxsize=4096)
def _is_appendix(heading: str) -> bool:
    return bool(APPENDIX.match(heading))
