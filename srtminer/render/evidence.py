"""Why something was taken for a recommendation, in words: the rule, what speaks for and against it."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.resources import files

from srtminer.model import Explanation, Recommendation, ReviewRecord
from srtminer.render.catalogue import page_range

_WORDS = tomllib.loads((files("srtminer") / "data" / "evidence.toml").read_text(encoding="utf-8"))
REASONS: Mapping[str, str] = _WORDS["rules"]
"""Why a recommendation was taken for one, by the name of the rule that found it."""
EVIDENCE: Mapping[str, str] = _WORDS["features"]
"""What a feature of `data/series.json` says of an item."""
SHOWN = 4
"""Features for and against that people see; JSON and CSV hold all."""


def why(recommendation: Recommendation) -> str:
    """Say why it was found; of a rule without an explanation, its name."""
    rule = recommendation.rule
    return REASONS.get(rule, rule)


def evidence(explanation: Explanation | None) -> tuple[str, ...]:
    """Say what speaks for and against it, each with its share: "a cell of a table +1.8"."""
    return tuple(map(_weighed, _in_words(explanation.shares))) if explanation else ()


def printings(recommendation: Recommendation, record: ReviewRecord) -> tuple[str, ...]:
    """Give the other printings that were left out: "p. 4: The Board should …"."""
    left_out = recommendation.explanation.left_out if recommendation.explanation else ()
    return tuple(
        f"{page_range(record, page) or 'the same page'}: {' '.join(text.split())}" for page, text in left_out
    )


def told(recommendation: Recommendation, record: ReviewRecord) -> Iterator[str]:
    """Give the lines that explain a recommendation to people."""
    explanation = recommendation.explanation
    if explanation is None:
        return
    said = _in_words(explanation.shares)
    yield from _side("for it", [one for one in said if one[1] > 0])
    yield from _side("against it", [one for one in said if one[1] < 0])
    for printing in printings(recommendation, record):
        yield f"also printed on {printing}"


def _in_words(shares: Iterable[tuple[str, float]]) -> list[tuple[str, float]]:
    """Put features in words, those that say the same together, the weightiest first."""
    said: dict[str, float] = {}
    for name, share in shares:
        words = EVIDENCE.get(name, name)
        said[words] = said.get(words, 0.0) + share
    return sorted(said.items(), key=lambda one: -abs(round(one[1], 2)))


def _side(name: str, said: Sequence[tuple[str, float]]) -> Iterator[str]:
    if said:
        rest = f" and {len(said) - SHOWN} more" if len(said) > SHOWN else ""
        yield f"{name}: {'; '.join(map(_weighed, said[:SHOWN]))}{rest}"


def _weighed(said: tuple[str, float]) -> str:
    words, share = said
    return f"{words} {'+' if share > 0 else '−'}{abs(share):.1f}"
