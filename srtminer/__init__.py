"""Find the themes that recur in the recommendations of serious case reviews."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from srtminer.miner import ThemeMiner

__all__ = ["ThemeMiner", "__version__"]
__version__ = "0.1.0"


def __getattr__(name: str) -> object:
    """Import `ThemeMiner` when it is asked for: scikit-learn takes more than a second to load."""
    if name == "ThemeMiner":
        from srtminer.miner import ThemeMiner

        return ThemeMiner
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
