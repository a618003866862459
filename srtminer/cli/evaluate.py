"""`srtminer evaluate`: coding sheets, and the codes in them compared."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from srtminer.cli.output import Form, emit_csv, require_output, target_of, write
from srtminer.cli.selection import load_recommendations
from srtminer.cli.session import Session, progress
from srtminer.cli.themes import chosen_codebook, mine
from srtminer.codebooks import Codebook
from srtminer.codebooks.codebook_format import merged
from srtminer.errors import NothingToAnalyse, UsageError
from srtminer.evaluation import NONE, Codes, stratified
from srtminer.model import ThemeOptions, ThemeTable
from srtminer.read.table_rows import Row, Rows, read_filled
from srtminer.render.agreement import CODERS, SHEET, Shown, agreement_result, coding_sheet, themes_to_choose
from srtminer.render.wording import Catalogue
from srtminer.text.names import counted, few, nearest, printable
from srtminer.text.words import plain_words

ID, THEME = "id", "theme"
NOTHING = frozenset(["none", "no theme", "-", "–", "n/a"])
"""What coders write for what fits no theme."""
SHOWN = 5
"""Codes that a note lists."""
PROGRAM = "srtminer"
"""What the program is called as a coder."""

Names = Mapping[str, str]
"""Ids of themes by their names and ids, in small letters."""


@dataclass(frozen=True, slots=True)
class Coding:
    """What one coder says."""

    file: str
    codes: Mapping[str, str]
    """Codes by the ids of the recommendations."""
    rows: Mapping[str, Row]
    """Rows of the sheet, by the same ids, those without a code too; none where there is no sheet."""


def evaluate(
    session: Session,
    sheets: tuple[Path, ...] = (),
    sample: int | None = None,
    seed: int = 0,
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
        _require_new(session, form, output)
    chosen = chosen_codebook(codebook, themes)
    book, table = merged(chosen) if chosen else None, None
    if len(sheets) <= 1:
        for sheet in sheets:
            _read(sheet)
        found = load_recommendations(session, where)
        table = mine(session, found, ThemeOptions(n_themes=themes), book)
        if sample is not None and output is not None:
            return _draw(session, table, found.catalogue, book, sample, seed, output)
    if target is not None:
        write(session, target, agreement_result(_compared(session, sheets, table, book, seed)))
    return None


def _require_new(session: Session, form: Form | None, output: Path | None) -> None:
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
    """Write a sheet of a sample that has its share of each theme, and the themes to choose from."""
    groups = {theme.id: theme.members for theme in table.themes} | {NONE: table.unthemed}
    by_id = {one.id: one for members in groups.values() for one in members}
    ids = {group: [one.id for one in members] for group, members in groups.items()}
    drawn = [by_id[one] for one in stratified(ids, number, seed)]
    themes_file = _themes_file(sheet)
    emit_csv(themes_to_choose(table, codebook), themes_file)
    emit_csv(coding_sheet(drawn, catalogue), sheet)
    if len(drawn) < number:
        session.note(f"the sheet has only {counted(len(drawn), 'recommendation')}: all there are")
    if codebook is None:
        session.note(
            "themes change with new reviews; `srtminer codebook init` writes a codebook that keeps them"
        )
    session.note(f"wrote {sheet}; fill in its column theme with names from {themes_file}, or none")


def _compared(
    session: Session, sheets: Sequence[Path], table: ThemeTable | None, codebook: Codebook | None, seed: int
) -> Shown:
    """Read the sheets and compare them, with the themes if there are any."""
    shown = {theme.id: theme.name for theme in codebook.themes} if codebook else {}
    shown |= {theme.id: theme.label for theme in table.themes} if table else {}
    names = {_plain(name): theme for theme, name in shown.items()} | {one: one for one in shown}
    codings = [_read_coding(session, sheet, names) for sheet in sheets]
    for written in (row.cell(THEME).removeprefix("'") for one in codings for row in one.rows.values()):
        shown.setdefault(_code(written, names), " ".join(written.split()))
    _tell_strangers(session, codings, names, shown)
    if table is not None:
        codes = {one.id: theme.id for theme in table.themes for one in theme.members}
        codings.append(Coding(PROGRAM, codes | {one.id: NONE for one in table.unthemed}, {}))
    coded = _coded_by_all(session, codings)
    if not coded:
        raise NothingToAnalyse(
            f"no recommendation is coded in {'both' if len(codings) == 2 else 'all'}; fill in the column "
            "theme, and repeat the options with which the sheet was drawn"
        )
    with progress(session, "comparing codes"):
        from srtminer.evaluation import agreement

        found = agreement(coded, seed)
    cells = {item: row.cells for item, row in codings[0].rows.items()}
    return Shown(found, tuple(one.file for one in codings), shown, cells, seed)


def _read(sheet: Path) -> Rows:
    advice = "draw a sheet with `srtminer evaluate --sample 60 --output sheet.csv` and keep its columns"
    return read_filled(sheet, [column.name for column in SHEET], (ID, THEME), advice)


def _read_coding(session: Session, sheet: Path, names: Names) -> Coding:
    """Read what a sheet says; what is not coded is left out, and told.

    Raises `UsageError` for a row without an id, and for two with different codes.
    """
    rows: dict[str, Row] = {}
    for row in _read(sheet).rows:
        item, where = row.cell(ID).strip(), f"{printable(sheet)}, line {row.line}"
        if not item:
            raise UsageError(f"{where}: the cell id is empty; do not change that column")
        if _code(rows.setdefault(item, row).cell(THEME), names) != _code(row.cell(THEME), names):
            raise UsageError(
                f"{where}: {printable(item)} has two rows with different codes; keep one of the rows"
            )
    codes = {item: code for item, row in rows.items() if (code := _code(row.cell(THEME), names))}
    if len(codes) < len(rows):
        session.note(f"{printable(sheet)}: {counted(len(rows) - len(codes), 'row')} without a code, left out")
    return Coding(printable(sheet), codes, rows)


def _code(cell: str, names: Names) -> str:
    """Give the id of the theme that a cell names, or what it says if it is none of them."""
    plain = _plain(cell)
    return NONE if plain in NOTHING else names.get(plain, plain)


def _plain(text: str) -> str:
    return " ".join(text.removeprefix("'").replace("’", "'").split()).casefold()


def _coded_by_all(session: Session, codings: Sequence[Coding]) -> dict[str, Codes]:
    """Put the codes of all coders together; tells how many of a sheet another coder did not code."""
    first, *others = codings
    shared = [item for item in first.codes if all(item in other.codes for other in others)]
    for number, one in enumerate(codings):
        missing = len(one.codes) - len(shared)
        if missing and one.rows:  # the program has codes for all there is, but no sheet
            by = "another coder" if len(others) > 1 else codings[1 - number].file
            left_out = counted(missing, "recommendation")
            session.note(f"{left_out} of {one.file} left out, as {by} gave them no code")
    return {item: tuple(one.codes[item] for one in codings) for item in shared}


def _tell_strangers(
    session: Session, codings: Sequence[Coding], names: Names, shown: Mapping[str, str]
) -> None:
    """Say which codes are not themes, and which theme, or code of another coder, each may have meant."""
    known = dict(names)
    for one in codings:
        counts = Counter(code for code in one.codes.values() if code not in (NONE, *known.values()))
        told = {}
        for code in sorted(counts, key=lambda code: (-counts[code], code)):
            # "theme 1" is not "theme 2" mistyped
            near = [known[name] for name in nearest(code, known) if _numbers(name) == _numbers(code)]
            if near or names:
                meant = f", did you mean “{shown.get(near[0], near[0])}”?" if near else ""
                told[code] = f"“{shown.get(code, code)}” ({counted(counts[code], 'row')}{meant})"
            else:
                known[code] = code
        if told:
            listed = few([*told.values()], SHOWN, "; ")
            codes = f"{counted(len(told), 'code')} not among the themes, counted as disagreement"
            session.note(f"{one.file}: {codes}: {listed}")


def _numbers(name: str) -> list[str]:
    return [word for word in plain_words(name) if word.isdecimal()]
