"""The page: what the templates show, chosen, ordered and computed, and one string of HTML made of it."""

import base64
import hashlib
import textwrap
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from srtminer import __version__
from srtminer.comparisons import NOT_KNOWN, BoardYear, Chain
from srtminer.material import LIMITS, Material, Privacy, account, for_others, repeats_told
from srtminer.model import Recommendation, ReviewRecord, Theme
from srtminer.render import wording
from srtminer.render.safe_text import visible
from srtminer.report import small_counts as counts
from srtminer.report.small_counts import RECOMMENDATIONS, Counts, Key, count, placed
from srtminer.text.names import counted

MOST_BYTES = 2_000_000
"""What a report should stay under to go through e-mail."""
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
PANELS = 12
"""Themes that get a panel; the table of figures below holds all."""
VERDICTS = ("accepted", "accepted in part", "rejected", "done", "answered", "no answer found")
SHADES = 5
"""Steps of the heat map."""

Shown = dict[str, Any]
"""Names and values for the template. A count is None where it is withheld."""


def view(content: Material, privacy: Privacy, known: Counts) -> Shown:
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
        "read": {record.id: _read(record, known) for record in content.records},
        "years": wording.year_span(
            [(record.year, 1) for record in content.records if record.year is not None]
        ),
        "left_out": [f"{one.what} ({one.amount})" for one in wording.left_out(omissions)],
        "corrected": ("some" if known.hidden else f"{corrected:,}") if corrected else "",
        "skipped": [(file.source, reason(file.reason)) for file in content.skipped],
        "notes": [] if known.hidden else [fact(note) for note in content.table.notes],
    }


def _theme(theme: Theme, rank: int | None, content: Material, known: Counts) -> Shown:
    """Give one row of the theme table and what unfolds below it; of a theme without rank only the label."""
    numbers = {what: known.shown("theme", theme.id, what) for what in ("reviews", "size")}
    size, total = numbers["size"], known.shown(*RECOMMENDATIONS)
    share = wording.percent(size / total) if size is not None and total else ""
    shown = numbers | {"rank": rank, "label": theme.label, "colour": theme.colour, "share": share}
    if rank is None:
        return shown | {"span": "", "first_year": "", "recurs": False, "kinds": ()}
    # Where any count of a theme by year or agency is withheld, its span or names would tell it.
    hidden = {key[0] for key in known.hidden if key[-1] == theme.id}
    span = None if "year" in hidden else wording.years_of(theme) if theme.years else "–"
    agencies = () if "agency" in hidden else theme.agencies[:AGENCIES_SHOWN]
    kinds = sorted(group.name for group in content.by_agency.groups)
    return shown | {
        "span": span,
        "first_year": str(theme.years[0][0]) if span and theme.years else "",
        "recurs": theme.reviews > 1,
        "kinds": [kind for kind in kinds if known.shown("agency", kind, theme.id)],
        "terms": ", ".join(theme.terms),
        "agencies": ", ".join(name for name, _ in agencies),
        "quotes": [quote(one.recommendation, one.excerpt, content, known) for one in theme.examples],
        "others": _others(theme.members, [one.recommendation for one in theme.examples], content, known),
    }


def _others(
    members: Sequence[Recommendation], quoted: Sequence[Recommendation], content: Material, known: Counts
) -> list[str]:
    """Cite what is not quoted, review by review; those without a number or page are cited alike, and once."""
    ids = {one.id for one in quoted}
    reviews: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for one in () if known.hidden else members:
        if one.id not in ids:
            name = content.catalogue.names[one.review_id]
            reviews[name][content.catalogue.cite(one).removeprefix(name).lstrip(" ,")] += 1
    told = []
    for name, places in reviews.items():
        alike = {place: f"{place} ({n:,} recommendations)".lstrip() for place, n in places.items() if n > 1}
        told.append(f"{name}: {' · '.join(alike.get(place, place) for place in places)}".removesuffix(": "))
    return told


def _read(record: ReviewRecord, known: Counts) -> str:
    """Say what was read of a review, what was left out and what corrected."""
    by_hand = "" if known.hidden else wording.corrections(record).partition(": see `")[0]
    return "; ".join(filter(None, (wording.coverage(record), by_hand)))


def _repeats(content: Material, least: int, known: Counts) -> Shown:
    """Arrange what repeats; chains of fewer reviews than `least` are withheld, be there any or not."""
    chains = content.repeats.chains
    told = [chain for chain in chains if chain.reviews >= least]
    whole = least <= FEWEST and not known.hidden
    boards = [_board(years) for years in content.repeats.boards]
    boards = [one for one in boards if one["reviews"] > 1]  # one alone can repeat nothing
    boards.sort(key=lambda one: (-one["share"], -one["recommendations"], one["board"]))
    return {
        "chains": [_chain(chain, content, known) for chain in told[:CHAINS_SHOWN]],
        "left_out": len(told[CHAINS_SHOWN:]),
        "withheld": least > FEWEST,
        "members": sum(len(chain.members) for chain in chains) if whole else None,
        "recommendations": content.repeats.recommendations if whole else None,
        "boards": [] if least else boards,
    }


def _board(years: Sequence[BoardYear]) -> Shown:
    counts = {what: sum(getattr(one, what) for one in years) for what in ("reviews", "recommendations")}
    repeated = sum(one.repeated for one in years)
    share = repeated / counts["recommendations"]
    return counts | {"board": years[0].board, "years": years, "repeated": repeated, "share": share}


def _chain(chain: Chain, content: Material, known: Counts) -> Shown:
    quoted = tuple(_quoted(chain, content))
    quotes = [(what, quote(one, shortened(one.text, QUOTE_WIDTH), content, known)) for what, one in quoted]
    return {
        "gist": shortened(" ".join(chain.centre.text.split()), GIST_WIDTH),
        "reviews": counted(chain.reviews, "review"),
        "span": wording.year_span([(year, 1) for year in chain.years]),
        "boards": chain.boards,
        "quotes": quotes,
        "others": _others(chain.members, [one for _, one in quoted], content, known),
    }


def _quoted(chain: Chain, content: Material) -> Iterator[tuple[str, Recommendation]]:
    """Give the first and the latest, and between them what all are like, if that is neither."""
    records = content.catalogue.records
    dated = [one for one in chain.members if records[one.review_id].year is not None]
    several = len(chain.years) > 1
    first, last = (dated[0], dated[-1]) if several else (chain.members[0], chain.members[-1])
    yield "First" if several else "Once", first
    if chain.centre.id not in (first.id, last.id):
        yield "Most typical", chain.centre
    yield "Latest" if several else "Again", last


def shortened(text: str, width: int) -> str:
    """Give a text, or its beginning on one line, of `width` characters at most."""
    if len(text) <= width:
        return "\n".join(line for line in text.split("\n") if line.strip())
    return textwrap.shorten(text, width, placeholder="\u00a0…")


def quote(one: Recommendation, text: str, content: Material, known: Counts) -> Shown:
    """Quote `text` from a recommendation; what was answered only where no counts are withheld."""
    answer = None if known.hidden else content.answers.get(one.id)
    return {
        "text": text,
        "source": content.catalogue.cite(one),
        "agencies": ", ".join(dict.fromkeys(agency.name for agency in one.agencies)),
        "answer": answer
        and f"{answer.verdict}: “{' '.join(answer.text.split())}” "
        f"({content.catalogue.at(answer.review_id, answer.page)})",
        "around": content.around.get(one.id, ()),
    }


def fact(note: str) -> str:
    """Leave out of a note the advice in brackets at its end: "… may be one (merge them in a codebook)"."""
    return (note.rpartition(" (")[0] if note.endswith(")") else "") or note


def reason(said: str) -> str:
    """Leave out of a reason the parts with a command or option: "it is a scan; ingest it with --ocr"."""
    parts = said.split("; ")
    kept = [one for one in parts if "`" not in one and " --" not in f" {one}"]
    return "; ".join(kept) if kept else "it could not be read"


class Row(NamedTuple):
    """A row of a grid; None where a figure is withheld."""

    name: str
    rank: int | None
    total: int | None
    cells: tuple[int | None, ...]


class Grid(NamedTuple):
    """A table of figures with names for its columns."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    sizes: Row

    @property
    def largest(self) -> int:
        """The largest figure that is shown."""
        return max((value or 0 for row in self.rows for value in row.cells), default=0)


def ordered_kinds(names: tuple[str, ...], known: Counts) -> tuple[str, ...]:
    """Order kinds of agency: as compared or, where counts are withheld, by name, what is not known last."""
    return tuple(sorted(names, key=lambda name: (name == NOT_KNOWN, name))) if known.hidden else names


def grid(content: Material, known: Counts, field: str) -> Grid:
    """Give the number of reviews by theme and "year", or of recommendations by theme and kind of "agency"."""
    by_year = field == "year"
    names = tuple(one.name for one in (content.by_year if by_year else content.by_agency).groups)
    names = names if by_year else ordered_kinds(names, known)

    def row(name: str, rank: int | None, total: Key, *theme: str) -> Row:
        return Row(name, rank, known.shown(*total), tuple(known.shown(field, one, *theme) for one in names))

    rows = [
        row(theme.label, rank, ("theme", theme.id, "reviews" if by_year else "size"), theme.id)
        for theme, rank in placed(content.table.themes, known)
    ]
    if by_year:
        return Grid(names, tuple(rows), row("All reviews with recommendations", None, counts.WITH))
    if content.table.unthemed:
        rows.append(row("In no theme", None, counts.UNTHEMED, counts.NO_THEME))
    total = row("All recommendations", None, RECOMMENDATIONS)
    return Grid(tuple(map(wording.kind_name, names)), tuple(rows), total)


def answer_grid(content: Material) -> Grid:
    """Give the number of recommendations a review that a response answers, and what it says."""
    names, answers = content.catalogue.names, content.answers
    responses: defaultdict[str, set[str]] = defaultdict(set)
    said: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for one in content.recommendations:
        answer = answers.get(one.id)
        said[one.review_id][answer.verdict if answer else VERDICTS[-1]] += 1
        responses[one.review_id] |= {names[answer.review_id]} if answer else set()

    def row(name: str, found: Counter[str]) -> Row:
        return Row(name, None, found.total(), tuple(found[verdict] for verdict in VERDICTS))

    having = [record.id for record in content.records if responses[record.id]]
    rows = [
        row(f"{names[one]}, answered by {'; '.join(sorted(responses[one]))}", said[one]) for one in having
    ]
    total = sum((said[one] for one in having), Counter[str]())
    heads = tuple(verdict.capitalize() for verdict in VERDICTS)
    return Grid(heads, tuple(rows), row("All that responses answer", total))


class Panel(NamedTuple):
    """One theme over the years; of each year what part of its reviews has the theme."""

    rank: int | None
    label: str
    years: tuple[tuple[int, int, int], ...]
    """Year, part and whole."""

    @property
    def told(self) -> str:
        """What is drawn, in words."""
        words = [f"{year}: {part} of {whole}" for year, part, whole in self.years if part]
        return "; ".join(words) or "no dated review"


def year_panels(years: Grid, known: Counts) -> tuple[Panel, ...]:
    """Draw the most widespread themes; none where there are not two years, or counts are withheld."""
    column = {int(name): n for n, name in enumerate(years.columns) if name.isdecimal()}
    if len(column) < 2 or known.hidden:
        return ()
    axis = range(min(column), max(column) + 1)

    def values(row: Row) -> list[int]:
        return [row.cells[column[year]] or 0 if year in column else 0 for year in axis]

    wholes = values(years.sizes)
    return tuple(
        Panel(row.rank, row.name, tuple(zip(axis, values(row), wholes, strict=True)))
        for row in years.rows[:PANELS]
    )


def shade(value: int | None, largest: int) -> int:
    """Give the step of a value from 1 to `SHADES`; 0 for nothing."""
    return -(-value * SHADES // largest) if value and largest else 0


def render_report(content: Material, privacy: Privacy | None = None) -> str:
    """Render a report as one HTML document that needs nothing else and asks nobody for anything."""
    privacy = privacy or Privacy()
    content = for_others(content, privacy.names, folders=privacy.folders)
    known = count(content, privacy.small_counts)
    style, script = _asset("report.css"), _asset("report.js")
    years = grid(content, known, "year")
    told = {
        "reviews": known.shown(*counts.REVIEWS),
        "themes": len(content.table.themes),
        "recommendations": known.shown(*RECOMMENDATIONS),
    } | {key[1]: known.shown(*key) for key in (counts.WITH, counts.UNTHEMED, counts.UNLISTED)}
    kinds = tuple(group.name for group in content.by_agency.groups)
    return (
        _environment()
        .get_template("report.html")
        .render(
            content=content,
            privacy=privacy,
            version=__version__,
            view=view(content, privacy, known),
            counts=known,
            panels=year_panels(years, known),
            years=years,
            agencies=grid(content, known, "agency"),
            answers=answer_grid(content if privacy.small_counts is None else replace(content, answers={})),
            account=(*account(content.making, told), repeats_told(content.repeats.threshold)),
            limits=LIMITS,
            kinds=[(name, wording.kind_name(name)) for name in ordered_kinds(kinds, known)],
            style=Markup(style),  # ours, and no text of a review is in them
            script=Markup(script),
            policy=f"default-src 'none'; style-src {_digest(style)}; script-src {_digest(script)}; "
            "base-uri 'none'; form-action 'none'",  # whatever may stand in the text
        )
    )


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


@cache
def _asset(name: str) -> str:
    return (files("srtminer.report") / "templates" / name).read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FunctionLoader(_asset),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_shown,
    )
    made.globals |= {"shade": shade, "percent": wording.percent}
    return made


def _shown(value: Any) -> Any:
    """Make what could reverse a line visible, in the one place that every expression passes."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value
