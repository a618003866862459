"""The findings of `srtminer doctor`."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from srtminer.render.figures import counted
from srtminer.render.layout import GAP
from srtminer.render.result import Column, Result, Style, Table, Text, as_object, described

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


COLUMNS = (
    *described(
        ("group", "What it belongs to."),
        ("name", "What was looked at."),
        ("value", "What was found."),
        ("ok", "Whether srtminer can do its work with it."),
    ),
    Column("advice", "What to do, or what it means.", empty=None),
)


def doctor_result(checks: Sequence[Check]) -> Result:
    """List what was looked at, group by group, what is wrong with a mark of its own."""
    body = {
        "ok": all(check.ok for check in checks),
        "checks": [as_object(COLUMNS, check) for check in checks],
    }
    return Result("doctor", Table.of(COLUMNS, checks), body, lambda _: _shown(checks))


def _shown(checks: Sequence[Check]) -> Iterator[Text]:
    width = max(len(check.name) for check in checks)
    for group, members in groupby(checks, key=lambda check: check.group):
        yield Text(group, style="bold")
        for check in members:
            style: Style = "" if check.ok else "bold"
            mark = " " * len(_MARK) if check.ok else _MARK
            yield Text(check.value, width + len(_MARK) + GAP, style, hanging=f"{mark}{check.name}")
            if check.advice:
                yield Text(check.advice, ADVICE_INDENT)
    wrong = sum(not check.ok for check in checks)
    summary = f"{counted(wrong, 'problem')}, marked with !" if wrong else "no problems found"
    yield from (Text(), Text(summary, style="bold"))
