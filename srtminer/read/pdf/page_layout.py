"""Pages become blocks: lines are grouped to paragraphs, by gaps, marks, indents, and by whether the next word
would have fitted; of these some are headings, items and rows of tables.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from srtminer.model import Omission, Role
from srtminer.read.compose_review import Block
from srtminer.read.line_marks import Mark, is_date, is_title, level_of, marks_of, split_mark
from srtminer.read.page_furniture import drop_from_pages
from srtminer.read.pdf import asking_tables
from srtminer.read.pdf.geometry import Line, Page
from srtminer.read.text_cleaning import broken_words, join_lines

BUCKET = 4.0
"""Left edges within this many points are taken for the same."""
SIZE_STEP = 0.7
"""Font sizes that differ by less are taken for the same (rounding, scaled pages)."""
DEFAULT_PITCH = 1.2
"""Distance of baselines in font sizes where a document has too few lines to tell."""
COMMON = 0.25
"""A step is common if it occurs this often beside the most frequent one."""
MIN_GROUP = 3
"""With fewer lines at a left edge, the right edge is that of the page."""

FAR = 99.0
"""The step to a line of another page or column, or to none."""
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
SENTENCE_ENDS = (".", "!", "?", ":", ";", ")", "’", "”")

MAX_WORDS = 25
"""Longer texts are set large or bold for another reason (a quotation, a recommendation in bold)."""
MAX_PLAIN_WORDS, MAX_LONE_WORDS = 10, 8
"""A line in the body's own type is only a heading if it is short and stands alone."""
QUOTES = ("“", "‘", '"', "…")
"""What is set in below a colon and begins with these is a quotation, not an item."""
_CLOSED = (".", ";", ",", "!", "”", "-")
_LINK = ("http:", "https:", "www.", "@")
"""The colour of a link is no heading's."""
_LABEL_ALONE = re.compile(
    r"(?:safety )?(?:recommendation|action|finding|learning point|lesson)s?(?: \w[\w.]{0,7})?:?", re.I
)


@dataclass(frozen=True, slots=True)
class Metrics:
    """Usual measures of a document, in points."""

    body_size: float
    body_look: tuple[bool, bool, int]
    """Bold, italic and colour of most of the text: they mark no heading."""
    pitches: dict[float, float]
    right: float
    rights: dict[tuple[float, ...], float]
    """Right edge of a page's lines of the same block, left edge and size."""

    def pitch(self, size: float) -> float:
        """Distance of baselines that is usual for a font size."""
        return self.pitches.get(_half(size), DEFAULT_PITCH * size)

    def right_of(self, line: Line) -> float:
        """Right edge of the column or block that a line stands in."""
        return self.rights.get(_block_key(line), self.right)


def measure(lines: Sequence[Line]) -> Metrics:
    """Measure the lines of a document."""
    body, looks = body_size(lines), Counter[tuple[bool, bool, int]]()
    rights: defaultdict[tuple[float, ...], list[float]] = defaultdict(list)
    for line in lines:
        looks[line.look] += line.length
        rights[_block_key(line)].append(line.x1)
    edges = sorted(line.x1 for line in lines if _is_same(line.size, body))
    return Metrics(
        body_size=body,
        body_look=max(looks, key=lambda look: (looks[look], look), default=(False, False, 0)),
        pitches=_pitches(lines),
        right=edges[int(0.97 * (len(edges) - 1))] if edges else 0.0,
        rights={key: max(edges) for key, edges in rights.items() if len(edges) >= MIN_GROUP},
    )


def body_size(lines: Sequence[Line]) -> float:
    """Give the font size, in points, that most characters are set in; 0 without text."""
    sizes = Counter[float]()
    for line in lines:
        sizes[line.size] += line.length
    return max(sizes, key=lambda size: (sizes[size], -size), default=0.0)


def _is_same(a: float, b: float) -> bool:
    return abs(a - b) < SIZE_STEP


@lru_cache(maxsize=1024)
def _half(size: float) -> float:
    return round(size * 2) / 2


def _block_key(line: Line) -> tuple[float, ...]:
    return line.page, line.band, line.column, round(line.x0 / BUCKET), _half(line.size)


def _pitches(lines: Sequence[Line]) -> dict[float, float]:
    counts: defaultdict[float, Counter[float]] = defaultdict(Counter)
    for above, below in pairwise(lines):
        step, size = below.y - above.y, below.size
        if above.page == below.page and 0.9 * size < step < 2.2 * size and _is_same(above.size, size):
            counts[_half(size)][round(step * 2) / 2] += 1
    # the smallest step that is common: larger ones are gaps between paragraphs
    return {
        size: min(step for step, count in steps.items() if count >= COMMON * max(steps.values()))
        for size, steps in counts.items()
        if steps.total() >= MIN_GROUP
    }


@dataclass(slots=True)
class _Draft:
    """A paragraph in the making."""

    lines: list[Line]
    mark: Mark
    is_listed: bool = False
    """Indented below a colon: each short line may be an item whose bullet was lost."""
    before: float = 0.0
    """Step from the line above, in usual pitches; large at the top of a page."""
    text: str = ""
    """Without its mark."""
    role: Role = "text"
    level: int = 0

    @property
    def first(self) -> Line:
        return self.lines[0]

    @property
    def last(self) -> Line:
        return self.lines[-1]

    @property
    def edge(self) -> float:
        """Where its lines after the first begin, as far as known."""
        return self.lines[min(1, len(self.lines) - 1)].x0

    @property
    def number(self) -> str:
        return self.mark.number if self.mark.rest else ""

    @property
    def rank(self) -> tuple[float, ...]:
        """What makes headings look alike: size (to half a point), bold, capitals, italic; sorted by rank."""
        line = self.first
        return -_half(line.size), not line.bold, not line.text.isupper(), line.italic


def lay_out(pages: Sequence[Page]) -> tuple[tuple[Block, ...], tuple[Omission, ...]]:
    """Give the paragraphs of a document in reading order, and what was left out of them."""
    ordered = asking_tables.lines_of(pages)
    size = body_size([line for page in ordered for line in page])
    kept, omissions = drop_from_pages(ordered, [page.height for page in pages], size)
    blocks = _blocks([line for page in kept for line in page])
    turned = (Omission("text that is not upright", page.number, page.turned) for page in pages if page.turned)
    return blocks, (*omissions, *turned)


def _blocks(lines: Sequence[Line]) -> tuple[Block, ...]:
    usual = measure(lines)
    texts = [text for line in lines for text in (line.text, *(row for _, rows in line.cells for row in rows))]
    words = broken_words(list(filter(None, texts)))
    drafts = _group(lines, usual)
    for place, draft in enumerate(drafts):
        _finish(draft, drafts[place - 1] if place else None, usual, words)
    headings = [draft for draft in drafts if draft.role == "heading"]
    # words tell headings apart that look alike, where some of them are numbered chapters
    numbered = {draft.rank for draft in headings if draft.number[:1].isdigit()}
    ranks = [(one.rank, level_of(one.text, one.number) if one.rank in numbered else 0) for one in headings]
    ordered = sorted(set(ranks))
    for draft, rank in zip(headings, ranks, strict=True):
        draft.level = ordered.index(rank) + 1
    return tuple(_block(draft, words) for draft in drafts)


def _group(lines: Sequence[Line], usual: Metrics) -> list[_Draft]:
    """Group lines in reading order into paragraphs."""
    drafts: list[_Draft] = []
    for line, mark in zip(lines, marks_of([line.text for line in lines]), strict=True):
        if line.cells:
            drafts.append(_Draft([line], Mark("", "", "")))
            continue
        if not drafts:
            drafts.append(_Draft([line], mark, before=FAR))
            continue
        above, last, step = drafts[-1], drafts[-1].lines[-1], FAR
        if line.page == last.page and line.y > last.y:
            step = (line.y - last.y) / usual.pitch(max(line.size, last.size))
        if not _begins(above, line, mark, step, usual):
            above.lines.append(line)
            continue
        deeper = line.x0 - above.first.x0
        is_listed = last.text.endswith(":") and deeper > INDENT * line.size
        if above.is_listed:
            is_listed = abs(deeper) < ALIGNED * line.size
        drafts.append(_Draft([line], mark, is_listed and not mark.kind, step))
    return drafts


def _begins(draft: _Draft, line: Line, mark: Mark, step: float, usual: Metrics) -> bool:
    """Decide whether a line begins a paragraph of its own after `draft`."""
    last = draft.last
    if last.cells or not _is_same(line.size, last.size):
        return True
    if step == FAR:
        return not _runs_on(draft, line, mark, usual)
    return (
        step > WIDE_STEP
        or _is_mark_of_paragraph(draft, line, mark)
        or _has_room_for(line, last, usual, draft.is_listed)
        or _is_set_apart(draft, line)
    )


def _runs_on(draft: _Draft, line: Line, mark: Mark, usual: Metrics) -> bool:
    """Tell whether a paragraph goes on over a page or column break."""
    last = draft.last
    if mark.kind or _has_room_for(line, last, usual):
        return False
    if line.look != last.look and (last.text.endswith(SENTENCE_ENDS) or is_title(line.text)):
        return False  # in the middle of a sentence, words in italics or a link may fill a line
    is_next_column = line.y < last.y and line.x0 > last.x1
    return is_next_column or abs(line.x0 - draft.edge) < ALIGNED * line.size or line.text[:1].islower()


def _is_mark_of_paragraph(draft: _Draft, line: Line, mark: Mark) -> bool:
    if mark.kind in ("", "bullet"):
        return bool(mark.kind)
    # a number in the running text stands where its paragraph's other lines begin
    hangs = len(draft.lines) == 1 and draft.mark.kind
    if mark.kind == "bare" or (abs(line.x0 - draft.edge) < ALIGNED * line.size and not hangs):
        return draft.last.text.endswith(SENTENCE_ENDS)
    return True


def _has_room_for(line: Line, last: Line, usual: Metrics, in_list: bool = False) -> bool:
    """Tell whether the first word of `line` would have fitted behind `last`: then the break was meant.

    Why the slack: ragged text that is set by the paragraph leaves room for a short word now and then.
    """
    word = line.text.split(" ", 1)[0]
    width = (last.x1 - last.x0) / len(last.text) if len(last.text) > 20 else CHARACTER * last.size
    right = usual.right if in_list else usual.right_of(last)
    closed = not in_list and last.text.endswith(SENTENCE_ENDS) and not line.text[:1].islower()
    slack = (CLOSED_SLACK if closed else OPEN_SLACK) * (right - last.x0)
    return last.x1 + (len(word) + 1) * width + slack < right


def _is_set_apart(draft: _Draft, line: Line) -> bool:
    if draft.last.bold != line.bold and draft.last.text.endswith(SENTENCE_ENDS):
        return True
    if len(draft.lines) == 1:  # a second line may hang or follow an indented first line
        return line.x0 - draft.first.x0 > INDENT * line.size and not draft.mark.kind
    return abs(line.x0 - draft.edge) > INDENT * line.size


def _finish(draft: _Draft, above: _Draft | None, usual: Metrics, words: frozenset[str]) -> None:
    """Give a paragraph its text, its mark and its role, by those of the one above, too."""
    text = join_lines([line.text for line in draft.lines], words)
    mark = split_mark(text)
    if is_date(mark):
        mark = Mark("", "", text)
    if draft.mark.kind in ("label", "letter", "roman") and not mark.kind:  # known by its series
        mark = draft.mark._replace(rest=text[len(draft.first.text) - len(draft.mark.rest) :])
    if draft.first.cells:
        draft.role = "row"
    elif _is_heading(draft, text, usual):
        draft.role = "heading"
    elif mark.kind in ("bullet", "letter", "roman") or (
        not mark.kind and above and _is_unmarked_item(draft, above, usual)
    ):
        draft.role = "item"
    draft.text, draft.mark = mark.rest or text, mark


def _is_heading(draft: _Draft, text: str, usual: Metrics) -> bool:
    """Tell a heading from text by size, weight, slope, capitals or isolation."""
    rest = split_mark(text).rest
    words = len(text.split())
    if not any(map(str.isalpha, text)) or words > MAX_WORDS or draft.mark.kind == "bullet":
        return False
    if _LABEL_ALONE.fullmatch(text):
        return True
    if rest[:1].islower() or draft.first.size < usual.body_size - SIZE_STEP:
        return False
    if draft.first.size > usual.body_size + SIZE_STEP:
        return not text.endswith((";", ","))
    if text.endswith(_CLOSED):
        return False
    if all(line.bold for line in draft.lines) and not usual.body_look[0]:
        return True
    is_short = words <= MAX_PLAIN_WORDS and len(draft.lines) == 1
    if not is_short or text.endswith(":") or not rest[:1].isupper() or any(link in rest for link in _LINK):
        return False
    if draft.first.color != usual.body_look[2] or draft.first.italic or (rest.isupper() and len(rest) > 3):
        return True
    return draft.mark.kind in ("number", "count") and draft.before > WIDE_STEP and words <= MAX_LONE_WORDS


def _is_unmarked_item(draft: _Draft, above: _Draft, usual: Metrics) -> bool:
    """Tell an item whose bullet is a drawing: indented below a text that ends in a colon.

    Why: browsers print bullets of web pages as graphics, so the text layer has none.
    """
    deeper = draft.first.x0 - above.first.x0
    if draft.first.text.startswith(QUOTES):
        return False
    if above.role == "item":
        return not above.mark.kind and abs(deeper) < 0.3 * usual.body_size
    return above.role != "heading" and above.text.endswith(":") and deeper > 0.7 * usual.body_size


def _block(draft: _Draft, words: frozenset[str]) -> Block:
    number, cells = _row(draft.first, words) if draft.role == "row" else (draft.number, ())
    return Block(
        text=draft.text,
        page=draft.first.page,
        role=draft.role,
        number=number,
        level=draft.level,
        size=draft.first.size,
        bold=all(line.bold for line in draft.lines),
        cells=cells,
        italic=all(line.italic for line in draft.lines),
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
