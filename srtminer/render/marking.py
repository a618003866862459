"""Words that two texts have in common, marked so that it shows without bold."""

from rich.text import Text

from srtminer.comparisons import Match
from srtminer.hits import marked
from srtminer.render.as_markdown import escape
from srtminer.render.characters import one_line
from srtminer.render.layout import plain
from srtminer.render.search_table import MARK


def marked_text(match: Match) -> Text:
    """Give the text of an earlier recommendation on one line, what is in common between signs and bold."""
    text = Text(overflow="fold")
    for part, is_mark in marked(match.recommendation.text, match.shared):
        text.append_text(plain(_flat(part).join(MARK), "bold") if is_mark else plain(_flat(part)))
    return text


def marked_markdown(match: Match) -> str:
    """Give the same as Markdown: what is in common is strong."""
    parts = (
        f"**{escape(part)}**" if is_mark else _spaced(part)
        for part, is_mark in marked(match.recommendation.text, match.shared)
    )
    return "".join(parts)


def shared_words(match: Match) -> tuple[str, ...]:
    """Give what is in common as it is printed, in order."""
    text = match.recommendation.text
    return tuple(one_line(text[start:end]) for start, end in match.shared)


def _flat(part: str) -> str:
    """Make white space plain; the ends stay, for the text goes on there."""
    return "".join(" " if character.isspace() else character for character in part).replace("  ", " ")


def _spaced(part: str) -> str:
    """Escape a part and keep the spaces at its ends."""
    before = " " if part[:1].isspace() else ""
    after = " " if part[-1:].isspace() and part.strip() else ""
    return f"{before}{escape(part)}{after}"
