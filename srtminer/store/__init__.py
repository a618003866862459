"""What was read and found, kept in one SQLite file."""

from srtminer.store.full_text import Scope
from srtminer.store.store import Added, Content, Store

__all__ = ["Added", "Content", "Scope", "Store"]
