"""What a person may want to type after a command: it depends on what was asked and what came of it."""

import shlex
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial, wraps
from typing import Any

from srtminer.cli.session import STOPPED, Job, Session, is_missing

RECURS, WRITTEN = "ranks the themes", "writes a report"
REPEATED = {
    "of": ("--of", "recommendations"),
    "number": ("--themes", None),
    "min_reviews": ("--min-reviews", 1),
    "level": ("--level", "fine"),
    "codebook": ("--codebook", None),
    "complete": ("--complete", False),
}
"""Options that a next command needs too, to be about the same: their names and defaults, by parameter."""
SAME: Mapping[str, tuple[str, ...]] = {
    "where": (),
    "coded": ("number", "codebook"),
    "report": ("number", "min_reviews", "codebook"),
    "wider": ("of", "number", "level", "codebook"),
    "same": ("of", "number", "min_reviews", "level", "codebook"),
    "complete": ("complete",),
}
"""What stands, in the commands of `NEXT`, for these options and --where."""
NEXT: Mapping[str, tuple[tuple[str, str], ...]] = {
    "empty": (("ingest FOLDER", "reads reviews"),),
    "without": (
        ("--verbose reviews", "says why there are none"),
        ("search WORDS", "searches the texts anyway"),
    ),
    "ingest": (("themes", RECURS), ("reviews", "lists what was read")),
    "reviews": (
        ("recommendations{where}", "shows them in full"),
        ("themes{where}", RECURS),
    ),
    "check": (("recommendations{where} --output recs.csv", "writes a table to correct"),),
    "recommendations": (("themes{where}", RECURS),),
    "recommendations.csv": (("correct{where} {output}", "applies your edits"), ("themes{where}", RECURS)),
    "themes": (
        ("themes{same} --theme 1", "shows one theme in full"),
        ("report --output report.html{report}", WRITTEN),
    ),
    "themes of": (("themes{same} --theme 1", "shows one theme in full"),),
    "themes theme": (
        ("themes{same}", "lists them all again"),
        ("report --output report.html{report}", WRITTEN),
    ),
    "themes of theme": (("themes{same}", "lists them all again"),),
    "themes none wide": (("themes{wider}", "lists those of fewer reviews too"),),
    "themes none": (("recommendations", "lists the recommendations"),),
    "themes none where": (("themes", "includes all reviews"),),
    "compare": (
        ("compare --repeats{where}", "shows what recurs in all reviews"),
        ("search WORDS", "finds who said it"),
    ),
    "compare review": (("compare --repeats{where}", "shows what recurs in all reviews"),),
    "compare repeats": (("report --output report.html{where}", WRITTEN),),
    "search": (
        ("search --like TEXT{where}", "finds similar recommendations"),
        ("compare --repeats", "shows what is recommended again and again"),
    ),
    "search like": (("compare --repeats", "shows what is recommended again and again"),),
    "report": (("export --output themes.xlsx{report}", "writes a workbook"),),
    "export": (("report --output report.html{report}", "writes a page to read"),),
    "export.qdpx": (
        ("codebook import {output}", "imports your codes"),
        ("report --output report.html{report}", "writes a page to read"),
    ),
    "correct": (("recommendations --output recs.csv", "writes a table to correct"),),
    "correct tried": (("correct{complete} {table}", "asks, and applies them"),),
    "correct done": (("correct", "lists the corrections there are"), ("themes", RECURS)),
    "remove": (("reviews", "lists what is in the store"),),
    "evaluate": (("codebook init", "writes the themes down, to be improved"),),
    "evaluate sample": (("evaluate{coded} {output}", "compares the codings once the sheet is filled in"),),
}
"""What to do next, and what that does, by the command that has been run and what came of it."""


@dataclass(frozen=True, slots=True)
class Done:
    """A command that has been run."""

    name: str
    session: Session
    options: Mapping[str, Any]
    """By parameter, as they were understood."""
    outcome: object
    """What the command says of its result; None if nothing."""

    def __getitem__(self, name: str) -> str:
        """Repeat what `SAME` names, each with a blank before, or write the value of an option."""
        if name not in SAME:
            return shlex.quote(str(self.options[name]))
        given = [(*REPEATED[one], self.options.get(one)) for one in SAME[name]]
        wheres = [("--where", None, value) for value in self.options.get("where") or ()]
        return "".join(
            f" {option}" if value is True else f" {option} {shlex.quote(str(value))}"
            for option, usual, value in (*given, *wheres)
            if value is not None and value != usual
        )

    def ending(self) -> str:
        """Give the ending of the file that the result went to."""
        return self.options["output"].suffix.lower() if self.options["output"] else ""


def _of_store(done: Done) -> str:
    """Tell by what is in the store."""
    records = () if is_missing(done.session.store) else done.session.opened().records()
    if any(record.recommendations for record in records):
        return "reviews" if done.name == "reviews" else "ingest"
    return "without" if records else "empty"


def _of_themes(done: Done) -> str:
    given = done.options
    if done.outcome == 0:
        return f"themes none{' wide' if given['min_reviews'] > 1 else ' where' if given['where'] else ''}"
    usual = (given["of"], given["level"]) == ("recommendations", "fine")
    return f"themes{'' if usual else ' of'}{' theme' if given['theme'] is not None else ''}"


def _of_corrections(done: Done) -> str:
    if not (done.options["table"] or done.options["undo"]):
        return "correct"
    return "correct tried" if done.options["dry_run"] and done.options["table"] else "correct done"


def _of_search(done: Done) -> str:
    if done.outcome == 0:
        return ""  # a note says what else to try
    return "search" if done.options["like"] is None else "search like"


def _of_codes(done: Done) -> str:
    if done.options["sample"] is not None:
        return "evaluate sample"
    return "evaluate" if done.options["codebook"] is None else ""


SITUATIONS: Mapping[str, Callable[[Done], str]] = {
    "ingest": _of_store,
    "reviews": _of_store,
    "doctor": _of_store,
    "recommendations": lambda done: f"recommendations{'.csv' if done.ending() == '.csv' else ''}",
    "themes": _of_themes,
    "compare": lambda done: " ".join(
        ["compare", *(one for one in ("review", "repeats") if done.options[one])]
    ),
    "search": _of_search,
    "export": lambda done: f"export{'.qdpx' if done.ending() == '.qdpx' else ''}",
    "correct": _of_corrections,
    "evaluate": _of_codes,
}
"""How to find the key of `NEXT`; elsewhere it is the name of the command."""


def as_job(command: Callable[..., object], on_stop: str = STOPPED) -> Callable[..., Job]:
    """Make of a command one that hands itself back to be run, and says then what to do next."""

    @wraps(command)
    def wrapped(**options: Any) -> Job:
        session = options["context"].obj if "context" in options else Session()
        return Job(partial(command, **options), on_stop, partial(hint, command.__name__, options), session)

    return wrapped


def hint(command: str, options: Mapping[str, Any], outcome: object) -> str:
    """Say what to do after a command, one thing a line; nothing where nobody wants to know."""
    session: Session = options["context"].obj
    if session.quiet:
        return ""
    done = Done(command, session, options, outcome)
    key = SITUATIONS[command](done) if command in SITUATIONS else command
    steps = ((session.command(line.format_map(done)), what) for line, what in NEXT.get(key, ()))
    return "\n".join(f"next: `{arguments}` {what}" for arguments, what in steps)
