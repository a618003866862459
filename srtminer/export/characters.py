"""Text that is legal inside XML, which both workbooks and QDA projects are made of."""

from srtminer.render.characters import visible

_NO_CHARACTERS = dict.fromkeys((0xFFFE, 0xFFFF), "\ufffd")


def legal(text: str) -> str:
    """Replace what XML 1.0 forbids, one character for one, so that offsets into the text stay right."""
    return visible(text).translate(_NO_CHARACTERS)
