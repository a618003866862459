"""`srtminer codebook`: themes written to a file, changed by name, and what moves by it."""

import shlex
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

import typer

from srtminer.cli.commands import COMMANDS, HELP, PlainCommand, PlainGroup, as_job, texts
from srtminer.cli.output import Target, emit, require_output, write
from srtminer.cli.selection import load, load_recommendations, recommendation_named, remarks_of, require_theme
from srtminer.cli.session import Session, is_missing
from srtminer.cli.themes import (
    chosen_codebook,
    last_run,
    load_codebook,
    mine,
    read_codebook,
    remember_run,
    run_key,
    tell_notes,
)
from srtminer.codebooks import Codebook, CodebookTheme
from srtminer.codebooks.codebook_changes import book_changes, difference, run_of
from srtminer.codebooks.codebook_drafts import Known, draft, from_codes, parted, placed
from srtminer.codebooks.codebook_format import BUILT_IN, merged, parse_codebook
from srtminer.codebooks.codebook_writing import rewritten, to_toml
from srtminer.errors import NothingToAnalyse, UsageError
from srtminer.model import ThemeOptions
from srtminer.render.changes import diff_result
from srtminer.render.safe_text import visible
from srtminer.text.names import counted, few

FILE = Path("codebook.toml")
PARTS = 2
SHOWN = 10
"""Themes of a codebook that an error lists."""
EXAMPLES = 100
"""Recommendations by which a theme is shown in a new codebook.

Grows: more of them stay where they are whatever happens, and the file gets longer.
"""

codebook = typer.Typer(
    help=next(entry.help for entry in COMMANDS if entry.name == "codebook"),
    context_settings=HELP,
    rich_markup_mode=None,
    add_completion=False,
    cls=PlainGroup,
)


def init(
    session: Session,
    output: Path = FILE,
    codebook: str | None = None,
    themes: int | None = None,
    examples: int = EXAMPLES,
    replace: bool = False,
) -> None:
    """Run `srtminer codebook init`."""
    _check_new(session, output, replace)
    found = load_recommendations(session)
    known = chosen_codebook(codebook, themes)
    table = mine(session, found, ThemeOptions(n_themes=themes), known)
    tell_notes(session, table)
    drafted = draft(table, found.recommendations, output.stem, examples, known)
    if not drafted.themes:
        raise NothingToAnalyse("there are no themes yet; see `srtminer themes`")
    emit(to_toml(drafted, shlex.quote(output.name), remarks_of(found)), output)
    options, quiet = ThemeOptions(), session.silent()
    remember_run(quiet, run_key(drafted, options), mine(quiet, found, options, drafted))
    session.note(f"wrote {output}: {len(drafted.themes)} themes; edit it, then {_next(session, output)}")


def diff(session: Session, target: Target, codebook: str = str(FILE), other: str = "") -> None:
    """Run `srtminer codebook diff`."""
    book = load_codebook(other or codebook)
    changes = book_changes(load_codebook(codebook), book) if other else ()
    if other and is_missing(session.store):
        write(session, target, diff_result((), {}, changes))
        return
    found = load_recommendations(session)
    before = last_run(session.opened(), run_key(book, ThemeOptions()))
    if other:
        before = run_of(mine(session.silent(), found, ThemeOptions(), load_codebook(codebook)))
    if before is None:
        again = session.command(f"themes --codebook {_quoted(Path(codebook))}")
        raise NothingToAnalyse(f"nothing has been assigned with {book.title!r} yet; run `{again}` first")
    moved = difference(before, run_of(mine(session, found, ThemeOptions(), book)))
    write(session, target, diff_result(moved, remarks_of(found), changes))


def import_(session: Session, project: Path, output: Path = FILE, replace: bool = False) -> None:
    """Run `srtminer codebook import`."""
    from srtminer.export.qdpx import file_name, guid, read_project

    _check_new(session, output, replace)
    codes, selections = read_project(project)
    found = None if is_missing(session.store) else load(session)
    names = found.catalogue.names if found else {}
    ones = found.everything if found else ()
    known = [
        Known(one.id, guid("selection", one.id), file_name(names[one.review_id]), one.text) for one in ones
    ]
    coded = placed(selections, known)
    book = from_codes(codes, output.stem, coded)
    if not book.themes:
        raise NothingToAnalyse(f"{project} has no code that applies to text; nothing was written")
    emit(to_toml(book, shlex.quote(output.name), remarks_of(found) if found else {}), output)
    if texts := len({example for example, _ in coded} - {one.id for one in ones}):
        passages = counted(texts, "coded passage")
        session.note(f"kept {passages} as text: not among the recommendations of {session.store}")
    session.note(f"wrote {output}: {len(book.themes)} themes; add cues, then {_next(session, output)}")


def _check_new(session: Session, output: Path, replace: bool) -> None:
    require_output(session, output, endings=(".toml",), what="a codebook is a TOML file")
    if output.exists() and not replace:
        raise UsageError(f"{output} exists already; name another file, or add --replace")


def _next(session: Session, output: Path) -> str:
    return f"`{session.command(f'themes --codebook {_quoted(output)}')}`"


@dataclass(frozen=True, slots=True)
class _Edit:
    """A codebook that is to be changed."""

    session: Session
    file: Path
    text: str
    book: Codebook

    @classmethod
    def of(cls, session: Session, file: Path) -> "_Edit":
        """Read it; raises `UsageError` where it cannot be written."""
        require_output(session, file)
        if str(file) in BUILT_IN:
            copy = f"`srtminer codebook init --codebook {file} --output ours.toml`"
            raise UsageError(f"{file} comes with the program; {copy} writes a copy that can be changed")
        return cls(session, file, *read_codebook(file))

    def find(self, theme: str) -> CodebookTheme:
        """Find a theme; raises `UsageError`."""
        names = {one.id: one.name for one in self.book.themes}
        advice = f"the codebook has {few([*names.values()], SHOWN)}"
        if theme.endswith(FILE.suffix):
            advice = "the codebook's file is named with --codebook FILE"
        own_id = require_theme(theme, names, advice)
        return next(one for one in self.book.themes if one.id == own_id)

    def change(self, book: Codebook, remarks: Mapping[str, str] = MappingProxyType({})) -> None:
        """Write the codebook as it is to be."""
        self.save(rewritten(self.text, self.book, book, remarks))

    def save(self, text: str) -> None:
        """Write a changed file once it can be read, keep the old one, and tell what changed."""
        file, command = self.file, self.session.command
        lines = book_changes(self.book, parse_codebook(text, str(file), file.stem)) or ("nothing changed",)
        emit(self.text, _backup(file))
        emit(text, file)
        emit("".join(f"{visible(line)}\n" for line in lines))
        undone = command("codebook undo" if file == FILE else f"codebook undo --codebook {_quoted(file)}")
        moved = command(f"codebook diff {_quoted(file)}")
        self.session.note(f"wrote {file}; `{undone}` undoes this; `{moved}` shows what moves")


def _quoted(file: Path) -> str:
    return shlex.quote(str(file))


def _backup(file: Path) -> Path:
    return file.with_name(f"{file.name}~")


def merge(session: Session, theme: str, others: tuple[str, ...], codebook: Path = FILE) -> None:
    """Run `srtminer codebook merge`."""
    edit = _Edit.of(session, codebook)
    whole, parts = edit.find(theme), (edit.find(other).id for other in others)
    edit.change(edit.book.changed(replace(whole, merge=(*whole.merge, *parts))))


def rename(session: Session, theme: str, new: str, codebook: Path = FILE) -> None:
    """Run `srtminer codebook rename`."""
    edit = _Edit.of(session, codebook)
    old, plain = edit.find(theme), " ".join(new.split())
    if any(one.id != old.id and one.name.casefold() == plain.casefold() for one in edit.book.themes):
        raise UsageError(
            f"there is already a theme called {plain!r}; `srtminer codebook merge` combines the two"
        )
    edit.change(edit.book.changed(replace(old, name=plain)))


def split(session: Session, theme: str, into: int = PARTS, codebook: Path = FILE) -> None:
    """Run `srtminer codebook split`."""
    edit = _Edit.of(session, codebook)
    own_id, found, quiet = edit.find(theme).id, load_recommendations(session), session.silent()
    table = mine(quiet, found, ThemeOptions(), merged(edit.book))
    members = next((one.members for one in table.themes if one.id == own_id), ())
    if not members:
        raise NothingToAnalyse(f"no recommendation is in {theme!r}; there is nothing to split")
    parts = mine(quiet, replace(found, recommendations=members), ThemeOptions(n_themes=into)).themes
    if len(parts) < PARTS:
        raise NothingToAnalyse(f"{theme!r} cannot be split: its {len(members)} recommendations are alike")
    edit.change(parted(edit.book, own_id, parts, members), remarks_of(found))


def forbid(session: Session, name: str, recommendations: tuple[str, ...] = (), codebook: Path = FILE) -> None:
    """Run `srtminer codebook forbid`."""
    edit = _Edit.of(session, codebook)
    if recommendations:
        theme, found = edit.find(name), load_recommendations(session)
        out = [recommendation_named(one, found).id for one in recommendations]
        examples, also = (tuple(one for one in ids if one not in out) for ids in (theme.examples, theme.also))
        theme = replace(theme, examples=examples, also=also, never=(*theme.never, *out))
        edit.change(edit.book.changed(theme), remarks_of(found))
        return
    words = " ".join(name.split())
    edit.change(replace(edit.book, forbid=(*edit.book.forbid, words)))
    for one in edit.book.themes:
        if words.casefold() in one.name.casefold():
            session.note(f"the theme “{one.name}” stays; `srtminer codebook rename` gives it another name")


def undo(session: Session, codebook: Path = FILE) -> None:
    """Run `srtminer codebook undo`."""
    backup = _backup(codebook)
    if not backup.exists():
        raise UsageError(f"there is no {backup}: no command has changed {codebook}")
    _Edit.of(session, codebook).save(read_codebook(backup)[0])


for _command in (init, diff, merge, rename, split, forbid, undo, import_):
    _name = _command.__name__.rstrip("_")
    codebook.command(name=_name, cls=PlainCommand)(as_job(_command, texts()["codebook"][_name]))
