"""Results as files that other programs carry on with: workbooks, QDA projects, flat tables, plots.

Everything here takes values and gives bytes or text; no file is written and no clock is read.
"""
