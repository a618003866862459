"""Who of those proposed is asked: a few weighed features of each, and a choice.

The weights are those of a logistic regression (tests/fit_agencies.py), fitted on annotated documents.
"""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from math import exp

from srtminer.agencies.addressee_phrases import AskedPhrase, asked_phrases
from srtminer.agencies.agency_names import Name, is_acronym, is_thing, kind_of, read_names
from srtminer.agencies.lexicon import BASE_VERBS, MODALS, OF, Token, lexicon, tokenise
from srtminer.model import Agency
from srtminer.text.words import fold

QUANTIFIERS = frozenset({"all", "any", "both", "each", "every"})
PERFORMED = frozenset({"urged", "recommended"})
MOST = 40
"""Names looked at in one recommendation; the longest list seen has 9."""
FAR = 15_000
"""Characters of a recommendation that are looked at; the longest seen has 9,000."""
ENOUGH = 0.5
"""Probability from which somebody is named."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may be asked, and what speaks for it and against it."""

    agencies: tuple[Agency, ...]
    features: frozenset[str]


def in_words(text: str) -> tuple[Candidate, ...]:
    """Propose who is asked by the words of a text."""
    folded = fold(text[:FAR])
    tokens = tokenise(folded)
    found = ((phrase, _names(tokens, phrase)) for phrase in asked_phrases(tokens)[:MOST])
    return tuple(
        Candidate(as_agencies(folded, tokens, names), _features(tokens, phrase, names))
        for phrase, names in found
        if names
    )


def choose(candidates: Sequence[Candidate]) -> tuple[Agency, ...]:
    """Name those who are probably asked, the likeliest first; each once."""
    weighed = [(probability(candidate.features), candidate) for candidate in candidates]
    likely = sorted((pair for pair in weighed if pair[0] >= ENOUGH), key=lambda pair: -round(pair[0], 9))
    return once_each(agency for _, candidate in likely for agency in candidate.agencies)


def is_likely(candidate: Candidate) -> bool:
    """Tell whether a candidate is more likely asked than not."""
    return probability(candidate.features) >= ENOUGH


def probability(features: Iterable[str]) -> float:
    """Give the probability that who has these features is asked, 0 to 1."""
    known = weights()
    return 1 / (1 + exp(-known["always"] - sum(known.get(feature, 0.0) for feature in sorted(features))))


@lru_cache(maxsize=1)
def weights() -> Mapping[str, float]:
    """Load the weights by feature."""
    text = (resources.files("srtminer") / "data" / "agency_weights.toml").read_text(encoding="utf-8")
    return {name: float(weight) for name, weight in tomllib.loads(text)["weights"].items()}


def once_each(agencies: Iterable[Agency]) -> tuple[Agency, ...]:
    """Name each once, by the fullest of its names: "The service" is the "Harle Drug Service" above."""
    kept: dict[frozenset[str], Agency] = {}
    for agency in agencies:
        words = frozenset(token.word for token in tokenise(fold(agency.name)))
        same = next((other for other in kept if words <= other or other <= words), None)
        if same is None:
            kept[words] = agency
        elif same < words:
            kept = {
                words if key is same else key: agency if key is same else one for key, one in kept.items()
            }
    return tuple(kept.values())


def as_agencies(text: str, tokens: Sequence[Token], names: Iterable[Name]) -> tuple[Agency, ...]:
    """Turn names into agencies, as printed; the same one is named once."""
    return once_each(Agency(_as_printed(text, tokens, name), name.kind) for name in names)


def _as_printed(text: str, tokens: Sequence[Token], name: Name) -> str:
    """Give the words of a name, without the "all" of "all GPs", which is no part of it."""
    quantified = tokens[name.start].text.lower() in QUANTIFIERS and not lexicon().at(tokens, name.start)
    start = name.start + int(quantified and name.end - name.start > 1)
    printed = " ".join(text[tokens[start].start : tokens[name.end - 1].end].split())
    follows = tokens[name.end].text if name.end < len(tokens) else ""
    return printed if follows in MODALS else printed.removesuffix("'s").rstrip("'")


def _names(tokens: Sequence[Token], phrase: AskedPhrase) -> tuple[Name, ...]:
    """Read the names that a phrase is made of; one that is no list of known names is one name."""
    names, end = read_names(tokens[: max(phrase.end, phrase.verb)], phrase.start)
    if names and end >= phrase.end:
        return names
    rest = [token.text for token in tokens[end : phrase.end]]
    if names and rest[0] == "(" and rest[-1] == ")":  # "Government (a)", "Harle Research Agency (HRA)"
        return names
    if rest.count(")") > rest.count("("):  # "3) HM Government"
        return ()
    if phrase.form not in PERFORMED and "," in rest:
        before = names if rest[0] == "," and all(name.known for name in names) else ()
        if not (before and tokens[end + 1].capital):  # as in "governments of the UK, Scotland and Wales"
            return before  # "the Board, having met,"; "However, the Board"
    if not tokens[phrase.start].text[0].isalnum():
        return ()
    known = kind_of(tokens, phrase.start, phrase.end)
    return (Name(phrase.start, phrase.end, known),)


def _features(tokens: Sequence[Token], phrase: AskedPhrase, names: Sequence[Name]) -> frozenset[str]:
    first, words = names[0], tokens[phrase.start : phrase.end]
    head_end = next((i for i, token in enumerate(words) if i and token.word in OF), len(words))
    verb = tokens[phrase.verb].text if phrase.verb < len(tokens) else ""
    inner = words[int(phrase.opening) : head_end]
    found = {
        f"asked: {phrase.form}": True,
        "is known": any(name.known and not name.known.weak for name in names),
        "is known weakly": bool(first.known and first.known.weak),
        "capital": any(token.capital for token in inner),
        "capitals only": all(
            token.capital for token in words if token.text.isalpha() and token.word not in OF
        ),
        "acronym": any(is_acronym(token) for token in words[:head_end]),
        "head of a body": any(lexicon().head_at(tokens, phrase.start + i) for i in range(head_end)),
        "thing": is_thing(tokens, phrase.start, phrase.end),
        "people who do": words[head_end - 1].text.endswith(("ers", "ors", "ists", "ians")),
        "verb first": words[0].text.lower() in BASE_VERBS,
        "verb of somebody": verb in BASE_VERBS or verb.removesuffix("s") in BASE_VERBS,
        "opens": phrase.opening,
    }
    return frozenset(name for name, holds in found.items() if holds)
