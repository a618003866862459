"""Figures as people write them."""

from collections.abc import Sequence

from srtminer.model import Count, ThemeTable


def percent(share: float) -> str:
    """Give a share as a whole percentage; what is not nothing never shows as "0%"."""
    if 0 < share < 0.005:
        return "<1%"
    return f"{share:.0%}"


def year_span(years: Sequence[tuple[int, int]]) -> str:
    """Give the first and last year of (year, number) pairs: "2008–2014"; empty if there are none."""
    found = sorted(year for year, _ in years)
    if not found:
        return ""
    return str(found[0]) if found[0] == found[-1] else f"{found[0]}–{found[-1]}"


def counted(number: int, singular: str) -> str:
    """Give "1 review" or "12 reviews"."""
    return f"{number:,} {singular}" if number == 1 else f"{number:,} {singular}s"


def summary(table: ThemeTable) -> str:
    """Give the totals of a theme table on one line."""
    parts = (
        counted(len(table.themes), "theme"),
        counted(table.reviews, "review"),
        counted(table.recommendations, "recommendation"),
        f"{len(table.unthemed):,} in no theme",
    )
    return " · ".join(parts)


def in_group(count: Count) -> tuple[str, str]:
    """Give reviews and recommendations of a count, each with its share; a dash where there is nothing."""
    if not count.recommendations:
        return "–", "–"
    return (
        f"{count.reviews} ({percent(count.share_of_reviews)})",
        f"{count.recommendations} ({percent(count.share_of_recommendations)})",
    )
