"""Where a text asks somebody: the words that ask, and the noun phrase that they ask.

Every place is proposed; whether the phrase is somebody, and whom a recommendation asks, is weighed elsewhere.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from srtminer.agencies.agency_names import (
    ADVERBS,
    ARTICLES,
    ASKED,
    BASE_VERBS,
    BE,
    BOUNDARIES,
    END,
    IRREGULAR,
    JOINS,
    MODALS,
    OF,
    PAST,
    PLACE,
    PREPOSITIONS,
    RECOMMEND,
    SPEAKERS,
    SUBORDINATORS,
    URGE,
    Token,
    lexicon,
)

REACH = 45
"""Tokens between the start of a phrase and the verb that asks, inserts with them."""
INTRODUCTIONS = 4
"""Commas after "recommends that" behind which the phrase may start: "that, before winter, the Board …"."""
DETERMINERS = frozenset(
    {"a", "all", "an", "any", "each", "every", "its", "more", "the", "their", "what", "whether"}
)
PRONOUNS = frozenset({"he", "i", "it", "she", "they", "we", "not", "would", "could", "may", "might", "can"})
EMPTY = DETERMINERS | PRONOUNS | {"both", "such", "that", "these", "this", "those"}
"""What is nobody's name alone."""
MARKS = frozenset({"(", ")", "[", "]", "-", "–", "—", '"', "“", "”", "'"})
STOPS = frozenset({".", ";", "?", "!", "•", "|", END})
NOT_SUBJECTS = (
    PREPOSITIONS | SUBORDINATORS | BE | PAST | MODALS | {"to", "not", ")", "no", "nobody", "we", "i"}
)
COMPLEMENTS = (PREPOSITIONS | SUBORDINATORS).union(
    {"involved", "once", "providing", "responsible", "together", "working"}
)
"""What follows the name of somebody and is no part of it."""


@dataclass(frozen=True, slots=True)
class AskedPhrase:
    """The phrase `tokens[start:end]`, how it is asked, and the verb that it is asked to do."""

    form: str
    """"urged" (to do), "recommended" (that he do), "should", "to", "by", "told" (should be told)."""
    start: int
    end: int
    verb: int
    """Token of what is to be done; the number of tokens if the text ends before."""
    opening: bool = False
    """Whether a sentence, an item or a clause after a comma starts with it."""


def asked_phrases(tokens: Sequence[Token]) -> tuple[AskedPhrase, ...]:
    """Propose every place at which somebody may be asked, in the order of the text.

    Where it is said by whom something is to be done, whoever is to be told of it is not asked.
    Of two verbs after one phrase the nearest counts.
    """
    agents = tuple(_agents(tokens))
    others = (*_performed(tokens), *_fragment(tokens), *_subjects(tokens))
    found = (*agents, *(phrase for phrase in others if not (agents and phrase.form == "told")))
    found = tuple(phrase for phrase in found if phrase.start < phrase.end)  # nobody, in "read by a should do"
    nearest = {phrase.start: phrase for phrase in sorted(found, key=lambda phrase: -phrase.verb)}
    return tuple(sorted(nearest.values(), key=lambda phrase: phrase.start))


def _performed(tokens: Sequence[Token]) -> Iterator[AskedPhrase]:
    """Propose what stands after "recommends that", "we urge", "call upon", "this recommendation is for"."""
    for index, token in enumerate(tokens):
        if token.word in RECOMMEND:
            yield from _recommended(tokens, index + 1)
        elif token.word in URGE and _spoken(tokens, index):
            that = _text(tokens, index + 1) == "that"
            start = _skip(tokens, index + 1, {"on", "upon", "that"})
            yield from _phrase(tokens, start, "recommended" if that else "urged")
        elif token.word == "recommendation" and _texts(tokens, index + 1, 2) == ["is", "for"]:
            yield from _phrase(tokens, index + 3, "urged")


def _recommended(tokens: Sequence[Token], index: int) -> Iterator[AskedPhrase]:
    index = _skip(tokens, index, {"further", "also", "therefore", "strongly", "in", "addition", ","})
    if _texts(tokens, index, 2) == ["the", "following"]:
        index = _skip(
            tokens, index + 2, {"action", "actions", "recommendation", "recommendations", "changes"}
        )
    if _text(tokens, index) == "to":
        yield from _phrase(tokens, index + 1, "told to")
        return
    index = _skip(tokens, index, {"that", ":", "•"})
    index = _skip(tokens, _skip_adverbs(tokens, index), {","})
    found = list(_phrase(tokens, index, "recommended"))
    yield from found or _introduced(tokens, index)


def _introduced(tokens: Sequence[Token], index: int) -> Iterator[AskedPhrase]:
    """Propose the phrases after the next commas: "that, before ships come in, the Council review"."""
    commas = 0
    for place in range(index, min(len(tokens), index + 60)):
        if tokens[place].text in STOPS or commas == INTRODUCTIONS:
            return
        if tokens[place].text == ",":
            commas += 1
            yield from _phrase(tokens, place + 1, "recommended")


def _fragment(tokens: Sequence[Token]) -> Iterator[AskedPhrase]:
    """Propose the subject of an item of a list after "We recommend that": "the Board require owners to …"."""
    if tokens and tokens[0].text in {"the", "and", "That"}:
        yield from _phrase(tokens, _skip(tokens, 0, {"and", "that"}), "item")


def _subjects(tokens: Sequence[Token]) -> Iterator[AskedPhrase]:
    for index, token in enumerate(tokens):
        before = tokens[index - 1].text if index else END
        opening = before in BOUNDARIES or before == END
        if opening or (token.text == "the" and before.lower() not in PREPOSITIONS | SUBORDINATORS):
            start = index + int(token.text.lower() in {"that", "and", "but"})
            yield from _phrase(tokens, start, "subject", opening=opening and before not in {",", "("})


def _agents(tokens: Sequence[Token]) -> Iterator[AskedPhrase]:
    """Propose X of "is agreed by X" and "consideration should be given by X", not of "was reported by X"."""
    for index, token in enumerate(tokens):
        if token.text == "by" and _is_present_passive(tokens, index):
            end = next((i for i in range(index + 1, len(tokens)) if _ends_phrase(tokens, i)), len(tokens))
            if end > index + 1:
                yield AskedPhrase("by", _skip(tokens, index + 1, ARTICLES), end, end)


def _ends_phrase(tokens: Sequence[Token], index: int) -> bool:
    text = tokens[index].text
    place = text in PLACE and index + 1 < len(tokens) and tokens[index + 1].capital
    return text in STOPS | {":", ")", "("} or (text in NOT_SUBJECTS - OF - JOINS and not place)


def _is_present_passive(tokens: Sequence[Token], by: int) -> bool:
    if not by or not is_participle(tokens[by - 1].text):
        return False
    for place in range(by - 2, max(-1, by - 7), -1):
        word = tokens[place].text.lower()
        if word in BE:
            return _text(tokens, place - 1) not in {"which", "that", "who", "it"}
        if not (is_participle(word) or word in {"and", "or", ","} or word.endswith("ly")):
            return False
    return False


def _phrase(
    tokens: Sequence[Token], start: int, form: str, *, opening: bool = False
) -> Iterator[AskedPhrase]:
    """Propose the phrase that starts here if a verb that asks follows it; `form` says which verbs do."""
    start = _skip(tokens, start, ARTICLES)
    if not (start < len(tokens) and tokens[start].text[0].isalnum()):
        return
    place, end, limit = start, 0, min(len(tokens), start + REACH)
    while place < limit:
        text = tokens[place].text.lower()
        if asks := _asks(tokens, place, form, first=place == start, opening=opening):
            yield from _trimmed(tokens, asks, start, end or place, opening)
            return
        word = tokens[place].word  # where the text itself asks, the phrase before is who asks
        performs = word in RECOMMEND or (word in URGE and _spoken(tokens, place))
        if text in STOPS or text == ":" or (form == "subject" and performs):
            return
        if not end and _texts(tokens, start, 2) != ["those", "who"] and _is_clause(tokens, place, start):
            return
        if _is_complement(tokens, place) and tokens[start].text != "those":
            end = end or place
        if place == start and text in NOT_SUBJECTS:
            return
        place += 1
    if form == "told to":
        yield from _trimmed(tokens, ("recommended", place), start, end or place, opening)


def _trimmed(
    tokens: Sequence[Token], asks: tuple[str, int], start: int, end: int, opening: bool
) -> Iterator[AskedPhrase]:
    while end > start and tokens[end - 1].text in JOINS:
        end -= 1
    if any(token.text.lower() not in EMPTY for token in tokens[start:end]):
        yield AskedPhrase(asks[0], start, end, asks[1], opening)


def _is_clause(tokens: Sequence[Token], place: int, start: int) -> bool:
    """Tell what no name has inside: a finite verb, a pronoun, an article right behind a word.

    "[Government] considers a plan", "[Whilst] we welcome it", "[Vale Trains] apply the limit".
    """
    text, before = tokens[place].text.lower(), tokens[place - 1].text.lower()
    if text in BE | PAST | PRONOUNS:
        return True
    return (
        place > start and text in DETERMINERS and before not in PREPOSITIONS | SUBORDINATORS | JOINS | MARKS
    )


def _is_complement(tokens: Sequence[Token], place: int) -> bool:
    """Tell "[schools] working with children", "[parties] to the agreement" from "of the UK", "in Aldane"."""
    text = tokens[place].text
    if text in OF | JOINS:
        return False
    if text in PLACE:
        return not (place + 1 < len(tokens) and tokens[_skip(tokens, place + 1, ARTICLES)].capital)
    return text in COMPLEMENTS


def _asks(
    tokens: Sequence[Token], place: int, form: str, *, first: bool, opening: bool
) -> tuple[str, int] | None:
    """Say how the words at a place ask, and where the verb stands that is asked for."""
    word, after = tokens[place].text.lower(), _text(tokens, place + 1)
    if word in MODALS or (word in {"need", "needs", "has", "have"} and after == "to"):
        verb = _skip_adverbs(tokens, place + 1 + int(after == "to"))
        return _graded(tokens, verb, "should" if form in {"subject", "urged"} else "recommended")
    if word in BE:
        verb = _skip_adverbs(
            tokens, place + 1
        )  # "is asked to review" and, where a sentence opens so, "are to"
        asked = _text(tokens, verb) in ASKED and _text(tokens, verb + 1) == "to"
        goes = asked or (opening and word != "be" and _text(tokens, verb) == "to")
        return ("should", verb + 2) if goes else None
    if word == "to":
        return _infinitive(tokens, place, form, opening=opening)
    if form == "told to" and (word in {"that", ":"} or word in STOPS):
        return "recommended", place
    return None if first else _subjunctive(tokens, place, form)


def _infinitive(tokens: Sequence[Token], place: int, form: str, *, opening: bool) -> tuple[str, int] | None:
    """Read "(we urge the Board) to review" and "(Board) to review"."""
    verb = _skip_adverbs(tokens, place + 1)
    asks = form in {"urged", "told to"} or (opening and form == "subject")
    if not asks or not (_text(tokens, place + 1) == ":" or _is_verb(tokens, verb)):
        return None
    return "urged" if form == "urged" else "to", verb


def _subjunctive(tokens: Sequence[Token], place: int, form: str) -> tuple[str, int] | None:
    """Read "(recommends that the Board) review"."""
    if form == "recommended" and tokens[place].text == ":":
        return form, place
    if form not in {"recommended", "item", "told to"}:
        return None
    verb = _skip_adverbs(tokens, place)
    if not _is_bare_verb(tokens, verb, place):
        return None
    return "item" if form == "item" else "recommended", verb


def _is_bare_verb(tokens: Sequence[Token], index: int, end: int) -> bool:
    """Tell the verb of "[that the Board] review …"; behind the end of a name even one that is on no list."""
    text, after = (tokens[index].text, _text(tokens, index + 1)) if index < len(tokens) else ("", "")
    if not (text.isalpha() and text.islower()) or after in MODALS | BE | PAST | {"of"}:
        return False
    if text in BASE_VERBS or text.removesuffix("s") in BASE_VERBS:
        return True
    if text in NOT_SUBJECTS | ARTICLES | JOINS or text.endswith(("ed", "ing")):
        return False
    known = lexicon()
    spans = ((i, known.at(tokens, i)) for i in range(max(0, end - 4), end))
    named = (
        (tokens[index - 1].text.endswith("s") and after in DETERMINERS)
        or tokens[end - 1].capital
        or any(found and i + found.length == end for i, found in spans)
    )
    return named and known.at(tokens, index) is None


def _graded(tokens: Sequence[Token], verb: int, form: str) -> tuple[str, int] | None:
    """Tell "(should) review" from "(should) be told" and "(should) have known", which asks nobody."""
    word, following = _text(tokens, verb), _text(tokens, _skip_adverbs(tokens, verb + 1))
    if not word or (word == "have" and is_participle(following)):
        return None
    suffers = word == "be" and following not in ASKED and is_participle(following)
    return ("told" if suffers else form), verb


def is_participle(word: str) -> bool:
    """Tell whether a word in lower case may be a participle: "agreed", "made"."""
    return word.endswith("ed") or word in IRREGULAR


def _is_verb(tokens: Sequence[Token], index: int) -> bool:
    text = tokens[index].text if index < len(tokens) else ""
    return text.isalpha() and text.islower() and text not in NOT_SUBJECTS - {"be", "have"} | ARTICLES


def _spoken(tokens: Sequence[Token], index: int) -> bool:
    """Tell "We strongly urge" from "schools should ask the police"."""
    before = {token.text.lower() for token in tokens[max(0, index - 2) : index]}
    return "we" in before or bool(before & SPEAKERS and not before & MODALS)


def _skip(tokens: Sequence[Token], index: int, words: set[str] | frozenset[str]) -> int:
    while index < len(tokens) - 1 and tokens[index].text.lower() in words:
        index += 1
    return index


def _skip_adverbs(tokens: Sequence[Token], index: int) -> int:
    limit = min(len(tokens), index + 4)
    while index < limit and (tokens[index].text in ADVERBS or tokens[index].text.endswith("ly")):
        index += 1
    return index


def _text(tokens: Sequence[Token], index: int) -> str:
    return tokens[index].text.lower() if 0 <= index < len(tokens) else ""


def _texts(tokens: Sequence[Token], index: int, size: int) -> list[str]:
    return [token.text.lower() for token in tokens[index : index + size]]
