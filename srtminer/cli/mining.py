"""Find themes for a command: show that it takes a while, and tell what the table itself has to say."""

from typing import TYPE_CHECKING

from srtminer.cli.progress import waiting
from srtminer.cli.session import Session
from srtminer.options import ThemeOptions
from srtminer.render.figures import counted

if TYPE_CHECKING:
    from srtminer.cli.selection import Selection
    from srtminer.model import ThemeTable


def mine(session: Session, found: "Selection", options: ThemeOptions) -> "ThemeTable":
    """Find the themes of what was selected; the table's notes go to stderr."""
    number = counted(len(found.recommendations), "recommendation")
    with waiting(session, f"finding themes in {number}"):
        from srtminer import pipeline  # its libraries take a second to load

        table = pipeline.mine(found.recommendations, found.records, found.background, options)
    for note in table.notes:
        session.note(note)
    return table
