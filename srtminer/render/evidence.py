"""Why something was taken for a recommendation, in words: the rule, what speaks for and against it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from srtminer.model import Explanation, Recommendation, ReviewRecord
from srtminer.render.catalogue import page_range

REASONS: Mapping[str, str] = {
    "numbered list": "it carries a printed number below a heading that announces recommendations",
    "label": 'it begins with a label such as "Recommendation 3"',
    "labelled heading": 'it is below a heading that is a label, such as "Recommendation 3"',
    "operative sentence": "it is the sentence that asks, in a section of recommendations told in prose",
    "action plan": "it is the cell of a table whose column is headed as recommendations or actions",
    "listed item": "it is an item of a list below a heading that announces recommendations",
    "paragraph in a list": "it is a paragraph among others of its kind below a heading of recommendations",
    "announced list": "it is part of a list, or of a sentence, that says it gives the recommendations",
    "list after a lead-in": 'it is in a list that opens with words such as "The Board should:"',
    "sentence": 'it is a sentence of the running text such as "We recommend that …"',
    "table": "it came from a table of recommendations",
    "added by hand": "the analyst added it",
}
"""Why a recommendation was taken for one, by the name of the rule that found it."""

NOT_FOUND = ("table", "added by hand")
"""Rules of what was given as a recommendation: nothing had to speak for it."""

EVIDENCE: Mapping[str, str] = {
    "one": "few passages are recommendations",
    "pure": "the review's own list holds it",
    "number": "one of a numbered list",
    "leaf": "a part of a numbered item",
    "bullet": "one of a bulleted list",
    "paragraph": "a paragraph without a mark",
    "sentence": "a sentence of the running text",
    "wishes": "one of several wishes in a sentence",
    "table": "a cell of a table",
    "contrast": "its list asks more than the text around it",
    "set apart twice": "set apart by its type, and printed twice",
    "complete": "the numbers of its list are complete",
    "size": "the length of its list",
    "position": "how late in the document its list comes",
    "response": "the document is a response",
    "foreign title": "the title names the recommendations of others",
    "asks": "its words ask for something",
    "recommends": "its words say that the review recommends it",
    "modal": "it says “should” or “must”",
    "conclusion": "tagged as a conclusion",
    "past": "it tells of the past",
    "quoted": "it is a quotation",
    "short": "fewer than five words that ask for nothing",
    "own": "a heading announces the review's own recommendations",
    "foreign": "a heading names the recommendations of others",
    "aside": "a heading announces something else",
    "asking lead-in": "the words that open its list ask somebody",
    "announced list": "the words that open its list announce recommendations",
    "unannounced": "nothing announces recommendations",
    "appendix": "it is in an appendix",
    "lead-in": "words that end in a colon open its list",
    "part": "it is a part of another item",
    "listed": "the review's own list holds it",
    "appendix beside": "it is in an appendix, and the review lists its own elsewhere",
    "article": "the document is an article",
    "statement": "the document is a statement",
    "below number": "a paragraph without a number below one that has one",
    "own below number": "such a paragraph below a heading that announces recommendations",
    "between": "it stands between those of a likelier list",
    "elsewhere": "a likelier list stands elsewhere",
    "silent": "the others of its list say that they recommend, and it does not",
    "cut": "it is a part of a paragraph",
    "own cut": "a part of a paragraph below a heading that announces recommendations",
    "fills": "its list is most of the chapter",
    "own fills": "its list is most of a chapter of recommendations",
    "own share": "its list is below a heading that announces recommendations, and asks",
    "introduces": "it introduces its list",
    "mixed": "the heading announces conclusions and recommendations",
    "opens": "it opens a list and ends in a colon",
    "outside": "the review lists its own elsewhere",
    "reply": "it is a reply, or stands below one",
    "says so alone": "it says that the review recommends, and there is no list",
    "talks": "it speaks about recommendations",
}
"""What a feature of `data/series.json` says of an item."""

SHOWN = 4
"""Features for and against that people see; JSON and CSV hold all."""


def why(recommendation: Recommendation) -> str:
    """Say why it was found; of a rule without an explanation, its name."""
    rule = recommendation.rule
    return REASONS.get(rule, rule)


def evidence(explanation: Explanation | None) -> tuple[str, ...]:
    """Say what speaks for and against it, each with its share: "a cell of a table +1.8"."""
    return tuple(map(_weighed, _in_words(explanation.shares))) if explanation else ()


def printings(recommendation: Recommendation, record: ReviewRecord) -> tuple[str, ...]:
    """Give the other printings that were left out: "p. 4: The Board should …"."""
    left_out = recommendation.explanation.left_out if recommendation.explanation else ()
    places = (page_range(record, replace(recommendation, page=page, last_page=page)) for page, _ in left_out)
    return tuple(
        f"{place or 'the same page'}: {' '.join(text.split())}"
        for place, (_, text) in zip(places, left_out, strict=True)
    )


def told(recommendation: Recommendation, record: ReviewRecord) -> Iterator[str]:
    """Give the lines that explain a recommendation to people."""
    explanation = recommendation.explanation
    if explanation is None:
        return
    said = _in_words(explanation.shares)
    yield from _side("for it", [one for one in said if one[1] > 0])
    yield from _side("against it", [one for one in said if one[1] < 0])
    for printing in printings(recommendation, record):
        yield f"also printed on {printing}"


def _in_words(shares: Iterable[tuple[str, float]]) -> list[tuple[str, float]]:
    """Put features in words, those that say the same together, the weightiest first."""
    said: dict[str, float] = {}
    for name, share in shares:
        words = EVIDENCE.get(name, name)
        said[words] = said.get(words, 0.0) + share
    return sorted(said.items(), key=lambda one: -abs(round(one[1], 2)))


def _side(name: str, said: Sequence[tuple[str, float]]) -> Iterator[str]:
    if said:
        rest = f" and {len(said) - SHOWN} more" if len(said) > SHOWN else ""
        yield f"{name}: {'; '.join(map(_weighed, said[:SHOWN]))}{rest}"


def _weighed(said: tuple[str, float]) -> str:
    words, share = said
    return f"{words} {'+' if share > 0 else '−'}{abs(share):.1f}"
