"""A term matrix becomes ranked themes: cluster, label, rank, pick excerpts."""

from srtminer.themes.find import find_themes
from srtminer.themes.options import ThemeOptions

__all__ = ["ThemeOptions", "find_themes"]
