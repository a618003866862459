"""The store, on real files: what goes in comes out, whole or not at all, and errors say what to do."""

import os
import re
import sqlite3
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from srtminer.errors import ExitCode, StoreError
from srtminer.model import (
    FOUND,
    GIVEN,
    Agency,
    Analysis,
    Cell,
    Explanation,
    Fact,
    Omission,
    Paragraph,
    Recommendation,
    Review,
    Section,
)
from srtminer.read.compose_review import Block, compose, content_id
from srtminer.store import Content, Store, database, schema

OLDER_STORES = Path(__file__).with_name("older_stores.sql")
"""What the migrations of older programs wrote, one after the other."""
POSIX = pytest.mark.skipif(os.name != "posix", reason="file modes are a POSIX matter")


def an_analysis(name: str, *texts: str, facts: tuple[Fact, ...] = ()) -> Analysis:
    """Make a review of one section, each text of which is a recommendation."""
    blocks = [Block(f"Review of {name}", role="heading", level=1), *(Block(text, page=2) for text in texts)]
    review = compose(blocks, source=f"{name}.txt", format="text", page_count=2, facts=facts)
    section = Section(f"Review of {name}", (f"Review of {name}",), "", 1, 1, 0, len(review.text))
    found = tuple(
        Recommendation(
            f"{review.id}-{number}",
            review.id,
            (f"4.{number}",),
            paragraph.start,
            paragraph.end,
            review.text[paragraph.start : paragraph.end],
            2,
            2,
            heading=section.path,
            agencies=(Agency("Harrowmere Police", "police"),),
        )
        for number, paragraph in enumerate(review.paragraphs[1:], 1)
    )
    return Analysis(review, (section,), found, why_none="" if found else "no recommendation heading found")


CHILD_M = an_analysis("Child M", "Police should share information.", "The Board should audit referrals.")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "srtminer.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with Store.open(path, create=True) as opened:
        yield opened


def raw(path: Path, sql: str) -> list[tuple[object, ...]]:
    """Ask SQLite itself, past our code."""
    connection = sqlite3.connect(path)
    try:
        rows = connection.execute(sql).fetchall()
        connection.commit()
        return rows
    finally:
        connection.close()


def in_process(code: str, *arguments: object, user: int | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, user=user, timeout=60)


# What goes in comes out

words = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=8)
numbers = st.integers(0, 2**40)
lengths = (st.floats(allow_nan=False)).map(lambda length: length + 0.0)  # SQLite has no -0.0
cells = st.builds(Cell, words, numbers, numbers)
paragraphs = st.builds(
    Paragraph,
    start=numbers,
    end=numbers,
    page=numbers,
    role=st.sampled_from(["heading", "text", "item", "row"]),
    number=words,
    level=numbers,
    size=lengths,
    bold=st.booleans(),
    cells=st.lists(cells, max_size=2).map(tuple),
)
facts = st.builds(Fact, words, words, st.sampled_from([FOUND, GIVEN]), st.none() | numbers)
several = st.lists(words, max_size=2).map(tuple)
recommendations = st.builds(
    Recommendation,
    id=words,
    review_id=st.just("r"),
    references=several,
    start=numbers,
    end=numbers,
    text=words,
    page=numbers,
    last_page=numbers,
    heading=several,
    agencies=st.lists(st.builds(Agency, words, words), max_size=2).map(tuple),
    lead=words,
    date=words,
    rule=words,
    confidence=lengths,
    explanation=st.none()
    | st.builds(
        Explanation,
        st.lists(st.tuples(words, lengths), max_size=2).map(tuple),
        st.lists(st.tuples(numbers, words), max_size=2).map(tuple),
    ),
)
distinct = st.lists(recommendations, max_size=3, unique_by=lambda found: found.id).map(tuple)
reviews = st.builds(
    Review,
    id=st.just("r"),
    source=words,
    format=words,
    text=words,
    paragraphs=st.lists(paragraphs, max_size=3).map(tuple),
    page_count=numbers,
    page_labels=several,
    omissions=st.lists(st.builds(Omission, words, numbers, numbers), max_size=2).map(tuple),
    facts=st.lists(facts, max_size=3).map(tuple),
)
sections = st.builds(
    Section,
    heading=words,
    path=several,
    number=words,
    level=numbers,
    page=numbers,
    start=st.integers(0, 4),
    end=st.integers(4, 9),
)
analyses = st.builds(Analysis, reviews, st.lists(sections, max_size=3).map(tuple), distinct, words)


@settings(max_examples=60, deadline=None)
@given(analyses, analyses)
def test_everything_survives_a_round_trip_and_replaces_what_was_there(
    first: Analysis, second: Analysis
) -> None:
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder, "s.db"), create=True) as store:
        store.add(first)
        store.add(second)
        review = second.review
        kept = review
        if replace(first, review=replace(first.review, source=review.source)) == second:
            kept = first.review  # the same text under another name keeps its name
        assert store.review("r") == kept
        explained = {one.id: one.explanation for one in second.recommendations if one.explanation}
        assert store.explanations() == explained
        bare = [replace(one, explanation=None) for one in second.recommendations]
        assert sorted(map(repr, store.recommendations())) == sorted(map(repr, bare))
        assert [(found.start, found.id) for found in store.recommendations()] == [
            (found.start, found.id) for found in sorted(second.recommendations, key=lambda found: found.start)
        ]
        in_order = sorted(second.sections, key=lambda section: section.start)
        assert store.sections() == tuple(("r", part, review.text[part.start : part.end]) for part in in_order)
        (record,) = store.records()
        assert (record.id, record.source, record.facts) == ("r", kept.source, review.facts)
        assert (record.pages, record.paragraphs) == (review.page_count, len(review.paragraphs))
        assert (record.sections, record.recommendations) == (
            len(second.sections),
            len(second.recommendations),
        )
        assert (record.why_none, record.omissions) == (second.why_none, review.omissions)
        assert words_agree(store)


def words_agree(store: Store) -> bool:
    """Let FTS5 compare its indexes with the texts; it raises if they differ."""
    for table in ("section_words", "recommendation_words"):
        store._database.write(f"INSERT INTO {table} ({table}, rank) VALUES ('integrity-check', 1)")
    return store.integrity() == "ok"


def test_adding_tells_what_it_did(store: Store) -> None:
    assert store.add(CHILD_M) == "added"
    assert store.add(CHILD_M) == "unchanged"
    assert store.add(replace(CHILD_M, recommendations=CHILD_M.recommendations[:1])) == "updated"
    assert [found.references for found in store.recommendations()] == [("4.1",)]


def test_a_review_that_is_not_there(store: Store) -> None:
    with pytest.raises(KeyError, match="0123"):
        store.review("0123")
    with pytest.raises(KeyError, match="0123"):
        store.set_facts("0123", [Fact("year", "2010", GIVEN)])


# Order


def dated(name: str, *facts: tuple[str, str]) -> Analysis:
    return an_analysis(name, f"Act on {name}.", facts=tuple(Fact(*fact, FOUND) for fact in facts))


IN_ORDER = (
    dated("E", ("year", "2009"), ("board", "Zelby")),
    dated("D", ("year", "2011"), ("board", "Harrowmere"), ("subject", "Child A")),
    dated("C", ("year", "2011"), ("board", "Harrowmere"), ("subject", "Child B")),
    dated("B", ("year", "2011"), ("board", "Zelby")),
    dated("A", ("year", "undated")),
)


@pytest.mark.parametrize("order", [(0, 1, 2, 3, 4), (4, 3, 2, 1, 0), (2, 0, 4, 1, 3)])
def test_reading_order_does_not_depend_on_the_order_of_adding(store: Store, order: tuple[int, ...]) -> None:
    for index in order:
        store.add(IN_ORDER[index])
    ids = [analysis.review.id for analysis in IN_ORDER]
    assert [record.id for record in store.records()] == ids
    assert [found.review_id for found in store.recommendations()] == ids
    assert [review_id for review_id, _, _ in store.sections()] == ids


# Facts


def test_given_facts_override_found_ones_and_survive_a_new_analysis(store: Store) -> None:
    found = (Fact("year", "2010", FOUND, 1), Fact("board", "Zelby LSCB", FOUND, 1))
    analysis = an_analysis("Child M", "Act.", facts=found)
    store.add(analysis)
    given_facts = (Fact("subject", "Child M", GIVEN), Fact("year", "2012", GIVEN))
    assert store.set_facts(analysis.review.id, given_facts) is True
    assert store.set_facts(analysis.review.id, given_facts[1:]) is False
    expected = (Fact("year", "2012", GIVEN), found[1], Fact("subject", "Child M", GIVEN))
    assert store.records()[0].facts == expected
    assert store.add(analysis) == "unchanged"
    assert store.add(replace(analysis, recommendations=())) == "updated"
    assert store.records()[0].facts == expected
    assert store.review(analysis.review.id).facts == expected


def test_a_given_fact_takes_the_place_of_all_found_ones_of_its_field(store: Store) -> None:
    found = (Fact("board", "A", FOUND), Fact("year", "2010", FOUND), Fact("board", "B", FOUND))
    analysis = an_analysis("Child M", "Act.", facts=found)
    store.add(analysis)
    store.set_facts(analysis.review.id, [Fact("board", "C", GIVEN)])
    assert store.records()[0].facts == (Fact("board", "C", GIVEN), found[1])


# Files, settings, results


def test_a_file_is_known_while_all_its_reviews_are_there(store: Store) -> None:
    other = an_analysis("Child N", "Act.")
    assert store.known_file("c", "1") is None
    store.add_file(Content("c", "1"), [CHILD_M, other])
    assert store.known_file("c", "1") == tuple(sorted((CHILD_M.review.id, other.review.id)))
    assert store.known_file("c", "2") is None
    store.remove([other.review.id])
    assert store.known_file("c", "1") == (CHILD_M.review.id,)
    store.add_file(Content("c", "1"), [CHILD_M], whole=False)
    assert store.known_file("c", "1") is None


def test_results_are_kept_until_the_corpus_changes(store: Store) -> None:
    store.add(CHILD_M)
    store.cache("themes", "[1]")
    store.cache("themes", "[2]")
    store.add(CHILD_M)
    store.set_facts(CHILD_M.review.id, [])
    assert store.cached("themes") == "[2]"
    assert store.cached("repeats") is None
    store.set_facts(CHILD_M.review.id, [Fact("year", "2010", GIVEN)])
    assert store.cached("themes") is None
    store.cache("themes", "[3]")
    store.add(replace(CHILD_M, why_none="other"))
    assert store.cached("themes") is None


def test_the_corpus_digest_tells_corpora_apart_and_not_their_history(tmp_path: Path) -> None:
    other = an_analysis("Child N", "Act.")
    year = [Fact("year", "2010", GIVEN)]
    with Store.open(tmp_path / "a", create=True) as a, Store.open(tmp_path / "b", create=True) as b:
        assert a.corpus_digest() == b.corpus_digest()
        a.add(CHILD_M)
        a.add(other)
        a.set_facts(other.review.id, year)
        b.add(replace(other, why_none="something else"))
        b.set_facts(other.review.id, year)
        b.add(CHILD_M)
        assert a.corpus_digest() != b.corpus_digest()
        b.add(other)
        assert a.corpus_digest() == b.corpus_digest()
        b.set_facts(other.review.id, [Fact("year", "2011", GIVEN)])
        assert a.corpus_digest() != b.corpus_digest()


# Full text


def hits(store: Store, table: str, query: str) -> list[tuple[object, ...]]:
    return store._database.rows(
        f"SELECT snippet({table}, -1, '[', ']', '…', 5), bm25({table}) < 0 FROM {table} "
        f"WHERE {table} MATCH ? ORDER BY rank, rowid",
        (query,),
    )


def test_words_are_found_with_their_context_and_follow_an_update(store: Store) -> None:
    store.add(CHILD_M)
    assert hits(store, "recommendation_words", "audit*") == [("The Board should [audit] referrals.", 1)]
    assert hits(store, "section_words", '"share information"') == [
        ("…should [share information].\n\nThe Board…", 1)
    ]
    store.add(replace(CHILD_M, recommendations=CHILD_M.recommendations[:1], sections=()))
    assert hits(store, "recommendation_words", "audit*") == []
    assert hits(store, "section_words", "information") == []
    assert words_agree(store)


# The file


@POSIX
def test_the_store_and_its_companions_are_private_from_the_start(path: Path) -> None:
    code = """if True:
        import os, sys
        from pathlib import Path
        from srtminer.store import Store
        made = []
        def note(event, arguments):
            if event == "sqlite3.connect":
                made.append(oct(Path(sys.argv[1]).stat().st_mode & 0o777))
            assert event not in ("os.chmod",)
        os.umask(0)
        sys.addaudithook(note)
        with Store.open(Path(sys.argv[1]), create=True) as store:
            store.set_meta("a", "b")
            names = sorted(Path(sys.argv[1]).parent.iterdir())
            print(made, [(p.name, oct(p.stat().st_mode & 0o777)) for p in names])
    """
    result = in_process(code, path)
    modes = "[('srtminer.db', '0o600'), ('srtminer.db-shm', '0o600'), ('srtminer.db-wal', '0o600')]"
    assert result.stdout == f"['0o600'] {modes}\n", result.stderr


@POSIX
def test_an_empty_file_that_becomes_a_store_becomes_private(path: Path) -> None:
    path.touch(0o644)
    with Store.open(path, create=True):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_pragmas_and_application_id(path: Path) -> None:
    with Store.open(path, create=True) as store:
        ask = store._database.value
        assert (ask("PRAGMA journal_mode"), ask("PRAGMA foreign_keys")) == ("wal", 1)
    assert path.read_bytes()[68:72] == b"srtm"  # where SQLite's file format keeps it


def older_store(path: Path, number: int) -> None:
    """Make the store of an older program, with a review in it."""
    steps = re.split(r"^-- \d+ \w+\n", OLDER_STORES.read_text("utf-8"), flags=re.MULTILINE)[1 : number + 1]
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript("".join(steps))
        connection.execute("INSERT INTO migrations VALUES (?, 'older')", (number,))
        connection.execute(
            "INSERT INTO reviews VALUES (1, 'r', 'd', 'a.pdf', 'pdf', 1, '[]', ?, '', 1, 1, 1, ?)",
            ('[["footnote",1,2]]', "Police should share."),
        )
        connection.execute("INSERT INTO given_facts VALUES (1, 'year', '2009', 'given by user', NULL)")
        connection.execute("INSERT INTO sections VALUES (1, 1, 0, 'A', '[\"A\"]', '', 1, 1, 0, 20)")
        columns = (
            "review, position, id, refs, start, stop, text, page, last_page, heading, agencies, lead, date"
        )
        connection.execute(
            f"INSERT INTO recommendations ({columns}, rule, confidence) VALUES (1, 0, 'r-1', '[\"1\"]', 0, "
            "20, 'Police should share.', 1, 1, '[]', '[[\"Police\",\"police\"]]', '', '', 'x', 1.0)"
        )
        if number > 1:
            connection.execute("INSERT INTO section_words (rowid, heading, text) VALUES (1, 'A', 'share')")
            connection.execute("INSERT INTO recommendation_words (rowid, text) VALUES (1, 'share')")
        if number >= 5:
            connection.execute("INSERT INTO contents VALUES ('c', 'r', 'as 1', 1)")
        connection.commit()


@pytest.mark.parametrize("number", [1, 3, 4, 7, 9, 11, 12])
def test_a_store_of_an_older_program_opens_with_all_that_is_in_it(path: Path, number: int) -> None:
    older_store(path, number)
    for _ in range(2):
        with Store.open(path) as store:
            (found,) = store.recommendations()
            assert (found.text, found.agencies) == ("Police should share.", (Agency("Police", "police"),))
            (record,) = store.records()
            assert (record.year, record.omissions) == (2009, (Omission("footnote", 1, 2),))
            assert store.search("share", ("recommendation", "section"), 9).recommendations == 1
            assert words_agree(store)
            assert store.schema() == schema.VERSION
            assert store.known_file("c", "as 1") is None
    made = tables(path)
    path.unlink()
    Store.open(path, create=True).close()
    assert made == tables(path)


def tables(path: Path) -> set[str]:
    return {str(name) for (name,) in raw(path, "SELECT name FROM sqlite_master WHERE sql NOT NULL")}


def test_a_migration_that_fails_leaves_no_half_of_it(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    older_store(path, 12)
    before = tables(path)
    wrong = (99, ("CREATE TABLE half (a)", "CREATE TABLE half (a)"))
    monkeypatch.setattr(schema, "CHANGES", (*schema.CHANGES, wrong))
    with pytest.raises(StoreError, match="already exists"):
        Store.open(path)
    assert tables(path) == before
    monkeypatch.undo()
    with Store.open(path) as store:
        assert store.integrity() == "ok"


# Errors


def message(path: Path, *, create: bool = False) -> str:
    with pytest.raises(StoreError) as caught:
        Store.open(path, create=create)
    assert caught.value.exit_code == ExitCode.STORE
    assert "\n" not in str(caught.value)
    return str(caught.value).replace(str(path), "X")


def test_no_store(path: Path) -> None:
    assert message(path) == "no store at X; run `srtminer ingest FILE...` first or name one with --store"
    assert not path.exists()


def test_an_empty_file_is_no_store_until_something_is_ingested(path: Path) -> None:
    path.touch()
    assert message(path) == "no store at X; run `srtminer ingest FILE...` first or name one with --store"
    assert path.read_bytes() == b""
    Store.open(path, create=True).close()


def test_a_name_with_control_characters_stays_on_one_line(tmp_path: Path) -> None:
    assert "a\\nb\\x1b[31m" in message(tmp_path / "a\nb\x1b[31m")


@pytest.mark.parametrize("create", [False, True])
def test_a_folder(tmp_path: Path, create: bool) -> None:
    assert message(tmp_path, create=create) == "store X is not a file: name one with --store"


NO_PLACE, ELSEWHERE = (
    "no store can be kept at X",
    "name another with --store, where you may write",
)


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    assert (
        message(tmp_path / "no" / "s.db", create=True)
        == f"{NO_PLACE} (no such file or directory): {ELSEWHERE}"
    )


def test_a_file_in_the_place_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert message(tmp_path / "file" / "s.db", create=True) == f"{NO_PLACE} (not a directory): {ELSEWHERE}"


@POSIX
def test_no_ordinary_file(path: Path) -> None:
    os.mkfifo(path)
    assert message(path) == "store X is not a file: name one with --store"


@pytest.mark.parametrize("create", [False, True])
def test_some_other_file_stays_as_it_is(path: Path, create: bool) -> None:
    path.write_text("Minutes of the meeting. " * 100, encoding="utf-8")
    before = path.read_bytes()
    assert message(path, create=create) == "store X: it is not a store of srtminer; name another with --store"
    assert path.read_bytes() == before


@pytest.mark.parametrize("create", [False, True])
def test_another_programs_database_stays_as_it_is(path: Path, create: bool) -> None:
    raw(path, "CREATE TABLE birds (name)")
    before = path.read_bytes()
    expected = "X is another program's database: name a store of srtminer with --store"
    assert message(path, create=create) == expected
    assert path.read_bytes() == before


def test_a_newer_store(path: Path) -> None:
    Store.open(path, create=True).close()
    raw(path, "INSERT INTO migrations VALUES (99, 'from_the_future')")
    assert message(path) == (
        "store X was made by a newer srtminer (schema 99, "
        f"this one knows {schema.VERSION}): "
        "run `pip install --upgrade srtminer`, or name another with --store"
    )


DAMAGED = "it is damaged; restore a copy, or move it away and `srtminer ingest` again"


def filled(path: Path) -> bytes:
    with Store.open(path, create=True) as store:
        for number in range(30):
            store.add(an_analysis(f"Child {number}", *(f"Act {number} {i}." for i in range(20))))
    return path.read_bytes()


def test_a_truncated_store(path: Path) -> None:
    path.write_bytes(filled(path)[:30_000])
    assert message(path) == f"store X: {DAMAGED}"


def test_damage_inside_is_told_when_it_is_met(path: Path) -> None:
    content = bytearray(filled(path))
    content[4096:] = b"\xa5" * (len(content) - 4096)
    path.write_bytes(content)
    with pytest.raises(StoreError, match="it is damaged; restore a copy"), Store.open(path) as store:
        store.records()


def test_damage_that_only_a_check_finds(path: Path) -> None:
    filled(path)
    change = "UPDATE sqlite_master SET sql = replace(sql, '{}', '{}') WHERE name = 'meta'"
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA writable_schema = ON")
    connection.execute(change.format("value TEXT NOT NULL", "value TEXT"))
    connection.execute("PRAGMA writable_schema = RESET")
    connection.execute("INSERT INTO meta VALUES ('a', NULL)")
    connection.execute("PRAGMA writable_schema = ON")
    connection.execute(change.format("value TEXT", "value TEXT NOT NULL"))
    connection.commit()
    connection.close()
    with Store.open(path) as store:
        assert store.integrity() == "NULL value in meta.value"


def test_a_full_disk_loses_the_one_review_and_nothing_else(store: Store) -> None:
    store.add(CHILD_M)
    pages = store._database.value("PRAGMA page_count")
    store._database.write(f"PRAGMA max_page_count = {pages + 2}")
    big = an_analysis("Child Z", *(f"Recommendation {number}: " + "act " * 200 for number in range(200)))
    with pytest.raises(StoreError, match="the disk is full: free some space and try again"):
        store.add(big)
    assert [record.id for record in store.records()] == [CHILD_M.review.id]
    assert words_agree(store)
    store._database.write("PRAGMA max_page_count = 1000000")
    assert store.add(big) == "added"


def test_an_interruption_loses_the_one_review_and_nothing_else(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("srtminer.store.review_rows._index_sections", interrupted)
    with pytest.raises(KeyboardInterrupt):
        store.add(CHILD_M)
    monkeypatch.undo()
    assert store.records() == ()
    assert store.add(CHILD_M) == "added"


def test_a_locked_store(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.05)
    with Store.open(path, create=True) as store:
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="another program is writing to it: wait until that has ended"):
            store.add(CHILD_M)
        assert store.records() == ()  # reading goes on while another writes
        other.execute("ROLLBACK")
        other.close()
        assert store.add(CHILD_M) == "added"


OPEN_OR_TELL = """if True:
    import os, sys
    from pathlib import Path
    from srtminer.errors import StoreError
    from srtminer.store import Store
    if os.geteuid() == 0:
        os.seteuid(65534)  # no permission binds root
    for path in sys.argv[1:]:
        try:
            Store.open(Path(path), create=True)
        except StoreError as error:
            print(error)
"""


@POSIX
def test_a_folder_that_may_not_be_written_to() -> None:
    # In a folder of its own: pytest's are closed to the other user who has to open it here.
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        Store.open(folder / "old.db", create=True).close()
        (folder / "old.db").chmod(0o444)
        folder.chmod(0o555)
        result = in_process(OPEN_OR_TELL, folder / "new.db", folder / "old.db", folder / "no" / "s.db")
        folder.chmod(0o755)
    assert result.stdout.replace(name, "X").splitlines() == [
        f"no store can be kept at X/new.db (permission denied): {ELSEWHERE}",
        "store X/old.db: it or its folder cannot be opened for writing: "
        "change that, or name another with --store",
        f"no store can be kept at X/no/s.db (no such file or directory): {ELSEWHERE}",
    ], result.stderr


READ_ONLY = """if True:
    import os, sys
    from pathlib import Path
    from srtminer.errors import StoreError
    from srtminer.store import Store
    if os.geteuid() == 0:
        os.seteuid(65534)  # no permission binds root
    try:
        with Store.open(Path(sys.argv[1])) as store:
            print(len(store.records()), store.recommendations()[0].text)
            store.cache("key", "value")
            print(store.cached("key"), os.listdir(Path(sys.argv[1]).parent))
            store.remove([sys.argv[2]])
    except StoreError as error:
        print(error)
"""


@POSIX
def test_a_store_in_a_folder_that_may_not_be_written_to_is_read() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with Store.open(folder / "s.db", create=True) as store:
            store.add(CHILD_M)
        (folder / "s.db").chmod(0o644)
        folder.chmod(0o555)
        result = in_process(READ_ONLY, folder / "s.db", CHILD_M.review.id)
        (folder / "s.db-wal").write_bytes(b"not in it yet")
        unfinished = in_process(READ_ONLY, folder / "s.db", CHILD_M.review.id)
        folder.chmod(0o755)
    first, second, third = result.stdout.replace(name, "X").splitlines()
    assert (first, second) == (f"1 {CHILD_M.recommendations[0].text}", "None ['s.db']"), result.stderr
    assert third.startswith("store X/s.db: it or its folder cannot be opened for writing: ")
    assert "another program is writing to it or was killed" in unfinished.stdout


def test_a_closed_store_raises_nothing_of_sqlites(path: Path) -> None:
    store = Store.open(path, create=True)
    store.close()
    with pytest.raises(StoreError, match="closed database"):
        store.records()


# Several processes

INGEST = """if True:
    import sys
    from dataclasses import replace
    from pathlib import Path
    from srtminer.model import Analysis, Review
    from srtminer.store import Store
    with Store.open(Path(sys.argv[1]), create=True) as store:
        for number in range(int(sys.argv[3])):
            review = Review(f"{sys.argv[2]}{number}", "a.txt", "text", "Act now. " * 2000, (), 1)
            store.add(Analysis(review, (), ()))
            print(number, flush=True)
"""


def start(path: Path, name: str, count: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", INGEST, str(path), name, str(count)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def test_processes_that_make_and_fill_one_store_at_once_all_succeed(path: Path) -> None:
    running = [start(path, name, 20) for name in "abc"]
    errors = [process.communicate(timeout=60)[1] for process in running]
    assert errors == [b"", b"", b""]
    with Store.open(path) as store:
        expected = sorted(f"{name}{number}" for name in "abc" for number in range(20))
        assert [record.id for record in store.records()] == expected
        assert words_agree(store)


def test_a_killed_process_leaves_whole_reviews_only(path: Path) -> None:
    for kill in range(3):
        process = start(path, f"k{kill}-", 10_000)
        assert process.stdout is not None
        done = [int(process.stdout.readline()) for _ in range(5 * (kill + 1))]
        process.kill()
        process.communicate(timeout=60)
        with Store.open(path) as store:
            mine = [record.id for record in store.records() if record.id.startswith(f"k{kill}-")]
            assert {f"k{kill}-{number}" for number in done} <= set(mine)
            assert words_agree(store)
            assert store.review(mine[-1]).text == "Act now. " * 2000


def test_a_board_has_one_spelling_and_the_users_goes_first(store: Store) -> None:
    for number, name in enumerate(("NORTH  BOARD", "North Board", "NORTH BOARD", "South Board")):
        store.add(an_analysis(f"Child {number}", facts=(Fact("board", name, FOUND, 1),)))
    boards = [record.value("board") for record in store.records()]
    assert boards == ["North Board"] * 3 + ["South Board"]
    store.set_facts(store.records()[0].id, (Fact("board", "north board", GIVEN),))
    assert {record.value("board") for record in store.records()} == {"north board", "South Board"}


def test_no_id_looks_like_a_number() -> None:
    found = [content_id(str(number)) for number in range(3000)]
    assert not any(re.fullmatch(r"\d+(?:e\d+)?", one) for one in found)
    assert {len(one) for one in found} == {12}
    assert len(set(found)) == 3000
