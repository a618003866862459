"""`srtminer codebook merge`, `rename`, `split`, `forbid` and `undo`: a codebook changed by names."""

import shlex
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from srtminer.cli.codebook_option import read_codebook
from srtminer.cli.mining import mine
from srtminer.cli.output import emit
from srtminer.cli.resolve_theme import require_theme
from srtminer.cli.session import Session, require_other_than_store
from srtminer.errors import NothingToAnalyse, UsageError
from srtminer.options import ThemeOptions
from srtminer.render.figures import few

if TYPE_CHECKING:
    from srtminer.codebooks import Codebook

FILE = Path("codebook.toml")
PARTS = 2
SHOWN = 10
"""Themes of a codebook that an error lists."""


@dataclass(frozen=True, slots=True)
class _Edit:
    """A codebook that is being changed."""

    session: Session
    file: Path
    output: Path | None
    text: str
    book: "Codebook"

    def find(self, theme: str) -> str:
        """Find the id of a theme; raises `UsageError`."""
        names = {one.id: one.name for one in self.book.themes}
        return require_theme(theme, names, f"the codebook has {few([*names.values()], SHOWN)}")


def merge(
    session: Session,
    theme: str,
    others: tuple[str, ...],
    codebook: Path = FILE,
    output: Path | None = None,
) -> None:
    """Make themes part of another one, with their cues and examples.

    They stay in the file, so that the merger can be taken back.

    Examples:
      srtminer codebook merge "Drug misuse" "Parental alcohol misuse"
    """
    from srtminer.codebooks.edits import merged_into

    edit = _opened(session, codebook, output)
    _save(edit, merged_into(edit.text, edit.find(theme), [edit.find(other) for other in others]))


def rename(session: Session, theme: str, new: str, codebook: Path = FILE, output: Path | None = None) -> None:
    """Call a theme otherwise; it keeps its id, so that results stay comparable.

    Examples:
      srtminer codebook rename "GP" "General practice"
    """
    from srtminer.codebooks.edits import renamed

    edit = _opened(session, codebook, output)
    own_id, plain = edit.find(theme), " ".join(new.split())
    if any(one.id != own_id and one.name.casefold() == plain.casefold() for one in edit.book.themes):
        raise UsageError(
            f"a theme is called {plain!r} already; `srtminer codebook merge` makes one of the two"
        )
    _save(edit, renamed(edit.text, own_id, plain))


def split(
    session: Session, theme: str, into: int = PARTS, codebook: Path = FILE, output: Path | None = None
) -> None:
    """Part a theme by what its recommendations have in common; the largest part keeps its name.

    The other parts get names of their own; `codebook rename` changes them.

    Examples:
      srtminer codebook split "Domestic abuse"
      srtminer codebook split "Domestic abuse" --into 3
    """
    from srtminer.cli.selection import load_recommendations, remarks_of
    from srtminer.codebooks.codebook_entries import merged
    from srtminer.codebooks.draft import parted
    from srtminer.codebooks.edits import split_off

    edit = _opened(session, codebook, output)
    own_id, found, quiet = edit.find(theme), load_recommendations(session), session.silent()
    table = mine(quiet, found, ThemeOptions(), merged(edit.book))
    members = next((one.members for one in table.themes if one.id == own_id), ())
    if not members:
        raise NothingToAnalyse(f"no recommendation is in {theme!r}; there is nothing to split")
    parts = mine(quiet, replace(found, recommendations=members), ThemeOptions(n_themes=into)).themes
    if len(parts) < PARTS:
        raise NothingToAnalyse(f"{theme!r} cannot be split: {len(members)} recommendations are alike")
    kept, new = parted(edit.book, own_id, parts, members)
    _save(edit, split_off(edit.text, kept, new, remarks_of(found)))


def forbid(
    session: Session,
    name: str,
    recommendations: tuple[str, ...] = (),
    codebook: Path = FILE,
    output: Path | None = None,
) -> None:
    """Keep recommendations out of a theme; or, with words alone, keep new themes from being named so.

    Examples:
      srtminer codebook forbid "Household" "Child B (2009) 4.8"
      srtminer codebook forbid monitoring
    """
    from srtminer.cli.judgements import recommendation_named
    from srtminer.cli.selection import load_recommendations, remarks_of
    from srtminer.codebooks.edits import kept_out, with_forbidden

    edit = _opened(session, codebook, output)
    if not recommendations:
        return _save(edit, with_forbidden(edit.text, [" ".join(name.split())]))
    found = load_recommendations(session)
    ids = [recommendation_named(one, found).id for one in recommendations]
    return _save(edit, kept_out(edit.text, edit.find(name), ids, remarks_of(found)))


def undo(session: Session, codebook: Path = FILE) -> None:
    """Take back the last change of a codebook by a command; a second time, make it again.

    Examples:
      srtminer codebook undo
    """
    backup = _backup(codebook)
    if not backup.exists():
        raise UsageError(f"there is no {backup}: no command has changed {codebook}")
    _save(_opened(session, codebook, None), read_codebook(backup)[0])


EDITS: tuple[Callable[..., None], ...] = (merge, rename, split, forbid, undo)


def _opened(session: Session, file: Path, output: Path | None) -> _Edit:
    """Read a codebook that is to be changed; raises `UsageError` where it cannot be."""
    from srtminer.codebooks.parse import BUILT_IN

    require_other_than_store(session, output or file)
    if str(file) in BUILT_IN:
        copy = f"`srtminer codebook init --codebook {file} --output ours.toml`"
        raise UsageError(f"{file} comes with the program; {copy} writes a copy that can be changed")
    if output is not None and output.exists() and output.resolve() != file.resolve():
        raise UsageError(f"{output} is there already; name another file")
    return _Edit(session, file, output, *read_codebook(file))


def _save(edit: _Edit, text: str) -> None:
    """Write a changed codebook once it can be read, keep the old one, and tell what changed."""
    from srtminer.codebooks.book_changes import book_changes
    from srtminer.codebooks.parse import parse_codebook
    from srtminer.render.safe_text import visible

    session, file, target = edit.session, edit.file, edit.output or edit.file
    lines = book_changes(edit.book, parse_codebook(text, str(file), file.stem)) or ("nothing changed",)
    if edit.output is None:
        emit(edit.text, _backup(file))
    emit(text, target)
    emit("".join(f"{visible(line)}\n" for line in lines))
    named = "" if file == FILE else f" --codebook {shlex.quote(str(file))}"
    undone = "" if edit.output else f"; `{session.command(f'codebook undo{named}')}` takes it back"
    moved = session.command(f"codebook diff {shlex.quote(str(target))}")
    session.note(f"wrote {target}{undone}; `{moved}` tells what moves")


def _backup(file: Path) -> Path:
    return file.with_name(f"{file.name}~")
