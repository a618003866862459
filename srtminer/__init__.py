"""Find the themes that recur in the recommendations of serious case reviews."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from srtminer.dataframes import open_store
    from srtminer.miner import ThemeMiner

__all__ = ["ThemeMiner", "__version__", "open_store"]
__version__ = "0.2.0"

_PLACES = {"ThemeMiner": "miner", "open_store": "dataframes"}


def __getattr__(name: str) -> object:
    """Import a public name when it is asked for: scikit-learn takes more than a second to load."""
    if name in _PLACES:
        return getattr(import_module(f"srtminer.{_PLACES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
