"""What responses answer to recommendations: they quote them word for word, and answer below.

Pure: recommendations, the texts of their reports and the responses go in, an answer each comes out.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence, Set
from functools import lru_cache

from srtminer.model import Answer, Paragraph, Recommendation, Review
from srtminer.text.words import plain_words, sentences

SIZE = 4
"""Words that stand together in both texts. Why: four in a row are hardly ever the same by chance."""
FEWEST = 5
"""Such stretches that a text must have: less is a heading or the end of a sentence."""
QUOTED = 0.5
"""Share of the stretches of the shorter text that stand in the other, at least: responses shorten names."""
_ANSWERS = frozenset({"response", "answer", "reply"})
_VERDICTS = (
    (
        "rejected",
        r"\b(?:do(?:es)? not|cannot|can not|unable to|not) (?:accept|agree|support|believe)|\bnot accepted\b"
        r"|\breject(?:s|ed)?\b|\bdisagrees?\b|\bno plans to\b",
    ),
    (
        "accepted in part",
        r"\b(?:partial(?:ly)?|partly|in part|in principle|subject to)\b.{0,40}\b(?:accept|agree)"
        r"|\b(?:accept|agree)\w*\b.{0,30}\b(?:partial(?:ly)?|partly|in part|in principle|subject to)\b",
    ),
    ("accepted", r"\b(?:accept(?:s|ed)?|agrees?)\b(?! that)|\bwelcomes? (?:this|the) recommendation"),
    (
        "done",
        r"\balready (?:been )?(?:done|implemented|completed|in place)\b"
        r"|\b(?:has|have) been (?:implemented|completed)\b",
    ),
)
"""In this order: "does not agree" also says "agree". Who agrees that keys matter has promised nothing."""
_SAYS = tuple((verdict, re.compile(pattern, re.IGNORECASE)) for verdict, pattern in _VERDICTS)


def answers(
    recommendations: Sequence[Recommendation],
    responses: Sequence[Review],
    report: Callable[[str], str],
) -> dict[str, Answer]:
    """Give of each recommendation that a response quotes the answer to it, by its id.

    `report` gives the text of a review by its id. Of several answers the first response's counts.
    """
    known: defaultdict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(recommendations):
        for stretch in _stretches(one.text):
            known[stretch].append(number)
    found: dict[str, Answer] = {}
    for response in responses:
        quotes = _quotes(response, known, recommendations)
        for review_id in {one.review_id for _, quoted in quotes for one in quoted}:
            printed = _stretches(report(review_id))
            for below, quoted in quotes:
                own = [one for one in quoted if one.review_id == review_id]
                if own and (answer := _answer(response, below, printed)):
                    for one in own:
                        found.setdefault(one.id, answer)
    return found


def _quotes(
    response: Review, known: Mapping[str, Sequence[int]], recommendations: Sequence[Recommendation]
) -> Sequence[tuple[Sequence[Paragraph], Sequence[Recommendation]]]:
    """Give of each paragraph that quotes recommendations what stands below it, and which these are."""
    found = []
    for place, paragraph in enumerate(response.paragraphs, 1):
        mine = _stretches(response.text[paragraph.start : paragraph.end])
        shared = Counter(one for stretch in mine for one in known.get(stretch, ()))
        quoted = [
            recommendations[one]
            for one, count in sorted(shared.items())
            if count >= max(FEWEST, QUOTED * min(len(mine), len(_stretches(recommendations[one].text))))
        ]
        if quoted:
            found.append((response.paragraphs[place:], quoted))
    return found


def _answer(response: Review, below: Sequence[Paragraph], report: Set[str]) -> Answer | None:
    """Give the first text below a quotation, or the heading that says it all.

    What goes on quoting is passed over: words of the report, and scraps such as "4.41).". Another heading
    opens the answer or ends it.
    """
    quoting = True
    for one in below:
        text = response.text[one.start : one.end]
        mine = _stretches(text)
        told = len(mine & report) < QUOTED * len(mine) if mine else any(map(str.isalpha, text))
        if quoting := quoting and not told:
            continue
        first = text[slice(*sentences(text)[0])]
        verdict = next((name for name, says in _SAYS if says.search(first)), "answered")
        if one.role != "heading" or verdict != "answered":
            return Answer(verdict, first, one.page, response.id)
        if _ANSWERS.isdisjoint(plain_words(text)):
            break
    return None


@lru_cache(maxsize=20_000)
def _stretches(text: str) -> frozenset[str]:
    """Give all runs of so many words of a text."""
    words = plain_words(text)
    return frozenset(" ".join(words[place : place + SIZE]) for place in range(len(words) - SIZE + 1))
