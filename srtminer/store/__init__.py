"""What was read and found, kept in one SQLite file."""

from srtminer.store.files import Added, Content
from srtminer.store.search import Scope
from srtminer.store.store import Store

__all__ = ["Added", "Content", "Scope", "Store"]
