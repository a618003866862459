"""Verbs around names: which form of words asks somebody to act."""

from collections.abc import Sequence

from srtminer.agencies.tokens import BOUNDARIES, END, Token
from srtminer.agencies.words import (
    ADVERBS,
    AS_ACTORS,
    ASKED,
    BASE_VERBS,
    BE,
    COMPLEMENTS,
    IRREGULAR,
    MODALS,
    NOT_VERBS,
    PAST,
)

STRONG, WEAK, PASSIVE, NONE = 3, 2, 1, 0
"""How plainly a form of words asks: "should review", "will review", "should be told", not at all."""


def skip_insert(tokens: Sequence[Token], index: int) -> int:
    """Step over "(…)" and ", in consultation with the Adviser, once appointed," after a name.

    An insert that does not close within 45 tokens is no insert.
    """
    if index >= len(tokens) or tokens[index].text not in {"(", ",", "–", "—", "-"}:
        return index
    mark = tokens[index].text
    closing = ")" if mark == "(" else mark
    last = index
    for place in range(index + 1, min(len(tokens), index + 46)):
        if tokens[place].text == closing:
            last = place
            if mark == "(" or _asks_somehow(tokens, place + 1):
                break
        elif mark == "," and place == index + 1 and tokens[place].word in {"and", "or"}:
            return index
        elif tokens[place].text in {".", ";", END}:
            break
    return last + 1 if last > index else index


def skip_complement(tokens: Sequence[Token], index: int) -> int:
    """Step over "of NHS-funded care", "working with children" between a name and its modal verb.

    Up to 14 tokens without a mark; the same index if no modal verb follows.
    """
    if index >= len(tokens) or tokens[index].word not in COMPLEMENTS:
        return index
    for place in range(index + 1, min(len(tokens), index + 15)):
        if tokens[place].text in BOUNDARIES or tokens[place].text == END:
            return index
        if tokens[place].word in MODALS:
            return place
    return index


def asks(tokens: Sequence[Token], index: int, *, infinitive: bool) -> int:
    """Grade what follows a subject: STRONG, WEAK or NONE.

    `infinitive` tells whether "to review" counts, which it does only for the subject of a whole sentence:
    "The Board to review …", not "refer to the Board to review".
    """
    word = _word(tokens, index)
    if word in MODALS:
        place = index + 1 + int(word == "ought")
        return STRONG if _acts(tokens, place) else _suffers(tokens, place)
    if word in {"need", "has", "have"} and _word(tokens, index + 1) == "to":
        return STRONG if _acts(tokens, index + 2) else NONE
    if word in BE and word != "be":
        return _is_asked(tokens, index + 1, infinitive)
    if word == "to":
        return STRONG if infinitive and _is_infinitive(tokens, index) else NONE
    if word in {"will", "may", "might"}:
        wish = word == "will" or _word(tokens, index + 1) in {"wish", "consider"}
        return WEAK if wish and _acts(tokens, index + 1) else NONE
    return NONE


def subjunctive(tokens: Sequence[Token], index: int, *, known: bool) -> bool:
    """Tell whether a verb follows a name after "recommends that": "[the Board] review …"."""
    index = _skip_adverbs(tokens, index)
    if index >= len(tokens) or tokens[index].text in {":", "("}:
        return known
    if asks(tokens, index, infinitive=True) > PASSIVE:
        return True
    word = tokens[index].text.lower()
    if word == "be":
        return _acts(tokens, index)
    if not known:
        return word in BASE_VERBS or word.removesuffix("s") in BASE_VERBS
    following = _word(tokens, index + 1)
    is_noun = following in MODALS | BE | PAST and word not in BASE_VERBS
    return is_verb(tokens, index) and not is_noun


def is_verb(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether a token may be a verb: a lower-case word that is no particle."""
    text = tokens[index].text if index < len(tokens) else ""
    return text.isalpha() and text.islower() and (text not in NOT_VERBS or text == "be")


def _is_infinitive(tokens: Sequence[Token], to: int) -> bool:
    """Tell "to review" and "to: • review" from "to the Board"."""
    if to + 1 < len(tokens) and tokens[to + 1].text == ":":
        return True
    verb = _skip_adverbs(tokens, to + 1)
    return is_verb(tokens, verb) and _acts(tokens, verb)


def _is_asked(tokens: Sequence[Token], index: int, infinitive: bool) -> int:
    """Grade "is/are …": "is asked to review", "are to review"."""
    index = _skip_adverbs(tokens, index)
    word = _word(tokens, index)
    if word == "to":
        return STRONG if infinitive and _is_infinitive(tokens, index) else NONE
    return STRONG if word in ASKED and _word(tokens, index + 1) == "to" else NONE


def _acts(tokens: Sequence[Token], index: int) -> bool:
    """Tell "(should) review" from "(should) be informed" and "(should) have known", where nobody is asked."""
    index = _skip_adverbs(tokens, index)
    word = _word(tokens, index)
    following = _word(tokens, _skip_adverbs(tokens, index + 1))
    if word == "have":
        return not is_participle(following)
    if word == "be":
        return following in AS_ACTORS or not is_participle(following)
    return bool(word)


def _suffers(tokens: Sequence[Token], index: int) -> int:
    """Grade "(should) be told", not "(should) have been told"."""
    return PASSIVE if _word(tokens, _skip_adverbs(tokens, index)) == "be" else NONE


def _asks_somehow(tokens: Sequence[Token], index: int) -> bool:
    return index < len(tokens) and (
        bool(asks(tokens, index, infinitive=True)) or tokens[index].word in BASE_VERBS
    )


def is_participle(word: str) -> bool:
    """Tell whether a word in lower case may be a participle: "agreed", "made"."""
    return word.endswith("ed") or word in IRREGULAR


def _skip_adverbs(tokens: Sequence[Token], index: int) -> int:
    limit = min(len(tokens), index + 4)
    while index < limit and (tokens[index].word in ADVERBS or tokens[index].text.endswith("ly")):
        index += 1
    return index


def _word(tokens: Sequence[Token], index: int) -> str:
    """Give the token in lower case as `normal` leaves it ("need" for "needs"), or "" past the end."""
    if index >= len(tokens):
        return ""
    token = tokens[index]
    return token.word if token.text.lower() not in BE | PAST else token.text.lower()
