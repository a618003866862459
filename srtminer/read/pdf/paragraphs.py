"""Lines become paragraphs: by gaps, marks, indents, and by whether the next word would have fitted."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from srtminer.read.line_marks import Mark, is_title, split_codes, split_mark
from srtminer.read.pdf.geometry import Line, Metrics, same_size

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
    after: float = field(default=99.0)
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


def group(lines: Sequence[Line], metrics: Metrics) -> list[Draft]:
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
