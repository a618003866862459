"""What each paragraph is, decided once: headings with their sections, labels, the tree of numbers."""

from srtminer.structure.nodes import Node, nodes_of
from srtminer.structure.outline import outline

__all__ = ["Node", "nodes_of", "outline"]
