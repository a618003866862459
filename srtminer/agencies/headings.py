"""Headings that say who is addressed below them."""

from collections.abc import Sequence

from srtminer.agencies.addressee import as_agencies
from srtminer.agencies.lexicon import UNSPECIFIED, Words, lexicon
from srtminer.agencies.names import Name, read_names
from srtminer.agencies.tokens import Token, fold, tokenise
from srtminer.model import Agency

LONGEST = 25
"""Tokens; longer headings are sentences."""
MARKS = frozenset(".:;-–—()[]•")
DIVIDERS = frozenset(":-–—")
GROUPS = frozenset(
    {"agency", "individual agency", "single agency", "multi-agency", "inter-agency", "service", "team"}
)
"""What gathers headings of agencies and is none itself."""


def heading_agencies(heading: str) -> tuple[Agency, ...]:
    """Name whom a heading addresses, or nobody: "Recommendations for the Police", "Health", "LLR LSCB".

    Nothing but names may stand in the heading, beside its number and words like "Recommendations for".
    """
    text = fold(heading)
    tokens = tokenise(text)
    if len(tokens) > LONGEST:
        return ()
    names = next((found for part in _parts(tokens) if (found := _only_names(tokens, *part))), ())
    return as_agencies(text, tokens, names)


def addresses_document(heading: str) -> bool:
    """Tell whether a heading names a body that publishes reviews, so that it may be a document's title.

    Why: titles spell names out; "LLR LSCB" above recommendations says to whom they go.
    """
    text = " ".join(fold(heading).split())
    spelt_out = not any(word.isupper() and lexicon().abbreviated(word) for word in text.split())
    agencies = heading_agencies(text)
    alone = len(agencies) == 1 and text.removeprefix("The ") == agencies[0].name
    return alone and spelt_out and agencies[0].kind in lexicon().publishers


def _parts(tokens: Sequence[Token]) -> list[tuple[int, int]]:
    """Give what may be the names: the whole heading, or what follows "Recommendation 3:"."""
    whole = _trim(tokens, 0, len(tokens))
    divided = [i + 1 for i, token in enumerate(tokens) if token.text in DIVIDERS]
    labels = [_trim(tokens, place, len(tokens)) for place in divided if _is_label(tokens[: place - 1])]
    return [whole, *labels]


def _is_label(tokens: Sequence[Token]) -> bool:
    """Tell whether nothing but words like "Single agency recommendations 3.1" stands before a colon."""
    words = tuple(token.word for token in tokens if not _is_number(token) and token.text not in MARKS)
    return not words or words in lexicon().openers or words in lexicon().closers


def _trim(tokens: Sequence[Token], start: int, end: int) -> tuple[int, int]:
    """Take numbers, marks, openers and closers off both ends."""
    start, end = _trim_marks(tokens, start, end)
    start += _size_at(lexicon().openers, tokens[start:end], at_end=False)
    end -= _size_at(lexicon().closers, tokens[start:end], at_end=True)
    return _trim_marks(tokens, start, end)


def _trim_marks(tokens: Sequence[Token], start: int, end: int) -> tuple[int, int]:
    while start < end and (tokens[start].text in MARKS or _is_number(tokens[start])):
        start += 1
    while start < end and tokens[end - 1].text in MARKS:
        end -= 1
    return start, end


def _is_number(token: Token) -> bool:
    return token.text.isdigit()


def _size_at(phrases: Sequence[Words], tokens: Sequence[Token], *, at_end: bool) -> int:
    """Count the tokens of the longest phrase at one end; the whole heading is no opener or closer."""
    words = tuple(token.word for token in tokens)
    for phrase in phrases:
        found = words[-len(phrase) :] if at_end else words[: len(phrase)]
        if found == phrase and len(phrase) < len(words):
            return len(phrase)
    return 0


def _only_names(tokens: Sequence[Token], start: int, end: int) -> tuple[Name, ...]:
    part = tokens[:end]
    if start >= end or _is_group(part[start:]):
        return ()
    names, reached = read_names(part, start)
    known = [name for name in names if name.known is not None and name.known.kind != UNSPECIFIED]
    return names if reached == end and len(known) == len(names) and _is_named(part, start) else ()


def _is_group(tokens: Sequence[Token]) -> bool:
    """Tell "Individual agency", "Multi-agency", which gather headings, from somebody who acts."""
    return " ".join(token.word for token in tokens) in GROUPS


def _is_named(tokens: Sequence[Token], start: int) -> bool:
    """Headings begin with a capital; a line that does not is the middle of a sentence."""
    return any(token.capital for token in tokens[start : start + 3])
