"""Codebooks: themes that people have agreed on, with the phrases and examples that tell them."""

from srtminer.codebooks.codebook_format import Codebook, CodebookTheme

__all__ = ["Codebook", "CodebookTheme"]
