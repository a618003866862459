"""The findings of `srtminer doctor`."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from srtminer.render.as_json import document
from srtminer.render.figures import counted
from srtminer.render.layout import GAP, to_text
from srtminer.render.result import Screen, Style, Text

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
        for line in (Text(group, style="bold"), *(part for check in members for part in _lines(check, width)))
    ]
    wrong = sum(not check.ok for check in checks)
    summary = f"{counted(wrong, 'problem')}, marked with !" if wrong else "no problems found"
    return to_text([*lines, Text(), Text(summary, style="bold")], screen)


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


def _lines(check: Check, width: int) -> Iterator[Text]:
    style: Style = "" if check.ok else "bold"
    mark = " " * len(_MARK) if check.ok else _MARK
    yield Text(check.value, width + len(_MARK) + GAP, style, hanging=f"{mark}{check.name}")
    if check.advice:
        yield Text(check.advice, ADVICE_INDENT)
