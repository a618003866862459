"""`srtminer codebook merge`, `rename`, `split`, `forbid` and `undo`: a codebook changed by names."""

import shlex
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
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

Edit = Callable[[str, "Codebook"], str]
"""Changes the text of a codebook, given what it says."""


@dataclass(frozen=True, slots=True)
class Files:
    """Where a codebook is read, and where it is written."""

    file: Path
    output: Path | None


def merge(
    session: Session, theme: str, others: tuple[str, ...], codebook: Path = FILE, output: Path | None = None
) -> None:
    """Make themes part of another one, with their cues and examples.

    They stay in the file, so that the merger can be taken back.

    Examples:
      srtminer codebook merge "Drug misuse" "Parental alcohol misuse"
    """
    _change(session, Files(codebook, output), partial(_merge, theme, others))


def rename(session: Session, theme: str, new: str, codebook: Path = FILE, output: Path | None = None) -> None:
    """Call a theme otherwise; it keeps its id, so that results stay comparable.

    Examples:
      srtminer codebook rename "GP" "General practice"
    """
    _change(session, Files(codebook, output), partial(_rename, theme, new))


def split(
    session: Session, theme: str, into: int = PARTS, codebook: Path = FILE, output: Path | None = None
) -> None:
    """Part a theme by what its recommendations have in common; the largest part keeps its name.

    The other parts get names of their own; `codebook rename` changes them.

    Examples:
      srtminer codebook split "Domestic abuse"
      srtminer codebook split "Domestic abuse" --into 3
    """
    _change(session, Files(codebook, output), partial(_split, session, theme, into))


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
    edit = partial(_keep_out, session, name, recommendations) if recommendations else partial(_forbid, name)
    _change(session, Files(codebook, output), edit)


def undo(session: Session, codebook: Path = FILE) -> None:
    """Take back the last change of a codebook by a command; a second time, make it again.

    Examples:
      srtminer codebook undo
    """
    backup = _backup(codebook)
    if not backup.exists():
        raise UsageError(f"there is no {backup}: no command has changed {codebook}")
    earlier, _ = read_codebook(backup)
    _change(session, Files(codebook, None), lambda text, book: earlier)


EDITS: tuple[Callable[..., None], ...] = (merge, rename, split, forbid, undo)


def _change(session: Session, files: Files, edit: Edit) -> None:
    """Write a changed codebook once it can be read, keep the old one, and tell what changed."""
    from srtminer.codebooks.book_changes import book_changes
    from srtminer.codebooks.parse import parse_codebook
    from srtminer.render.safe_text import visible

    _check(session, files)
    old, before = read_codebook(files.file)
    new = edit(old, before)
    after = parse_codebook(new, str(files.file), files.file.stem)
    if files.output is None:
        emit(old, _backup(files.file))
    target = files.output or files.file
    emit(new, target)
    lines = book_changes(before, after) or ("nothing changed",)
    emit("".join(f"{visible(line)}\n" for line in lines))
    undone = (
        "" if files.output else f"; `{session.command(f'codebook undo{_given(files.file)}')}` takes it back"
    )
    moved = session.command(f"codebook diff {shlex.quote(str(target))}")
    session.note(f"wrote {target}{undone}; `{moved}` tells what moves")


def _check(session: Session, files: Files) -> None:
    from srtminer.codebooks.parse import BUILT_IN

    require_other_than_store(session, files.output or files.file)
    if str(files.file) in BUILT_IN:
        copy = f"`srtminer codebook init --codebook {files.file} --output ours.toml`"
        raise UsageError(f"{files.file} comes with the program; {copy} writes a copy that can be changed")
    if files.output is not None and files.output.exists() and files.output.resolve() != files.file.resolve():
        raise UsageError(f"{files.output} is there already; name another file")


def _given(file: Path) -> str:
    return "" if file == FILE else f" --codebook {shlex.quote(str(file))}"


def _backup(file: Path) -> Path:
    return file.with_name(f"{file.name}~")


def _names(book: "Codebook") -> Mapping[str, str]:
    return {theme.id: theme.name for theme in book.themes}


def _find(wanted: str, book: "Codebook") -> str:
    return require_theme(wanted, _names(book), f"the codebook has {few([*_names(book).values()], SHOWN)}")


def _merge(theme: str, others: Sequence[str], text: str, book: "Codebook") -> str:
    from srtminer.codebooks.edits import merged_into

    return merged_into(text, _find(theme, book), [_find(other, book) for other in others])


def _rename(theme: str, name: str, text: str, book: "Codebook") -> str:
    from srtminer.codebooks.edits import renamed

    own_id, plain = _find(theme, book), " ".join(name.split())
    if any(known.id != own_id and known.name.casefold() == plain.casefold() for known in book.themes):
        raise UsageError(
            f"a theme is called {plain!r} already; `srtminer codebook merge` makes one of the two"
        )
    return renamed(text, own_id, plain)


def _forbid(phrase: str, text: str, book: "Codebook") -> str:
    from srtminer.codebooks.edits import with_forbidden

    return with_forbidden(text, [" ".join(phrase.split())])


def _keep_out(session: Session, theme: str, named: Sequence[str], text: str, book: "Codebook") -> str:
    from srtminer.cli.judgements import recommendation_named
    from srtminer.cli.selection import load_recommendations, remarks_of
    from srtminer.codebooks.edits import kept_out

    found = load_recommendations(session, None)
    ones = [recommendation_named(name, found) for name in named]
    return kept_out(text, _find(theme, book), [one.id for one in ones], remarks_of(found))


def _split(session: Session, theme: str, into: int, text: str, book: "Codebook") -> str:
    from srtminer.cli.selection import load_recommendations, remarks_of
    from srtminer.codebooks.codebook_entries import merged
    from srtminer.codebooks.draft import parted
    from srtminer.codebooks.edits import split_off

    own_id = _find(theme, book)
    found = load_recommendations(session, None)
    table = mine(session.silent(), found, ThemeOptions(), merged(book))
    members = next((one.members for one in table.themes if one.id == own_id), ())
    if not members:
        raise NothingToAnalyse(f"no recommendation is in {_names(book)[own_id]!r}; there is nothing to split")
    parts = mine(
        session.silent(), replace(found, recommendations=members), ThemeOptions(n_themes=into)
    ).themes
    if len(parts) < PARTS:
        raise NothingToAnalyse(
            f"{_names(book)[own_id]!r} cannot be split: {len(members)} recommendations are alike"
        )
    kept, new = parted(book, own_id, parts, members)
    return split_off(text, kept, new, remarks_of(found))
