"""`srtminer set`."""

from typing import Annotated

import typer

from srtminer.cli.parameters import argument, option
from srtminer.cli.resolve_review import require_review
from srtminer.cli.session import Session
from srtminer.errors import UsageError
from srtminer.model import METADATA_FIELDS, Fact
from srtminer.read.table import checked_fact
from srtminer.render.catalogue import Catalogue


def set_(
    context: typer.Context,
    review: Annotated[
        str,
        argument("A review by its id, file, subject or title, or a part of one.", metavar="REVIEW"),
    ],
    values: Annotated[
        list[str] | None,
        argument(
            "What you know better: year=2010, board='…', title='…'. An empty value takes back yours.",
            metavar="FIELD=VALUE",
        ),
    ] = None,
    undo: Annotated[bool, option("Take back all that you set for this review.", "--undo")] = False,
) -> None:
    """Correct what is known of a review.

    The fields are title, subject, board, kind, year, published, authors.
    What you set stays when the file is read again, and takes precedence
    over what is found in the text.

    Examples:
      srtminer set "Child J" year=2013
      srtminer set child-j board="Brackenford LSCB" kind=SCR
      srtminer set "Child J" --undo
    """
    if bool(values) == undo:
        raise UsageError("give FIELD=VALUE, or --undo to take back what you set")
    facts = [_fact(value) for value in values or ()]
    session: Session = context.obj
    store = session.opened()
    record = require_review(review, store.records())
    store.set_facts(record.id, [fact for fact in facts if fact.value])
    store.unset_facts(
        record.id, [fact.field for fact in facts if not fact.value] if facts else METADATA_FIELDS
    )
    records = store.records()
    now = next(one for one in records if one.id == record.id)
    said = (f"{field} {now.value(field)}" for field in METADATA_FIELDS if now.value(field))
    session.note(f"{Catalogue.of(records).names[record.id]}: {', '.join(said) or 'nothing is known'}")


def _fact(text: str) -> Fact:
    field, equals, value = text.partition("=")
    field = field.strip().casefold()
    if not equals or field not in METADATA_FIELDS:
        raise UsageError(f"{text}: write FIELD=VALUE; the fields are {', '.join(METADATA_FIELDS)}")
    return checked_fact(field, value)
