"""Recommendations in running text: announced lists, sentences, and lists in prose."""

import re
from collections.abc import Iterator, Sequence

from srtminer.recommendations import judge, phrases
from srtminer.recommendations.parts import Part
from srtminer.recommendations.units import Unit

Span = tuple[Part, int, int]
"""A part, and start and end of the recommendation inside its text."""

_PROSE_LIST = re.compile(r"\b(?:recommend\w*|include|includes|including|asks?|asking|ask)\b", re.IGNORECASE)
_THAT = re.compile(r"(?:^|(?<=[;,:]))\s*(?:and )?(?=that\b)", re.IGNORECASE)
_QUOTE = re.compile(r"^[“\"‘']")
_FOLLOWS = re.compile(
    r"^(?:This|These|It|They|Such|In doing so)\b[^.]{0,60}\b(?:should|must|shall|will need)\b"
)


def announced_units(parts: Sequence[Part]) -> list[Unit]:
    """Find numbered or bulleted lists after "I have some recommendations." where there is no heading.

    Only the numbered paragraph itself counts, with its bullets: what follows it in an article explains it.
    """
    units: list[Unit] = []
    is_open, section = False, -1
    for part in parts:
        if part.section != section:
            is_open, section = False, part.section
        listed = bool(part.number) or part.paragraph.role == "item"
        if is_open and part.number and part.paragraph.role != "item":
            units.append(Unit((part,), "announced list"))
        elif is_open and listed:
            units = _with_item(units, part)
        elif phrases.ANNOUNCES.search(part.text) and not _QUOTE.match(part.text):
            is_open = True
    return units


def _with_item(units: list[Unit], part: Part) -> list[Unit]:
    """Give a bullet to the numbered paragraph above it, or take it for a recommendation without one."""
    if units and units[-1].parts[0].number and units[-1].parts[-1].paragraph.end + 8 > part.paragraph.start:
        return [*units[:-1], Unit((*units[-1].parts, part), units[-1].rule)]
    return [*units, Unit((part,), "announced list")]


def led_units(parts: Sequence[Part]) -> list[Unit]:
    """Find bullets below a line such as "The Board should:" outside any list of recommendations."""
    units: list[Unit] = []
    lead = ""
    for part in parts:
        if part.paragraph.role == "item" and lead:
            units.append(Unit((part,), "list after a lead-in", lead))
        else:
            lead = part.text if _asks(part.text) else ""
    return units


def _asks(text: str) -> bool:
    return judge.is_lead_in(text) and bool(
        phrases.FIRST_PERSON.search(text) or phrases.MODAL.search(text[-40:])
    )


def sentence_spans(parts: Sequence[Part]) -> Iterator[Span]:
    """Find "We recommend that …" in the running text, and each wish of a list in prose."""
    for part in parts:
        if _QUOTE.match(part.text):
            continue
        spans = judge.sentences(part.text)
        for index, (start, end) in enumerate(spans):
            sentence = part.text[start:end]
            wishes = _prose_list(sentence)
            if wishes:
                yield from ((part, start + a, start + b) for a, b in wishes)
            elif judge.recommends(sentence):
                yield part, start, _last_that_follows(part.text, spans[index:])


def _last_that_follows(text: str, spans: Sequence[tuple[int, int]]) -> int:
    """Take in the sentences that go on asking: "This should include …"."""
    end = spans[0][1]
    for start, stop in spans[1:]:
        if not _FOLLOWS.match(text[start:stop]):
            break
        end = stop
    return end


def _prose_list(sentence: str) -> list[tuple[int, int]]:
    """Split "They include asking the board to seek assurance that …; that …; and that …" at its wishes."""
    lead = _PROSE_LIST.search(sentence)
    if lead is None or sentence.count(";") < 1:
        return []
    starts = [match.end() for match in _THAT.finditer(sentence) if match.start() > lead.start()]
    first = sentence.find("that ", lead.end())
    starts = sorted({*starts, first} - {-1})
    if len(starts) < 2:
        return []
    ends = [sentence.rfind(";", 0, start) for start in starts[1:]]
    return list(zip(starts, [*ends, len(sentence)], strict=True)) if min(ends) > 0 else []
