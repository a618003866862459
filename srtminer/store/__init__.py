"""What was read and found, kept in one SQLite file."""

from srtminer.store.full_text import Scope
from srtminer.store.replaced_reviews import Added, Content
from srtminer.store.store import Store

__all__ = ["Added", "Content", "Scope", "Store"]
