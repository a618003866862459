"""What a page draws, object by object: the cheap look that tells which places need the close one of `unseen`.

Every page of every file is asked, so all objects of several pages are, before Python looks at the answers.
Boxes are (left, top, right, bottom) in points of the page as shown; x grows to the right, y downwards.
"""

import ctypes
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise, repeat
from typing import Any, Literal, NamedTuple

import numpy as np
import pypdfium2 as pdfium
from numpy.typing import NDArray
from pypdfium2 import raw

from srtminer.read.pdf import pdfium_calls as ask
from srtminer.read.structured import FAINT, PALE, SMALLEST

Boxes = NDArray[np.float64]
Flags = NDArray[np.bool_]
Places = NDArray[np.int64]
Why = Literal["covered", "redacted", "unseen", "struck", "line"]
Matrix = tuple[float, float, float, float, float, float]
"""As in a file: x becomes a x + c y + e, and y b x + d y + f."""
PLAIN: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)

MAX_DEPTH = 40
"""Forms within forms that are entered: as many as PDFium draws."""
BARE = 1000
"""Stands for red, green and blue where nothing is painted: unlike any of them."""
_LAYER = "OC\0".encode("utf-16-le")
PATTERN = 191
"""Red, green and blue that PDFium gives for a pattern (and for one grey, which is looked at, too)."""
SLACK = 1.0
"""Points by which a text may stick out of its page or its clipping path."""
INWARD = np.array((1.0, 1.0, -1.0, -1.0))
"""The direction into a box from each of its edges."""
INKS = raw.FPDF_TEXTRENDERMODE_FILL, raw.FPDF_TEXTRENDERMODE_FILL_STROKE
RECTANGLE = 6
"""Segments of a clipping path with more are of another shape."""
ABOVE, BELOW = 0.12, 0.3
"""Shares of a text's height at its top and bottom that lines touch without covering it (underlines)."""
HIGHEST = 2
"""Level of text over covers over text and so on; each costs drawings of the page."""
THIN = 3.0
"""A level drawing of at most so many points may be a line through words."""
TEXT, IMAGE, PATH = raw.FPDF_PAGEOBJ_TEXT, raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_PATH

# what PDFium fills in for one object at a time
_paint, (_fills, _strokes) = ask.numbers("i", 2)
_floats, (_first, _second, _third, _fourth, *_) = ask.numbers("f", 6)


@dataclass(frozen=True, slots=True)
class Frame:
    """How the page's own space lies on the page as shown."""

    box: tuple[float, float, float, float]
    """Left, bottom, right, top of what is shown, in the page's own space."""
    rotation: int
    """Degrees, clockwise."""

    @property
    def edges(self) -> tuple[int, ...]:
        """Which of those four are left, top, right and bottom as shown."""
        first = -self.rotation // 90 % 4
        return (0, 3, 2, 1, 0, 3, 2)[first : first + 4]

    @property
    def signs(self) -> tuple[int, int]:
        """Which way (1 or -1) the page's own axes run that are shown across and down."""
        left, top, *_ = self.edges
        return (1 if left < 2 else -1), (1 if top < 2 else -1)

    def shown(self, boxes: Boxes) -> Boxes:
        """Turn boxes (left, bottom, right, top) of the page's own space into boxes of the page as shown."""
        edges = self.edges
        corner = [self.box[edge] for edge in edges[:2]]
        result: Boxes = (boxes[:, edges] - (corner * 2)) * (self.signs * 2)
        return result

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the page as shown."""
        left, bottom, right, top = self.box
        across, down = right - left, top - bottom
        return (across, down) if self.rotation in (0, 180) else (down, across)


@dataclass(frozen=True, slots=True)
class Drawn:
    """The objects of a page in the order in which they are drawn, those of forms in their place."""

    objects: list[int]
    """Addresses, of use until the page is closed."""
    types: NDArray[np.uint8]
    boxes: Boxes
    colors: NDArray[np.int64]
    """Red, green, blue of the filling, 0 to 255; -1 where they are not known, as those of patterns."""
    odd: Flags
    """What is seen through or clipped; texts without ink, too small, or off the page, too."""
    has_forms: bool
    frame: Frame

    def places(self, kind: int) -> Places:
        """Give the places of the objects of a kind."""
        return np.flatnonzero(self.types == kind)

    def of(self, places: Places) -> list[int]:
        """Give the addresses of the objects in some places."""
        return [self.objects[place] for place in places.tolist()]


def drawn_on(pages: Sequence[pdfium.PdfPage]) -> Iterator[Drawn]:
    """List what each of some pages draws."""
    frames = [Frame(page.get_bbox(), page.get_rotation()) for page in pages]
    of_pages = (_all(ask.count, ask.nth, ask.address(page.raw)) for page in pages)
    parts_of = [list(_parts(objects, PLAIN, False, 0)) for objects in of_pages]
    parts = list(chain.from_iterable(parts_of))
    objects = list(chain.from_iterable(part.objects for part in parts))
    counts = [len(part.objects) for part in parts]
    types = np.frombuffer(b"".join(part.types for part in parts), np.uint8)
    numbers = np.repeat(range(len(parts)), counts)
    spaces = np.array([part.space for part in parts])
    boxes = _bounds(objects)
    if len(parts) > len(pages):
        boxes = _moved(boxes, spaces[numbers])
    colors = _inks(objects, ask.fill_color)
    ends = np.cumsum([0, *(sum(len(part.objects) for part in inner) for inner in parts_of)])
    limits = np.repeat([frame.box for frame in frames], np.diff(ends), axis=0)
    odd = np.array([part.dim for part in parts], bool)[numbers] | _is_dim(objects, boxes, spaces, numbers)
    texts = np.flatnonzero(types == TEXT)
    odd[texts] |= ((boxes - limits)[texts] * INWARD < -SLACK).any(1)
    odd[texts] |= _is_odd([objects[place] for place in texts.tolist()], boxes[texts], spaces[numbers[texts]])
    for frame, inner, (start, end) in zip(frames, parts_of, pairwise(ends.tolist()), strict=True):
        here, shown = slice(start, end), frame.shown(boxes[start:end])
        yield Drawn(objects[here], types[here], shown, colors[here], odd[here], len(inner) > 1, frame)


def _all(count: Any, nth: Any, owner: int) -> list[int]:
    """Give the objects of a page or a form."""
    number = count(owner)
    return list(map(nth, repeat(owner, number), range(number)))


class _Part(NamedTuple):
    """Objects between two forms."""

    objects: list[int]
    types: bytes
    space: Matrix
    """The matrix of the form around them."""
    dim: bool
    """Whether that form is seen through or clipped."""


def _parts(objects: list[int], space: Matrix, dim: bool, depth: int) -> Iterator[_Part]:
    """Put the objects of forms in the place of the forms."""
    types, start = bytes(map(ask.kind, objects)), 0
    while depth < MAX_DEPTH and (place := types.find(raw.FPDF_PAGEOBJ_FORM, start)) >= 0:
        yield _Part(objects[start:place], types[start:place], space, dim)
        start, form = place + 1, objects[place]
        inner = _all(ask.inner_count, ask.inner_nth, form)
        is_dim = _is_dim([form], _bounds([form]), np.array([PLAIN]), np.zeros(1, np.int64))
        yield from _parts(inner, _inside(space, form), dim or bool(is_dim[0]), depth + 1)
    yield _Part(objects[start:], types[start:], space, dim)


def _inside(space: Matrix, form: int) -> Matrix:
    """Give the matrix of what is in a form that stands in a space."""
    ask.matrix(form, _first)
    (a, b, c, d, e, f), (g, h, i, j, k, m) = space, _floats
    return a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * m + e, b * k + d * m + f


def _bounds(objects: Sequence[int]) -> Boxes:
    """Give the boxes (left, bottom, right, top) of objects in the space that they stand in."""
    bounds = np.zeros((len(objects), 4), np.float32)
    ask.fill(bounds, ask.bounds, objects, at=range(4))
    return bounds.astype(np.float64)


def _moved(boxes: Boxes, spaces: Boxes) -> Boxes:
    """Give the boxes around boxes that a matrix each moves and turns."""
    a, b, c, d, e, f = spaces.T[:, :, None]
    across, down = boxes[:, (0, 2, 2, 0)], boxes[:, (1, 1, 3, 3)]
    x, y = a * across + c * down + e, b * across + d * down + f
    return np.stack((x.min(1), y.min(1), x.max(1), y.max(1)), axis=1)


def colors_of(objects: Sequence[int], color: Any) -> tuple[NDArray[np.uint32], list[int]]:
    """Give red, green, blue and opacity of the fillings or lines of objects, and of which they are known."""
    values = np.zeros((len(objects), 4), np.uint32)
    return values, ask.fill(values, color, objects, at=range(4))


def _inks(objects: Sequence[int], color: Any) -> NDArray[np.int64]:
    """Give red, green and blue of the fillings or lines of objects; -1 where they are not known."""
    inks, known = colors_of(objects, color)
    colors = inks[:, :3].astype(np.int64)
    colors[np.logical_not(known) | (colors == PATTERN).all(1)] = -1
    return colors


def _is_dim(objects: Sequence[int], boxes: Boxes, spaces: Boxes, numbers: Places) -> Flags:
    """Tell objects that are seen through, or clipped; `numbers` says in which of `spaces` each stands."""
    dim: Flags = np.frombuffer(bytes(map(ask.see_through, objects)), bool).copy()
    clipped, clips = _clips_of(objects, spaces, numbers)
    dim[clipped[((boxes[clipped] - clips) * INWARD < -SLACK).any(1)]] = True
    return dim


def _is_odd(texts: Sequence[int], boxes: Boxes, spaces: Boxes) -> Flags:
    """Tell texts that are not filled, may bring their own colours, or are small.

    Their own colours may bring those whose letters are drawings of the file (Type 3); only they have no name.
    """
    odd: Flags = ~np.isin(np.frombuffer(bytes(map(ask.text_mode, texts)), np.uint8), INKS)
    fonts = list(map(ask.font, texts))
    nameless = {font for font in set(fonts) if ask.font_name(font, None, 0) <= len("\0")}
    if nameless:
        odd |= [font in nameless for font in fonts]
    odd |= (_sizes_of(texts, spaces) < SMALLEST) & (boxes[:, 2] > boxes[:, 0])
    return odd


def _sizes_of(texts: Sequence[int], spaces: Boxes) -> NDArray[np.float64]:
    """Give the font sizes of texts, in points as shown: across or down, whichever is less."""
    values = np.zeros((len(texts), 7), np.float32)
    ask.fill(values, ask.matrix, texts, at=[0])
    ask.fill(values, ask.font_size, texts, at=[6])
    axes = values[:, :4].reshape(-1, 2, 2) @ spaces[:, :4].reshape(-1, 2, 2)
    sizes: NDArray[np.float64] = np.linalg.norm(axes, axis=2).min(1) * values[:, 6]
    return sizes


def _clips_of(objects: Sequence[int], spaces: Boxes, numbers: Places) -> tuple[Places, Boxes]:
    """Give places of objects that are clipped, and to what box each; it is empty if that is no rectangle.

    One may come with several boxes, many with none.
    """
    seen: dict[tuple[int, int], int] = {}
    places, of_each = [], []
    boxes: list[tuple[float, ...]] = []
    clips = list(map(ask.clip, objects))
    for place, (clip, count, number) in enumerate(
        zip(clips, map(ask.clips, clips), numbers.tolist(), strict=True)
    ):
        for path in range(count):
            # texts of one stretch share their clipping path
            key = ask.clip_segment(clip, path, 0) or 0, number
            if key not in seen:
                seen[key] = len(boxes)
                boxes.append((*_clip_box(clip, path), number))
            places.append(place)
            of_each.append(seen[key])
    found = np.array(boxes).reshape(-1, 5)
    return np.array(places, np.int64), _moved(found[:, :4], spaces[found[:, 4].astype(np.int64)])[of_each]


def _clip_box(clip: int, path: int) -> tuple[float, float, float, float]:
    count, corners = ask.clip_segments(clip, path), []
    if not 0 < count <= RECTANGLE:
        return (0.0,) * 4
    for place in range(count):
        ask.point(ask.clip_segment(clip, path, place), _first, _second)
        corners.append(_floats[:2])
    x, y = zip(*corners, strict=True)
    return min(x), min(y), max(x), max(y)


@dataclass(frozen=True, slots=True)
class Place:
    """A box on the page as shown, and what the text in it may be."""

    box: tuple[float, float, float, float]
    why: Why


def places_of(drawn: Drawn, *, layers: bool) -> tuple[Place, ...]:
    """Give the places where text may not be seen, as far as the page's own drawing goes.

    With `layers` the text of every layer is among them, and that of forms, which may be of one.
    """
    texts, others = drawn.places(TEXT), np.flatnonzero(drawn.types != TEXT)
    if not len(texts):
        return ()
    boxes = drawn.boxes[texts]
    over = touching(drawn.boxes[others], _inner(boxes))
    near = over.any(1)
    others, over = others[near], over[near]
    after = others[:, None] > texts
    odd = drawn.odd[texts] | _is_blended(drawn, texts, others, over & ~after)
    if layers:
        odd |= drawn.has_forms or np.array([_has_layer(item) for item in drawn.of(texts)])
    covers = others[(over & after).any(1)]
    covers = covers[_paint_of(drawn, covers).any(1)]
    shapes = drawn.boxes[others]
    level = (shapes[:, 3] - shapes[:, 1] <= THIN) & (shapes[:, 2] - shapes[:, 0] > THIN)
    lines = shapes[level & (drawn.types[others] == PATH)]
    found: dict[Why, Boxes] = {"unseen": boxes[odd], "covered": drawn.boxes[covers], "line": lines}
    return tuple(Place((x0, y0, x1, y1), why) for why in found for x0, y0, x1, y1 in found[why].tolist())


def _has_layer(address: int) -> bool:
    item = ctypes.cast(address, raw.FPDF_PAGEOBJECT)
    name, length = (ctypes.c_ushort * 3)(), ctypes.c_ulong()
    for index in range(raw.FPDFPageObj_CountMarks(item)):
        mark = raw.FPDFPageObj_GetMark(item, index)
        if raw.FPDFPageObjMark_GetName(mark, name, ctypes.sizeof(name), length) and bytes(name) == _LAYER:
            return True
    return False


def levels_of(drawn: Drawn) -> NDArray[np.int64]:
    """Give the level of each text: 0, or higher than that of the texts below it that something covers.

    So the label of a box is told from what the box covers. Other drawings have the level -1.
    """
    text = drawn.types == TEXT
    levels: NDArray[np.int64] = np.where(text, 0, -1)
    texts, others = np.flatnonzero(text), np.flatnonzero(~text)
    boxes = _inner(drawn.boxes[texts])
    over = touching(drawn.boxes[others], boxes) & (others[:, None] > texts)
    first = np.where(over, others[:, None], len(text)).min(0, initial=len(text))
    covered = np.flatnonzero(first < len(text))
    for place in np.flatnonzero(texts > first.min(initial=len(text))):
        below = covered[(first[covered] < texts[place]) & touching(boxes[covered], boxes[[place]])[:, 0]]
        levels[texts[place]] = min(HIGHEST, levels[texts[below]].max(initial=-1) + 1)
    return levels


def touching(ones: Boxes, others: Boxes) -> Flags:
    """Tell which boxes touch which others."""
    (a, b, c, d), (e, f, g, h) = ones.T[:, :, None], others.T[:, None, :]
    result: Flags = (a < g) & (c > e) & (b < h) & (d > f)
    return result


def _inner(boxes: Boxes) -> Boxes:
    """Give the part of texts that only covers and lines through the words touch."""
    height = boxes[:, 3] - boxes[:, 1]
    result: Boxes = boxes + 0.5 * INWARD
    result[:, 1] += ABOVE * height
    result[:, 3] -= BELOW * height
    return result


def _is_blended(drawn: Drawn, texts: Places, others: Places, behind: Flags) -> Flags:
    """Tell texts on pictures, those of no known colour or that of what is behind, and pale ones on paper."""
    colors = drawn.colors[texts]
    odd: Flags = colors[:, 0] < 0
    over, under = behind.nonzero()
    over = others[over]
    ink, papers = colors[under], _papers_of(drawn, over)
    is_alike = np.abs(ink[:, None] - papers).max(2, initial=0) < FAINT
    is_blended = (is_alike | (papers[:, :, 0] < 0)).any(1)
    odd[under[is_blended | (drawn.types[over] == IMAGE)]] = True
    is_pale: Flags = colors.min(1) >= PALE
    panels = is_pale[under] & (drawn.types[over] == PATH) & ~is_alike[:, 0]
    panels &= (papers[:, 0, 0] >= 0) & (papers[:, 0, 0] < BARE)
    panels &= ((drawn.boxes[over] - drawn.boxes[texts[under]]) * INWARD < SLACK).all(1) & ~drawn.odd[over]
    panels[panels] = [not _has_layer(item) for item in drawn.of(over[panels])]
    is_pale[under[panels]] = False
    return odd | is_pale


def _papers_of(drawn: Drawn, places: Places) -> NDArray[np.int64]:
    """Give the colours (red, green, blue) of the filling and of the line of each thing; BARE without one."""
    ones, back = np.unique(places, return_inverse=True)
    papers = np.stack((drawn.colors[ones], _inks(drawn.of(ones), ask.stroke_color)), axis=1)
    papers[~_paint_of(drawn, ones)] = BARE
    return papers[back]


def _paint_of(drawn: Drawn, places: Places) -> Flags:
    """Tell of objects whether they are filled and stroked; what is no path counts as filled."""
    known: dict[int, tuple[bool, bool]] = {}
    for place in set(places.tolist()):
        _paint[:] = array("i", (1, 0))
        if drawn.types[place] == PATH:
            ask.draw_mode(drawn.objects[place], _fills, _strokes)
        known[place] = bool(_paint[0]), bool(_paint[1])
    return np.array([known[place] for place in places.tolist()], bool).reshape(-1, 2)
