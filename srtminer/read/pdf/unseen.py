"""Which characters of a page's text are not to be read: covered, struck through, or not shown at all.

The page is drawn with its text, without it, and its text alone in black. A character is seen where taking the
text away changes the page, on most of the points that it would ink. That is so whatever hides it: a box, a
picture, an annotation, its own colour, a clipping path, a layer that is off. It costs two or three drawings,
so only the places are looked at that `drawn` or an annotation names.
"""

import re
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import repeat

import numpy as np
import pypdfium2 as pdfium
from numpy.typing import NDArray

from srtminer.model import AS_COVERED, COVERED, STRUCK, UNSEEN, Omission
from srtminer.read.pdf import pdfium_calls as ask
from srtminer.read.pdf.drawn import (
    IMAGE,
    TEXT,
    Boxes,
    Drawn,
    Flags,
    Place,
    Places,
    Why,
    colors_of,
    levels_of,
    touching,
)
from srtminer.read.structured import SMALLEST

BLOCK = "█"
"""Stands for a covered character until the lines are made."""
SOLID = "█▇▉■◼⬛"
"""Characters that cover what they are typed over."""
PAGE_IMAGE = 0.5
"""Pictures on at least this share of the page may be a scan, with its recognised text beside them."""
PRINTED = 60
"""Difference of the darkest and the lightest point of a word, of 255."""
STRUCK_SHARE = 0.6
"""Share of a word's characters that a line must go through to strike it out, and of the line in words."""
STRIKE_BAND, STRIKE_THICK = (0.12, 0.5), 0.3
"""How high above the baseline such a line runs, and how thick it is at most, in font sizes."""

SCALE = 1.5
"""Points of the picture for a point of the page."""
MAX_POINTS = 6_000_000
"""Of a picture; that of a poster is coarser."""
INKED = 64
"""Darkness, of 255, from which on a point belongs to a character."""
CONTRAST, CLEAR = 0.08, 0.2
"""Shares of a character's own darkness by which it must differ from what is behind it; the second where
something is drawn over it, which may let a shade of it through."""
DIFFERS = 0.5
"""Share of a character's points that must differ."""

SEEN, IS_COVERED, IS_UNSEEN, IS_STRUCK = range(4)
NAMES = {IS_COVERED: COVERED, IS_UNSEEN: UNSEEN, IS_STRUCK: STRUCK}
Kinds = NDArray[np.int8]
Picture = NDArray[np.uint8]
_WORD = re.compile(r"[^\s\ufffe\x02]+")
_BLOCKS = re.compile(f"{BLOCK}(?:[ {BLOCK}]*{BLOCK})?")


@dataclass(frozen=True, slots=True)
class Letters:
    """The characters of a page's text that are to be judged, in the order of the text."""

    text: str
    """One character for each of the others."""
    boxes: Boxes
    """Around each on the page as shown."""
    sizes: NDArray[np.float64]
    """Font sizes as shown, in points."""
    baselines: NDArray[np.float64]
    """Points from the top of the page as shown."""
    drawings: NDArray[np.int64] | None = None
    """Addresses of the drawings that they are of, if known."""

    @property
    def spots(self) -> list[tuple[int, int]]:
        """Where its words begin and end."""
        return [match.span() for match in _WORD.finditer(self.text)]


@dataclass(frozen=True, slots=True)
class _Ink:
    """A part of a page, drawn with some of its text and without."""

    black: Picture
    """How dark each point of the text alone is, in black, if there is a change at all."""
    change: Picture
    """By how much each point differs when the text is taken away."""
    bare: Picture
    """The page without any text if it may be a scan, its green, which is nearly its grey."""
    left: float
    top: float
    scale: float

    def shows(self, box: tuple[slice, slice], contrast: float) -> bool:
        """Tell whether the points of a character differ by a share of their own darkness."""
        black, change = self.black[box], self.change[box]
        inked = black >= INKED
        count = np.count_nonzero(inked)
        if not count:
            return bool((change > CONTRAST * 255).any())
        return bool(np.count_nonzero(inked & (change > contrast * black)) >= DIFFERS * count)

    def points(self, boxes: Boxes) -> list[tuple[slice, slice]]:
        """Give the points, down and across, that boxes on the page as shown touch."""
        moved = (boxes - (self.left, self.top, self.left, self.top)) * self.scale
        height, width = self.bare.shape
        low, high = np.floor(moved[:, :2]), np.maximum(np.ceil(moved[:, 2:]), np.floor(moved[:, :2]) + 1)
        points = np.clip(np.hstack((low, high)).astype(np.int64), 0, (width, height, width, height))
        return [(slice(y0, y1), slice(x0, x1)) for x0, y0, x1, y1 in points.tolist()]


def is_printed(picture: Picture) -> bool:
    """Tell whether a picture shows something, as a scan does where it has words."""
    return bool(picture.size) and int(picture.max()) - int(picture.min()) >= PRINTED


class Sight:
    """What can be seen on one page; of use as long as the page is open."""

    def __init__(self, page: pdfium.PdfPage, number: int, drawn: Drawn, places: Sequence[Place]) -> None:
        """Look at a page; at `places` its text may not be seen."""
        self.page, self.number, self.places = page, number, places
        self.frame, self.drawn = drawn.frame, drawn
        self.has_text = TEXT in drawn.types

    @cached_property
    def _scan(self) -> Boxes:
        """The boxes of its pictures if they may be a scan."""
        images, (width, height) = self.drawn.boxes[self.drawn.places(IMAGE)], self.frame.size
        area = (images[:, 2:] - images[:, :2]).prod(1).sum()
        return images if area >= PAGE_IMAGE * width * height else images[:0]

    def may_hide(self, text: str) -> bool:
        """Tell whether some of a page's text may not be seen."""
        return bool(self.places) or any(character in text for character in SOLID)

    def judge(self, letters: Letters) -> Kinds:
        """Say of each character whether it is seen, covered, not shown or struck out."""
        kinds: Kinds = np.zeros(len(letters.text), np.int8)
        is_printable = np.array([not character.isspace() for character in letters.text], bool)
        covered, unseen = self._in(letters.boxes, "covered"), self._in(letters.boxes, "unseen")
        looked_at = np.flatnonzero((covered | unseen) & is_printable)
        if len(looked_at):
            hidden = looked_at[~self._sees(letters, looked_at, covered)]
            kinds[hidden] = np.where(covered[hidden], IS_COVERED, IS_UNSEEN)
        # the mark of a word reaches into its neighbours
        middles, solid = _middles(letters.boxes), np.array([letter in SOLID for letter in letters.text], bool)
        over = np.logical_or.reduce(touching(letters.boxes[solid], middles)) & ~solid
        kinds[(self._in(middles, "redacted") | over) & is_printable] = IS_COVERED
        if kinds.any():
            _settle(letters, kinds)
        for place in self.places:
            for start, end in _struck(place, letters) if place.why in ("line", "struck") else ():
                if not kinds[start:end].any():
                    kinds[start:end] = IS_STRUCK
        return kinds

    def _in(self, boxes: Boxes, why: Why) -> Flags:
        places = np.array([place.box for place in self.places if place.why == why]).reshape(-1, 4)
        result: Flags = np.logical_or.reduce(touching(places, boxes))
        return result

    def _sees(self, letters: Letters, places: Places, under: Flags) -> Flags:
        boxes = letters.boxes[places]
        on_page: Flags = touching(np.array([(0.0, 0.0, *self.frame.size)]), _middles(boxes))[0]
        on_page &= letters.sizes[places] >= SMALLEST
        if not on_page.any():
            return on_page
        part = (*boxes[on_page, :2].min(0), *boxes[on_page, 2:].max(0))
        seen: Flags = on_page.copy()
        contrast = np.where(under[places], CLEAR, CONTRAST)
        stacks = self._stacks()
        if letters.drawings is None:
            own = np.array([touching(self.drawn.boxes[texts], _core(boxes)).any(0) for texts in stacks])
        else:
            own = np.array([np.isin(letters.drawings[places], self.drawn.of(texts)) for texts in stacks])
        own[:, ~own.any(0)] = True
        for texts, theirs in zip(stacks, own, strict=True):
            if not theirs.any():
                continue
            ink = self._ink(part, texts)
            if not ink.change.any():
                seen[theirs] = False
                continue
            points = ink.points(_core(boxes))
            for place in np.flatnonzero(theirs & seen).tolist():
                seen[place] = ink.shows(points[place], contrast[place])
        if not seen.all() and len(self._scan):
            printed = np.zeros(len(letters.text), bool)
            spots = letters.spots
            around = [(*letters.boxes[a:b, :2].min(0), *letters.boxes[a:b, 2:].max(0)) for a, b in spots]
            for (start, end), box in zip(spots, ink.points(np.array(around).reshape(-1, 4)), strict=True):
                # signs alone are too small to tell
                is_word = any(map(str.isalnum, letters.text[start:end]))
                printed[start:end] = not is_word or is_printed(ink.bare[box])
            seen |= on_page & printed[places] & touching(self._scan, boxes).any(0)
        return seen

    def _ink(self, part: Sequence[float], texts: Places) -> _Ink:
        """Draw a part (left, top, right, bottom) of the page with some of its texts and without."""
        width, height = self.frame.size
        x0, y0 = max(0.0, part[0] - 1), max(0.0, part[1] - 1)
        x1, y1 = min(width, part[2] + 1), min(height, part[3] + 1)
        scale = min(SCALE, (MAX_POINTS / ((x1 - x0) * (y1 - y0))) ** 0.5)
        draw = partial(_picture, self.page, scale, (x0, height - y1, width - x1, y0))
        drawn, shown, every = self.drawn, self.drawn.of(texts), self.drawn.of(self.drawn.places(TEXT))
        whole = draw()
        _switch(shown, on=False)
        bare = without = draw()
        if len(every) > len(shown) and len(self._scan):
            _switch(every, on=False)
            bare = draw()
        blue, green, red = (np.maximum(whole, without) - np.minimum(whole, without)).T[:3]
        black = change = np.maximum(np.maximum(blue, green), red).T
        if change.any():
            _switch(drawn.objects, on=False)
            _switch(shown, on=True)
            with _blackened(shown):
                black = 255 - draw(notes=False)[:, :, 0]
        _switch(drawn.objects, on=True)
        # what was cut off in whole points before the part begins
        left, top = np.ceil(x0 * scale) / scale, np.ceil(y0 * scale) / scale
        return _Ink(black, change, bare[:, :, 1], left, top, scale)

    def _stacks(self) -> list[Places]:
        """Part the texts that may lie over one another, and those that may not be seen from the others."""
        levels = levels_of(self.drawn)
        unseen = {place.box for place in self.places if place.why == "unseen"}
        odd = np.array([tuple(box) in unseen for box in self.drawn.boxes.tolist()], bool)
        groups = np.where(levels >= 0, 2 * levels + odd, -1)
        return [np.flatnonzero(groups == group) for group in range(groups.max(initial=0) + 1)]


def _settle(letters: Letters, kinds: Kinds) -> None:
    """Let a word be hidden whole where half of its letters are; its signs alone hide nothing."""
    for start, end in letters.spots:
        part = kinds[start:end]
        if not part.any():
            continue
        letter = np.array([character.isalnum() for character in letters.text[start:end]])
        counted = part[letter] if letter.any() else part
        hidden = np.count_nonzero(counted)
        if 2 * hidden >= len(counted):
            part[:] = np.bincount(counted[counted > 0]).argmax()
        elif not hidden:
            part[:] = SEEN


def _struck(place: Place, letters: Letters) -> list[tuple[int, int]]:
    """List the words that a line goes through; none where it goes on without words, as charts have."""
    x0, y0, x1, y1 = place.box
    middles = _middles(letters.boxes)
    within = (middles[:, 0] > x0) & (middles[:, 2] < x1)
    if place.why == "struck":
        within &= (middles[:, 1] > y0) & (middles[:, 3] < y1)
    else:
        height = (letters.baselines - (y0 + y1) / 2) / np.maximum(letters.sizes, 1e-9)
        within &= (height > STRIKE_BAND[0]) & (height < STRIKE_BAND[1])
        within &= y1 - y0 <= STRIKE_THICK * letters.sizes
    if not within.any():
        return []
    struck = [
        (start, end)
        for start, end in letters.spots
        if np.count_nonzero(within[start:end]) >= STRUCK_SHARE * (end - start)
    ]
    boxes = [letters.boxes[start:end] for start, end in struck]
    covered = sum(float(box[:, 2].max() - box[:, 0].min()) for box in boxes)
    return struck if place.why == "struck" or covered > STRUCK_SHARE * (x1 - x0) else []


def _picture(page: pdfium.PdfPage, scale: float, crop: tuple[float, ...], *, notes: bool = True) -> Picture:
    # of pictures, which take most of the time, single points will do
    bitmap = page.render(scale=scale, crop=crop, may_draw_forms=notes, draw_annots=notes, no_smoothimage=True)
    return np.array(bitmap.to_numpy())


def masked(text: str, kinds: Kinds) -> str:
    """Put blocks in the place of covered characters and the spaces between them, spaces for the others."""
    letters = np.array(list(text))
    letters[kinds == IS_COVERED] = BLOCK
    letters[(kinds == IS_UNSEEN) | (kinds == IS_STRUCK)] = " "
    return _BLOCKS.sub(lambda match: BLOCK * len(match[0]), "".join(letters))


def said(text: str) -> str:
    """Write what is covered as a reader would."""
    return _BLOCKS.sub(AS_COVERED, text) if BLOCK in text else text


def omissions(text: str, kinds: Kinds, page: int) -> tuple[Omission, ...]:
    """Count the words of which characters are left out."""
    counts: Counter[int] = Counter()
    for match in _WORD.finditer(text):
        counts.update(set(kinds[match.start() : match.end()].tolist()) - {SEEN})
    return tuple(Omission(NAMES[kind], page, 0, count) for kind, count in sorted(counts.items()))


def _middles(boxes: Boxes) -> Boxes:
    middle = (boxes[:, :2] + boxes[:, 2:]) / 2
    return np.hstack((middle - 0.01, middle + 0.01))


def _core(boxes: Boxes) -> Boxes:
    """Leave out the sides, into which the neighbours reach."""
    return boxes + np.minimum(0.1 * (boxes[:, 2:3] - boxes[:, :1]), 0.5) * (1, 0, -1, 0)


def _switch(objects: Sequence[int], *, on: bool) -> None:
    """Let a page draw some objects, or not."""
    deque(map(ask.switch, objects, repeat(int(on))), maxlen=0)


@contextmanager
def _blackened(texts: Sequence[int]) -> Iterator[None]:
    """Draw texts in black meanwhile; a pattern does not come back."""
    colors, _ = colors_of(texts, ask.fill_color)
    deque(map(ask.set_fill, texts, *map(repeat, (0, 0, 0, 255))), maxlen=0)
    yield
    deque(map(ask.set_fill, texts, *colors.T.tolist()), maxlen=0)
