"""Names become ids that can be typed and stand in a file name."""

import re
import unicodedata
from collections.abc import Sequence

NOT_PLAIN = re.compile(r"[^a-z0-9]+")


def slug(name: str) -> str:
    """Give a name in lower-case ASCII with hyphens: "Children’s voice" → "childrens-voice"."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return NOT_PLAIN.sub("-", plain.replace("'", "")).strip("-") or "theme"


def unique_slugs(slugs: Sequence[str]) -> list[str]:
    """Number those that stand twice: "theme", "theme-2"."""
    taken: set[str] = set()
    found = []
    for wanted in slugs:
        name, number = wanted, 2
        while name in taken:
            name, number = f"{wanted}-{number}", number + 1
        taken.add(name)
        found.append(name)
    return found
