"""Runs of text that are set alike become paragraphs that know how they are set."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from srtminer.model import AS_COVERED, Omission
from srtminer.read.compose_review import Block
from srtminer.read.list_marks import split_mark
from srtminer.read.text_cleaning import clean

_COVERED = re.compile(rf"{re.escape(AS_COVERED)}(?:\s*{re.escape(AS_COVERED)})+")
"""Words that are covered run by run."""


@dataclass(frozen=True, slots=True)
class Run:
    """Text that is set alike; "\\n" is a forced line break."""

    text: str
    bold: bool = False
    italic: bool = False
    color: int = 0
    """0xRRGGBB."""
    size: float = 0.0
    """In points, 0 where the file does not say."""


class Unseen:
    """Counts the words that are left out, by kind and page."""

    def __init__(self) -> None:
        self.words: Counter[tuple[str, int]] = Counter()

    def add(self, what: str, page: int, text: str) -> None:
        """Count the words of a text; none is nothing."""
        if words := len(text.split()):
            self.words[what, page] += words

    def omissions(self) -> tuple[Omission, ...]:
        """Tell them in the order of their pages."""
        found = sorted(self.words.items(), key=lambda entry: (entry[0][1], entry[0][0]))
        return tuple(Omission(what, page, 0, words) for (what, page), words in found)


def covered(text: str) -> str:
    """Give what stands for words in the colour of what lies behind them; the spaces around them stay."""
    return text.replace(text.strip(), AS_COVERED) if text.strip() else text


def paragraphs(runs: Iterable[Run], like: Block) -> tuple[Block, ...]:
    """Make paragraphs of runs, with the role, page and level of `like`; only the first keeps its number.

    A heading is one paragraph. Any other is split at its forced line breaks, unless a sentence goes on in
    small letters. Why: title pages, addresses and typed lists ("• one<br>• two") are lines, no paragraph.
    """
    lines: list[list[Run]] = []
    for line in _lines(runs):
        text = clean("".join(run.text for run in line))
        goes_on = like.role == "heading" or (text[:1].islower() and not split_mark(text).kind)
        if text and lines and goes_on:
            lines[-1].extend((replace(lines[-1][-1], text=" "), *line))
        elif text:
            lines.append(line)
    return tuple(
        _paragraph(line, replace(like, number="") if index else like) for index, line in enumerate(lines)
    )


def _lines(runs: Iterable[Run]) -> list[list[Run]]:
    lines: list[list[Run]] = [[]]
    for run in runs:
        if "\n" not in run.text:
            lines[-1].append(run)
            continue
        first, *more = run.text.split("\n")
        lines[-1].append(replace(run, text=first))
        lines.extend([replace(run, text=text)] for text in more)
    return lines


def _paragraph(line: Sequence[Run], like: Block) -> Block:
    """A paragraph is bold or italic if all of it is; its colour and size are those of most letters."""
    inked = [run for run in line if run.text.strip()]
    looks: Counter[tuple[int, float]] = Counter()
    for run in inked:
        looks[run.color, run.size] += len(run.text)
    color, size = looks.most_common(1)[0][0]
    return replace(
        like,
        text=_COVERED.sub(AS_COVERED, clean("".join(run.text for run in line))),
        bold=all(run.bold for run in inked),
        italic=all(run.italic for run in inked),
        color=color,
        size=size,
    )
