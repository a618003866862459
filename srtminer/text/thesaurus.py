"""What people in the field call things: `data/thesaurus.toml`, and what the user adds with `--terms FILE`.

Every vocabulary of names derives from it: names of themes, cues of the codebook, kinds of agencies. The data
file says what each kind of concept is for.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

from srtminer.errors import UsageError
from srtminer.text.typed_names import nearest, slug

KINDS = ("topic", "act", "setting", "person", "agency")
LISTS = ("synonyms", "weak", "abbreviations", "endings", "succeeds")
KEYS = ("broader", "id", "publishes", *LISTS)


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

    @cached_property
    def _narrower(self) -> Mapping[str, Sequence[Concept]]:
        found: dict[str, list[Concept]] = {}
        for one in self.concepts:
            found.setdefault(one.broader, []).append(one)
        return found

    def of_kind(self, *kinds: str) -> Iterator[Concept]:
        """Give the concepts of some kinds."""
        return (one for one in self.concepts if one.kind in kinds)

    def names(self, label: str) -> tuple[str, ...]:
        """Give what a concept and all its parts are called; raises `KeyError` for an unknown label."""
        if label not in {one.label for one in self.concepts}:
            raise KeyError(label)
        labels = [label]
        for wider in labels:
            labels += [part.label for part in self._narrower.get(wider, ()) if part.label not in labels]
        return tuple(
            form for name in labels for one in self.concepts if one.label == name for form in one.forms
        )


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
        known = found.get((one.kind, one.label.casefold()), one)
        if known is not one:
            lists: dict[str, Any] = {name: (*getattr(known, name), *getattr(one, name)) for name in LISTS}
            known = replace(known, broader=one.broader or known.broader, **lists)
        found[one.kind, one.label.casefold()] = known
    return tuple(found.values())


@cache
def _built_in() -> Thesaurus:
    text = (files("srtminer") / "data" / "thesaurus.toml").read_text(encoding="utf-8")
    return Thesaurus(parse_terms(text, "thesaurus.toml", ()))


def parse_terms(text: str, file: str, known: Sequence[Concept]) -> tuple[Concept, ...]:
    """Read concepts; `file` is what errors call it, `known` are those that may be broader than them.

    Raises `UsageError` that says which entry is wrong, and what to do about it.
    """
    import tomllib  # here, as `--help` needs no terms

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
    for key, given in entry.items():
        if key not in KEYS:
            raise UsageError(
                f"{where}: “{key}” is not a key; did you mean {(nearest(key, KEYS, 1) or KEYS)[0]}?"
            )
        names = given if key in LISTS and isinstance(given, list) else [given if key not in LISTS else ""]
        if not all(isinstance(name, bool if key == "publishes" else str) and name for name in names):
            like = '["another name"]' if key in LISTS else '"a name"'
            raise UsageError(f"{where}: {key} is not written so; write {key} = {like}")
    fields: dict[str, Any] = {"kind": kind, "label": label, "id": slug(label)}
    return Concept(**fields | {key: tuple(given) if key in LISTS else given for key, given in entry.items()})


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
