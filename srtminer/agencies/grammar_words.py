"""The small words of grammar that the rules look for."""

import tomllib
from importlib.resources import files


def _words(file: str, name: str) -> list[str]:
    """Read a list of words of a data file."""
    text = (files("srtminer") / "data" / f"{file}.toml").read_text(encoding="utf-8")
    return list(tomllib.loads(text)[name].split())


# One word a line would take 80 lines.
# fmt: off

ARTICLES = frozenset({"a", "an", "the"})

OF = frozenset({"for", "of"})

PLACE = frozenset({"across", "at", "in", "within"})

JOINS = frozenset({"&", ",", "/", "and", "or"})

MODALS = frozenset({"must", "ought", "shall", "should"})

BE = frozenset({"are", "be", "is"})

PAST = frozenset({"did", "had", "has", "have", "was", "were", "will"})

PREPOSITIONS = frozenset({
    "about", "across", "after", "against", "among", "amongst", "at", "before", "between", "by",
    "concerning", "during", "for", "from", "in", "including", "into", "like", "of", "on", "over", "per",
    "regarding", "through", "to", "towards", "under", "via", "with", "within", "without",
})

SUBORDINATORS = frozenset({
    "although", "and", "as", "because", "but", "how", "if", "nor", "or", "since", "than", "that", "though",
    "unless", "until", "what", "when", "where", "whether", "which", "while", "who", "whom", "whose", "why",
})

ASKED = frozenset({
    "asked", "directed", "encouraged", "expected", "invited", "recommended", "reminded", "requested",
    "required", "urged",
})
"""Participles of "is asked to"."""

IRREGULAR = frozenset(_words("grammar", "finite")) | {"become", "come", "put", "set"}
"""Participles and other forms of irregular verbs."""

ADVERBS = frozenset({"all", "also", "each", "now", "therefore"})

BASE_VERBS = frozenset(_words("agencies", "verbs"))
"""What must follow a proper name that the data file does not know."""

RECOMMEND = frozenset({"recommend", "recommended", "recommending"})

URGE = frozenset({
    "advise", "advised", "ask", "asked", "call", "encourage", "encouraged", "expect", "invite", "invited",
    "request", "requested", "urge", "urged",
})
"""What asks as plainly as "recommend", if the review itself speaks."""

SPEAKERS = frozenset({
    "author", "board", "commission", "committee", "coroner", "i", "inquiry", "it", "panel", "review",
    "reviewer", "we",
})
"""Who recommends and urges in a review's own voice, as the comparable word."""
