"""A report for people: one HTML file that opens anywhere and asks nobody for anything."""

from srtminer.report.page import MOST_BYTES, render_report
from srtminer.report.redact import name_pattern, unused
from srtminer.report.repeats import repeats_by_board
from srtminer.report.values import Content, Privacy, Repeat

__all__ = [
    "MOST_BYTES",
    "Content",
    "Privacy",
    "Repeat",
    "name_pattern",
    "render_report",
    "repeats_by_board",
    "unused",
]
