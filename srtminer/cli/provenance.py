"""With what the reviews of a store were analysed: which version of the program, with which options."""

from collections import Counter
from collections.abc import Mapping

from srtminer import __version__
from srtminer.render.figures import counted


def outdated(counts: Mapping[str, int]) -> list[str]:
    """Say which reviews were analysed by another version; `counts` are those of `Store.made_by`."""
    versions = Counter[str]()
    for made, number in counts.items():
        versions[made.partition(" ")[0]] += number
    return [
        f"{counted(number, 'review')} {'was' if number == 1 else 'were'} analysed by srtminer {version}; "
        f"ingest {'it' if number == 1 else 'them'} again to use the rules of {__version__}"
        for version, number in sorted(versions.items())
        if version not in ("", __version__)
    ]


def mixed(counts: Mapping[str, int]) -> list[str]:
    """Say if reviews were read with different options, so that differences may come from those."""
    readers = Counter[str]()
    for made, number in counts.items():
        readers[made.partition(" ")[2]] += number
    parts = [f"{number} with --reader {reader}" for reader, number in sorted(readers.items()) if reader]
    return [f"the reviews were read with different options: {', '.join(parts)}"] if len(parts) > 1 else []


def described(counts: Mapping[str, int]) -> str:
    """List what the reviews were analysed with, for `srtminer doctor`."""
    parts = []
    for made, number in counts.items():
        version, _, reader = made.partition(" ")
        what = f"srtminer {version}, --reader {reader}" if made else "not known (an ingest was stopped)"
        parts.append(f"{counted(number, 'review')}: {what}")
    return "; ".join(parts) or "nothing yet"
