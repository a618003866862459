"""What is known of a document's fonts: their look, and how wide their characters run."""

from collections.abc import Callable

from srtminer.read.pdf.geometry import is_bold, is_italic

SPREAD = 1.08
"""A line this much wider than its font's characters usually are is searched for a gap."""
FEW, VERY_FEW = 40, 16
"""Shorter lines vary more in width: below `FEW` they are searched sooner, very short ones all."""
_FORCE_BOLD, _ITALIC, _BOLD_WEIGHT = 1 << 18, 1 << 6, 600


class Typefaces:
    """What is known of a document's fonts: their look, and how wide their characters run."""

    def __init__(self) -> None:
        self.looks: dict[tuple[bytes, int], tuple[bool, bool]] = {}
        self.widths: dict[tuple[bytes, float], tuple[float, int]] = {}

    def look(self, name: bytes, flags: int, weight: Callable[[], int]) -> tuple[bool, bool]:
        """Give bold and italic of a font; its weight is only asked for once."""
        key = (name, flags)
        if key not in self.looks:
            text = name.decode("utf-8", "replace")
            bold = is_bold(text) or bool(flags & _FORCE_BOLD) or weight() >= _BOLD_WEIGHT
            self.looks[key] = (bold, is_italic(text) or bool(flags & _ITALIC))
        return self.looks[key]

    def is_spread(self, font: tuple[bytes, float], characters: int, width: float) -> bool:
        """Tell whether a line is wider than its font lets expect; an unknown font is."""
        total, count = self.widths.get(font, (0.0, 0))
        spread = SPREAD if characters >= FEW else 1.0
        return characters < VERY_FEW or not count or width * count > spread * total * characters

    def learn(self, font: tuple[bytes, float], characters: int, width: float) -> None:
        """Enter the width of a line without a gap."""
        total, count = self.widths.get(font, (0.0, 0))
        self.widths[font] = (total + width, count + characters)
