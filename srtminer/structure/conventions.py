"""What words of headings, labels, columns and sentences mean; the entries are data/conventions.toml."""

import re
import tomllib
from functools import cache, lru_cache
from importlib import resources

HEADING_KINDS = ("own", "mixed", "foreign", "aside", "ends")


@cache
def entries() -> tuple[dict[str, str], ...]:
    """Give the conventions as they are written."""
    text = resources.files("srtminer.data").joinpath("conventions.toml").read_text(encoding="utf-8")
    return tuple(tomllib.loads(text)["entry"])


@cache
def pattern(of: str, says: str) -> re.Pattern[str]:
    """Give all patterns of one meaning as one."""
    fitting = [entry["pattern"] for entry in entries() if (entry["of"], entry["says"]) == (of, says)]
    return re.compile("|".join(f"(?:{one})" for one in fitting), re.IGNORECASE)


@cache
def _words(of: str, says: str) -> tuple[str, ...]:
    """Give the words of which one is in every text that says something; none where nothing is known."""
    fitting = [entry.get("words", ()) for entry in entries() if (entry["of"], entry["says"]) == (of, says)]
    return tuple(word for words in fitting for word in words) if all(fitting) else ()


@lru_cache(maxsize=16384)
def says(of: str, what: str, text: str) -> bool:
    """Tell whether a text says something by one of the conventions; cached, as each series asks again."""
    folded = text.casefold()
    words = _words(of, what)
    return (not words or any(map(folded.__contains__, words))) and pattern(of, what).search(text) is not None


@lru_cache(maxsize=4096)
def heading_says(heading: str) -> frozenset[str]:
    """Give all that a heading says; cached, as every paragraph below it asks again."""
    found = {kind for kind in HEADING_KINDS if says("heading", kind, heading)}
    if not found and "recommendation" in heading.casefold() and not is_label(heading):
        return frozenset({"mixed"})
    return frozenset(found - {"own"} if found & {"mixed", "foreign"} else found)


def is_label(text: str) -> bool:
    """Tell a printed label that numbers a recommendation, "Recommendation 3", from "4.12"."""
    return len(text) < LONGEST_LABEL and says("label", "own", text)


LONGEST_LABEL = 60
"""Characters."""
