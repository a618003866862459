"""From coded sheets to codes that can be compared."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from srtminer.cli.session import Session
from srtminer.codebooks import Codebook
from srtminer.errors import UsageError
from srtminer.evaluation.codings import NONE, Coded
from srtminer.model import Theme, ThemeTable
from srtminer.read.file_kinds import printable
from srtminer.read.table_rows import Row, Rows, read_filled
from srtminer.render.figures import counted, few
from srtminer.text.typed_names import nearest
from srtminer.text.words import plain_words

ID, THEME = "id", "theme"
COLUMNS = ("number", ID, "review", "reference", "page", "text", THEME, "note")
"""Of a sheet."""
NOTHING = frozenset(["none", "no theme", "-", "–", "n/a"])
"""What coders write for what fits no theme."""
_SOME = 5


@dataclass(frozen=True, slots=True)
class Names:
    """The themes that a coder can name."""

    by_name: Mapping[str, str]
    """Ids by names and ids, in small letters."""
    shown: Mapping[str, str]
    """Names by ids."""


@dataclass(frozen=True, slots=True)
class Coding:
    """What one sheet says."""

    file: str
    codes: Mapping[str, str]
    """Codes by the ids of the recommendations."""
    rows: Mapping[str, Row]
    """Rows of the sheet, by the same ids, those without a code too; none where there is no sheet."""
    spelled: Mapping[str, str]
    """Codes that are no known theme, as they are first written."""


def names_of(codebook: Codebook | None, themes: Iterable[Theme]) -> Names:
    """Gather the themes that a sheet may name: those of a codebook, and those that were found."""
    shown = {theme.id: theme.name for theme in codebook.themes} if codebook else {}
    shown |= {theme.id: theme.label for theme in themes}
    by_name = {_plain(name): theme for theme, name in shown.items()}
    return Names(by_name | {theme: theme for theme in shown}, shown)


def require_sheet(sheet: Path) -> None:
    """Raise `UsageError` if a file is no sheet, before time is spent on what it is compared with."""
    _read(sheet)


def read_coding(session: Session, sheet: Path, names: Names) -> Coding:
    """Read a sheet; raises `UsageError` if it is none. What is not coded is left out, and told."""
    rows = _rows(sheet, names)
    kept = {item: code for item, row in rows.items() if (code := _code(row.cell(THEME), names))}
    if len(kept) < len(rows):
        session.note(f"{printable(sheet)}: {counted(len(rows) - len(kept), 'row')} not coded, left out")
    return Coding(printable(sheet), kept, rows, _spelled(rows.values(), names))


def _rows(sheet: Path, names: Names) -> dict[str, Row]:
    """Read the rows of a sheet by their ids; raises `UsageError` for one without, or with two codes."""
    rows: dict[str, Row] = {}
    for row in _read(sheet).rows:
        item = row.cell(ID).strip()
        if not item:
            raise UsageError(
                f"{printable(sheet)}, line {row.line}: the cell id is empty; do not change that column"
            )
        first = rows.setdefault(item, row)
        if _code(first.cell(THEME), names) != _code(row.cell(THEME), names):
            raise UsageError(
                f"{printable(sheet)}, line {row.line}: {printable(item)} has two rows with different "
                "codes; keep one of the rows"
            )
    return rows


def coded_by_program(table: ThemeTable, name: str) -> Coding:
    """Give the themes that were found as a coding."""
    codes = {one.id: theme.id for theme in table.themes for one in theme.members}
    return Coding(name, codes | {one.id: NONE for one in table.unthemed}, {}, {})


def compared(session: Session, codings: Sequence[Coding]) -> tuple[Coded, ...]:
    """Put the codes of all coders together; tells how many of a sheet another coder did not code."""
    first, *others = codings
    all_coded = [item for item in first.codes if all(item in other.codes for other in others)]
    who = "another coder" if len(others) > 1 else ""
    for number, one in enumerate(codings):
        missing = len(one.codes) - len(all_coded)
        if missing and one.rows:  # the program has codes for all there is, but no sheet
            left_out = counted(missing, "recommendation")
            by = who or codings[1 - number].file
            session.note(f"{left_out} of {one.file} not coded by {by} and left out")
    return tuple(Coded(item, tuple(one.codes[item] for one in codings)) for item in all_coded)


def near_misses(codings: Sequence[Coding], names: Names) -> dict[str, str]:
    """Give the codes that are no theme but nearly the name of one, or nearly what more coders wrote.

    The theme, or the other code, by the code.
    """
    counts = Counter(code for one in codings for code in one.codes.values())
    users = Counter(code for one in codings for code in set(one.codes.values()))
    known = dict(names.by_name) or {code: code for code in counts if users[code] > 1}
    found = {}
    for code in sorted(counts, key=lambda code: (-counts[code], code)):
        if code == NONE or code in known.values():
            continue
        near = [one for one in nearest(code, known) if _numbers(one) == _numbers(code)]
        if near:
            found[code] = known[near[0]]
        elif not names.by_name:
            known[code] = code
    return found


def _numbers(name: str) -> list[str]:
    """Why: "theme 1" is no "theme 2" mistyped."""
    return [word for word in plain_words(name) if word.isdecimal()]


def respelled(coding: Coding, near: Mapping[str, str]) -> Coding:
    """Take near misses for what they are near to."""
    return replace(coding, codes={item: near.get(code, code) for item, code in coding.codes.items()})


def tell_near(
    session: Session, codings: Sequence[Coding], near: Mapping[str, str], shown: Mapping[str, str]
) -> None:
    """Offer the names that may have been meant, with the rows that count as disagreements until then."""
    for one in codings:
        rows = Counter(code for code in one.codes.values() if code in near)
        for code, number in sorted(rows.items()):
            written = shown.get(code, code)
            session.note(
                f"{one.file}: “{written}” in {counted(number, 'row')} is no theme, but near "
                f"“{shown.get(near[code], near[code])}”; add --near to take it for that"
            )


def _read(sheet: Path) -> Rows:
    table = read_filled(sheet, sheet.suffix, COLUMNS)
    for column in (ID, THEME):
        if column not in table.columns:
            raise UsageError(
                f"{printable(sheet)} has no column {column!r}; draw a sheet with "
                "`srtminer evaluate --sample 60 --output sheet.csv` and keep its columns"
            )
    return table


def _code(cell: str, names: Names) -> str:
    """Give the id of the theme that a cell names, or what it says if it is none of them."""
    plain = _plain(cell.removeprefix("'"))
    return NONE if plain in NOTHING else names.by_name.get(plain, plain)


def _spelled(rows: Iterable[Row], names: Names) -> dict[str, str]:
    spelled: dict[str, str] = {}
    for row in rows:
        written = row.cell(THEME).removeprefix("'")
        spelled.setdefault(_code(written, names), " ".join(written.split()))
    return {code: written for code, written in spelled.items() if code not in names.shown}


def _plain(text: str) -> str:
    return " ".join(text.replace("’", "'").split()).casefold()


def tell_unknown(session: Session, coding: Coding, near: Mapping[str, str], names: Names) -> None:
    """Say which codes are no theme, nor near to the name of one."""
    strangers = (code for code in coding.codes.values() if code not in (NONE, *names.shown, *near))
    unknown = Counter(strangers)
    if unknown and names.shown:
        some = few(sorted(unknown), _SOME, "; ")
        session.note(
            f"{coding.file}: {counted(unknown.total(), 'row')} with a code that is not a "
            f"theme ({some}): they count as disagreements"
        )
