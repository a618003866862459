"""Cells of a table that has been through a spreadsheet: what was changed, and what only happened to them.

Spreadsheets take references for numbers ("4.10" comes back as "4.1"), things like "3/4" for dates, cut cells
at 32,767 characters and save in an encoding that has not all characters. None of that is a correction.
"""

import math
import re
from collections import Counter

from srtminer.text.typed_names import in_windows, mend
from srtminer.text.words import NUMBER_OF, composed, single_spaced

CELL_LIMIT = 32_767
"""Characters of a cell in Excel, which cuts longer ones off without a word."""
SCIENTIFIC_PRECISION = 1e-4
"""How far a number may move in the form "1.23457E+17"."""
_GUARDED = re.compile(r"'\s*[=+\-@＝＋－＠\t\r]")
_ERRORS = frozenset(("#NAME?", "#VALUE!", "#REF!", "#DIV/0!", "#N/A", "#NUM!", "#NULL!"))
_HASHES = re.compile(r"#{3,}")
_TRUTHS = ("true", "false")
"""Spreadsheets write them in capitals."""
_NUMBER = re.compile(r"[+-]?\d{1,30}(?:[.,]\d{1,30})?(?:[Ee][+-]?\d{1,3})?")
_NUMBERS = re.compile(r"\d{1,4}(?:[-./]\d{1,4}){1,2}\.?")
_DATE_PARTS = re.compile(r"\d+|[^\W\d_]+")
_BETWEEN = re.compile(r"\d+")
_MINUS = str.maketrans(dict.fromkeys("\u2010\u2011\u2212", "-"))
"""Why: programs put the minus sign or a hyphen that does not break for the one that was typed."""
_MIDNIGHT = re.compile(r" 0?0:00(?::00)?$")


SPOILT = {
    "error": "{column} holds {now}, an error of the spreadsheet's",
    "cut": f"{{column}} was cut off by the spreadsheet, at {CELL_LIMIT:,} characters",
    "lost": "{column} came back with ? for characters that were not saved",
    "number": "{column} {was} came back as {now}, taken for a number by the spreadsheet; kept "
    '(to change it, put a word before it: "no. {plain}")',
    "date": "{column} {was} came back as {now}, taken for a date by the spreadsheet; kept",
}
"""What a spreadsheet may do to a cell, and what is said then."""


def compare(column: str, was: str, now: str) -> str:
    """Tell whether a cell is the "same", was "changed" on purpose, or is `SPOILT`, and how.

    `now` is as `clean_cell` gives it.
    """
    before, after = comparable(was), comparable(now)
    is_reference = column == "reference"
    if before == after or (before in _TRUTHS and before == after.lower()):
        return "same"
    if is_error(after):
        return "error"
    if len(was) > CELL_LIMIT >= len(now) > CELL_LIMIT // 2 and before.startswith(after):
        return "cut"
    if len(before) == len(after):  # "?" stands for a character that Windows-1252 has not
        pairs = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
        if all(new == "?" and not in_windows(old) for old, new in pairs):
            return "lost"
    if _same_number(before, after):
        return "number" if is_reference else "same"
    if column == "date" or (is_reference and _NUMBERS.fullmatch(before)):
        if _same_date(before, after):
            return "date" if is_reference else "same"
        if _filled_in(before, after):
            return "date"
    return "changed"


def clean_cell(cell: str, was: str = "") -> str:
    """Take off the apostrophe that guards a formula, and mend UTF-8 that was read in another encoding."""
    mended = cell if comparable(cell) == comparable(was) else mend(cell)
    if mended.startswith("'") and not was.startswith("'") and (was or _GUARDED.match(mended)):
        return mended[1:]
    return mended


def is_mangled(cell: str, was: str) -> bool:
    """Tell whether characters of a cell came back as others because its file was read in another encoding."""
    return comparable(cell) != comparable(was) and mend(cell) != cell


def comparable(text: str) -> str:
    """Make texts comparable that differ only in white space, composed accents or minus signs."""
    return single_spaced(composed(text)).translate(_MINUS)


def is_error(text: str) -> bool:
    """Tell whether a cell holds an error of the spreadsheet's in place of its text."""
    return text.strip() in _ERRORS or bool(_HASHES.fullmatch(text.strip()))


def shown(text: str, width: int = 30) -> str:
    """Give the beginning of a text between quotation marks."""
    line = single_spaced(text)
    return repr(line if len(line) <= width else f"{line[:width]}…")


def _same_number(was: str, now: str) -> bool:
    """Tell whether two cells are one number, which a spreadsheet may round: "1.23457E+17"."""
    if not (_NUMBER.fullmatch(was) and _NUMBER.fullmatch(now)):
        return False
    first, second = (float(text.replace(",", ".")) for text in (was, now))
    return math.isclose(first, second, rel_tol=SCIENTIFIC_PRECISION if "E" in now.upper() else 0.0)


def _same_date(was: str, now: str) -> bool:
    """Tell whether a date, or what looks like one, is only written in another way.

    Why the form counts: who makes "3/4/2011" into "4/3/2011" means it.
    """
    before, after = _date(was), _date(now)
    if _BETWEEN.split(was) == _BETWEEN.split(_MIDNIGHT.sub("", now)):
        return before == after != []
    return sorted(before) == sorted(after) != []


def _filled_in(was: str, now: str) -> bool:
    """Tell whether a whole date in figures is what a spreadsheet makes of one without a day or a year.

    It fills in the first day of the month, and this year: "September 2010" is 09/01/10, "3/4" 03/04/2026.
    """
    before, after = Counter(_date(was)), Counter(_date(now))
    filled = [*(after - before).elements()]
    if before.total() != 2 or after.total() != 3 or any(map(str.isalpha, now)):
        return False
    year = _date(now)[0 if re.match(r"\d{4}", now) else -1]
    return filled in ([1], [year])


def _date(text: str) -> list[int]:
    """Give the two or three numbers of a date, months as such and years without their century, or nothing."""
    parts = _DATE_PARTS.findall(_MIDNIGHT.sub("", text))
    numbers = [int(part) % 100 if part.isdecimal() else NUMBER_OF.get(part[:3].lower()) for part in parts]
    known = [number for number in numbers if number is not None]
    return known if 2 <= len(known) == len(parts) <= 3 else []
