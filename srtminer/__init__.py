"""Find the themes that recur in the recommendations of serious case reviews."""

__version__ = "0.1.0"
