"""Find themes for a command, or take them from the store where they have been found before."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import astuple
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from srtminer import __version__
from srtminer.cli.encoding import encoded, phrases_encoded
from srtminer.cli.progress import progress
from srtminer.cli.selection import Selection
from srtminer.cli.session import Session
from srtminer.errors import StoreError
from srtminer.model import Recommendation, ThemeTable
from srtminer.options import ThemeOptions
from srtminer.render.figures import counted
from srtminer.text.thesaurus import thesaurus
from srtminer.theme_cache import dump_table, load_table

if TYPE_CHECKING:
    from srtminer.codebooks import Codebook
    from srtminer.pipeline import Encode

RULES = ("themes", "vectors", "codebooks", "coding", "text", "data")
"""The parts of the package on which a table of themes depends, besides the reviews and the options."""
PACKAGE = Path(__file__).parents[1]


def mine(
    session: Session,
    found: Selection,
    options: ThemeOptions,
    codebook: "Codebook | None" = None,
    *,
    tell: bool = True,
) -> ThemeTable:
    """Find the themes of what was selected, or those of a codebook; `tell` the table's notes on stderr."""
    key = table_key(found, options, codebook)
    kept = session.opened().cached(key)
    if kept is not None:
        table = load_table(kept, found.recommendations)
    else:
        table = _find(session, found, options, codebook)
        keep(session, key, dump_table(table, found.recommendations), "themes")
    for note in table.notes if tell else ():
        session.note(note)
    return table


def _find(
    session: Session, found: Selection, options: ThemeOptions, codebook: "Codebook | None"
) -> ThemeTable:
    meaning = None if options.words else _meaning(session, found.recommendations)
    number = counted(len(found.recommendations), options.unit.singular)
    with progress(session, f"finding themes in {number}"):
        from srtminer import pipeline  # its libraries take a second to load

        background = tuple(text for _, _, text in session.opened().sections())
        return pipeline.mine(found.recommendations, found.records, background, options, codebook, meaning)


def _meaning(session: Session, rows: Sequence[Recommendation]) -> "Encode":
    """Give what encodes texts; those of the rows are taken from the store, or made and kept first."""
    from srtminer import pipeline

    vectors = encoded(session, rows, "frozen")
    return pipeline.encoder_of([row.text for row in rows], vectors, partial(phrases_encoded, session))


def keep(session: Session, key: str, text: str, what: str) -> None:
    """Keep a result in the store for the next call; `what` it is, in the plural."""
    try:
        session.opened().cache(key, text)
    except StoreError as error:
        # The result is there all the same; the next call only takes as long as this one.
        if session.verbose:
            session.note(f"the {what} were not kept: {error}")


def table_key(found: Selection, options: ThemeOptions, codebook: "Codebook | None") -> str:
    """Name a table by what it depends on: the store as it was read, what was selected, options, program."""
    selected = [[one.id for one in found.recommendations], [record.id for record in found.records]]
    rules, book = rules_digest(RULES), codebook and astuple(codebook)
    own = [astuple(one) for one in thesaurus().own]
    parts = [__version__, rules, found.digest, selected, astuple(options), book, own]
    return "themes " + hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def rules_digest(parts: Sequence[str]) -> str:
    """Hash the rules and word lists of some parts of the package.

    Why: a changed rule makes a kept result void, whatever the version says.
    """
    digest = hashlib.sha256()
    for part in parts:
        for file in sorted((PACKAGE / part).iterdir()):
            if file.suffix in (".py", ".toml"):
                digest.update(file.name.encode())
                digest.update(file.read_bytes())
    return digest.hexdigest()
