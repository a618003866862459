"""How themes were made and what they do not say, in words for those who read the result."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from srtminer.render.figures import counted

Told = tuple[str, str]
"""What it is about, and what is to be said of it."""

LIMITS = (
    "A theme is a set of similar recommendations, found by statistics and named by a phrase from "
    "them. It is a way into the texts and not a finding in itself: read the excerpts, and the reviews.",
    "A theme in many reviews is often recommended. That does not make it more important than others, nor "
    "does it say that nothing was done.",
    "The reviews here are those that were read; they are not a sample. Differences between years and "
    "agencies may only reflect which reviews were read.",
    "Years are those of the reviews, as printed or as given by the user, and not those of the events.",
    "Addressees are recognised by name. Where a recommendation names nobody, its addressee is unknown.",
)
"""What the figures do not say."""


@dataclass(frozen=True, slots=True)
class Made:
    """What an account tells of. A count is None where it is withheld."""

    reviews: int | None
    with_recommendations: int | None
    recommendations: int | None
    themes: int
    unthemed: int | None
    """Recommendations that fit no theme."""
    unlisted: int | None
    """Recommendations in themes of too few reviews to be listed."""
    where: tuple[str, ...]
    """The conditions that chose the reviews, as given."""
    number: int | None
    """Of themes, if the user asked for one."""
    min_reviews: int
    codebook: str
    """Its title, or empty."""


def account(made: Made) -> tuple[Told, ...]:
    """Tell what was read, how themes were found, how many, and what is left out."""
    return (
        ("What was read", " ".join(_read(made))),
        (
            "What counts as a recommendation",
            "What a review itself asks to be done: the points below a heading such as “Recommendations”, and "
            "sentences that are marked as one. Each is kept word for word, with its printed number and page.",
        ),
        ("How themes are found", _coded(made.codebook) if made.codebook else _FOUND),
        ("How many themes", " ".join(_number(made))),
        (
            "How they are ranked",
            "By the number of reviews that have the theme, then by its recommendations, so that one long "
            "review does not outweigh several.",
        ),
        ("What is left out", " ".join(_left_out(made))),
    )


def repeats_told(threshold: float) -> Told:
    """Tell how it was found what repeats."""
    return (
        "How repeats are found",
        "Two recommendations of different cases count as asking for the same when their meaning and their "
        f"words make it likely: {threshold:.2f} or more on a scale from 0 to 1. A review and its summary are "
        "one case; a board and the partnership that followed it are one board.",
    )


_FOUND = (
    "Recommendations that share uncommon words are put together; nobody gave the program a list of themes. "
    "Phrases that are in all reviews (“should ensure that”) and whoever is addressed are set aside, and the "
    "forms of a word count as one (discharge, discharged). A theme is called by a phrase from its "
    "recommendations."
)


def _coded(codebook: str) -> str:
    return (
        f"The themes are those of the codebook “{codebook}”. A recommendation belongs to one when it uses a "
        "phrase that the codebook gives, or is like its examples. What fits none is put together by the "
        "uncommon words that it shares; these themes are new."
    )


def _read(made: Made) -> Iterator[str]:
    chosen = f"those that fit {_conditions(made.where)}" if made.where else "all in the store"
    yield f"{_some(made.reviews, 'review')}: {chosen}."
    makes = "makes" if made.with_recommendations == 1 else "make"
    who, all_of_them = _figure(made.with_recommendations), _figure(made.recommendations)
    yield f"{who[:1].upper()}{who[1:]} of them {makes} recommendations, {all_of_them} in all."


def _conditions(where: Sequence[str]) -> str:
    """Say it as `where.select` takes it: those of the same field are alternatives."""
    fields: defaultdict[str, list[str]] = defaultdict(list)
    for one in where:
        fields[one.partition("=")[0].strip().lower()].append(one)
    return ", and ".join(" or ".join(same) for same in fields.values())


def _number(made: Made) -> Iterator[str]:
    if made.number is not None:
        yield f"{counted(made.number, 'theme')}, as the user asked for."
    elif not made.codebook:
        yield (
            "The program chose the number: it looked for the division in which the "
            "recommendations of one theme are "
            "most alike and least like those of the next."
        )
    in_reviews = f", those found in {made.min_reviews:,} or more reviews" if made.min_reviews > 1 else ""
    yield f"{made.themes:,} {'is' if made.themes == 1 else 'are'} listed{in_reviews}."


def _left_out(made: Made) -> Iterator[str]:
    if made.unthemed != 0:
        fit = "fits" if made.unthemed == 1 else "fit"
        yield (
            f"{_some(made.unthemed, 'recommendation')} {fit} no theme and {_be(made.unthemed)} not forced "
            "into one."
        )
    if made.unlisted != 0:
        yield (
            f"{_some(made.unlisted, 'recommendation')} {_be(made.unlisted)} in themes that too few "
            "reviews have to be listed."
        )
    yield (
        "Running headers, contents pages, footnotes and the like are left out; the list of reviews says "
        "how much of each."
    )


def _be(number: int | None) -> str:
    return "is" if number == 1 else "are"


def _some(number: int | None, singular: str) -> str:
    return f"A withheld number of {singular}s" if number is None else counted(number, singular)


def _figure(number: int | None) -> str:
    return "a withheld number" if number is None else f"{number:,}"
