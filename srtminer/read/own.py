"""Files that srtminer itself wrote.

Why: results are often written beside the reviews. The next night's `ingest .` must not take the table of
recommendations, or the report with its excerpts, for further reviews and count everything twice.
"""

import re
from pathlib import Path

HEAD_BYTES = 2048

_BEGINNINGS = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:"
    rb"id,review,source,subject,|id,source,title,subject,|review_name,review_title,"
    rb"|rank,id,label,terms,|rank,theme,label,group,|rank,in,id,review,"
    rb"|\| Source \| (?:Agency|Found in) \|.* Text \||\| id \| source \| title \| subject \|"
    rb"|\| Rank \| Theme \|"
    rb'|\s*\{\s*(?:"type": "export", )?"schema": "srtminer\.'
    rb")"
)
_GENERATOR = b'<meta name="generator" content="srtminer '


def is_own(path: Path) -> bool:
    """Tell whether a file is a result of this program, by its first bytes; OSError where it has none."""
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    return _BEGINNINGS.match(head) is not None or _GENERATOR in head
