"""Words of form, which say how a text is put and not what it is about: the lists of data/vocabulary.toml."""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from srtminer.text.thesaurus import Thesaurus, thesaurus
from srtminer.text.words import CACHED_WORDS, keys, stem, tokens

SHORTEST_TERM = 2


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words by what they do in a recommendation; the data file says what each list is for."""

    function: frozenset[str]
    asking: frozenset[str]
    manner: frozenset[str]
    general: frozenset[str]
    verbs: frozenset[str]
    verb_or_noun: frozenset[str]
    unlabelled: frozenset[str]
    modals: frozenset[str]
    months: frozenset[str]
    addressees: frozenset[str]
    nouns: frozenset[str]
    abbreviations: frozenset[str]
    wordings: dict[str, tuple[tuple[str, ...], ...]]
    """Wordings, and people who do the work, by their first word, longest first."""

    def is_boilerplate(self, key: str) -> bool:
        """Tell whether a word is phrasing wherever it stands: never a term."""
        return key in self.function or key in self.asking or key in self.manner or key in self.months


def vocabulary() -> Vocabulary:
    """Give the word lists, and what derives from the thesaurus in use."""
    return _vocabulary(thesaurus())


@lru_cache(2)
def _vocabulary(terms: Thesaurus) -> Vocabulary:
    data, grammar = (
        tomllib.loads((files("srtminer") / "data" / name).read_text(encoding="utf-8"))
        for name in ("vocabulary.toml", "grammar.toml")
    )
    people = [form + s for one in terms.of_kind("person") for form in one.forms for s in ("", "s")]
    named = (form for one in terms.of_kind("topic", "act", "setting") for form in one.forms)
    lists = {name: frozenset(words.split()) for name, words in data.items() if isinstance(words, str)}
    both = lists["verb_or_noun"] | lists["nouns"]
    lists["verbs"] |= set(grammar["finite"].split()) | {
        f"{verb}s" for verb in lists["verbs"] - both if f"{verb}s" not in both
    }
    return Vocabulary(
        wordings=by_first_word(data["wordings"] + people),
        abbreviations=frozenset(word for form in named for word in form.split() if word.isupper()),
        **lists,
    )


Stems = tuple[str, ...]


@lru_cache(4)
def _matters(terms: Thesaurus) -> dict[Stems, str]:
    function = _vocabulary(terms).function
    return {
        tuple(stem(key) for key in keys(name) if key not in function): one.label
        for one in terms.of_kind("topic", "act")
        for name in (*one.forms, *one.weak)
    }


def matter(stems: Stems) -> str:
    """Give what the field calls what a phrase names, by the stems of its content words, or nothing."""
    return _matters(thesaurus()).get(stems, "")


def by_first_word(wordings: list[str]) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Index wordings by their first word, so that a text is matched in one pass."""
    index: dict[str, list[tuple[str, ...]]] = {}
    for wording in wordings:
        words = keys(wording)
        index.setdefault(words[0], []).append(tuple(words))
    return {
        first: tuple(sorted(found, key=lambda words: (-len(words), words))) for first, found in index.items()
    }


@lru_cache(CACHED_WORDS)
def is_term(key: str) -> bool:
    """Tell whether a token can be a term: it has a letter, is not a single one, and is no boilerplate."""
    return len(key) >= SHORTEST_TERM and not key[0].isdigit() and not vocabulary().is_boilerplate(key)


def content_stems(text: str) -> list[str]:
    """Give the stems of the words of a text that say what it is about, in reading order."""
    return [stem(key) for key in keys(text) if is_term(key)]


def shared_words(text: str, other: str) -> tuple[tuple[int, int], ...]:
    """Give where in `other` the content words of `text` stand, in any inflection: (start, end) each.

    Neighbouring words are joined: "bed sharing" is one place.
    """
    known = set(content_stems(text))
    places: list[tuple[int, int]] = []
    touching = False
    for token in tokens(other):
        shared = is_term(token.key) and stem(token.key) in known
        if shared:
            start = places.pop()[0] if touching else token.start
            places.append((start, token.end))
        touching = shared
    return tuple(places)
