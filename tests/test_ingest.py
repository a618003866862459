import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from srtminer.errors import UnreadableInput
from srtminer.ingestion import (
    EMPTY,
    IngestOptions,
    IngestResult,
    _digest,
    ingest,
    of_other_kinds,
    require_readable,
)
from srtminer.model import GIVEN, Fact, ReviewRecord, Skipped
from srtminer.read.read_file import ReadOptions
from srtminer.read.worker_process import Limits
from srtminer.store import Content, Store
from tests.hazards import cheap, one_a_line, shown, stripped

QUICK = IngestOptions(limits=Limits(seconds=1.0))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "test.db", create=True) as store:
        yield store


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "reviews").mkdir()
    return tmp_path / "reviews"


def write(folder: Path, **texts: str) -> None:
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")


def run(
    store: Store,
    *paths: Path,
    options: IngestOptions = QUICK,
    given: Sequence[tuple[str, tuple[Fact, ...]]] = (),
) -> IngestResult:
    return ingest(paths, store, options, given, work=cheap)


def states(result: IngestResult) -> list[tuple[str, str]]:
    return [(Path(item.source).name, item.state) for item in result.reviews]


def reasons(result: IngestResult) -> list[tuple[str, str]]:
    return [(Path(item.source).name, item.reason) for item in result.skipped]


def year(value: str) -> tuple[Fact, ...]:
    return (Fact("year", value, GIVEN),)


def test_a_folder_is_brought_in_and_the_next_time_unchanged(folder: Path, store: Store) -> None:
    write(folder, b="Two.", a="One.", c="Three.")
    assert states(run(store, folder)) == [("a.txt", "added"), ("b.txt", "added"), ("c.txt", "added")]
    assert len(store.records()) == 3
    (folder / "b.txt").write_text("Two, changed.", encoding="utf-8")
    again = run(store, folder)
    assert states(again) == [("a.txt", "unchanged"), ("b.txt", "added"), ("c.txt", "unchanged")]
    assert [item.record.source for item in again.reviews] == [str(folder / f"{name}.txt") for name in "abc"]


def test_known_files_are_not_read_again(folder: Path, store: Store) -> None:
    write(folder, a="SLOW one", b="SLOW two")
    run(store, folder)
    result = ingest([folder], store, IngestOptions(limits=Limits(seconds=0.01)), work=cheap)
    assert states(result) == [("a.txt", "unchanged"), ("b.txt", "unchanged")]


def test_bad_files_do_not_stop_the_others_and_are_tried_again(folder: Path, store: Store) -> None:
    write(folder, a="One.", b="HANG", c="SEGFAULT", d="RAISE", e="KILL", f="Two.")
    result = run(store, folder, folder / "gone.pdf")
    assert states(result) == [("a.txt", "added"), ("f.txt", "added")]
    assert [name for name, _ in reasons(result)] == ["b.txt", "c.txt", "d.txt", "e.txt", "gone.pdf"]
    assert reasons(result)[0] == ("b.txt", "took longer than 1 s; raise --time-limit")
    assert reasons(result)[-1] == ("gone.pdf", "no such file")
    (folder / "b.txt").unlink()
    again = run(store, folder)
    assert states(again) == [("a.txt", "unchanged"), ("f.txt", "unchanged")]
    assert [name for name, _ in reasons(again)] == ["c.txt", "d.txt", "e.txt"]


def test_the_result_does_not_depend_on_jobs_or_order(folder: Path, tmp_path: Path) -> None:
    write(folder, a="SLOW one", b="Two.", c="SEGFAULT", d="SLOW three", e="Two.", f="Four.")
    results: list[tuple[IngestResult, tuple[ReviewRecord, ...]]] = []
    for jobs, paths in [(1, [folder]), (3, [folder]), (2, sorted(folder.iterdir(), reverse=True))]:
        with Store.open(tmp_path / f"{len(results)}.db", create=True) as store:
            result = run(store, *paths, options=IngestOptions(jobs=jobs))
            results.append((result, store.records()))
    assert results[0] == results[1] == results[2]


def test_a_copy_under_another_name_is_unchanged_and_named(folder: Path, store: Store) -> None:
    write(folder, a="SLOW same", b="SLOW same", c="Other.")
    result = run(store, folder)
    assert states(result) == [("a.txt", "added"), ("b.txt", "unchanged"), ("c.txt", "added")]
    assert result.reviews[1].record.source == str(folder / "a.txt")
    write(folder, z="SLOW same")
    assert states(run(store, folder / "z.txt")) == [("z.txt", "unchanged")]
    assert len(store.records()) == 2


def test_an_unread_file_that_is_gone_from_its_folder_is_listed_no_more(folder: Path, store: Store) -> None:
    write(folder, a="SEGFAULT", b="SEGFAULT")
    run(store, folder)
    (folder / "a.txt").unlink()
    run(store, folder / "b.txt")
    assert [Path(skip.source).name for skip in store.skipped()] == ["a.txt", "b.txt"]
    run(store, folder)
    assert [Path(skip.source).name for skip in store.skipped()] == ["b.txt"]


def test_a_copy_of_a_bad_file_has_its_reason(folder: Path, store: Store) -> None:
    write(folder, a="SEGFAULT", b="SEGFAULT")
    expected = [
        (name, "the reader crashed (signal 11, perhaps for lack of memory: raise --memory-limit)")
        for name in ("a.txt", "b.txt")
    ]
    assert reasons(run(store, folder)) == expected


def test_a_file_may_give_several_reviews_or_none(folder: Path, store: Store) -> None:
    write(folder, a="One.\nTwo.\n", b="Three.\nSKIP this\n", c="   \n")
    result = ingest([folder], store, QUICK, work=one_a_line)
    assert states(result) == [("a.txt", "added"), ("a.txt", "added"), ("b.txt", "added")]
    assert reasons(result) == [("b.txt", "SKIP this"), ("c.txt", EMPTY)]
    again = ingest([folder], store, QUICK, work=one_a_line)
    assert [state for _, state in states(again)] == ["unchanged"] * 3
    assert reasons(again) == reasons(result)


def test_given_metadata_finds_its_file_by_path_or_name(folder: Path, store: Store) -> None:
    write(folder, a="One.", b="Two.", c="Three.", d="Four.")
    given = [
        ("a.txt", year("2001")),
        (str(folder / "b.txt"), year("2002")),
        (os.path.relpath(folder / "c.txt"), year("2003")),
        ("nowhere.txt", year("2004")),
    ]
    result = run(store, folder, given=given)
    assert [item.record.year for item in result.reviews] == [2001, 2002, 2003, None]
    assert [state for _, state in states(result)] == ["added"] * 4
    assert result.unmatched == ("nowhere.txt",)


def test_a_path_says_more_than_a_name(folder: Path, store: Store) -> None:
    write(folder, a="One.")
    given = [
        (str(folder / "a.txt"), year("2002")),
        ("a.txt", (*year("2001"), Fact("board", "Norwick", GIVEN))),
    ]
    (item,) = run(store, folder, given=given).reviews
    assert (item.record.year, item.record.value("board")) == (2002, "Norwick")


def test_given_metadata_reaches_reviews_that_are_known(folder: Path, store: Store) -> None:
    write(folder, a="One.", b="Two.")
    run(store, folder)
    result = run(store, folder, given=[("a.txt", year("2011"))])
    assert states(result) == [("a.txt", "updated"), ("b.txt", "unchanged")]
    assert result.reviews[0].record.facts == year("2011")
    assert states(run(store, folder, given=[("a.txt", year("2011"))]))[0] == ("a.txt", "unchanged")
    assert run(store, folder).reviews[0].record.year == 2011


def test_metadata_of_a_file_that_is_skipped_is_not_unmatched(folder: Path, store: Store) -> None:
    write(folder, a="SEGFAULT")
    given = [("a.txt", year("2011")), ("gone.txt", year("2012")), ("other.txt", year("2013"))]
    assert run(store, folder, folder / "gone.txt", given=given).unmatched == ("other.txt",)


def test_progress_names_the_file_that_is_waited_for(folder: Path, store: Store) -> None:
    write(folder, a="One.", b="Two.")
    seen: list[tuple[int, int, str]] = []
    ingest([folder], store, QUICK, on_progress=lambda *news: seen.append(news), work=cheap)
    assert seen == [(0, 2, str(folder / "a.txt")), (1, 2, str(folder / "b.txt")), (2, 2, "")]


def test_no_files_at_all(folder: Path, store: Store) -> None:
    (folder / "photo.jpg").write_bytes(b"x")
    assert run(store, folder) == IngestResult((), (), ignored=(str(folder / "photo.jpg"),))
    assert run(store) == IngestResult((), ())


def test_a_file_that_vanishes_is_skipped(folder: Path, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    write(folder, a="One.", b="Two.")

    def vanish(path: Path, reading: ReadOptions) -> Content:
        if path.name == "a.txt":
            path.unlink()
        return _digest(path, reading)

    monkeypatch.setattr("srtminer.ingestion._digest", vanish)
    result = run(store, folder)
    assert (states(result), reasons(result)) == ([("b.txt", "added")], [("a.txt", "no such file")])


def test_a_digest_depends_on_all_that_a_reading_does(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(folder, a="One.", b="One.", c="Two.")
    (folder / "a.md").write_text("One.", encoding="utf-8")
    auto = ReadOptions()
    first = _digest(folder / "a.txt", auto)
    assert first == _digest(folder / "b.txt", auto)
    others = [
        _digest(folder / "c.txt", auto),
        _digest(folder / "a.md", auto),
        _digest(folder / "a.txt", ReadOptions(reader="pdfminer")),
    ]
    monkeypatch.setattr("srtminer.ingestion.__version__", "999")
    others.append(_digest(folder / "a.txt", auto))
    assert len({first, *others}) == 5


def test_an_interruption_keeps_what_was_written(folder: Path, store: Store) -> None:
    write(folder, a="One.", b="Two.", c="HANG")

    def interrupt(done: int, total: int, name: str) -> None:
        if done == 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ingest([folder], store, IngestOptions(), on_progress=interrupt, work=cheap)
    assert [record.source for record in store.records()] == [str(folder / "a.txt")]


def test_names_of_any_bytes_are_stored(folder: Path, store: Store) -> None:
    path = folder / os.fsdecode(b"caf\xe9\n.txt")
    path.write_text("One.", encoding="utf-8")
    result = ingest([folder], store, QUICK, work=shown)
    assert [item.source for item in result.reviews] == [rf"{folder}/caf\xe9\n.txt"]
    given = [(r"caf\xe9\n.txt", year("2011"))]
    assert ingest([folder], store, QUICK, given, work=shown).reviews[0].record.year == 2011


@pytest.mark.parametrize(
    ("result", "strict", "message"),
    [
        (IngestResult((), (Skipped("a", "x"),)), False, "1 input could not be read"),
        (IngestResult((), (Skipped("a", "x"),)), True, "1 input could not be read"),
        (IngestResult((), ()), False, "no documents found in drafts; give PDF"),
        (
            IngestResult((), (), ignored=("a.pages",)),
            False,
            r"in drafts, only 1 file of other kinds \(a.pages\): save .pages files as .docx or PDF;",
        ),
    ],
)
def test_an_ingest_that_read_nothing_is_an_error(result: IngestResult, strict: bool, message: str) -> None:
    with pytest.raises(UnreadableInput, match=message):
        require_readable(result, [Path("drafts")], strict=strict)


@pytest.mark.parametrize(
    ("paths", "told"),
    [
        (("a/map.jpg",), "1 file of other kinds (map.jpg)"),
        (("a.jpg", "b.jpg", "no_ending"), "3 files of other kinds (a.jpg, b.jpg, no_ending)"),
        (
            ("a.jpg", "b.jpg", "c.jpg", "sub/n.WPD", "z.pages"),
            "5 files of other kinds (n.WPD, z.pages, a.jpg, …): save .pages and .wpd files as .docx or PDF",
        ),
        (("a.jpg", "recs.csv"), "2 files of other kinds or made by srtminer (a.jpg, recs.csv)"),
        (("a.jpg",) * 4, "4 files of other kinds (a.jpg, a.jpg, a.jpg, …)"),
    ],
)
def test_files_of_other_kinds(paths: tuple[str, ...], told: str) -> None:
    assert of_other_kinds(paths) == told


def test_a_file_that_cannot_be_read_is_read_again_only_if_something_changed(
    folder: Path, store: Store, tmp_path: Path
) -> None:
    write(folder, a="SKIP for a reason")
    first = ingest([folder], store, QUICK, work=one_a_line)
    assert reasons(first) == [("a.txt", "SKIP for a reason")]
    # `cheap` would make a review of the text; the reason that is remembered comes first.
    assert run(store, folder).skipped == first.skipped
    assert [skip.reason for skip in store.skipped()] == ["SKIP for a reason"]
    assert states(run(store, folder, options=IngestOptions(reader="pdfminer"))) == [("a.txt", "added")]
    write(folder, a="One.")
    assert states(run(store, folder)) == [("a.txt", "added")]
    assert store.skipped() == ()


def test_what_only_this_moment_could_not_read_is_read_again(folder: Path, store: Store) -> None:
    write(folder, a="HANG", b="KILL")
    assert [name for name, _ in reasons(run(store, folder))] == ["a.txt", "b.txt"]
    assert states(ingest([folder], store, QUICK, work=stripped)) == [("a.txt", "added"), ("b.txt", "added")]
