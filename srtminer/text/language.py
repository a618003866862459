"""The language that a text is in, told by its commonest words. Only English is analysed.

Why no library: langdetect is no longer kept up, lingua brings 100 MB, py3langid 5 MB and names a language for
every list of names. The commonest words tell a page of running text as surely, and the script tells the rest.
"""

import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from importlib.resources import files
from itertools import chain, pairwise

from srtminer.model import Omission, Paragraph, Review

ENGLISH = "English"
_COMMON: dict[str, str] = tomllib.loads(
    (files("srtminer") / "data" / "languages.toml").read_text(encoding="utf-8")
)
_SETS = {language: frozenset(words.split()) for language, words in _COMMON.items()}
_OTHERS = frozenset[str]().union(*(words for language, words in _SETS.items() if language != ENGLISH))
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")

FEWEST_WORDS = 30
"""Of a text; fewer tell no language."""
MOST_ENGLISH = 0.12
"""Of the words of a text in another language, how many at most are among the commonest of English; in English
texts a sixth to a half are. Grown, it takes lists of names for another language."""
FEWEST_COMMON = 0.08
"""Of the words of a text, how many at least are among the commonest of its language."""
SUREST = 2
"""How many more common words of a language than of English a text or paragraph in it has, at least."""
SMALLEST_PART = 0.1
"""Of the words of a bilingual text; a smaller part in another language is a title or a quotation."""


def in_english(review: Review) -> tuple[Review, str]:
    """Give a review without what is in another language, and the name of that which all of it is in.

    Why: what is printed twice, once in each language, is to be read once. What is too short to tell stays.
    """
    paragraphs = [words_of(review.text[paragraph.start : paragraph.end]) for paragraph in review.paragraphs]
    words = [*chain.from_iterable(paragraphs)]
    has_english = _common(words, ENGLISH) > MOST_ENGLISH * len(words)
    other = "" if has_english or len(words) < FEWEST_WORDS else other_language(words)
    languages = [] if other or review.ready else [*map(other_language, paragraphs)]
    sizes = Counter[str]()
    for one, language in zip(paragraphs, languages, strict=False):
        sizes[language] += len(one)
    del sizes[""]
    second = max(sizes, key=lambda language: sizes[language], default="")
    if second and sizes[second] >= SMALLEST_PART * len(words):
        review = _without(review, [one == second for one in languages], second)
    return review, other


def other_language(words: Sequence[str]) -> str:
    """Name the language that a text is in, if that is plainly another one than English: "Welsh"."""
    english = _common(words, ENGLISH)
    others = [word for word in words if word in _OTHERS]
    best = max(_SETS, key=lambda language: _common(others, language))
    if _common(others, best) >= max(english + SUREST, FEWEST_COMMON * len(words)):
        return best
    return _script(words) if english <= MOST_ENGLISH * len(words) else ""


def words_of(text: str) -> list[str]:
    """Give the words of a text in small letters."""
    return _WORD.findall(text.lower().replace("'", "’"))


def _script(words: Sequence[str]) -> str:
    """Name the script that most letters are of, if it is not Latin: "one in Arabic script"."""
    scripts = Counter(unicodedata.name(word[0], "").partition(" ")[0] for word in words)
    script, times = max(scripts.items(), key=lambda entry: entry[1], default=("", 0))
    is_other = script not in ("LATIN", "") and times > len(words) / 2
    return f"one in {script.capitalize()} script" if is_other else ""


def _common(words: Sequence[str], language: str) -> int:
    return sum(map(_SETS[language].__contains__, words))


def _without(review: Review, foreign: Sequence[bool], language: str) -> Review:
    """Take paragraphs out of a review's text and tell how many on each page."""
    text, paragraphs = "", list[Paragraph]()
    told = Counter[int]()
    ends = [0, *(paragraph.end for paragraph in review.paragraphs)]
    for (before, end), one, is_foreign in zip(pairwise(ends), review.paragraphs, foreign, strict=True):
        if is_foreign:
            told[one.page] += 1
            continue
        text += review.text[before:end] if text else review.text[before:end].lstrip()
        by = len(text) - end
        cells = tuple(replace(cell, start=cell.start + by, end=cell.end + by) for cell in one.cells)
        paragraphs.append(replace(one, start=one.start + by, end=one.end + by, cells=cells))
    omissions = (Omission(f"text in {language}", page, lines) for page, lines in sorted(told.items()))
    return replace(review, text=text, paragraphs=tuple(paragraphs), omissions=(*review.omissions, *omissions))
