"""Cells of a table that has been through a spreadsheet: what was changed, and what only happened to them.

Spreadsheets take references for numbers ("4.10" comes back as "4.1"), things like "3/4" for dates, cut cells
at 32,767 characters and save in an encoding that has not all characters. None of that is a correction.
"""

import math
import re
import unicodedata
from dataclasses import dataclass

from srtminer.corrections.applied import words_of
from srtminer.text.mojibake import in_windows, mend, restore
from srtminer.text.months import NUMBER_OF

CELL_LIMIT = 32_767
"""Characters of a cell in Excel, which cuts longer ones off without a word."""
SCIENTIFIC_PRECISION = 1e-4
"""How far a number may move in the form "1.23457E+17"."""
CENTURY = 2000

_GUARDED = re.compile(r"'\s*[=+\-@＝＋－＠\t\r]")
_ERRORS = frozenset(("#NAME?", "#VALUE!", "#REF!", "#DIV/0!", "#N/A", "#NUM!", "#NULL!"))
_HASHES = re.compile(r"#{3,}")
_TRUTHS = ("true", "false")
"""Spreadsheets write them in capitals."""
_NUMBER = re.compile(r"[+-]?\d{1,30}(?:[.,]\d{1,30})?(?:[Ee][+-]?\d{1,3})?")
_NUMBERS = re.compile(r"\d{1,4}(?:[-./]\d{1,4}){1,2}\.?")
_DATE_PARTS = re.compile(r"\d+|[A-Za-z]+")
_FIGURES = re.compile(r"\d+")
_DATE = re.compile(r"[\dA-Za-z ,./:-]{3,30}")
_MINUS = str.maketrans(dict.fromkeys("\u2010\u2011\u2212", "-"))
"""Why: programs put the minus sign or a hyphen that does not break for the one that was typed."""
_MIDNIGHT = re.compile(r" 0?0:00(?::00)?$")


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the analyst changed a cell, and what else to say of it."""

    changed: bool
    warning: str = ""


SAME, CHANGED = Verdict(False), Verdict(True)


def compare(column: str, was: str, now: str) -> Verdict:
    """Tell whether a cell was changed on purpose; `now` as `clean_cell` gives it."""
    before, after = comparable(was), comparable(now)
    if before == after or (before in _TRUTHS and before == after.lower()):
        return SAME
    if is_error(after):
        return Verdict(False, f"{column} holds {shown(after)}, an error of the spreadsheet's")
    if _is_cut(was, now):
        return Verdict(False, f"{column} was cut off by the spreadsheet, at {CELL_LIMIT:,} characters")
    if _lost_characters(before, after):
        return Verdict(False, f"{column} came back with ? for characters that were not saved")
    if column == "reference":
        return _reference(before, after)
    if column == "date" and _same_date(before, after):
        return SAME
    if column == "date" and _filled_in(before, after):
        return Verdict(False, _taken_for("date", before, after, "date"))
    if _is_number(before) and _is_number(after) and _equal(before, after):
        return SAME
    return CHANGED


def clean_cell(cell: str, was: str = "") -> str:
    """Take off the apostrophe that guards a formula, and mend UTF-8 that was read in another encoding."""
    mended = cell if comparable(cell) == comparable(was) else restore(mend(cell), was)
    if mended.startswith("'") and not was.startswith("'") and (was or _GUARDED.match(mended)):
        return mended[1:]
    return mended


def is_mangled(cell: str, was: str) -> bool:
    """Tell whether characters of a cell came back as others because its file was read in another encoding."""
    return comparable(cell) != comparable(was) and restore(mend(cell), was) != cell


def comparable(text: str) -> str:
    """Make texts comparable that differ only in white space, composed accents or minus signs."""
    return words_of(unicodedata.normalize("NFC", text)).translate(_MINUS)


def is_error(text: str) -> bool:
    """Tell whether a cell holds an error of the spreadsheet's in place of its text."""
    return text.strip() in _ERRORS or bool(_HASHES.fullmatch(text.strip()))


def shown(text: str, width: int = 30) -> str:
    """Give the beginning of a text between quotation marks."""
    line = words_of(text)
    return repr(line if len(line) <= width else f"{line[:width]}…")


def _reference(was: str, now: str) -> Verdict:
    """Keep a reference that a spreadsheet took for a number or a date."""
    if _is_number(was) and _is_number(now) and _equal(was, now):
        kind = "number"
    elif _NUMBERS.fullmatch(was) and (_same_date(was, now) or _filled_in(was, now)):
        kind = "date"
    else:
        return CHANGED
    advice = f' (to change it, put a word before it: "no. {now}")'
    return Verdict(False, _taken_for("reference", was, now, kind) + advice)


def _taken_for(column: str, was: str, now: str, kind: str) -> str:
    return f"{column} {shown(was)} came back as {shown(now)}, taken for a {kind} by the spreadsheet; kept"


def _is_number(text: str) -> bool:
    return bool(_NUMBER.fullmatch(text))


def _equal(was: str, now: str) -> bool:
    first, second = (float(text.replace(",", ".")) for text in (was, now))
    precision = SCIENTIFIC_PRECISION if "E" in now.upper() else 0.0
    return math.isclose(first, second, rel_tol=precision)


def _is_cut(was: str, now: str) -> bool:
    return len(was) > CELL_LIMIT >= len(now) > CELL_LIMIT // 2 and comparable(was).startswith(comparable(now))


def _lost_characters(was: str, now: str) -> bool:
    """Tell whether texts differ only in characters that Windows-1252 has not, for which "?" stands."""
    if len(was) != len(now):
        return False
    pairs = [(old, new) for old, new in zip(was, now, strict=True) if old != new]
    return all(new == "?" and not in_windows(old) for old, new in pairs)


def _same_date(was: str, now: str) -> bool:
    """Tell whether a date, or what looks like one, is only written in another way.

    Why the form counts: who makes "3/4/2011" into "4/3/2011" means it.
    """
    if _FIGURES.split(was) == _FIGURES.split(now):
        return [*map(int, _FIGURES.findall(was))] == [*map(int, _FIGURES.findall(now))]
    return bool(_dates(was) & _dates(now))


def _filled_in(was: str, now: str) -> bool:
    """Tell whether a whole date in figures is what a spreadsheet makes of one without a day or a year.

    It fills in the first day of the month, and this year: "September 2010" is 09/01/10, "3/4" 03/04/2026.
    """
    if any(character.isalpha() for character in now):
        return False
    whole = [date for date in _dates(now) if None not in date]
    return any(
        month == after[1] and year in (None, after[0]) and day in (None, after[2]) and (day or after[2] == 1)
        for year, month, day in _dates(was)
        if year is None or day is None
        for after in whole
    )


def _dates(text: str) -> set[tuple[int | None, int, int | None]]:
    """Give the (year, month, day) that a text may mean as a date, day and year being None if not said.

    "3/4/2011" may mean two; so may "Jan-12", a day or a year.
    """
    text = _MIDNIGHT.sub("", text)
    parts = _DATE_PARTS.findall(text)
    if not _DATE.fullmatch(text) or not 2 <= len(parts) <= 3:
        return set()
    figures = [part for part in parts if part.isdecimal() and len(part) <= 4]
    named = [NUMBER_OF[part[:3].lower()] for part in parts if part[:3].lower() in NUMBER_OF]
    if len(named) == 1 and len(figures) == len(parts) - 1:
        return _with_month(named[0], figures)
    return _in_figures(figures) if len(figures) == len(parts) else set()


def _with_month(month: int, figures: list[str]) -> set[tuple[int | None, int, int | None]]:
    if len(figures) == 1:
        number = int(figures[0])
        day = {(None, month, number)} if number <= 31 else set()
        return {(_year(figures[0]), month, None), *day}
    orders = ((figures[1], figures[0]), (figures[0], figures[1]))
    return {(_year(year), month, int(day)) for year, day in orders if len(day) <= 2 and 1 <= int(day) <= 31}


def _in_figures(figures: list[str]) -> set[tuple[int | None, int, int | None]]:
    if len(figures) == 2:
        pairs = ((figures[0], figures[1]), (figures[1], figures[0]))
        days = {(None, int(month), int(day)) for day, month in pairs if int(day) <= 31}
        years = {(_year(year), int(month), None) for year, month in pairs}
        return {date for date in (*days, *years) if 1 <= date[1] <= 12}
    first, second, third = figures
    orders = ((third, second, first), (third, first, second), (first, second, third))
    return {
        (_year(year), int(month), int(day))
        for year, month, day in orders
        if 1 <= int(month) <= 12 and 1 <= int(day) <= 31
    }


def _year(figures: str) -> int:
    number = int(figures)
    return number + CENTURY if len(figures) <= 2 else number
