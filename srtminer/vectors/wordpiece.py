"""A text becomes the numbers of its word pieces, as BERT's uncased models were trained on them.

Method: Wu et al., 2016, "Google's Neural Machine Translation System", section 4.1; the longest piece first.
Why our own: the library of the model's makers gives the same numbers and weighs 4 MB, in Rust.
"""

import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

LONGEST = 256
"""Pieces of a text, with those at both ends; what comes after is cut off, as it was in training."""
LONGEST_WORD = 100
"""Characters of a word that is looked for in the vocabulary; one of more is unknown."""
CJK = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x2CEAF), (0x2F800, 0x2FA1F))
"""Characters that are a word each."""


def pieces(text: str) -> list[int]:
    """Give the numbers of a text's pieces between those of [CLS] and [SEP], `LONGEST` at most."""
    numbers = _vocabulary()
    found: list[int] = []
    for word in _words(text):
        found.extend(_pieces_of(word))
        if len(found) >= LONGEST - 2:
            break
    return [numbers["[CLS]"], *found[: LONGEST - 2], numbers["[SEP]"]]


@cache
def _vocabulary() -> dict[str, int]:
    lines = (files("srtminer") / "data" / "minilm" / "vocab.txt").read_text(encoding="utf-8").split("\n")
    return {piece: number for number, piece in enumerate(lines) if piece}


@cache
def _pieces_of(word: str) -> tuple[int, ...]:
    """Cut a word into the longest pieces that are known; [UNK] where some part of it is not."""
    numbers = _vocabulary()
    if len(word) > LONGEST_WORD:
        return (numbers["[UNK]"],)
    found: list[int] = []
    start = 0
    while start < len(word):
        known = (
            (end, numbers[piece])
            for end in range(len(word), start, -1)
            if (piece := ("##" if start else "") + word[start:end]) in numbers
        )
        start, number = next(known, (0, None))
        if number is None:
            return (numbers["[UNK]"],)
        found.append(number)
    return tuple(found)


def _words(text: str) -> Iterator[str]:
    """Give words and single marks in reading order: small letters without accents."""
    spaced = "".join(map(_spaced, text))
    letters = unicodedata.normalize("NFD", spaced)
    for chunk in "".join(c.lower() for c in letters if unicodedata.category(c) != "Mn").split():
        word = ""
        for character in chunk:
            if _is_mark(character):
                if word:
                    yield word
                yield character
                word = ""
            else:
                word += character
        if word:
            yield word


@cache
def _spaced(character: str) -> str:
    """Drop what is no text, make every space a plain one, and set a character of Chinese apart."""
    if character in "\t\n\r" or unicodedata.category(character) == "Zs":
        return " "
    if character == "\ufffd" or unicodedata.category(character) in ("Cc", "Cf", "Co", "Cs"):
        return ""
    return f" {character} " if any(first <= ord(character) <= last for first, last in CJK) else character


@cache
def _is_mark(character: str) -> bool:
    return (character.isascii() and not character.isalnum()) or unicodedata.category(character)[0] == "P"
