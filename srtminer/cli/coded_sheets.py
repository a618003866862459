"""From coded sheets to codes that can be compared."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from srtminer.cli.session import Session
from srtminer.codebooks import Codebook
from srtminer.errors import UsageError
from srtminer.evaluation.codings import NONE, Coded
from srtminer.model import Theme
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

    @classmethod
    def of(cls, codebook: Codebook | None, themes: Iterable[Theme]) -> "Names":
        """Gather those of a codebook, and those that were found."""
        shown = {theme.id: theme.name for theme in codebook.themes} if codebook else {}
        shown |= {theme.id: theme.label for theme in themes}
        return cls(
            {_plain(name): theme for theme, name in shown.items()} | {one: one for one in shown}, shown
        )

    def code(self, cell: str) -> str:
        """Give the id of the theme that a cell names, or what it says if it is none of them."""
        plain = _plain(cell)
        return NONE if plain in NOTHING else self.by_name.get(plain, plain)


@dataclass(frozen=True, slots=True)
class Coding:
    """What one coder says."""

    file: str
    codes: Mapping[str, str]
    """Codes by the ids of the recommendations."""
    rows: Mapping[str, Row]
    """Rows of the sheet, by the same ids, those without a code too; none where there is no sheet."""


def read_sheet(sheet: Path) -> Rows:
    """Read a sheet; raises `UsageError` if a file is none."""
    table = read_filled(sheet, sheet.suffix, COLUMNS)
    for column in (ID, THEME):
        if column not in table.columns:
            raise UsageError(
                f"{printable(sheet)} has no column {column!r}; draw a sheet with "
                "`srtminer evaluate --sample 60 --output sheet.csv` and keep its columns"
            )
    return table


def read_coding(session: Session, sheet: Path, names: Names) -> Coding:
    """Read what a sheet says; what is not coded is left out, and told.

    Raises `UsageError` for a row without an id, and for two with different codes.
    """
    rows: dict[str, Row] = {}
    for row in read_sheet(sheet).rows:
        item, where = row.cell(ID).strip(), f"{printable(sheet)}, line {row.line}"
        if not item:
            raise UsageError(f"{where}: the cell id is empty; do not change that column")
        if names.code(rows.setdefault(item, row).cell(THEME)) != names.code(row.cell(THEME)):
            raise UsageError(
                f"{where}: {printable(item)} has two rows with different codes; keep one of the rows"
            )
    codes = {item: code for item, row in rows.items() if (code := names.code(row.cell(THEME)))}
    if len(codes) < len(rows):
        session.note(f"{printable(sheet)}: {counted(len(rows) - len(codes), 'row')} not coded, left out")
    return Coding(printable(sheet), codes, rows)


def spelled(codings: Iterable[Coding], names: Names) -> dict[str, str]:
    """Give how codes are shown: names of themes, and what is no theme as it is first written."""
    shown = dict(names.shown)
    for coding in codings:
        for row in coding.rows.values():
            written = row.cell(THEME).removeprefix("'")
            shown.setdefault(names.code(written), " ".join(written.split()))
    return shown


def compared(session: Session, codings: Sequence[Coding]) -> tuple[Coded, ...]:
    """Put the codes of all coders together; tells how many of a sheet another coder did not code."""
    first, *others = codings
    all_coded = [item for item in first.codes if all(item in other.codes for other in others)]
    for number, one in enumerate(codings):
        missing = len(one.codes) - len(all_coded)
        if missing and one.rows:  # the program has codes for all there is, but no sheet
            by = "another coder" if len(others) > 1 else codings[1 - number].file
            left_out = counted(missing, "recommendation")
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


def tell_strangers(
    session: Session, coding: Coding, near: Mapping[str, str], names: Names, shown: Mapping[str, str]
) -> None:
    """Say which codes are no theme: they count as disagreements; offer the themes that may be meant."""
    counts = Counter(code for code in coding.codes.values() if code not in (NONE, *names.shown))
    for code in sorted(set(counts) & set(near)):
        session.note(
            f"{coding.file}: “{shown.get(code, code)}” in {counted(counts.pop(code), 'row')} is no theme, "
            f"but near “{shown.get(near[code], near[code])}”; add --near to take it for that"
        )
    if counts and names.shown:
        some = few(sorted(counts), _SOME, "; ")
        session.note(
            f"{coding.file}: {counted(counts.total(), 'row')} with a code that is not a "
            f"theme ({some}): they count as disagreements"
        )


def _plain(text: str) -> str:
    return " ".join(text.removeprefix("'").replace("’", "'").split()).casefold()
