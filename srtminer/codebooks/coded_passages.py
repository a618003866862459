"""What somebody coded in another program, and which recommendation each passage is."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

SHARE = 0.5
"""Of the longer of two texts that the other makes up, at least. Grows: fewer passages are known again."""


@dataclass(frozen=True, slots=True)
class Code:
    """A code of another program."""

    guid: str
    """In small letters, without braces."""
    name: str
    description: str = ""
    parent: str = ""
    """GUID of the code above it, or empty."""
    codable: bool = True
    """False of a code that only holds others together."""
    color: str = ""
    """"#rrggbb" or "#rgb" as written, or empty."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage of a text that somebody gave codes."""

    guid: str
    source: str
    """Name of its text."""
    text: str
    codes: tuple[str, ...]
    """GUIDs in the order of the file, one at least."""


@dataclass(frozen=True, slots=True)
class Known:
    """A recommendation of the store, as an export calls it."""

    id: str
    guid: str
    source: str
    text: str


Placed = tuple[str, tuple[str, ...]]
"""Id of a recommendation, or the text of a passage that is none, and the GUIDs of its codes."""


def placed(passages: Iterable[Passage], known: Sequence[Known]) -> tuple[Placed, ...]:
    """Say which recommendation each passage is: by its GUID, by its words, or by most of them.

    Programs give passages GUIDs of their own; of equal recommendations the one of the same source is meant,
    and each only once as long as there is another.
    """
    finder = _Finder(known)
    return tuple((finder.find(one), one.codes) for one in passages if one.text)


class _Finder:
    def __init__(self, known: Sequence[Known]) -> None:
        self._by_guid = {one.guid: one.id for one in known}
        self._by_words = _grouped((_words(one.text), one) for one in known)
        self._by_source = _grouped((one.source, one) for one in known)
        self._known = known
        self._taken: set[str] = set()

    def find(self, passage: Passage) -> str:
        said = _words(passage.text)
        found = self._by_guid.get(passage.guid) or self._same(passage, said) or self._near(passage, said)
        self._taken.add(found)
        return found or said

    def _same(self, passage: Passage, said: str) -> str:
        same = self._by_words.get(said, ())
        best = sorted(same, key=lambda one: (one.source != passage.source, one.id in self._taken))
        return best[0].id if best else ""

    def _near(self, passage: Passage, said: str) -> str:
        pairs = ((_words(one.text), one.id) for one in self._by_source.get(passage.source, self._known))
        near = ((_share(said, text), own_id) for text, own_id in pairs if said in text or text in said)
        share, found = max(near, default=(0.0, ""))
        return found if share >= SHARE else ""


def _grouped(pairs: Iterable[tuple[str, Known]]) -> Mapping[str, Sequence[Known]]:
    found: defaultdict[str, list[Known]] = defaultdict(list)
    for key, one in pairs:
        found[key].append(one)
    return dict(found)


def _words(text: str) -> str:
    return " ".join(text.split())


def _share(one: str, other: str) -> float:
    return min(len(one), len(other)) / max(len(one), len(other), 1)
