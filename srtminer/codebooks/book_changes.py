"""What changed in a codebook itself, in words."""

from collections.abc import Iterator, Mapping, Sequence

from srtminer.codebooks.codebook_entries import Codebook, CodebookTheme

LISTED = {"cues": "cue", "hints": "hint", "merge": "part"}
"""Lists of a theme that are told word for word, and what one of them is called."""
COUNTED = {"examples": "example", "also": "second member", "never": "exclusion"}
"""Lists of which only the number is told."""
SINGLE = ("description", "weight", "colour")


def book_changes(before: Codebook, after: Codebook) -> tuple[str, ...]:
    """Tell what changed, a line a thing: themes new, changed and gone, and forbidden names."""
    old = {theme.id: theme for theme in before.themes}
    new = {theme.id: theme for theme in after.themes}
    names = {theme.id: theme.name for theme in (*before.themes, *after.themes)}
    lines: list[str] = []
    for own_id, theme in new.items():
        lines.extend(_changes(old[own_id], theme, names) if own_id in old else [f"“{theme.name}” is new"])
    lines.extend(f"“{theme.name}” is gone" for own_id, theme in old.items() if own_id not in new)
    for verb, these in _moved(before.forbid, after.forbid):
        lines.append(f"the list of forbidden names {verb} {_quoted(these)}")
    for verb, these in _moved(before.none, after.none):
        lines.append(f"the list of what is in no theme {verb} {len(these)}")
    return tuple(lines)


def _changes(before: CodebookTheme, after: CodebookTheme, names: Mapping[str, str]) -> Iterator[str]:
    if before.name != after.name:
        yield f"“{before.name}” is called “{after.name}”"
    for field, what in LISTED.items():
        old, new = ([names.get(one, one) for one in getattr(theme, field)] for theme in (before, after))
        for verb, these in _moved(old, new):
            yield f"“{after.name}” {verb} the {what}{'s' * (len(these) > 1)} {_quoted(these)}"
    for field, what in COUNTED.items():
        for verb, these in _moved(getattr(before, field), getattr(after, field)):
            yield f"“{after.name}” {verb} {len(these)} {what}{'s' * (len(these) > 1)}"
    for field in SINGLE:
        if getattr(before, field) != getattr(after, field):
            yield f"“{after.name}” has another {field}"


def _moved(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    for verb, here, there in (("gains", after, before), ("loses", before, after)):
        known = set(there)
        if these := [one for one in here if one not in known]:
            yield verb, these


def _quoted(names: Sequence[str]) -> str:
    return ", ".join(f"“{name}”" for name in names)
