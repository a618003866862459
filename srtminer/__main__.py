"""Entry point of the console script and of `python -m srtminer`."""

import gc
import sys
from collections.abc import Sequence

BETWEEN_COLLECTIONS = 100_000
"""Objects made between two looks for cycles. Why: Python looks after 700, and a store has a million."""
STOPPED = 130
"""What shells expect of a program that Ctrl-C ended."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    gc.set_threshold(BETWEEN_COLLECTIONS)
    try:
        from srtminer.cli import run
    except KeyboardInterrupt:  # later ones are answered in there
        return STOPPED
    return run(argv)


if __name__ == "__main__":
    sys.exit(main())
