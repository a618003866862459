"""Characters that could steer a terminal or reverse a line, made visible.

Why: readers clean what documents say, but file names, metadata files and tables of ready recommendations
reach the output as well; `\\x1b]0;…` in a file name must not rename the reader's window.
"""

_PICTURES = {code: chr(0x2400 + code) for code in range(0x20) if code not in (0x09, 0x0A)}
_OTHERS = (
    *range(0x80, 0xA0),
    *range(0xD800, 0xE000),
    *range(0x202A, 0x202F),
    *range(0x2066, 0x206A),
)

_MARKS = (0x200E, 0x200F)
"""Marks of direction. They stay in exact words; people are shown the words without them."""

_VISIBLE: dict[int, str] = {
    **_PICTURES,
    0x09: " ",
    0x7F: "\u2421",
    0x2028: "\n",
    0x2029: "\n",
    **dict.fromkeys(_OTHERS, "\ufffd"),
}

ESCAPES: dict[int, str] = {code: f"\\u{code:04x}" for code in (0x7F, 0x2028, 0x2029, *_MARKS, *_OTHERS)}
"""For JSON, whose own escapes cover only what lies below U+0020."""


_LEGAL = _VISIBLE | dict.fromkeys((0xFFFE, 0xFFFF), "\ufffd")
_SHOWN = _VISIBLE | dict.fromkeys(_MARKS, "")


def visible(text: str) -> str:
    """Replace control, bidirectional and lone surrogate characters by visible ones; newlines stay."""
    return text.translate(_SHOWN)


def one_line(text: str) -> str:
    """Give visible text with every run of white space made one space."""
    return " ".join(visible(text).split())


def begun(text: str, width: int) -> str:
    """Give the beginning of a text on one line, cut between words at about a width."""
    line = one_line(text)
    return line if len(line) <= width else f"{line[:width].rsplit(' ', 1)[0]} …"


def legal(text: str) -> str:
    """Replace what XML 1.0 forbids, one character for one, so that offsets into the text stay right."""
    return text.translate(_LEGAL)
