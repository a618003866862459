"""`srtminer export` and `srtminer themes --plot`."""

import csv
import io
import json
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

from srtminer.export import plot
from tests.invented_reviews import NEWSPAPER, OVERVIEW_P, SUMMARY_Q
from tests.stores import Call, ingested


@pytest.fixture
def call(call: Call, tmp_path: Path) -> Call:
    """Run a command in a folder with a store of three files."""
    ingested(tmp_path, {"0.txt": OVERVIEW_P, "1.txt": SUMMARY_Q, "2.txt": NEWSPAPER})
    return call


def test_every_kind_by_the_ending_of_its_file(call: Call) -> None:
    for name in ("all.xlsx", "all.qdpx", "all.csv", "all.JSONL"):
        ended = call("export", "--output", name)
        assert (ended.code, ended.out) == (0, "")
        assert f"note: wrote {name}: 3 reviews, 5 recommendations" in ended.err
    assert load_workbook("all.xlsx").sheetnames[0] == "Themes"
    with zipfile.ZipFile("all.qdpx") as archive:
        assert "project.qde" in archive.namelist()
    assert len(list(csv.DictReader(io.StringIO(Path("all.csv").read_text(encoding="utf-8-sig"))))) == 6
    assert json.loads(Path("all.JSONL").read_text(encoding="utf-8").splitlines()[0])["type"] == "export"
    assert not list(Path().glob(".*.tmp"))


def test_text_goes_to_stdout_when_no_file_is_named(call: Call) -> None:
    ended = call("--quiet", "export", "--to", "jsonl")
    assert (ended.code, ended.err) == (0, "")
    assert [json.loads(line)["type"] for line in ended.out.splitlines()].count("recommendation") == 5


def test_figures_follow_where_and_the_theme_options(call: Call) -> None:
    call("export", "--output", "one.xlsx", "--where", "source=1.txt", "--themes", "1", "--date", "2026-03-01")
    book = load_workbook("one.xlsx")
    assert book["Reviews"].max_row == 2
    assert book["Recommendations"].max_row == 3
    how = dict(book["How it was made"].iter_rows(values_only=True))
    named = ("date", "reviews chosen", "reviews", "themes asked for")
    told = [how[f"For the record: {name}"] for name in named]
    assert told == ["2026-03-01", "source=1.txt", "1", "1"]
    assert how["How many themes"].startswith("As many as the user asked for: 1.")


def test_reviews_without_any_recommendation_can_be_exported(call: Call, tmp_path: Path) -> None:
    ingested(tmp_path, {"news.txt": NEWSPAPER})
    assert call("export", "--output", "none.xlsx").code == 0
    assert load_workbook("none.xlsx")["Reviews"].max_row == 2
    assert call("export", "--output", "none.qdpx").code == 0


def test_segments_are_cut_out_whatever_the_line_ends(call: Call) -> None:
    call("export", "--output", "lf.qdpx")
    call("export", "--output", "crlf.qdpx", "--line-ends", "crlf")
    for name, ends in (("lf.qdpx", 0), ("crlf.qdpx", 1)):
        with zipfile.ZipFile(name) as archive:
            source = next(entry for entry in archive.namelist() if entry.startswith("sources/"))
            assert (archive.read(source).count(b"\r\n") > 0) is bool(ends)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "name a file to write: --output themes.xlsx"),
        (("--output", "all.ods"), "cannot tell the format of all.ods (known: .xlsx, .qdpx, .csv, .jsonl)"),
        (("--output", "all"), "add --to"),
        (("--output", "."), "is a folder"),
        (("--to", "xlsx"), "name a file: --output themes.xlsx"),
        (("--to", "qdpx"), "name a file: --output themes.qdpx"),
        (("--output", "a.xlsx", "--line-ends", "crlf"), "--line-ends applies to .qdpx only"),
        (("--output", "srtminer.db", "--to", "xlsx"), "srtminer.db is the store itself"),
        (("--output", "a.xlsx", "--date", "1 March"), "--date"),
        (("--output", "nowhere/a.qdpx"), "there is no folder nowhere"),
    ],
)
def test_wrong_usage(call: Call, arguments: tuple[str, ...], message: str) -> None:
    ended = call("export", *arguments)
    assert ended.code == 2
    assert message in ended.err
    assert ended.out == ""


def test_no_store_and_nothing_that_fits(call: Call) -> None:
    assert call("--store", "none.db", "export", "--output", "a.xlsx").code == 5
    assert call("export", "--output", "a.xlsx", "--where", "year=1999").code == 4
    assert not Path("a.xlsx").exists()


def test_an_older_file_stays_whole_when_the_export_fails(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("a.xlsx").write_text("older", encoding="utf-8")

    def full(self: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    ended = call("export", "--output", "a.xlsx")
    assert ended.code == 2
    assert "a.xlsx cannot be written (no space left on device)" in ended.err
    assert Path("a.xlsx").read_text(encoding="utf-8") == "older"
    assert not list(Path().glob(".*.tmp"))


# Plots


def test_a_plot_comes_on_top_of_the_table(call: Call) -> None:
    pytest.importorskip("matplotlib")
    plain = call("themes", "--themes", "1", "--format", "json")
    for name, start in (("a.svg", b"<?xml"), ("a.PNG", b"\x89PNG")):
        ended = call("themes", "--themes", "1", "--format", "json", "--plot", name)
        assert f"note: wrote {name}\n" in ended.err
        assert (ended.code, ended.out) == (0, plain.out)
        assert Path(name).read_bytes().startswith(start)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--plot", "a.pdf"), "a plot is .svg or .png: write --plot a.svg"),
        (("--plot", "a.svg", "--theme", "1"), "leave out --theme"),
        (("--plot", "nowhere/a.svg"), "there is no folder nowhere"),
    ],
)
def test_wrong_usage_of_plot(call: Call, arguments: tuple[str, ...], message: str) -> None:
    ended = call("themes", "--themes", "1", *arguments)
    assert ended.code == 2
    assert message in ended.err


def test_a_plot_without_matplotlib(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plot, "find_spec", lambda name: None)
    ended = call("themes", "--plot", "a.svg")
    assert ended.code == 2
    assert "pip install 'srtminer[plot]'" in ended.err


def test_names_and_folders_go_from_every_export(call: Call, tmp_path: Path) -> None:
    folder = tmp_path / "confidential-folder"
    folder.mkdir()
    text = "Serious Case Review: Jane Poole\n\nRecommendations\n\n1. Mrs Poole should be told by the Board.\n"
    (folder / "z.txt").write_text(text, encoding="utf-8")
    Path("names.txt").write_text("Jane Poole = Child Z\nPoole\n", encoding="utf-8")
    assert call("--store", "s.db", "ingest", "--jobs", "1", str(folder)).code == 0
    for name in ("out.xlsx", "out.csv", "out.jsonl", "out.qdpx"):
        assert call("--store", "s.db", "export", "--output", name, "--redact", "names.txt").code == 0
        data = b"".join(contents_of(Path(name)))
        assert b"[redacted] should be told" in data
        assert b"Child Z" in data
        assert b"Poole" not in data
        assert b"confidential-folder" not in data
        assert call("--store", "s.db", "export", "--output", name, "--paths").code == 0
        assert b"confidential-folder" in b"".join(contents_of(Path(name)))


def contents_of(path: Path) -> list[bytes]:
    """Give the bytes of a file, or of all members of an archive."""
    if not zipfile.is_zipfile(path):
        return [path.read_bytes()]
    with zipfile.ZipFile(path) as archive:
        return [archive.read(name) for name in archive.namelist()]


@pytest.mark.parametrize(
    "command",
    [
        "reviews",
        "recommendations",
        "recommendations --explain",
        "themes",
        "themes --unthemed",
        "compare --by year",
        "compare --repeats",
        "compare --review 0.txt",
        "search chronology",
        "check",
        "summary",
    ],
)
def test_every_table_is_written_as_a_workbook(call: Call, command: str) -> None:
    """With the columns and rows of the CSV, every cell text or a number, and what the columns mean."""
    words = command.split()
    assert call(*words, "--output", "x.xlsx").code == 0
    listed = list(csv.reader(io.StringIO(call(*words, "--format", "csv").out)))
    result, columns = load_workbook("x.xlsx").worksheets
    assert (result.max_column, listed[0][-1]) == (len(listed[0]) - 1, "generator")
    assert result.max_row >= len(listed)
    assert {cell.data_type for row in result.iter_rows() for cell in row} <= {"s", "n", "b"}
    heads = [cell.value for cell in next(result.iter_rows())]
    assert [row[0] for row in columns.iter_rows(min_row=2, values_only=True)] == heads
    assert all(row[1] for row in columns.iter_rows(min_row=2, values_only=True))
