"""Make the PDFs of examples/ again from their texts: `python -m tests.make_examples`."""

from pathlib import Path

from tests.pdfs import LAYOUTS, Content, parse

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples"
SOURCES = ROOT / "tests" / "examples_source"

MADE_WITH = "5.1.0"
"""The reportlab that made the committed files; another one may set the same text in other bytes."""


def read_source(path: Path) -> Content:
    """Read the source text of one PDF."""
    return parse(path.read_text(encoding="utf-8"))


def make_examples(folder: Path) -> tuple[Path, ...]:
    """Write one PDF for each source text into `folder`, and give their paths in order."""
    return tuple(_make(source, folder) for source in sorted(SOURCES.glob("*.txt")))


def _make(source: Path, folder: Path) -> Path:
    content = read_source(source)
    target = folder / f"{source.stem}.pdf"
    target.write_bytes(LAYOUTS[content.layout](content))
    return target


if __name__ == "__main__":
    for made in make_examples(EXAMPLES):
        print(made.relative_to(ROOT))
