"""Paragraphs with the headings above them, and the stretches of a document that list recommendations."""

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby

from srtminer.model import Paragraph, Review, Section
from srtminer.recommendations import directives
from srtminer.recommendations import request_phrases as phrases
from srtminer.recommendations.printed_codes import code_alone, code_in_front, code_of_table, label_in_front
from srtminer.structure.conventions import heading_says, is_label

MIN_WORDS = 5
"""A heading with fewer words is no recommendation in one line."""


LINE = 90
"""Characters; a longer paragraph is no entry of a list of contents."""

TITLE_SHARE = 0.6
"""A heading over more than this share of the paragraphs is the title."""


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph in its place."""

    paragraph: Paragraph
    text: str
    section: int
    """Index of its section."""
    path: tuple[str, ...]
    label: str = ""
    """Printed label of the heading right above ("Recommendation 3"), or empty."""
    code: str = ""
    """Code that a line of its own above or below gives ("MSB Recommendation M09-03"), or empty."""

    @property
    def number(self) -> str:
        """The printed number of the paragraph, or an empty string."""
        return self.paragraph.number


@dataclass(frozen=True, slots=True)
class Unit:
    """The paragraphs of one recommendation, and the rule that put them together."""

    parts: tuple[Part, ...]
    rule: str
    lead_in: str = ""
    """The line that opened the list it stands in."""
    begin: int = 0
    """Where it begins in the first part's text."""
    finish: int | None = None
    """Where it ends in the last part's text; None for all of it."""

    @property
    def span(self) -> tuple[int, int]:
        """Start and end in the review's text."""
        last = self.parts[-1].paragraph
        end = last.end if self.finish is None else last.start + self.finish
        return self.parts[0].paragraph.start + self.begin, end

    @property
    def label(self) -> str:
        """The printed reference: the paragraph's number, or the label above it."""
        return self.parts[0].number or self.parts[0].label

    def extended(self, parts: Iterable[Part]) -> "Unit":
        """Give the same recommendation with more paragraphs."""
        return replace(self, parts=(*self.parts, *parts), finish=None)


@dataclass(frozen=True, slots=True)
class Zone:
    """Consecutive parts below one heading that announces recommendations."""

    heading: str
    parts: tuple[Part, ...]

    @property
    def pure(self) -> bool:
        """The heading announces nothing but recommendations."""
        return bool(phrases.PURE.fullmatch(self.heading)) or "own" in heading_says(self.heading)

    @property
    def is_mixed(self) -> bool:
        """The heading announces other things first: "Conclusions and recommendations"."""
        return bool(phrases.MIXED.search(self.heading))

    @property
    def is_tagged(self) -> bool:
        """Its entries say of themselves that they are recommendations."""
        return any(directives.tag(part.text) == "recommendation" for part in self.parts)


def parts_of(review: Review, sections: Sequence[Section]) -> tuple[Part, ...]:
    """Give the paragraphs of a review in order; a heading only where nothing stands below it.

    Why headings at all: a recommendation in one bold line looks like a heading.
    """
    parts: list[Part] = []
    paragraphs = iter(review.paragraphs)
    paragraph = next(paragraphs, None)
    code = ""
    for index, section in enumerate(sections):
        inside: list[Paragraph] = []
        while paragraph is not None and paragraph.start < section.end:
            inside.append(paragraph)
            paragraph = next(paragraphs, None)
        label = _label(section) or code
        body = _body(section, inside) or [
            item for item in inside if _asks(review.text[item.start : item.end])
        ]
        code = "" if body else code_of_table(section.heading) or code
        if not body and code_alone(section.heading) and parts:
            parts[-1] = replace(parts[-1], code=parts[-1].code or label)
        own = next(
            (place for place, item in enumerate(body) if phrases.LABELLED.match(item.number)),
            len(body),
        )
        parts += [_part(review, item, index, section, label) for item in body[:own]]
        parts += [_part(review, item, index, section) for item in body[own:]]
    return tuple(_with_codes(parts))


def _body(section: Section, inside: Iterable[Paragraph]) -> list[Paragraph]:
    """Give the paragraphs of a section without the one that is its heading, whatever its role."""
    head = section.start if section.heading else -1
    return [item for item in inside if item.role != "heading" and item.start != head]


def _part(review: Review, item: Paragraph, index: int, section: Section, label: str = "") -> Part:
    """Put a paragraph in its place; a code or label in front of it is its number."""
    text = review.text[item.start : item.end]
    found, begin = label_in_front(text) if item.number else code_in_front(text)
    printed = item.number if found else ""
    if found:
        item = replace(item, start=item.start + begin, number=found, role="text")
    return Part(item, text[begin:], index, section.path, label, printed)


def _with_codes(parts: Sequence[Part]) -> Iterator[Part]:
    """Give the codes on lines of their own to what they number: what they close, or what they open.

    Why: "MSB Recommendation M09-03" stands below the text, "Safety Recommendation 2021-014" above it.
    """
    for index, part in enumerate(parts):
        if code_alone(part.text):
            continue
        after = code_alone(parts[index + 1].text) if index + 1 < len(parts) else ""
        before = code_alone(parts[index - 1].text) if index else ""
        if before and directives.recommends(part.text):
            yield replace(part, code=before)
        elif after and not part.text.endswith(":"):
            yield replace(part, code=after)
        else:
            yield part


def _asks(heading: str) -> bool:
    return len(heading.split()) >= MIN_WORDS and directives.is_directive(heading)


def without_contents(parts: Iterable[Part], sections: Sequence[Section]) -> Iterator[Part]:
    """Leave out the entries of a list of contents: numbered lines whose words are a heading further down.

    Why: a page printed from a browser has contents without page numbers, which nothing else gives away.
    """
    headings = {section.heading.casefold() for section in sections}
    for part in parts:
        titled = part.number and len(part.text) <= LINE and part.text[-1].isalnum()
        if not titled or part.text.casefold() not in headings or directives.is_directive(part.text):
            yield part


def without_quotations(parts: Iterable[Part]) -> Iterator[Part]:
    """Leave out paragraphs inside quotation marks that run over several of them.

    Why: an inquiry quotes the list of its interim report: “Recommendation 1: …, …, Recommendation 3: …”.
    """
    depth, section = 0, -1
    for part in parts:
        if part.section != section or (part.paragraph.role == "text" and "." in part.number):
            depth, section = 0, part.section
        opened, closed = part.text.count("“"), part.text.count("”")
        if not depth and not (opened > closed and part.text.startswith("“")):
            yield part
            continue
        depth = max(0, depth + opened - closed)


def _label(section: Section) -> str:
    for text in (section.number, section.heading):
        if is_label(text) or (
            phrases.LABELLED.match(text) and any(character.isdigit() for character in text)
        ):
            return text
        if phrases.LABELLED_IN_WORDS.match(text):
            return text
        if phrases.CODED.fullmatch(text):
            return text
        if code_alone(text):
            return code_alone(text)
    return ""


def zones(parts: Sequence[Part]) -> tuple[Zone, ...]:
    """Cut out the stretches below headings that announce recommendations.

    A heading over most of the document is its title ("Final report and recommendations") and only
    counts where no other heading announces any.
    """
    titles = _titles(parts)
    return _zones(parts, titles) or _zones(parts, set())


def _titles(parts: Sequence[Part]) -> set[tuple[str, ...]]:
    """Find the headings at the beginning below which most of the document stands."""
    sizes = Counter(part.path[: depth + 1] for part in parts for depth in range(len(part.path)))
    early = parts[: max(3, len(parts) // 20)]
    opening = {part.path[: depth + 1] for part in early for depth in range(len(part.path))}
    return {path for path in opening if sizes[path] > TITLE_SHARE * len(parts)}


def _zones(parts: Iterable[Part], titles: Container[tuple[str, ...]]) -> tuple[Zone, ...]:
    runs = groupby(parts, key=lambda part: opening_path(part.path, titles))
    return tuple(Zone(opener[-1], tuple(inside)) for opener, inside in runs if opener)


def opening_path(path: tuple[str, ...], titles: Container[tuple[str, ...]]) -> tuple[str, ...] | None:
    """Find the outermost heading that announces recommendations, unless one says they are others'."""
    if any(map(_says_others, path)):
        return None
    for depth, heading in enumerate(path):
        if _opens(heading) and path[: depth + 1] not in titles:
            ends = any(phrases.ENDS.search(below) for below in path[depth + 1 :])
            return None if ends else path[: depth + 1]
    return None


@lru_cache(maxsize=1024)
def _says_others(heading: str) -> bool:
    """Cached, as every paragraph below a heading asks again."""
    return bool(phrases.FOREIGN.search(heading))


@lru_cache(maxsize=1024)
def _opens(heading: str) -> bool:
    """Cached, as every paragraph below a heading asks again."""
    return bool(phrases.OPENS.search(heading)) or "own" in heading_says(heading)


def is_foreign(part: Part) -> bool:
    """Tell a part below a heading that says whose recommendations stand there: others'."""
    return any(map(_says_others, part.path))


@lru_cache(maxsize=8192)
def _opens_reply(text: str) -> bool:
    """Tell where an answer begins; cached, as each stretch that a paragraph stands in asks again."""
    return bool(phrases.REPLY.search(text)) and not phrases.OPERATIVE.search(text)


def without_replies(parts: Iterable[Part]) -> Iterator[Part]:
    """Leave out the addressees' answers: "On 18 June the trust replied:" and what follows it."""
    reply: Part | None = None
    for part in parts:
        if _opens_reply(part.text):
            reply = part
        elif reply is None or not _goes_on(reply, part):
            reply = None
            yield part


def _goes_on(reply: Part, part: Part) -> bool:
    """Tell whether a reply still runs: nothing new is numbered, recommended or headed."""
    if part.section != reply.section or phrases.OPERATIVE.search(part.text):
        return False
    if part.number and part.paragraph.role == "text":
        return False
    return reply.text.endswith(":") or part.paragraph.indent > reply.paragraph.indent + 6
