"""Characters as they come out of documents, made into plain text."""

import re

LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
SPACES = "\t\x0b\x0c\x85\xa0\u1680\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\xad"
BIDIRECTIONAL = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
CONTROL = "".join(map(chr, (*range(0x20), *range(0x7F, 0xA0))))
SURROGATES = range(0xD800, 0xE000)  # alone they cannot be stored as UTF-8

HYPHEN_AT_LINE_END = "\ufffe"
"""What PDFium gives for a hyphen at a line's end (also U+0002)."""

_TABLE: dict[int, str | None] = {
    **dict.fromkeys(map(ord, CONTROL + INVISIBLE + BIDIRECTIONAL + "\uffff")),
    **dict.fromkeys(SURROGATES),
    **dict.fromkeys(map(ord, SPACES), " "),
    **dict.fromkeys(map(ord, "\u2010\u2011" + HYPHEN_AT_LINE_END), "-"),
    **{ord(ligature): letters for ligature, letters in LIGATURES.items()},
}
_ODD = re.compile(f"[{re.escape(''.join(map(chr, _TABLE)))}]")
SPACED = 0.35
"""A larger share of spaces than words have."""
# Why five: "A B C D" heads the columns of a table. Two spaces part words.
_LETTER_SPACED = re.compile(r"(?<!\S)[^\W\d_](?: [^\W\d_]){4,}(?!\S)")
_LETTERS = re.compile(r"(?<!\S)[^\W\d_](?: [^\W\d_])+(?!\S)")
_RUN_OF_SPACES = re.compile(r" {2,}")


def is_letter_spaced(text: str) -> bool:
    """Tell a heading typed with a space after each letter: "F I N D I N G S"."""
    return text.count(" ") > SPACED * len(text) and bool(_LETTER_SPACED.search(text))


def clean(text: str) -> str:
    """Give one line of text without ligatures, odd spaces, control and invisible characters.

    Bidirectional controls go too: they can make a sentence read differently from what it says.
    """
    plain = text.translate(_TABLE) if _ODD.search(text) else text  # most lines have nothing odd
    if is_letter_spaced(plain):
        plain = _LETTERS.sub(lambda match: match[0].replace(" ", ""), plain)
    return (_RUN_OF_SPACES.sub(" ", plain) if "  " in plain else plain).strip()
