"""In how many members of each theme its phrases stand, and in which forms."""

from collections import Counter, defaultdict
from collections.abc import Sequence

from srtminer.text.words import singular
from srtminer.themes.requirements import Phrase

PLURAL = 0.5
"""The plural is shown from this share of the uses of the singular. Grows: fewer plurals."""

Key = tuple[str, ...]


class PhraseCounts:
    """In how many members of each theme each phrase stands; filled row by row."""

    def __init__(self, themes: int) -> None:
        self.rows: list[Counter[Key]] = [Counter() for _ in range(themes)]
        self.everywhere: Counter[Key] = Counter()
        self.forms: defaultdict[Key, Counter[str]] = defaultdict(Counter)
        self.minor: Counter[Key] = Counter()
        self.known: dict[Key, str] = {}
        self.sizes = [0] * themes
        self._printed: list[defaultdict[Key, set[str]]] = [defaultdict(set) for _ in range(themes)]

    def add(self, theme: int, phrases: Sequence[Phrase]) -> None:
        """Count the phrases of one member."""
        keys = {phrase.key for phrase in phrases}
        self.sizes[theme] += 1
        self.rows[theme].update(keys)
        self.everywhere.update(keys)
        for phrase in phrases:
            self.forms[phrase.key][phrase.surface] += 1
            self.minor[phrase.key] += phrase.minor
            if phrase.known:
                self.known[phrase.key] = phrase.known
            self._printed[theme][phrase.key].add(phrase.surface)

    def is_minor(self, key: Key) -> bool:
        """Tell whether a phrase is minor in most places where it stands."""
        return 2 * self.minor[key] > self.forms[key].total()

    def surface(self, theme: int, key: Key) -> str:
        """Give the form of a phrase to print: the usual one of those that stand in the theme.

        Of a matter of the field its label, if that stands there. Usual in all themes, so that one member
        more or less changes little. Of two that without possessive; of singular and plural the plural, if
        about as frequent: "thresholds" heads a theme better.
        """
        label = singular(self.known.get(key, ""))
        called = {form for form in self._printed[theme][key] if singular(form) == label}
        here = called or self._printed[theme][key]
        uses = {form: self.forms[key][form] for form in here}
        number = Counter({singular(form): 0 for form in here})
        for form, count in uses.items():
            number[singular(form)] += count
        best = min(here, key=lambda form: ("'" in form, -number[singular(form)], -uses[form], form))
        plurals = [f for f in here if f != best and singular(f) == singular(best) and len(f) > len(best)]
        return max((f for f in plurals if uses[f] >= PLURAL * uses[best]), key=len, default=best)
