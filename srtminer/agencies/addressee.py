"""The addressee in a recommendation's own words, by its grammar."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice, takewhile

from srtminer.agencies.grammar import (
    NONE,
    PASSIVE,
    STRONG,
    WEAK,
    asks,
    is_participle,
    skip_complement,
    skip_insert,
    subjunctive,
)
from srtminer.agencies.lexicon import lexicon
from srtminer.agencies.names import Name, is_acronym, read_names
from srtminer.agencies.tokens import BOUNDARIES, END, SENTENCE_STARTS, Token
from srtminer.agencies.words import (
    ACTORS,
    BE,
    MODALS,
    OF,
    PREPOSITIONS,
    RECOMMEND,
    SPEAKERS,
    SUBORDINATORS,
    URGE,
)
from srtminer.model import Agency

MOST = 40
"""Names looked at in one recommendation; the longest list seen has 9."""
QUANTIFIERS = frozenset({"all", "any", "both", "each", "every"})
INTRODUCTION = 60
"""Tokens of an introductory clause between "recommended that" and the addressee."""
COMMAS = 4
"""Commas that an introductory clause may have."""


def addressees(text: str, tokens: Sequence[Token]) -> tuple[Agency, ...]:
    """Name who is asked to act, in order; the plainest form of words that occurs decides.

    First "… recommends that X review", then "X should review", then "X will review", then "is agreed by X",
    last "X should be told", whose subject at least has the matter in hand.
    Why: a rationale in front of the request ("MNZ should have …; the Commission recommends that …") also
    has subjects with modal verbs.
    """
    subjects = list(_subjects(tokens))
    for found in (
        _recommended(tokens),
        _with_strength(subjects, STRONG),
        _with_strength(subjects, WEAK),
        _agents(tokens),
        _with_strength(subjects, PASSIVE),
    ):
        agencies = as_agencies(text, tokens, found)
        if agencies:
            return agencies
    return ()


def plain_addressees(text: str, tokens: Sequence[Token]) -> tuple[Agency, ...]:
    """Name only those of a kind who are asked in the plainest words: "GPs should", not "is done by GPs"."""
    for found in (_recommended(tokens), _with_strength(_subjects(tokens), STRONG)):
        agencies = as_agencies(text, tokens, (name for name in found if name.kind and not _is_weak(name)))
        if agencies:
            return agencies
    return ()


def explicit_addressees(text: str, tokens: Sequence[Token]) -> tuple[Agency, ...]:
    """Name only those of a kind who are named after "recommends that", "urge" and their like."""
    return as_agencies(text, tokens, (name for name in _recommended(tokens) if name.kind))


def _is_weak(name: Name) -> bool:
    return name.known is None or name.known.weak


def as_agencies(text: str, tokens: Sequence[Token], names: Iterable[Name]) -> tuple[Agency, ...]:
    """Turn names into agencies, as printed; the same one is named once."""
    agencies: dict[frozenset[str], Agency] = {}
    for name in islice(names, MOST):
        words = frozenset(token.word for token in tokens[name.start : name.end])
        if any(words <= other or other <= words for other in agencies):
            continue
        agencies[words] = Agency(_as_printed(text, tokens, name), name.kind)
    return tuple(agencies.values())


def _as_printed(text: str, tokens: Sequence[Token], name: Name) -> str:
    """Give the words of a name, without the "all" of "all GPs", which is no part of it."""
    quantified = tokens[name.start].text.lower() in QUANTIFIERS and not lexicon().at(tokens, name.start)
    start = name.start + int(quantified and name.end - name.start > 1)
    printed = text[tokens[start].start : tokens[name.end - 1].end]
    return " ".join(printed.split()).removesuffix("'s").rstrip("'")


def _with_strength(subjects: Iterable[tuple[int, tuple[Name, ...]]], strength: int) -> Iterator[Name]:
    return (name for found, names in subjects if found == strength for name in names)


def _subjects(tokens: Sequence[Token]) -> Iterator[tuple[int, tuple[Name, ...]]]:
    """Yield the known subjects of "should", "must", "to review" and their like, each with its strength."""
    end_of_last = 0
    for index in _clause_starts(tokens):
        if index < end_of_last or not tokens[index].text[0].isalnum():
            continue
        names, end = read_names(tokens, index)
        end_of_last = end
        if not any(name.known or _is_body(tokens, name, end) for name in names):
            continue
        verb = skip_complement(tokens, skip_insert(tokens, end))
        strength = asks(tokens, verb, infinitive=_starts_sentence(tokens, index))
        if strength == NONE:
            names, verb = _stretched(tokens, names)
            strength = asks(tokens, verb, infinitive=False)
        if strength != NONE:
            yield strength, names


def _is_body(tokens: Sequence[Token], name: Name, end: int) -> bool:
    """Tell an unknown body ("UKXA should review") from a thing ("CPR should be taught") by the verb."""
    words = tokens[name.start : name.end]
    proper = all(token.capital for token in words) and (len(words) > 1 or is_acronym(words[0]))
    return proper and any(token.text in ACTORS for token in tokens[end + 1 : end + 3])


def _stretched(tokens: Sequence[Token], names: tuple[Name, ...]) -> tuple[tuple[Name, ...], int]:
    """Let the last name reach to a modal verb near by: "providers of NHS-funded [care] should"."""
    last = names[-1]
    if not any(token.word in OF for token in tokens[last.start : last.end]):
        return names, last.end
    for place in range(last.end, min(len(tokens), last.end + 4)):
        if tokens[place].word in MODALS:
            return (*names[:-1], replace(last, end=place)), place
        if not tokens[place].text.isalpha():
            break
    return names, last.end


def _clause_starts(tokens: Sequence[Token]) -> Iterator[int]:
    """Yield where a subject may start: a sentence, a clause after a comma, or "the" after a noun or verb.

    Why "and": "Priority should be given to it, and Trust boards should publish what they spend."
    """
    for index, token in enumerate(tokens):
        if index == 0 or tokens[index - 1].text in BOUNDARIES or tokens[index - 1].text == END:
            yield min(index + int(token.text in {"That", "and", "but"}), len(tokens) - 1)
        elif token.text == "the" and _may_end_clause(tokens, index - 1):
            yield index


def _may_end_clause(tokens: Sequence[Token], index: int) -> bool:
    token = tokens[index]
    if token.text in {"and", "but"} and index and tokens[index - 1].text == ",":
        return True
    return token.text.lower() not in PREPOSITIONS | SUBORDINATORS and token.text[0].isalnum()


def _starts_sentence(tokens: Sequence[Token], index: int) -> bool:
    before = tokens[index - 1].text if index else END
    return before in SENTENCE_STARTS or before == END or before == "That"


def _recommended(tokens: Sequence[Token]) -> Iterator[Name]:
    """Yield who is named after "recommends that", "urge", "recommendation is for".

    Why the start: a list after "We recommend that:" has items that begin "the Department require owners to",
    and reviews write "That the Youth Offending Service pass on its assessment". An item that begins "that" in
    small letters may be what somebody else is to see to: "asking the board to see that …; that schools …".
    """
    if tokens and tokens[0].text in {"the", "and", "That"}:
        yield from _asked(tokens, _skip(tokens, 0, {"and", "that"}), needs_known=True)
    for index, token in enumerate(tokens):
        if token.word in RECOMMEND:
            yield from _after_recommend(tokens, index + 1)
        elif token.word == "recommendation" and [t.word for t in tokens[index + 1 : index + 3]] == [
            "is",
            "for",
        ]:
            yield from _asked(tokens, index + 3, needs_known=True)
        elif token.word in URGE and _spoken(tokens, index):
            yield from _asked(tokens, index + 1, needs_known=False)


def _spoken(tokens: Sequence[Token], index: int) -> bool:
    """Tell "We strongly urge" and "We note … and urge" from "schools should ask the police"."""
    reach = 40 if index and tokens[index - 1].text == "and" else 2
    before = [token.text.lower() for token in tokens[max(0, index - reach) : index]]
    asked = any(word in MODALS for word in before[-2:])  # "the Board should ask each agency to"
    return "we" in before or (not asked and any(word in SPEAKERS for word in before[-2:]))


def _after_recommend(tokens: Sequence[Token], index: int) -> tuple[Name, ...]:
    """Read "[recommends] to X that …" or "[recommends] that, at once, X review"."""
    index = _skip(tokens, index, {"further", "also", "therefore", "strongly", "in", "addition"})
    index = _over_following(tokens, index)
    if _text(tokens, index) == "to":
        return read_names(tokens, index + 1)[0]
    has_that = _text(tokens, index) == "that"
    index += int(has_that)
    index = _skip(tokens, index, {":", "•"})
    names = _asked(tokens, skip_insert(tokens, index), needs_known=not has_that)
    return names or (_after_introduction(tokens, index) if has_that else ())


def _over_following(tokens: Sequence[Token], index: int) -> int:
    """Step over "the following actions" in "recommends the following actions to the Board:"."""
    if [token.text.lower() for token in tokens[index : index + 2]] != ["the", "following"]:
        return index
    return _skip(tokens, index + 2, {"action", "actions", "recommendation", "recommendations", "changes"})


def _after_introduction(tokens: Sequence[Token], index: int) -> tuple[Name, ...]:
    """Read "before allowing ships into the channel, X review": the name after one of the next commas."""
    clause = takewhile(
        lambda place: tokens[place].text not in {".", ";", END},
        range(index, min(len(tokens), index + INTRODUCTION)),
    )
    commas = islice((place for place in clause if tokens[place].text == ","), COMMAS)
    tries = (_asked(tokens, place + 1, needs_known=True) for place in commas)
    return next((names for names in tries if names), ())


def _asked(tokens: Sequence[Token], index: int, *, needs_known: bool) -> tuple[Name, ...]:
    """Read names that a verb follows."""
    index = _skip(tokens, index, {"on", "upon", "that"})
    names, end = read_names(tokens, index)
    known = any(name.known for name in names)
    verb = skip_complement(tokens, skip_insert(tokens, end))
    named = bool(names) and _is_named(tokens, names[0], verb)
    if not names or (needs_known and not (known or (named and _text(tokens, index) == "the"))):
        return ()
    return names if subjunctive(tokens, verb, known=known or named) else ()


def _is_named(tokens: Sequence[Token], name: Name, verb: int) -> bool:
    """Tell a body that nobody knows by its capitals: "[that] Harle Rail Works fit", not "Case notes"."""
    words = [token for token in tokens[name.start : name.end] if token.word not in OF]
    return len(words) > 1 and all(token.capital for token in words) and not _text(tokens, verb).endswith("s")


def _agents(tokens: Sequence[Token]) -> Iterator[Name]:
    """Yield X of "is agreed and implemented by X", "should be reviewed by X", not of "was reported by X"."""
    for index, token in enumerate(tokens):
        if token.text == "by" and _has_present_passive(tokens, index):
            names, _ = read_names(tokens, index + 1)
            yield from (
                name for name in names if any(n.known and not n.known.weak for n in names) or name.kind
            )


def _has_present_passive(tokens: Sequence[Token], by: int) -> bool:
    """Find "be", "is" or "are" before "by" with nothing but participles between, not in a relative clause."""
    if not by or not is_participle(tokens[by - 1].text):
        return False
    for place in range(by - 2, max(-1, by - 7), -1):
        word = tokens[place].text.lower()
        if word in BE:
            return _text(tokens, place - 1) not in {"which", "that", "who", "it"}
        if not (is_participle(word) or word in {"and", "or", ","} or word.endswith("ly")):
            return False
    return False


def _skip(tokens: Sequence[Token], index: int, words: set[str]) -> int:
    while index < len(tokens) and tokens[index].text.lower() in words:
        index += 1
    return index


def _text(tokens: Sequence[Token], index: int) -> str:
    return tokens[index].text.lower() if 0 <= index < len(tokens) else ""
