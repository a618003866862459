"""Damaged files by the thousand: `python -m tests.mutants 5000` reads so many of each kind.

Each is a sound file with bytes, tags or attributes changed; it has to be read or skipped with a reason.
"""

import copy
import io
import random
import re
import sys
import tempfile
import zipfile
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

from lxml import etree

from srtminer.model import Review, Skipped
from srtminer.pipeline import analyse
from srtminer.read.read_file import ReadOptions, read_file
from tests import test_html_seen, test_word_seen
from tests.test_word_seen import (
    box,
    cell,
    control,
    deleted,
    diagram,
    document,
    listed,
    paragraph,
    plain,
    row,
    run,
)
from tests.test_word_seen import table as word_table

_NAME = re.compile(rb"<(/?)([a-zA-Z0-9:]+)")
_VALUE = re.compile(rb'"[^"<>]{0,40}"')
VALUES = (
    b'"-1"',
    b'""',
    b'"99999999999"',
    b'"\xc2\xb2"',
    b'"none"',
    b'"continue"',
    b'"1"',
    b'"0"',
    b'"rId1"',
    b'"9.5pt"',
)


def word_file() -> bytes:
    """A Word file with something of everything."""
    made = document(
        listed(run("The Tarn Board should act."), deleted("now")),
        listed(run("Police should share it.", "<w:strike/>"), mark="<w:del/>"),
        paragraph(run("Before.", '<w:b/><w:color w:val="1F3864"/><w:sz w:val="22"/>'), box("Act now.")),
        word_table(
            row("No.", "Recommendation", "Lead"),
            control(row("R1", cell(word_table(row("a", "Act."), row("b", "Tell."))), "Police")),
            row("R2", cell(plain("Ask."), properties='<w:vMerge w:val="restart"/>'), "Trust"),
            row(cell(plain("Health"), properties='<w:gridSpan w:val="3"/>')),
        ),
        diagram("rId99"),
    )
    file = io.BytesIO()
    test_word_seen.with_styles(made).save(file)
    return file.getvalue()


def mail_file() -> bytes:
    """An e-mail with a page, a plain version and an attachment."""
    made = EmailMessage()
    made["From"], made["Subject"] = "chair@tarn.example", "Review: Child T – “final”"
    made.set_content("See the page.")
    made.add_alternative(web_page().decode(), subtype="html")
    made.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="final.pdf")
    return made.as_bytes()


def web_page() -> bytes:
    """Every piece of HTML of the tests of what is seen."""
    pieces = (test_html_seen.WORD, test_html_seen.SHEET, *test_html_seen.NOT_SEEN, *test_html_seen.SITE)
    table = (
        "<table border=1><tr><th colspan=2>Recommendation<th>By<tr><td rowspan=2>1<td>Act.<td><ol><li>x</ol>"
    )
    return "".join((*pieces, table)).encode()


def mutated(data: bytes, rng: random.Random) -> bytes:
    """Change bytes, names of elements or values of attributes, or cut the end off."""
    kind = rng.randrange(4)
    if kind == 0:
        return data[: rng.randrange(len(data))]
    if kind == 1:
        changed = bytearray(data)
        for _ in range(rng.randrange(1, 20)):
            changed[rng.randrange(len(changed))] = rng.randrange(256)
        return bytes(changed)
    if kind == 2:
        return _VALUE.sub(lambda found: rng.choice(VALUES) if rng.random() < 0.1 else found[0], data)
    names = [found[2] for found in _NAME.finditer(data)] or [b"p"]
    return _NAME.sub(
        lambda found: b"<" + found[1] + rng.choice(names) if rng.random() < 0.05 else found[0], data
    )


def mutated_tree(data: bytes, rng: random.Random) -> bytes:
    """Rename, drop, move and copy elements of a sound XML part, and change values."""
    root = etree.fromstring(data)
    for _ in range(rng.randrange(1, 12)):
        nodes = [node for node in root.iter() if node.getparent() is not None]
        if not nodes:
            break
        node, other, how = rng.choice(nodes), rng.choice(nodes), rng.randrange(5)
        if how == 0:
            node.tag = other.tag
        elif how == 1:
            node.getparent().remove(node)
        elif how == 2:
            other.append(copy.deepcopy(node))
        elif how == 3 and other not in node.iter():
            other.append(node)
        elif node.attrib:
            node.set(rng.choice(list(node.attrib)), rng.choice(VALUES).decode().strip('"'))
    return bytes(etree.tostring(root))


def mutated_word(data: bytes, rng: random.Random) -> bytes:
    """Change the archive itself, or one of its parts."""
    if rng.random() < 0.1:
        return mutated(data, rng)
    file = io.BytesIO()
    parts = ("word/document.xml", "word/document.xml", "word/styles.xml", "word/numbering.xml")
    chosen = rng.choice((*parts, "[Content_Types].xml", "word/_rels/document.xml.rels"))
    change = mutated if rng.random() < 0.1 else mutated_tree
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change(content, rng) if name == chosen else content)
    return file.getvalue()


KINDS: dict[str, tuple[Callable[[], bytes], Callable[[bytes, random.Random], bytes]]] = {
    ".docx": (word_file, mutated_word),
    ".html": (web_page, mutated),
    ".eml": (mail_file, mutated),
}


def survive(ending: str, times: int, folder: Path, seed: int = 7) -> int:
    """Read so many mutants of a kind; give how many were read, not skipped. Raises what a reader raises."""
    make, mutate = KINDS[ending]
    sound, rng, read = make(), random.Random(seed), 0
    for number in range(times):
        path = folder / f"{number}{ending}"
        path.write_bytes(mutate(sound, rng))
        for result in read_file(path, ReadOptions()):
            assert isinstance(result, Review | Skipped)
            if isinstance(result, Review):
                analyse(result)
                read += 1
        path.unlink()
    return read


def main() -> None:
    """Survive as many mutants of each kind as the command line says."""
    with tempfile.TemporaryDirectory() as folder:
        for ending in KINDS:
            print(ending, survive(ending, int(sys.argv[1]), Path(folder)), "read")


if __name__ == "__main__":
    main()
