"""Which theme is meant: by rank, id, name or a part of it."""

import sys
from pathlib import Path

import pytest

from srtminer.__main__ import main
from srtminer.cli.themes import find_theme
from srtminer.errors import UsageError
from tests import render_values as values

SHARING, TRAINING = values.SHARING_THEME, values.TRAINING_THEME
NUMBERED = "they are numbered 1 to 2; see `srtminer themes` with the same options"


@pytest.mark.parametrize(
    ("wanted", "advice"),
    [
        (
            "health",
            f"2 themes have 'health' in their names: “{SHARING.label}”, “{TRAINING.label}”; give more",
        ),
        ("shareing", f"no theme 'shareing'; did you mean “{SHARING.label}”?"),
        ("t-3c4", f"no theme 't-3c4'; did you mean “{TRAINING.label}” (t-3c4d)?"),
        ("zeppelin", f"no theme 'zeppelin'; {NUMBERED}"),
        ("", f"no theme ''; {NUMBERED}"),
        ("3", f"no theme '3'; {NUMBERED}"),
    ],
)
def test_a_theme_that_is_not_there_or_not_the_only_one(wanted: str, advice: str) -> None:
    with pytest.raises(UsageError) as raised:
        find_theme(values.TABLE, wanted)
    assert str(raised.value).startswith(advice)


@pytest.mark.parametrize("wanted", ["2", "t-3c4d", "Training", "HEALTH VISITOR", TRAINING.label])
def test_a_rank_an_id_a_name_and_a_part_of_it(wanted: str) -> None:
    assert find_theme(values.TABLE, wanted) == TRAINING


def test_notes_come_after_the_answer_and_what_stands_once_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [f"{n % 3},{n},Staff at quay {n} must read the moss code before they sail." for n in range(6)]
    rows += [f"9,{n},The Board should paint each bell of tower {n} blue." for n in range(6, 9)]
    (tmp_path / "rows.csv").write_text("\n".join(["review,reference,text", *rows]), encoding="utf-8")
    store = ["--store", str(tmp_path / "s.db")]
    assert main([*store, "--quiet", "ingest", str(tmp_path / "rows.csv")]) == 0
    monkeypatch.setattr("sys.stderr", sys.stdout)
    assert main([*store, "themes"]) == 0
    lines = capsys.readouterr().out.splitlines()
    once = next(place for place, line in enumerate(lines) if line.startswith("In one review each: 2 "))
    note = next(place for place, line in enumerate(lines) if line.startswith("note: only 9"))
    assert once < next(place for place, line in enumerate(lines) if line.startswith("2 themes")) < note
