"""Names of agencies where they stand in a text: how far they reach, of what kind they are."""

from collections.abc import Sequence
from dataclasses import dataclass

from srtminer.agencies.lexicon import (
    ARTICLES,
    BASE_VERBS,
    JOINS,
    OF,
    PLACE,
    UNSPECIFIED,
    Known,
    Lexicon,
    Token,
    lexicon,
    tokenise,
)
from srtminer.text.words import fold

LONGEST = 30
"""Tokens a name may have; the longest seen in reports has 14."""


@dataclass(frozen=True, slots=True)
class Name:
    """The name of somebody: tokens `start` to `end` (exclusive)."""

    start: int
    end: int
    known: Known | None
    """The phrase that says of what kind it is; None for a proper name that the data file does not know."""

    @property
    def kind(self) -> str:
        """Key of the present kind, or an empty string."""
        return present_kind(self.known.kind) if self.known else ""


def present_kind(kind: str) -> str:
    """Follow the succession of a kind to the one that has its duties today; unknown kinds give ""."""
    return "" if kind == UNSPECIFIED else lexicon().present.get(kind, "")


def agency_kind(name: str) -> str:
    """Give the key of the kind of agency that a name says it is, or an empty string.

    The name of a former body gives the kind that has its duties today.
    """
    tokens = tokenise(fold(name))
    known = kind_of(tokens, 0, len(tokens))
    return present_kind(known.kind) if known else ""


def read_names(tokens: Sequence[Token], index: int) -> tuple[tuple[Name, ...], int]:
    """Read the names joined by commas and "and" from a token on; gives them and where they end.

    A comma alone joins known names only: not "However, the Board" or "the Board, Friday, …".
    """
    names: list[Name] = []
    end, comma_only = index, False
    while len(names) < LONGEST and (name := read_name(tokens, index)) is not None:
        if comma_only and not (name.known and names[0].known):
            break
        names.append(name)
        end = name.end
        index = _after_join(tokens, end)
        if index == end:
            break
        comma_only = tokens[index - 1].text == ","
    return tuple(names), end


def read_name(tokens: Sequence[Token], index: int, *, whole: bool = True) -> Name | None:
    """Read one name from a token on, or None if nobody is named; unless `whole`, only up to an "and"."""
    words = lexicon()
    start = _skip_article(tokens, index)
    end, position, limit = start, start, min(len(tokens), start + LONGEST)
    while position < limit:
        length = _name_part(words, tokens, position, inside=end > start)
        if length:
            end = position = position + length
            continue
        following = _over_connector(words, tokens, start, position, whole)
        if following == position:
            break
        position = following
    return _checked(tokens, start, end)


def kind_of(tokens: Sequence[Token], start: int, end: int) -> Known | None:
    """Find the phrase that decides of what kind a name is.

    Why: English names end in what they are ("Harle Partnership Trust *Drug Team*"), and what follows
    "of" says more ("*Police* of Wexmoor", "Director of *Children's Services*") only if the head says nothing.
    """
    found = _phrases_in(tokens, start, end)
    if found and tokens[found[0][0] + found[0][1].length - 1].word in OF:
        return found[0][1]  # "Department for" Schools
    head_end = _head_end(tokens, start, end, found)
    head = [known for place, known in reversed(found) if place < head_end]
    tail = [known for place, known in found if place >= head_end]
    return min((*head, *tail), key=lambda known: (known.weak, known.kind == UNSPECIFIED), default=None)


def ends_in_kind(tokens: Sequence[Token], name: Name) -> bool:
    """Tell "Harle Health Trust" and "Head of Housing" from "Partnership Working", which ends in no kind."""
    found = _phrases_in(tokens, name.start, name.end)
    head_end = _head_end(tokens, name.start, name.end, found)
    last = lexicon().head_at(tokens, head_end - 1)
    return bool(last) or any(place + known.length == head_end for place, known in found)


def is_thing(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Tell whether the head of a name is a thing: "LSCB procedures", "role of the police"."""
    found = _phrases_in(tokens, start, end)
    head_end = _head_end(tokens, start, end, found)
    words = tuple(token.word for token in tokens[start:head_end])
    size = next((size for size in (3, 2, 1) if words[-size:] in lexicon().things and len(words) >= size), 0)
    covering = [known.length for place, known in found if place + known.length == head_end]
    named_after = found and tokens[found[0][0] + found[0][1].length - 1].word in OF
    if named_after and tokens[head_end - 1].capital:  # "the Department for Culture"
        return False
    return size > max(covering, default=0)


def _phrases_in(tokens: Sequence[Token], start: int, end: int) -> list[tuple[int, Known]]:
    words, found, index = lexicon(), [], start
    while index < end:
        known = words.at(tokens, index)
        if known is not None and index + known.length <= end:
            found.append((index, known))
            index += known.length
        else:
            index += 1
    return found


def _head_end(tokens: Sequence[Token], start: int, end: int, found: list[tuple[int, Known]]) -> int:
    """Find the first "of", "in", "who" or comma outside a known phrase, behind "federal, provincial and"."""
    covered = {place + offset for place, known in found for offset in range(known.length)}
    breaks = OF | PLACE | {",", "who"}
    return next((i for i in range(start + 1, end) if i not in covered and tokens[i].word in breaks), end)


def _checked(tokens: Sequence[Token], start: int, end: int) -> Name | None:
    if end <= start or is_thing(tokens, start, end):
        return None
    known = kind_of(tokens, start, end)
    return Name(start, end, known) if known or tokens[start].capital else None


def _skip_article(tokens: Sequence[Token], index: int) -> int:
    return index + 1 if index < len(tokens) and tokens[index].word in ARTICLES else index


def _name_part(words: Lexicon, tokens: Sequence[Token], index: int, *, inside: bool) -> int:
    """Count the tokens of the part of a name at a token: a known phrase, a head, a capital, a number.

    Why a verb ends a name: "that the Integrated Care Board *commissions* a team", "Vale Trains *train*".
    """
    text = tokens[index].text
    if inside and (text in BASE_VERBS or (text.islower() and text.removesuffix("s") in BASE_VERBS)):
        return 0
    known = words.at(tokens, index)
    if known is not None:
        return known.length
    head = words.head_at(tokens, index)
    if head:
        return head
    return int(text[0].isupper() or (inside and text[0].isdigit()))


def _over_connector(words: Lexicon, tokens: Sequence[Token], start: int, index: int, whole: bool) -> int:
    """Step over "of the", "and", "in" inside a name; the same index where the name ends."""
    word = tokens[index].word
    if word not in OF | PLACE | {"and", "&"} or index == start:
        return index
    following = _skip_article(tokens, index + 1)
    if following >= len(tokens) or not _name_part(words, tokens, following, inside=True):
        return index
    if word in PLACE and not tokens[following].capital:
        return index
    if word in {"and", "&"} and (not whole or _starts_another(tokens, start, index)):
        return index
    return following


def _starts_another(tokens: Sequence[Token], start: int, index: int) -> bool:
    """Tell whether "and" joins two names ("police and schools") or stands in one ("Kerrow and Harle LSCB").

    Why: what stands before must be a whole name, and what follows too, or have an article of its own.
    "Department for Work and Pensions" has neither; "the Post Office and Fujitsu" ends in one word.
    """
    if is_acronym(tokens[index - 1]) and index == start + 1 and is_acronym(tokens[index + 1]):
        return True
    left = kind_of(tokens, start, index)
    if left is None:
        return False
    if tokens[index + 1].word in ARTICLES:
        return True
    right = read_name(tokens, index + 1, whole=False)
    if right is None:
        return False
    if right.known is not None:
        return not (left.weak and right.known.weak)
    has_of = any(token.word in OF for token in tokens[start:index])
    return not has_of and right.end == index + 2


def is_acronym(token: Token) -> bool:
    """Tell whether a token is an acronym of three letters or more."""
    return token.text.isupper() and len(token.text) > 2


def _after_join(tokens: Sequence[Token], index: int) -> int:
    """Step over ", and" and "and/or"; the same index where a list ends."""
    position, limit = index, min(len(tokens), index + 4)
    while position < limit and tokens[position].text.lower() in JOINS:
        position += 1
    return position
