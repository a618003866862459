"""The documents of the batch as PDFs, and the key to them.

Run `python -m tests.fresh.batch FOLDER` to write both.
"""

import json
import re
import sys
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from tests.long_reviews.pages import Book

SEEN, UNSEEN = Path(__file__).parent / "seen", Path(__file__).parent / "unseen"
"""What was looked into, so that `tests/fit_series.py` may learn from it, and what only sums are known of."""
FILES = Path(__file__).parent / "files_seen"
"""What was looked into of the documents that are kept as files."""
_GOLD = re.compile(r"@(?:\{(?P<agency>[^}]*)\}|(?P<more>\+)) (?P<rest>.*)")
_NUMBER = re.compile(r"\[(?P<number>[^\]]+)\] (?P<text>.*)")
_LABEL = re.compile(
    r"^(?:\[[0-9.]+\]|\((?:[a-z]|[ivx]+)\)|[0-9ivx.]+[.]?|Learning point [A-Z]\.|Recommendation:) (?=\S)"
)
"""What a recommendation begins with that is not its text: "(ii) ", "7.1.1 ", "Recommendation: "."""
_REFERENCE = re.compile(r" \((?:Recommendation|Paragraph) \d+\)$")


@dataclass
class Row:
    """One recommendation of the key."""

    file: str
    text: str
    agency: str


def make(source: Path, folder: Path) -> tuple[Path, list[Row]]:
    """Write one document as a PDF; give its path and its key."""
    name, lines = source.stem, source.read_text(encoding="utf-8").splitlines()
    book = Book(lines[0].removeprefix("# "), font="Times-Roman" if len(name) % 2 else "Helvetica")
    rows: list[Row] = []
    for is_table, group in groupby(filter(None, lines), key=lambda line: line.startswith("|")):
        if is_table:
            cells = [
                [_cell(rows, name, cell.strip()) for cell in line.strip("|").split("|")] for line in group
            ]
            book.table(cells, [1 / len(cells[0])] * len(cells[0]))
            continue
        for line in group:
            if gold := _GOLD.fullmatch(line):
                line = gold["rest"]
                _note(rows, f"{name}.pdf", gold, line)
            _print(book, line)
    return book.save(folder / f"{name}.pdf"), _printed_twice(source) or rows


def _cell(rows: list[Row], name: str, cell: str) -> str:
    if gold := _GOLD.fullmatch(cell):
        _note(rows, f"{name}.pdf", gold, gold["rest"])
        return gold["rest"]
    return cell


def _printed_twice(source: Path) -> list[Row]:
    """Read the key of a document that prints its recommendations in a chapter and in a list."""
    key = source.with_suffix(".key")
    lines = key.read_text(encoding="utf-8").splitlines() if key.exists() else []
    return [Row(f"{source.stem}.pdf", text, agency) for agency, text in (line.split("\t") for line in lines)]


def _note(rows: list[Row], file: str, gold: re.Match[str], line: str) -> None:
    plain = _plain(line)
    if gold["more"]:
        rows[-1].text += f" {plain}"
    else:
        rows.append(Row(file, _REFERENCE.sub("", _LABEL.sub("", plain, count=1)), gold["agency"]))


def _plain(line: str) -> str:
    return line.replace("**", "").replace("//", "").removeprefix("- ")


def _print(book: Book, line: str) -> None:
    if line == "--- page":
        book.new_page()
    elif line.startswith("#"):
        marks, _, text = line.partition(" ")
        book.heading(text, len(marks))
    elif line.startswith(":: "):
        book.box(line[3:])
    elif line.startswith("- "):
        book.text(line[2:], number="•", leftIndent=40, bulletIndent=24)
    elif numbered := _NUMBER.fullmatch(line):
        _text(book, numbered["text"], numbered["number"])
    else:
        _text(book, line)


def _text(book: Book, words: str, number: str = "") -> None:
    """Print a paragraph: "**" in front sets it bold, "//" in italics, "**//" in both."""
    italic = words.removeprefix("**").startswith("//")
    book.text(_plain(words), number=number, bold=words.startswith("**"), italic=italic)


def main(folder: str) -> None:
    """Write both batches, each into a folder of its own."""
    for batch in (SEEN, UNSEEN):
        _write(batch, Path(folder) / batch.name)


def write_seen(folder: str) -> None:
    """Write the documents that may be learnt from."""
    _write(SEEN, Path(folder))


def _write(batch: Path, place: Path) -> None:
    """Write a batch with its key, and the names of those that make no recommendation."""
    place.mkdir(parents=True, exist_ok=True)
    made = {source.stem: make(source, place)[1] for source in sorted(batch.glob("*.mark"))}
    rows = [row for found in made.values() for row in found]
    key = [json.dumps(row.__dict__, ensure_ascii=False) for row in rows]
    (place / "recommendations.jsonl").write_text("\n".join(key) + "\n", encoding="utf-8")
    none = [f"{name}.pdf\n" for name, found in made.items() if not found]
    (place / "none.txt").write_text("".join(none), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
