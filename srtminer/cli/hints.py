"""What a person may want to type after a command."""

from collections.abc import Mapping

from srtminer.cli.session import Session

REPORT = ("report --output report.html", "writes a report")
THEMES = ("themes", "ranks the themes")
NEXT: Mapping[str, tuple[tuple[str, str], ...]] = {
    "ingest": (THEMES, ("reviews", "lists what was read")),
    "reviews": (("recommendations", "shows what they recommend in full"), THEMES),
    "check": (("recommendations --output recs.csv", "writes a table to correct"),),
    "recommendations": (THEMES,),
    "themes": (("themes --theme NAME", "shows one theme in full"), REPORT),
    "compare": (("search WORDS", "finds who said it"), REPORT),
    "search": (("search --like TEXT", "finds similar recommendations"),),
    "report": (("export --output themes.xlsx", "writes a workbook"),),
    "export": (REPORT,),
    "correct": (THEMES,),
    "remove": (("reviews", "lists what is in the store"),),
}
"""What to do next, and what that does, by the command that has been run."""


def hint(command: str, session: Session, outcome: object) -> str:
    """Say what to do after a command, one thing a line; nothing where it found nothing: 0."""
    steps = () if session.quiet or outcome == 0 else NEXT.get(command, ())
    return "\n".join(f"next: `{session.command(arguments)}` {what}" for arguments, what in steps)
