"""The command line: options in, exit code out."""

from srtminer.cli.app import run

__all__ = ["run"]
