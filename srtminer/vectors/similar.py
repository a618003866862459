"""How similar texts are to one text, and which words they share with it."""

from collections.abc import Sequence

from srtminer.vectors.matrix import term_matrix
from srtminer.vectors.stems import stem
from srtminer.vectors.terms import is_term, plain_stems
from srtminer.vectors.tokens import tokens


def similarities(text: str, texts: Sequence[str]) -> list[float]:
    """Give the cosine of each text's TF-IDF row with that of `text`, 0 to 1; 0 where they share no term."""
    matrix = term_matrix([text, *texts]).matrix
    cosines: list[float] = (matrix[1:] @ matrix[[0]].T).toarray().ravel().tolist()
    return cosines


def shared_words(text: str, other: str) -> tuple[tuple[int, int], ...]:
    """Give where in `other` the content words of `text` stand, in any inflection: (start, end) each."""
    known = set(plain_stems(text))
    return tuple(
        (token.start, token.end) for token in tokens(other) if is_term(token.key) and stem(token.key) in known
    )
