"""A report for people: one HTML file that opens anywhere and asks nobody for anything."""

from srtminer.report.page import MOST_BYTES, render_report
from srtminer.report.small_counts import BoardHistory, Content, Privacy, histories

__all__ = ["MOST_BYTES", "BoardHistory", "Content", "Privacy", "histories", "render_report"]
