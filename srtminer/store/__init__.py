"""What was read and found, kept in one SQLite file."""

from srtminer.store.search import Scope
from srtminer.store.store import Store

__all__ = ["Scope", "Store"]
