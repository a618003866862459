"""The same bytes read otherwise: the new reviews take the place of the old ones."""

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from srtminer.corrections import Reading, carried, corrected
from srtminer.ingestion import IngestOptions, IngestResult, ingest
from srtminer.model import GIVEN, Analysis, Correction, Fact, Recommendation
from srtminer.store import Content, Store
from srtminer.store.review_rows import CHILDREN
from tests.hazards import analysis_of, one_a_line, spaced, stripped

pytestmark = pytest.mark.slow

POLICE = "Harrowmere Police should tell the school nurse of every incident."
BOARD = "The Harrowmere Board should audit the quality of referrals each year."
COUNCIL = "Norwick Council should keep one record for each family it works with."
SIZE = 11


def a_pdf(*, gap: float | None = None, spread: float = 0.0) -> bytes:
    """Set three recommendations; in the second, blanks are gaps of so many ems, or letters are spread.

    A gap of 0.15 em is a blank to one library and none to the other; so is the space between spread letters.
    """
    target = io.BytesIO()
    canvas = Canvas(target, invariant=1)
    canvas.setFont("Helvetica-Bold", 16)
    canvas.drawString(72, 760, "Child R: overview report")
    canvas.drawString(72, 720, "Recommendations")
    canvas.setFont("Helvetica", SIZE)
    canvas.drawString(72, 690, f"4.1 {POLICE}")
    _draw_second(canvas, f"4.2 {BOARD}", gap, spread)
    canvas.drawString(72, 630, f"4.3 {COUNCIL}")
    canvas.save()
    return target.getvalue()


def _draw_second(canvas: Canvas, line: str, gap: float | None, spread: float) -> None:
    if gap is None:
        text = canvas.beginText(72, 660)
        text.setCharSpace(spread * SIZE)
        text.textOut(line)
        canvas.drawText(text)
        return
    left = 72.0
    for word in line.split():
        canvas.drawString(left, 660, word)
        left += canvas.stringWidth(word, "Helvetica", SIZE) + gap * SIZE


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "test.db", create=True) as store:
        yield store


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "reviews").mkdir()
    return tmp_path / "reviews"


def read(store: Store, *paths: Path, reader: str = "pdfium", given: Sequence[Fact] = ()) -> IngestResult:
    sources = [(path.name, tuple(given)) for path in paths if given]
    return ingest(paths, store, IngestOptions(jobs=1, reader=reader), sources)


def states(result: IngestResult) -> list[tuple[str, str]]:
    return [(Path(item.source).name, item.state) for item in result.reviews]


def notes(result: IngestResult) -> list[str]:
    return [item.note for item in result.reviews]


def texts(store: Store) -> list[str]:
    return [one.text for one in store.recommendations()]


def correct(store: Store, change: Callable[[tuple[Recommendation, ...]], Sequence[Recommendation]]) -> str:
    """Correct the only review; gives its id."""
    (record,) = store.records()
    seen = store.recommendations()
    store.correct(record.id, change(seen), seen)
    return record.id


def test_another_reader_replaces_the_review_and_back(folder: Path, store: Store) -> None:
    path = folder / "r.pdf"
    path.write_bytes(a_pdf(gap=0.15))
    old = read(store, path, given=[Fact("year", "2011", GIVEN)]).reviews[0].record.id
    before = store.corpus_digest()
    result = read(store, path, reader="pdfminer")
    (record,) = store.records()
    assert (record.id != old, record.year, record.recommendations) == (True, 2011, 3)
    assert states(result) == [("r.pdf", "updated")]
    assert notes(result) == [f"read differently this time: replaces review {old}"]
    assert states(read(store, path, reader="pdfminer")) == [("r.pdf", "unchanged")]
    assert states(read(store, path)) == [("r.pdf", "updated")]
    assert store.corpus_digest() == before
    assert store.search("Norwick", ("recommendation", "section"), 10).recommendations == 1
    for table in ("section_words", "recommendation_words"):
        store._database.write(f"INSERT INTO {table} ({table}, rank) VALUES ('integrity-check', 1)")
    orphans = "SELECT 1 FROM {} WHERE review NOT IN (SELECT key FROM reviews)"
    for table in (*CHILDREN, "given_facts", "found_recommendations"):
        assert store._database.rows(orphans.format(table)) == []


def test_corrections_are_carried_over(folder: Path, store: Store) -> None:
    path = folder / "r.pdf"
    path.write_bytes(a_pdf(gap=0.15))
    read(store, path)

    def change(seen: tuple[Recommendation, ...]) -> Sequence[Recommendation]:
        police, board, _ = seen
        added = replace(police, id=f"{police.review_id}-added", text="All should meet.", start=0, end=0)
        return [police, replace(board, lead="The chair"), added]

    correct(store, change)
    result = read(store, path, reader="pdfminer")
    (record,) = store.records()
    shown = {one.text: one for one in store.recommendations()}
    (board,) = [one for text, one in shown.items() if text.startswith("The Harrowmere")]
    assert notes(result)[0].endswith("; 3 corrections carried over")
    assert (record.corrections, record.lost_corrections) == (3, 0)
    assert sorted(shown) == sorted([POLICE, board.text, "All should meet."])
    assert (board.lead, board.correction, board.review_id) == ("The chair", "edited", record.id)
    assert board.text == store.review(record.id).text[board.start : board.end] != BOARD
    store.undo_corrections(record.id)
    assert COUNCIL in texts(store)


def test_a_correction_to_what_is_not_found_now_is_counted_as_lost(folder: Path, store: Store) -> None:
    path = folder / "r.pdf"
    path.write_bytes(a_pdf(spread=0.2))
    read(store, path)
    correct(store, lambda seen: [seen[0], replace(seen[1], text="The Board should audit."), seen[2]])
    result = read(store, path, reader="pdfminer")
    record = result.reviews[0].record
    assert "carried over" not in result.reviews[0].note
    assert (len(store.records()), record.corrections, record.lost_corrections) == (1, 1, 1)
    assert "The Board should audit." in texts(store)
    read(store, path)
    assert (store.records()[0].corrections, store.records()[0].lost_corrections) == (1, 0)
    assert texts(store) == [POLICE, "The Board should audit.", COUNCIL]


def test_new_rules_for_texts_replace_as_another_reader_does(
    folder: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "a.txt").write_text(" One.", encoding="utf-8")
    ingest([folder], store, IngestOptions(jobs=1), work=spaced)
    monkeypatch.setattr("srtminer.ingestion.__version__", "999")
    result = ingest([folder], store, IngestOptions(jobs=1, reader="pdfminer"), work=spaced)
    assert (states(result), len(store.records())) == ([("a.txt", "updated")], 1)


def add(store: Store, content: str, *analyses: Analysis, reading: str = "1", whole: bool = True) -> list[str]:
    return [one.state for one in store.add_file(Content(content, reading), analyses, whole=whole)]


def kept(store: Store) -> set[str]:
    return {store.review(record.id).text for record in store.records()}


def test_what_another_files_bytes_gave_stays(store: Store) -> None:
    one, two = analysis_of("One."), analysis_of("Two.")
    assert add(store, "a", one) == ["added"]
    assert add(store, "b", one) == ["unchanged"]
    assert add(store, "a", two, reading="2") == ["added"]
    assert kept(store) == {"One.", "Two."}
    assert add(store, "b", two, reading="2") == ["updated"]
    assert kept(store) == {"Two."}


def test_what_a_table_no_longer_gives_goes_and_its_user_given_facts_to_the_likest(store: Store) -> None:
    old = analysis_of("The Board should audit."), analysis_of("The Police should train.")
    add(store, "t", *old)
    store.set_facts(old[1].review.id, [Fact("year", "2012", GIVEN)])
    new = analysis_of("The police should train !"), analysis_of("The board should audit !")
    assert add(store, "t", *new, reading="2") == ["updated", "updated"]
    assert {record.id: record.year for record in store.records()} == {
        new[0].review.id: 2012,
        new[1].review.id: None,
    }


def named(name: str, text: str) -> Analysis:
    """A review of a table."""
    analysis = analysis_of(text)
    review = replace(analysis.review, id=name, facts=(Fact("subject", name.split()[0], GIVEN),))
    return replace(analysis, review=review)


def test_reviews_of_a_table_with_the_same_texts_are_told_apart_by_name(store: Store) -> None:
    add(store, "t", named("F old", "The Board should act."), named("G old", "The Board should act."))
    store.set_facts("G old", [Fact("year", "2012", GIVEN)])
    add(store, "t", named("F new", "The Board must act."), named("G new", "The Board must act."), reading="2")
    assert {record.id: record.year for record in store.records()} == {"F new": None, "G new": 2012}


def test_what_was_given_of_a_review_that_nothing_is_like_is_told_as_lost(store: Store) -> None:
    add(store, "t", named("F old", "The Board should act."), named("G old", "Police train officers."))
    store.set_facts("G old", [Fact("year", "2012", GIVEN)])
    (one,) = store.add_file(Content("t", "2"), [named("F new", "The Board should act!")])
    assert (one.state, one.replaced, one.lost) == ("updated", ("F old", "G old"), 1)
    assert [(record.id, record.year) for record in store.records()] == [("F new", None)]


def test_corrections_of_the_review_itself_win_and_the_others_are_told_as_lost(store: Store) -> None:
    old, new = (
        replace(analysis_of(text), recommendations=(found,), why_none="")
        for text in ("The Board should act.", "The Board should act .")
        for review in [analysis_of(text).review]
        for found in [replace(recommendation(text, 0, review.id), review_id=review.id)]
    )
    add(store, "a", old)
    add(store, "b", new)
    for analysis, lead in ((old, "Old"), (new, "New")):
        seen = analysis.recommendations
        store.correct(analysis.review.id, [replace(seen[0], lead=lead)], seen)
    (one,) = store.add_file(Content("a", "2"), [new])
    assert (one.carried, one.lost) == (0, 1)
    assert [found.lead for found in store.recommendations()] == ["New"]


def test_a_file_that_was_not_read_whole_replaces_nothing(store: Store) -> None:
    add(store, "t", analysis_of("One."), analysis_of("Two."))
    assert add(store, "t", analysis_of("Two!"), reading="2", whole=False) == ["added"]
    assert kept(store) == {"One.", "Two.", "Two!"}


def test_a_file_that_gives_nothing_now_keeps_what_it_gave(folder: Path, store: Store) -> None:
    (folder / "a.txt").write_text("One.", encoding="utf-8")
    ingest([folder], store, IngestOptions(jobs=1), work=one_a_line)
    add(store, "t", analysis_of("One!"))
    assert add(store, "t", reading="2") == []
    assert kept(store) == {"One.", "One!"}


def test_a_changed_table_has_other_bytes_and_replaces_nothing(folder: Path, store: Store) -> None:
    for rows in ("One.\nTwo.\n", "Two.\n"):
        (folder / "t.txt").write_text(rows, encoding="utf-8")
        result = ingest([folder], store, IngestOptions(jobs=1), work=one_a_line)
    assert (states(result), kept(store)) == ([("t.txt", "unchanged")], {"One.", "Two."})


@pytest.mark.parametrize("order", [("a", "b"), ("b", "a")])
def test_of_two_files_with_one_text_the_first_stays(
    folder: Path, store: Store, order: tuple[str, str]
) -> None:
    first, second = (folder / f"{name}.txt" for name in order)
    first.write_text("Same.", encoding="utf-8")
    second.write_text("Same. ", encoding="utf-8")
    for path in (first, second, first, second):
        result = ingest([path], store, IngestOptions(jobs=1), work=stripped)
    assert states(result) == [(second.name, "unchanged")]
    assert [record.source for record in store.records()] == [str(first)]
    for paths in ([first, second], [second, first], [folder]):
        assert {state for _, state in states(ingest(paths, store, IngestOptions(jobs=1), work=stripped))} == {
            "unchanged"
        }
    assert [record.source for record in store.records()] == [str(first)]


def test_of_a_pdf_and_its_text_the_first_by_name_is_kept_in_any_order(folder: Path, tmp_path: Path) -> None:
    pdf, text = folder / "r.pdf", folder / "r.txt"
    pdf.write_bytes(a_pdf())
    outcomes = []
    for number, paths in enumerate([[pdf, text], [text, pdf]]):
        with Store.open(tmp_path / f"{number}.db", create=True) as store:
            if number == 0:
                read(store, pdf)
                text.write_text(store.review(store.records()[0].id).text, encoding="utf-8")
            result = read(store, *paths)
            again = read(store, *paths, reader="pdfminer")
            assert [item.copy_of for item in result.reviews] == ["", str(pdf)]
            outcomes.append((notes(result), states(again), store.records()))
    assert outcomes[1][0] == ["", ""]
    assert outcomes[1][2] == outcomes[0][2]
    assert outcomes[1][1] == [("r.pdf", "unchanged"), ("r.txt", "unchanged")]
    assert [record.format for record in outcomes[0][2]] == ["pdf"]


def recommendation(text: str, start: int, review: str = "old") -> Recommendation:
    return Recommendation(f"{review}-{start}", review, (), start, start + len(text), text, 1, 1)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (BOARD, (10, 10 + len(BOARD) - 1)),
        (BOARD.replace(" ", ""), (10, 10 + len(BOARD) - 1)),
        (BOARD.replace("quality", "qual-\nity"), (10, 10 + len(BOARD) - 1)),
        (BOARD.replace("audit", "aud1t"), (10, 10 + len(BOARD))),
        (COUNCIL, (7, 7)),
        ("…", (7, 7)),
    ],
)
def test_a_text_is_looked_up_in_another_reading(text: str, place: tuple[int, int]) -> None:
    whole = f"Said was: {BOARD}"
    start, end = Reading("new", whole, [recommendation(BOARD, 10)]).place(text, 7)
    assert (start, min(end, place[1])) == place


@pytest.mark.parametrize(("near", "start"), [(0, 0), (1, 0), (3, 5), (9, 5)])
def test_of_places_with_the_same_words_the_nearest_counts(near: int, start: int) -> None:
    assert Reading("new", "Act. Act.", []).place("Act.", near)[0] == start


def test_a_moved_correction_applies_where_its_words_are_now() -> None:
    old = recommendation(BOARD, 0)
    new = recommendation(BOARD.replace(" ", "  "), 40, "new")
    text = "x" * 40 + new.text
    moved = carried([Correction(old, replace(old, lead="Chair"))], Reading("new", text, []))
    assert corrected([new], moved)[0] == (replace(new, lead="Chair", correction="edited"),)
    assert moved[0].fits


def test_an_interruption_leaves_the_old_reading_whole(
    folder: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = folder / "r.pdf"
    path.write_bytes(a_pdf(gap=0.15))
    read(store, path, given=[Fact("year", "2011", GIVEN)])
    correct(store, lambda seen: [replace(seen[0], lead="The chair"), *seen[1:]])
    before = (store.records(), store.recommendations(), store.corpus_digest())

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("srtminer.store.replaced_reviews.delete", interrupted)
    with pytest.raises(KeyboardInterrupt):
        read(store, path, reader="pdfminer")
    assert (store.records(), store.recommendations(), store.corpus_digest()) == before
    monkeypatch.undo()
    assert states(read(store, path, reader="pdfminer")) == [("r.pdf", "updated")]
    assert [one.lead for one in store.recommendations()] == ["The chair", "", ""]
