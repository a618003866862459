"""How the report was made, in words and for the record."""

from srtminer.render.methodology import Made, Told, account, repeats_told
from srtminer.report import shown_counts as counts
from srtminer.report.report_data import Content
from srtminer.report.shown_counts import Counts


def told(content: Content, known: Counts) -> tuple[Told, ...]:
    """Tell what was read and how themes and repeats were found."""
    made = Made(
        reviews=known.shown(*counts.REVIEWS),
        with_recommendations=known.shown(*counts.WITH),
        recommendations=known.shown(*counts.RECOMMENDATIONS),
        themes=len(content.table.themes),
        unthemed=known.shown(*counts.UNTHEMED),
        unlisted=known.shown(*counts.UNLISTED),
        where=content.where,
        number=content.chosen.n_themes,
        min_reviews=content.chosen.min_reviews,
        codebook=content.codebook,
    )
    return (*account(made), repeats_told(content.repeats.threshold))


def options(content: Content) -> tuple[Told, ...]:
    """List what the user chose, for the record."""
    chosen = content.chosen
    number = "not asked for" if chosen.n_themes is None else str(chosen.n_themes)
    return (
        ("Reviews chosen", " ".join(f"--where {one}" for one in content.where) or "all in the store"),
        ("Codebook", content.codebook or "none"),
        ("Number of themes", number),
        ("Reviews a theme, at least", str(chosen.min_reviews)),
        ("Excerpts a theme, at most", str(chosen.examples)),
        ("Paragraphs around an excerpt, on either side", str(content.context or "none")),
    )
