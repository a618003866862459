"""`srtminer codebook`: `init`, `diff` and `import`; the changes by name stand in `codebook_edits`."""

import shlex
from collections.abc import Callable
from pathlib import Path

import typer

from srtminer.cli import codebook_edits
from srtminer.cli.codebook_option import chosen_codebook, load_codebook
from srtminer.cli.commands import HELP, PlainCommand, PlainGroup
from srtminer.cli.last_run import last_run, remember_run, run_key
from srtminer.cli.mining import mine
from srtminer.cli.output import emit
from srtminer.cli.parameters import as_job
from srtminer.cli.result_output import Target, write
from srtminer.cli.session import Session, is_missing, require_other_than_store
from srtminer.errors import NothingToAnalyse, UsageError
from srtminer.options import ThemeOptions

EXAMPLES = 100
"""Recommendations by which a theme is shown in a new codebook.

Grows: more of them stay where they are whatever happens, and the file gets longer.
"""
FILE = Path("codebook.toml")
SUFFIX = ".toml"

codebook = typer.Typer(
    help="Write your themes down, so that they last: names, cues and examples in a file that you edit.",
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
    """Write the current themes to a file, to be edited and kept in version control.

    The top of the file says how to rename, merge, split, forbid and add themes.

    Examples:
      srtminer codebook init --output codebook.toml
      srtminer codebook init --codebook safeguarding --output ours.toml
    """
    from srtminer.cli.selection import load_recommendations, remarks_of
    from srtminer.codebooks.draft import draft
    from srtminer.codebooks.write import to_toml

    _check_new(session, output, replace)
    found = load_recommendations(session)
    known = chosen_codebook(codebook, themes)
    table = mine(session, found, ThemeOptions(n_themes=themes), known)
    drafted = draft(table, found.recommendations, output.stem, examples, known)
    if not drafted.themes:
        raise NothingToAnalyse("there are no themes yet; see `srtminer themes`")
    emit(to_toml(drafted, shlex.quote(output.name), remarks_of(found)), output)
    options, quiet = ThemeOptions(), session.silent()
    remember_run(quiet, run_key(drafted, options), mine(quiet, found, options, drafted))
    session.note(f"wrote {output}: {len(drafted.themes)} themes; edit it, then {_next(session, output)}")


def diff(session: Session, target: Target, codebook: str, other: str = "") -> None:
    """Tell what moved since the last run by a codebook, or what is different between two codebooks.

    A run is `codebook init`, or `themes --codebook FILE` of all reviews and all themes.

    Examples:
      srtminer codebook diff codebook.toml
      srtminer codebook diff codebook.toml codebook.toml~
    """
    from srtminer.cli.selection import load_recommendations, remarks_of
    from srtminer.codebooks.book_changes import book_changes
    from srtminer.codebooks.history import difference, run_of
    from srtminer.render.codebook_diff import diff_result

    book = load_codebook(other or codebook)
    changes = book_changes(load_codebook(codebook), book) if other else ()
    if other and is_missing(session.store):
        write(session, target, diff_result(None, {}, changes))
        return
    found = load_recommendations(session)
    before = last_run(session.opened(), run_key(book, ThemeOptions()))
    if other:
        before = run_of(mine(session.silent(), found, ThemeOptions(), load_codebook(codebook)))
    if before is None:
        again = session.command(f"themes --codebook {shlex.quote(codebook)}")
        raise NothingToAnalyse(f"nothing was assigned by {book.title!r} yet; run `{again}` first")
    moved = difference(before, run_of(mine(session, found, ThemeOptions(), book)))
    write(session, target, diff_result(moved, remarks_of(found), changes))


def import_(session: Session, project: Path, output: Path = FILE, replace: bool = False) -> None:
    """Make a codebook of the codes of a QDA project, with what was coded as examples.

    The name of a code becomes its only cue: add the phrases by which you tell it.
    Recommendations of the store are known again; other passages are kept as text.

    Examples:
      srtminer codebook import project.qdpx --output codebook.toml
    """
    from srtminer.cli.selection import load, remarks_of
    from srtminer.codebooks.coded_passages import Known, placed
    from srtminer.codebooks.imported import from_codes
    from srtminer.codebooks.write import to_toml
    from srtminer.export.qde import file_name, guid
    from srtminer.export.qdpx_codes import read_project
    from srtminer.render.figures import counted

    _check_new(session, output, replace)
    read = read_project(project)
    found = None if is_missing(session.store) else load(session)
    names = found.catalogue.names if found else {}
    ones = found.everything if found else ()
    known = [
        Known(one.id, guid("selection", one.id), file_name(names[one.review_id]), one.text) for one in ones
    ]
    coded = placed(read.coded, known)
    book = from_codes(read.codes, output.stem, coded)
    if not book.themes:
        raise NothingToAnalyse(f"{project} has no code that applies to text; nothing was written")
    emit(to_toml(book, shlex.quote(output.name), remarks_of(found) if found else {}), output)
    if texts := len({example for example, _ in coded} - {one.id for one in ones}):
        passages = counted(texts, "coded passage")
        session.note(f"kept {passages} as text: not among the recommendations of {session.store}")
    session.note(f"wrote {output}: {len(book.themes)} themes; add cues, then {_next(session, output)}")


def _check_new(session: Session, output: Path, replace: bool) -> None:
    require_other_than_store(session, output)
    if output.suffix.lower() != SUFFIX:
        raise UsageError(f"a codebook is a TOML file: write --output {output.with_suffix(SUFFIX)}")
    if output.exists() and not replace:
        raise UsageError(f"{output} is there already; name another file, or add --replace")


def _next(session: Session, output: Path) -> str:
    return f"`{session.command(f'themes --codebook {shlex.quote(str(output))}')}`"


GROUP: tuple[tuple[str, Callable[..., None]], ...] = (
    ("init", init),
    ("diff", diff),
    *((edit.__name__, edit) for edit in codebook_edits.EDITS),
    ("import", import_),
)
for _name, _command in GROUP:
    codebook.command(name=_name, cls=PlainCommand)(as_job(_command))
