"""How near texts are to one text in meaning, and which words they share with it."""

from srtminer.model import Encoded
from srtminer.vectors.encoder import encode
from srtminer.vectors.stems import stem
from srtminer.vectors.terms import is_term, plain_stems
from srtminer.vectors.tokens import tokens


def similarities(text: str, texts: Encoded) -> list[float]:
    """Give the cosine of each of the texts with `text`, the mean of both views of the encoder; -1 to 1."""
    asked = encode([text])
    frozen, tuned = texts.frozen @ asked.frozen[0], texts.tuned @ asked.tuned[0]
    cosines: list[float] = ((frozen + tuned) / 2).tolist()
    return cosines


def shared_words(text: str, other: str) -> tuple[tuple[int, int], ...]:
    """Give where in `other` the content words of `text` stand, in any inflection: (start, end) each."""
    known = set(plain_stems(text))
    return tuple(
        (token.start, token.end) for token in tokens(other) if is_term(token.key) and stem(token.key) in known
    )
