"""UTF-8 that was read as Windows-1252: "â€™" is ’ again."""

import re

BYTE_ORDER_MARK = "\ufeff"
_SPECIAL = re.compile(r"[^\x00-\x7f]+")


def mend(text: str) -> str:
    """Undo that UTF-8 was read as Windows-1252 and saved as UTF-8: "â€™" is ’ again.

    Why: Excel does so with a file without a byte order mark that is opened by a double click. No text that
    was meant is touched: special characters that stand together would have to spell others in UTF-8, and
    such as Windows-1252 has.
    """
    return _SPECIAL.sub(lambda found: _mended(found[0]), text)


def in_windows(character: str) -> bool:
    """Tell whether Windows-1252 has a character."""
    try:
        character.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return True


def _mended(characters: str) -> str:
    try:
        mended = b"".join(map(_windows_byte, characters)).decode("utf-8")
    except UnicodeError:
        return characters
    return mended if all(map(in_windows, mended.removeprefix(BYTE_ORDER_MARK))) else characters


def _windows_byte(character: str) -> bytes:
    # The five bytes without a meaning in Windows-1252 go through Excel as U+0081 and so on.
    return character.encode("cp1252" if in_windows(character) else "latin-1")
