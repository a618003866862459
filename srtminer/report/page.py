"""The page: templates, style and script become one string of HTML."""

import base64
import hashlib
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from srtminer.redaction import redacted
from srtminer.render.figures import kind_name
from srtminer.render.methodology import LIMITS, Made, Told, account, repeats_told
from srtminer.render.safe_text import visible
from srtminer.report import small_counts as counts
from srtminer.report.report_data import Content, Privacy
from srtminer.report.small_counts import Counts, count
from srtminer.report.tables import SHADES, agency_grid, answer_grid, ordered_kinds, year_grid, year_panels
from srtminer.report.view import view


def told(content: Content, known: Counts) -> tuple[Told, ...]:
    """Tell what was read and how themes and repeats were found."""
    made = Made(
        reviews=known.shown(*counts.REVIEWS),
        with_recommendations=known.shown(*counts.WITH),
        recommendations=known.shown(*counts.RECOMMENDATIONS),
        themes=len(content.table.themes),
        unthemed=known.shown(*counts.UNTHEMED),
        unlisted=known.shown(*counts.UNLISTED),
        where=content.where,
        number=content.chosen.n_themes,
        min_reviews=content.chosen.min_reviews,
        codebook=content.codebook,
    )
    return (*account(made), repeats_told(content.repeats.threshold))


def options(content: Content) -> tuple[Told, ...]:
    """List what the user chose, for the record."""
    chosen = content.chosen
    number = "not asked for" if chosen.n_themes is None else str(chosen.n_themes)
    return (
        ("Reviews chosen", " ".join(f"--where {one}" for one in content.where) or "all in the store"),
        ("Codebook", content.codebook or "none"),
        ("Number of themes", number),
        ("Reviews a theme, at least", str(chosen.min_reviews)),
        ("Excerpts a theme, at most", str(chosen.examples)),
        ("Paragraphs around an excerpt, on either side", str(content.context or "none")),
    )


MOST_BYTES = 2_000_000
"""What a report should stay under to go through e-mail."""


def render_report(content: Content, privacy: Privacy | None = None) -> str:
    """Render a report as one HTML document that needs nothing else and asks nobody for anything."""
    privacy = privacy or Privacy()
    content = redacted(content, privacy.names)
    known = count(content, privacy.small_counts)
    style, script = _asset("report.css"), _asset("report.js")
    return (
        _environment()
        .get_template("report.html")
        .render(
            view=view(content, privacy, known),
            counts=known,
            panels=year_panels(content, known),
            years=year_grid(content, known),
            agencies=agency_grid(content, known),
            answers=answer_grid(content, known),
            account=told(content, known),
            options=options(content),
            limits=LIMITS,
            kinds=[
                (name, kind_name(name))
                for name in ordered_kinds([group.name for group in content.by_agency.groups], known)
            ],
            shades=range(1, SHADES + 1),
            style=Markup(style),  # ours, and no text of a review is in them
            script=Markup(script),
            policy=_policy(style, script),
        )
    )


def _policy(style: str, script: str) -> str:
    """Forbid everything but this very style and script, whatever may stand in the text."""
    return (
        f"default-src 'none'; style-src {_digest(style)}; script-src {_digest(script)}; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


@cache
def _asset(name: str) -> str:
    return (files("srtminer.report") / "templates" / name).read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    return Environment(
        loader=FunctionLoader(_asset),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_shown,
    )


def _shown(value: Any) -> Any:
    """Make what could reverse a line visible, in the one place that every expression passes."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value
