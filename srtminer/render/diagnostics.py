"""The findings of `srtminer doctor`."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from rich.console import RenderableType
from rich.table import Table

from srtminer.render.as_json import document
from srtminer.render.figures import counted
from srtminer.render.layout import GAP, Below, below, plain, to_text
from srtminer.render.result import Screen

ADVICE_INDENT = 4
_MARK = "! "
"""Before what is wrong."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at."""

    group: str
    name: str
    value: str
    ok: bool = True
    """False: srtminer cannot do its work with it."""
    advice: str = ""
    """What to do, or what it means."""


def as_table(checks: Sequence[Check], screen: Screen) -> str:
    """List what was looked at, group by group, what is wrong with a mark of its own."""
    width = max(len(check.name) for check in checks)
    lines = [
        line
        for group, members in groupby(checks, key=lambda check: check.group)
        for line in (plain(group, "bold"), *(part for check in members for part in _lines(check, width)))
    ]
    wrong = sum(not check.ok for check in checks)
    summary = f"{counted(wrong, 'problem')}, marked with !" if wrong else "no problems found"
    return to_text([*lines, plain(""), plain(summary, "bold")], screen)


def as_json(checks: Sequence[Check]) -> str:
    """Render under `srtminer.doctor/1`."""
    body = {
        "ok": all(check.ok for check in checks),
        "checks": [
            {
                "group": check.group,
                "name": check.name,
                "value": check.value,
                "ok": check.ok,
                "advice": check.advice or None,
            }
            for check in checks
        ],
    }
    return document("doctor", body)


def _lines(check: Check, width: int) -> Iterator[RenderableType]:
    style = "" if check.ok else "bold"
    row = Table.grid(padding=(0, GAP, 0, 0), pad_edge=False)
    row.add_column(width=width + len(_MARK))
    row.add_column(overflow="fold")
    mark = " " * len(_MARK) if check.ok else _MARK
    row.add_row(plain(mark + check.name, style), plain(check.value, style))
    yield row
    if check.advice:
        yield below(Below(check.advice, ADVICE_INDENT))
