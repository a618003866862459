"""What people in the field call things: `data/thesaurus.toml`, and what the user adds with `--terms FILE`.

Every vocabulary of names derives from it: names of themes, cues of the codebook, kinds of agencies. The data
file says what each kind of concept is for. Beside it the words of form, which say how a text is put and not
what it is about: the lists of data/vocabulary.toml."""

import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from srtminer.errors import UsageError
from srtminer.text.names import checked_entry, nearest, slug
from srtminer.text.words import CACHED_WORDS, keys, stem, tokens

KINDS = ("topic", "act", "setting", "person", "agency")
LISTS = ("synonyms", "weak", "abbreviations", "endings", "succeeds")


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing and what it is called; the file explains the keys that only agencies have."""

    kind: str
    label: str
    id: str
    broader: str = ""
    """Label of the concept that it is part of; empty for none."""
    synonyms: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    abbreviations: tuple[str, ...] = ()
    endings: tuple[str, ...] = ()
    succeeds: tuple[str, ...] = ()
    publishes: bool = False

    @property
    def forms(self) -> tuple[str, ...]:
        """All that it is called in texts, the label first, which of agencies is for people only."""
        return self.synonyms if self.kind == "agency" else (self.label, *self.synonyms)


@dataclass(frozen=True, eq=False)
class Thesaurus:
    """All concepts; compared by identity, so that what derives from them can be kept."""

    concepts: tuple[Concept, ...]
    own: tuple[Concept, ...] = ()
    """Those that the user added."""

    def of_kind(self, *kinds: str) -> Iterator[Concept]:
        """Give the concepts of some kinds."""
        return (one for one in self.concepts if one.kind in kinds)

    def names(self, label: str) -> tuple[str, ...]:
        """Give what a concept and all its parts are called; raises `KeyError` for an unknown label."""
        if all(one.label != label for one in self.concepts):
            raise KeyError(label)
        labels = [label]
        for wider in labels:
            parts = (one.label for one in self.concepts if one.broader == wider)
            labels += [part for part in parts if part not in labels]
        named = (one for name in labels for one in self.concepts if one.label == name)
        return tuple(form for one in named for form in one.forms)


_used: list[Thesaurus] = []
"""The one in use, if it is not the built-in one alone."""


def thesaurus() -> Thesaurus:
    """Give the concepts in use."""
    return _used[0] if _used else _built_in()


def use_own(own: Iterable[Concept]) -> None:
    """Add concepts of the user's to the built-in ones, in place of what was added before.

    Synonyms of a known label join it. Why for the whole process: one command has one language.
    """
    added = tuple(own)
    _used[:] = [Thesaurus(_joined((*_built_in().concepts, *added)), added)] if added else []


def own_concepts() -> tuple[Concept, ...]:
    """Give those that the user added, without reading the built-in ones."""
    return _used[0].own if _used else ()


def own_agencies() -> tuple[tuple[str, str], ...]:
    """Give (name, kind) of the agencies that the user added: what analysing a document has to be told."""
    own = {one.label for one in own_concepts() if one.kind == "agency"}
    known = thesaurus().of_kind("agency") if own else ()
    return tuple((name, one.id) for one in known if one.label in own for name in one.forms)


def _joined(concepts: Iterable[Concept]) -> tuple[Concept, ...]:
    found: dict[tuple[str, str], Concept] = {}
    for one in concepts:
        key = one.kind, one.label.casefold()
        if known := found.get(key):
            lists: dict[str, Any] = {name: (*getattr(known, name), *getattr(one, name)) for name in LISTS}
            found[key] = replace(known, broader=one.broader or known.broader, **lists)
        else:
            found[key] = one
    return tuple(found.values())


@cache
def _built_in() -> Thesaurus:
    text = (files("srtminer") / "data" / "thesaurus.toml").read_text(encoding="utf-8")
    return Thesaurus(parse_terms(text, "thesaurus.toml", ()))


def parse_terms(text: str, file: str, known: Sequence[Concept]) -> tuple[Concept, ...]:
    """Read concepts; `file` is what errors call it, `known` are those that may be broader than them.

    Raises `UsageError` that says which entry is wrong, and what to do about it.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{file} is not valid TOML: {error}; names stand between double quotes") from error
    for kind, entries in data.items():
        if kind not in KINDS or not isinstance(entries, dict):
            raise UsageError(f"{file}: “{kind}” is not a kind of term; write one of [{'], ['.join(KINDS)}]")
    found = tuple(_concept(kind, label, value, file) for kind in data for label, value in data[kind].items())
    _check(found, (*known, *found), file)
    return found


def _concept(kind: str, label: str, value: Any, file: str) -> Concept:
    """Read one entry, a list of synonyms or a table."""
    where = f"{file}, [{kind}] “{label}”"
    entry = {"synonyms": value} if isinstance(value, list) else value
    if not isinstance(entry, dict) or not label.strip():
        raise UsageError(f'{where} needs a name and a list of other names: "label" = ["another name"]')
    try:
        fields = checked_entry(entry, ("broader", "id"), LISTS, ("publishes",))
    except ValueError as error:
        raise UsageError(f"{where}: {error}") from error
    return Concept(**{"kind": kind, "label": label, "id": slug(label)} | fields)


def _check(found: Sequence[Concept], known: Sequence[Concept], file: str) -> None:
    """Raise `UsageError` for a name that is written twice, and for a broader concept that there is not."""
    labels = {one.label for one in known}  # of agencies too: people work for them
    owners: dict[tuple[str, str], str] = {}
    for one in found:
        for form in one.forms:
            owner = owners.setdefault((one.kind, form.casefold()), one.label)
            if owner != one.label:
                raise UsageError(f"{file}: “{form}” stands below “{owner}” and “{one.label}”; leave one out")
        if one.broader and (one.broader not in labels or one.broader == one.label):
            near = "".join(f"; did you mean “{name}”?" for name in nearest(one.broader, labels, 1))
            raise UsageError(f"{file}: “{one.label}” is part of “{one.broader}”, which is not a label{near}")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words by what they do in a recommendation; the data file says what each list is for."""

    function: frozenset[str]
    phrasing: frozenset[str]
    general: frozenset[str]
    verbs: frozenset[str]
    verb_or_noun: frozenset[str]
    unlabelled: frozenset[str]
    modals: frozenset[str]
    addressees: frozenset[str]
    nouns: frozenset[str]
    abbreviations: frozenset[str]
    wordings: dict[str, list[tuple[str, ...]]]
    """Wordings, and people who do the work, by their first word, longest first."""

    def is_boilerplate(self, key: str) -> bool:
        """Tell whether a word is phrasing wherever it stands: never a term."""
        return key in self.function or key in self.phrasing


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


@lru_cache(4)
def _matters(terms: Thesaurus) -> dict[tuple[str, ...], str]:
    function = _vocabulary(terms).function
    return {
        tuple(stem(key) for key in keys(name) if key not in function): one.label
        for one in terms.of_kind("topic", "act")
        for name in (*one.forms, *one.weak)
    }


def matter(stems: tuple[str, ...]) -> str:
    """Give what the field calls what a phrase names, by the stems of its content words, or nothing."""
    return _matters(thesaurus()).get(stems, "")


def by_first_word(wordings: list[str]) -> dict[str, list[tuple[str, ...]]]:
    """Index wordings by their first word, the longest first, so that a text is matched in one pass."""
    index: dict[str, list[tuple[str, ...]]] = {}
    for words in sorted(map(keys, wordings), key=lambda words: (-len(words), words)):
        index.setdefault(words[0], []).append(tuple(words))
    return index


@lru_cache(CACHED_WORDS)
def is_term(key: str) -> bool:
    """Tell whether a token can be a term: it has a letter, is not a single one, and is no boilerplate."""
    return len(key) > 1 and not key[0].isdigit() and not vocabulary().is_boilerplate(key)


def content_stems(text: str) -> list[str]:
    """Give the stems of the words of a text that say what it is about, in reading order."""
    return [stem(key) for key in keys(text) if is_term(key)]


def shared_words(text: str, other: str) -> tuple[tuple[int, int], ...]:
    """Give where in `other` the content words of `text` stand, in any inflection: (start, end) each.

    Neighbouring words are joined: "bed sharing" is one place.
    """
    known, places, touching = set(content_stems(text)), list[tuple[int, int]](), False
    for token in tokens(other):
        shared = is_term(token.key) and stem(token.key) in known
        if shared:
            places.append((places.pop()[0] if touching else token.start, token.end))
        touching = shared
    return tuple(places)
