"""Bytes become text, text becomes plain lines, and the lines of a paragraph one text."""

import codecs
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from unicodedata import category

from srtminer.model import Skipped

CONTROL_SHARE = 0.01
"""More control characters than this share of all: not text. Grown, it lets more binaries through."""

_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_ALLOWED_CONTROLS = frozenset("\t\n\r\x0b\x0c\x1a\x85")


class NotText(Exception):
    """The bytes are no text; the message says why, for the user."""


def decoded(path: Path) -> str | Skipped:
    """Read a file of text, or say why it cannot be read as such."""
    try:
        return decode(path.read_bytes())
    except OSError as error:
        return Skipped(str(path), f"cannot be read: {error.strerror}")
    except NotText as error:
        return Skipped(str(path), f"{path.name} is not text: {error}")


def decode(data: bytes) -> str:
    """Decode bytes, line ends made plain; raises `NotText`.

    Windows-1252 has five bytes without a meaning; they become U+FFFD, so that they can be seen.
    """
    text = _decode(data)
    if "\0" in text:
        raise NotText("it contains NUL bytes")
    controls = (n for c, n in Counter(text).items() if category(c) == "Cc" and c not in _ALLOWED_CONTROLS)
    if sum(controls) > CONTROL_SHARE * len(text):
        raise NotText("it contains many control characters")
    if not text.strip(" \t\r\n\x0b\x0c\x1a\ufeff"):
        raise NotText("it is empty" if not data else "it holds nothing but white space")
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")


def _decode(data: bytes) -> str:
    for mark, encoding in _MARKS.items():
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError as error:
                name = encoding.removesuffix("-sig").upper()
                raise NotText(f"its byte order mark says {name}, its bytes do not keep to it") from error
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
SPACES = "\t\x0b\x0c\x85\xa0\u1680\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
INVISIBLE = "\u200b\u2060\ufeff\xad"
JOINERS, DIRECTIONS = "\u200c\u200d", "\u200e\u200f"
BIDIRECTIONAL = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
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
_UNSEEN_MARKS = frozenset(JOINERS + DIRECTIONS)
# Beyond Latin: a joiner beside a Latin letter joins nothing, and would hide the word from every pattern.
_IDLE_JOINER = re.compile(f"[{JOINERS}](?![^\0-\u024f])|(?<![^\0-\u024f])[{JOINERS}]")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_ODD = re.compile(f"[{re.escape(''.join(map(chr, _TABLE)))}]")
_NO_DIRECTIONS = dict.fromkeys(map(ord, DIRECTIONS))
SPACED = 0.35
"""A larger share of spaces than words have."""
FEWEST_SPACED = 5
"""Letters. Why: "A B C D" heads the columns of a table. Two spaces part words."""
_LETTERS = re.compile(r"(?<!\S)[^\W\d_](?: [^\W\d_])+(?!\S)")


def is_letter_spaced(text: str) -> bool:
    """Tell a heading typed with a space after each letter: "F I N D I N G S"."""
    is_sparse = text.count(" ") > SPACED * len(text)
    return is_sparse and any(len(run) >= 2 * FEWEST_SPACED - 1 for run in _LETTERS.findall(text))


def clean(text: str) -> str:
    """Give one line of text without ligatures, odd spaces, control and invisible characters.

    Bidirectional controls go too: they can make a sentence read differently from what it says. Joiners stay
    where they join, in Persian or between emoji, and marks of direction where a word runs to the left.
    """
    plain = text
    if not (text.isascii() and text.isprintable()):  # most lines have nothing odd
        plain = text.translate(_TABLE) if _ODD.search(text) else text
        if not _UNSEEN_MARKS.isdisjoint(plain):
            plain = _IDLE_JOINER.sub("", plain)
            plain = plain if _RIGHT_TO_LEFT.search(plain) else plain.translate(_NO_DIRECTIONS)
    if is_letter_spaced(plain):
        plain = _LETTERS.sub(lambda match: match[0].replace(" ", ""), plain)
    return " ".join(plain.split())


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank."""

    text: str
    page: int
    """1-based."""
    gap: int = 0
    """Number of blank lines above it."""
    fields: tuple[str, ...] = ()
    """What tabs divide, empty fields too; empty if there is no tab between words."""
    number: str = ""
    """The printed number of a row of a table."""
    cells: tuple[tuple[str, str], ...] = ()
    """(header, text) of each cell, if the line is a row of a table."""


def split_lines(text: str) -> tuple[tuple[Line, ...], int]:
    """Split decoded text into lines; the second value is the number of pages."""
    pages = text.rstrip("\f\n ").split("\f")
    lines: list[Line] = []
    gap = 0
    for number, page in enumerate(pages, start=1):
        for raw in page.removesuffix("\n").split("\n"):
            if cleaned := clean(raw):
                fields = tuple(map(clean, raw.split("\t"))) if "\t" in raw.strip() else ()
                lines.append(Line(cleaned, number, gap if lines else 0, fields))
            gap = 0 if cleaned else gap + 1
    return tuple(lines), max(len(pages), 1)


_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")


def broken_words(lines: Sequence[str]) -> frozenset[str]:
    """Find the words, broken at a line's end, that stand elsewhere more often whole than with a hyphen."""
    halves = {_halves(above, below) for above, below in pairwise(lines) if _is_hyphened(above, below)}
    text = " ".join(lines).lower() if halves else ""
    whole = ((left, right) for left, right in halves if left + right in text)
    return frozenset(a + b for a, b in whole if text.count(a + b) > text.count(f"{a}-{b}"))


def join_lines(lines: Sequence[str], broken: frozenset[str]) -> str:
    """Join lines to one string; a hyphen at a line's end goes if the word is one of the broken ones."""
    parts = list(lines[:1])
    for above, below in pairwise(lines):
        if not _is_hyphened(above, below):
            parts.append(" ")
        elif below[0].islower() and "".join(_halves(above, below)) in broken:
            parts[-1] = parts[-1][:-1]
        parts.append(below)
    return "".join(parts)


def _is_hyphened(above: str, below: str) -> bool:
    """Tell a hyphen that belongs to the word below from a dash and from "short- and long-term"."""
    return above.endswith("-") and above[-2:-1].isalnum() and not below.startswith(("and ", "or ", "to "))


def _halves(above: str, below: str) -> tuple[str, str]:
    first = below.split(maxsplit=1)[0]
    start = match[0] if (match := _WORD.match(first)) else first
    return above[-60:-1].split()[-1].lstrip("‘“'\"(").lower(), start.lower()
