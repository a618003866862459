"""What was assigned the last time, by a codebook or without one: kept, and told where it changed."""

from typing import TYPE_CHECKING

from srtminer.cli.session import Session
from srtminer.errors import StoreError
from srtminer.render.figures import counted, few

if TYPE_CHECKING:
    from srtminer.codebooks import Codebook
    from srtminer.codebooks.history import Run
    from srtminer.model import ThemeTable
    from srtminer.options import ThemeOptions
    from srtminer.store import Store

KEY = "codebook run "
"""Beginning of the keys in the store's settings.

Why not in the cache: that is emptied when a review is added, which is when people ask what moved.
"""


def run_key(codebook: "Codebook | None", options: "ThemeOptions") -> str:
    """Name the runs that can be held against each other."""
    if codebook is not None:
        return f"{KEY}{codebook.title}"
    return f"themes run {options.n_themes or ''} {'words' if options.words else ''}".rstrip()


def remember_run(session: Session, key: str, table: "ThemeTable") -> None:
    """Keep what was assigned; tell which themes had other members before."""
    from srtminer.codebooks.history import difference, dump_run, run_of

    now = run_of(table)
    try:
        before = last_run(session.opened(), key)
        if before != now:
            session.opened().set_meta(key, dump_run(now))
    except StoreError as error:
        if key.startswith(KEY):
            session.note(f"`srtminer codebook diff` will not know this run: {error}")
        return
    both = [one for one in difference(before, now).themes if one.before and one.now] if before else ()
    if drifted := [one for one in both if one.gained or one.lost]:
        drifted.sort(key=lambda one: -len(one.gained) - len(one.lost))
        told = few([f"“{one.now}” {_told(len(one.gained), len(one.lost))}" for one in drifted], joint="; ")
        number = counted(len(drifted), "theme")
        session.note(f"since the last run {number} changed members: {told}")


def last_run(store: "Store", key: str) -> "Run | None":
    """Give what was assigned the last time."""
    from srtminer.codebooks.history import load_run

    text = store.meta(key)
    return None if text is None else load_run(text)


def _told(gained: int, lost: int) -> str:
    """Give "gained 3 and lost 1"."""
    parts = (f"gained {gained}" if gained else "", f"lost {lost}" if lost else "")
    return " and ".join(filter(None, parts))
