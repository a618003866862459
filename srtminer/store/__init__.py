"""What was read and found, kept in one SQLite file."""

from srtminer.store.full_text import Scope
from srtminer.store.store import Store
from srtminer.store.store_files import Added, Content

__all__ = ["Added", "Content", "Scope", "Store"]
