"""The page: templates, style and script become one string of HTML."""

import base64
import hashlib
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from srtminer import __version__
from srtminer.material import for_others
from srtminer.render.figures import kind_name
from srtminer.render.methodology import LIMITS, account, repeats_told
from srtminer.render.safe_text import visible
from srtminer.report import small_counts as counts
from srtminer.report.report_data import Content, Privacy
from srtminer.report.small_counts import count
from srtminer.report.tables import (
    agency_grid,
    answer_grid,
    ordered_kinds,
    shade,
    year_grid,
    year_panels,
)
from srtminer.report.view import view

MOST_BYTES = 2_000_000
"""What a report should stay under to go through e-mail."""


def render_report(content: Content, privacy: Privacy | None = None) -> str:
    """Render a report as one HTML document that needs nothing else and asks nobody for anything."""
    privacy = privacy or Privacy()
    content = for_others(content, privacy.names, folders=privacy.folders)
    known = count(content, privacy.small_counts)
    style, script = _asset("report.css"), _asset("report.js")
    told = {
        "reviews": known.shown(*counts.REVIEWS),
        "themes": len(content.table.themes),
        "recommendations": known.shown(*counts.RECOMMENDATIONS),
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
            panels=year_panels(content, known),
            years=year_grid(content, known),
            agencies=agency_grid(content, known),
            answers=answer_grid(content, known),
            account=(*account(content.making, told), repeats_told(content.repeats.threshold)),
            limits=LIMITS,
            kinds=[(name, kind_name(name)) for name in ordered_kinds(kinds, known)],
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
    made = Environment(
        loader=FunctionLoader(_asset),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_shown,
    )
    made.globals["shade"] = shade
    return made


def _shown(value: Any) -> Any:
    """Make what could reverse a line visible, in the one place that every expression passes."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value
