"""`srtminer search`."""

from typing import Literal

from srtminer.cli.progress import progress
from srtminer.cli.result_output import Target, write
from srtminer.cli.selection import Selection, load
from srtminer.cli.session import Session
from srtminer.errors import UsageError
from srtminer.render.search_table import search_result
from srtminer.search_hits import Found, HitKind, hit_of
from srtminer.store import Scope
from srtminer.text.form_words import shared_words

NEAR = 0.3
"""Cosine with a text from which a recommendation may have to do with it.

Why: what has nothing to do with recommendations stays below 0.2, and half of all pairs of them below 0.3.
"""


Place = Literal["recommendations", "sections", "all"]
KINDS: dict[Place, tuple[HitKind, ...]] = {
    "recommendations": ("recommendation",),
    "sections": ("section",),
    "all": ("recommendation", "section"),
}


def search(
    session: Session,
    target: Target,
    words: tuple[str, ...] = (),
    in_: Place = "all",
    like: str | None = None,
    limit: int = 20,
    where: tuple[str, ...] = (),
) -> int:
    """Find words in recommendations and sections, best first, each with its review and page.

    All words have to be there, in any order, in capitals or not, in any
    form: discharge finds discharged as well, '"discharge"' does not, and
    dis* finds dismiss too. Combine words with OR, NOT and brackets.
    A phrase needs quotation marks inside those of the shell.

    Examples:
      srtminer search 'neglect* school'
      srtminer search '"routine enquiry" NOT midwife'
      srtminer search --in recommendations '(nurse OR midwife) AND alcohol'
      srtminer search --like 'Ask mothers about violence when alone'
    """
    if bool(words) is (like is not None):
        raise UsageError("give either words to search for or --like TEXT; see `srtminer search --help`")
    if like is not None and not like.strip():
        raise UsageError("--like needs a text: say in your own words what is to be done")
    if like is not None and in_ == "sections":
        raise UsageError("--like searches recommendations only; leave out --in")
    selection = load(session, where)
    if like is None:
        chosen = (selection.records, selection.recommendations)
        scope = Scope(*(frozenset(one.id for one in part) for part in chosen)) if where else Scope()
        found = session.opened().search(" ".join(words), KINDS[in_], limit, scope)
    else:
        found = _similar(session, selection, like, limit)
    write(session, target, search_result(found, selection.catalogue))
    if not found.hits:
        session.note(_advice(session, found))
    return len(found.hits)


def _similar(session: Session, selection: Selection, text: str, limit: int) -> Found:
    from srtminer.cli.mining import encoded  # words alone are found without it

    recommendations = selection.recommendations
    texts = encoded(session, recommendations)
    with progress(session, "comparing texts"):
        from srtminer.vectors.encoder import similarities  # numpy

        scores = similarities(text, texts)
    ranked = sorted(zip(scores, recommendations, strict=True), key=lambda pair: -pair[0])
    alike = [(score, entry) for score, entry in ranked if score >= NEAR]
    hits = tuple(hit_of(entry, shared_words(text, entry.text), score) for score, entry in alike[:limit])
    return Found(text, "similarity", hits, len(alike), 0)


def _advice(session: Session, found: Found) -> str:
    """Say what to try when nothing was found."""
    if found.by == "similarity":
        return "no recommendation is close to it in meaning; describe the action in other words"
    for word in found.query.split():
        if word in ("and", "or", "not"):
            return f"nothing found; {word} was searched as a word: write {word.upper()} to combine others"
    asked = [word for word in found.query.split() if word.isalpha() and not word.isupper()]
    if meant := [word for word in dict.fromkeys(map(session.opened().nearest_word, asked)) if word]:
        return f"nothing found; did you mean {' or '.join(meant)}?"
    return "nothing found; try fewer words, the beginning of one (neglect*), or --like TEXT"
