"""The annotated corpus is what it says: index, documents and annotations agree."""

import json
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

CORPUS = Path(__file__).parent / "corpus"

BULLET = re.compile(r"^[ \t]*(?:[•*\-–\uf0b7▪]|o(?= ))[ \t]+", re.MULTILINE)


def lines_of(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


INDEX = lines_of(CORPUS / "index.jsonl")
FILES = [row["file"] for row in INDEX]


def annotations(file: str) -> list[dict[str, Any]]:
    return lines_of((CORPUS / file).with_suffix(".jsonl"))


def without_running_lines(text: str) -> str:
    """Drop the first and last line of pages where it is the same, but for its digits, on half of them."""
    pages = [page.strip("\n").split("\n") for page in text.split("\f")]
    ends = Counter(re.sub(r"\d+", "#", line) for page in pages for line in {page[0], page[-1]})
    running = {line for line, count in ends.items() if len(pages) > 1 and count >= len(pages) / 2}
    for page in pages:
        for end in (0, -1):
            if page and re.sub(r"\d+", "#", page[end]) in running:
                del page[end]
    return "\n".join("\n".join(page) for page in pages)


def fold(text: str) -> str:
    """One space between words, no bullet marks, no Markdown emphasis, plain apostrophes."""
    return " ".join(BULLET.sub("", text.replace("**", "")).replace("’", "'").split())


@cache
def folded(file: str) -> str:
    return fold(without_running_lines((CORPUS / file).read_text(encoding="utf-8")))


def test_the_index_names_every_document_once() -> None:
    documents = {path.name for path in CORPUS.iterdir() if path.suffix in {".txt", ".md"}} - {"README.md"}
    assert sorted(FILES) == sorted(documents)
    assert {path.stem for path in CORPUS.glob("*.jsonl")} - {"index"} == {Path(file).stem for file in FILES}


def test_the_corpus_is_large_enough() -> None:
    assert len(INDEX) >= 25
    assert sum(row["recommendations"] for row in INDEX) >= 300
    assert [row["recommendations"] for row in INDEX] == [len(annotations(file)) for file in FILES]
    assert sum(row["recommendations"] == 0 for row in INDEX) >= 8


@pytest.mark.parametrize("file", FILES)
def test_annotated_texts_stand_in_the_document(file: str) -> None:
    assert [row["text"] for row in annotations(file) if fold(row["text"]) not in folded(file)] == []


@pytest.mark.parametrize("file", FILES)
def test_agencies_references_leads_and_dates_are_printed(file: str) -> None:
    text = folded(file).casefold()
    for row in annotations(file):
        printed = [
            row["reference"],
            *row.get("references", []),
            row["agency"],
            row.get("lead"),
            row.get("date"),
        ]
        printed += [other["agency"] for other in row.get("others", [])]
        assert [value for value in printed if value and fold(value).casefold() not in text] == []


@pytest.mark.parametrize("file", FILES)
def test_no_recommendation_is_annotated_twice(file: str) -> None:
    texts = Counter(fold(row["text"]) for row in annotations(file))
    assert [text for text, count in texts.items() if count > 1] == []
