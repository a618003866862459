"""Pages become blocks: lines are grouped to paragraphs, by gaps, marks, indents, and by whether the next word
would have fitted; of these some are headings, items and rows of tables.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from srtminer.model import Omission, Role
from srtminer.read.compose_review import Block
from srtminer.read.line_marks import Mark, is_date, is_title, level_of, split_codes, split_mark
from srtminer.read.page_furniture import drop_from_pages
from srtminer.read.pdf import asking_tables
from srtminer.read.pdf.geometry import SIZE_STEP, Line, Metrics, Page, body_size, measure, same_size
from srtminer.read.text_cleaning import broken_words, join_lines

WIDE_STEP = 1.3
"""A step of more than this many usual pitches begins a paragraph."""
INDENT = 0.9
"""An indent of more than this many font sizes begins a paragraph."""
ALIGNED = 0.4
"""Left edges within this many font sizes are aligned."""
CHARACTER = 0.5
"""Mean width of a character in font sizes, where a line is too short to tell."""

CLOSED_SLACK = 0.04
"""Room left in a line, as a share of its column, that ends a paragraph after a full stop …"""
OPEN_SLACK = 0.2
"""… and in the middle of a sentence, where a list without bullets may still break."""

NO_MARK = Mark("", "", "")

SENTENCE_ENDS = (".", "!", "?", ":", ";", ")", "’", "”")


@dataclass(slots=True)
class Draft:
    """A paragraph in the making."""

    lines: list[Line]
    mark: Mark
    is_listed: bool = False
    """Indented below a colon: each short line may be an item whose bullet was lost."""
    before: float = 0.0
    """Step from the line above, in usual pitches; large at the top of a page."""
    after: float = 99.0
    """Step to the line below."""

    @property
    def first(self) -> Line:
        """The first line."""
        return self.lines[0]

    @property
    def edge(self) -> float:
        """Where its lines after the first begin, as far as known."""
        return self.lines[min(1, len(self.lines) - 1)].x0

    @property
    def last(self) -> Line:
        """The last line so far."""
        return self.lines[-1]


def _group(lines: Sequence[Line], metrics: Metrics) -> list[Draft]:
    """Group lines in reading order into paragraphs."""
    drafts: list[Draft] = []
    codes = split_codes([line.text for line in lines])
    for index, line in enumerate(lines):
        if line.cells:
            drafts.append(Draft([line], NO_MARK))
            continue
        mark = codes.get(index) or split_mark(line.text)
        step = _step(drafts[-1].last, line, metrics) if drafts else 99.0
        if drafts and not _begins(drafts[-1], line, mark, step, metrics):
            drafts[-1].lines.append(line)
            continue
        listed = bool(drafts) and not mark.kind and _is_listed(drafts[-1], line)
        if drafts:
            drafts[-1].after = step
        drafts.append(Draft([line], mark, is_listed=listed, before=step))
    return drafts


def _is_listed(above: Draft, line: Line) -> bool:
    deeper = line.x0 - above.first.x0
    if above.is_listed:
        return abs(deeper) < ALIGNED * line.size
    return above.last.text.endswith(":") and deeper > INDENT * line.size and line.text[:1] not in '“‘"…'


def _step(above: Line, line: Line, metrics: Metrics) -> float:
    if line.page != above.page or line.y <= above.y:
        return 99.0
    return (line.y - above.y) / metrics.pitch(max(line.size, above.size))


def _begins(draft: Draft, line: Line, mark: Mark, step: float, metrics: Metrics) -> bool:
    """Decide whether a line begins a paragraph of its own after `draft`."""
    last = draft.last
    if last.cells:
        return True
    if not same_size(line.size, last.size):
        return True
    if step == 99.0:
        return not _runs_on(draft, line, mark, metrics)
    if step > WIDE_STEP or _is_mark_of_paragraph(draft, line, mark, metrics):
        return True
    return _has_room_for(line, last, metrics, draft.is_listed) or _is_set_apart(draft, line)


def _runs_on(draft: Draft, line: Line, mark: Mark, metrics: Metrics) -> bool:
    """Tell whether a paragraph goes on over a page or column break."""
    if mark.kind and (mark.kind != "bare" or len(line.runs) > 1):
        return False
    if line.bold != draft.last.bold or _has_room_for(line, draft.last, metrics):
        return False
    if line.look != draft.last.look and (draft.last.text.endswith(SENTENCE_ENDS) or is_title(line.text)):
        return False  # in the middle of a sentence, words in italics or a link may fill a line
    if draft.last.text.endswith(":"):
        return False
    is_next_column = line.y < draft.last.y and line.x0 > draft.last.x1
    return is_next_column or abs(line.x0 - draft.edge) < ALIGNED * line.size or line.text[:1].islower()


def _is_mark_of_paragraph(draft: Draft, line: Line, mark: Mark, metrics: Metrics) -> bool:
    if mark.kind in ("", "bullet"):
        return bool(mark.kind)
    # a number in the running text stands where its paragraph's other lines begin
    hangs = len(draft.lines) == 1 and draft.mark.kind
    if mark.kind == "bare" or (abs(line.x0 - draft.edge) < ALIGNED * line.size and not hangs):
        return _has_room_for(line, draft.last, metrics) or draft.last.text.endswith(SENTENCE_ENDS)
    return True


def _has_room_for(line: Line, last: Line, metrics: Metrics, in_list: bool = False) -> bool:
    """Tell whether the first word of `line` would have fitted behind `last`: then the break was meant.

    Why the slack: ragged text that is set by the paragraph leaves room for a short word now and then.
    """
    word = line.text.split(" ", 1)[0]
    width = (last.x1 - last.x0) / len(last.text) if len(last.text) > 20 else CHARACTER * last.size
    right = metrics.right if in_list else metrics.right_of(last)
    closed = last.text.endswith(SENTENCE_ENDS) and not line.text[:1].islower()
    slack = (CLOSED_SLACK if closed and not in_list else OPEN_SLACK) * (right - last.x0)
    return last.x1 + (len(word) + 1) * width + slack < right


def _is_set_apart(draft: Draft, line: Line) -> bool:
    if draft.last.bold != line.bold and draft.last.text.endswith(SENTENCE_ENDS):
        return True
    if len(draft.lines) == 1:  # a second line may hang or follow an indented first line
        return line.x0 - draft.first.x0 > INDENT * line.size and not draft.mark.kind
    return abs(line.x0 - draft.edge) > INDENT * line.size


MAX_WORDS = 25
"""Longer texts are set large or bold for another reason (a quotation, a recommendation in bold)."""
MAX_PLAIN_WORDS = 10
"""A line in the body's own type is only a heading if it is short and stands alone."""

_CLOSED = (".", ";", ",", "!", "”", "-")
# the colour of a link is no heading's
_LINK = re.compile(r"https?:|www\.|@")
_LABEL_ALONE = re.compile(
    r"(?:safety )?(?:recommendation|action|finding|learning point|lesson)s?(?: \w[\w.]{0,7})?:?", re.I
)


def is_heading(draft: Draft, text: str, metrics: Metrics) -> bool:
    """Tell a heading from text by size, weight, slope, capitals or isolation."""
    rest = split_mark(text).rest
    words = len(text.split())
    if not any(character.isalpha() for character in text) or words > MAX_WORDS:
        return False
    if draft.mark.kind == "bullet" or (rest[:1].islower() and not _LABEL_ALONE.fullmatch(text)):
        return False
    if _LABEL_ALONE.fullmatch(text):
        return True
    if draft.first.size > metrics.body_size + SIZE_STEP:
        return not text.endswith((";", ","))
    return not text.endswith(_CLOSED) and _stands_out(draft, rest, words, metrics)


def _stands_out(draft: Draft, text: str, words: int, metrics: Metrics) -> bool:
    if draft.first.size < metrics.body_size - SIZE_STEP:
        return False
    if all(line.bold for line in draft.lines) and not metrics.body_look[0]:
        return True
    if words > MAX_PLAIN_WORDS or len(draft.lines) > 1 or not text[:1].isupper() or _LINK.search(text):
        return False
    if draft.first.color != metrics.body_look[2] or draft.first.italic or (text.isupper() and len(text) > 3):
        return not text.endswith(":")
    return (
        draft.mark.kind in ("number", "count")
        and not text.endswith(":")
        and draft.before > 1.3
        and draft.after > 1.1
        and words <= 8
    )


QUOTES = ("“", "‘", '"', "…")
"""What is set in below a colon and begins with these is a quotation, not an item."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A paragraph with what has been found out about it."""

    draft: Draft
    text: str
    """Without its mark."""
    mark: Mark
    number: str
    role: Role


def _look(part: _Part) -> tuple[float, ...]:
    """What makes headings look alike: size (to half a point), bold, capitals, italic; sorted by rank."""
    line = part.draft.first
    return -round(line.size * 2) / 2, not line.bold, not line.text.isupper(), line.italic


def lay_out(pages: Sequence[Page]) -> tuple[tuple[Block, ...], tuple[Omission, ...]]:
    """Give the paragraphs of a document in reading order, and what was left out of them."""
    ordered = asking_tables.lines_of(pages)
    kept, omissions = drop_from_pages(ordered, [page.height for page in pages], body_size(ordered))
    lines = [line for page in kept for line in page]
    blocks = _blocks(lines, measure(kept))
    turned = (Omission("text that is not upright", page.number, page.turned) for page in pages if page.turned)
    return blocks, (*omissions, *turned)


def _blocks(lines: Sequence[Line], usual: Metrics) -> tuple[Block, ...]:
    texts = [text for line in lines for text in (line.text, *(row for _, rows in line.cells for row in rows))]
    words = broken_words(list(filter(None, texts)))
    parts = _parts(lines, usual, words)
    headings = [part for part in parts if part.role == "heading"]
    # words tell headings apart that look alike, where some of them are numbered chapters
    numbered = {_look(part) for part in headings if part.number[:1].isdigit()}

    def rank(part: _Part) -> tuple[tuple[float, ...], int]:
        return _look(part), level_of(part.text, part.number) if _look(part) in numbered else 0

    levels = {rank: level for level, rank in enumerate(sorted(set(map(rank, headings))), start=1)}
    return tuple(_block(part, levels[rank(part)] if part.role == "heading" else 0, words) for part in parts)


def _parts(lines: Sequence[Line], usual: Metrics, words: frozenset[str]) -> list[_Part]:
    parts: list[_Part] = []
    for draft in _group(lines, usual):
        text = join_lines([line.text for line in draft.lines], words)
        mark = split_mark(text)
        mark = Mark("", "", text) if is_date(mark) else mark
        if draft.mark.kind in ("label", "letter", "roman") and not mark.kind:  # known by its series
            mark = draft.mark._replace(rest=text[len(draft.first.text) - len(draft.mark.rest) :])
        role: Role = "text"
        if draft.first.cells:
            role = "row"
        elif is_heading(draft, text, usual):
            role = "heading"
        elif mark.kind in ("bullet", "letter", "roman") or (
            not mark.kind and parts and _is_unmarked_item(draft, parts[-1], usual)
        ):
            role = "item"
        parts.append(_Part(draft, mark.rest or text, mark, mark.number if mark.rest else "", role))
    return parts


def _block(
    part: _Part,
    level: int,
    words: frozenset[str],
) -> Block:
    first, lines = part.draft.first, part.draft.lines
    is_row = part.role == "row"
    number, cells = _row(first, words) if is_row else (part.number, ())
    return Block(
        text=part.text,
        page=first.page,
        role=part.role,
        number=number,
        level=level,
        size=first.size,
        bold=all(line.bold for line in lines),
        cells=cells,
        italic=all(line.italic for line in lines),
    )


def _row(line: Line, words: frozenset[str]) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Give number and cells: a printed number in a column without head, or before the text, is the row's."""
    cells = [(head, join_lines(lines, words)) for head, lines in line.cells]
    number = ""
    for place, (head, text) in enumerate(cells):
        mark = split_mark(text)
        if mark.kind in ("", "bullet") or not (mark.rest or not head):
            continue
        if not head or asking_tables.is_wanted(head):
            number, cells[place] = mark.number, (head, mark.rest)
            break
    return number, tuple((head, text) for head, text in cells if head or text)


def _is_unmarked_item(draft: Draft, above: _Part, usual: Metrics) -> bool:
    """Tell an item whose bullet is a drawing: indented below a text that ends in a colon.

    Why: browsers print bullets of web pages as graphics, so the text layer has none.
    """
    deeper = draft.first.x0 - above.draft.first.x0
    if draft.first.text.startswith(QUOTES):
        return False
    if above.role == "item":
        return not above.mark.kind and abs(deeper) < 0.3 * usual.body_size
    return above.role != "heading" and above.text.endswith(":") and deeper > 0.7 * usual.body_size
