"""`srtminer evaluate`: coding sheets, and the codes in them compared."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from srtminer.cli.mining import chosen_codebook, mine
from srtminer.cli.output import Form, emit_csv, require_output, target_of, write
from srtminer.cli.selection import load_recommendations
from srtminer.cli.session import Session, progress
from srtminer.codebooks import Codebook
from srtminer.codebooks.codebook_format import merged
from srtminer.errors import NothingToAnalyse, UsageError
from srtminer.evaluation import NONE, Coded, stratified
from srtminer.model import Recommendation, Theme, ThemeTable
from srtminer.options import ThemeOptions
from srtminer.read.file_kinds import printable
from srtminer.read.table_rows import Row, Rows, read_filled
from srtminer.render.agreement import CODERS, Shown, agreement_result, coding_sheet, themes_to_choose
from srtminer.render.catalogue import Catalogue
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
        session.note(f"{printable(sheet)}: {counted(len(rows) - len(codes), 'row')} without a code, left out")
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
            session.note(f"{left_out} of {one.file} left out, as {by} gave them no code")
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
            f"{coding.file}: “{shown.get(code, code)}” in {counted(counts.pop(code), 'row')} is not a "
            f"theme, but close to “{shown.get(near[code], near[code])}”; add --near to take it for that"
        )
    if counts and names.shown:
        some = few(sorted(counts), _SOME, "; ")
        session.note(
            f"{coding.file}: {counted(counts.total(), 'row')} with a code that is not a "
            f"theme ({some}): they count as disagreements"
        )


def _plain(text: str) -> str:
    return " ".join(text.removeprefix("'").replace("’", "'").split()).casefold()


PROGRAM = "srtminer"
"""What the program is called as a coder."""


def evaluate(
    session: Session,
    sheets: tuple[Path, ...] = (),
    sample: int | None = None,
    seed: int = 0,
    near: bool = False,
    themes: int | None = None,
    codebook: str | None = None,
    where: tuple[str, ...] = (),
    form: Form | None = None,
    output: Path | None = None,
) -> None:
    """Run `srtminer evaluate`."""
    if bool(sheets) is (sample is not None):
        raise UsageError("give either a coded sheet, or --sample N and --output FILE to draw one")
    if len(sheets) > len(CODERS):
        raise UsageError(f"give {len(CODERS)} sheets at most")
    if len(sheets) > 1 and (where or themes is not None):
        raise UsageError("--where and --themes do not apply to several sheets; leave them out")
    target = None if sample is not None else target_of(session, form, output)
    if target is None:
        _check_sheet(session, form, output)
    chosen = chosen_codebook(codebook, themes)
    book = merged(chosen) if chosen else None
    table = None
    if len(sheets) <= 1:
        for sheet in sheets:
            read_sheet(sheet)
        found = load_recommendations(session, where)
        table = mine(session, found, ThemeOptions(n_themes=themes), book)
        if sample is not None and output is not None:
            return _draw(session, table, found.catalogue, book, sample, seed, output)
    if target is not None:
        write(session, target, agreement_result(_compared(session, sheets, table, book, seed, near=near)))
    return None


def _check_sheet(session: Session, form: Form | None, output: Path | None) -> None:
    if output is None or output.suffix.lower() != ".csv" or form not in (None, "csv"):
        raise UsageError("a sheet is a CSV file; name it with --output sheet.csv")
    for file in (output, _themes_file(output)):
        require_output(session, file)
        if file.exists():
            raise UsageError(
                f"{file} exists already and may have been coded; name another file with --output"
            )


def _themes_file(sheet: Path) -> Path:
    return sheet.with_name(f"{sheet.stem}-themes.csv")


def _draw(
    session: Session,
    table: ThemeTable,
    catalogue: Catalogue,
    codebook: Codebook | None,
    number: int,
    seed: int,
    sheet: Path,
) -> None:
    drawn = _sample(table, number, seed)
    themes_file = _themes_file(sheet)
    emit_csv(themes_to_choose(table, codebook), themes_file)
    emit_csv(coding_sheet(drawn, catalogue), sheet)
    if len(drawn) < number:
        session.note(f"there are only {counted(len(drawn), 'recommendation')}, and all are in the sheet")
    if codebook is None:
        session.note(
            "themes change with new reviews; `srtminer codebook init` writes a codebook that keeps them"
        )
    session.note(f"wrote {sheet}; fill in its column theme with names from {themes_file}, or none")


def _sample(table: ThemeTable, number: int, seed: int) -> list[Recommendation]:
    groups = {theme.id: theme.members for theme in table.themes} | {NONE: table.unthemed}
    by_id = {one.id: one for members in groups.values() for one in members}
    ids = {group: [one.id for one in members] for group, members in groups.items()}
    return [by_id[one] for one in stratified(ids, number, seed)]


def _compared(
    session: Session,
    sheets: Sequence[Path],
    table: ThemeTable | None,
    codebook: Codebook | None,
    seed: int,
    *,
    near: bool,
) -> Shown:
    names = Names.of(codebook, table.themes if table else ())
    codings = [read_coding(session, sheet, names) for sheet in sheets]
    known, meant = spelled(codings, names), near_misses(codings, names)
    if near:
        taken = [{item: meant.get(code, code) for item, code in one.codes.items()} for one in codings]
        codings = [replace(one, codes=codes) for one, codes in zip(codings, taken, strict=True)]
    for one in codings:
        tell_strangers(session, one, {} if near else meant, names, known)
    if table is not None:
        codes = {one.id: theme.id for theme in table.themes for one in theme.members}
        codings.append(Coding(PROGRAM, codes | {one.id: NONE for one in table.unthemed}, {}))
    coded = compared(session, codings)
    if not coded:
        raise NothingToAnalyse(
            f"no recommendation is coded in {'both' if len(codings) == 2 else 'all'}; fill in the column "
            "theme, and repeat the options with which the sheet was drawn"
        )
    with progress(session, "comparing codes"):
        from srtminer.evaluation import agreement

        found = agreement(coded, seed)
    cells = {item: row.cells for item, row in codings[0].rows.items()}
    return Shown(found, tuple(one.file for one in codings), known, cells, seed)
