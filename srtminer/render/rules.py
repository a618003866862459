"""Why a recommendation was taken for one: each rule in a sentence."""

from srtminer.model import Recommendation

WHY: dict[str, str] = {
    "numbered list": "it carries a printed number below a heading that announces recommendations",
    "label": 'it begins with a label such as "Recommendation 3"',
    "labelled heading": 'it stands below a heading that is a label, such as "Recommendation 3"',
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
"""By the names of the rules."""


def why(recommendation: Recommendation) -> str:
    """Say why it was found; of a rule without an explanation, its name."""
    rule = recommendation.rule
    return WHY.get(rule, rule)
