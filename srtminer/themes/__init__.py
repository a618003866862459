"""A term matrix becomes ranked themes: cluster, label, rank, pick excerpts."""

from srtminer.themes.find import find_themes

__all__ = ["find_themes"]
