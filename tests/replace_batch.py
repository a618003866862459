"""A batch that reads known files otherwise: `python -m tests.replace_batch STORE FOLDER READER`.

Prints a line when it begins. A module with a main guard, because a worker process imports it again.
"""

import sys
from dataclasses import replace
from pathlib import Path

from srtminer.ingestion import IngestOptions, IngestResult, ingest
from srtminer.model import Analysis
from srtminer.read.compose_review import Block, compose
from srtminer.read.read_file import ReadOptions
from srtminer.read.worker_process import Result
from srtminer.store import Store
from tests.hazards import thorough


def spaced(options: ReadOptions, path: Path) -> Result:
    """Read a text file; as "pdfminer" with another heading and a blank before each full stop."""
    if options.reader != "pdfminer":
        return thorough(options, path)
    (analysis,) = thorough(options, path)
    assert isinstance(analysis, Analysis)
    old = analysis.review
    texts = [old.text[place.start : place.end].replace(".", " .") for place in old.paragraphs]
    review = compose(
        map(Block, ["A heading that only this reader sees", *texts]),
        source=old.source,
        format="text",
        page_count=1,
    )
    found = tuple(
        replace(
            one,
            id=f"{review.id}-{place.start}",
            review_id=review.id,
            start=place.start,
            end=place.end,
            text=review.text[place.start : place.end],
        )
        for one, place in zip(analysis.recommendations, review.paragraphs[1:], strict=True)
    )
    return (Analysis(review, (), found),)


def bring(store: Store, folder: Path, reader: str) -> IngestResult:
    """Ingest a folder with a reader."""
    return ingest([folder], store, IngestOptions(jobs=1, reader=reader), work=spaced)


if __name__ == "__main__":
    with Store.open(Path(sys.argv[1])) as opened:
        print("begins", flush=True)
        bring(opened, Path(sys.argv[2]), sys.argv[3])
