"""A store of an older program holds words that a PDF covers; after the next ingest no file of it does."""

from dataclasses import replace
from pathlib import Path

from srtminer.ingestion import IngestOptions, ingest
from srtminer.model import GIVEN, Fact, Omission
from srtminer.pipeline import analyse
from srtminer.read.compose_review import Block, compose
from srtminer.read.read_file import ReadOptions
from srtminer.store import Content, Store
from tests.hidden_pdfs import BOX, FULL, NAME, file, in_parts

HEADING = "BT /F1 16 Tf 72 760 Td (Recommendations) Tj ET\n"
ASKED = f"1 The Board should ask {NAME} for her notes of the visit."
LATER = "2 The police should tell the school of every incident."


def covered() -> bytes:
    content = "BT /F1 12 Tf 72 640 Td (%s) Tj ET BT /F1 12 Tf 72 610 Td (%s) Tj ET"
    both = content % (ASKED, LATER)
    return file(f"{HEADING}{in_parts('')}{both} 0 g {BOX} re f 190 637 80 13 re f")


def old_store(path: Path, source: Path) -> str:
    """Make the store of a program that does not ask what pages show; gives the review's id."""
    blocks = [Block("Recommendations", 1, "heading", level=1), Block(FULL, 1)]
    blocks += [Block(text[2:], 1, "item", number=text[0]) for text in (ASKED, LATER)]
    review = compose(blocks, source=str(source), format="pdf", page_count=1)
    analysis = analyse(replace(review, omissions=(Omission("footnote", 1, 1),)))
    with Store.open(path, create=True) as store:
        content = _content(source)
        store.add_file(content, [analysis])
        store.cache("themes", FULL)
        _, found = store.reviews_and_recommendations()
        wanted = [replace(one, text=one.text.replace("her notes", "all notes")) for one in found]
        store.correct(analysis.review.id, wanted, found)
        store.set_facts(analysis.review.id, [Fact("board", "Marlow Board", GIVEN)])
    return analysis.review.id


def _content(source: Path) -> Content:
    from srtminer.ingestion import _digest

    return replace(_digest(source, ReadOptions()), reading="of an older program")


def files_of(store: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(store.parent.glob(f"{store.name}*")))


def test_covered_words_of_an_older_store_are_purged_everywhere(tmp_path: Path) -> None:
    source, path = tmp_path / "review.pdf", tmp_path / "s" / "srtminer.db"
    path.parent.mkdir()
    source.write_bytes(covered())
    old_store(path, source)
    assert NAME.encode() in files_of(path)
    with Store.open(path) as store:
        result = ingest([source], store, IngestOptions(jobs=1))
        (record,) = store.records()
        assert record.value("board") == "Marlow Board"
        assert "all notes of the visit" in store.recommendations()[0].text
        assert NAME not in store.review(record.id).text
        # also while the store is open, in the -wal file
        assert NAME.lower().encode() not in files_of(path).lower()
    assert [item.state for item in result.reviews] == ["updated"]
    assert (record.corrections, record.lost_corrections) == (1, 0)
    assert NAME.lower().encode() not in files_of(path).lower()


def test_a_pdf_of_which_nothing_is_shown_leaves_nothing_behind(tmp_path: Path) -> None:
    source, path = tmp_path / "review.pdf", tmp_path / "s" / "srtminer.db"
    path.parent.mkdir()
    source.write_bytes(file(f"{HEADING}{in_parts('')} 0 g 0 0 595 842 re f"))
    old_store(path, source)
    with Store.open(path) as store:
        (skipped,) = ingest([source], store, IngestOptions(jobs=1)).skipped
        assert "covered or hidden" in skipped.reason
        assert store.records() == ()
    assert NAME.lower().encode() not in files_of(path).lower()
