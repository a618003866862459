"""UTF-8 that was read as Windows-1252 or Latin-1: "â€™" is ’ again."""

import re
from collections.abc import Iterator

_MEANINGLESS = b"\x81\x8d\x8f\x90\x9d"
"""Bytes that are no character in Windows-1252."""
_CONTINUED = "".join(bytes((byte,)).decode("cp1252", "ignore") for byte in range(0x80, 0xC0))
_NOT_MORE = f"(?![{re.escape(_CONTINUED)}])"
"""Why: "â€" is all that is left of ”, but the beginning of "â€™" as well."""


def mend(text: str) -> str:
    """Undo that UTF-8 was read as Windows-1252 and saved as UTF-8: "â€™" is ’ again.

    Why: Excel does so with a file without a byte order mark that is opened by a double click. No text that
    was meant is touched: it would have to spell valid UTF-8 in every one of its special characters.
    """
    if text.isascii():
        return text
    try:
        return b"".join(map(_windows_byte, text)).decode("utf-8")
    except UnicodeError:
        return text


def restore(text: str, was: str) -> str:
    """Undo that UTF-8 was read in another encoding, also in parts of a text, where it was `was` before.

    Only characters that `was` holds are put back, and only for what it does not hold: all else was meant.
    """
    special = dict.fromkeys(character for character in was if not character.isascii())
    known = {form: character for character in special for form in _mangled(character) if form not in was}
    if not known:
        return text
    longest_first = sorted(known, key=lambda form: (-len(form), form))
    forms = "|".join(re.escape(form) + _NOT_MORE * _is_short(form, known[form]) for form in longest_first)
    return re.sub(forms, lambda match: known[match[0]], text)


def in_windows(character: str) -> bool:
    """Tell whether Windows-1252 has a character."""
    try:
        character.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return True


def _windows_byte(character: str) -> bytes:
    # The five bytes without a meaning in Windows-1252 go through Excel as U+0081 and so on.
    return character.encode("cp1252" if in_windows(character) else "latin-1")


def _mangled(character: str) -> Iterator[str]:
    """List what may become of a character whose UTF-8 is read as Windows-1252 or as Latin-1.

    What has no meaning in Windows-1252 is passed on, made U+FFFD or left out, and a no-break space may
    come back as a blank.
    """
    data = character.encode("utf-8", "replace")
    passed = "".join(map(_windows_character, data))
    for form in (passed, data.decode("cp1252", "replace"), data.decode("latin-1")):
        yield form
        yield form.replace("\u00a0", " ")
    cut = data.decode("cp1252", "ignore")
    if len(cut) > 1:
        yield cut


def _is_short(form: str, character: str) -> bool:
    return len(form) < len(character.encode("utf-8", "replace"))


def _windows_character(byte: int) -> str:
    data = bytes((byte,))
    return data.decode("cp1252" if byte not in _MEANINGLESS else "latin-1")
