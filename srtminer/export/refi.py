"""Names of the REFI-QDA standard (version 1.5), shared by what writes and what reads it.

Source: "REFI-QDA Standard 1.5" and its schema Project.xsd (18 March 2019), www.qdasoftware.org.
"""

import uuid

PROJECT = "urn:QDA-XML:project:1.0"
"""Namespace of a project (`project.qde`)."""
PROJECT_FILE = "project.qde"
SOURCES = "sources"
"""Folder of the archive that `internal://` points to."""

_OURS = uuid.uuid5(uuid.NAMESPACE_URL, "urn:srtminer:qdpx")


def guid(kind: str, *names: str) -> str:
    """Give the same GUID for the same thing, whenever and wherever it is exported."""
    return str(uuid.uuid5(_OURS, "\x1f".join((kind, *names))))
