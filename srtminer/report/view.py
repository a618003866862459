"""What the template shows: words and figures, chosen and ordered, nothing left to compute."""

import re
import textwrap
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from srtminer.comparisons import Chain
from srtminer.material import BoardHistory, Content, Privacy
from srtminer.model import Recommendation, ReviewRecord, Theme
from srtminer.render.wording import corrections, counted, coverage, left_out, percent, year_span, years_of
from srtminer.report.small_counts import RECOMMENDATIONS, Counts

AGENCIES_SHOWN = 6
"""Names of agencies a theme, the most frequent first."""
CHAINS_SHOWN = 20
"""Those of the most reviews. Grows: a list that nobody reads at a meeting."""
FEWEST = 2
"""Reviews of a chain, at least."""
GIST_WIDTH = 80
"""Characters of what a chain asks for, in its heading."""
QUOTE_WIDTH = 600
"""Characters of a recommendation; nine of ten are shorter, and shown whole."""
UNDATED = "–"
_ADVICE = re.compile(r" \([^()]*\)$")
_COMMAND = re.compile(r"`|(?<!\S)--[a-z]")

Shown = dict[str, Any]
"""Names and values for the template. A count is None where it is withheld."""


class Placed(NamedTuple):
    """A theme and its rank among those that have one."""

    theme: Theme
    rank: int | None
    """From 1; None where the number of its reviews is withheld."""


def placed(themes: Sequence[Theme], known: Counts) -> tuple[Placed, ...]:
    """Rank the themes whose reviews are shown; the others follow by name."""
    shown = [theme for theme in themes if known.shown("theme", theme.id, "reviews") is not None]
    others = [theme for theme in themes if known.shown("theme", theme.id, "reviews") is None]
    shown.sort(key=lambda theme: (-theme.reviews, *_size(theme, known)))
    others.sort(key=_name)
    ranked = (Placed(theme, rank) for rank, theme in enumerate(shown, 1))
    return (*ranked, *(Placed(theme, None) for theme in others))


def _size(theme: Theme, known: Counts) -> tuple[bool, int, int, str, str]:
    """Order by recommendations, then as the table has it; a number that is withheld comes last, by name."""
    size = known.shown("theme", theme.id, "size")
    return (True, 0, 0, *_name(theme)) if size is None else (False, -size, theme.rank, *_name(theme))


def _name(theme: Theme) -> tuple[str, str]:
    return theme.label.casefold(), theme.id


def view(content: Content, privacy: Privacy, known: Counts) -> Shown:
    """Arrange the content for the template."""
    themes = [_theme(theme, rank, content, known) for theme, rank in placed(content.table.themes, known)]
    closed = sum(one["rank"] is None for one in themes)
    corrected = sum(record.corrections for record in content.records)
    omissions = (omission for record in content.records for omission in record.omissions)
    return {
        "themes": themes,
        "closed": closed,
        "recurring": None if closed else sum(theme.reviews > 1 for theme in content.table.themes),
        "most": [max((one[what] or 0 for one in themes), default=0) for what in ("reviews", "size")],
        "repeats": _repeats(content, privacy.small_counts or 0, known),
        "reviews": [_review(record, content, known) for record in content.records],
        "years": year_span([(record.year, 1) for record in content.records if record.year is not None]),
        "left_out": [f"{one.what} ({one.amount})" for one in left_out(omissions)],
        "corrected": ("some" if known.hidden else f"{corrected:,}") if corrected else "",
        "skipped": [(file.source, reason(file.reason)) for file in content.skipped],
        "notes": [] if known.hidden else [fact(note) for note in content.table.notes],
    }


def _theme(theme: Theme, rank: int | None, content: Content, known: Counts) -> Shown:
    """Give one row of the theme table and what unfolds below it; of a theme without rank only the label."""
    figures = {what: known.shown("theme", theme.id, what) for what in ("reviews", "size")}
    size, total = figures["size"], known.shown(*RECOMMENDATIONS)
    share = percent(size / total) if size is not None and total else ""
    shown = figures | {"rank": rank, "label": theme.label, "colour": theme.colour, "share": share}
    if rank is None:
        return shown | {"span": "", "first_year": "", "recurs": False, "kinds": ()}
    span = None if _hides("year", theme, content, known) else years_of(theme) or UNDATED
    agencies = () if _hides("agency", theme, content, known) else theme.agencies[:AGENCIES_SHOWN]
    kinds = sorted(group.name for group in content.by_agency.groups)
    return shown | {
        "span": span if theme.years or span is None else UNDATED,
        "first_year": str(theme.years[0][0]) if span and theme.years else "",
        "recurs": theme.reviews > 1,
        "kinds": [kind for kind in kinds if known.shown("agency", kind, theme.id)],
        "terms": ", ".join(theme.terms),
        "agencies": ", ".join(name for name, _ in agencies),
        "quotes": [quote(one.recommendation, one.excerpt, content, known) for one in theme.examples],
        "others": _others(theme.members, [one.recommendation for one in theme.examples], content, known),
    }


def _hides(field: str, theme: Theme, content: Content, known: Counts) -> bool:
    """Tell whether any count of a theme by year or agency is withheld, which its span or names would tell."""
    groups = (content.by_year if field == "year" else content.by_agency).groups
    return any((field, group.name, theme.id) in known.hidden for group in groups)


def _others(
    members: Sequence[Recommendation], quoted: Sequence[Recommendation], content: Content, known: Counts
) -> list[str]:
    """Cite what is not quoted, review by review; those without a number or page are cited alike, and once."""
    ids = {one.id for one in quoted}
    reviews: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for one in () if known.hidden else members:
        if one.id not in ids:
            name = content.catalogue.names[one.review_id]
            reviews[name][content.catalogue.cite(one).removeprefix(name).lstrip(" ,")] += 1
    told = {
        name: " · ".join(
            f"{place} ({times:,} recommendations)".lstrip() if times > 1 else place
            for place, times in places.items()
        )
        for name, places in reviews.items()
    }
    return [f"{name}: {places}" if places else name for name, places in told.items()]


def _review(record: ReviewRecord, content: Content, known: Counts) -> Shown:
    by_hand = "" if known.hidden else corrections(record).partition(": see `")[0]
    return {
        "name": content.catalogue.names[record.id],
        "source": record.source,
        "board": record.value("board"),
        "kind": record.value("kind"),
        "pages": str(record.pages) if record.format == "pdf" or record.pages > 1 else "",
        "found": known.shown("review", record.id),
        "why_none": record.why_none,
        "read": "; ".join(filter(None, (coverage(record), by_hand))),
    }


def _repeats(content: Content, least: int, known: Counts) -> Shown:
    """Arrange what repeats; chains of fewer reviews than `least` are withheld, be there any or not."""
    chains = content.repeats.chains
    told = [chain for chain in chains if chain.reviews >= least]
    whole = least <= FEWEST and not known.hidden
    return {
        "chains": [_chain(chain, content, known) for chain in told[:CHAINS_SHOWN]],
        "left_out": len(told[CHAINS_SHOWN:]),
        "withheld": least > FEWEST,
        "members": sum(len(chain.members) for chain in chains) if whole else None,
        "recommendations": content.repeats.recommendations if whole else None,
        "boards": [] if least else sorted(content.boards, key=_most_repeated),
    }


def _chain(chain: Chain, content: Content, known: Counts) -> Shown:
    quoted = tuple(_quoted(chain, content))
    return {
        "gist": shortened(" ".join(chain.centre.text.split()), GIST_WIDTH),
        "reviews": counted(chain.reviews, "review"),
        "span": year_span([(year, 1) for year in chain.years]),
        "boards": chain.boards,
        "quotes": [
            (what, quote(one, shortened(one.text, QUOTE_WIDTH), content, known)) for what, one in quoted
        ],
        "others": _others(chain.members, [one for _, one in quoted], content, known),
    }


def _quoted(chain: Chain, content: Content) -> Iterator[tuple[str, Recommendation]]:
    """Give the first and the latest, and between them what all are like, if that is neither."""
    records = content.catalogue.records
    dated = [one for one in chain.members if records[one.review_id].year is not None]
    several = len(chain.years) > 1
    first, last = (dated[0], dated[-1]) if several else (chain.members[0], chain.members[-1])
    yield "First" if several else "Once", first
    if chain.centre.id not in (first.id, last.id):
        yield "Most typical", chain.centre
    yield "Latest" if several else "Again", last


def _most_repeated(one: BoardHistory) -> tuple[float, int, str]:
    return -one.repeated / one.recommendations, -one.recommendations, one.board


def shortened(text: str, width: int) -> str:
    """Give a text, or its beginning on one line, of `width` characters at most."""
    if len(text) <= width:
        return "\n".join(line for line in text.split("\n") if line.strip())
    return textwrap.shorten(text, width, placeholder="\u00a0…")


def quote(one: Recommendation, text: str, content: Content, known: Counts) -> dict[str, Any]:
    """Quote `text` from a recommendation; what was answered only where no counts are withheld."""
    answer = None if known.hidden else content.answers.get(one.id)
    around = content.around.get(one.id)
    return {
        "text": text,
        "source": content.catalogue.cite(one),
        "agencies": ", ".join(dict.fromkeys(agency.name for agency in one.agencies)),
        "answer": answer
        and f"{answer.verdict}: “{' '.join(answer.text.split())}” "
        f"({content.catalogue.at(answer.review_id, answer.page)})",
        "around": around.shown if around else (),
    }


def fact(note: str) -> str:
    """Leave out of a note the advice in brackets at its end: "… may be one (merge them in a codebook)"."""
    return _ADVICE.sub("", note)


def reason(said: str) -> str:
    """Leave out of a reason the parts with a command or option: "it is a scan; ingest it with --ocr"."""
    kept = [part for part in said.split("; ") if not _COMMAND.search(part)]
    return "; ".join(kept) if kept else "it could not be read"
