"""What a person may want to type after a command: it depends on what was asked and what came of it."""

import shlex
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial, wraps
from pathlib import Path
from typing import Any

from srtminer.cli.session import Job, Session, is_missing
from srtminer.where import parse_where

Step = tuple[str, str]
"""Arguments, and what they do."""

REPORT = "report --output report.html"
RECURS = "ranks the themes"
WRITTEN = "writes a report"
REPEATED = {
    "of": ("--of", "recommendations"),
    "number": ("--themes", None),
    "min_reviews": ("--min-reviews", 1),
    "level": ("--level", "fine"),
    "codebook": ("--codebook", None),
}
"""Options that a next command needs too, to be about the same: their names and defaults, by parameter."""
OF_REPORT = ("number", "min_reviews", "codebook")
"""Those of them that `report` has."""


@dataclass(frozen=True, slots=True)
class Done:
    """A command that has been run."""

    session: Session
    options: Mapping[str, Any]
    """By parameter, as they were understood."""
    outcome: object
    """What the command says of its result; None if nothing."""

    def same(self, *parameters: str) -> str:
        """Repeat --where, and those of these options that were given, with a blank before each."""
        given = [(REPEATED[name][0], self.options.get(name), REPEATED[name][1]) for name in parameters]
        wheres = [("--where", value, None) for value in self.options.get("where") or ()]
        return "".join(
            f" {option} {shlex.quote(str(value))}"
            for option, value, usual in (*given, *wheres)
            if value is not None and value != usual
        )


def with_hint(command: Callable[..., Job]) -> Callable[..., Job]:
    """Let the job of a command end with what to do next."""

    @wraps(command)
    def wrapped(**options: Any) -> Job:
        return replace(command(**options), hint=partial(hint, command.__name__, options))

    return wrapped


def hint(command: str, options: Mapping[str, Any], outcome: object) -> str:
    """Say what to do after a command, one thing a line; nothing where nobody wants to know."""
    session: Session = options["context"].obj
    if session.quiet or command not in NEXT:
        return ""
    steps = NEXT[command](Done(session, options, outcome))
    return "\n".join(f"next: `{session.command(arguments)}` {what}" for arguments, what in steps)


def _after_ingest(done: Done) -> Iterator[Step]:
    if _stored(done.session)[1]:
        yield "themes", RECURS
        yield "reviews", "lists what was read"
    else:
        yield from _without_recommendations()


def _after_reviews(done: Done) -> Iterator[Step]:
    if _stored(done.session)[1]:
        agencies = [one for one in done.options["where"] or () if parse_where(one).field == "agency"]
        to = "them" if len(agencies) > 1 else "it"
        # The table counts all recommendations of a review, whoever is asked.
        what = f"shows those addressed to {to}" if agencies else "shows them in full"
        yield f"recommendations{done.same()}", what
        yield f"themes{done.same()}", RECURS
    else:
        yield from _without_recommendations()


def _after_check(done: Done) -> Iterator[Step]:
    yield f"recommendations{done.same()} --output recs.csv", "writes a table to correct"


def _without_recommendations() -> Iterator[Step]:
    yield "--verbose reviews", "says why there are none"
    yield "search WORDS", "searches the texts anyway"


def _after_recommendations(done: Done) -> Iterator[Step]:
    table = done.options["output"]
    if table is not None and table.suffix.lower() == ".csv":
        again = f"correct{done.same()} {shlex.quote(str(table))}"
        yield again, "applies your edits"
    yield f"themes{done.same()}", RECURS


def _after_themes(done: Done) -> Iterator[Step]:
    same = done.same("of", "number", "min_reviews", "level", "codebook")
    if done.outcome == 0:
        yield from _without_themes(done)
        return
    if done.options["theme"] is None:
        yield f"themes{same} --theme 1", "shows one theme in full"
    else:
        yield f"themes{same}", "lists them all again"
    if (done.options["of"], done.options["level"]) == ("recommendations", "fine"):
        yield f"{REPORT}{done.same(*OF_REPORT)}", WRITTEN


def _without_themes(done: Done) -> Iterator[Step]:
    if done.options["min_reviews"] > 1:
        yield f"themes{done.same('of', 'number', 'level', 'codebook')}", "lists those of fewer reviews too"
    elif done.options["where"]:
        yield "themes", "includes all reviews"
    else:
        yield "recommendations", "lists the recommendations"


def _after_compare(done: Done) -> Iterator[Step]:
    if done.options["repeats"]:
        yield f"{REPORT}{done.same()}", WRITTEN
    else:
        yield f"compare --repeats{done.same()}", "shows what recurs in all reviews"
    if done.options["review"] is None and not done.options["repeats"]:
        yield "search WORDS", "finds who said it"


def _after_search(done: Done) -> Iterator[Step]:
    if done.outcome == 0:
        return  # a note says what else to try
    if done.options["like"] is None:
        yield f"search --like TEXT{done.same()}", "finds similar recommendations"
    yield "compare --repeats", "shows what is recommended again and again"


def _after_report(done: Done) -> Iterator[Step]:
    yield f"export --output themes.xlsx{done.same(*OF_REPORT)}", "writes a workbook"


def _after_export(done: Done) -> Iterator[Step]:
    output: Path | None = done.options["output"]
    if output is not None and output.suffix.lower() == ".qdpx":
        yield f"codebook import {shlex.quote(str(output))}", "imports your codes"
    yield f"{REPORT}{done.same(*OF_REPORT)}", "writes a page to read"


def _after_doctor(done: Done) -> Iterator[Step]:
    if is_missing(done.session.store) or not _stored(done.session)[0]:
        yield "ingest FOLDER", "reads reviews"
    else:
        yield from _after_ingest(done)


def _after_correct(done: Done) -> Iterator[Step]:
    table, undo = done.options["table"], done.options["undo"]
    if table is None and not undo:
        yield "recommendations --output recs.csv", "writes a table to correct"
    elif done.options["dry_run"] and table is not None:
        complete = " --complete" if done.options["complete"] else ""
        yield f"correct{complete}{done.same()} {shlex.quote(str(table))}", "asks, and applies them"
    else:
        yield "correct", "lists the corrections there are"
        yield "themes", RECURS


def _after_remove(done: Done) -> Iterator[Step]:
    yield "reviews", "lists what is in the store"


def _after_evaluate(done: Done) -> Iterator[Step]:
    if done.options["sample"] is not None:
        sheet = shlex.quote(str(done.options["output"]))
        yield (
            f"evaluate{done.same('number', 'codebook')} {sheet}",
            "compares the codings once the sheet is filled in",
        )
    elif done.options["codebook"] is None:
        yield "codebook init", "writes the themes down, to be improved"


NEXT: dict[str, Callable[[Done], Iterator[Step]]] = {
    "ingest": _after_ingest,
    "reviews": _after_reviews,
    "check": _after_check,
    "recommendations": _after_recommendations,
    "themes": _after_themes,
    "compare": _after_compare,
    "search": _after_search,
    "report": _after_report,
    "export": _after_export,
    "doctor": _after_doctor,
    "correct": _after_correct,
    "evaluate": _after_evaluate,
    "remove": _after_remove,
}
"""What to do next, by the command that has just been done."""


def _stored(session: Session) -> tuple[int, int]:
    """Count the reviews and recommendations in the store."""
    from srtminer.store import Store

    with Store.open(session.store) as store:
        records = store.records()
    return len(records), sum(record.recommendations for record in records)
