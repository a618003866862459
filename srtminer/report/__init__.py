"""A report for people: one HTML file that opens anywhere and asks nobody for anything."""

from srtminer.report.page import MOST_BYTES, render_report

__all__ = ["MOST_BYTES", "render_report"]
