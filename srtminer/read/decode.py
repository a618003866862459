"""Bytes become text: UTF-8, UTF-8 and UTF-16 with a byte order mark, Windows-1252."""

import codecs
from collections import Counter

CONTROL_SHARE = 0.01
"""More control characters than this share of all: not text. Grown, it lets more binaries through."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ALLOWED_CONTROLS = frozenset("\t\n\r\x0b\x0c\x1a\x85")


class NotText(Exception):
    """The bytes are no text; the message says why, for the user."""


def decode(data: bytes) -> str:
    """Decode bytes, line ends made plain; raises `NotText`.

    Windows-1252 has five bytes without a meaning; they become U+FFFD, so that they can be seen.
    """
    text = _decode(data)
    if "\0" in text:
        raise NotText("it contains NUL bytes")
    if text and _controls(text) / len(text) > CONTROL_SHARE:
        raise NotText("it contains many control characters")
    if not text.strip(" \t\r\n\x0b\x0c\x1a\ufeff"):
        raise NotText("it is empty" if not data else "it holds nothing but white space")
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")


def _decode(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decode_marked(data, encoding)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _decode_marked(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        name = encoding.removesuffix("-sig").upper()
        raise NotText(f"its byte order mark says {name}, its bytes do not keep to it") from error


def _controls(text: str) -> int:
    counts = Counter(text)
    return sum(n for character, n in counts.items() if _is_control(character))


def _is_control(character: str) -> bool:
    code = ord(character)
    return (code < 0x20 or 0x7F <= code < 0xA0) and character not in _ALLOWED_CONTROLS
