"""Files that srtminer itself wrote.

Why: results are often written beside the reviews. The next night's `ingest .` must not take the table of
recommendations, or the report with its excerpts, for further reviews and count everything twice.
"""

import re
from pathlib import Path

HEAD_BYTES = 2048

_BEGINNINGS = (
    # CSV
    rb"id,review,source,subject,|id,(?:case,)?source,title,subject,|review_name,review_title,|rank,id,label,terms,",
    rb"rank,theme,label,group,|rank,in,id,review,|row,chain,reviews,id,review,|theme,id,about\r?\n",
    rb"id,review,reference,text,(?:first,first_name,|made_before,)|number,id,review,reference,page,text,",
    # Markdown
    rb"\| Source \| (?:Agency|Found in) \|.* Text \||\| id \|(?: case \|)? source \| title \| subject \|",
    rb"\| Rank \| Theme \||## \d+\. [^\n]*\n\n\| Source \| Agency \||\*\*1\. [\d,]+ reviews?, ",
    rb"First: [^\n]* coded alike |## [^\n]*\n\n[\d,]+ of [\d,]+ (?:was|were) made before, ",
    # tables of a terminal
    rb" *# +Theme +|Review +Year +Kind +Pages +|First: [^\n]*\n\nTheme +First +| *1\. [\d,]+ reviews?, ",
    rb"\d+\. [^\n]*\n   [\d,]+ reviews? \xc2\xb7 |[^\n]*\n[\d,]+ of [\d,]+ (?:was|were) made before, ",
    # JSON, also line by line
    rb'\s*\{\s*(?:"type": "export", )?"schema": "srtminer\.',
)
_OWN = re.compile(rb"(?:\xef\xbb\xbf)?(?:" + rb"|".join(_BEGINNINGS) + rb")")
_GENERATOR = b'<meta name="generator" content="srtminer '


def is_own(path: Path) -> bool:
    """Tell whether a file is a result of this program, by its first bytes; OSError where it has none."""
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    return _OWN.match(head) is not None or _GENERATOR in head
