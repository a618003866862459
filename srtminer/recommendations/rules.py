"""The rules that find recommendations, and how far each is to be trusted."""

CONFIDENCE = {
    "numbered list": 0.95,
    "label": 0.95,
    "labelled heading": 0.9,
    "operative sentence": 0.95,
    "action plan": 0.9,
    "listed item": 0.85,
    "paragraph in a list": 0.8,
    "announced list": 0.8,
    "list after a lead-in": 0.7,
    "sentence": 0.65,
}
"""By the rule's name, 0 to 1; on repeats the more trusted text is kept. `render.columns` explains each."""
IMPURE = 0.1
"""Taken off below a heading that announces other things as well ("Conclusions and recommendations")."""
