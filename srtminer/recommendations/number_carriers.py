"""What carries a number in a list of recommendations: labels, the list's own numbers, the chapter's."""

import re
from collections.abc import Sequence

from srtminer.recommendations import directives
from srtminer.recommendations import request_phrases as phrases
from srtminer.recommendations.listing_parts import Part, Unit
from srtminer.recommendations.printed_codes import code_alone
from srtminer.text.sentences import sentences

FEWEST_LABELS = 2
"""With fewer labels among plain numbers that do not ask, the plain numbers count too."""
FEWEST_PLAIN = 3
"""A list that is counted from 1 below its headings, and has so many entries, is the list."""
FEWEST_SILENT = 2
"""A chapter argues where so many of its points ask for nothing, and as many say "we recommend" …"""
MIN_RECOMMENDING = 0.3
"""… and where this share of its points does."""
_QUOTED = re.compile(r"“[^”]{0,600}”|\"[^\"]{0,600}\"")


def is_label(number: str) -> bool:
    """Tell "Recommendation 3", "R7" or "2019/117" from "4.12"."""
    return bool(
        phrases.LABELLED.match(number) or phrases.CODED.fullmatch(number) or (number and code_alone(number))
    )


def labels_carry(carriers: Sequence[Part], mixed: bool) -> bool:
    """Tell whether only labelled paragraphs are recommendations: most are, or the others do not ask.

    `mixed`: the heading announces other things as well.

    Why: a committee lists "Recommendation 1. …" in front, and its chapters count other paragraphs below.
    """
    plain = [part for part in carriers if not is_label(part.number)]
    labels = len(carriers) - len(plain)
    if labels > len(plain) or (labels and mixed):
        return True
    asking = sum(directives.is_directive(_QUOTED.sub("", part.text)) for part in plain)
    return labels >= FEWEST_LABELS and is_label(carriers[0].number) and 2 * asking < len(plain)


def without_preamble(parts: Sequence[Part]) -> list[Part]:
    """Leave out what the chapter counts, 9.1 and 9.2, in front of recommendations counted 1 to 96 below it.

    Why: "9.2 They go to the Department, which should hand each to whoever can carry it out."
    """
    carriers = [part for part in parts if is_carrier(part)]
    plain = [part for part in carriers if part.number.isdecimal()]
    dotted = [part for part in carriers if part.number.count(".") == 1 and part.number[0].isdecimal()]
    below = {part.section for part in plain}
    if len(plain) < max(FEWEST_PLAIN, len(dotted)) or plain[0].number != "1":
        return list(parts)
    if any(part.section in below or part.section > plain[0].section for part in dotted):
        return list(parts)
    preamble = {part.section for part in dotted}
    return [part for part in parts if part.section not in preamble]


def argues(groups: Sequence[Unit]) -> bool:
    """Tell a chapter that argues under "Recommendations" from a list: some points of it ask for nothing.

    Why: "113.3 Nobody could tell us who watches over walls." "113.4 … We therefore recommend that …".
    """
    heads = [group.parts[0].text for group in groups if "." in group.label and group.label[0].isdecimal()]
    silent = sum(not directives.is_directive(text) for text in heads)
    recommending = sum(any(map(directives.recommends, _sentences(text))) for text in heads)
    return silent >= FEWEST_SILENT and recommending >= max(FEWEST_SILENT, MIN_RECOMMENDING * len(heads))


def _sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


def bulleted_apart(parts: Sequence[Part]) -> tuple[list[Part], list[Part]]:
    """Part the sections with numbers from those with bullets only: single agencies' below the board's."""
    numbered = {part.section for part in parts if is_carrier(part)}
    bulleted = {part.section for part in parts if part.paragraph.role == "item"} - numbered
    inside = [part for part in parts if part.section not in bulleted]
    return inside, [part for part in parts if part.section in bulleted]


def is_carrier(part: Part) -> bool:
    """Tell a paragraph with a printed number that is no item of a list."""
    return bool(part.number) and part.paragraph.role in ("text", "heading")
