"""What the analyst corrects: the differences between what was found and what is wanted, and their effect."""

from srtminer.corrections.applied import SIMILAR, Reading, carried, corrected, differences, similarity

__all__ = ["SIMILAR", "Reading", "carried", "corrected", "differences", "similarity"]
