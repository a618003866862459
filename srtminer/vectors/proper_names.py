"""Which words are names: of people, places, organisations and laws."""

import re

from srtminer.text.words import Token

CAPITAL_NEXT = re.compile(r" [^\W\d_a-z]\w")
"""Why: "Oakshire County visits" opens with a name, "Fathers should" does not."""


def is_name(text: str, token: Token) -> bool:
    """Tell whether a word is a name: a capital that opens no sentence, or one before another."""
    if not text[token.start].isupper():
        return False
    before = text[max(0, token.start - 4) : token.start].rstrip(" \t\"'“‘(•–-")
    opens = not before or before[-1] in ".:;!?\n"
    return not opens or CAPITAL_NEXT.match(text, token.end) is not None
