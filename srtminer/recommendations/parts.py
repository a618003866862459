"""Paragraphs with the headings above them, and the stretches of a document that list recommendations."""

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from srtminer.model import Paragraph, Review, Section
from srtminer.recommendations import judge, phrases

MIN_WORDS = 5
"""A heading with fewer words is no recommendation in one line."""


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
        return bool(phrases.PURE.fullmatch(self.heading))

    @property
    def is_mixed(self) -> bool:
        """The heading announces other things first: "Conclusions and recommendations"."""
        return bool(phrases.MIXED.search(self.heading))

    @property
    def is_tagged(self) -> bool:
        """Its entries say of themselves that they are recommendations."""
        return any(judge.tag(part.text) == "recommendation" for part in self.parts)


def parts_of(review: Review, sections: Sequence[Section]) -> tuple[Part, ...]:
    """Give the paragraphs of a review in order; a heading only where nothing stands below it.

    Why headings at all: a recommendation in one bold line looks like a heading.
    """
    parts: list[Part] = []
    paragraphs = iter(review.paragraphs)
    paragraph = next(paragraphs, None)
    for index, section in enumerate(sections):
        inside: list[Paragraph] = []
        while paragraph is not None and paragraph.start < section.end:
            inside.append(paragraph)
            paragraph = next(paragraphs, None)
        label = _label(section)
        body = [item for item in inside if item.role != "heading"] or [
            item for item in inside if _asks(review.text[item.start : item.end])
        ]
        parts += [Part(item, review.text[item.start : item.end], index, section.path, label) for item in body]
    return tuple(parts)


def _asks(heading: str) -> bool:
    return len(heading.split()) >= MIN_WORDS and judge.is_directive(heading)


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
        if phrases.LABELLED.match(text) and any(character.isdigit() for character in text):
            return text
        if phrases.CODED.fullmatch(text):
            return text
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
    if any(phrases.FOREIGN.search(heading) for heading in path):
        return None
    for depth, heading in enumerate(path):
        if phrases.OPENS.search(heading) and path[: depth + 1] not in titles:
            return path[: depth + 1]
    return None


def is_foreign(part: Part) -> bool:
    """Tell a part below a heading that says whose recommendations stand there: others'."""
    return any(phrases.FOREIGN.search(heading) for heading in part.path)


def without_replies(parts: Iterable[Part]) -> Iterator[Part]:
    """Leave out the addressees' answers: "On 18 June the trust replied:" and what follows it."""
    reply: Part | None = None
    for part in parts:
        if phrases.REPLY.search(part.text) and not phrases.OPERATIVE.search(part.text):
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
