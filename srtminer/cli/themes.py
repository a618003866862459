"""`srtminer themes`; and themes, vectors and repeats for any command: taken from the store, or made once."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import astuple
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from srtminer import __version__, pipeline
from srtminer.cli.output import ROWS, Target, emit_bytes, read_text, require_output, write
from srtminer.cli.selection import Selection, load_rows, require_theme
from srtminer.cli.session import Session, progress
from srtminer.comparisons import CompareOptions
from srtminer.errors import StoreError, UsageError
from srtminer.model import (
    CONCERNS,
    FINDINGS,
    PASSAGES,
    RECOMMENDATIONS,
    Recommendation,
    Theme,
    ThemeOptions,
    ThemeTable,
    Unit,
)
from srtminer.render.recommendation_tables import member_result, recommendation_result, theme_result
from srtminer.render.result import Result
from srtminer.render.wording import Catalogue
from srtminer.store.kept_results import dump_table, load_table
from srtminer.text.names import counted, few
from srtminer.text.thesaurus import own_concepts

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from srtminer.codebooks import Codebook
    from srtminer.codebooks.codebook_changes import Run
    from srtminer.compare.similarity import RequestIndex
    from srtminer.comparisons import Repeats
    from srtminer.store import Store
    from srtminer.vectors.encoder import Encoded

UNTHEMED = "none"
DEFAULTS = ThemeOptions()

Of = Literal["recommendations", "findings", "concerns", "sections"]
UNITS: dict[str, Unit] = {unit.name: unit for unit in (RECOMMENDATIONS, FINDINGS, CONCERNS, PASSAGES)}


def themes(
    session: Session,
    target: Target,
    of: Of = "recommendations",
    themes: int | None = None,
    min_reviews: int = DEFAULTS.min_reviews,
    examples: int = DEFAULTS.examples,
    level: Literal["fine", "broad"] = "fine",
    method: Literal["meaning", "words"] = "meaning",
    unthemed: bool = False,
    codebook: str | None = None,
    small_counts: int | None = None,
    theme: str | None = None,
    where: tuple[str, ...] = (),
    plot: Path | None = None,
) -> int:
    """Run `srtminer themes`."""
    if unthemed and theme not in (None, UNTHEMED):
        raise UsageError("--unthemed shows what fits no theme; leave out --theme")
    theme = UNTHEMED if unthemed else theme
    if small_counts is not None and (theme or plot):
        raise UsageError(ROWS)
    if codebook is not None and level == "broad":
        raise UsageError("--level broad is for themes that are found; a codebook's are merged in its file")
    if plot is not None:
        _check_plot(session, plot, theme)
    options = ThemeOptions(
        n_themes=themes,
        min_reviews=min_reviews,
        examples=examples,
        broad=level == "broad",
        words=method == "words",
        unit=UNITS[of],
    )
    chosen = chosen_codebook(codebook, themes)
    found = load_rows(session, where, options.unit)
    table = mine(session, found, options, chosen)
    if not where and min_reviews == 1 and level == "fine" and of == "recommendations":
        remember_run(session, run_key(chosen, options), table)
    if plot is not None:
        from srtminer.export.plot import plot_themes

        emit_bytes(plot_themes(table, "svg" if plot.suffix.lower() == ".svg" else "png"), plot, "--plot")
        session.note(f"wrote {plot}")
    write(session, target, _result(table, found.catalogue, theme, small_counts))
    tell_notes(session, table)
    return len(table.themes)


def _result(table: ThemeTable, catalogue: Catalogue, theme: str | None, small_counts: int | None) -> Result:
    """Give the table of themes, or its counts alone, or what is in one theme or in none."""
    if small_counts is not None:
        from srtminer.report.small_counts import protected_themes

        return protected_themes(table, small_counts)
    if theme is None:
        return theme_result(table, catalogue)
    if theme == UNTHEMED:
        return recommendation_result(table.unthemed, catalogue, unit=table.unit)
    return member_result(table, find_theme(table, theme), catalogue)


def _check_plot(session: Session, plot: Path, theme: str | None) -> None:
    from srtminer.export.plot import require_matplotlib

    if theme is not None:
        raise UsageError("--plot draws the table of themes; leave out --theme")
    require_output(session, plot, "--plot", (".svg", ".png"), "a plot is .svg or .png")
    require_matplotlib()


def find_theme(table: ThemeTable, wanted: str) -> Theme:
    """Find a theme by its rank, id or name; raises `UsageError` that says which may be meant."""
    by_id = {theme.id: theme for theme in table.themes}
    for theme in table.themes:
        if wanted == str(theme.rank):
            return theme
    known = f"they are numbered 1 to {len(by_id)}" if by_id else "there are none"
    names = {own_id: theme.label for own_id, theme in by_id.items()}
    return by_id[require_theme(wanted, names, f"{known}; see `srtminer themes` with the same options")]


def theme_members(session: Session, whole: Selection, wanted: str) -> frozenset[str]:
    """Give the ids of who is in a theme, of those that are found in the whole store."""
    table = mine(session.silent(), whole, ThemeOptions())
    found = table.unthemed if wanted == UNTHEMED else find_theme(table, wanted).members
    return frozenset(one.id for one in found)


def load_codebook(named: str) -> "Codebook":
    """Read the codebook of that name, built in or a file; raises `UsageError`."""
    from srtminer.codebooks.codebook_format import BUILT_IN, built_in, parse_codebook

    if named in BUILT_IN:
        return parse_codebook(built_in(named), named, named)
    return read_codebook(Path(named))[1]


def read_codebook(path: Path) -> "tuple[str, Codebook]":
    """Read the text of a codebook's file, and what it says; raises `UsageError`."""
    from srtminer.codebooks.codebook_format import BUILT_IN, parse_codebook

    advice = f"write one with `srtminer codebook init`, or use {', '.join(BUILT_IN)}"
    text = read_text(path, "--codebook", advice)
    return text, parse_codebook(text, str(path), path.stem)


def chosen_codebook(named: str | None, number: int | None = None) -> "Codebook | None":
    """Read the codebook if one was named; raises `UsageError` also where a number of themes was asked for."""
    if named is not None and number is not None:
        raise UsageError("a codebook fixes the number of themes; give either --codebook or --themes")
    return None if named is None else load_codebook(named)


RULES = ("themes/*", "vectors/*", "blended_rows.py", "codebooks/*", "coding.py", "text/*", "data/*")
"""The parts of the package on which a table of themes depends, besides the reviews and the options."""
PACKAGE = Path(__file__).parents[1]


def mine(
    session: Session, found: Selection, options: ThemeOptions, codebook: "Codebook | None" = None
) -> ThemeTable:
    """Find the themes of what was selected, or those of a codebook."""
    rows, number = found.recommendations, options.n_themes or 0
    most = len(rows) // 2
    if number > max(1, most):
        advice = f"ask for {most:,} or fewer" if most > 1 else "they are too few to divide"
        raise UsageError(
            f"{number:,} themes cannot be made from {counted(len(rows), 'recommendation')}; {advice}"
        )
    selected = [[one.id for one in rows], [record.id for record in found.records]]
    parts = [__version__, selected, astuple(options), codebook and astuple(codebook)]
    key = _key("themes", RULES, found.digest, parts)
    if (kept := session.opened().cached(key)) is not None:
        return load_table(kept, rows)
    meaning: pipeline.Encode | None = None
    if not options.words:
        from srtminer.vectors.matrix import Remembering  # numpy

        # The vectors have no name here: of 300,000 rows they take half a gigabyte, and are not needed again.
        texts = [row.text for row in rows]
        meaning = Remembering(partial(_phrases, session), texts, encoded(session, rows, "frozen").frozen)
    with progress(session, f"finding themes in {counted(len(rows), options.unit.singular)}"):
        table = pipeline.mine(rows, found.records, options, codebook, meaning)
    with _kept_or_not(session, "themes"):
        session.opened().cache(key, dump_table(table, rows))
    return table


def tell_notes(session: Session, table: ThemeTable) -> None:
    """Say how far to trust themes, where they are looked at, kept or passed on.

    Why not wherever they are used: the same four lines under every command are read under none.
    """
    for note in table.notes:
        session.note(note)


def _key(what: str, rules: Sequence[str], digest: str, parts: object = None) -> str:
    """Name a result by what it depends on: parts of the package, the store, the user's own terms, `parts`.

    Why the package's own files: a changed rule makes a kept result void, whatever the version says.
    """
    hashed = hashlib.sha256()
    for file in sorted(file for part in rules for file in PACKAGE.glob(part)):
        if file.suffix in (".py", ".toml"):
            hashed.update(file.name.encode())
            hashed.update(file.read_bytes())
    depends = json.dumps([hashed.hexdigest(), digest, [astuple(one) for one in own_concepts()], parts])
    return f"{what} {hashlib.sha256(depends.encode()).hexdigest()}"


def encoded(
    session: Session, rows: Sequence[Recommendation], view: Literal["both", "frozen", "tuned"] = "both"
) -> "Encoded":
    """Give the vectors of rows, in their order; on a terminal a bar shows how many had to be made."""
    of: defaultdict[str, list[Recommendation]] = defaultdict(list)

    def keep(encoder: str, vectors: Mapping[str, bytes]) -> None:
        if not of:
            for row in rows:
                of[row.text].append(row)
        with _kept_or_not(session, "vectors"):
            session.opened().keep_vectors(encoder, [row for text in vectors for row in of[text]], vectors)

    with ExitStack() as stack:
        # where all are kept there is nothing to show
        shown = cache(lambda: stack.enter_context(progress(session, "encoding texts")))
        return pipeline.encode(
            [row.text for row in rows],
            lambda encoder, part: session.opened().recall_vectors(encoder, rows, part),
            keep,
            lambda done, total: shown()(done, total, ""),
            view,
        )


def _phrases(session: Session, phrases: Sequence[str]) -> "NDArray[np.float32]":
    def keep(encoder: str, vectors: Mapping[str, bytes]) -> None:
        with _kept_or_not(session, "vectors"):
            session.opened().keep_phrases(encoder, vectors)

    store = session.opened()
    return pipeline.encode(
        phrases, lambda encoder, part: store.recall_phrases(encoder, phrases, part), keep, view="phrases"
    ).frozen


@contextmanager
def _kept_or_not(session: Session, what: str) -> Iterator[None]:
    """Go on where a result cannot be kept: it is there all the same, and the next call makes it again."""
    try:
        yield
    except StoreError as error:
        if session.verbose:
            session.note(f"the {what} were not kept: {error}")


def tuned(session: Session, rows: Sequence[Recommendation]) -> "NDArray[np.float32]":
    """Give the vectors by which recommendations are compared."""
    return encoded(session, rows, "tuned").tuned


def index_of_store(session: Session, digest: str) -> "RequestIndex":
    """Give what all recommendations of the store ask for, which is read once; `digest` is the store's."""
    from srtminer.compare.similarity import dump_index, index_of, load_index  # scipy

    store, key = session.opened(), _key("requests", ("compare/similarity.py", "cases.py", *RULES), digest)
    if (kept := store.cached(key)) is not None:
        return load_index(kept)
    records, everything = store.reviews_and_recommendations()
    index = index_of(everything, partial(tuned, session), [(record.id, record.case) for record in records])
    with _kept_or_not(session, "requests"):
        store.cache(key, dump_index(index))
    return index


def repeats_of(session: Session, found: Selection, options: CompareOptions) -> "Repeats":
    """Find what of a selection is recommended again and again."""
    ones, links = found.recommendations, session.opened().links()
    index = index_of_store(session, found.digest)
    with progress(session, f"comparing {len(ones):,} recommendations with one another"):
        from srtminer.compare.repeats import find_repeats  # scipy
        from srtminer.comparisons import COMPARED_WITH_ALL

        repeats = find_repeats(found.records, ones, index, options, links)
    if repeats.recommendations > COMPARED_WITH_ALL:
        session.note(
            f"of more than {COMPARED_WITH_ALL:,} recommendations only pairs near in meaning or sharing rare "
            "words are compared; in tests this found at least 98 in 100 that ask for the same"
        )
    return repeats


KEY = "codebook run "
"""Beginning of the keys in the store's settings.

Why not in the cache: that is emptied when a review is added, which is when people ask what moved.
"""


def run_key(codebook: "Codebook | None", options: ThemeOptions) -> str:
    """Name the runs that can be held against each other."""
    if codebook is not None:
        return f"{KEY}{codebook.title}"
    return f"themes run {options.n_themes or ''} {'words' if options.words else ''}".rstrip()


def remember_run(session: Session, key: str, table: ThemeTable) -> None:
    """Keep what was assigned; tell which themes had other members before."""
    from srtminer.codebooks.codebook_changes import difference, dump_run, run_of

    now = run_of(table)
    try:
        before = last_run(session.opened(), key)
        if before != now:
            session.opened().set_meta(key, dump_run(now))
    except StoreError as error:
        if key.startswith(KEY):
            session.note(f"`srtminer codebook diff` will not know this run: {error}")
        return
    both = [one for one in difference(before, now) if one.before and one.now] if before else ()
    if drifted := [one for one in both if one.gained or one.lost]:
        drifted.sort(key=lambda one: -len(one.gained) - len(one.lost))
        told = few([f"“{one.now}” (+{len(one.gained)} −{len(one.lost)})" for one in drifted], joint="; ")
        number = counted(len(drifted), "theme")
        session.note(f"members of {number} have changed since the last run: {told}")


def last_run(store: "Store", key: str) -> "Run | None":
    """Give what was assigned the last time."""
    from srtminer.codebooks.codebook_changes import load_run

    text = store.meta(key)
    return None if text is None else load_run(text)
