"""Recommendations in running text: announced lists, lists after a lead-in, sentences, lists in prose."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import takewhile

from srtminer.recommendations import directives
from srtminer.recommendations import request_phrases as phrases
from srtminer.recommendations.listing_parts import Part, Unit
from srtminer.recommendations.printed_codes import label_behind
from srtminer.text.sentences import sentences

_WISHES = re.compile(
    r"\b(?:recommend\w*|include|includes|including|asks?|asked|asking|urges?)\b", re.IGNORECASE
)
_WISH = re.compile(
    r"(?:^|(?<=[;,:]) )(?:and )?(?=(?:\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})\) )?that\b(?! they\b))", re.IGNORECASE
)
_ASKED = re.compile(r"(?<=;) (?:and )?(?=the )", re.IGNORECASE)
_QUOTE = re.compile(r"^[“\"‘']")


def announced_units(parts: Sequence[Part]) -> list[Unit]:
    """Find numbered lists after "I have some recommendations." where no heading announces them.

    What follows a number up to the next one explains it; behind the last, nothing tells where the
    explanation ends, so it is as long as the longest before it.
    """
    groups: list[list[Part]] = []
    is_open, section = False, -1
    for part in parts:
        if part.section != section:
            is_open, section = False, part.section
        inside = bool(groups) and groups[-1][0].section == section
        is_item = part.paragraph.role == "item"
        owned = inside and bool(groups[-1][0].number)
        if is_open and ((is_item and not owned) or (part.number and not is_item)):
            groups.append([part])
        elif is_open and inside:
            groups[-1].append(part)
        is_open = is_open or (bool(phrases.ANNOUNCES.search(part.text)) and not _QUOTE.match(part.text))
    longest = max((len(group) for group in groups[:-1]), default=1)
    return [Unit(tuple(group[:longest]), "announced list") for group in groups]


def led_units(parts: Sequence[Part]) -> list[Unit]:
    """Find bullets below an unnumbered line such as "The Board should:" outside any list."""
    units: list[Unit] = []
    lead = ""
    for part in parts:
        if part.paragraph.role == "item" and lead:
            units.append(Unit((part,), "list after a lead-in", lead))
        else:
            lead = part.text if leads(part) else ""
    return units


def leads(part: Part) -> bool:
    """Tell an unnumbered line that asks and names who is asked: "The Board should:"."""
    return (
        not part.number
        and directives.is_bare_lead_in(part.text)
        and bool(phrases.ASKS_AT_END.search(part.text[-60:]))
    )


def sentence_units(parts: Sequence[Part]) -> Iterator[Unit]:
    """Find "We recommend that …" in the running text, and each wish of a list in prose."""
    for index, part in enumerate(parts):
        if _QUOTE.match(part.text) or part.paragraph.role == "heading":
            continue
        for start, end in wishes(part.text):
            opens = part.text[start:end].endswith(":")
            items = _items_below(parts, index) if opens else that_follows(parts, index)
            if any(item.code for item in items):
                yield from _coded(items, part.text[start:end])
            elif items or not opens:
                yield Unit((part, *items), "sentence", begin=start, finish=None if items else end)


def that_follows(parts: Sequence[Part], index: int) -> tuple[Part, ...]:
    """Give the paragraph that ends the sentence of a line such as "Therefore, the Board recommends that"."""
    below = parts[index + 1 : index + 2]
    follows = phrases.THAT_FOLLOWS.search(parts[index].text[-40:]) and below
    return tuple(below) if follows and below[0].section == parts[index].section else ()


def _coded(items: Sequence[Part], lead_in: str) -> Iterator[Unit]:
    """Take each item that a code closes for one recommendation."""
    for item in items:
        if item.code:
            yield Unit((item,), "sentence", lead_in)


def labelled_by_word(parts: Sequence[Part]) -> list[Unit]:
    """Find paragraphs that begin "Recommendation:" or "Recommendation for the Board:", with their bullets."""
    units: list[Unit] = []
    for index, part in enumerate(parts):
        match = phrases.ANSWERS.match(part.text) if part.paragraph.role == "text" else None
        if match and directives.is_directive(part.text[match.end() :]):
            items = _items_below(parts, index) if part.text.endswith(":") else ()
            lead_in = f"Recommendation{match['whom']}:" if match["whom"] else ""
            units.append(Unit((part, *items), "label", lead_in, begin=match.end()))
    return units


def tagged_units(parts: Sequence[Part]) -> list[Unit]:
    """Find what asks in paragraphs that end in "(Recommendation 4)", from the first sentence that does."""
    units: list[Unit] = []
    for part in parts:
        label, end = label_behind(part.text)
        spans = sentences(part.text[:end]) if label else []
        begin = next((a for a, b in spans if directives.is_directive(part.text[a:b])), None)
        if begin is not None:
            named = replace(part, paragraph=replace(part.paragraph, number=label))
            units.append(Unit((named,), "label", begin=begin, finish=end))
    return units


@lru_cache(maxsize=4096)
def wishes(text: str) -> tuple[tuple[int, int], ...]:
    """Find the sentences, and parts of sentences, of a paragraph that recommend something.

    Cached, as each stretch that a paragraph stands in asks again.
    """
    spans = sentences(text)
    found: list[tuple[int, int]] = []
    for index, (start, end) in enumerate(spans):
        sentence = text[start:end]
        split = _prose_list(sentence)
        if split:
            found += [(start + a, start + b) for a, b in split]
        elif directives.recommends(sentence) and not directives.is_quoted(text, start, end):
            found.append((start, _last_that_follows(text, spans[index:])))
    return tuple(found)


def _items_below(parts: Sequence[Part], index: int) -> tuple[Part, ...]:
    """Give the bullets of the list that a part opens."""
    section = parts[index].section
    below = takewhile(
        lambda part: part.paragraph.role == "item" and part.section == section, parts[index + 1 :]
    )
    return tuple(below)


def _last_that_follows(text: str, spans: Sequence[tuple[int, int]]) -> int:
    """Take in the sentences that go on asking: "This should include …"."""
    end = spans[0][1]
    for start, stop in spans[1:]:
        sentence = text[start:stop]
        if not phrases.GOES_ON.match(sentence) or not phrases.MODAL.search(sentence):
            break
        end = stop
    return end


def _prose_list(sentence: str) -> list[tuple[int, int]]:
    """Split "They include asking the board to seek assurance that …; that …; and that …" at its wishes."""
    lead = _WISHES.search(sentence)
    if lead is None or not (phrases.FIRST_PERSON.search(sentence) or phrases.LISTS_WISHES.search(sentence)):
        return []
    starts = [match.start() + 1 for match in _WISH.finditer(sentence) if match.start() > lead.start()]
    if not starts:
        asked = [match.start() + 1 for match in _ASKED.finditer(sentence)]
        ends = [*(start - 1 for start in asked), len(sentence)]
        pieces = list(zip([0, *asked], ends, strict=True))
        starts = asked if all(phrases.FIRST_PERSON.search(sentence[a:b]) for a, b in pieces) else []
    if starts and sentence[: starts[0]].rstrip().endswith(":"):
        starts = starts[1:]  # "The review recommends: (1) that …"
    if not starts or not (
        " that " in sentence[lead.start() : starts[0]] or phrases.FIRST_PERSON.search(sentence)
    ):
        return []
    return list(zip([0, *starts], [*(start - 1 for start in starts), len(sentence)], strict=True))
