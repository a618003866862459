"""Names and numbers as people write them: ids, suggestions, counts, and what a spreadsheet made of a name."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any


def counted(number: int, singular: str) -> str:
    """Give "1 review" or "12 reviews"."""
    return f"{number:,} {singular}" if number == 1 else f"{number:,} {singular}s"


def few(names: Sequence[str], most: int = 3, joint: str = ", ") -> str:
    """List the first names: "a, b, c, …"."""
    return joint.join([*names[:most], *(["…"] if len(names) > most else [])])


def printable(name: object) -> str:
    r"""Give a name or message as valid Unicode on one line: line ends as \n, bytes not in UTF-8 as \xff."""
    return "".join(c if c.isprintable() else _escaped(c) for c in str(name))


def _escaped(character: str) -> str:
    # Python maps an undecodable byte 0xNN of a name to the lone surrogate U+DCNN (PEP 383).
    if "\udc80" <= character <= "\udcff":
        return f"\\x{ord(character) - 0xDC00:02x}"
    return character.encode("unicode_escape").decode()


LIKE = 0.75
"""Likeness from which a name may be another one mistyped.

Grows: "helth" is no "health" any more; at 0.6 "zeppelin" was a name that happened to be there.
"""
SHOWN = 3


def slug(name: str) -> str:
    """Give a name in lower-case ASCII with hyphens: "Children’s voice" → "childrens-voice"."""
    plain = unicodedata.normalize("NFKD", name.replace("’", "'")).encode("ascii", "ignore").decode().lower()
    kept = (one if one.isalnum() else " " for one in plain.replace("'", ""))
    return "-".join("".join(kept).split()) or "theme"


def unique(name: str, taken: set[str], form: str = "{}-{}") -> str:
    """Give the name itself, or with the first number from 2 that is free; and take it, in small letters."""
    found, number = name, 2
    while found.casefold() in taken:
        found, number = form.format(name, number), number + 1
    taken.add(found.casefold())
    return found


def nearest(wanted: str, names: Iterable[str], most: int = SHOWN) -> list[str]:
    """Give the names that are most like one, the likeliest first; all are compared as they are."""
    from difflib import get_close_matches  # here, as few commands suggest anything

    return get_close_matches(wanted, sorted(set(names)), most, LIKE)


def suggestions(wanted: str, names: Iterable[str], most: int = SHOWN) -> list[str]:
    """Give the names that a mistyped one may have meant, by the likeness of all or of some of their words."""
    owners: dict[str, list[str]] = {}
    length = len(wanted.split())
    for name in sorted(set(names)):
        words = name.split()
        # Who types "Norwick" means the board of that name.
        runs = (" ".join(words[start : start + length]) for start in range(len(words) - length + 1))
        for part in (name, *(runs if length else ())):
            owners.setdefault(part, []).append(name)
    near = nearest(wanted, owners, most)
    return list(dict.fromkeys(name for part in near for name in owners[part]))[:most]


def checked_entry(
    entry: Mapping[str, Any], texts: Sequence[str], lists: Sequence[str], others: Sequence[str] = ()
) -> dict[str, Any]:
    """Give the values of a table of TOML by their keys, white space tidied; `others` are taken as they are.

    Raises `ValueError` that says what to write for an unknown key, and for what is no text or list of texts.
    """
    known = (*texts, *lists, *others)
    found: dict[str, Any] = {}
    for key, value in entry.items():
        if key not in known:
            raise ValueError(f"unknown key {key!r}; known are {', '.join(known)}")
        found[key] = value
        if key in texts:
            if not isinstance(value, str):
                raise ValueError(f"{key} is one text between double quotes, not {value!r}")
            found[key] = " ".join(value.split())
        elif key in lists:
            if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
                raise ValueError(f'{key} is a list of texts: {key} = ["…", "…"]')
            found[key] = tuple(dict.fromkeys(" ".join(one.split()) for one in value))
            if "" in found[key]:
                raise ValueError(f"{key} has an empty text in it; take it out")
    return found


BYTE_ORDER_MARK = "\ufeff"
_SPECIAL = re.compile(r"[^\x00-\x7f]+")


def mend(text: str) -> str:
    """Undo that UTF-8 was read as Windows-1252 and saved as UTF-8: "â€™" is ’ again.

    Why: Excel does so with a file without a byte order mark that is opened by a double click. No text that
    was meant is touched: special characters that stand together would have to spell others in UTF-8, and
    such as Windows-1252 has.
    """

    def mended(found: re.Match[str]) -> str:
        # The five bytes without a meaning in Windows-1252 go through Excel as U+0081 and so on.
        codes = (one.encode("cp1252" if in_windows(one) else "latin-1") for one in found[0])
        try:
            plain = b"".join(codes).decode("utf-8")
        except UnicodeError:
            return found[0]
        return plain if all(map(in_windows, plain.removeprefix(BYTE_ORDER_MARK))) else found[0]

    return _SPECIAL.sub(mended, text)


def in_windows(character: str) -> bool:
    """Tell whether Windows-1252 has a character."""
    try:
        character.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return True


# Numerals ------------------------------------------------------------------------------------------


def roman(number: int) -> str:
    """Write 1 to 399 in small roman numerals."""
    hundreds, rest = divmod(number, 100)
    tens = ("", "x", "xx", "xxx", "xl", "l", "lx", "lxx", "lxxx", "xc")[rest // 10]
    return "c" * hundreds + tens + ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")[rest % 10]


ROMANS = {roman(number): number for number in range(1, 90)}
"""Small roman numerals and what they count."""


def count(number: int, style: str) -> str:
    """Write the number of a list item in its list's style: "1", "a", "A", "i" or "I"."""
    if style in ("a", "A") and 0 < number <= 78:
        return chr(ord(style) + (number - 1) % 26) * ((number - 1) // 26 + 1)
    if style in ("i", "I") and 0 < number < 400:
        return roman(number) if style == "i" else roman(number).upper()
    return str(number)


def follows(number: str, after: str) -> bool:
    """Tell whether a printed number comes right after another of its kind: 6 and 7, b and c, iii and iv."""
    if number and after and number[0].isdecimal() and after[0].isdecimal():
        (*first, one), (*second, two) = number.split("."), after.split(".")
        return first == second and one.isdecimal() and two.isdecimal() and int(two) == int(one) + 1
    before, lower = number.lower(), after.lower()
    letters = len(before) == len(lower) == 1 and ord(lower) == ord(before) + 1
    return letters or (before in ROMANS and ROMANS.get(lower) == ROMANS[before] + 1)


def goes_on(before: str, number: str) -> bool:
    """Tell whether a printed number begins a count or comes right after another."""
    return number.rpartition(".")[2].lower() in ("1", "a", "i") or follows(before, number)
