"""Characters as they come out of documents, made into plain text."""

import re

LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
SPACES = "\t\x0b\x0c\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
INVISIBLE = (
    "\u200b\u200c\u200d\u2060\ufeff\xad\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)

HYPHEN_AT_LINE_END = "\ufffe"
"""What PDFium gives for a hyphen at a line's end (also U+0002)."""

_TABLE = {
    **{ord(key): value for key, value in LIGATURES.items()},
    **{ord(space): " " for space in SPACES},
    **{ord(mark): None for mark in INVISIBLE},
    **{
        code: None
        for code in (*range(0x00, 0x09), *range(0x0E, 0x20), *range(0x7F, 0x85), *range(0x86, 0xA0))
    },
    **{code: None for code in range(0xD800, 0xE000)},  # lone surrogates cannot be stored as UTF-8
    0x2010: "-",
    0x2011: "-",
    0xFFFE: "-",
    0xFFFF: None,
}
_RUN_OF_SPACES = re.compile(r" {2,}")


def clean(text: str) -> str:
    """Give one line of text without ligatures, odd spaces, control and invisible characters.

    Bidirectional controls go too: they can make a sentence read differently from what it says.
    """
    return _RUN_OF_SPACES.sub(" ", text.translate(_TABLE)).strip()
