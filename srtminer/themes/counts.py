"""In how many members of each theme its phrases, words and matters stand, and in which forms."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import reduce
from operator import and_

from srtminer.themes.needs import Matter, Name, Phrase

PLURAL = 0.5
"""The plural is shown from this share of the uses of the singular. Grows: fewer plurals."""

Key = tuple[str, ...]


class PhraseCounts:
    """In how many members of each theme each phrase, stem and matter stands; filled row by row."""

    def __init__(self, themes: int, matters: Sequence[Matter] = ()) -> None:
        self.rows: list[Counter[Key]] = [Counter() for _ in range(themes)]
        self.forms: defaultdict[Key, Counter[str]] = defaultdict(Counter)
        self.minor: Counter[Key] = Counter()
        self.sizes = [0] * themes
        self.members: list[defaultdict[str, int]] = [defaultdict(int) for _ in range(themes)]
        """For each stem one bit a member."""
        self.matters = tuple(matters)
        self.held: list[Counter[int]] = [Counter() for _ in range(themes)]
        """Members that speak of each matter, by its position."""
        self._printed: list[defaultdict[Key, set[str]]] = [defaultdict(set) for _ in range(themes)]

    def add(self, theme: int, phrases: Sequence[Phrase], stems: Iterable[str]) -> None:
        """Count the phrases, the stems and the matters of one member."""
        words, keys = frozenset(stems), {phrase.key for phrase in phrases}
        for word in words:
            self.members[theme][word] |= 1 << self.sizes[theme]
        self.sizes[theme] += 1
        self.rows[theme].update(keys)
        self.held[theme].update(i for i, matter in enumerate(self.matters) if speaks_of(matter, words, keys))
        for phrase in phrases:
            self.forms[phrase.key][phrase.surface] += 1
            self.minor[phrase.key] += phrase.minor
            self._printed[theme][phrase.key].add(phrase.surface)

    def covered(self, theme: int, key: Key) -> int:
        """Count the members that have all words of a phrase, wherever they stand."""
        everyone = (1 << self.sizes[theme]) - 1
        return reduce(and_, (self.members[theme].get(stem, 0) for stem in key), everyone).bit_count()

    def stands(self, theme: int, name: Name) -> bool:
        """Tell whether a member has a name, in a form of as many words.

        Why: "share information" has the stems of "sharing of information" and is no name.
        """
        length = len(name.printed.split())
        return any(len(form.split()) == length for form in self._printed[theme].get(name.key, ()))

    def is_minor(self, key: Key) -> bool:
        """Tell whether a phrase is minor in most places where it stands."""
        return 2 * self.minor[key] > self.forms[key].total()

    def surface(self, theme: int, key: Key, wanted: str = "") -> str:
        """Give the form of a phrase to print: the wanted one if a member has it, else the usual one.

        Usual in all themes, so that one member more or less changes little. Of two that without possessive;
        of singular and plural the plural, if about as frequent: "thresholds" heads a theme better.
        """
        here = self._printed[theme][key]
        if wanted in here:
            return wanted
        uses = {form: self.forms[key][form] for form in here}
        number = Counter({singular(form): 0 for form in here})
        for form, count in uses.items():
            number[singular(form)] += count
        best = min(here, key=lambda form: ("'" in form, -number[singular(form)], -uses[form], form))
        plurals = [f for f in here if f != best and singular(f) == singular(best) and len(f) > len(best)]
        return max((f for f in plurals if uses[f] >= PLURAL * uses[best]), key=len, default=best)


def speaks_of(matter: Matter, words: frozenset[str], keys: set[Key]) -> bool:
    """Tell whether a member has a word of a matter or one of its names."""
    return not words.isdisjoint(matter.stems) or any(name.key in keys for name in matter.names)


def singular(form: str) -> str:
    """Give a printed form without the ending of a plural, the same for both numbers."""
    return form[:-3] + "y" if form.endswith("ies") else form.removesuffix("s")
