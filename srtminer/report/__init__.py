"""A report for people: one HTML file that opens anywhere and asks nobody for anything, or a Word file."""
