"""Names become ids that can be typed."""

import re
import unicodedata

NOT_PLAIN = re.compile(r"[^a-z0-9]+")


def slug(name: str) -> str:
    """Give a name in lower-case ASCII with hyphens: "Children’s voice" → "childrens-voice"."""
    plain = unicodedata.normalize("NFKD", name.replace("’", "'")).encode("ascii", "ignore").decode().lower()
    return NOT_PLAIN.sub("-", plain.replace("'", "")).strip("-") or "theme"


def unique(name: str, taken: set[str]) -> str:
    """Give the name itself, or with the first number from 2 that is free; and take it."""
    found, number = name, 2
    while found in taken:
        found, number = f"{name}-{number}", number + 1
    taken.add(found)
    return found
