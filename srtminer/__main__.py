"""Entry point of the console script and of `python -m srtminer`."""

import sys
from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    from srtminer.cli import run

    return run(argv)


if __name__ == "__main__":
    sys.exit(main())
