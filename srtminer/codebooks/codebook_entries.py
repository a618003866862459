"""What a codebook says."""

from dataclasses import dataclass, replace

WHOLE = 1.0
NEW_ID = "new-"
NEW_LABEL = "New: "
"""Before the names of themes that the codebook does not know."""


@dataclass(frozen=True, slots=True)
class CodebookTheme:
    """One theme of a codebook."""

    id: str
    """Stays as it is when the name changes."""
    name: str
    description: str = ""
    cues: tuple[str, ...] = ()
    """Phrases any of which makes a recommendation a candidate for the theme."""
    hints: tuple[str, ...] = ()
    """Phrases that tip the balance between themes; alone they make no member."""
    examples: tuple[str, ...] = ()
    """Ids of recommendations that belong to it, or texts like those that do."""
    merge: tuple[str, ...] = ()
    """Ids or names of the themes of the same codebook that are part of this one."""
    weight: float = WHOLE
    """What a cue counts. Grows: more recommendations that speak of several themes come here."""
    colour: str = ""
    """"#rrggbb", or empty."""
    also: tuple[str, ...] = ()
    """Ids of recommendations that belong to it as well, after a theme of their own."""
    never: tuple[str, ...] = ()
    """Ids of recommendations that do not belong to it, whatever speaks for it."""


JOINED = ("cues", "hints", "examples", "also", "never")
"""Lists of a theme that a theme takes over with it."""


@dataclass(frozen=True, slots=True)
class Codebook:
    """Themes in the order of the file."""

    title: str
    themes: tuple[CodebookTheme, ...]
    forbid: tuple[str, ...] = ()
    """No new theme is made whose name says one of these."""
    none: tuple[str, ...] = ()
    """Ids of recommendations, or their texts, that are in no theme, nor in a new one."""


def merged(codebook: Codebook) -> Codebook:
    """Give the codebook with merged themes taken into those that merge them, with all they have."""
    by_name = {name: theme for theme in codebook.themes for name in (theme.id, theme.name)}
    gone = {by_name[name].id for theme in codebook.themes for name in theme.merge}
    kept = (_with_parts(theme, by_name) for theme in codebook.themes if theme.id not in gone)
    return replace(codebook, themes=tuple(kept))


def _with_parts(theme: CodebookTheme, by_name: dict[str, CodebookTheme]) -> CodebookTheme:
    parts = [_with_parts(by_name[name], by_name) for name in theme.merge]
    lists: dict[str, tuple[str, ...]] = {
        field: tuple(dict.fromkeys(text for one in (theme, *parts) for text in getattr(one, field)))
        for field in JOINED
    }
    return replace(theme, merge=(), **lists)  # type: ignore[arg-type]
