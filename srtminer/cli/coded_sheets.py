"""From coded sheets to codes that can be compared."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from srtminer.cli.session import Session
from srtminer.codebooks import Codebook
from srtminer.errors import UsageError
from srtminer.evaluation.codings import NONE, Pair
from srtminer.model import Theme, ThemeTable
from srtminer.read.file_kinds import printable
from srtminer.read.table_rows import Row, Rows, read_filled
from srtminer.render.figures import counted

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


def coded(session: Session, sheet: Path, names: Names) -> Coding:
    """Read a sheet; raises `UsageError` if it is none. What is not coded is left out, and told."""
    rows = _rows(sheet, names)
    kept = {item: code for item, row in rows.items() if (code := _code(row.cell(THEME), names))}
    if len(kept) < len(rows):
        session.note(f"{printable(sheet)}: {counted(len(rows) - len(kept), 'row')} not coded, left out")
    if names.shown:
        _tell_unknown(session, sheet, kept.values(), names)
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


def compared(session: Session, first: Coding, second: Coding) -> tuple[Pair, ...]:
    """Pair the codes of two coders; tells how many of either's sheet the other does not have."""
    both = [item for item in first.codes if item in second.codes]
    for one, other in ((first, second), (second, first)):
        missing = len(one.codes) - len(both)
        if missing and one.rows:  # the program has codes for all there is, but no sheet
            number = counted(missing, "recommendation")
            session.note(f"{number} of {one.file} not coded by {other.file} and left out")
    return tuple(Pair(item, first.codes[item], second.codes[item]) for item in both)


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


def _tell_unknown(session: Session, sheet: Path, codes: Iterable[str], names: Names) -> None:
    unknown = Counter(code for code in codes if code != NONE and code not in names.shown)
    if unknown:
        some = "; ".join(sorted(unknown)[:_SOME]) + ("; …" if len(unknown) > _SOME else "")
        session.note(
            f"{printable(sheet)}: {counted(unknown.total(), 'row')} with a code that is not a "
            f"theme ({some}): "
            "they count as disagreements, even if only the spelling differs"
        )
