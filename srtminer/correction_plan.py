"""An edited table set against what it was exported from: what the analyst wants, review by review.

Spreadsheets take references for numbers ("4.10" comes back as "4.1"), things like "3/4" for dates, cut cells
at 32,767 characters and save in an encoding that has not all characters. None of that is a correction.
"""

import hashlib
import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from srtminer.corrections import differences
from srtminer.model import BY_HAND, Agency, Correction, Recommendation, Review
from srtminer.text.names import few, in_windows, mend, unique
from srtminer.text.words import NUMBER_OF, composed, single_spaced

ID, REVIEW, TEXT = "id", "review", "text"
EDITABLE = ("text", "reference", "agency", "lead", "date", "page", "last_page")
"""Columns whose changes are taken over."""
_FOLLOWING = ("citation", "agency_kind", "corrected")
"""Columns that follow from others, and differ from the export as soon as a correction has been applied."""

LAST_PAGE = 99_999
"""Of a text, which may be typed from paper."""
_PAGE = re.compile(r"(?:pp?\.? ?|pages? )?(\d{1,5})(?:\.0+)?", re.IGNORECASE)
_MANGLED = (
    "characters such as “ or ’ came back as â€œ or â€™; the spreadsheet read the file in another encoding "
    "than UTF-8; kept as they were"
)


Cells = Mapping[str, str]
"""By the names of the columns that a table has, lower case."""
Remark = tuple[int, str]
"""The line of a row, and what happened to it."""


def summarised(remarks: Iterable[Remark]) -> tuple[str, ...]:
    """Say each thing once, and to which rows it happened."""
    lines: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for line, text in remarks:
        lines[text][str(line)] = None
    return tuple(f"line{'s' * (len(at) > 1)} {few([*at])}: {text}" for text, at in lines.items())


@dataclass(frozen=True, slots=True)
class Sheet:
    """A review as an export of it shows it."""

    review: Review
    current: tuple[Recommendation, ...]
    deleted: tuple[Recommendation, ...]
    """What was found, and taken out by an earlier correction."""
    cells: Mapping[str, Cells]
    """Of each recommendation, current or deleted, by its id."""
    kept: frozenset[str] = frozenset()
    """Ids of what is not deleted by having no row."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What the analyst wants of a review."""

    review_id: str
    seen: tuple[Recommendation, ...]
    """What it was compared with."""
    wanted: tuple[Recommendation, ...]
    changes: tuple[Correction, ...]
    """In the order of their places in the review."""
    remarks: tuple[Remark, ...]


def plan(sheet: Sheet, rows: Iterable[tuple[int, Cells]], kind_of: Callable[[str], str]) -> Plan:
    """Compare the rows of a review, given with their lines in the file, with what the store holds of it.

    A row is known by its id. A second row of an id is a part of it, split off; one without an id is new,
    unless the review has the same words already. What has no row is deleted. `kind_of` gives the kind of an
    agency by its name. Raises `ValueError` that names the line for a row without a text.
    """
    draft = _Draft(sheet, kind_of)
    for line, cells in rows:
        draft.take(line, cells)
    unlisted = (one for one in sheet.current if one.id in sheet.kept and one.id not in draft.lines)
    wanted = tuple(sorted((*draft.wanted, *unlisted), key=lambda one: (one.start, one.end)))
    changes = tuple(
        replace(one, line=draft.lines.get(one.after.id) if one.after else None)
        for one in differences(sheet.current, wanted)
    )
    return Plan(sheet.review.id, sheet.current, wanted, changes, tuple(draft.remarks))


def taken_back(plan: Plan) -> Plan:
    """Turn the kept corrections of a review round: what stands once they are taken back."""

    def turned_round(one: Correction) -> Correction:
        only_theirs = one.before is None or (one.after is not None and not one.fits)  # or not found any more
        return Correction(one.after, None if only_theirs else one.before, one.fits or only_theirs)

    return replace(plan, changes=tuple(map(turned_round, plan.changes)))


class _Draft:
    """A plan while its rows are read."""

    def __init__(self, sheet: Sheet, kind_of: Callable[[str], str]) -> None:
        self.wanted: list[Recommendation] = []
        self.remarks: list[Remark] = []
        self.lines: dict[str, int] = {}
        """Of the rows, by the ids of what they became."""
        self._sheet, self._kind_of = sheet, kind_of
        self._known = {one.id: one for one in (*sheet.deleted, *sheet.current)}

    def take(self, line: int, cells: Cells) -> None:
        """Read one row."""
        origin = known = self._known.get(cells.get(ID, "").strip())
        text = _text(line, cells, known)
        if known is None or known.id in self.lines:
            # What has the same words already, so that a table that is applied twice adds nothing.
            words, all_of = single_spaced(text), (*self.wanted, *self._sheet.current)
            same = [one for one in all_of if single_spaced(one.text) == words]
            known = next((one for one in same if one.id not in self.lines), None)
            if same and known is None:
                self.remarks.append((line, "the same text as in another row; left out"))
                return
        one = self._edited(line, cells, text, known) if known else self._new(line, cells, text, origin)
        self.lines[one.id] = line
        self.wanted.append(one)

    def _edited(self, line: int, cells: Cells, text: str, base: Recommendation) -> Recommendation:
        """Give a recommendation as a row has it."""
        changed = dict(self._fields(line, self._changed(line, cells, base), base))
        if TEXT in changed or not base.text:
            changed |= {TEXT: text, **self._place(text, base)}
        return replace(base, **changed)

    def _new(self, line: int, cells: Cells, text: str, origin: Recommendation | None) -> Recommendation:
        """Make a recommendation of a row: a part of its origin, or a new one after that of the row before."""
        before = self.wanted[-1] if self.wanted else None
        place, page = (before.end, before.last_page) if before else (0, 1)
        heading = before.heading if before else ()
        base = origin or Recommendation("", self._sheet.review.id, (), place, place, "", page, page, heading)
        new = self._edited(line, cells, text, base)
        if new.start < new.end and base.start == base.end and not cells.get("page", "").strip():
            paragraphs = self._sheet.review.paragraphs
            page = max((one.page for one in paragraphs if one.start <= new.start), default=1)
            new = replace(new, page=page, last_page=page)
        # as those are named that are found
        digest = hashlib.sha256(single_spaced(text).encode()).hexdigest()[:8]
        own_id = unique(f"{self._sheet.review.id}-{digest}", {*self._known, *self.lines})
        return replace(new, id=own_id, rule=BY_HAND)

    def _changed(self, line: int, cells: Cells, base: Recommendation) -> Cells:
        """Give the cells of a row that the analyst changed, of those that can be corrected."""
        exported = self._sheet.cells.get(base.id) or dict.fromkeys(EDITABLE, "")
        changed = {}
        for column in (name for name in exported if name in cells):
            was, cell = exported[column], cells[column]
            if comparable(cell) != comparable(was) and mend(cell) != cell:
                self.remarks.append((line, _MANGLED))
            now = clean_cell(cell, was)
            outcome = compare(column, was, now)
            if outcome == "spoilt":
                self.remarks.append((line, SPOILT.format(column)))
            elif outcome == "changed":
                changed[column] = now
        for column in sorted(changed.keys() - {*EDITABLE, ID, REVIEW, *_FOLLOWING}):
            if cells[column].strip():  # a row without an id may leave the others empty
                self.remarks.append((line, f"the column {column} cannot be corrected here; left as it was"))
        return {column: changed[column] for column in EDITABLE if column in changed}

    def _fields(self, line: int, cells: Cells, known: Recommendation) -> Iterator[tuple[str, Any]]:
        """Turn the cells of a row into fields."""
        if TEXT in cells:
            yield TEXT, cells[TEXT]
        if "reference" in cells:
            yield "references", _list(cells["reference"])
        if "agency" in cells:
            had = {agency.name: agency for agency in known.agencies}
            names = [name.replace("’", "'") for name in _list(cells["agency"])]
            yield "agencies", tuple(had.get(name) or Agency(name, self._kind_of(name)) for name in names)
        for field in ("lead", "date"):
            if field in cells:
                yield field, single_spaced(cells[field])
        review, numbers = self._sheet.review, {}
        last_one = review.page_count if review.format == "pdf" else LAST_PAGE
        for column in ("page", "last_page"):
            cell = cells.get(column, "").strip()
            match = _PAGE.fullmatch(cell)
            if match and 1 <= int(match[1]) <= last_one:
                numbers[column] = int(match[1])
            elif cell:
                self.remarks.append((line, f"the file has no {column} {cell!r}; left as it was"))
        if numbers:
            page = numbers.get("page", known.page)
            yield "page", page
            yield "last_page", max(page, numbers.get("last_page", known.last_page if known.id else page))

    def _place(self, text: str, near: Recommendation) -> dict[str, int]:
        """Say where a text stands in the review: exactly, if it is there, else at the place it came from."""
        whole = self._sheet.review.text
        start = whole.find(text, near.start, near.end) if near.end > near.start else whole.find(text)
        return {} if start < 0 else {"start": start, "end": start + len(text)}


def _text(line: int, cells: Cells, known: Recommendation | None) -> str:
    """Give the text of a row, its lines tidied; that of the export if the table has no such column."""
    text = clean_cell(cells.get(TEXT, ""), known.text if known else "")
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(map(single_spaced, text.split("\n"))).strip())
    if not text or (known is None and is_error(text)):
        raise ValueError(
            f"line {line}: no text, or an error of the spreadsheet's in its place; write the text, "
            "or delete the row to delete the recommendation"
        )
    return text


def _list(cell: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, map(single_spaced, cell.split(";")))))


CELL_LIMIT = 32_767
"""Characters of a cell in Excel, which cuts longer ones off without a word."""
SCIENTIFIC_PRECISION = 1e-4
"""How far a number may move in the form "1.23457E+17"."""
_FORMULA = tuple("=+-@＝＋－＠")
_ERRORS = frozenset(("#NAME?", "#VALUE!", "#REF!", "#DIV/0!", "#N/A", "#NUM!", "#NULL!"))
_TRUTHS = ("true", "false")
"""Spreadsheets write them in capitals."""
_NUMBER = re.compile(r"[+-]?\d{1,30}(?:[.,]\d{1,30})?(?:[Ee][+-]?\d{1,3})?")
_NUMBERS = re.compile(r"\d{1,4}(?:[-./]\d{1,4}){1,2}\.?")
_DATE_PARTS = re.compile(r"\d+|[^\W\d_]+")
_BETWEEN = re.compile(r"\d+")
_MINUS = str.maketrans(dict.fromkeys("\u2010\u2011\u2212", "-"))
"""Why: programs put the minus sign or a hyphen that does not break for the one that was typed."""
_MIDNIGHT = re.compile(r" 0?0:00(?::00)?$")


SPOILT = (
    "{} was damaged by the spreadsheet; kept as it was (to change a number or date on purpose, put a word "
    "before it, as in “no. 4.1”)"
)


def compare(column: str, was: str, now: str) -> Literal["same", "changed", "spoilt"]:
    """Tell whether a cell is the same, or was changed by the analyst or, for the worse, by the spreadsheet.

    `now` is as `clean_cell` gives it.
    """
    before, after = comparable(was), comparable(now)
    is_reference = column == "reference"
    if before == after or (before in _TRUTHS and before == after.lower()):
        return "same"
    is_date = column == "date" or (is_reference and _NUMBERS.fullmatch(before))
    date = _same_date(before, after) if is_date else ""
    if _same_number(before, after) or date == "written otherwise":
        return "spoilt" if is_reference else "same"
    cut_off = len(was) > CELL_LIMIT >= len(now) > CELL_LIMIT // 2 and before.startswith(after)
    # "?" stands for a character that Windows-1252 has not
    lost = len(before) == len(after) and all(
        old == new or (new == "?" and not in_windows(old)) for old, new in zip(before, after, strict=True)
    )
    return "spoilt" if is_error(after) or cut_off or lost or date == "filled in" else "changed"


def clean_cell(cell: str, was: str = "") -> str:
    """Take off the apostrophe that guards a formula, and mend UTF-8 that was read in another encoding."""
    mended = cell if comparable(cell) == comparable(was) else mend(cell)
    rest = mended[1:]
    guarded = bool(was) or rest.startswith(("\t", "\r")) or rest.lstrip().startswith(_FORMULA)
    return rest if mended.startswith("'") and not was.startswith("'") and guarded else mended


def comparable(text: str) -> str:
    """Make texts comparable that differ only in white space, composed accents or minus signs."""
    return single_spaced(composed(text)).translate(_MINUS)


def is_error(text: str) -> bool:
    """Tell whether a cell holds an error of the spreadsheet's in place of its text."""
    bare = text.strip()
    return bare in _ERRORS or (len(bare) > 2 and not bare.strip("#"))


def _same_number(was: str, now: str) -> bool:
    """Tell whether two cells are one number, which a spreadsheet may round: "1.23457E+17"."""
    if not (_NUMBER.fullmatch(was) and _NUMBER.fullmatch(now)):
        return False
    first, second = (float(text.replace(",", ".")) for text in (was, now))
    return math.isclose(first, second, rel_tol=SCIENTIFIC_PRECISION if "E" in now.upper() else 0.0)


def _same_date(was: str, now: str) -> Literal["written otherwise", "filled in", ""]:
    """Tell whether a date, or what looks like one, is the same as a spreadsheet writes it.

    It may fill in the first day of the month, or this year: "September 2010" is 09/01/10, "3/4" 03/04/2026.
    Why the form counts: who makes "3/4/2011" into "4/3/2011" means it.
    """
    before, after = _date(was), _date(now)
    if _BETWEEN.split(was) == _BETWEEN.split(_MIDNIGHT.sub("", now)):
        return "written otherwise" if before == after != [] else ""
    if sorted(before) == sorted(after) != []:
        return "written otherwise"
    if (len(before), len(after)) != (2, 3) or any(map(str.isalpha, now)):
        return ""
    year = after[0 if re.match(r"\d{4}", now) else -1]
    return "filled in" if [*(Counter(after) - Counter(before)).elements()] in ([1], [year]) else ""


def _date(text: str) -> list[int]:
    """Give the two or three numbers of a date, months as such and years without their century, or nothing."""
    parts = _DATE_PARTS.findall(_MIDNIGHT.sub("", text))
    numbers = [int(part) % 100 if part.isdecimal() else NUMBER_OF.get(part[:3].lower()) for part in parts]
    known = [number for number in numbers if number is not None]
    return known if 2 <= len(known) == len(parts) <= 3 else []
